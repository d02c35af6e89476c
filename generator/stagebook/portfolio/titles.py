"""The table `titles`: what the ids in the other tables stand for."""

from __future__ import annotations

from ..rubric.model import Rubric
from .rows import Columns, Row


def title_rows(rubric: Rubric) -> Columns:
    """Return the rows of the table."""
    rows: list[Row] = [
        ("stage", id_, one.title, one.level, None, None, None) for id_, one in rubric.stages.items()
    ]
    rows += [
        ("dimension", id_, one.title, place, None, None, None)
        for place, (id_, one) in enumerate(rubric.dimensions.items(), 1)
    ]
    rows += [
        ("play", id_, one.title, place, None, None, None)
        for place, (id_, one) in enumerate(rubric.remediations.items(), 1)
    ]
    rows += [
        ("gate", id_, one.title, place, one.dimension, one.stage, one.code)
        for place, (id_, one) in enumerate(rubric.gates.items(), 1)
    ]
    names = ("kind", "id", "title", "position", "dimension", "stage", "code")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
