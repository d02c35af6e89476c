"""From the data of a rubric to tables, each value in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from ..diagnostics import Path
from ..rubric.model.base import is_extension
from . import kinds
from .grid import Cell, is_safe, safe_json, same
from .layout import ITEM, KEY, MODEL, MORE, Column, Sheet, Steps, model_columns, sheets
from .pointer import pointer

CONTINUED = 30_000
"""The most characters of JSON in a cell; what is longer goes on in the next row."""
STRANGE = "…"
"""With a number, it stands for a path that is in the value."""
MAX_OWN = 40
"""The most columns of a sheet for the author's own keys."""
ALWAYS = ("Dimensions", "Stages", "Answer sets", "Gates")
"""Sheets that stand even if they have no rows, so that people can fill them in."""
USUAL = {"code", "dimension", "stage", "level", "title", "question", "evidence", "answer set"}
USUAL |= {"label", "score", "summary", "group", "weight"}
"""Columns that stand even if they are empty."""


class Table(NamedTuple):
    """A sheet to write: the headings come first, then the rows."""

    name: str
    columns: tuple[Column, ...]
    rows: list[list[Cell]]


def rubric_tables(data: dict[str, Any]) -> list[Table]:
    """Return the tables of a rubric's data, as written in its file.

    Every value is in exactly one cell, or in the sheet More if no cell can hold it.
    """
    shown: set[Path] = set()
    tables = [_table(sheet, data, shown) for sheet in sheets()]
    cells = [(one.heading, _cell(one, data, (), shown)) for one in model_columns()]
    model: list[list[Cell]] = [[key, cell] for key, cell in cells if cell is not None]
    above = {part for path in shown for part in accumulate(((one,) for one in path), initial=())}
    left = enumerate(_rest(data, (), shown, above), 1)
    rest = [row for number, (path, value) in left for row in _more(path, value, number)]
    return [
        Table(MODEL, (Column("key", (), kinds.LINE), Column("value", (), kinds.PROSE)), model),
        *(table for table in tables if table.rows or table.name in ALWAYS),
        Table(MORE, (Column("path", (), kinds.LINE), Column("value", (), kinds.PROSE)), rest),
    ]


def _table(sheet: Sheet, data: dict[str, Any], shown: set[Path]) -> Table:
    places = list(_places(data, sheet.path))
    columns = (*sheet.columns, *_own_columns(value for value, _, _ in places))
    rows: list[list[Cell]] = []
    used: set[int] = set()
    for value, path, ids in places:
        cells = [_cell(column, value, path, shown) for column in columns]
        if isinstance(value, dict):
            shown.add(path)
        elif not any(cell is not None for cell in cells):
            continue  # No cell can hold it.
        rows.append([*ids, *cells])
        used |= {index for index, cell in enumerate(cells) if cell is not None}
    # Columns that a model does not use would hide those that it does.
    kept = [index for index, one in enumerate(columns) if index in used or one.heading in USUAL]
    count = len(sheet.keys)
    rows = [[*row[:count], *(row[count + index] for index in kept)] for row in rows]
    return Table(sheet.name, (*sheet.keys, *(columns[index] for index in kept)), rows)


def _places(
    data: Any, steps: Steps, path: Path = (), ids: tuple[str, ...] = ()
) -> Iterator[tuple[Any, Path, tuple[str, ...]]]:
    """Yield the record of each row, its path, and the ids in the row's first columns."""
    if not steps:
        yield data, path, ids
        return
    step, rest = steps[0], steps[1:]
    if step == KEY and isinstance(data, dict):
        for key, value in data.items():
            if is_safe(key) and key == key.strip() != "":
                yield from _places(value, rest, (*path, key), (*ids, key))
    elif step == ITEM and isinstance(data, list):
        for index, value in enumerate(data):
            yield from _places(value, rest, (*path, index), ids)
    elif isinstance(data, dict) and step in data:
        yield from _places(data[step], rest, (*path, step), ids)


def _own_columns(records: Iterable[Any]) -> list[Column]:
    """Return columns for the author's own keys whose values are text."""
    found: dict[str, None] = {}
    for record in records:
        for key, value in record.items() if isinstance(record, dict) else ():
            if is_extension(key) and isinstance(value, str) and _is_heading(key):
                found[key] = None
    return [Column(key, (key,), kinds.PROSE) for key in [*found][:MAX_OWN]]


def _is_heading(key: str) -> bool:
    return key.isprintable() and key == key.strip() and is_safe(key)


def _cell(column: Column, record: Any, path: Path, shown: set[Path]) -> Cell:
    """Return the cell of a value and note that it is shown; None if the cell cannot hold it."""
    # A group may be its title alone.
    value = {"title": record} if path[:1] == ("groups",) and isinstance(record, str) else record
    for step in column.steps:
        if not isinstance(value, dict) or step not in value:
            return None
        value = value[step]
    cell = column.kind.encode(value)
    if cell is None or (isinstance(cell, str) and not is_safe(cell)):
        return None
    if not same(column.kind.decode(cell), value):
        return None
    shown.add(path if value is record or isinstance(record, str) else (*path, *column.steps))
    return cell


def _rest(value: Any, path: Path, shown: set[Path], above: set[Path]) -> Iterator[tuple[Path, Any]]:
    """Yield what no cell shows, with its path, in pieces that are as large as possible."""
    if path not in above:
        yield path, value
    elif isinstance(value, dict | list):
        items = list(value.items() if isinstance(value, dict) else enumerate(value))
        below = [(*path, key) for key, _ in items]
        # A value in a cell is shown whole; a record in a row is shown in parts.
        if path in shown and not any(one in above for one in below) and not _is_row(path, value):
            return
        for key, item in items:
            yield from _rest(item, (*path, key), shown, above)
    elif path not in shown:
        yield path, value


def _is_row(path: Path, value: Any) -> bool:
    return isinstance(value, dict) and any(_matches(path, sheet.path) for sheet in sheets())


def _matches(path: Path, steps: Steps) -> bool:
    pairs = zip(path, steps, strict=False)
    return len(path) == len(steps) and all(
        step in (KEY, ITEM) or step == one for one, step in pairs
    )


def _more(path: Path, value: Any, number: int) -> Iterator[list[Cell]]:
    """Yield the rows of a value; a path that no cell can hold stands beside the value."""
    name = pointer(path)
    text = safe_json(value if name else {"path": list(path), "value": value})
    for start in range(0, len(text), CONTINUED):
        yield [name or f"{STRANGE}{number}", text[start : start + CONTINUED]]
