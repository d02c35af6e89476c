"""The report of a portfolio: one HTML file, with all that it needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..i18n import page_word, portfolio_words
from ..report.csv_cells import csv_text
from ..rubric.model import Rubric
from ..site.rendering import render_file
from ..site.single import asset, fingerprint
from .figures import FIRST, GAPS, Figures, Section, Teller, ladders_of, reaches_stage
from .hiding import fewest_units, hide_small
from .query import ROWS, Tables, named_query, open_tables

NAME = "report.html"
DATA = "\0data\0"
"""Where the data goes."""
MAX_ROWS = 20_000
"""The most assessments that the report holds for filters; of more it shows the figures alone."""


def write_report(folder: Path, rubric: Rubric, hide_below: int = 0) -> None:
    """Write the report into the folder of a portfolio; counts below a number can be hidden."""
    with open_tables(folder, for_report=True) as tables:
        page = report_page(rubric, tables, hide_below)
    (folder / NAME).write_text(page, "utf-8", "backslashreplace")


def report_page(rubric: Rubric, tables: Tables, hide_below: int = 0) -> str:
    """Return the report as a page in the language of the rubric.

    Its Content-Security-Policy allows only its own script and styles, and no network connections.
    """
    whole = Teller(rubric, tables).figures()
    figures = hide_small(whole, hide_below)
    # What a reader must not work out must not be in the page either.
    filtered = not hide_below and whole.assessments <= MAX_ROWS
    data = script_data(rows_data(rubric, tables, figures)) if filtered else ""
    styles = "".join(asset(f"{name}.css") for name in ("single", "stagebook", "portfolio"))
    script = asset("portfolio.js") if filtered else ""
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {fingerprint(styles)}; script-src {fingerprint(script)}"
    )
    page = render_file(
        "portfolio.html.jinja",
        rubric,
        **report_context(rubric, figures, hide_below),
        most=MAX_ROWS,
        data=DATA if filtered else "",
        script=script,
        styles=styles,
        policy=policy,
    )
    # What a person typed is no part of the template, in which ids and links are looked for.
    return page.replace(DATA, data)


def report_context(rubric: Rubric, figures: Figures, hide_below: int) -> dict[str, Any]:
    """Return what the templates of the report need."""
    return {
        "figures": figures,
        "hide_below": hide_below,
        "fewest": fewest_units(hide_below),
        "sections": [
            (section, bars(section), csv_address(rubric, section)) for section in figures.sections
        ],
    }


def bars(section: Section) -> list[list[tuple[int, float, float]]]:
    """Return the bar of each row: shade, start and width in per cent; none where one is hidden."""
    made: list[list[tuple[int, float, float]]] = []
    for row in section.rows:
        shown = row.values[: len(section.shades)]
        counts = [value for value in shown if isinstance(value, int)]
        if len(counts) < len(section.shades):
            made.append([])
            continue
        total, start = sum(counts), 0.0
        parts: list[tuple[int, float, float]] = []
        for tone, count in zip(section.shades, counts, strict=True):
            if count:
                width = 100 * count / total
                parts.append((tone, round(start, 2), round(width, 2)))
                start += width
        made.append(parts)
    return made


def csv_address(rubric: Rubric, section: Section) -> str:
    """Return a table as an address that a browser saves as a file."""
    title = page_word(rubric.language, "pf-row", rubric.terms.words)
    rows: list[Sequence[str | float | None]] = [(title, *section.head)]
    hidden = page_word(rubric.language, "pf-hidden")
    rows += [
        (row.label, *(hidden if value is None else value for value in row.values))
        for row in section.rows
    ]
    return "data:text/csv;charset=utf-8," + quote(csv_text(rows))


def rows_data(rubric: Rubric, tables: Tables, figures: Figures) -> dict[str, Any]:
    """Return the data that the script filters: titles, and a list of values per assessment."""
    found = tables.ask(named_query(ROWS)).records()
    rounds = sorted({row["round"] for row in found} - {""})
    tags = sorted({tag for row in found for tag in row["tags"]})
    units: dict[str, int] = {}
    ladders = ladders_of(rubric)
    rows = [
        [
            units.setdefault(row["unit"], len(units)),
            row["day"],
            rounds.index(row["round"]) if row["round"] else -1,
            [tags.index(tag) for tag in row["tags"]],
            row["stage"],
            row["believed"],
            row["belief_gap"],
            [row[key] for key in ("answered", "unknown", "not_applicable", "unanswered")],
            row["evidence"],
            [-1 if one == "-" else int(one) for one in row["dims"].split()] if ladders else [],
            row["gates"],
            [[int(number) for number in one.split(":")] for one in row["plays"].split()],
            row["ages"],
        ]
        for row in found
    ]
    gates = [" ".join(filter(None, (one.code, one.title))) for one in rubric.gates.values()]
    return {
        "language": rubric.language,
        "words": portfolio_words(rubric.language, rubric.terms.words),
        "first": FIRST,
        "gaps": GAPS,
        "stages": [rubric.stages[id_].title for id_ in rubric.ladder],
        "overall": reaches_stage(rubric),
        "dimensions": [one.title for one in ladders.values()],
        "gates": gates,
        "plays": [one.title for one in rubric.remediations.values()],
        "shades": {section.id: section.shades for section in figures.sections},
        "rounds": rounds,
        "tags": tags,
        "units": [*units],
        "rows": rows,
    }


def script_data(data: dict[str, Any]) -> str:
    """Return data as JSON that closes no element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in ("<", "\u2028", "\u2029"):
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
