"""What the guide about overlays says works: its files are checked, its commands run."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from folders import ROOT
from guides import fences
from stagebook.cli import main
from stagebook.rubric.yaml_source import read_yaml

SCHEMA = ROOT / "rubrics" / "overlay.schema.json"
VALIDATOR = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.slow
def test_the_examples_of_the_guide_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers").mkdir()
    shutil.copy(ROOT / "tests" / "assessments" / "ai-product.json", tmp_path / "answers")
    ran = 0
    for language, name, text in fences("overlays"):
        if language == "yaml":
            Path(name).write_text(text, encoding="utf-8")
            assert [str(one) for one in VALIDATOR.iter_errors(read_yaml(text, name).data)] == []
            result = CliRunner().invoke(main, ["check", "--ignore", "translation-gaps", name])
            assert (result.exit_code, result.stdout) == (0, "1 file checked: no findings\n")
            continue
        for line in text.splitlines():
            command, *arguments = shlex.split(line)
            assert command == "stagebook"
            result = CliRunner().invoke(main, arguments)
            assert result.exit_code == 0, f"{line}\n{result.output}"
            ran += 1
    assert ran >= 8
