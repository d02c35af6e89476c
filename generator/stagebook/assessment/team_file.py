"""The team file: assessments of several respondents in one file, format `stagebook-team/1`.

Its twin is `generator/quiz/assessment/team-file.js`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from .record import AssessmentFinding
from .untrusted_json import Unreadable, load_json, parse_json

FORMAT = "stagebook-team/1"
MARK = '"assessments"'
"""Every team file contains this text."""
NAMING = ("respondent", "roadmap")
"""The keys of an assessment that name people."""
_KEY = re.compile(r"[#.[]")
"""What follows the key at the beginning of a path in `unread`."""
MAX_TEAM_CHARACTERS = 50_000_000
MAX_ASSESSMENTS = 1_000


def split_team(text: str) -> tuple[list[str], list[AssessmentFinding]] | None:
    """Return the assessments in a team file, each as JSON text, and the findings of the file.

    Return None if the text is not a team file. The assessments themselves are not checked here.
    """
    try:
        data, findings = parse_json(text, MAX_TEAM_CHARACTERS)
    except Unreadable as error:
        return [], [error.finding]
    format_ = data.get("format") if isinstance(data, dict) else None
    if not isinstance(format_, str) or not format_.startswith("stagebook-team/"):
        return None
    if format_ != FORMAT:
        message = f"this version reads format {FORMAT!r}, not {format_!r}"
        return [], [*findings, AssessmentFinding("$.format", "error", "future-format", message)]
    entries = data.get("assessments")
    if not isinstance(entries, list):
        message = "assessments must be a list"
        return [], [*findings, AssessmentFinding("$.assessments", "error", "wrong-type", message)]
    if len(entries) > MAX_ASSESSMENTS:
        message = f"more than {MAX_ASSESSMENTS:,} assessments; the rest are left out"
        findings.append(AssessmentFinding("$.assessments", "error", "too-large", message))
    return [_text(entry) for entry in entries[:MAX_ASSESSMENTS]], findings


def _text(entry: Any) -> str:
    try:
        return json.dumps(entry)
    except RecursionError:
        return ""  # The reader of the assessment reports that it is not JSON.


def team_text(
    rubric_id: str, version: str, assessments: Iterable[str], *, hide_names: bool = False
) -> str:
    """Return assessments, given as JSON text, as a team file that contains all their data.

    Only hidden names are left out. Text may contain half a surrogate pair.
    """
    head = json.dumps({"id": rubric_id, "version": version})
    entries = ",\n".join(_kept(text, hide_names) for text in assessments)
    return f'{{"format": "{FORMAT}",\n"rubric": {head},\n{MARK}: [\n{entries}\n]}}\n'


def _kept(text: str, hide_names: bool) -> str:
    data = load_json(text)
    return json.dumps(without_name(data) if hide_names else data, ensure_ascii=False)


def without_name(assessment: dict[str, Any]) -> dict[str, Any]:
    """Return an assessment, as data, without the respondent's name, and the names in a roadmap."""
    rest = {key: value for key, value in assessment.items() if key not in NAMING}
    unread = rest.get("unread")
    if isinstance(unread, dict):
        rest["unread"] = {
            path: value for path, value in unread.items() if _KEY.split(path, 1)[0] not in NAMING
        }
    return rest
