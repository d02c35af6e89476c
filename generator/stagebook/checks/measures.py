"""Rules about measures and how their numbers answer gates."""

from __future__ import annotations

from itertools import pairwise
from math import inf

from ..diagnostics import Path
from ..rubric.model import Gate
from ..scoring.gates import lowest_of
from .gaps import odd_gaps, stretches
from .subject import Findings, Rule, Subject


def measures_answer_gates(subject: Subject) -> Findings:
    """Find measures with neither or both of points and conditions, or with unknown answers."""
    for id_, gate in subject.rubric.gates.items():
        if not gate.measure:
            continue
        path: Path = ("gates", id_, "measure")
        conditions = gate.measure.conditions
        if bool(conditions) == bool(gate.measure.points):
            message = f"the measure of gate {id_!r} must have either points or conditions"
            yield subject.finding("measure-form", path, message, key=True)
        scale = subject.rubric.scales.get(subject.scale(gate), {})
        for answer in conditions:
            if answer not in scale:
                message = f"scale {subject.scale(gate)!r} has no answer {answer!r}"
                yield subject.finding(
                    "dangling-id",
                    (*path, answer),
                    message,
                    key=True,
                    suggestion=subject.source.suggest(answer, scale),
                )
        yield from _points_ascend(subject, path, gate)


def _points_ascend(subject: Subject, path: Path, gate: Gate) -> Findings:
    points = (gate.measure and gate.measure.points) or []
    for index, (before, after) in enumerate(pairwise(points), 1):
        if after[0] <= before[0]:
            message = f"value {after[0]:g} must be more than {before[0]:g}: sort points by value"
            yield subject.finding("points-order", (*path, "points", index), message)
    if points and len({point[1] for point in points}) == 1:
        message = "all points score the same"
        yield subject.finding("scale-flat", (*path, "points"), message, key=True)


def points_need_no_answers(subject: Subject) -> Findings:
    """Find what gates say of answers although only a number scores them."""
    for id_, gate in subject.rubric.gates.items():
        if gate.measure and gate.measure.points:
            for key in ("scale", "meanings", "target", "partly"):
                if getattr(gate, key):
                    message = (
                        f"{key!r} of gate {id_!r} has no effect: "
                        "points score its number, and nobody chooses an answer"
                    )
                    yield subject.finding("key-unused", ("gates", id_, key), message, key=True)


def bounds_allow_numbers(subject: Subject) -> Findings:
    """Find measures whose smallest number is above their largest."""
    for id_, measure in subject.rubric.measures.items():
        if measure.min is not None and measure.max is not None and measure.min > measure.max:
            message = (
                f"measure {id_!r} allows no number: its 'min', {measure.min:.15g}, "
                f"is above its 'max', {measure.max:.15g}"
            )
            yield subject.finding("measure-bounds", ("measures", id_, "min"), message, key=True)


def conditions_can_be_met(subject: Subject) -> Findings:
    """Find conditions of measures that are never the first to hold."""
    for id_, gate in subject.rubric.gates.items():
        if gate.measure is None or gate.measure.points:
            continue
        of = subject.rubric.measures.get(gate.measure.of)
        low = -inf if of is None or of.min is None else of.min
        high = inf if of is None or of.max is None else of.max
        within = {one.answer for one in stretches(gate.measure, low, high)}
        anywhere = {one.answer for one in stretches(gate.measure, -inf, inf)}
        for answer, condition in gate.measure.conditions.items():
            if answer not in within:
                why = (
                    f"measure {gate.measure.of!r} allows no number for which {condition!r} counts"
                    if answer in anywhere
                    else f"where {condition!r} holds, a condition before it holds too"
                )
                message = f"no number gives the answer {answer!r}: {why}"
                path = ("gates", id_, "measure", answer)
                yield subject.finding("condition-unmet", path, message)


def conditions_leave_no_gap(subject: Subject) -> Findings:
    """Find numbers that no condition mentions although the conditions seem to say it all."""
    rubric = subject.rubric
    for id_, gate in rubric.gates.items():
        scale = rubric.scales.get(subject.scale(gate), {})
        of = gate.measure and rubric.measures.get(gate.measure.of)
        if not gate.measure or not of or not scale or gate.measure.points:
            continue
        scores = {answer: choice.score for answer, choice in scale.items()}
        for gap in odd_gaps(gate.measure, of, scores):
            message = f"{gap} meets no condition: it gives {lowest_of(scores)!r}"
            path = ("gates", id_, "measure")
            yield subject.finding("condition-gap", path, message, key=True)


RULES: tuple[Rule, ...] = (
    measures_answer_gates,
    points_need_no_answers,
    bounds_allow_numbers,
    conditions_can_be_met,
    conditions_leave_no_gap,
)
