"""The quiz's sources, the tools that make its script, and the parts of its pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from folders import ROOT
from stagebook.rubric.model import Rubric
from stagebook.site.rendering import _template

QUIZ = ROOT / "generator" / "quiz"


def npm_script(name: str, *arguments: str) -> None:
    """Run one command of a script of package.json, with Node and the tools of the project."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        [f"{QUIZ}/node_modules/.bin/{name}", *arguments],
        cwd=QUIZ,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def part_of_page(template: str, macro: str, rubric: Rubric, *arguments: object) -> str:
    """Return the HTML that a macro of a template makes of a rubric and what else it is given."""
    module = _template(template, rubric).make_module()
    return str(module.__dict__[macro](*arguments))
