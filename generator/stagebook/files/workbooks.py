"""Read workbooks and tables that may be hostile, as sheets of cells.

An .xlsx file is a ZIP archive of XML. It is measured before it is opened: sizes, names, merged
ranges. Nothing in it is ever written to the disk, run or fetched.
"""

from __future__ import annotations

import csv
import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..diagnostics import CODES, Diagnostic, RubricError, column_letters
from ..workbook.grid import Cell, DropDown, Grid
from ..workbook.plain_table import unneutral
from .rubrics import read_bytes, read_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_PARTS = 2_000
"""The most files in the archive."""
MAX_UNPACKED = 64_000_000
"""The most bytes of the archive when it is unpacked."""
MAX_CELLS = 500_000
"""The most cells of a sheet up to its last one, and of its merged ranges."""
KEPT_BY_NOBODY = ("xl/charts/", "xl/drawings/", "xl/media/", "xl/embeddings/", "xl/pivot")
"""Parts that openpyxl drops or changes when it saves a workbook."""
NEEDED = "this needs the extra 'workbook': pip install 'stagebook[workbook]'"

_REF = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["\']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class MissingExtra(Exception):
    """The libraries for workbooks are not installed; the message says how to install them."""


def read_grids(path: Path) -> tuple[list[Grid], list[Diagnostic]]:
    """Return the sheets of a workbook, or the table of a CSV file, and findings about its cells.

    Raises RubricError if it cannot be read or is too large, and MissingExtra.
    """
    if path.suffix.lower() in (".csv", ".tsv"):
        return [_csv_grid(read_text(path), str(path))], []
    content = read_bytes(path)
    findings = _inspected(content, str(path))
    return _sheets(content, str(path), findings), findings


def _error(path: str, code: str, message: str, sheet: str = "") -> RubricError:
    return RubricError([Diagnostic(path, 1, 1, CODES[code], code, message, "", sheet)])


def _csv_grid(text: str, path: str) -> Grid:
    """Return a table whose rows are the lines of the file; lines inside a cell give empty rows."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows: list[list[Cell]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            rows.append([unneutral(cell) or None for cell in row])
            rows += [[] for _ in range(reader.line_num - len(rows))]
    except csv.Error as error:
        finding = Diagnostic(path, reader.line_num, 1, CODES["bad-form"], "bad-form", str(error))
        raise RubricError([finding]) from error
    return Grid("", rows)


def _inspected(content: bytes, path: str) -> list[Diagnostic]:
    """Refuse an archive that is not a workbook or too large, before anything reads it."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _error(path, "unreadable", f"this is not an .xlsx workbook: {error}") from error
    if len(parts) > MAX_PARTS:
        raise _error(path, "too-large", f"the workbook has more than {MAX_PARTS:,} parts")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large(path)
    left = MAX_UNPACKED
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise _error(path, "unreadable", f"the part {name!r} leads out of the workbook")
        left = _inspect_part(archive, part, path, left)
    found = []
    if any(part.filename.startswith("xl/externalLinks/") for part in parts):
        message = "links to other workbooks are not followed; their last values are read"
        found.append(Diagnostic(path, 1, 1, "warning", "workbook-link", message))
    return found


def _too_large(path: str) -> RubricError:
    size = MAX_UNPACKED // 1_000_000
    return _error(path, "too-large", f"the workbook is larger than {size} MB when unpacked")


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str, left: int) -> int:
    """Unpack one part, whatever it says of its size, and return how many bytes are left."""
    try:
        with archive.open(part) as file:
            text = file.read(left + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise _error(path, "unreadable", f"{part.filename}: {error}") from error
    if len(text) > left:
        raise _too_large(path)
    if part.filename.endswith((".xml", ".rels")):
        if _DTD.search(text):
            raise _error(path, "unreadable", f"{part.filename} declares entities or a DTD")
        merged = sum(_area(*found.groups()) for found in _REF.finditer(text))
        if merged > MAX_CELLS:
            raise _error(path, "too-large", f"{part.filename} merges more than {MAX_CELLS:,} cells")
    return left - len(text)


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    width = _column_number(right) - _column_number(left) + 1
    return width * (int(bottom[:9]) - int(top[:9]) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheets(content: bytes, path: str, findings: list[Diagnostic]) -> list[Grid]:
    try:
        import defusedxml  # noqa: F401 (openpyxl uses it where it is installed)
        from openpyxl import load_workbook
        from openpyxl.worksheet.worksheet import Worksheet
    except ImportError as error:
        raise MissingExtra(NEEDED) from error
    try:
        with warnings.catch_warnings():
            # They are about what only matters to somebody who saves the workbook again.
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
            formulas = (
                load_workbook(BytesIO(content), keep_links=False)
                if _has_formulas(content)
                else None
            )
    except Exception as error:
        raise _error(path, "unreadable", f"this is not an .xlsx workbook: {error}") from error
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, Worksheet)]
    grids = [_grid(sheet, path) for sheet in sheets]
    for number, sheet in enumerate(sheets):
        findings += _errors(sheet, path)
        if formulas is not None:
            cells = frozenset(_unvalued(sheet, formulas[sheet.title]))
            grids[number] = grids[number]._replace(unvalued=cells)
    return grids


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in names)


def _unvalued(sheet: Worksheet, formulas: Worksheet) -> Iterator[tuple[int, int]]:
    """Yield the cells whose formula has no value: no program has calculated it."""
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f" and cell.row and cell.column:
                value = sheet.cell(cell.row, cell.column)
                # An empty text is a value, of the type "str".
                if value.value is None and value.data_type == "n":
                    yield cell.row - 1, cell.column - 1


def _errors(sheet: Worksheet, path: str) -> Iterator[Diagnostic]:
    """Find cells whose formula gave an error."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "e" and cell.row and cell.column:
                message = f"the formula of this cell gives the error {cell.value}"
                place = (path, cell.row, cell.column, CODES["bad-form"], "bad-form", message)
                yield Diagnostic(*place, sheet=sheet.title)


def _grid(sheet: Worksheet, path: str) -> Grid:
    if sheet.max_row * sheet.max_column > MAX_CELLS:
        last = f"{column_letters(sheet.max_column)}{sheet.max_row}"
        message = f"the sheet goes on to {last}: delete the empty rows and columns at its end"
        raise _error(path, "too-large", message, sheet.title)
    rows = [[_cell(one) for one in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        value = rows[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row, min(merged.max_row, len(rows) + 1)):
            rows[row][merged.min_col - 1] = value
    return Grid(sheet.title, rows, tuple(_lists(sheet)))


def _lists(sheet: Worksheet) -> Iterator[DropDown]:
    """Yield the drop-downs whose choices are written in them."""
    for rule in sheet.data_validations.dataValidation:
        text = rule.formula1 or ""
        if rule.type == "list" and len(text) > 2 and text.startswith('"'):
            choices = tuple(one.strip() for one in text.strip('"').split(",") if one.strip())
            for area in rule.sqref.ranges:
                for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1):
                    yield DropDown(column - 1, area.min_row - 1, area.max_row - 1, choices)


def _cell(value: Any) -> Cell:
    """Return what a cell holds as text or a number; a date as its ISO text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    is_date = isinstance(value, datetime.date | datetime.time)
    return value.isoformat() if is_date else str(value)


def write_ids(content: bytes, ids: list[tuple[str, int, int, str]]) -> bytes:
    """Return a workbook with ids written into empty cells: sheet, row, column (from 1) and id.

    Formulas, formats and drop-downs stay. Raises ValueError for a workbook with parts that would
    not: charts, pictures and macros.
    """
    from openpyxl import load_workbook

    with zipfile.ZipFile(BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.startswith(KEPT_BY_NOBODY) or part.endswith("vbaProject.bin"):
                raise ValueError(f"its part {part} would be lost: write the ids by hand")
    book = load_workbook(BytesIO(content))
    for name, row, column, id_ in ids:
        book[name].cell(row, column).value = id_
    file = BytesIO()
    book.save(file)
    return file.getvalue()
