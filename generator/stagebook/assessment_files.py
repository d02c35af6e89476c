"""Assessments from the disk or a pipe, one at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from .assessment import MAX_CHARACTERS

STDIN = Path("-")
FORMATS = (".json", ".jsonl")


class AssessmentText(NamedTuple):
    """One assessment as it came; `done` is how much of the input has been read, of `size`."""

    name: str
    text: str
    done: int
    size: int


def read_assessments(path: Path, *, lines: bool = False) -> Iterator[AssessmentText]:
    """Yield the assessments of a file, of a folder's `.json` and `.jsonl` files, or of `-`.

    A `.jsonl` file, and with `lines` standard input, holds one assessment a line; done and size
    count characters there, and files in a folder. One assessment is held at a time, and never more
    of it than a reader takes. Raises OSError.
    """
    if path == STDIN:
        yield from _texts(sys.stdin, "-", 0, lines)
    elif path.is_dir():
        names = sorted(one.name for one in os.scandir(path) if one.name.endswith(FORMATS))
        for number, name in enumerate(names, 1):
            for one in _file_texts(path / name):
                yield one._replace(done=number, size=len(names))
    else:
        yield from _file_texts(path)


def _file_texts(path: Path) -> Iterator[AssessmentText]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
        yield from _texts(file, str(path), path.stat().st_size, path.suffix == ".jsonl")


def _texts(file: TextIO, name: str, size: int, lines: bool) -> Iterator[AssessmentText]:
    if not lines:
        yield AssessmentText(name, file.read(MAX_CHARACTERS + 1), size, size)
        return
    number, done = 0, 0
    while text := file.readline(MAX_CHARACTERS + 1):
        number += 1
        done += len(text)
        rest = text
        while len(rest) > MAX_CHARACTERS and not rest.endswith("\n"):
            rest = file.readline(MAX_CHARACTERS + 1)
            done += len(rest)
        if text.strip():
            yield AssessmentText(f"{name}:{number}", text, done, size)
