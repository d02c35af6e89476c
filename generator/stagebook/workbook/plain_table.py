"""The gates of a rubric as one table, for CSV: titles in place of ids."""

from __future__ import annotations

import re

from ..report.csv_cells import csv_text, neutral
from ..rubric.model import Rubric

HEADINGS = ("code", "id", "group", "dimension", "topic", "stage", "title", "question", "evidence")


def gates_csv(rubric: Rubric) -> str:
    """Return the gates as CSV; it has no answer sets, plays or texts of stages and dimensions."""
    return csv_text(_rows(rubric))


def ambiguous(rubric: Rubric) -> int:
    """Return how many texts lose an apostrophe of the author's when the CSV is read back."""
    texts = (cell or "" for row in _rows(rubric) for cell in row)
    return sum(neutral(text) == text != unneutral(text) for text in texts)


def unneutral(text: str) -> str:
    """Take away the apostrophes with which `csv_cells.neutral` disarms formulas."""
    plain = re.sub(r"(^|[;\t\r\n])'", r"\1", text)
    return plain if plain != text and neutral(plain) == text else text


def _rows(rubric: Rubric) -> list[list[str | None]]:
    # Several stages in a column `stage` would be read back as the title of one.
    several = any(len(gate.at) > 1 for gate in rubric.gates.values())
    renamed = {"stage": "stages"} if several else {}
    rows: list[list[str | None]] = [[renamed.get(heading, heading) for heading in HEADINGS]]
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
    return rows
