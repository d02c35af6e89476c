"""Results of assessments: one, two, or those of a team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..assessment.reader import Assessment
from ..report import text
from ..report.data import result_data
from ..rubric.model import Rubric
from ..scoring.compare import Comparison, compare_assessments
from ..scoring.scorer import Scorer
from ..team.view import Team, view_team


def score(rubric: Rubric | Scorer, assessment: Assessment) -> dict[str, Any]:
    """Return the result of an assessment as data, in the format `stagebook-result/1`.

    Numbers are unrounded, and everything is keyed by id. To score many, make a `Scorer` of the
    rubric once and pass that.
    """
    return result_data(_scorer(rubric), assessment)


def explain(rubric: Rubric | Scorer, assessment: Assessment) -> str:
    """Return the result of an assessment as text for people, in the language of the rubric."""
    return text.explain(_scorer(rubric), assessment)


def compare(rubric: Rubric | Scorer, before: Assessment, after: Assessment) -> Comparison:
    """Return what moved from one assessment to another."""
    return compare_assessments(_scorer(rubric), before, after)


def compare_team(
    rubric: Rubric | Scorer, assessments: Iterable[Assessment], *, hide_names: bool = False
) -> Team:
    """Put the assessments of several respondents side by side; gates they differ on come first."""
    return view_team(_scorer(rubric), assessments, hide_names=hide_names)


def _scorer(rubric: Rubric | Scorer) -> Scorer:
    return rubric if isinstance(rubric, Scorer) else Scorer(rubric)
