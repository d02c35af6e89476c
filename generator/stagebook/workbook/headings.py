"""Which column of the format a heading means; headings are compared as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..rubric.model.base import is_extension, slug
from . import kinds
from .grid import Cell, Grid, is_blank
from .kinds import written
from .layout import Column, Sheet

SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "gates": {
        "question": ("test", "criterion", "requirement", "statement"),
        "evidence": ("guidance", "quality criteria", "how to verify", "proof"),
        "answer set": ("scale", "answers", "answer option", "answer options"),
        "title": ("activity", "practice title", "name"),
        "stage": ("level", "maturity", "maturity level"),
        "dimension": ("practice", "security practice", "capability", "area", "category"),
        "topic": ("stream", "control", "subcategory"),
        "code": ("no", "nr", "number", "reference", "ref"),
        "group": ("function", "business function", "domain", "pillar"),
    },
    "dimensions": {"group": ("function", "business function", "domain", "pillar")},
    "scales": {
        "answer set": ("scale", "set"),
        "label": ("answer", "choice", "text"),
        "score": ("value", "weight", "points"),
    },
}
"""What consultants call columns, by the collection of the sheet."""
SHEET_NAMES = {
    "gates": ("questions", "requirements", "criteria", "practices", "activities", "interview"),
    "stages": ("levels", "maturity levels"),
    "scales": ("answers", "scales", "choices", "answer options"),
    "remediations": ("remediations", "actions"),
    "dimensions": ("areas", "capabilities"),
}
GROUP = Column("group", ("group",), kinds.ID, "groups")
"""In the sheet of gates: the group of the gate's dimension."""
SEARCHED = 30
"""The most rows above the headings."""


class Header(NamedTuple):
    """The row of the headings, and what the columns are; `unknown` are headings by column."""

    row: int
    columns: Mapping[int, Column]
    unknown: Mapping[int, str]


def plain(text: str) -> str:
    """Return a heading or name to compare: lower case, words separated by one blank."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def sheet_for(name: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """Return the sheet that a name means."""
    for sheet in sheets:
        if plain(name) == plain(sheet.name):
            return sheet
    for sheet in sheets:
        if len(sheet.path) == 2 or sheet.path == ("scales", "*", "*"):
            names = (sheet.path[0], *SHEET_NAMES.get(sheet.path[0], ()))
            if plain(name) in map(plain, names):
                return sheet
    return None


def known_headings(sheet: Sheet) -> dict[str, Column]:
    """Return the columns of a sheet by every heading that means them."""
    extra = (GROUP,) if sheet.path == ("gates", "*") else ()
    found: dict[str, Column] = {}
    for column in (*sheet.keys, *sheet.columns, *extra):
        for name in (column.heading, " ".join(column.steps)):
            found.setdefault(plain(name), column)
    synonyms = SYNONYMS.get(sheet.path[0], {}) if "#" not in sheet.path else {}
    by_heading = {column.heading: column for column in (*sheet.keys, *sheet.columns, *extra)}
    for heading, names in synonyms.items():
        for name in names:
            if heading in by_heading:
                found.setdefault(name, by_heading[heading])
    found.pop("", None)
    return found


def find_header(grid: Grid, sheet: Sheet, wanted: Mapping[str, str], row: int | None) -> Header:
    """Return the headings of a grid; raises LookupError if no row has any.

    `wanted` names the headings of a foreign workbook, by those of this format; a heading that it
    names means nothing else. `row` is where they are, if that is known.
    """
    known = known_headings(sheet)
    if wanted:
        foreign = {plain(theirs): known[plain(ours)] for ours, theirs in wanted.items()}
        known = foreign
    rows = range(min(len(grid.rows), SEARCHED)) if row is None else [row]
    best, most = -1, 0
    for number in rows:
        cells = grid.rows[number] if number < len(grid.rows) else ()
        count = len({known[word].heading for word in map(_word, cells) if word in known})
        if count > most:
            best, most = number, count
    if best < 0:
        raise LookupError
    return _header(grid, best, known)


def _word(cell: Cell) -> str:
    return "" if is_blank(cell) else plain(written(cell))


def _header(grid: Grid, row: int, known: Mapping[str, Column]) -> Header:
    columns: dict[int, Column] = {}
    unknown: dict[int, str] = {}
    for index, cell in enumerate(grid.rows[row]):
        text = written(cell).strip()
        column = known.get(plain(text))
        if column is not None and column not in columns.values():
            columns[index] = column
        elif is_extension(text):
            columns[index] = Column(text, (text,), kinds.PROSE)
        elif text:
            unknown[index] = text
    return Header(row, columns, unknown)


def own_column(heading: str, number: int) -> Column:
    """Return a column of the author's own for a heading that the format does not have."""
    key = f"x-{slug(heading) or f'column-{number + 1}'}"
    return Column(heading, (key,), kinds.PROSE)
