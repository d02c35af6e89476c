"""What follows from a result: why no higher stage, what to look at again, and what to do next.

Its twin is `generator/quiz/scoring/diagnosis.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..assessment.reader import Assessment
from ..rubric.model import Rubric
from .gates import State, is_shut, may_be_met
from .holding import find_holding, find_lowering, held_stage, next_stage, shut_caps
from .intervals import WEIGHED
from .planning import PlanItem, order_plays
from .rounding import at_least
from .scorer import Result, Scorer


@dataclass(frozen=True, slots=True)
class ShutGate:
    """A gate that is not open, with its answer; None where there is none yet."""

    gate: str
    answer: str | None
    blocking: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a dimension has not reached a stage: the cell, and the gates in it that are not open."""

    dimension: str
    stage: str
    open: int
    applicable: int
    needed: int
    """Open gates that the share asks for; blocking gates must be among them."""
    gates: tuple[ShutGate, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What follows from a result; gates, stages and symptoms by id."""

    believed: tuple[str, int | None] | None
    """The stage believed, and how many levels it lies above the result once that is settled."""
    target: str | None
    reasons: tuple[Reason, ...]
    limits: tuple[Reason, ...]
    """The cells whose blocking gates limit the overall score, of dimensions that do not count."""
    holding: tuple[str, ...]
    """Dimensions that keep the overall score from rising, in the order of the rubric."""
    lowering: tuple[str, ...]
    """Without a ladder: answered gates that keep the overall score from its top."""
    second_look: tuple[tuple[str, str], ...]
    """Met gates, each with a ticked symptom that contradicts it."""
    second_look_requires: tuple[tuple[str, str], ...]
    """Met gates, each with a gate that it requires and that is not met."""
    plan: tuple[PlanItem, ...]
    plan_unopened: tuple[str, ...]
    """Gates that the plan needs and no play opens."""

    @property
    def plan_total(self) -> tuple[float, float]:
        """Return the least and most weeks of the plays that say them, one after the other."""
        spans = [step.weeks for step in self.plan if step.weeks is not None]
        return sum(span[0] for span in spans), sum(span[1] for span in spans)

    @property
    def plan_unestimated(self) -> int:
        """Return how many plays of the plan say no effort."""
        return sum(step.weeks is None for step in self.plan)


def diagnose(scorer: Scorer, assessment: Assessment, result: Result) -> Diagnosis:
    """Draw the conclusions from a result."""
    reasons = find_reasons(scorer, result)
    limits = find_limits(scorer, result)
    target = assessment.target_stage or next_stage(scorer, result)
    counted = [reason for reason in reasons if reason.dimension not in scorer.limiting]
    needed = needed_gates(scorer, result, [*counted, *limits], target)
    plan, unopened = order_plays(scorer.rubric, needed)
    return Diagnosis(
        believed=compare_belief(scorer, assessment, result),
        target=target,
        reasons=reasons,
        limits=limits,
        holding=find_holding(scorer, result),
        lowering=find_lowering(scorer, result),
        second_look_requires=find_unmet_requirements(scorer, result),
        second_look=find_contradictions(scorer.rubric, assessment, result),
        plan=plan,
        plan_unopened=unopened,
    )


def find_reasons(scorer: Scorer, result: Result) -> tuple[Reason, ...]:
    """Return the cells that keep stages shut, by stage and then by dimension."""
    reasons: list[Reason] = []
    if scorer.scoring.dimension != "ladder":
        return ()
    for id_, dimension in result.dimensions.items():
        for stage in stages_to_reach(scorer, dimension.stage.low):
            reason = explain_cell(scorer, result, id_, stage)
            if reason is not None:
                reasons.append(reason)
    return tuple(sorted(reasons, key=lambda reason: scorer.ladder.levels[reason.stage]))


def find_limits(scorer: Scorer, result: Result) -> tuple[Reason, ...]:
    """Return the cells of blocking gates that limit the overall score, by stage and dimension."""
    limits: list[Reason] = []
    for id_, item in result.items.limits.items():
        for stage in stages_to_reach(scorer, scorer.stages(item).low):
            reason = explain_cell(scorer, result, id_, stage, "limit")
            if reason is not None:
                limits.append(reason)
    return tuple(sorted(limits, key=lambda reason: scorer.ladder.levels[reason.stage]))


def stages_to_reach(scorer: Scorer, reached: str | None) -> list[str]:
    """Return the stages that are not reached; where they are apart, each may be incomplete."""
    if reached is None:
        return []
    return scorer.ladder.stages[1:] if scorer.ladder.is_apart else scorer.ladder.after(reached)


def explain_cell(
    scorer: Scorer, result: Result, dimension: str, stage: str, of: str = "dimension"
) -> Reason | None:
    """Return why a cell is not complete, if it is not."""
    cell = scorer.rows[of, dimension].get(stage, [])
    states = result.states
    gates = [g for g in cell if states[g.id].applies and (states[g.id].is_open or not g.bonus)]
    shut = [gate for gate in gates if not states[gate.id].is_open]
    blocking = [gate for gate in shut if gate.blocking]
    count, opened = len(gates), len(gates) - len(shut)
    enough = (n for n in range(count + 1) if at_least(n / count, scorer.ladder.needed[stage]))
    needed = next(enough, count) if count else 0
    complete = opened >= needed or not any(gate.weight for gate in gates)
    if complete and not blocking:
        return None
    # Where the share is made once blocking gates open, the others may stay as they are.
    others = [] if opened + len(blocking) >= needed else [g for g in shut if not g.blocking]
    named = (ShutGate(g.id, states[g.id].answer, g.blocking) for g in [*blocking, *others])
    least = max(needed, sum(gate.blocking for gate in gates))
    return Reason(dimension, stage, opened, count, least, tuple(named))


def find_unmet_requirements(scorer: Scorer, result: Result) -> tuple[tuple[str, str], ...]:
    """Return met gates with each gate that they require and that is known not to be met."""
    return tuple(
        (id_, required)
        for id_, gate in scorer.rubric.gates.items()
        if result.states[id_].is_open
        for required in gate.requires
        if required in result.states and is_unmet(result.states[required])
    )


def is_unmet(state: State) -> bool:
    """Return whether an answer says that a gate is not met, and it may still be met."""
    return is_shut(state) and may_be_met(state)


def needed_gates(
    scorer: Scorer, result: Result, reasons: Sequence[Reason], target: str | None
) -> list[str]:
    """Return the gates known not to be met on the way to a stage, with those that they require.

    On a ladder: what keeps the dimensions that must rise for it from the target, and each of them
    from its next stage. Elsewhere: all that count. Those whose caps keep the score below the target
    are among them.
    """
    on_ladder = scorer.scoring.dimension == "ladder"
    if (target or on_ladder) and is_reached(scorer, result, target):
        return []
    named, caps = counting_gates(scorer), shut_caps(scorer, result, None)
    if on_ladder:
        caps = shut_caps(scorer, result, target)
        goal = scorer.ladder.levels[target] if target else None
        way = on_the_way(scorer, result, reasons, goal)
        named = [shut.gate for reason in way for shut in reason.gates]
    wanted = {id_ for id_ in named if is_unmet(result.states[id_])}
    wanted.update(id_ for id_ in caps if may_be_met(result.states[id_]))
    waiting = list(wanted)
    while waiting:
        for required in scorer.rubric.gates[waiting.pop()].requires:
            state: State | None = result.states.get(required)
            if required not in wanted and state is not None and is_unmet(state):
                wanted.add(required)
                waiting.append(required)
    return [gate.id for gate in scorer.gates if gate.id in wanted]


def counting_gates(scorer: Scorer) -> list[str]:
    """Return the gates whose scores the overall score is made of; what weighs 0 in it is not."""
    rule, found = scorer.rule, []
    dimension_rule = scorer.scoring.group if rule.of == "groups" else rule.by
    gate_rule = rule.by if rule.of == "gates" else scorer.scoring.cell
    for gate in scorer.gates:
        weight = scorer.rubric.dimension_weights[gate.dimension]
        by_dimension = rule.of == "gates" or dimension_rule not in WEIGHED or weight > 0
        by_gate = gate_rule not in WEIGHED or gate.weight > 0
        if gate.dimension in scorer.counted and by_dimension and by_gate:
            found.append(gate.id)
    return found


def is_reached(scorer: Scorer, result: Result, target: str | None) -> bool:
    """Return whether the overall stage is as high as one, or the highest."""
    reached, levels = result.overall.stage.low, scorer.ladder.levels
    return reached is not None and (target is None or levels[reached] >= levels[target])


def on_the_way(
    scorer: Scorer, result: Result, reasons: Sequence[Reason], goal: float | None
) -> list[Reason]:
    """Return the reasons that stand between the overall score and a level, or its next step."""
    levels, held = scorer.ladder.levels, held_stage(scorer, result)
    # What holds the result back today is on the way to any stage above it.
    rising = {*find_holding(scorer, result, goal), *find_holding(scorer, result)}
    found: list[Reason] = []
    for reason in reasons:
        is_first = all(one.dimension != reason.dimension for one in found)
        low = reached_of(scorer, result, reason.dimension)
        is_next = is_first or is_next_step(scorer, low, reason, reasons)
        within = reason.stage == held or (goal is not None and levels[reason.stage] <= goal)
        if reason.dimension in rising and (is_next or within):
            found.append(reason)
    return found


def reached_of(scorer: Scorer, result: Result, dimension: str) -> str | None:
    """Return the stage at which a dimension counts: where it only limits, by its blocking gates."""
    if dimension in scorer.limiting:
        return scorer.stages(result.items.limits[dimension]).low
    return result.dimensions[dimension].stage.low


def is_next_step(
    scorer: Scorer, reached: str | None, reason: Reason, reasons: Sequence[Reason]
) -> bool:
    """Return whether a reason is about the next stage of its dimension above the one reached."""
    above = scorer.ladder.after(reached) if reached else []
    own = [one.stage for one in reasons if one.dimension == reason.dimension]
    return [stage for stage in above if stage in own][:1] == [reason.stage]


def compare_belief(
    scorer: Scorer, assessment: Assessment, result: Result
) -> tuple[str, int | None] | None:
    """Return the stage believed, and its distance from the result where that is settled.

    Nothing can be compared where no answers lead to an overall stage.
    """
    believed, stage = assessment.believed_stage, result.overall.stage
    if believed is None or stage.high is None:
        return None
    settled = stage.low is not None and stage.low == stage.high
    levels = scorer.ladder.levels
    return believed, levels[believed] - levels[stage.low or believed] if settled else None


def find_contradictions(
    rubric: Rubric, assessment: Assessment, result: Result
) -> tuple[tuple[str, str], ...]:
    """Return met gates that are the root of a ticked symptom, in the order of the rubric."""
    ticked = set(assessment.symptoms)
    return tuple(
        (gate, id_)
        for id_, symptom in rubric.symptoms.items()
        if id_ in ticked
        for gate in symptom.gates
        if gate in result.states and result.states[gate].is_open
    )
