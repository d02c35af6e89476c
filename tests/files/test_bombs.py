"""Compressed files that unpack to far more than an assessment may be: refused, not taken whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import GOOD
from marks import others_long
from stagebook.assessment.reader import IdIndex
from stagebook.files.inputs import find_inputs, read_inputs
from stagebook.files.rubrics import load_rubric

pytestmark = pytest.mark.slow

UNPACKED = 150_000_000
MEMORY = 60_000_000
"""The most that reading may take: some times what one assessment may be."""
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 1),
    ".bz2": lambda data: bz2.compress(data, 9),
    ".xz": lambda data: lzma.compress(data, preset=0),
}


@pytest.mark.parametrize("kind", others_long([*PACKERS], [".gz"]))
@pytest.mark.parametrize("name", ["bomb.json", "bomb.jsonl"])
def test_a_decompression_bomb_is_a_finding(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / f"{name}{kind}"
    path.write_bytes(PACKERS[kind](b'{"format": "' + b"x" * UNPACKED))
    assert path.stat().st_size < UNPACKED / 50
    tracemalloc.start()
    try:
        found = list(read_inputs(find_inputs([str(path)])))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found) == 1
    assessment, findings = found[0].said.read(IdIndex(load_rubric(GOOD / "sample.yml").rubric))
    assert assessment is None
    assert [finding.code for finding in findings] == ["too-large"]
    assert peak < MEMORY
