"""How long modules and functions are in both languages: what a reader can hold at once."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path
from statistics import median, quantiles

import pytest
from folders import ROOT, TESTS
from node import node_binary

MODULES = sorted((ROOT / "generator" / "stagebook").rglob("*.py"))
QUIZ = ROOT / "generator" / "quiz"
SCRIPTS = [
    path
    for path in sorted(QUIZ.rglob("*.js"))
    if "node_modules" not in path.relative_to(QUIZ).parts
]
USUAL_MODULE = 120
USUAL_FUNCTION = 25
LONGEST_FUNCTION = 60
"""Lines that a function in JavaScript has at most."""


def python_functions() -> dict[str, int]:
    """Return the lines of each function of the package, by its place."""
    return {
        f"{path.relative_to(ROOT)}:{node.lineno}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def script_functions(scripts: list[Path]) -> dict[str, int]:
    """Return the lines of each function of some scripts, by its place; TypeScript parses them."""
    ran = subprocess.run(
        [node_binary(), str(TESTS / "support" / "functions.mjs"), *map(str, scripts)],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        f"{file}:{place}": lines
        for file, functions in json.loads(ran.stdout).items()
        for place, lines in functions.items()
    }


@pytest.mark.parametrize("paths", [MODULES, SCRIPTS], ids=["python", "javascript"])
def test_modules_are_usually_short(paths: list[Path]) -> None:
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]
    assert len(lines) > 50
    assert median(lines) <= USUAL_MODULE


def test_functions_are_usually_short() -> None:
    for functions in (python_functions(), script_functions(SCRIPTS)):
        # Those of one line are left out: nobody loses the thread in them, and they are many.
        lengths = [lines for lines in functions.values() if lines > 1]
        assert len(lengths) > 500
        assert quantiles(lengths, n=10)[-1] <= USUAL_FUNCTION


def test_no_function_of_the_quiz_is_very_long() -> None:
    long = {
        place: lines
        for place, lines in script_functions(SCRIPTS).items()
        if lines > LONGEST_FUNCTION
    }
    assert not long


def test_the_lines_of_functions_are_counted(tmp_path: Path) -> None:
    script = tmp_path / "some.js"
    script.write_text(
        "export function outer() {\n  return [1].map((one) => {\n    return one;\n  });\n}\n"
        "class Some {\n  method() {\n  }\n}\nconst short = () => 1;\n"
    )
    found = script_functions([script])
    names = {place.removeprefix(f"{script}:"): lines for place, lines in found.items()}
    assert names == {"outer:1": 5, "2": 3, "method:7": 2, "short:10": 1}
