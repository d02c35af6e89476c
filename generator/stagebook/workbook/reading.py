"""From the sheets of a workbook to a rubric, with findings by sheet and cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..checks.loader import Reading, read_source
from ..diagnostics import Path, did_you_mean
from ..rubric.model.base import slug
from . import kinds
from .foreign import ColumnMap, complete
from .grid import Cell, Grid, is_blank
from .headings import GROUP, Header, find_header, known_headings, own_column, plain, sheet_for
from .kinds import written
from .layout import ITEM, KEY, MODEL, MORE, Column, Sheet, model_columns, sheets
from .names import NAMING, Names
from .places import Places
from .pointer import put, steps_of
from .tables import STRANGE

IGNORED = {"assessment", "result", "results", "lists", "read me", "readme", "about"}
"""Sheets that have nothing of the rubric, by their plain names."""
CARRIED = ("group", "dimension")
"""Columns of gates in which a blank cell means the one above: cells may have been merged."""


class MadeId(NamedTuple):
    """An id that was made for a row; sheet, row and column start at 0, without a column at -1."""

    sheet: int
    row: int
    column: int
    id: str


class Imported(NamedTuple):
    """A rubric read from a workbook: its reading, and the ids that were made."""

    reading: Reading
    made: tuple[MadeId, ...]


class _Row(NamedTuple):
    """A row that has been given its path."""

    sheet: Sheet
    number: int
    row: int
    path: Path
    cells: dict[Column, tuple[int, Cell]]


def read_grids(grids: Sequence[Grid], path: str, name: str, using: ColumnMap) -> Imported:
    """Read the sheets of a workbook, or the one table of a CSV file, as a rubric.

    `path` is shown in findings; `name` is the title and the id of a rubric that has none.
    """
    reader = _Reader(grids, path, using)
    reader.read()
    complete(reader.places, name, using)
    places = reader.places
    reading = read_source(places.source())
    findings = places.readable(reading.findings)
    return Imported(reading._replace(findings=findings), tuple(reader.made))


class _Reader:
    """Reads sheet by sheet: first the ids of all rows, then their values."""

    def __init__(self, grids: Sequence[Grid], path: str, using: ColumnMap) -> None:
        self.grids, self.using = grids, using
        self.places = Places(path, [grid.name for grid in grids])
        self.names, self.made = Names(), list[MadeId]()
        self.rows: list[_Row] = []
        self.seen: dict[Path, int] = {}

    def read(self) -> None:
        found = [(number, grid, self._sheet(grid)) for number, grid in enumerate(self.grids)]
        order = [sheet.name for sheet in sheets()]
        known = [(number, grid, sheet) for number, grid, sheet in found if sheet]
        for number, grid, sheet in sorted(known, key=lambda one: order.index(one[2].name)):
            self._rows(number, grid, sheet)
        others = [(number, grid) for number, grid, sheet in found if sheet is None]
        for number, grid in others:
            if plain(grid.name) == plain(MODEL):
                self._model(number, grid)
        for row in self.rows:
            self._values(row)
        for number, grid in others:
            if plain(grid.name) == plain(MORE):
                self._more(number, grid)

    def _sheet(self, grid: Grid) -> Sheet | None:
        if self.using.sheets and not self.using.for_sheet(grid.name):
            return None
        if mapped := self.using.for_sheet(grid.name):
            return _of(mapped.collection)
        if len(self.grids) == 1 and not grid.name:
            return _of("gates")
        sheet = sheet_for(grid.name, sheets())
        if sheet is None and plain(grid.name) not in {*IGNORED, plain(MODEL), plain(MORE)}:
            names = [one.name for one in sheets()]
            close = did_you_mean(grid.name, names)
            hint = f"; did you mean {close!r}?" if close else ""
            message = f"the sheet {grid.name!r} is not one of a rubric and is left out{hint}"
            self.places.note("workbook-sheet", message, self.grids.index(grid), 0)
        return sheet

    def _rows(self, number: int, grid: Grid, sheet: Sheet) -> None:
        mapped = self.using.for_sheet(grid.name)
        wanted = mapped.columns if mapped else {}
        try:
            header = find_header(grid, sheet, wanted, mapped.header if mapped else None)
        except LookupError:
            if any(not is_blank(cell) for row in grid.rows for cell in row):
                names = ", ".join(wanted.values() or [c.heading for c in sheet.columns[:6]])
                message = f"no row has headings of this sheet, such as {names}"
                self.places.note("workbook-heading", message, number, 0)
            return
        columns = {**header.columns, **self._own(number, grid, sheet, header, bool(wanted))}
        above: dict[Column, Cell] = {}
        for row in range(header.row + 1, len(grid.rows)):
            cells = {column: (index, grid.at(row, index)) for index, column in columns.items()}
            if all(is_blank(cell) for _, cell in cells.values()):
                continue
            self._carry(sheet, cells, above)
            self._row(number, row, sheet, cells)

    def _own(
        self, number: int, grid: Grid, sheet: Sheet, header: Header, is_foreign: bool
    ) -> dict[int, Column]:
        """Return columns for unknown headings, so that what is below them is kept."""
        found: dict[int, Column] = {}
        taken = {column.steps for column in header.columns.values()}
        for index, heading in header.unknown.items():
            below = (grid.at(row, index) for row in range(header.row + 1, len(grid.rows)))
            if all(map(is_blank, below)):
                continue
            column = own_column(heading, index)
            while column.steps in taken:
                column = column._replace(steps=(f"{column.steps[0]}-{index + 1}",))
            taken.add(column.steps)
            found[index] = column
            if not is_foreign:
                close = did_you_mean(plain(heading), known_headings(sheet))
                hint = f"; did you mean {close!r}?" if close else ""
                message = f"no column is called {heading!r}: it is kept as {column.steps[0]}{hint}"
                self.places.note("workbook-heading", message, number, header.row, index)
        return found

    def _carry(
        self, sheet: Sheet, cells: dict[Column, tuple[int, Cell]], above: dict[Column, Cell]
    ) -> None:
        """Fill in what a merged cell says for the rows below it."""
        outer = sheet.keys[:-1] if sheet.path[-1] == KEY else sheet.keys
        names = CARRIED if sheet.path == ("gates", KEY) else ()
        for column, (index, cell) in cells.items():
            if column in outer or column.heading in names:
                if is_blank(cell):
                    cells[column] = (index, above.get(column))
                else:
                    above[column] = cell

    def _row(
        self, number: int, row: int, sheet: Sheet, cells: dict[Column, tuple[int, Cell]]
    ) -> None:
        """Give a row its path; an id is made where there is none."""
        path: list[str | int] = []
        keys = iter(sheet.keys)
        for step in sheet.path:
            if step == KEY:
                column = next(keys)
                index, cell = cells.get(column, (-1, None))
                is_last = column is sheet.keys[-1] and sheet.path[-1] == KEY
                id_ = self._id(sheet, tuple(path), column, cell, cells, is_last)
                if not id_:
                    message = f"this row names no {column.heading}"
                    self.places.note("missing-key", message, number, row, max(index, 0))
                    return
                if is_blank(cell) and is_last:
                    self.made.append(MadeId(number, row, index, id_))
                path.append(id_)
            elif step == ITEM:
                path.append(sum(1 for one in self.rows if one.path[:-1] == tuple(path)))
            else:
                path.append(step)
        self._keep(_Row(sheet, number, row, tuple(path), cells))

    def _id(
        self,
        sheet: Sheet,
        path: Path,
        column: Column,
        cell: Cell,
        cells: Mapping[Column, tuple[int, Cell]],
        is_last: bool,
    ) -> str:
        if column.refers:
            return self.names.resolve(column.refers, kinds.ID, cell) or ""
        if not is_blank(cell):
            text = written(cell).strip()
            # Answer sets have titles in foreign workbooks; elsewhere an id is an id.
            return text if is_last else slug(text) or text
        if not is_last:
            return ""
        texts = [value for one, (_, value) in cells.items() if one.heading in NAMING[:-1]]
        texts += [value for _, value in cells.values()]
        return self.names.new("/".join(map(str, path)), [written(text) for text in texts])

    def _keep(self, row: _Row) -> None:
        if row.path in self.seen:
            message = f"duplicate id {row.path[-1]!r} (first in row {self.seen[row.path] + 1})"
            self.places.note("duplicate-id", message, row.number, row.row)
            return
        self.seen[row.path] = row.row
        self.rows.append(row)
        if row.sheet.path[-1] != KEY:
            return
        scope = "/".join(map(str, row.path[:-1]))
        called = [cell for one, (_, cell) in row.cells.items() if one.heading in NAMING]
        self.names.add(scope, str(row.path[-1]), *(written(cell) for cell in called))
        if row.sheet.path[0] == "scales":
            self.names.add("scales", str(row.path[1]), row.path[1])

    def _model(self, number: int, grid: Grid) -> None:
        known = {plain(column.heading): column for column in model_columns()}
        for row in range(len(grid.rows)):
            heading, cell = written(grid.at(row, 0)).strip(), grid.at(row, 1)
            if is_blank(cell) or plain(heading) in ("key", ""):
                continue
            column = known.get(plain(heading))
            if column is None:
                self.places.note("unknown-key", f"unknown key {heading!r}", number, row)
                continue
            self.places.put(column.steps, column.kind.decode(cell), number, row, 1)

    def _values(self, row: _Row) -> None:
        is_record = any(column.steps for column in row.sheet.columns)
        if is_record:
            self.places.put(row.path, {}, row.number, row.row, 0)
        for column, (index, cell) in row.cells.items():
            if column in row.sheet.keys or is_blank(cell):
                continue
            if column == GROUP and row.sheet.path[0] == "gates":
                self._group(row, index, cell)
                continue
            value = self._value(column, cell)
            if value is not None:
                path = (*row.path, *column.steps)
                self.places.put(path, value, row.number, row.row, index)

    def _value(self, column: Column, cell: Cell) -> Any:
        if not column.refers:
            return column.kind.decode(cell)
        value = self.names.resolve(column.refers, column.kind, cell)
        if column.refers in self.using.makes or not self.places.data.get(column.refers):
            return self._made_records(column, value)
        return value

    def _made_records(self, column: Column, value: Any) -> Any:
        """Make the records that a table without a sheet for them speaks of."""
        if column.refers not in ("dimensions", "stages", "groups", "topics"):
            return value
        words = value if isinstance(value, list) else [value]
        ids = []
        for word in words:
            id_ = self.names.find(column.refers, word)
            if id_ is None:
                id_ = self.names.new(column.refers, [word])
                self.names.add(column.refers, id_, word)
                self.using.made.setdefault(column.refers, {})[id_] = word
            ids.append(id_)
        return ids if isinstance(value, list) else ids[0]

    def _group(self, row: _Row, index: int, cell: Cell) -> None:
        """Give the group in a row of gates to the dimension of the row."""
        word = self._value(GROUP, cell)
        place = next((one for c, one in row.cells.items() if c.steps == ("dimension",)), None)
        if place is None or is_blank(place[1]):
            return
        dimension = self._value(_DIMENSION, place[1])
        self.using.grouped.setdefault(dimension, (word, row.number, row.row, index))

    def _more(self, number: int, grid: Grid) -> None:
        for row, path, text in _joined(grid):
            try:
                value, steps = json.loads(text), []
                if path.startswith(STRANGE):
                    value, steps = value["value"], value["path"]
                where = put(self.places.data, steps or steps_of(path), value)
            except (ValueError, TypeError, KeyError) as error:
                self.places.note("bad-form", f"{path!r}: {error}", number, row, 1)
            else:
                self.places.mark(where, number, row, 1)


def _of(collection: str) -> Sheet:
    """Return the sheet of a collection; that of answer sets has a row for each answer."""
    paths = ((collection, KEY), (collection, KEY, KEY))
    return next(one for one in sheets() if one.path in paths)


_DIMENSION = next(one for one in _of("gates").columns if one.steps == ("dimension",))


def _joined(grid: Grid) -> Iterator[tuple[int, str, str]]:
    """Yield row, path and JSON; rows with one path after the other are parts of one value."""
    last: tuple[int, str, str] | None = None
    for row in range(len(grid.rows)):
        path, text = written(grid.at(row, 0)), written(grid.at(row, 1))
        if not path.strip() or plain(path) == "path":
            continue
        if last and last[1] == path:
            last = (last[0], path, last[2] + text)
            continue
        if last:
            yield last
        last = (row, path, text)
    if last:
        yield last
