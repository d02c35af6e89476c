"""The parts of the quiz that need no browser, tested where they run: `node --test tests/js`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from folders import TESTS
from node import node_binary

FILES = sorted((TESTS / "js").rglob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
def test_parts_of_the_quiz(path: Path) -> None:
    command = [node_binary(), "--test", "--test-reporter=dot", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
