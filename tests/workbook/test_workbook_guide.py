"""The guide's commands run, and its map is understood."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from folders import ROOT
from openpyxl import Workbook
from stagebook.cli import main
from stagebook.files import workbooks
from stagebook.files.rubrics import MAX_BYTES, load_rubric
from stagebook.importers import LAYOUTS
from stagebook.workbook.layout import MODEL, MORE, sheets

GUIDE = (ROOT / "content" / "guides" / "workbooks.md").read_text(encoding="utf-8")


def save(path: Path, **sheets: Any) -> None:
    book = Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.mark.slow
def test_the_commands_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "rubrics", tmp_path / "rubrics")
    rows = [["id", "dimension", "title", "question"], [None, "D", "T", "Q?"]]
    save(tmp_path / "new.xlsx", Gates=rows)
    names = ["Ref", "Function", "Practice", "Level", "Activity", "Question", "Guidance", "Answers"]
    row = ["1", "Build", "Secure build", 1, "It is defined", "Is it defined?", "a log", "Yes or no"]
    answers = [["Set", "Answer", "Value"], ["Yes or no", "No", 0], [None, "Yes", 1]]
    save(tmp_path / "interview.xlsx", Interview=[["A model"], [], names, row], Answers=answers)
    [column_map] = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "map.yml").write_text(column_map)
    commands = re.findall(r"^\$ stagebook (.*)$", GUIDE, re.MULTILINE)
    assert len(commands) == 6
    for command in commands:
        if "filled.xlsx" in command:
            shutil.copy("ai-product.xlsx", "filled.xlsx")
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, (command, result.output)
    mapped = load_rubric(tmp_path / "our-model.yml").rubric
    assert mapped.gates["1"].scale == "yes-or-no"
    assert mapped.groups["build"].title == "Build"
    original = load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric
    assert load_rubric(tmp_path / "model.yml").rubric == original


def test_the_guide_names_all_sheets_layouts_and_limits() -> None:
    for name in (MODEL, MORE, *(sheet.name for sheet in sheets())):
        assert name in GUIDE, name
    assert re.findall(r"`stagebook import --from (\w+) ", GUIDE) == list(LAYOUTS)
    limits = (workbooks.MAX_UNPACKED // 1_000_000, workbooks.MAX_PARTS, workbooks.MAX_CELLS)
    unpacked, parts, cells = (f"{limit:,}" for limit in limits)
    assert f"at most {MAX_BYTES // 1_000_000} MB, {unpacked} MB and {parts} parts" in GUIDE
    assert f"{cells} cells" in GUIDE
