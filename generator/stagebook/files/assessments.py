"""Read assessments from files or standard input, one at a time."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TextIO

from ..assessment.reader import (
    MAX_CHARACTERS,
    Assessment,
    AssessmentFinding,
    IdIndex,
    read_assessment,
)
from ..assessment.team_file import MARK, MAX_TEAM_CHARACTERS, split_team
from .refusals import kind_of, reason

COMPRESSED = ("\x1f\udc8b", "BZh", "\udcfd7zXZ", "(\udcb5/\udcfd")
"""How files of gzip, bzip2, xz and zstd begin, as text with `surrogateescape`."""
ZIPPED = "PK\x03\x04"
STDIN = Path("-")
FORMATS = (".json", ".jsonl")


class AssessmentText(NamedTuple):
    """The text of one assessment; `done` is how much of the input, of `size`, has been read.

    If the file cannot be read, the text is empty and `finding` says why.
    """

    name: str
    text: str
    done: int
    size: int
    finding: AssessmentFinding | None = None

    def read(self, known: IdIndex) -> tuple[Assessment | None, list[AssessmentFinding]]:
        """Read the assessment, as `read_assessment` does."""
        return (None, [self.finding]) if self.finding else read_assessment(self.text, known)


def read_assessments(path: Path, *, lines: bool = False) -> Iterator[AssessmentText]:
    """Yield the assessments of a file, of a folder's `.json` and `.jsonl` files, or of `-`.

    A `.jsonl` file, and with `lines` standard input, has one assessment per line; `done` and `size`
    then count characters, and for a folder they count files. Any other file may be a team file.
    Only one assessment or team file is in memory at a time, up to the limit of its size. A file
    that cannot be read or is empty is a finding; raises OSError for a folder that cannot be read.
    """
    if path == STDIN:
        yield from _stdin_texts(lines)
    elif path.is_dir():
        names = sorted(one.name for one in os.scandir(path) if _is_assessment(one.name))
        for number, name in enumerate(names, 1):
            for one in _file_texts(path / name, in_folder=True):
                yield one._replace(done=number, size=len(names))
        if not names:
            yield refused_text(str(path), "empty", f"the folder has no {' or '.join(FORMATS)} file")
    else:
        yield from _file_texts(path)


def _is_assessment(name: str) -> bool:
    # Files that begin with a dot belong to the system, such as `._answers.json` on macOS.
    return name.lower().endswith(FORMATS) and not name.startswith(".")


def has_lines(name: str) -> bool:
    """Return whether a file has one assessment per line, by its ending, in capitals too."""
    return name.lower().endswith(".jsonl")


def _stdin_texts(lines: bool) -> Iterator[AssessmentText]:
    if sys.stdin is None:
        yield refused_text("-", "unreadable", "standard input is closed")
        return
    # Python's standard reader would stop at bytes that are not UTF-8.
    file = TextIOWrapper(sys.stdin.buffer, "utf-8-sig", "surrogateescape", newline="\n")
    try:
        yield from split_texts(file, "-", 0, lines)
    except OSError as error:
        yield refused_text("-", "unreadable", reason(STDIN, error))
    finally:
        file.detach()


def _file_texts(path: Path, *, in_folder: bool = False) -> Iterator[AssessmentText]:
    """Yield the assessments of a file; outside a folder, it may be a pipe such as `<(…)`."""
    try:
        status = path.stat()
        if in_folder and not stat.S_ISREG(status.st_mode):
            message = f"the path is {kind_of(status.st_mode)}, not a file"
            yield refused_text(str(path), "unreadable", message)
            return
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            yield from split_texts(file, str(path), status.st_size, has_lines(path.name))
    except OSError as error:
        yield refused_text(str(path), "unreadable", reason(path, error))


def refused_text(name: str, code: str, message: str) -> AssessmentText:
    """Return what stands for a file that cannot be read."""
    return AssessmentText(name, "", 0, 0, AssessmentFinding("$", "error", code, message))


def split_texts(file: TextIO, name: str, size: int, lines: bool) -> Iterator[AssessmentText]:
    """Yield the assessments of an open file: one per line, or one, or those of a team file."""
    if not lines:
        yield from _whole_texts(file, name, size)
        return
    number, done, is_empty = 0, 0, True
    while text := file.readline(MAX_CHARACTERS + 1):
        if not number and text.startswith((*COMPRESSED, ZIPPED)):
            yield _refused_as_packed(name, text)
            return
        number += 1
        done += len(text)
        rest = text
        while len(rest) > MAX_CHARACTERS and not rest.endswith("\n"):
            rest = file.readline(MAX_CHARACTERS + 1)
            done += len(rest)
        if text.strip():
            is_empty = False
            yield AssessmentText(f"{name}:{number}", text, done, size)
    if is_empty:
        yield _refused_as_empty(name)


def _refused_as_empty(name: str) -> AssessmentText:
    return refused_text(name, "empty", "the file has no assessment")


def _refused_as_packed(name: str, text: str) -> AssessmentText:
    message = "the file is compressed: unpack it first"
    if text.startswith(ZIPPED):
        message = (
            "the file is a ZIP archive or a workbook: unpack it first, or read a filled workbook "
            "with stagebook import --assessment"
        )
    return refused_text(name, "compressed", message)


def _whole_texts(file: TextIO, name: str, size: int) -> Iterator[AssessmentText]:
    text = file.read(MAX_CHARACTERS + 1)
    if text.startswith((*COMPRESSED, ZIPPED)):
        yield _refused_as_packed(name, text)
        return
    if len(text) <= MAX_CHARACTERS and not text.strip():
        yield _refused_as_empty(name)
        return
    team = None
    if MARK in text:
        if len(text) > MAX_CHARACTERS:
            text += file.read(MAX_TEAM_CHARACTERS + 1 - len(text))
        team = split_team(text)
    if team is None:
        yield AssessmentText(name, text, size, size)
        return
    texts, findings = team
    if not texts and not findings:
        yield _refused_as_empty(name)
    yield from (AssessmentText(name, "", size, size, finding) for finding in findings)
    for index, one in enumerate(texts):
        yield AssessmentText(f"{name}:assessments[{index}]", one, size, size)
