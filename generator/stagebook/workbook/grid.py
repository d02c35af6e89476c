"""Sheets as rows of cells, whatever file they come from or go to."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, TypeAlias

Cell: TypeAlias = str | float | bool | None
"""What a cell holds; dates are text."""

MAX_CELL = 32_767
"""The most characters of a cell, in every spreadsheet."""

UNVALUED = (
    "the formula of this cell has no value yet: open the workbook in a spreadsheet program and "
    "save it"
)

# Spreadsheets write characters that XML forbids as _x000B_, and read that text as the character.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]|x005F_|_x[0-9a-fA-F]{4}_")


class DropDown(NamedTuple):
    """The choices of the cells of a column, from one row to another."""

    column: int
    first: int
    last: int
    choices: tuple[str, ...]


class Grid(NamedTuple):
    """The cells of a sheet that was read; rows and columns are counted from 0.

    `unvalued` are the cells with a formula that no program has calculated.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    lists: Sequence[DropDown] = ()
    unvalued: Collection[tuple[int, int]] = ()

    def at(self, row: int, column: int) -> Cell:
        """Return a cell, None outside of what was written."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def choices(self, row: int, column: int) -> tuple[str, ...]:
        """Return the choices of a cell's drop-down, if they are written in it."""
        return next(
            (
                one.choices
                for one in self.lists
                if one.column == column and one.first <= row <= one.last
            ),
            (),
        )


def is_blank(cell: Cell) -> bool:
    """Return whether a cell has nothing to see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_safe(text: str) -> bool:
    """Return whether a cell can hold a text as it is."""
    # A text of blanks cannot be told from an empty cell.
    return len(text) <= MAX_CELL and not _UNSAFE.search(text) and not (text and not text.strip())


def safe_json(value: Any) -> str:
    """Return a value as JSON in which nothing is special to a spreadsheet."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: _escaped(found.group()), text)


def _escaped(text: str) -> str:
    if text.endswith("_"):  # One character less, and it is plain text again.
        return text[:-1] + "\\u005f"
    return f"\\u{ord(text):04x}"


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same data; 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)
