"""Write tables as an .xlsx workbook, in which no author's text is a formula."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from ..workbook.grid import Cell
from ..workbook.layout import Column
from ..workbook.scoresheet import Choices, Formula, ScoreSheet
from ..workbook.tables import Table
from .workbooks import NEEDED, MissingExtra

_EPOCH = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
SPARE_ROWS = 500
"""Rows below the last one that have drop-downs too."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def xlsx_bytes(tables: Sequence[Table], scoring: Sequence[ScoreSheet] = ()) -> bytes:
    """Return a workbook with one sheet per table; raises MissingExtra."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtra(NEEDED) from error
    file = BytesIO()
    # With a fixed date, the same rubric gives the same bytes.
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties({"created": _EPOCH, "author": "Stagebook"})
    formats = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#E8ECF4", "valign": "top", "border": 1}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "input": book.add_format({"bg_color": "#FFF9E5", "border": 1, "valign": "top"}),
        "number": book.add_format({"num_format": "0.00##", "valign": "top"}),
    }
    for sheet in scoring:
        _write_scoring(book, sheet, formats)
    lengths = {table.name: len(table.rows) + SPARE_ROWS for table in tables}
    for table in tables:
        _write(book, table, formats, lengths)
    book.close()
    return file.getvalue()


def _write(book: Any, table: Table, formats: Mapping[str, Any], lengths: Mapping[str, int]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(table.columns):
        sheet.write_string(0, index, column.heading, formats["head"])
        sheet.set_column(index, index, column.kind.width, formats["text"])
        rule = _drop_down(column, lengths)
        if rule:
            sheet.data_validation(1, index, len(table.rows) + SPARE_ROWS, index, rule)
    for row, cells in enumerate(table.rows, 1):
        for index, cell in enumerate(cells):
            _put(sheet, row, index, cell, formats["text"])
        sheet.set_row(row, _height(cells, [column.kind.width for column in table.columns]))
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


LINE_HEIGHT, MAX_HEIGHT = 15, 400
MAX_FORMULA = 8_192
"""The most characters of a formula in Excel."""


def _height(cells: Sequence[object], widths: Sequence[int]) -> int:
    """Return about the height of a row with wrapped text: not every program finds it by itself."""
    lines = [
        sum(1 + len(line) // max(width, 1) for line in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=False)
        if isinstance(cell, str) and width
    ]
    return min(LINE_HEIGHT * max(lines, default=1), MAX_HEIGHT)


def _put(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, float | int):
        sheet.write_number(row, column, cell, style)
    elif cell is not None:
        sheet.write_string(row, column, cell, style)


_SHEETS = {
    "groups": "Groups",
    "dimensions": "Dimensions",
    "topics": "Topics",
    "stages": "Stages",
    "scales": "Answer sets",
    "gates": "Gates",
    "sources": "Sources",
    "protocols": "Protocols",
    "frameworks": "Frameworks",
    "remediations": "Plays",
}


def _drop_down(column: Column, lengths: Mapping[str, int]) -> dict[str, Any] | None:
    """Return the rule of a column whose cells are chosen; a warning, so that titles are allowed."""
    words = column.choices or (("yes", "no") if column.kind.name == "yes-no" else ())
    if words:
        return {"validate": "list", "source": list(words), "error_type": "warning"}
    name = _SHEETS.get(column.refers, "")
    if column.kind.name != "id" or name not in lengths:
        return None
    source = f"='{name}'!$A$2:$A${lengths[name] + 1}"
    return {"validate": "list", "source": source, "error_type": "warning"}


def _write_scoring(book: Any, table: ScoreSheet, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(table.frozen, 0)
    for index, width in enumerate(table.widths):
        sheet.set_column(index, index, width or None, None, {"hidden": not width})
    for row, cells in enumerate(table.rows):
        if row >= table.frozen:
            sheet.set_row(row, _height(cells, table.widths))
        for index, cell in enumerate(cells):
            style = formats["head"] if row < table.frozen else formats["text"]
            if isinstance(cell, Formula) and len(cell.text) > MAX_FORMULA:
                sheet.write_string(row, index, "too long for a formula", formats["text"])
            elif isinstance(cell, Formula):
                sheet.write_formula(row, index, cell.text, formats["number"], cell.value)
            elif isinstance(cell, Choices):
                sheet.write_blank(row, index, None, formats["input"])
                if cell.source:
                    rule = {"validate": "list", "source": cell.source}
                    sheet.data_validation(row, index, row, index, rule)
            else:
                _put(sheet, row, index, cell, style)
    if table.is_hidden:
        sheet.hide()
