"""What fuzzing found, and what it begins with: no reader breaks its promises on it again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from folders import GOOD, TESTS
from fuzz_targets import TARGETS, seeds
from node import node_binary
from stagebook.files.rubrics import load_rubric
from stagebook.site.quiz_data import quiz_data

FOUND = TESTS / "fuzz"


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_breaks_nothing(target: str) -> None:
    kept = [path.read_bytes() for path in sorted((FOUND / target).glob("*"))]
    for data in (*kept, *seeds(target), b"", b"\xff\xfe\x00", b"\x00" * 10):
        TARGETS[target](data)


def run_links(tmp_path: Path, seconds: str, folder: Path) -> subprocess.CompletedProcess[str]:
    data = tmp_path / "quiz.json"
    data.write_text(json.dumps(quiz_data(load_rubric(GOOD / "sample.yml").rubric)))
    command = [node_binary(), str(TESTS / "support" / "fuzz_links.mjs"), str(data), seconds]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)


def test_links_that_were_found_break_nothing(tmp_path: Path) -> None:
    ran = run_links(tmp_path, "0", FOUND / "link")
    assert ran.returncode == 0, ran.stderr


def test_links_are_made_that_are_taken_and_that_are_refused(tmp_path: Path) -> None:
    ran = run_links(tmp_path, "1", tmp_path)
    assert ran.returncode == 0, ran.stderr
    counts = json.loads(ran.stdout)
    assert counts["taken"] > 10
    assert counts["refused"] > 10
