"""How many assessments a second `stagebook score` scores on one core, and in how much memory."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from processes import ROOT, Cost, own_peak, run
from table import Row, finish, options

RUBRIC = ROOT / "rubrics" / "ai-product.yml"
SCORE = [sys.executable, "-m", "stagebook", "score", str(RUBRIC)]
# The least that any reader and writer of these lines does.
PEER = [
    sys.executable,
    "-c",
    "import json, sys\nfor line in open(sys.argv[1]): print(json.dumps(json.loads(line)))",
]
NOTE = "Seen in the minutes of the last review; the owner keeps the record up to date."


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--count", type=int, default=20_000, help="assessments (default: 20,000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each (default: 3)")
    arguments = parser.parse_args()
    many, few = arguments.count, arguments.count // 4
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as name:
        folder = Path(name)
        for count in (many, few):
            with (folder / f"{count}.jsonl").open("w") as file:
                file.writelines(json.dumps(one) + "\n" for one in assessments(count))
        size = (folder / f"{many}.jsonl").stat().st_size
        runs = [_round(folder, few, many) for _ in range(arguments.repeat)]
    scored_few, scored, peer = zip(*runs, strict=True)
    cpu, cpu_few, cpu_peer = (median(c.cpu for c in costs) for costs in (scored, scored_few, peer))
    peak, peak_few = (median(c.peak for c in costs) for costs in (scored, scored_few))
    rows = [
        Row(f"scored per second of CPU, {many:,} assessments", many / cpu, "/s", least=2_000),
        Row(f"  of {few:,}", few / cpu_few, "/s"),
        Row("  without the start", (many - few) / (cpu - cpu_few), "/s"),
        Row("  by the clock", many / median(c.wall for c in scored), "/s"),
        Row("peer: parsed and written again by json", many / cpu_peer, "/s"),
        Row("  time of scoring to its time", cpu / cpu_peer, "times"),
        Row(f"most memory, {few:,} assessments", peak_few, "MB"),
        Row(f"most memory, {many:,} assessments", peak, "MB"),
        Row("  ratio", peak / peak_few, "times", most=1.2),
    ]
    note = (
        f"Medians of {arguments.repeat} alternating runs; {size / many:,.0f} bytes an assessment."
    )
    finish(rows, asserted=arguments.asserted, notes=[note])


def _round(folder: Path, few: int, many: int) -> tuple[Cost, Cost, Cost]:
    out = folder / "out"
    scored_few = run([*SCORE, str(folder / f"{few}.jsonl"), "--format", "jsonl"], out=out)
    scored = run([*SCORE, str(folder / f"{many}.jsonl"), "--format", "jsonl"], out=out)
    with out.open() as lines:
        if (results := sum(1 for _ in lines)) != many:
            raise SystemExit(f"{results:,} results of {many:,} assessments")
    peer = run([*PEER, str(folder / f"{many}.jsonl")], out=out)
    if scored_few.peak <= own_peak():
        raise SystemExit("this process took more memory than the one it measures: no figure")
    return scored_few, scored, peer


def assessments(count: int) -> Iterator[dict[str, Any]]:
    """Yield random assessments, the same ones every time.

    Every gate is answered by itself: real teams answer more alike, which would spare the scorer
    work, since it remembers what it has seen.
    """
    rubric = yaml.load(RUBRIC.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    choices = [*next(iter(rubric["scales"].values()))]
    dice = random.Random(4)  # noqa: S311 - nothing here is secret
    for number in range(count):
        answers = {gate: _answer(dice, choices) for gate in rubric["gates"] if dice.random() < 0.97}
        yield {
            "format": "stagebook-assessment/1",
            "rubric": {"id": rubric["id"], "version": rubric["version"]},
            "subject": f"Product {number}",
            "respondent": f"Team {number % 50}",
            "date": "2026-11-23",
            "believed_stage": dice.choice([*rubric["stages"]]),
            "answers": answers,
            "measures": {id_: dice.randint(0, 60) for id_ in dice.sample([*rubric["measures"]], 4)},
            "symptoms": dice.sample([*rubric["symptoms"]], 3),
        }


def _answer(dice: random.Random, choices: list[str]) -> dict[str, Any]:
    kind = dice.random()
    if kind < 0.04:
        return {"answer": "not-applicable", "reason": "This product keeps no personal data."}
    if kind < 0.08:
        return {"answer": "unknown"}
    answer: dict[str, Any] = {"answer": dice.choice(choices)}
    if kind < 0.20:
        answer["note"] = NOTE
    if kind < 0.12:
        answer["evidence"] = [{"title": "Minutes", "url": "https://example.org/minutes"}]
    return answer


if __name__ == "__main__":
    main()
