"""From the sheets of a workbook to a rubric, with findings by sheet and cell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..checks.loader import Reading, read_source
from ..diagnostics import did_you_mean
from .foreign import ColumnMap, complete
from .grid import UNVALUED, Cell, Grid, is_blank
from .headings import GROUP, plain
from .kinds import written
from .layout import KEY, MODEL, MORE, Column, model_columns, sheets
from .pointer import put, steps_of
from .rows import MadeId, Row, RowReader, sheet_named
from .tables import STRANGE


class Imported(NamedTuple):
    """A rubric read from a workbook: its reading, and the ids that were made."""

    reading: Reading
    made: tuple[MadeId, ...]


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


class _Reader(RowReader):
    """Reads sheet by sheet: first the ids of all rows, then their values."""

    def read(self) -> None:
        found = [(number, grid, self.sheet_of(grid)) for number, grid in enumerate(self.grids)]
        self._sheets_are_there()
        order = [sheet.name for sheet in sheets()]
        known = [(number, grid, sheet) for number, grid, sheet in found if sheet]
        for number, grid, sheet in sorted(known, key=lambda one: order.index(one[2].name)):
            self.read_rows(number, grid, sheet)
        others = [(number, grid) for number, grid, sheet in found if sheet is None]
        for number, grid in others:
            if plain(grid.name) == plain(MODEL):
                self._model(number, grid)
        for row in self.rows:
            self._values(row)
        for number, grid in others:
            if plain(grid.name) == plain(MORE):
                self._more(number, grid)

    def _sheets_are_there(self) -> None:
        """Find sheets that the map names and the workbook does not have."""
        names = [grid.name for grid in self.grids]
        for mapped in self.using.sheets:
            if mapped.name not in names and names != [""]:
                close = did_you_mean(mapped.name, names)
                hint = f"; did you mean {close!r}?" if close else ""
                message = f"the map names a sheet {mapped.name!r} that is not here{hint}"
                self.places.note("workbook-sheet", message, 0, 0)

    def _model(self, number: int, grid: Grid) -> None:
        known = {plain(column.heading): column for column in model_columns()}
        for row in range(len(grid.rows)):
            heading, cell = written(grid.at(row, 0)).strip(), grid.at(row, 1)
            if (row, 1) in grid.unvalued:
                self.places.note("bad-form", UNVALUED, number, row, 1)
            if is_blank(cell) or plain(heading) in ("key", ""):
                continue
            column = known.get(plain(heading))
            if column is None:
                self.places.note("unknown-key", f"unknown key {heading!r}", number, row)
                continue
            self.places.put(column.steps, column.kind.decode(cell), number, row, 1)

    def _values(self, row: Row) -> None:
        is_record = any(column.steps for column in row.sheet.columns)
        if is_record:
            self.places.put(row.path, {}, row.number, row.row, 0)
        for column, (index, cell) in row.cells.items():
            if column in row.sheet.keys or is_blank(cell):
                continue
            if column == GROUP and row.sheet.path[0] == "gates":
                self._group(row, index, cell)
                continue
            value = self._value(column, cell, row)
            if value is not None:
                path = (*row.path, *column.steps)
                self.places.put(path, value, row.number, row.row, index)
        if row.sheet.path == ("groups", KEY):
            self._title_alone(row)

    def _title_alone(self, row: Row) -> None:
        """Write a group with nothing but a title as the title."""
        groups, id_ = self.places.data["groups"], str(row.path[-1])
        if list(groups[id_]) == ["title"]:
            groups[id_] = groups[id_]["title"]

    def _value(self, column: Column, cell: Cell, row: Row) -> Any:
        if not column.refers:
            return column.kind.decode(cell)
        value = self.names.resolve(column.refers, column.kind, cell)
        if column.refers in self.using.makes or not self.places.data.get(column.refers):
            text = value if isinstance(value, list) else written(cell).strip()
            return self._made_records(column, text, self._around(column, row))
        index = row.cells[column][0] if column in row.cells else 0
        self.unclear(column, cell, row.number, row.row, index)
        return value

    def _around(self, column: Column, row: Row) -> str:
        """Return what a row of gates says of the group of its dimension, or of the topic's one."""
        above = {"dimensions": GROUP.steps, "topics": _DIMENSION.steps}.get(column.refers)
        for one, (_, cell) in row.cells.items() if row.sheet.path == ("gates", KEY) else ():
            if one.steps == above and not is_blank(cell):
                return str(self._value(one, cell, row))
        return ""

    def _made_records(self, column: Column, value: Any, around: str) -> Any:
        """Make the records that a table without a sheet for them speaks of."""
        if column.refers not in ("dimensions", "stages", "groups", "topics"):
            return value
        words = value if isinstance(value, list) else [value]
        ids = []
        for word in words:
            id_ = self._made_before(column.refers, word, around)
            if id_ is None:
                id_ = self.names.new(column.refers, [word])
                self.names.add(column.refers, id_, word)
                self.using.made.setdefault(column.refers, {})[id_] = word
            self.using.within.setdefault((column.refers, around, plain(word)), id_)
            if around:
                self.using.housed.add((column.refers, id_))
            ids.append(id_)
        return ids if isinstance(value, list) else ids[0]

    def _made_before(self, collection: str, word: str, around: str) -> str | None:
        """Return the id that a word means; in another group or dimension, it means another."""
        within = self.using.within
        if (collection, around, plain(word)) in within:
            return within[collection, around, plain(word)]
        id_ = self.names.find(collection, word)
        return None if around and (collection, id_) in self.using.housed else id_

    def _group(self, row: Row, index: int, cell: Cell) -> None:
        """Give the group in a row of gates to the dimension of the row."""
        word = self._value(GROUP, cell, row)
        place = next((one for c, one in row.cells.items() if c.steps == ("dimension",)), None)
        if place is None or is_blank(place[1]):
            return
        dimension = self._value(_DIMENSION, place[1], row)
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


_DIMENSION = next(one for one in sheet_named("gates").columns if one.steps == ("dimension",))


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
