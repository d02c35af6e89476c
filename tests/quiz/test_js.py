"""The quiz without a browser: `tests/js` in one process of Node, on pages that Python renders."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from folders import ROOT, TESTS
from node import node_binary
from quiz_page import quiz_pages

COVERAGE = "STAGEBOOK_JS_COVERAGE"
"""The environment variable that names the file for the lines that these tests ran, as LCOV."""

PATTERN = os.environ.get("STAGEBOOK_JS_TESTS", "**/*")
"""Which tests run, as a pattern below `tests/js` without the ending: all, unless told otherwise."""


def node_command(files: list[Path], lcov: str = "") -> list[str]:
    """Return the command that runs tests in JavaScript; all files share one process."""
    # Only for coverage, tabs have modules, each tab its own.
    options = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"] * bool(lcov)
    options += ["--test", "--test-isolation=none"]
    options += ["--test-reporter=dot", "--test-reporter-destination=stdout"]
    if lcov:
        options += ["--experimental-test-coverage", "--test-coverage-include=generator/quiz/**"]
        options += ["--test-coverage-exclude=generator/quiz/node_modules/**"]
        options += ["--test-reporter=lcov", f"--test-reporter-destination={lcov}"]
    return [node_binary(), *options, *map(str, files)]


def test_parts_of_the_quiz(tmp_path: Path) -> None:
    pages = tmp_path / "pages.json"
    pages.write_text(quiz_pages(), encoding="utf-8")
    lcov = os.environ.get(COVERAGE, "")
    if lcov:
        (ROOT / lcov).parent.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        node_command(sorted((TESTS / "js").glob(f"{PATTERN}.test.mjs")), lcov),
        cwd=ROOT,
        env={**os.environ, "STAGEBOOK_QUIZ_PAGES": str(pages)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert not ran.stderr
