"""Workbooks made to do harm: each is refused with a message, quickly, and nothing is written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from stagebook.cli import main
from stagebook.diagnostics import RubricError
from stagebook.files import workbooks


def ordinary() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Gates"
    for row in (["dimension", "title", "question"], ["D", "T", "Is it so?"]):
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def changed(part: str, change: Callable[[bytes], bytes], add: dict[str, bytes]) -> bytes:
    """Return an ordinary workbook with one part changed and others added."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(ordinary())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
        for name, content in add.items():
            new.writestr(name, content)
    return file.getvalue()


def same(content: bytes) -> bytes:
    return content


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'


def with_entities(content: bytes) -> bytes:
    return ENTITIES + content


def with_external_entity(content: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + content


def merged(content: bytes) -> bytes:
    cells = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return content.replace(b"</sheetData>", b"</sheetData>" + cells)


def far(content: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return content.replace(b"</sheetData>", row + b"</sheetData>")


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb": (
        lambda: changed("", same, {"xl/media/a.bin": bytes(workbooks.MAX_UNPACKED + 1)}),
        "error[too-large]: the workbook is larger than 64 MB when unpacked",
    ),
    "many parts": (
        lambda: changed("", same, {f"a{number}": b"" for number in range(2_001)}),
        "error[too-large]: the workbook has more than 2,000 parts",
    ),
    "path traversal": (
        lambda: changed("", same, {"xl/../../../evil.xml": b"<a/>"}),
        "error[unreadable]: the part 'xl/../../../evil.xml' leads out of the workbook",
    ),
    "absolute path": (
        lambda: changed("", same, {"/etc/evil": b""}),
        "error[unreadable]: the part '/etc/evil' leads out of the workbook",
    ),
    "entity expansion": (
        lambda: changed(SHEET, with_entities, {}),
        "error[unreadable]: xl/worksheets/sheet1.xml declares entities or a DTD",
    ),
    "external entity": (
        lambda: changed(SHEET, with_external_entity, {}),
        "error[unreadable]: xl/worksheets/sheet1.xml declares entities or a DTD",
    ),
    "all cells merged": (
        lambda: changed(SHEET, merged, {}),
        "error[too-large]: xl/worksheets/sheet1.xml merges more than 500,000 cells",
    ),
    "a cell at the end of the sheet": (
        lambda: changed(SHEET, far, {}),
        "Gates!A1: error[too-large]: the sheet goes on to XFD1048576",
    ),
    "not a workbook": (lambda: b"PK\x03\x04 nothing", "error[unreadable]: this is not an .xlsx"),
    "an empty archive": (lambda: b"PK\x05\x06" + bytes(18), "error[unreadable]: this is not an"),
    "broken XML": (
        lambda: changed(SHEET, lambda content: content[:200], {}),
        "error[unreadable]: this is not an .xlsx workbook",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_workbook_is_refused(name: str, tmp_path: Path) -> None:
    make, message = CASES[name]
    path, out = tmp_path / "m.xlsx", tmp_path / "out" / "m.yml"
    path.write_bytes(make())
    out.parent.mkdir()
    result = CliRunner().invoke(main, ["import", str(path), "-o", str(out)])
    assert result.exit_code == 1, result.output
    assert message in result.output
    assert not list(out.parent.iterdir())


def test_the_size_that_a_part_claims_is_not_believed(tmp_path: Path) -> None:
    content = changed("", same, {"xl/media/a.bin": bytes(workbooks.MAX_UNPACKED + 1)})
    size = (workbooks.MAX_UNPACKED + 1).to_bytes(4, "little")
    path = tmp_path / "m.xlsx"
    path.write_bytes(content.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(RubricError):
        workbooks.read_grids(path)


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "m.yml"
    path.write_bytes(changed("", same, {"xl/externalLinks/externalLink1.xml": b"<a/>"}))
    result = CliRunner().invoke(main, ["import", str(path), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "warning[workbook-link]: links to other workbooks are not followed" in result.output


def test_a_formula_that_gave_an_error_is_named(tmp_path: Path) -> None:
    cell = b'<row r="3"><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
    path, out = tmp_path / "m.xlsx", tmp_path / "m.yml"
    path.write_bytes(changed(SHEET, lambda content: content.replace(b"</sheetData>", cell), {}))
    result = CliRunner().invoke(main, ["import", str(path), "-o", str(out)])
    assert result.exit_code == 1
    message = "m.xlsx:Gates!B3: error[bad-form]: the formula of this cell gives the error #DIV/0!"
    assert message in result.output
    assert not out.exists()


def test_ids_are_not_written_where_a_picture_would_be_lost(tmp_path: Path) -> None:
    path, out = tmp_path / "m.xlsx", tmp_path / "m.yml"
    content = changed("", same, {"xl/media/image1.png": b"x"})
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["import", str(path), "-o", str(out), "--write-ids"])
    assert result.exit_code == 2
    assert path.read_bytes() == content
    assert not out.exists()
    with pytest.raises(ValueError, match=r"its part xl/media/image1\.png would be lost"):
        workbooks.write_ids(content, [("Gates", 2, 4, "t")])


def test_a_csv_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text('id,dimension\n"a"b,c\n')
    result = CliRunner().invoke(main, ["import", str(path), "-o", str(tmp_path / "m.yml")])
    assert result.exit_code == 1
    assert "m.csv:2:1: error[bad-form]" in result.output
