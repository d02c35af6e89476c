"""Warnings that a rubric, or whoever checks it, does not want: switched off by their code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stagebook.checks.loader import read_rubric
from stagebook.cli import main

TEXT = """\
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
dimensions:
  d: {title: D}
gates:
  g: {dimension: d, title: G, test: "Are there tickets? Are they read?", blocking: true}
scoring: {dimension: mean, overall: null}
"""


def codes(text: str) -> list[str]:
    return [finding.code for finding in read_rubric(text, "desk.yml").findings]


def checked(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", str(path), *arguments])


def test_a_rubric_switches_warnings_off_by_their_code() -> None:
    assert codes(TEXT) == ["test-form", "key-unused"]
    assert codes(TEXT + "checks: {test-form: off}\n") == ["key-unused"]
    assert codes(TEXT + "checks: {test-form: off, key-unused: off}\n") == []


def test_so_does_the_command_for_one_run(tmp_path: Path) -> None:
    path = tmp_path / "desk.yml"
    path.write_text(TEXT)
    assert checked(path, "--strict").exit_code == 1
    assert checked(path, "--strict", "--ignore", "test-form").exit_code == 1
    both = checked(path, "--strict", "--ignore", "test-form", "--ignore", "key-unused")
    assert both.exit_code == 0
    assert "no findings" in both.output


def test_an_error_stays_an_error(tmp_path: Path) -> None:
    text = TEXT.replace("dimension: d", "dimension: e") + "checks: {dangling-id: off}\n"
    assert {"dangling-id", "unknown-value"} <= set(codes(text))


@pytest.mark.parametrize(
    ("code", "hint"), [("test-from", "(did you mean 'test-form'?)"), ("dangling-id", "no warning")]
)
def test_a_code_that_is_none_is_refused(tmp_path: Path, code: str, hint: str) -> None:
    path = tmp_path / "desk.yml"
    path.write_text(TEXT)
    refused = checked(path, "--ignore", code)
    assert refused.exit_code == 2
    assert hint in refused.output
