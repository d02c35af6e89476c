"""What keeps the overall score from rising: the parts that it hangs on just now.

Its twin is `generator/quiz/scoring/holding.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from .gates import ScoredGate, is_missing
from .intervals import Score
from .rounding import at_least, whole_steps
from .scorer import DimensionResult, Result, Scorer


def decisive(
    by: str, scores: Sequence[tuple[str, float, float]], goal: float | None = None
) -> list[str]:
    """Return which parts of a number keep it from rising, by id; parts are (id, value, weight).

    Of a minimum the lowest do, or those below the goal; of a maximum the highest. A part without
    weight is no part of a mean or a sum.
    """
    values = [value for _, value, _ in scores]
    if by == "min" and goal is not None:
        return [id_ for id_, value, _ in scores if not at_least(value, goal)]
    if by == "min":
        least = min(values, default=0.0)
        return [id_ for id_, value, _ in scores if at_least(least, value)]
    if by == "max":
        most = max(values, default=0.0)
        return [id_ for id_, value, _ in scores if at_least(value, most)]
    return [id_ for id_, _, weight in scores if weight > 0]


def find_holding(scorer: Scorer, result: Result, goal: float | None = None) -> tuple[str, ...]:
    """Return the dimensions that the overall score, or on a ladder its stage, hangs on just now.

    Numbers are those of the answers so far; on a ladder a dimension counts with its stage. With a
    goal they are those that must rise for the overall score to reach it.
    """
    rule, records = scorer.rule, scorer.rubric.dimensions
    weights = scorer.rubric.dimension_weights
    parts = [
        (id_, value, weights[id_])
        for id_, one in result.dimensions.items()
        if id_ in scorer.counted and (value := number_of(scorer, one)) is not None
    ]
    if rule.of == "dimensions":
        limits = [
            (id_, float(whole_steps(item.low, 1.0)), 1.0)
            for id_, item in result.items.limits.items()
            if item is not None
        ]
        named = decisive(rule.by, [*parts, *limits], goal)
        return tuple(id_ for id_ in records if id_ in named)
    if rule.by == "ladder":
        return dimensions_below(scorer, result, goal)
    if rule.of == "gates":
        return tuple(id_ for id_, _, _ in parts)
    counted = {records[id_].group for id_ in scorer.counted}
    groups = [
        (id_, value, 1.0)
        for id_, one in result.groups.items()
        if (value := number_of(scorer, one)) is not None and id_ in counted
    ]
    found: set[str] = set()
    for group in decisive(rule.by, groups, goal):
        own = [part for part in parts if records[part[0]].group == group]
        found.update(decisive(scorer.scoring.group, own, goal))
    return tuple(id_ for id_, _, _ in parts if id_ in found)


def dimensions_below(scorer: Scorer, result: Result, goal: float | None) -> tuple[str, ...]:
    """Return the dimensions with gates that are not met on the overall way to a level, or up."""
    reached = result.overall.stage.low
    if reached is None:
        return ()
    above = scorer.ladder.after(reached)
    wanted = [stage for stage in above if goal is None or scorer.ladder.levels[stage] <= goal]
    cells = [scorer.rows["overall", ""].get(stage, []) for stage in wanted]
    missing = [[g for g in cell if is_missing(result.states[g.id])] for cell in cells]
    missing = [gates for gates in missing if gates]
    if goal is None:
        missing = missing[:1]
    named = {gate.dimension for gates in missing for gate in gates}
    return tuple(id_ for id_ in result.dimensions if id_ in named)


def number_of(scorer: Scorer, score: Score | DimensionResult) -> float | None:
    """Return what a score counts as: on a ladder its stage as reached, else the answers so far."""
    if scorer.scoring.dimension != "ladder":
        return score.so_far
    return None if score.low is None else float(whole_steps(score.low, 1.0))


def find_lowering(scorer: Scorer, result: Result) -> tuple[str, ...]:
    """Return the answered gates below the top of their scale that the overall score hangs on.

    None on a ladder, where reasons tell more.
    """
    if scorer.scoring.dimension == "ladder":
        return ()
    found: set[str] = set()
    if scorer.rule.of == "gates":
        gates = [gate for gate in scorer.gates if gate.dimension in scorer.counted]
        found.update(decisive_gates(scorer.rule.by, gates, result))
    else:
        for dimension in find_holding(scorer, result):
            scores = [
                (stage, score.so_far, 1.0)
                for stage, score in result.cells[dimension].items()
                if score.so_far is not None
            ]
            for stage in decisive(scorer.scoring.dimension, scores):
                cell = scorer.cells[dimension][stage]
                found.update(decisive_gates(scorer.scoring.cell, cell, result))
    return tuple(gate.id for gate in scorer.gates if gate.id in found)


def decisive_gates(by: str, gates: Sequence[ScoredGate], result: Result) -> list[str]:
    """Return the gates that keep a number from rising, of those answered below their top."""
    scores = [
        (gate.id, score, gate.weight)
        for gate in gates
        if (score := result.states[gate.id].score) is not None and result.states[gate.id].applies
    ]
    tops = {gate.id: gate.top for gate in gates}
    named = decisive(by, scores)
    return [id_ for id_, score, _ in scores if id_ in named and score < tops[id_]]
