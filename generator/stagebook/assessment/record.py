"""One respondent's answers as a record, and the findings of an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ..diagnostics import printable

FORMAT = "stagebook-assessment/1"
UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"
MAX_FINDINGS = 100
"""The most findings of an assessment to keep; the others are counted."""


class Answer(NamedTuple):
    """The answer to one gate: a choice of its scale, `unknown` or `not-applicable`.

    `ticks` are the ids of its criteria that are met.
    """

    answer: str | None
    reason: str = ""
    note: str = ""
    evidence: tuple[Mapping[str, Any], ...] = ()
    flag: bool = False
    rev: float | None = None
    """The revision of the gate that was answered; none is written for the first."""
    ticks: tuple[str, ...] = ()


class PhasePlay(NamedTuple):
    """A play in a phase, by the id of the remediation, and who does it."""

    id: str
    owner: str = ""


class Phase(NamedTuple):
    """A part of a roadmap: its plays, who leads it, until when, and the stage that it is for."""

    title: str = ""
    owner: str = ""
    date: str = ""
    target_stage: str | None = None
    remediations: tuple[PhasePlay, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """One respondent's answers; `unread` keeps values that could not be read, unchanged."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    profile: Mapping[str, str] = field(default_factory=dict)
    symptoms: tuple[str, ...] = ()
    believed_stage: str | None = None
    target_stage: str | None = None
    subject: str = ""
    team: str = ""
    respondent: str = ""
    role: str = ""
    date: str = ""
    version: str = ""
    roadmap: tuple[Phase, ...] = ()
    unread: Mapping[str, Any] = field(default_factory=dict)


class AssessmentFinding(NamedTuple):
    """One finding in an assessment; `where` is the JSON path.

    `stands_for` is the number of findings that it represents: more than one if others are left out.
    """

    where: str
    level: Literal["error", "warning"]
    code: str
    message: str
    suggestion: str = ""
    stands_for: int = 1

    def __str__(self) -> str:
        """Return the finding as `path: level[code]: message (did you mean …?)`."""
        hint = f" (did you mean {self.suggestion!r}?)" if self.suggestion else ""
        place = printable(self.where, 200)
        return f"{place}: {self.level}[{self.code}]: {printable(self.message)}{hint}"


class Findings:
    """The first findings, in order, and the number of the others."""

    def __init__(self, limit: int = MAX_FINDINGS) -> None:
        """Start without findings."""
        self.limit, self.left, self.has_errors = limit, 0, False
        self.kept: list[AssessmentFinding] = []

    @property
    def count(self) -> int:
        """Return the number of all findings."""
        return len(self.kept) + self.left

    def add(self, finding: AssessmentFinding) -> None:
        """Keep a finding, or count it if there are too many."""
        self.has_errors = self.has_errors or finding.level == "error"
        if len(self.kept) < self.limit:
            self.kept.append(finding)
        else:
            self.left += 1

    def listed(self) -> list[AssessmentFinding]:
        """Return the findings; if there are more, the last one says how many."""
        if not self.left:
            return [*self.kept]
        level: Literal["error", "warning"] = "error" if self.has_errors else "warning"
        message = f"and {self.left:,} more"
        return [*self.kept, AssessmentFinding("$", level, "more", message, stands_for=self.left)]
