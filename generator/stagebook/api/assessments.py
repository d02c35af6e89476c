"""Reading assessments of any quality."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..assessment.reader import Assessment, AssessmentFinding, IdIndex
from ..files.assessments import read_assessments as read_texts
from ..rubric.model import Rubric


class AssessmentError(Exception):
    """Assessments with errors; `findings` are lines of text, one for each."""

    def __init__(self, findings: Iterable[str]) -> None:
        """Keep the findings; they are the message."""
        self.findings = tuple(findings)
        super().__init__("\n".join(self.findings))


class AssessmentReading(NamedTuple):
    """An assessment that has been read, with what is wrong in it.

    `assessment` is None where nothing of it could be read. What was not understood is kept in
    `assessment.unread`. `done` is how much of the input has been read, of `size`.
    """

    name: str
    assessment: Assessment | None
    findings: list[AssessmentFinding]
    done: int
    size: int

    def lines(self) -> list[str]:
        """Return the findings as `name: path: level[code]: message`."""
        return [f"{self.name}: {finding}" for finding in self.findings]


def read_assessments(
    rubric: Rubric, path: str | Path, *, lines: bool = False
) -> Iterator[AssessmentReading]:
    """Yield the assessments of a file, one at a time, with what is wrong in them.

    The file holds one assessment, a team file, or in a `.jsonl` one a line; `path` may also be a
    folder of such files, or `-` for standard input, which holds one a line if `lines` says so.
    """
    known = IdIndex(rubric)
    for said in read_texts(Path(path), lines=lines):
        yield AssessmentReading(said.name, *said.read(known), said.done, said.size)


def load_assessments(rubric: Rubric, path: str | Path) -> list[Assessment]:
    """Return the assessments of a file or folder; raises AssessmentError where one has errors."""
    readings = list(read_assessments(rubric, path))
    if any(finding.level == "error" for one in readings for finding in one.findings):
        raise AssessmentError(line for one in readings for line in one.lines())
    return [one.assessment for one in readings if one.assessment is not None]
