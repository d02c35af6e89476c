"""Rules about the ladder: its levels, the gates that lead up it, and what they require."""

from __future__ import annotations

from ..model import Gate
from .subject import Findings, Rule, Subject


def levels_do_not_skip(subject: Subject) -> Findings:
    """Find levels that skip, stand twice, or start above 1."""
    if not subject.is_whole:
        return
    previous = None
    for id_, stage in subject.ladder:
        if previous is None and stage.level > 1:
            message = f"the lowest level is {stage.level}: the floor must be level 0 or 1"
            yield subject.finding("level-skip", ("stages", id_, "level"), message)
        elif previous is not None and stage.level == previous:
            message = f"level {stage.level} stands twice"
            yield subject.finding("level-twice", ("stages", id_, "level"), message)
        elif previous is not None and stage.level > previous + 1:
            message = f"level {stage.level} follows level {previous}: levels must not skip"
            yield subject.finding("level-skip", ("stages", id_, "level"), message)
        previous = stage.level


def floor_needs_no_gate(subject: Subject) -> Findings:
    """Find gates that lead to the floor."""
    if not subject.uses_ladder or not subject.is_whole:
        return
    floor = subject.ladder[0][0]
    for id_, gate in subject.rubric.gates.items():
        if gate.stage == floor:
            message = f"gate {id_!r} leads to {floor!r}, which is the floor and needs no gate"
            yield subject.finding("floor-gate", ("gates", id_, "stage"), message)


def ladder_gates_name_a_stage(subject: Subject) -> Findings:
    """Find gates without a stage where the dimensions are ladders."""
    if subject.uses_ladder:
        for id_, gate in subject.rubric.gates.items():
            if gate.stage is None:
                message = f"gate {id_!r} names no stage, and dimensions are scored as ladders"
                yield subject.finding("stage-needed", ("gates", id_), message, key=True)


def requires_points_down(subject: Subject) -> Findings:
    """Find gates that require a gate of a higher stage."""
    for id_, gate in subject.rubric.gates.items():
        level = subject.level(gate)
        for index, other_id in enumerate(gate.requires):
            other = subject.rubric.gates.get(other_id)
            other_level = subject.level(other) if other else None
            if level is not None and other_level is not None and other_level > level:
                message = f"gate {id_!r} requires {other_id!r}, which leads to a higher stage"
                yield subject.finding("requires-higher", ("gates", id_, "requires", index), message)


def requires_has_no_circle(subject: Subject) -> Findings:
    """Find gates that require themselves by way of others; each circle is told once."""
    gates = subject.rubric.gates
    done: set[str] = set()
    for start in gates:
        chain: list[str] = []
        stack = [(start, 0)]
        while stack:
            id_, depth = stack.pop()
            del chain[depth:]
            if id_ in chain:
                circle = [*chain[chain.index(id_) :], id_]
                message = f"requires goes in a circle: {' → '.join(circle)}"
                index = gates[chain[-1]].requires.index(id_)
                path = ("gates", chain[-1], "requires", index)
                yield subject.finding("requires-cycle", path, message)
                done.update(circle)
            elif id_ in gates and id_ not in done:
                chain.append(id_)
                stack += [(next_id, depth + 1) for next_id in reversed(gates[id_].requires)]
        done.update(chain)


def every_step_has_gates(subject: Subject) -> Findings:
    """Find stages and dimensions that no gate belongs to."""
    gates: list[Gate] = list(subject.rubric.gates.values())
    if not subject.is_whole:
        return
    if subject.uses_ladder:
        for id_, _ in subject.ladder[1:]:
            if not any(gate.stage == id_ for gate in gates):
                message = f"no gate leads to stage {id_!r}: everybody below it reaches it"
                yield subject.finding("stage-without-gates", ("stages", id_), message, key=True)
    for id_ in subject.rubric.dimensions:
        if not any(gate.dimension == id_ for gate in gates):
            message = f"no gate belongs to dimension {id_!r}"
            path = ("dimensions", id_)
            yield subject.finding("dimension-without-gates", path, message, key=True)


RULES: tuple[Rule, ...] = (
    levels_do_not_skip,
    floor_needs_no_gate,
    ladder_gates_name_a_stage,
    requires_points_down,
    requires_has_no_circle,
    every_step_has_gates,
)
