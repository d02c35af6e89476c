"""Several respondents side by side: how their answers spread, and what to discuss first.

Its twin is `generator/quiz/team/view.js`: the same operations on doubles in the same order. It
tells what the page shows, which is less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..scoring.gates import MEASURED, ScoredGate, State
from ..scoring.scorer import Overall, Scorer, coverage

ASIDE = 0.5
"""How far an answer that is none on the scale lies from any other answer."""
LEADER, PRACTITIONER = "leader", "practitioner"

Counts = tuple[tuple[str, int], ...]


class RoleView(NamedTuple):
    """What those of one role answered to a gate."""

    role: str
    counts: Counts
    n: int
    median: float | None


class GateView(NamedTuple):
    """The answers to one gate, in the order of the respondents, None where there is none.

    Places are from 0, the lowest answer of the gate's scale, to 1, its highest. `n` counts answers
    that have a place: who does not know, or holds that the gate does not apply, stands in `counts`
    and is never averaged away. The places are None where n is 0. `disagreement` is the mean
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


class Respondent(NamedTuple):
    """Who answered, and where their answers alone put the product.

    `name` is empty where it is hidden or was never given. `repeats` is the number, from 1, of an
    earlier respondent of the same name and date.
    """

    name: str
    role: str
    date: str
    repeats: int | None
    coverage: Mapping[str, int]
    overall: Overall


class Team(NamedTuple):
    """All respondents of one rubric.

    `discuss` are the gates on which people disagree, most first; `apart` those on which the medians
    of leaders and practitioners differ, most first.
    """

    respondents: tuple[Respondent, ...]
    gates: tuple[GateView, ...]
    discuss: tuple[str, ...]
    apart: tuple[str, ...]


def view_team(scorer: Scorer, said: Iterable[Assessment], *, hide_names: bool = False) -> Team:
    """Put the assessments of a rubric side by side; one of them is looked at a time."""
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
                overall=result.overall,
            )
        )
        for id_, state in result.states.items():
            states[id_].append(state)
    members: dict[str, list[int]] = {}
    for index, respondent in enumerate(respondents):
        if respondent.role:
            members.setdefault(respondent.role, []).append(index)
    gates = tuple(view_gate(gate, states[gate.id], members) for gate in scorer.gates)
    return Team(
        tuple(respondents),
        gates,
        rank([(view.gate, view.disagreement) for view in gates]),
        rank([(view.gate, gap(view.roles)) for view in gates]),
    )


def view_gate(
    gate: ScoredGate, states: Sequence[State], members: Mapping[str, Sequence[int]]
) -> GateView:
    """Return how the answers to a gate spread; `members` are the respondents of each role."""
    answers = tuple(state.answer for state in states)
    places = [place_of(gate, state) for state in states]
    ranked = sort_places(places)
    roles = []
    for role, indexes in members.items():
        counts = count_answers(gate, [answers[index] for index in indexes])
        if counts:
            own = sort_places([places[index] for index in indexes])
            roles.append(RoleView(role, counts, len(own), median(own)))
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
    )


def place_of(gate: ScoredGate, state: State) -> float | None:
    """Return an answer's place between the ends of its scale; None for one that is not on it."""
    if state.score is None or state.answer in (UNKNOWN, NOT_APPLICABLE):
        return None
    width = gate.top - gate.bottom
    return min(max((state.score - gate.bottom) / width, 0.0), 1.0) if width > 0 else 0.0


def sort_places(places: Iterable[float | None]) -> list[float]:
    """Return the places that there are, lowest first."""
    return sorted(place for place in places if place is not None)


def count_answers(gate: ScoredGate, answers: Iterable[str | None]) -> Counts:
    """Count each answer that was given, in the order of the scale, those that are none last."""
    found = Counter(answers)
    order = (*(gate.scores or (MEASURED,)), UNKNOWN, NOT_APPLICABLE)
    return tuple((answer, found[answer]) for answer in order if answer in found)


def median(ranked: Sequence[float]) -> float | None:
    """Return the median of sorted places: the mean of the middle two where they are even."""
    half = len(ranked) // 2
    if not ranked:
        return None
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def disagreement(ranked: Sequence[float], unknown: int, not_applicable: int) -> float:
    """Return Gini's mean difference: the mean distance over all pairs of answers.

    Each step between neighbours in the sorted places parts those below it from those above, so the
    sum over all pairs takes one walk.
    """
    n, aside = len(ranked), unknown + not_applicable
    distances = ASIDE * (n * aside + unknown * not_applicable)
    for below in range(1, n):
        distances += below * (n - below) * (ranked[below] - ranked[below - 1])
    given = n + aside
    return distances / (given * (given - 1) / 2) if given > 1 else 0.0


def gap(roles: Iterable[RoleView]) -> float:
    """Return how far apart the medians of leaders and practitioners are."""
    medians = {one.role: one.median for one in roles}
    leader, practitioner = medians.get(LEADER), medians.get(PRACTITIONER)
    return 0.0 if leader is None or practitioner is None else abs(leader - practitioner)


def rank(gates: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return the gates whose number is above 0, highest first, equal ones as they stand."""
    above = [one for one in gates if one[1] > 0]
    return tuple(id_ for id_, _ in sorted(above, key=lambda one: -one[1]))
