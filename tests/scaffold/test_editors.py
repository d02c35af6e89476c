"""What editors, pre-commit and GitHub read: the schema's address, the hook and the action."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from folders import GOOD, ROOT
from new_sites import run
from stagebook.diagnostics import CODES

BAD = ROOT / "tests" / "rubrics" / "bad"


@pytest.mark.slow
def test_the_schema_has_a_stable_address_on_the_site(built: Path) -> None:
    published = built / "schema" / "stagebook-1.json"
    assert published.read_bytes() == (ROOT / "rubrics" / "schema.json").read_bytes()


def test_the_hook_checks_the_rubrics_of_a_repository() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"]) == ("stagebook-check", "python")
    wanted = {"rubrics/a.yml": True, "rubrics/b.yaml": True, "x/rubrics/a.yml": False}
    wanted |= {"rubrics/schema.json": False, "mkdocs.yml": False}
    assert {path: bool(re.search(hook["files"], path)) for path in wanted} == wanted
    entry, options = shlex.split(str(hook["entry"])), list(map(str, hook["args"]))
    program, *arguments = entry + options
    assert program == "stagebook"
    assert run(*arguments, GOOD / "sample.yml").exit_code == 0
    assert run(*arguments, BAD / "bad-id.yml", GOOD / "sample.yml").exit_code == 1
    assert run(*arguments, BAD / "incomplete.yml").exit_code == 1  # A warning.


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """Make a repository with two rubrics, and the place where the action installs Stagebook."""
    program = tmp_path / "temp" / "stagebook" / "bin" / "stagebook"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stagebook "$@"\n')
    program.chmod(0o755)
    (tmp_path / "rubrics").mkdir()
    for path in (BAD / "bad-id.yml", BAD / "incomplete.yml"):
        (tmp_path / "rubrics" / path.name).write_bytes(path.read_bytes())
    return tmp_path


def check(action: dict[str, Any], runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action as GitHub does."""
    step = action["runs"]["steps"][-1]
    values = {name: one["default"] for name, one in action["inputs"].items()} | inputs
    variables = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda match: values[match.group(1)], text)
        for name, text in step["env"].items()
    }
    environment = {**os.environ, **variables, "RUNNER_TEMP": str(runner / "temp")}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=runner, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_action_annotates_every_finding_at_its_line(
    action: dict[str, Any], runner: Path
) -> None:
    strict = check(action, runner)
    assert strict.returncode == 1
    assert re.search(r"^::error file=rubrics/bad-id\.yml,line=\d+,col=\d+", strict.stdout, re.M)
    assert re.search(r"^::warning file=rubrics/incomplete\.yml,line=\d+", strict.stdout, re.M)
    files = {"files": "rubrics/incomplete.yml"}
    assert check(action, runner, **files).returncode == 1
    assert check(action, runner, strict="false", **files).returncode == 0
    codes = [code for code, level in CODES.items() if level == "warning"]
    ignored = check(action, runner, ignore=" ".join(codes), **files)
    assert (ignored.returncode, ignored.stdout) == (0, "")


def test_no_input_of_the_action_becomes_part_of_a_script(
    action: dict[str, Any], runner: Path
) -> None:
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    hostile = check(action, runner, files="$(touch made) ; touch made --help")
    assert hostile.returncode == 1
    assert not (runner / "made").exists()


def test_the_action_installs_what_is_locked(action: dict[str, Any]) -> None:
    [setup, install, _] = action["runs"]["steps"]
    own = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    assert setup["uses"] in own
    named = re.findall(r"\$GITHUB_ACTION_PATH/([\w./]+)", install["run"])
    assert named
    assert all((ROOT / name).is_file() for name in named)
