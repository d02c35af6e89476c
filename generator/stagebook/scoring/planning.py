"""The order of plays: what to do first so that gates open soonest.

Its twin is `generator/quiz/scoring/planning.js`: the same names in the same order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..rubric.model import Remediation, Rubric


class PlanItem(NamedTuple):
    """A play, the gates that it newly opens, and its least and most weeks, where it says them."""

    remediation: str
    opens: tuple[str, ...]
    blocking: int
    weeks: tuple[float, float] | None


Worth = tuple[float, ...]


def order_plays(
    rubric: Rubric, needed: Sequence[str]
) -> tuple[tuple[PlanItem, ...], tuple[str, ...]]:
    """Return the plays that open gates, in order, and the gates that none opens.

    Each next play is the one that is worth most, then the first in the rubric, among those whose
    gates require nothing that is still shut. `worth` says what a play is worth.
    """
    left = set(needed)
    rates = [rate_of(rubric, play) for play in rubric.remediations.values()]
    candidates = [
        (id_, play, rate)
        for (id_, play), rate in zip(rubric.remediations.items(), rates, strict=True)
        if not left.isdisjoint(play.opens)
    ]
    openable = {gate for _, play, _ in candidates for gate in play.opens}
    unopened = tuple(gate for gate in needed if gate not in openable)
    left -= set(unopened)
    plan: list[PlanItem] = []
    while left:
        candidates = [one for one in candidates if not left.isdisjoint(one[1].opens)]
        ready = [one for one in candidates if is_ready(rubric, one[1], left)]
        id_, play, _ = max(ready or candidates, key=lambda one: worth(rubric, one[1], left, one[2]))
        plan.append(plan_item(rubric, id_, play, needed, left))
        left -= set(play.opens)
    return tuple(plan), unopened


def is_ready(rubric: Rubric, play: Remediation, left: set[str]) -> bool:
    """Return whether what a play would open requires nothing that stays shut after it."""
    return all(
        other not in left or other in play.opens
        for gate in play.opens
        if gate in left
        for other in rubric.gates[gate].requires
    )


def worth(rubric: Rubric, play: Remediation, left: set[str], rate: float) -> Worth:
    """Return what plays are ordered by: blocking gates for the rate, then gates for the rate.

    In the order of the rubric all plays are worth the same; by risk, see `risk_of`.
    """
    if rubric.scoring.plan == "rubric":
        return 0.0, 0.0
    opens = [gate for gate in dict.fromkeys(play.opens) if gate in left]
    if rubric.scoring.plan == "risk":
        return risk_of(rubric, opens)
    blocking = sum(rubric.gates[gate].blocking for gate in opens)
    return blocking / rate, len(opens) / rate


def risk_of(rubric: Rubric, opens: Sequence[str]) -> Worth:
    """Return how urgent it is to open gates, whatever it takes.

    First the lowest stage with a blocking gate among them, which everything above it presupposes;
    then how many blocking gates of that stage, and how many symptoms the gates are a cause of.
    """
    gates = [rubric.gates[gate] for gate in opens]
    levels = [level_of(rubric, gate.stage) for gate in gates if gate.blocking]
    lowest = min(levels, default=math.inf)
    causes = sum(not set(opens).isdisjoint(one.gates) for one in rubric.symptoms.values())
    return -lowest, float(levels.count(lowest)), float(causes)


def level_of(rubric: Rubric, stage: str | None) -> float:
    """Return the level of a stage; 0 for gates that lead to none."""
    return rubric.stages[stage].level if stage else 0


def plan_item(
    rubric: Rubric, id_: str, play: Remediation, needed: Sequence[str], left: set[str]
) -> PlanItem:
    """Return a play as a step of a plan, with the gates that it would newly open."""
    opens = tuple(gate for gate in needed if gate in left and gate in play.opens)
    return PlanItem(id_, opens, sum(rubric.gates[gate].blocking for gate in opens), weeks_of(play))


def weeks_of(play: Remediation) -> tuple[float, float] | None:
    """Return the least and most weeks of a play, or None where it says none."""
    weeks = play.effort.weeks if play.effort else None
    return (weeks[0], weeks[1]) if weeks else None


def rate_of(rubric: Rubric, play: Remediation) -> float:
    """Return what a play costs: its mean weeks, or by `ratings` its cost for each unit of value.

    What a play does not say is taken to be the middle one of the plays that do.
    """
    if rubric.scoring.plan == "ratings":
        return rated(rubric, play, "cost") / rated(rubric, play, "value")
    span = weeks_of(play)
    return usual_weeks(rubric) if span is None else mean_weeks(span)


def rated(rubric: Rubric, play: Remediation, counts: str) -> float:
    """Return the weighted sum of a play's ratings that count as cost, or as value; at least 0.1."""
    total, named = 0.0, False
    for id_, rating in rubric.ratings.items():
        if rating.counts == counts:
            value = play.effort.ratings.get(id_) if play.effort else None
            total += rating.weight * (usual_rating(rubric, id_) if value is None else value)
            named = True
    return max(total, 0.1) if named else 1.0


def usual_rating(rubric: Rubric, rating: str) -> float:
    """Return the lower median of a rating over the plays that say it; 1 where none does."""
    efforts = [play.effort for play in rubric.remediations.values() if play.effort]
    return lower_median([one.ratings[rating] for one in efforts if rating in one.ratings])


def mean_weeks(span: tuple[float, float]) -> float:
    """Return the mean of the least and the most weeks; what takes no time takes half a day."""
    return (span[0] + span[1]) / 2 or 0.1


def usual_weeks(rubric: Rubric) -> float:
    """Return the lower median of the mean weeks of all plays that say them; 1 where none does."""
    spans = [weeks_of(play) for play in rubric.remediations.values()]
    return lower_median([mean_weeks(span) for span in spans if span is not None])


def lower_median(numbers: list[float]) -> float:
    """Return the lower of the middle two numbers, or the middle one; 1 where there is none."""
    ranked = sorted(numbers)
    return ranked[(len(ranked) - 1) // 2] if ranked else 1.0
