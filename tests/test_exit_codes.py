"""The exit codes are those that the README and `--help` name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from folders import GOOD, ROOT
from stagebook.cli import main

SAMPLE = str(GOOD / "sample.yml")


def test_the_readme_and_the_help_say_the_same() -> None:
    said = " ".join((main.help or "").split())
    said = said[said.index("Exit codes:") :]
    assert said in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("check absent.yml", 1),
        ("score absent.yml absent.json", 1),
        ("team absent.yml absent.json", 1),
        ("assess absent.yml -o x.html", 1),
        ("resolve absent.yml", 1),
        ("diff absent.yml absent.yml", 1),
        ("upgrade absent.yml", 1),
        ("translation absent.yml", 1),
        ("export absent.yml -o x.json", 1),
        (f"score {SAMPLE} absent.json", 2),
        (f"team {SAMPLE} absent.json", 2),
        (f"diff {SAMPLE} {SAMPLE} --assessments absent", 2),
        ("import absent.xlsx -o x.yml", 2),
        ("schema --check absent.json", 2),
        ("write x", 2),
        ("finish absent", 2),
        ("add-to-site", 2),
        ("new x --from absent.yml --title T", 2),
        (f"export {SAMPLE} -o absent/x.json", 2),
    ],
)
def test_what_is_missing_has_the_code_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, command.split()).exit_code == code
