"""Rules about the ladder: its levels, its gates and what they require."""

from __future__ import annotations

from ..rubric.model import Gate
from .subject import Findings, Rule, Subject


def levels_do_not_skip(subject: Subject) -> Findings:
    """Find levels that are skipped or duplicated, or that start above 1."""
    if not subject.is_whole:
        return
    previous = None
    for id_, stage in subject.ladder:
        if previous is None and stage.level > 1:
            message = f"the lowest level is {stage.level}: the floor must be level 0 or 1"
            yield subject.finding("level-skip", ("stages", id_, "level"), message)
        elif previous is not None and stage.level == previous:
            message = f"duplicate level {stage.level}"
            yield subject.finding("level-twice", ("stages", id_, "level"), message)
        elif previous is not None and stage.level > previous + 1:
            message = f"level {stage.level} follows level {previous}: levels must not skip"
            yield subject.finding("level-skip", ("stages", id_, "level"), message)
        previous = stage.level


def floor_needs_no_gate(subject: Subject) -> Findings:
    """Find gates that lead to the floor."""
    if not subject.uses_ladder or not subject.is_whole:
        return
    floor = next(iter(subject.rubric.ladder), None)
    for id_, gate in subject.rubric.gates.items():
        if floor is not None and floor in gate.at:
            message = f"gate {id_!r} leads to {floor!r}, but the floor needs no gate"
            yield subject.finding("floor-gate", ("gates", id_, "stage"), message)


def ladder_gates_name_a_stage(subject: Subject) -> Findings:
    """Find gates without a stage if dimensions are scored as ladders."""
    if subject.uses_ladder and not subject.ids("stages"):
        message = "dimensions are scored as ladders, but the rubric has no stages"
        yield subject.finding("stage-needed", (), message)
    elif subject.uses_ladder:
        for id_, gate in subject.rubric.gates.items():
            if gate.stage is None:
                message = f"gate {id_!r} names no stage, but dimensions are scored as ladders"
                yield subject.finding("stage-needed", ("gates", id_), message, key=True)


def requires_points_down(subject: Subject) -> Findings:
    """Find gates that require a gate to a higher stage."""
    for id_, gate in subject.rubric.gates.items():
        level = subject.level(gate)
        for index, other_id in enumerate(gate.requires):
            other = subject.rubric.gates.get(other_id)
            other_level = subject.level(other) if other else None
            if level is not None and other_level is not None and other_level > level:
                message = f"gate {id_!r} requires {other_id!r}, which leads to a higher stage"
                yield subject.finding("requires-higher", ("gates", id_, "requires", index), message)


MAX_SHOWN = 20
"""The most gates of a cycle that a message names."""


def requires_has_no_circle(subject: Subject) -> Findings:
    """Find gates that require themselves through other gates."""
    gates = subject.rubric.gates
    done: set[str] = set()
    for start in gates:
        # The gates on the way to the one being visited, and how many requirements of each have
        # been followed.
        chain: list[str] = []
        followed: dict[str, int] = {}
        if start not in done:
            chain, followed = [start], {start: 0}
        while chain:
            id_ = chain[-1]
            index = followed[id_]
            if index == len(gates[id_].requires):
                done.add(chain.pop())
                del followed[id_]
                continue
            followed[id_] += 1
            required = gates[id_].requires[index]
            if required in followed:
                message = f"gates require each other in a cycle: {_circle(chain, required)}"
                yield subject.finding("requires-cycle", ("gates", id_, "requires", index), message)
            elif required in gates and required not in done:
                chain.append(required)
                followed[required] = 0


def _circle(chain: list[str], start: str) -> str:
    """Return the gates of the chain from `start` to its end, and `start` again."""
    last = chain[-MAX_SHOWN:]
    names = last[last.index(start) :] if start in last else [start, "…", *last[1:]]
    return " → ".join([*names, start])


def every_step_has_gates(subject: Subject) -> Findings:
    """Find stages and dimensions that no gate belongs to."""
    gates: list[Gate] = list(subject.rubric.gates.values())
    if not subject.is_whole:
        return
    is_overall = subject.rubric.scoring.rule.by == "ladder"
    if subject.uses_ladder or is_overall:
        counted = subject.rubric.counted_dimensions if is_overall else subject.rubric.dimensions
        stages = {stage for gate in gates if gate.dimension in counted for stage in gate.at}
        for id_, _ in subject.ladder[1:]:
            if id_ not in stages:
                message = f"no gate leads to stage {id_!r}: everyone at the stage below reaches it"
                yield subject.finding("stage-without-gates", ("stages", id_), message, key=True)
    dimensions = {gate.dimension for gate in gates}
    for id_ in subject.rubric.dimensions:
        if id_ not in dimensions:
            message = f"no gate belongs to dimension {id_!r}"
            path = ("dimensions", id_)
            yield subject.finding("dimension-without-gates", path, message, key=True)


def overall_ladders_climb_gates(subject: Subject) -> Findings:
    """Find overall ladders of something other than gates, or without stages."""
    rule = subject.rubric.scoring.rule
    if rule.by == "ladder" and rule.of != "gates":
        message = f"the overall score can be a ladder of gates, not of {rule.of}: set of: gates"
        yield subject.finding("overall-ladder", ("scoring", "overall", "by"), message)
    if rule.by == "ladder" and not subject.ids("stages"):
        message = "the overall score is a ladder, but the rubric has no stages"
        yield subject.finding("stage-needed", ("scoring", "overall", "by"), message)


def overall_ladders_have_room(subject: Subject) -> Findings:
    """Find gates that the overall ladder leaves out, where dimensions are no ladders.

    There is one finding for those that name no stage, and one for those that lead to the floor.
    """
    if subject.uses_ladder or subject.rubric.scoring.rule.by != "ladder" or not subject.is_whole:
        return
    floor = next(iter(subject.rubric.ladder), None)
    counted = [
        (id_, gate)
        for id_, gate in subject.rubric.gates.items()
        if gate.dimension in subject.rubric.counted_dimensions
    ]
    without = [id_ for id_, gate in counted if gate.at == (None,)]
    below = [id_ for id_, gate in counted if floor is not None and set(gate.at) == {floor}]
    for ids, why in ((without, "names no stage"), (below, "leads to the floor, which needs none")):
        if ids:
            more = f" (and {len(ids) - 1} more)" if len(ids) > 1 else ""
            message = f"gate {ids[0]!r} has no effect on the overall stage: it {why}{more}"
            yield subject.finding("gate-off-ladder", ("gates", ids[0]), message, key=True)


def topics_lie_in_one_dimension(subject: Subject) -> Findings:
    """Find topics with gates of several dimensions."""
    first: dict[str, str] = {}
    for id_, gate in subject.rubric.gates.items():
        if gate.topic is None:
            continue
        dimension = first.setdefault(gate.topic, gate.dimension)
        if gate.dimension != dimension:
            message = f"topic {gate.topic!r} belongs to dimension {dimension!r}: so must its gates"
            yield subject.finding("topic-spread", ("gates", id_, "topic"), message)


RULES: tuple[Rule, ...] = (
    levels_do_not_skip,
    floor_needs_no_gate,
    ladder_gates_name_a_stage,
    requires_points_down,
    requires_has_no_circle,
    every_step_has_gates,
    overall_ladders_climb_gates,
    overall_ladders_have_room,
    topics_lie_in_one_dimension,
)
