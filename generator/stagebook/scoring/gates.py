"""From an answer, or a measured number, to the state and the score of a gate.

Its twin is `generator/quiz/scoring/gates.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..rubric.model import Gate, MeasureAnswer, Rubric
from .intervals import Item
from .rounding import at_least

ANY_STAGE = "*"
"""The cell of the gates that name no stage."""
MEASURED = "measured"
"""The answer of a gate that a measure scores by points."""


class State(NamedTuple):
    """What an answer makes of a gate; unanswered, answer and score are None.

    What does not apply has no part in any number, not even where it has a score.
    """

    answer: str | None
    score: float | None
    applies: bool
    is_open: bool


UNANSWERED = State(None, None, True, False)


class ScoredGate:
    """A gate prepared for scoring."""

    def __init__(self, id_: str, gate: Gate, rubric: Rubric) -> None:
        """Look up the gate's scale; a measure with points is a scale of its own."""
        self.id, self.dimension, self.topic = id_, gate.dimension, gate.topic
        self.stages = [stage or ANY_STAGE for stage in gate.at]
        self.blocking, self.weight, self.measure = gate.blocking, gate.weight, gate.measure
        self.bonus, self.cap = gate.bonus, gate.cap
        self.applies = list(rubric.applies(gate).items())
        scale = rubric.scale_of(gate)
        self.points = gate.measure.points if gate.measure else None
        self.scores = {} if self.points else {key: one.score for key, one in scale.items()}
        counts = [(n, answer) for answer, n in gate.ticks.items() if answer in self.scores]
        self.counts = sorted(counts, key=lambda one: -one[0])
        scores = [y for _, y in self.points] if self.points else list(self.scores.values())
        self.top, self.bottom = max(scores), min(scores)
        self.pass_score = rubric.scoring.pass_ * self.top
        zero = rubric.scoring.not_applicable == "zero"
        # Where what does not apply counts as 0, an unanswered gate may still become that.
        low = min(0.0, self.bottom) if zero else self.bottom
        high = max(0.0, self.top) if zero else self.top
        if self.bonus:
            met = [score for score in scores if at_least(score, self.pass_score)]
            low = self.pass_score if self.points else min(met, default=self.top)
            low, high = min(max(low, self.bottom), self.top), self.top
        optional = self.bonus or not zero
        self.unanswered = Item(low, high, None, self.weight, optional, "gate", id_)
        # Not knowing is never met, not even where the lowest answer is.
        self.states = {UNKNOWN: self._unmet(UNKNOWN, self.bottom)}
        self.states[NOT_APPLICABLE] = (
            self._state(NOT_APPLICABLE, 0.0)
            if zero and not self.bonus
            else State(NOT_APPLICABLE, None, False, False)
        )
        for answer, score in self.scores.items():
            self.states[answer] = self._state(answer, score)

    def _state(self, answer: str, score: float) -> State:
        if at_least(score, self.pass_score):
            return State(answer, score, True, True)
        return self._unmet(answer, score)

    def _unmet(self, answer: str, score: float) -> State:
        # What counts only when it is met is left out.
        return State(answer, score, not self.bonus, False)

    def state(self, assessment: Assessment) -> State:
        """Return what an assessment says of the gate: its answer, else its ticks, else its measure.

        Where the profile says that it does not apply, none of them counts.
        """
        if self.applies and left_out_by(self, assessment.profile):
            return self.states[NOT_APPLICABLE]
        said = assessment.answers.get(self.id)
        if said is not None:
            if said.answer in self.states:
                return self.states[said.answer]
            if self.counts and said.ticks:
                return self.states[answer_by_ticks(self.counts, self.scores, len(said.ticks))]
        number = assessment.measures.get(self.measure.of) if self.measure else None
        if number is None or self.measure is None:
            return UNANSWERED
        if self.points:
            return self._state(MEASURED, interpolate(self.points, number))
        answer = answer_by_measure(self.measure, self.scores, number)
        return UNANSWERED if answer is None else self.states[answer]

    def share(self, score: float) -> float:
        """Return a score as a share of the top of its scale, from 0 to 1."""
        return min(max(score / self.top, 0.0), 1.0) if self.top > 0 else 0.0

    def item(self, state: State) -> Item | None:
        """Return the gate's score as an item, or None where the gate does not apply."""
        if state.score is not None and state.applies:
            score = state.score
            return Item(score, score, score, self.weight, of="gate", id=self.id)
        return self.unanswered if state.answer is None else None


def left_out_by(gate: ScoredGate, profile: Mapping[str, str]) -> str | None:
    """Return the question of the profile whose answer says that a gate does not apply, or None."""
    for question, answers in gate.applies:
        if question in profile and profile[question] not in answers:
            return question
    return None


COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "==": lambda a, b: a == b,
}


def answer_by_measure(
    measure: MeasureAnswer, scores: Mapping[str, float], number: float
) -> str | None:
    """Return the first answer whose condition holds, or the one that scores lowest.

    Where only that one has a condition, a number that does not meet it says nothing.
    """
    for answer, operator, value in measure.parsed:
        if COMPARISONS[operator](number, value):
            return answer
    return None if only_rules_out(measure, scores) else lowest_of(scores)


def only_rules_out(measure: MeasureAnswer, scores: Mapping[str, float]) -> bool:
    """Return whether a number can rule a gate out, and nothing else."""
    return set(measure.conditions) == {lowest_of(scores)}


def lowest_of(scores: Mapping[str, float]) -> str:
    """Return the answer that scores lowest."""
    return min(scores, key=lambda answer: scores[answer])


def answer_by_ticks(
    counts: Sequence[tuple[int, str]], scores: Mapping[str, float], ticked: int
) -> str:
    """Return the answer of the highest count that is reached, or the one that scores lowest."""
    for needed, answer in counts:
        if ticked >= needed:
            return answer
    return lowest_of(scores)


def interpolate(points: list[list[float]], number: float) -> float:
    """Return the score at a number, on straight lines between points, level beyond both ends."""
    if number <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if number <= x1:
            return y0 + (y1 - y0) * ((number - x0) / (x1 - x0))
    return points[-1][1]


def is_shut(state: State) -> bool:
    """Return whether an answer, `unknown` included, says that a gate is not open."""
    return state.score is not None and state.applies and not state.is_open


def is_missing(state: State) -> bool:
    """Return whether a gate applies and is not met, be it shut or unanswered."""
    return state.applies and not state.is_open


def falls_short(state: State) -> bool:
    """Return whether an answer says that a gate is not met, even if it then does not count."""
    return state.score is not None and not state.is_open


def may_cap(state: State) -> bool:
    """Return whether a gate limits the overall score by its cap, or may still do so."""
    return falls_short(state) or state.answer is None


def may_be_met(state: State) -> bool:
    """Return whether a gate may be met: one that does not apply may not, even if it counts as 0."""
    return state.answer != NOT_APPLICABLE
