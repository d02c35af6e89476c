"""Options that do nothing with such a use of a command are refused, not ignored."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import GOOD
from stagebook.cli import main

SAMPLE = str(GOOD / "sample.yml")
PO, XLSX = "import {x}.po -o {x}.yml", "import {x}.xlsx -o {x}.yml"


@pytest.mark.parametrize(
    ("command", "names"),
    [
        (f"{PO} --assessment --write-ids", "--assessment or --write-ids"),
        (f"{PO} --from samm", "--from"),
        (f"{PO} --map {{x}}.po", "--map"),
        (f"{XLSX} --rubric {SAMPLE}", "--rubric"),
        (f"{XLSX} --from samm --assessment --rubric {SAMPLE}", "--assessment or --rubric"),
        (f"{XLSX} --from samm --map {{x}}.po --write-ids", "--map or --write-ids"),
        (f"{XLSX} --assessment --write-ids", "--write-ids"),
        ("schema --check {x}.po -o {x}.yml", "--output"),
        ("translation ai-product.de --record --from nope", "--from"),
        ("translation ai-product.de --record --format json", "--format"),
        (f"export {SAMPLE} -o {{x}}.json --no-assessment", "--no-assessment"),
        (f"export {SAMPLE} -o {{x}}.po --for-translation --no-assessment", "--no-assessment"),
        (f"export {SAMPLE} -o {{x}}.json --language de --from {SAMPLE}", "--language or --from"),
    ],
)
def test_an_option_without_effect_is_refused(tmp_path: Path, command: str, names: str) -> None:
    for ending in ("po", "xlsx"):
        (tmp_path / f"x.{ending}").touch()
    result = CliRunner().invoke(main, command.format(x=tmp_path / "x").split())
    assert result.exit_code == 2, result.output
    assert f" does not use {names}\n" in result.output
    assert {path.name for path in tmp_path.iterdir()} == {"x.po", "x.xlsx"}
