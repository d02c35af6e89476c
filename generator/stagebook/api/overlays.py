"""What an overlay makes of its base, and what changed between two rubrics."""

from __future__ import annotations

import json
from pathlib import Path

from ..assessment.reader import Assessment, AssessmentFinding, IdIndex
from ..checks.loader import Reading
from ..difference.summary import Summary, stand, summarise
from ..files.assessments import read_assessments
from ..files.rubrics import load_rubric
from ..overlay.emitting import resolved_json, resolved_yaml
from ..rubric.model import Rubric


def resolve(rubric: str | Path, *, form: str = "yaml", plain: bool = False) -> str:
    """Return the effective rubric of a file as `yaml` or `json`; raises RubricError.

    Comments, or `x-origins` in JSON, say where overridden values come from, unless `plain`.
    """
    reading = load_rubric(Path(rubric))
    _ = reading.rubric  # Raises the error.
    return resolved(reading, form=form, plain=plain)


def resolved(reading: Reading, *, form: str = "yaml", plain: bool = False) -> str:
    """Return the effective rubric as `yaml` or `json`; raises RubricError if it has errors.

    Comments, or `x-origins` in JSON, say where overridden values come from, unless `plain`.
    """
    assert reading.rubric
    if plain:
        if form == "yaml":
            return reading.text
        return json.dumps(reading.source.data, indent=1, ensure_ascii=False) + "\n"
    return resolved_yaml(reading.source) if form == "yaml" else resolved_json(reading.source)


def diff(
    old: Rubric, new: Rubric, assessments: str | Path | None = None
) -> tuple[Summary, list[str]]:
    """Compare two rubrics, and score the assessments of a file or folder under both.

    Also returns what is wrong in the assessments, as lines of text.
    """
    summary, findings = compare_under_both(old, new, assessments)
    return summary, [f"{name}: {finding}" for name, finding in findings]


def compare_under_both(
    old: Rubric, new: Rubric, assessments: str | Path | None
) -> tuple[Summary, list[tuple[str, AssessmentFinding]]]:
    """Return what `diff` does, with the findings and the names of their files."""
    summary = summarise(old, new)
    if assessments is None:
        return summary, []
    # Answers count under both, also if the newer rubric is a model of its own.
    known = IdIndex(old), IdIndex(new.model_copy(update={"id": old.id}))
    pairs: list[tuple[str, Assessment, Assessment]] = []
    wrong: list[tuple[str, AssessmentFinding]] = []
    for text in read_assessments(Path(assessments)):
        (one, findings), (other, _) = map(text.read, known)
        wrong += [(text.name, finding) for finding in findings]
        if one is not None and other is not None:
            pairs.append((text.name, one, other))
    return summary._replace(standings=stand(old, new, pairs)), wrong
