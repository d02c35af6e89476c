"""The house itself: who imports whom, who touches the world, and what is shipped."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
import sys
import zipfile
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from folders import ROOT

PACKAGE = ROOT / "generator" / "stagebook"
QUIZ = ROOT / "generator" / "quiz"
MUTATIONS = runpy.run_path(str(ROOT / "tools" / "mutations.py"))["MUTATIONS"]

LEVELS = """\
diagnostics i18n
rubric
overlay
catalogue assessment
scoring
checks report difference
workbook
importers
files site
team scaffold
portfolio
api
plugin cli
__main__
""".splitlines()
"""The rooms of the Python package: imports lead to earlier lines only, and never across a line."""

QUIZ_LEVELS = """\
types
scoring
assessment
render state
report team
parts
load
core
core-published
extras-shared
extras-published
several-shared
several-published
extras several meeting
quiz
element
main
portfolio-counts
portfolio
app service-worker
""".splitlines()
"""The rooms of the quiz, likewise."""

TWINS = {
    "assessment": ["numbers", "reader", "record", "roadmap", "team_file", "values"],
    "report": [
        *("advice", "csv_cells", "dated", "fewest", "listing", "plan", "reasons", "second_look"),
    ],
    "scoring": [
        "adaptive",
        *("diagnosis", "fewest", "gates", "holding", "intervals", "ladder", "planning", "rounding"),
        *("compare", "scorer", "trace"),
    ],
    "team": ["view", "words"],
}
"""Modules that are the same in both languages, under one name in one place."""

EDGES = {"api", "plugin", "cli", "files", "portfolio", "__main__"}
"""What may touch the disk, the terminal or the environment; all else is pure."""
WORLD = {"click", "io", "os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile"}


def dotted(path: Path) -> str:
    """Return the name of a module within the package, or within the quiz."""
    base = PACKAGE if path.suffix == ".py" else QUIZ
    name = ".".join(path.relative_to(base).with_suffix("").parts)
    return name.removesuffix(".__init__")


MODULES = {dotted(path): path for path in sorted(PACKAGE.rglob("*.py"))}
SCRIPTS = {
    dotted(path): path
    for path in sorted(QUIZ.rglob("*.js"))
    if "node_modules" not in path.relative_to(QUIZ).parts
}


def imports(path: Path) -> list[str]:
    """Return imported modules; those of this package by their name in it, behind a dot."""
    package = list(path.relative_to(PACKAGE).parts[:-1])
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level]
            full = ".".join([*base, *filter(None, [node.module])])
            named = [".".join(filter(None, [full, alias.name])) for alias in node.names]
            own = [name for name in named if name in MODULES]
            found += [f".{name}" for name in own or [full]]
    return found


def script_imports(path: Path, *, core: bool = True) -> list[str]:
    """Return the scripts that a script imports, by name; `#…/` is where the folder begins."""
    text = path.read_text(encoding="utf-8")
    pattern = r'^(?:import|export|\}).*?"(\.[^"]+\.js|#(?:core|extras|several)/[^"]+\.js)"'
    targets = re.findall(pattern, text, re.MULTILINE)
    return [
        dotted(QUIZ / target.partition("/")[2])
        if target.startswith("#")
        else dotted((path.parent / target).resolve())
        for target in targets
        if core or not target.startswith("#")
    ]


IMPORTS = {
    name: [one[1:] for one in imports(path) if one[1:] in MODULES and one.startswith(".")]
    for name, path in MODULES.items()
}
SCRIPT_IMPORTS = {name: script_imports(path) for name, path in SCRIPTS.items()}


@pytest.mark.parametrize(
    ("levels", "graph"),
    [(LEVELS, IMPORTS), (QUIZ_LEVELS, SCRIPT_IMPORTS)],
    ids=["python", "javascript"],
)
def test_imports_lead_one_way(levels: list[str], graph: dict[str, list[str]]) -> None:
    level = {room: number for number, line in enumerate(levels) for room in line.split()}
    rooms = {name.split(".")[0] for name in graph if name != "__init__"}
    assert rooms <= set(level), "a room without a level"
    for name, targets in graph.items():
        for target in targets:
            here, there = name.split(".")[0], target.split(".")[0]
            if here in level and there in level and here != there:
                assert level[there] < level[here], f"{name} imports {target}"


@pytest.mark.parametrize("graph", [IMPORTS, SCRIPT_IMPORTS], ids=["python", "javascript"])
def test_no_modules_import_each_other_in_a_circle(graph: dict[str, list[str]]) -> None:
    # A package that gathers its own modules is not asked for by them.
    order = TopologicalSorter({name: set(targets) - {name} for name, targets in graph.items()})
    order.prepare()


def reachable(name: str) -> set[str]:
    """Return the scripts that a script brings along when it is bundled, `#…/` left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        script = waiting.pop()
        if script not in found:
            found.add(script)
            waiting += script_imports(SCRIPTS[script], core=False)
    return found


def test_no_script_is_in_two_bundles() -> None:
    bundles = [reachable(entry) for entry in ("main", "extras", "several", "meeting")]
    bundles.append({"core-published", "extras-published", "several-published"})
    # The report on a portfolio has a bundle of its own, with modules of the others.
    bundles.append(reachable("portfolio") - set().union(*bundles))
    bundles += [reachable("app") - set().union(*bundles), {"service-worker"}]
    assert sorted(script for bundle in bundles for script in bundle) == sorted(SCRIPTS)


def test_twins_have_one_name_and_place_in_both_languages() -> None:
    for room, names in TWINS.items():
        for name in names:
            assert f"{room}.{name}" in MODULES
            assert f"{room}.{name.replace('_', '-')}" in SCRIPTS
    told = {name for name, path in MODULES.items() if "Its twin is" in path.read_text("utf-8")}
    listed = {f"{room}.{name}" for room, names in TWINS.items() for name in names}
    assert told <= listed, "a twin that the list does not name"


@pytest.mark.parametrize("name", [name for name in MODULES if name != "__init__"])
def test_only_the_edges_touch_the_world(name: str) -> None:
    path, room = MODULES[name], name.split(".")[0]
    tops = {one.split(".")[0] for one in imports(path) if not one.startswith(".")}
    assert "mkdocs" not in tops or room == "plugin"
    if room not in EDGES:
        assert not tops & WORLD
    text = path.read_text(encoding="utf-8")
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    }
    prints = {"print", "click.echo", "sys.stdout.write", "sys.stdout.buffer.write"}
    assert not (calls & prints) or room == "cli"
    assert room in EDGES or "open" not in calls


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_test_takes_a_promise_for_an_answer() -> None:
    """Playwright's `wait_for_function` does not wait for what an asynchronous function returns."""
    for path in (ROOT / "tests").rglob("test_*.py"):
        assert not re.search(r'wait_for_function\(\s*"+async', path.read_text("utf-8")), path


def test_each_file_of_tests_has_some_that_every_change_runs() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "engines" or "pytest.mark.long" not in text:
            continue
        body = ast.parse(text).body
        of_file = [ast.unparse(one) for one in body if isinstance(one, ast.Assign)]
        assert not any("pytestmark" in one and "mark.long" in one for one in of_file), path
        functions = [one for one in body if isinstance(one, ast.FunctionDef)]
        tests = [one for one in functions if one.name.startswith("test_")]
        marks = [[ast.unparse(mark) for mark in one.decorator_list] for one in tests]
        assert any("pytest.mark.long" not in of_test for of_test in marks), path


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
    kept = {"py", "typed", "jinja", "js", "css", "json", "sql", "svg", "png"}
    expected = {
        f"stagebook/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*.*")
        if path.suffix[1:] in kept and "__pycache__" not in path.parts
    }
    rubrics = [path.relative_to(ROOT) for path in (ROOT / "rubrics").rglob("*.*")]
    expected |= {f"stagebook/{path.as_posix()}" for path in rubrics}
    assert expected <= names
    assert not [name for name in names if name.startswith(("tests", "generator"))]


def test_one_command_is_enough_for_a_newcomer() -> None:
    """What the README names must exist."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", readme))
    assert {"serve", "test"} <= named <= targets


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_a_mutation_finds_the_text_that_it_breaks(mutation: Any) -> None:
    assert (ROOT / mutation.file).read_text(encoding="utf-8").count(mutation.text) == 1
