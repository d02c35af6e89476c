"""How the time to read a text grows with its length, for texts that are hard to read."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import markdown
from stagebook.checks.loader import read_rubric
from stagebook.rubric import prose
from table import Row, finish, options

LENGTH = 16_000
"""Characters: nearly as many as a text may have."""

TEXTS: dict[str, Callable[[int], str]] = {
    "words": lambda n: "some *plain* words and `code` " * (n // 30),
    "line breaks, then <": lambda n: "\n" * n + "a<",
    "backticks and letters": lambda n: "`a" * (n // 2) + "<b](",
    "growing backticks": lambda n: "".join("`" * k + "a" for k in range(1, int((2 * n) ** 0.5))),
    "open brackets": lambda n: "[" * n,
    "open pictures": lambda n: "![" * (n // 2),
    "open links": lambda n: "[a](" * (n // 4),
    "stars": lambda n: "*a " * (n // 3),
    "stars and underscores": lambda n: "*a_ " * (n // 4),
    "quotes": lambda n: ">" * n,
    "dashes": lambda n: "- " * (n // 2),
    "nested list": lambda n: "".join(" " * (2 * k) + "- a\n" for k in range(int(n**0.5))),
    "open tags": lambda n: "<a " * (n // 3),
    "open comments": lambda n: "<!-- " * (n // 5),
    "ampersands": lambda n: "&" * n,
    "tildes": lambda n: "~~a " * (n // 4),
    "dollars": lambda n: "$a " * (n // 3),
    "addresses": lambda n: "a@" * (n // 2),
    "colons": lambda n: ":a " * (n // 3),
    "table": lambda n: "|a|b|\n|-|-|\n" + "|b|c|\n" * (n // 6),
}


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (default: 5)")
    arguments = parser.parse_args()
    rows = []
    for name, make in TEXTS.items():
        times = [_times(make(LENGTH // 4), make(LENGTH)) for _ in range(arguments.repeat)]
        growth = median(long / short for short, long, _ in times)
        peer = median(short / other for short, _, other in times)
        # Four times the length: 4 is linear, 16 grows with the square.
        rows.append(Row(f"{name}: growth", growth, "times", most=8.0))
        rows.append(Row("  the short one to Python-Markdown", peer, "times"))
    note = f"Texts of {LENGTH // 4:,} and {LENGTH:,} characters, rendered and checked."
    finish(rows, asserted=arguments.asserted, notes=[note])


def _times(short: str, long: str) -> tuple[float, float, float]:
    # The peer takes minutes for the long ones.
    return _time(_read, short), _time(_read, long), _time(markdown.markdown, short)


def _time(act: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    act(text)
    return time.process_time() - start + 1e-4  # What takes no time has no ratio.


def _read(text: str) -> None:
    prose.html.cache_clear()
    prose.plain.cache_clear()
    prose.html(text)
    prose.plain(text)
    quoted = "".join(f"    {line}\n" for line in text.split("\n"))
    read_rubric(f"summary: |4\n{quoted}{RUBRIC}", "x.yml")


RUBRIC = """\
format: stagebook/1
id: x
title: X
version: 1.0.0
stages: {a: {level: 1, title: A}, b: {level: 2, title: B}}
dimensions: {d: {title: D}}
gates: {g: {dimension: d, stage: b, title: G, test: It is done.}}
"""

if __name__ == "__main__":
    main()
