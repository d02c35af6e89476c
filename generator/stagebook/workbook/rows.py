"""The rows of a workbook's sheets: which sheet and columns they are of, and their paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..diagnostics import Path, did_you_mean
from ..rubric.model.base import slug
from . import kinds
from .foreign import ColumnMap
from .grid import UNVALUED, Cell, Grid, is_blank
from .headings import Header, find_header, known_headings, own_column, plain, sheet_for
from .kinds import written
from .layout import ITEM, KEY, MODEL, MORE, Column, Sheet, sheets
from .names import NAMING, Names
from .places import Places

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


class Row(NamedTuple):
    """A row that has been given its path."""

    sheet: Sheet
    number: int
    row: int
    path: Path
    cells: dict[Column, tuple[int, Cell]]


MAX_IDS = 12
"""The most ids that a message lists."""


class RowReader:
    """Finds the rows of all sheets, and gives each its path."""

    def __init__(self, grids: Sequence[Grid], path: str, using: ColumnMap) -> None:
        """Start without rows."""
        self.grids, self.using = grids, using
        self.places = Places(path, [grid.name for grid in grids])
        self.names, self.made = Names(), list[MadeId]()
        self.rows: list[Row] = []
        self.seen: dict[Path, int] = {}
        self.items: Counter[Path] = Counter()

    def sheet_of(self, grid: Grid) -> Sheet | None:
        """Return what a sheet is; the one table of a CSV file has gates."""
        if self.using.sheets and not self.using.for_sheet(grid.name):
            return None
        if mapped := self.using.for_sheet(grid.name):
            return sheet_named(mapped.collection)
        if len(self.grids) == 1 and not grid.name:
            return sheet_named("gates")
        sheet = sheet_for(grid.name, sheets())
        if sheet is None and plain(grid.name) not in {*IGNORED, plain(MODEL), plain(MORE)}:
            names = [one.name for one in sheets()]
            close = did_you_mean(grid.name, names)
            hint = f"; did you mean {close!r}?" if close else ""
            message = f"the sheet {grid.name!r} is not one of a rubric and is left out{hint}"
            self.places.note("workbook-sheet", message, self.grids.index(grid), 0)
        return sheet

    def read_rows(self, number: int, grid: Grid, sheet: Sheet) -> None:
        """Read the rows of one sheet."""
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
        self._missing(number, grid, header, wanted)
        for row, index in sorted(grid.unvalued):
            if row > header.row and (index in header.columns or index in header.unknown):
                self.places.note("bad-form", UNVALUED, number, row, index)
        columns = {**header.columns, **self._own(number, grid, sheet, header, bool(wanted))}
        above: dict[Column, Cell] = {}
        for row in range(header.row + 1, len(grid.rows)):
            cells = {column: (index, grid.at(row, index)) for index, column in columns.items()}
            if all(is_blank(cell) for _, cell in cells.values()):
                continue
            self._carry(sheet, cells, above)
            if mapped and mapped.choices:
                self._drop_down(grid, header, row, mapped.choices, cells)
            self._row(number, row, sheet, cells)

    def _missing(self, number: int, grid: Grid, header: Header, wanted: Mapping[str, str]) -> None:
        """Find headings that the map names and the sheet does not have."""
        heads = [written(cell).strip() for cell in grid.rows[header.row]]
        there = set(map(plain, heads))
        for heading in wanted.values():
            if plain(heading) not in there:
                close = did_you_mean(heading, heads)
                hint = f"; did you mean {close!r}?" if close else ""
                message = f"the map names a column {heading!r} that is not here{hint}"
                self.places.note("workbook-heading", message, number, header.row)

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

    def _drop_down(
        self,
        grid: Grid,
        header: Header,
        row: int,
        heading: str,
        cells: dict[Column, tuple[int, Cell]],
    ) -> None:
        """Make the answer set of a row from the drop-down in a column of it."""
        heads = [plain(written(cell)) for cell in grid.rows[header.row]]
        index = heads.index(plain(heading)) if plain(heading) in heads else -1
        choices = grid.choices(row, index)
        if len(choices) > 1:
            known = self.using.scales
            scale = known.setdefault(choices, f"answers-{len(known) + 1}")
            column = next(one for one in sheet_named("gates").columns if one.steps == ("scale",))
            self.names.add("scales", scale, scale)
            cells[column] = (index, scale)

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
                if column.refers:
                    self.unclear(column, cell, number, row, index)
                if is_blank(cell) and is_last:
                    self.made.append(MadeId(number, row, index, id_))
                path.append(id_)
            elif step == ITEM:
                self.items[tuple(path)] += 1
                path.append(self.items[tuple(path)] - 1)
            else:
                path.append(step)
        self._keep(Row(sheet, number, row, tuple(path), cells))

    def unclear(self, column: Column, cell: Cell, number: int, row: int, index: int) -> None:
        """Find words of a reference that several records are called by."""
        for word, ids in self.names.unclear(column.refers, column.kind, cell).items():
            message = f"{word!r} may be any of {', '.join(ids[:MAX_IDS])}: write the id"
            self.places.note("dangling-id", message, number, row, index)

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

    def _keep(self, row: Row) -> None:
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


def sheet_named(collection: str) -> Sheet:
    """Return the sheet of a collection; that of answer sets has a row for each answer."""
    paths = ((collection, KEY), (collection, KEY, KEY))
    return next(one for one in sheets() if one.path in paths)
