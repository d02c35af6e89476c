"""What each number of a result was made of, step by step, down to the answers.

Its twin is `generator/quiz/scoring/trace.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .scorer import Result, Scorer


class Part(NamedTuple):
    """What goes into a step: a gate, cell, dimension or group, with its score and weight.

    On a ladder the score of a gate is its share of the top of its scale.
    """

    of: str
    id: str
    value: float
    weight: float


class Step(NamedTuple):
    """How one number, on the answers so far, comes from its parts.

    `by` is a reducer, or `ladder`: then `base` is the level reached, and the mean of the parts, the
    gates to the stage `next`, is what was added to it. `times` is the factor of the overall score.
    """

    of: str
    id: str
    by: str
    parts: tuple[Part, ...]
    value: float
    base: float | None = None
    next: str | None = None
    times: float = 1


def find_steps(scorer: Scorer, result: Result) -> list[Step]:
    """Return the steps from the overall score down, for all that has a score."""
    return [
        *overall_step(scorer, result),
        *group_steps(scorer, result),
        *dimension_steps(scorer, result),
    ]


def overall_step(scorer: Scorer, result: Result) -> Iterable[Step]:
    """Yield how the overall score is made."""
    rule, value = scorer.scoring.overall, result.overall.so_far
    if value is None:
        return
    if rule.of == "gates":
        named = [g.id for g in scorer.gates if g.dimension in scorer.counted]
        parts = gate_parts(scorer, result, named)
    elif rule.of == "dimensions":
        parts = dimension_parts(scorer, result, scorer.counted)
    else:
        groups = {scorer.rubric.dimensions[id_].group for id_ in scorer.counted}
        parts = [
            Part("group", id_, score.so_far, 1)
            for id_, score in result.groups.items()
            if id_ in groups and score.so_far is not None
        ]
    yield step("overall", "", rule.by, parts, value)._replace(times=scorer.scoring.times)


def group_steps(scorer: Scorer, result: Result) -> Iterable[Step]:
    """Yield how each group is made of its dimensions."""
    for id_, score in result.groups.items():
        if score.so_far is not None:
            own = {key for key, one in scorer.rubric.dimensions.items() if one.group == id_}
            parts = dimension_parts(scorer, result, own)
            yield step("group", id_, scorer.scoring.group, parts, score.so_far)


def dimension_steps(scorer: Scorer, result: Result) -> Iterable[Step]:
    """Yield how each dimension is made of its cells, and each cell of its gates."""
    for id_, one in result.dimensions.items():
        if one.so_far is None:
            continue
        if scorer.scoring.dimension == "ladder":
            yield ladder_step(scorer, result, id_, one.so_far)
            continue
        cells = {
            stage: score.so_far
            for stage, score in result.cells[id_].items()
            if score.so_far is not None
        }
        if len(scorer.cells[id_]) > 1:
            parts = [Part("cell", stage, value, 1) for stage, value in cells.items()]
            yield step("dimension", id_, scorer.scoring.dimension, parts, one.so_far)
        for stage, value in cells.items():
            parts = gate_parts(scorer, result, [g.id for g in scorer.cells[id_][stage]])
            several = len(scorer.cells[id_]) > 1
            of, name = ("cell", f"{id_}/{stage}") if several else ("dimension", id_)
            yield step(of, name, scorer.scoring.cell, parts, value)


def ladder_step(scorer: Scorer, result: Result, dimension: str, value: float) -> Step:
    """Return how a place on the ladder is made: the level reached, and the cell that ends there."""
    stage = scorer.ladder.stage_at(value) or scorer.ladder.stages[0]
    following = next(iter(scorer.ladder.after(stage)), None)
    gates = [g.id for g in scorer.cells[dimension].get(following or "", [])]
    parts = gate_parts(scorer, result, gates, shares=True)
    made = step("dimension", dimension, "ladder", parts, value)
    base = float(scorer.ladder.levels[stage])
    return made._replace(base=base, next=following) if made.parts else made._replace(base=value)


def gate_parts(
    scorer: Scorer, result: Result, named: Iterable[str], *, shares: bool = False
) -> list[Part]:
    """Return gates that have a score as parts."""
    wanted = set(named)
    return [
        Part("gate", gate.id, gate.share(score) if shares else score, gate.weight)
        for gate in scorer.gates
        if gate.id in wanted and (score := result.states[gate.id].score) is not None
    ]


def dimension_parts(scorer: Scorer, result: Result, named: Iterable[str]) -> list[Part]:
    """Return dimensions that have a score as parts."""
    wanted = set(named)
    return [
        Part("dimension", id_, one.so_far, scorer.rubric.dimensions[id_].weight)
        for id_, one in result.dimensions.items()
        if id_ in wanted and one.so_far is not None
    ]


def step(of: str, id_: str, by: str, parts: Iterable[Part], value: float) -> Step:
    """Return a step; what has no weight is no part of a mean."""
    weighted = by in ("mean", "ladder")
    return Step(of, id_, by, tuple(p for p in parts if p.weight > 0 or not weighted), value)
