"""Compare several respondents: how their answers differ, and what to discuss first.

Its twin is `generator/quiz/team/view.js`, with the same operations on doubles in the same order; it
calculates only what the page shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..report.left_out import count_applying
from ..scoring.gates import MEASURED, ScoredGate, State
from ..scoring.scorer import Overall, Scorer, coverage

ASIDE = 0.5
"""The distance between an answer that is not on the scale and any other answer."""
LEADER, PRACTITIONER = "leader", "practitioner"

Counts = tuple[tuple[str, int], ...]


class RoleView(NamedTuple):
    """The answers to a gate from the respondents of one role."""

    role: str
    counts: Counts
    n: int
    median: float | None
    mean: float | None = None

    @property
    def position(self) -> float | None:
        """Return the one position of the answers: the mean, or the median."""
        return self.median if self.mean is None else self.mean


class GateView(NamedTuple):
    """The answers to one gate, in the order of the respondents, None if there is none.

    Positions run from 0, the lowest answer on the gate's scale, to 1, the highest. `n` counts the
    answers on the scale; `unknown` and `not-applicable` are only in `counts`. Positions are None if
    `n` is 0, and `mean` also where the model does not ask for it. `disagreement` is the mean
    distance between the answers of two respondents, from 0 to 1.
    """

    gate: str
    answers: tuple[str | None, ...]
    counts: Counts
    n: int
    lowest: float | None
    median: float | None
    highest: float | None
    disagreement: float
    roles: tuple[RoleView, ...]
    mean: float | None = None
    positions: tuple[float | None, ...] = ()
    """The position of each answer, None for one that is not on the scale."""

    @property
    def position(self) -> float | None:
        """Return the one position of the answers: the mean, or the median."""
        return self.median if self.mean is None else self.mean


class Respondent(NamedTuple):
    """One respondent, with the overall score of their answers.

    `name` is empty if it is hidden or was not given. `repeats` is the number, from 1, of an earlier
    respondent with the same name and date.
    """

    name: str
    role: str
    date: str
    repeats: int | None
    coverage: Mapping[str, int]
    left_out: int
    """How many gates do not apply, by what the respondent says of the subject."""
    overall: Overall


class Team(NamedTuple):
    """All respondents of one rubric.

    `discuss` has the gates on which people disagree, and `apart` those on which the positions of
    leaders and practitioners differ, each with the largest difference first.
    """

    respondents: tuple[Respondent, ...]
    gates: tuple[GateView, ...]
    discuss: tuple[str, ...]
    apart: tuple[str, ...]


def view_team(scorer: Scorer, said: Iterable[Assessment], *, hide_names: bool = False) -> Team:
    """Compare the assessments of a rubric, which are read one at a time."""
    respondents: list[Respondent] = []
    states: dict[str, list[State]] = {gate.id: [] for gate in scorer.gates}
    seen: dict[tuple[str, str], int] = {}
    for number, one in enumerate(said, 1):
        result = scorer.score(one)
        first = seen.setdefault((one.respondent, one.date), number) if one.respondent else number
        respondents.append(
            Respondent(
                name="" if hide_names else one.respondent,
                role=one.role,
                date=one.date,
                repeats=None if first == number else first,
                coverage=coverage(result.states),
                left_out=count_applying(scorer, result.states, one.profile)["n"],
                overall=result.overall,
            )
        )
        for id_, state in result.states.items():
            states[id_].append(state)
    members: dict[str, list[int]] = {}
    for index, respondent in enumerate(respondents):
        if respondent.role:
            members.setdefault(respondent.role, []).append(index)
    by = scorer.scoring.team
    gates = tuple(view_gate(gate, states[gate.id], members, by) for gate in scorer.gates)
    return Team(
        tuple(respondents),
        gates,
        rank([(view.gate, view.disagreement) for view in gates]),
        rank([(view.gate, gap(view.roles)) for view in gates]),
    )


def view_gate(
    gate: ScoredGate, states: Sequence[State], members: Mapping[str, Sequence[int]], by: str
) -> GateView:
    """Return the answers to a gate; `members` are the indexes of respondents by role.

    With `by` as `mean` there is a mean beside the median.
    """
    average = mean if by == "mean" else no_mean
    answers = tuple(state.answer for state in states)
    positions = [position_on(gate, state) for state in states]
    ranked = sort_positions(positions)
    roles = []
    for role, indexes in members.items():
        counts = count_answers(gate, [answers[index] for index in indexes])
        if counts:
            own = sort_positions([positions[index] for index in indexes])
            roles.append(RoleView(role, counts, len(own), median(own), average(own)))
    aside = [answers.count(UNKNOWN), answers.count(NOT_APPLICABLE)]
    return GateView(
        gate=gate.id,
        answers=answers,
        counts=count_answers(gate, answers),
        n=len(ranked),
        lowest=ranked[0] if ranked else None,
        median=median(ranked),
        highest=ranked[-1] if ranked else None,
        disagreement=disagreement(ranked, *aside),
        roles=tuple(roles),
        mean=average(ranked),
        positions=tuple(positions),
    )


def position_on(gate: ScoredGate, state: State) -> float | None:
    """Return the position of an answer on its scale; None if it is not on the scale."""
    if state.score is None or state.answer in (UNKNOWN, NOT_APPLICABLE):
        return None
    width = gate.top - gate.bottom
    return min(max((state.score - gate.bottom) / width, 0.0), 1.0) if width > 0 else 0.0


def sort_positions(positions: Iterable[float | None]) -> list[float]:
    """Return the positions that are not None, lowest first."""
    return sorted(position for position in positions if position is not None)


def count_answers(gate: ScoredGate, answers: Iterable[str | None]) -> Counts:
    """Count each answer, in the order of the scale, with answers off the scale last."""
    found = Counter(answers)
    order = (*(gate.scores or (MEASURED,)), UNKNOWN, NOT_APPLICABLE)
    return tuple((answer, found[answer]) for answer in order if answer in found)


def median(ranked: Sequence[float]) -> float | None:
    """Return the median of sorted positions: of an even number, the mean of the middle two."""
    half = len(ranked) // 2
    if not ranked:
        return None
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def mean(ranked: Sequence[float]) -> float | None:
    """Return the mean of sorted positions; like ones give just that position."""
    if not ranked:
        return None
    total = 0.0
    for position in ranked:
        total += position
    return min(max(total / len(ranked), ranked[0]), ranked[-1])


def no_mean(_: Sequence[float]) -> None:
    """Return no mean, where the model does not ask for it."""


def disagreement(ranked: Sequence[float], unknown: int, not_applicable: int) -> float:
    """Return Gini's mean difference: the mean distance over all pairs of answers.

    Each step between neighbours in the sorted positions separates those below from those above, so
    one pass gives the sum over all pairs.
    """
    n, aside = len(ranked), unknown + not_applicable
    distances = ASIDE * (n * aside + unknown * not_applicable)
    for below in range(1, n):
        distances += below * (n - below) * (ranked[below] - ranked[below - 1])
    given = n + aside
    return distances / (given * (given - 1) / 2) if given > 1 else 0.0


def gap(roles: Iterable[RoleView]) -> float:
    """Return the distance between the positions of leaders and practitioners."""
    positions = {one.role: one.position for one in roles}
    leader, practitioner = positions.get(LEADER), positions.get(PRACTITIONER)
    return 0.0 if leader is None or practitioner is None else abs(leader - practitioner)


def rank(gates: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return the gates whose number is above 0, highest first, equal ones in their order."""
    above = [one for one in gates if one[1] > 0]
    return tuple(id_ for id_, _ in sorted(above, key=lambda one: -one[1]))
