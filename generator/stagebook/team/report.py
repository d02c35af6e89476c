"""The output of `stagebook team`: a view, a team file and findings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from ..assessment.reader import Assessment, AssessmentFinding, IdIndex
from ..assessment.team_file import MAX_ASSESSMENTS, team_text
from ..diagnostics import printable
from ..files.assessments import AssessmentText
from ..rubric.model import Rubric
from ..scoring.scorer import Scorer
from .agreement import agreement_csv, agreement_data, agreement_text
from .data import team_csv, team_data
from .page import team_page
from .view import Team, view_team
from .words import explain_team

MAX_LINES = 1_000
"""The most findings of all assessments together; the others are counted."""


class Report(NamedTuple):
    """The view in the requested format, the team file, and the findings as lines.

    The view and the file are empty if no assessment could be read.
    """

    shown: str
    file: str
    findings: tuple[str, ...]
    has_errors: bool


def report_team(
    rubric: Rubric,
    texts: Iterable[AssessmentText],
    form: str,
    *,
    hide_names: bool,
    agreement: bool = False,
) -> Report:
    """Compare assessments and return the view as `text`, `json`, `csv` or `html`.

    With `agreement`, return how far the respondents agree instead, which has no `html`.
    """
    scorer, known = Scorer(rubric), IdIndex(rubric)
    said: list[tuple[AssessmentText, Assessment]] = []
    findings = _NamedFindings()
    for text in texts:
        assessment, found = text.read(known)
        for finding in found:
            findings.add(text.name, finding)
        if assessment is not None and len(said) == MAX_ASSESSMENTS:
            message = (
                f"more than {MAX_ASSESSMENTS:,} assessments; this and all later ones are left out"
            )
            findings.add(text.name, AssessmentFinding("$", "error", "too-large", message))
            break
        if assessment is not None:
            said.append((text, assessment))
    if not said:
        message = "no assessment could be read"
        findings.add("-", AssessmentFinding("$", "error", "empty", message))
    team = view_team(scorer, (one for _, one in said), hide_names=hide_names)
    first: dict[str, int] = {}
    for number, ((text, _), one) in enumerate(zip(said, team.respondents, strict=True)):
        earlier = first.setdefault(text.text, number)
        if one.repeats:
            message = f"same name and date as in {said[one.repeats - 1][0].name}; both count"
            finding = AssessmentFinding("$.respondent", "warning", "same-respondent", message)
            findings.add(text.name, finding)
        elif earlier != number:
            message = f"the same assessment as in {said[earlier][0].name}; both count"
            findings.add(text.name, AssessmentFinding("$", "warning", "same-assessment", message))
    entries = (text.text for text, _ in said)
    return Report(
        shown=(_agreement if agreement else _shown)(scorer, team, form) if said else "",
        file=team_text(rubric.id, rubric.version, entries, hide_names=hide_names) if said else "",
        findings=findings.lines(),
        has_errors=findings.has_errors,
    )


class _NamedFindings:
    """The first findings of many assessments as lines, and the number of the others."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.left, self.has_errors = 0, False

    def add(self, name: str, finding: AssessmentFinding) -> None:
        self.has_errors = self.has_errors or finding.level == "error"
        if len(self.kept) < MAX_LINES:
            self.kept.append(f"{printable(name)}: {finding}")
        else:
            self.left += finding.stands_for

    def lines(self) -> tuple[str, ...]:
        more = [f"and {self.left:,} more"] if self.left else []
        return (*self.kept, *more)


def _agreement(scorer: Scorer, team: Team, form: str) -> str:
    if form == "json":
        return json.dumps(agreement_data(scorer, team), indent=1) + "\n"
    return (agreement_csv if form == "csv" else agreement_text)(scorer, team)


def _shown(scorer: Scorer, team: Team, form: str) -> str:
    if form == "json":
        return json.dumps(team_data(scorer, team), indent=1, ensure_ascii=False) + "\n"
    return {"text": explain_team, "csv": team_csv, "html": team_page}[form](scorer, team)
