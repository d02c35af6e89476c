"""A team view as data, in the format `stagebook-team-result/1`, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN
from ..report.csv_cells import csv_text
from ..report.data import overall_data
from ..scoring.gates import MEASURED
from ..scoring.scorer import Scorer
from .view import LEADER, PRACTITIONER, GateView, Respondent, RoleView, Team
from .words import TeamWords

FORMAT = "stagebook-team-result/1"


def team_data(scorer: Scorer, team: Team) -> dict[str, Any]:
    """Return a team view as data, unrounded, with gates by id."""
    words = TeamWords(scorer, team)
    return {
        "format": FORMAT,
        "rubric": {"id": scorer.rubric.id, "version": scorer.rubric.version},
        "respondents": [
            _respondent(words.name(index), one) for index, one in enumerate(team.respondents)
        ],
        "gates": {view.gate: _gate(view) for view in team.gates},
        "discuss": [*team.discuss],
        "apart": [*team.apart],
    }


def _respondent(name: str, one: Respondent) -> dict[str, Any]:
    return {**one._asdict(), "name": name, "overall": overall_data(one.overall)}


def _gate(view: GateView) -> dict[str, Any]:
    data = _with_mean(view)
    del data["gate"], data["positions"]
    roles = [{**_with_mean(one), "counts": dict(one.counts)} for one in view.roles]
    return {
        **data,
        "answers": [*view.answers],
        "counts": dict(view.counts),
        "spread": _spread(view),
        "roles": roles,
    }


def _with_mean(view: GateView | RoleView) -> dict[str, Any]:
    """Return a view as data, with a mean only where the model asks for it."""
    data = view._asdict()
    if view.mean is None:
        del data["mean"]
    return data


def _spread(view: GateView) -> float | None:
    lowest, highest = view.lowest, view.highest
    return None if lowest is None or highest is None else highest - lowest


def team_csv(scorer: Scorer, team: Team) -> str:
    """Return a team view as CSV: one row per gate, one column per respondent, no formulas."""
    return csv_text(_rows(scorer, team))


def _rows(scorer: Scorer, team: Team) -> Iterator[list[str | float | None]]:
    words = TeamWords(scorer, team)
    used = {answer for view in team.gates for answer, _ in view.counts}
    scales = (answer for scale in scorer.rubric.scales.values() for answer in scale)
    kinds = [*dict.fromkeys(one for one in (*scales, MEASURED) if one in used)]
    kinds += [UNKNOWN, NOT_APPLICABLE]
    roles = (LEADER, PRACTITIONER)
    heads = ["gate", "code", "title", "dimension", "stage", "answered", "n"]
    by = scorer.scoring.team
    heads += [by, "spread", "disagreement", *(f"{by} {role}" for role in roles)]
    names = [words.name(index) for index in range(len(team.respondents))]
    yield [*heads, *(f"count {kind}" for kind in kinds), *names]
    for view in team.gates:
        gate, counts = scorer.rubric.gates[view.gate], dict(view.counts)
        positions = {one.role: one.position for one in view.roles}
        yield [
            *(view.gate, gate.code, gate.title, gate.dimension, gate.stage),
            *(sum(counts.values()), view.n, view.position, _spread(view), view.disagreement),
            *(positions.get(role) for role in roles),
            *(counts.get(kind, 0) for kind in kinds),
            *view.answers,
        ]
