"""OWASP SAMM 2, from the workbook of its toolbox: the sheets `imp-questions` and `imp-answers`.

The id of a question is function, practice, stream, level and number: G-SM-A-1-1. An answer set is
one row: its code, the labels A to D, and their scores A_W to D_W.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..diagnostics import CODES, Diagnostic, RubricError
from ..workbook.grid import Grid
from ..workbook.headings import plain
from ..workbook.kinds import NUMBER, written
from .documents import Ids, Taker, without_empty
from .samm import HEAD, SCORING

FUNCTIONS = ("Governance", "Design", "Implementation", "Verification", "Operations")
"""The order in which SAMM shows its functions."""
QUESTIONS = ("id", "business function", "security practice", "maturity", "question")
SET_CODE = plain("ANS_SET_CODE")


def rubric_of_workbook(grids: Sequence[Grid], shown: str) -> dict[str, Any]:
    """Return the rubric; raises RubricError if the workbook is not the toolbox."""
    questions = _records(grids, "imp questions", QUESTIONS, shown)
    answers = _records(grids, "imp answers", (SET_CODE,), shown)
    questions.sort(key=lambda one: (_place(one["business function"]), one["id"]))
    return _Toolbox(questions, answers).rubric()


def _records(
    grids: Sequence[Grid], name: str, needed: Sequence[str], shown: str
) -> list[dict[str, str]]:
    """Return the rows of a sheet by their headings, compared as plain words."""
    for grid in grids:
        if plain(grid.name) != name or not grid.rows:
            continue
        heads = [plain(written(cell)) for cell in grid.rows[0]]
        if set(needed) <= set(heads):
            rows = ([written(cell).strip() for cell in row] for row in grid.rows[1:])
            records = [dict(zip(heads, row, strict=False)) for row in rows]
            return [one for one in records if all(one.get(key) for key in needed)]
    message = f"this is not SAMM's toolbox: it has no sheet {name.replace(' ', '-')!r} as there"
    code = "unknown-format"
    raise RubricError([Diagnostic(shown, 1, 1, CODES[code], code, message)])


def _place(name: str) -> tuple[int, str]:
    return (FUNCTIONS.index(name) if name in FUNCTIONS else len(FUNCTIONS), name)


class _Toolbox:
    """Collects what the questions name."""

    def __init__(
        self, questions: Sequence[Mapping[str, str]], answers: Sequence[Mapping[str, str]]
    ) -> None:
        self.ids = Ids()
        self.groups: dict[str, str] = {}
        self.dimensions: dict[str, Any] = {}
        self.topics: dict[str, Any] = {}
        self.known: dict[tuple[str, str], str] = {}
        self.levels: set[int] = set()
        self.scales = {self._id("scale", one[SET_CODE]): one for one in answers}
        self.gates = {self.ids.new(one["id"]): self._gate(one) for one in questions}

    def _id(self, kind: str, name: str) -> str:
        if (kind, name) not in self.known:
            self.known[kind, name] = self.ids.new(f"answers-{name}" if kind == "scale" else name)
        return self.known[kind, name]

    def _gate(self, row: Mapping[str, str]) -> dict[str, Any]:
        taker = Taker(row)
        code = taker.text("id") or "?"
        parts = code.split("-")
        function, practice = taker.text("business function"), taker.text("security practice")
        stream, level = taker.line("activity"), int(NUMBER.decode(taker.take("maturity")))
        self.levels.add(level)
        group = self._id("group", str(function))
        self.groups[group] = str(function)
        dimension = self._id("practice", str(practice))
        head = "-".join(parts[:2])
        self.dimensions[dimension] = {"title": str(practice), "code": head, "group": group}
        topic = self._id("topic", "-".join(parts[:3])) if stream else None
        if topic:
            self.topics[topic] = {"title": stream, "code": "-".join(parts[:3])}
        answers = taker.text("answer option")
        guidance = taker.text("guidance") or ""
        return without_empty(
            {
                "code": code,
                "dimension": dimension,
                "topic": topic,
                "stage": f"level-{level}",
                "title": f"{stream or practice}, level {level}",
                "test": taker.text("question"),
                "criteria": [line.strip() for line in guidance.split("\n") if line.strip()],
                "scale": self.known.get(("scale", answers or "")),
                "x-answer-option": answers,
                **taker.rest(),
            }
        )

    def rubric(self) -> dict[str, Any]:
        top = max(self.levels, default=0)
        return without_empty(
            {
                **HEAD,
                "scales": {id_: self._scale(row) for id_, row in self.scales.items()},
                "stages": {
                    f"level-{number}": {"level": number, "title": f"Level {number}"}
                    for number in range(top + 1)
                },
                "groups": self.groups,
                "dimensions": self.dimensions,
                "topics": self.topics,
                "gates": self.gates,
                "scoring": SCORING,
            }
        )

    def _scale(self, row: Mapping[str, str]) -> dict[str, Any]:
        ids, found = Ids(), {}
        for key, label in row.items():
            score = NUMBER.decode(row.get(f"{key} w"))
            if len(key) == 1 and label and isinstance(score, int | float):
                found[ids.new(label)] = {"label": label, "score": score}
        return found
