"""The gates of a rubric as one table, for CSV: titles in place of ids."""

from __future__ import annotations

from ..report.csv_cells import csv_text
from ..rubric.model import Rubric

HEADINGS = ("code", "id", "group", "dimension", "topic", "stage", "title", "question", "evidence")


def gates_csv(rubric: Rubric) -> str:
    """Return the gates as CSV; it has no answer sets, plays or texts of stages and dimensions."""
    rows: list[list[str | float | None]] = [[*HEADINGS]]
    for id_, gate in rubric.gates.items():
        dimension = rubric.dimensions[gate.dimension]
        group = rubric.groups.get(dimension.group or "", dimension.group)
        topic = rubric.topics.get(gate.topic or "")
        stages = [rubric.stages[one].title for one in gate.at if one]
        evidence = "\n".join(gate.evidence)
        rows.append(
            [
                *(gate.code, id_, group if isinstance(group, str | None) else group.title),
                *(dimension.title, topic.title if topic else None, "; ".join(stages)),
                *(gate.title, gate.test, evidence),
            ]
        )
    return csv_text(rows)
