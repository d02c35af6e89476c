"""What keeps the overall score from rising: the parts that it hangs on just now.

Its twin is `generator/quiz/scoring/holding.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from .gates import ScoredGate, falls_short, is_missing
from .intervals import Score
from .rounding import at_least, whole_steps
from .scorer import DimensionResult, Result, Scorer, score_of


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
    goal they are those that must rise for the overall score to reach it. Where a cap keeps it from
    the next stage, so do only those that have not reached that stage themselves.
    """
    following = next_stage(scorer, result) if goal is None and scorer.climbs else None
    if following and shut_caps(scorer, result, following):
        goal = scorer.ladder.levels[following]
    rule, records = scorer.rule, scorer.rubric.dimensions
    weights = scorer.rubric.dimension_weights
    parts = [
        (id_, value, weights[id_])
        for id_, one in result.dimensions.items()
        if id_ in scorer.counted and (value := number_of(scorer, one, "dimension")) is not None
    ]
    if rule.of == "dimensions":
        limits = [
            (id_, value, 1.0)
            for id_, item in result.items.limits.items()
            if item and (value := number_of(scorer, score_of(item), "limit")) is not None
        ]
        # Where nothing counts, there is no score that limits could hold.
        named = decisive(rule.by, [*parts, *limits] if parts else [], goal)
        return tuple(id_ for id_ in records if id_ in named)
    if rule.by == "ladder":
        return dimensions_below(scorer, result, goal)
    if rule.of == "gates":
        return tuple(id_ for id_, _, _ in parts)
    counted = {records[id_].group for id_ in scorer.counted}
    groups = [
        (id_, value, 1.0)
        for id_, one in result.groups.items()
        if (value := number_of(scorer, one, "group")) is not None and id_ in counted
    ]
    found: set[str] = set()
    for group in decisive(rule.by, groups, goal):
        own = [part for part in parts if records[part[0]].group == group]
        found.update(decisive(scorer.scoring.group, own, goal))
    return tuple(id_ for id_, _, _ in parts if id_ in found)


def dimensions_below(scorer: Scorer, result: Result, goal: float | None) -> tuple[str, ...]:
    """Return the dimensions with gates that are not met on the overall way to a level, or up."""
    held, levels = held_stage(scorer, result), scorer.ladder.levels
    wanted = [
        stage
        for stage in stages_above(scorer, result)
        if (stage == held if goal is None else levels[stage] <= goal)
    ]
    named = {gate.dimension for stage in wanted for gate in missing_at(scorer, result, stage)}
    return tuple(id_ for id_ in result.dimensions if id_ in named)


def missing_at(scorer: Scorer, result: Result, stage: str) -> list[ScoredGate]:
    """Return the gates to a stage that are not met, on one ladder of all."""
    gates = scorer.rows["overall", ""].get(stage, [])
    return [gate for gate in gates if is_missing(result.states[gate.id])]


def held_stage(scorer: Scorer, result: Result) -> str | None:
    """Return the first stage above the overall one with a gate that is not met, on one ladder."""
    if scorer.rule.by != "ladder":
        return None
    above = stages_above(scorer, result)
    return next((stage for stage in above if missing_at(scorer, result, stage)), None)


def next_stage(scorer: Scorer, result: Result) -> str | None:
    """Return the stage above the overall one; None at the top, or where there is no ladder."""
    return next(iter(stages_above(scorer, result)), None)


def stages_above(scorer: Scorer, result: Result) -> list[str]:
    """Return the stages above the overall one; none where there is no ladder."""
    stage = result.overall.stage.low
    return scorer.ladder.after(stage) if stage else []


def capping_gates(scorer: Scorer, result: Result, stage: str | None) -> list[str]:
    """Return the gates that may keep the overall score below a stage by their caps.

    Without a stage, and where the stage is that of a band, all that are not met.
    """
    ladder, factor = scorer.ladder, scorer.factors.get("overall", 1.0)
    found = scorer.unmet_caps(result.states)
    if stage is not None and scorer.climbs:
        goal = ladder.levels[stage]
        caps = [(gate, gate.cap.score) for gate in found if gate.cap]
        found = [
            gate
            for gate, cap in caps
            if cap is not None and ladder.levels[ladder.find_stage(cap / factor) or stage] < goal
        ]
    return [gate.id for gate in found]


def shut_caps(scorer: Scorer, result: Result, stage: str | None) -> list[str]:
    """Return those of them that are known not to be met."""
    caps = capping_gates(scorer, result, stage)
    return [id_ for id_ in caps if falls_short(result.states[id_])]


def number_of(scorer: Scorer, score: Score | DimensionResult, of: str) -> float | None:
    """Return what a score counts as: on a ladder its stage as reached, else the answers so far."""
    factor = scorer.factors.get(of)
    if factor is None or score.low is None:
        return score.so_far
    return float(whole_steps(score.low / factor, 1.0))


def find_lowering(scorer: Scorer, result: Result) -> tuple[str, ...]:
    """Return the answered gates below what they aim for that the overall score hangs on.

    Those whose caps limit it are among them. None on a ladder, where reasons tell more.
    """
    if scorer.scoring.dimension == "ladder":
        return ()
    found = set(shut_caps(scorer, result, None))
    if scorer.rule.of == "gates":
        gates = [gate for gate in scorer.gates if gate.dimension in scorer.counted]
        found.update(decisive_gates(scorer, scorer.rule.by, gates, result))
    else:
        for dimension in find_holding(scorer, result):
            scores = [
                (stage, score.so_far, 1.0)
                for stage, score in result.cells[dimension].items()
                if score.so_far is not None
            ]
            for stage in decisive(scorer.scoring.dimension, scores):
                cell = scorer.cells[dimension][stage]
                found.update(decisive_gates(scorer, scorer.scoring.cell, cell, result))
    return tuple(gate.id for gate in scorer.gates if gate.id in found)


def decisive_gates(
    scorer: Scorer, by: str, gates: Sequence[ScoredGate], result: Result
) -> list[str]:
    """Return the gates that keep a number from rising, of those answered below their aim."""
    scores = [
        (gate.id, score, gate.weight)
        for gate in gates
        if (score := result.states[gate.id].score) is not None and result.states[gate.id].applies
    ]
    aims = {gate.id: aim_of(scorer, gate) for gate in gates}
    named = decisive(by, scores)
    return [id_ for id_, score, _ in scores if id_ in named and score < aims[id_]]


def aim_of(scorer: Scorer, gate: ScoredGate) -> float:
    """Return the score of the answer that a gate aims for: its target, or the top of its scale."""
    return gate.scores.get(scorer.rubric.gates[gate.id].target or "", gate.top)
