"""Planning for many assessments: what `diagnosis.needed_gates` and `planning.order_plays` return.

What depends on the rubric alone is looked up once. A property holds both to the same plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .gates import State, is_shut
from .planning import PlanStep, Worth, rate_of, risk_of, weeks_of
from .scorer import Scorer


class Planner:
    """A rubric prepared for planning."""

    def __init__(self, scorer: Scorer) -> None:
        """Look up what each play opens and takes, and what each gate requires."""
        rubric = scorer.rubric
        self.places = {gate.id: place for place, gate in enumerate(scorer.gates)}
        self.requires = {
            id_: frozenset(gate.requires) for id_, gate in rubric.gates.items() if gate.requires
        }
        self.order_of = {id_: place for place, id_ in enumerate(rubric.remediations)}
        self.opens = {id_: frozenset(play.opens) for id_, play in rubric.remediations.items()}
        blocking = {id_ for id_, gate in rubric.gates.items() if gate.blocking}
        self.blocking = {id_: opens & blocking for id_, opens in self.opens.items()}
        self.span = {id_: weeks_of(play) for id_, play in rubric.remediations.items()}
        self.rates = {id_: rate_of(rubric, play) for id_, play in rubric.remediations.items()}
        self.rubric, self.order_by = rubric, rubric.scoring.plan
        self.openers: dict[str, list[str]] = {}
        for id_, opens in self.opens.items():
            for gate in opens:
                self.openers.setdefault(gate, []).append(id_)

    def needed(self, named: Iterable[str], states: Mapping[str, State]) -> list[str]:
        """Return the gates known to be shut among those named, with those that they require."""
        wanted = {id_ for id_ in named if is_shut(states[id_])}
        waiting = [id_ for id_ in wanted if id_ in self.requires]
        while waiting:
            for required in self.requires.get(waiting.pop(), ()):
                state = states.get(required)
                if required not in wanted and state is not None and is_shut(state):
                    wanted.add(required)
                    waiting.append(required)
        return sorted(wanted, key=self.places.__getitem__)

    def order(self, needed: Sequence[str]) -> tuple[tuple[PlanStep, ...], tuple[str, ...]]:
        """Return the plays that open gates, in order, and the gates that none opens."""
        found = {play for gate in needed for play in self.openers.get(gate, ())}
        unopened = tuple([gate for gate in needed if gate not in self.openers])
        candidates = sorted(found, key=self.order_of.__getitem__)
        left = set(needed) - set(unopened)
        plan: list[PlanStep] = []
        while left:
            candidates = [play for play in candidates if not left.isdisjoint(self.opens[play])]
            ready = [play for play in candidates if self.is_ready(play, left)]
            best = max(ready or candidates, key=lambda play: self.worth(play, left))
            newly = left & self.opens[best]
            opens = tuple([gate for gate in needed if gate in newly])
            blocking = len(newly & self.blocking[best])
            plan.append(PlanStep(best, opens, blocking, self.span[best]))
            left -= newly
        return tuple(plan), unopened

    def is_ready(self, play: str, left: set[str]) -> bool:
        """Return whether what a play would open requires nothing that stays shut after it."""
        opens = self.opens[play]
        asking = [gate for gate in opens if gate in self.requires and gate in left]
        after = left - opens if asking else left
        return all([after.isdisjoint(self.requires[gate]) for gate in asking])

    def worth(self, play: str, left: set[str]) -> Worth:
        """Return what plays are ordered by, as `planning.worth` does."""
        if self.order_by == "rubric":
            return 0.0, 0.0
        if self.order_by == "risk":
            return risk_of(self.rubric, [*(self.opens[play] & left)])
        rate = self.rates[play]
        return len(self.blocking[play] & left) / rate, len(self.opens[play] & left) / rate
