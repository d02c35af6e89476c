"""The order of plays: what to do first so that gates open soonest.

Its twin is `generator/quiz/scoring/planning.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..rubric.model import Remediation, Rubric


class PlanStep(NamedTuple):
    """A play, the gates that it newly opens, and its least and most weeks, where it says them."""

    remediation: str
    opens: tuple[str, ...]
    blocking: int
    weeks: tuple[float, float] | None


def order_plays(
    rubric: Rubric, needed: Sequence[str]
) -> tuple[tuple[PlanStep, ...], tuple[str, ...]]:
    """Return the plays that open gates, in order, and the gates that none opens.

    Each next play is the one that opens most blocking gates per week of effort, then most gates,
    then the first in the rubric, among those whose gates require nothing that is still shut. A play
    without effort is taken to need as much as the middle one of those that say it.
    """
    left = set(needed)
    usual = usual_weeks(rubric)
    candidates = [
        (id_, play) for id_, play in rubric.remediations.items() if not left.isdisjoint(play.opens)
    ]
    openable = {gate for _, play in candidates for gate in play.opens}
    unopened = tuple(gate for gate in needed if gate not in openable)
    left -= set(unopened)
    plan: list[PlanStep] = []
    while left:
        candidates = [one for one in candidates if not left.isdisjoint(one[1].opens)]
        ready = [one for one in candidates if is_ready(rubric, one[1], left)]
        id_, play = max(ready or candidates, key=lambda one: worth(rubric, one[1], left, usual))
        plan.append(make_step(rubric, id_, play, needed, left))
        left -= set(play.opens)
    return tuple(plan), unopened


def is_ready(rubric: Rubric, play: Remediation, left: set[str]) -> bool:
    """Return whether what a play would open requires nothing that stays shut after it."""
    after = left - set(play.opens)
    opens = (gate for gate in play.opens if gate in left)
    return all(after.isdisjoint(rubric.gates[gate].requires) for gate in opens)


def worth(rubric: Rubric, play: Remediation, left: set[str], usual: float) -> tuple[float, float]:
    """Return what plays are ordered by: blocking gates per mean week, then gates per mean week."""
    opens = [gate for gate in dict.fromkeys(play.opens) if gate in left]
    blocking = sum(rubric.gates[gate].blocking for gate in opens)
    span = weeks_of(play)
    weeks = usual if span is None else mean_weeks(span)
    return blocking / weeks, len(opens) / weeks


def make_step(
    rubric: Rubric, id_: str, play: Remediation, needed: Sequence[str], left: set[str]
) -> PlanStep:
    """Return a play as a step of a plan, with the gates that it would newly open."""
    opens = tuple(gate for gate in needed if gate in left and gate in play.opens)
    return PlanStep(id_, opens, sum(rubric.gates[gate].blocking for gate in opens), weeks_of(play))


def weeks_of(play: Remediation) -> tuple[float, float] | None:
    """Return the least and most weeks of a play, or None where it has no effort."""
    return (play.effort.weeks[0], play.effort.weeks[1]) if play.effort else None


def mean_weeks(span: tuple[float, float]) -> float:
    """Return the mean of the least and the most weeks; what takes no time takes half a day."""
    return (span[0] + span[1]) / 2 or 0.1


def usual_weeks(rubric: Rubric) -> float:
    """Return the lower median of the mean weeks of all plays that say them; 1 where none does."""
    spans = [weeks_of(play) for play in rubric.remediations.values()]
    known = sorted(mean_weeks(span) for span in spans if span is not None)
    return known[(len(known) - 1) // 2] if known else 1.0
