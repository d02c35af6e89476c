"""The house itself: who imports whom, who touches the world, and what is shipped."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "generator" / "stagebook"

ORDER = """\
diagnostics refusals words
prose text scalars
source
model
schema
validation
rounding algebra planning numbers
assessment_record
assessment_values untrusted_json
assessment team_file
answering
ladder
scoring
arithmetic holding team
diagnosis
explanation results quiz_data team_words csv_cells
team_results
checks
reading
pages
site
mkdocs_config
written
files
assessment_files outputs
team_report
plugin
cli
__main__
""".splitlines()
LEVELS = {name: level for level, line in enumerate(ORDER) for name in line.split()}
"""Imports lead to earlier lines only; modules on one line do not know each other."""

EDGES = {"plugin", "cli", "files", "assessment_files", "outputs", "refusals", "__main__"}
"""What may touch the disk, the terminal or the environment; all else is pure."""
WORLD = {"click", "io", "os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile"}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        top = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if top != "__init__":
            found.append((top, path))
    return found


MODULES = modules()
NAMES = [str(path.relative_to(PACKAGE)) for _, path in MODULES]


def imports(path: Path) -> list[str]:
    """Return imported modules; those of this package as `.name`."""
    depth = len(path.relative_to(PACKAGE).parts) - 1
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.level == depth + 1:
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found += [f".{name}" for name in names]
    return found


def test_every_module_has_its_place() -> None:
    assert {name for name, _ in MODULES} == set(LEVELS)


@pytest.mark.parametrize(("name", "path"), MODULES, ids=NAMES)
def test_imports_lead_one_way(name: str, path: Path) -> None:
    own = [one[1:].split(".")[0] for one in imports(path) if one.startswith(".")]
    later = [one for one in own if one in LEVELS and LEVELS[one] >= LEVELS[name] and one != name]
    assert later == []


@pytest.mark.parametrize(("name", "path"), MODULES, ids=NAMES)
def test_only_the_edges_touch_the_world(name: str, path: Path) -> None:
    tops = {one.split(".")[0] for one in imports(path)}
    assert ("mkdocs" in tops) is (name == "plugin")
    if name not in EDGES:
        assert not tops & WORLD
    text = path.read_text(encoding="utf-8")
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    prints = {"print", "click.echo", "sys.stdout.write", "sys.stdout.buffer.write"}
    assert not (calls & prints) or name == "cli"
    assert name in EDGES or "open" not in calls


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_file_names_a_path_of_one_machine() -> None:
    wrong = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\w")
    for path in tracked():
        if path.suffix not in (".png", ".svg", ".txt", ".lock"):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not wrong.findall(text), path


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in [one for one in tracked() if one.suffix == ".md" and one.parent == ROOT]:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_wheel_carries_all_that_is_needed(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {"py", "typed", "jinja", "js", "css", "json"}
    expected = {
        f"stagebook/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*.*")
        if path.suffix[1:] in kept and "__pycache__" not in path.parts
    }
    assert expected <= names
    assert not [name for name in names if name.startswith(("tests", "generator"))]


def test_one_command_is_enough_for_a_newcomer() -> None:
    """What the README names must exist."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", readme))
    assert {"serve", "test"} <= named <= targets
