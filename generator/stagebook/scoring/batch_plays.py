"""Planning for many assessments: what `diagnosis.needed_gates` and `planning.order_plays` return.

What depends on the rubric alone is looked up once, and sets of gates are numbers with a bit for
each. A property holds both to the same plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from ..rubric.model import Remediation
from .planning import PlanItem, Worth, rate_of, risk_of, weeks_of
from .scorer import REMEMBERED, Scorer

_worth = itemgetter(0)


class Play(NamedTuple):
    """A play with what it costs and takes, and sets of gates."""

    id: str
    opens: int
    blocking: int
    asking: tuple[tuple[int, int], ...]
    """Each gate that requires others, with these."""
    touched: int
    """The gates that say what the play is worth, and whether it is ready."""
    rate: float
    weeks: tuple[float, float] | None


class Planned(NamedTuple):
    """A play of a plan, with the set of gates that it newly opens."""

    play: Play
    opens: int
    blocking: int
    row: tuple[str, int, int, float | None, float | None]
    """The play, how many gates it opens, how many of them are blocking, and its weeks."""


Seen = dict[int, tuple[Worth, Planned]]
"""What a play is worth, and what it would be in a plan, by the gates that it touches."""


class Planner:
    """A rubric prepared for planning."""

    def __init__(self, scorer: Scorer) -> None:
        """Look up what each play opens and takes, and what each gate requires."""
        self.rubric = rubric = scorer.rubric
        self.bits = {gate.id: 1 << place for place, gate in enumerate(scorer.gates)}
        self.requires = {
            self.bits[id_]: self.set_of(gate.requires)
            for id_, gate in rubric.gates.items()
            if gate.requires
        }
        self.requiring = sum(self.requires)
        self.blocking = self.set_of(id_ for id_, gate in rubric.gates.items() if gate.blocking)
        self.order_by = rubric.scoring.plan
        self.plays = {id_: self.see(id_, play) for id_, play in rubric.remediations.items()}
        self.openable = 0
        for play in self.plays.values():
            self.openable |= play.opens
        self.near = {
            id_: [one for one in self.plays.values() if one.touched & play.opens]
            for id_, play in self.plays.items()
        }
        """The plays of which another one may change what they are worth."""
        self.openings = [(play.opens, play) for play in self.plays.values()]
        self.seen: dict[str, Seen] = {id_: {} for id_ in self.plays}

    def see(self, id_: str, play: Remediation) -> Play:
        """Return a play with its sets of gates."""
        opens = touched = self.set_of(play.opens)
        asking = tuple([one for one in self.requires.items() if one[0] & opens])
        for _, required in asking:
            touched |= required
        rate = rate_of(self.rubric, play)
        return Play(id_, opens, opens & self.blocking, asking, touched, rate, weeks_of(play))

    def set_of(self, gates: Iterable[str]) -> int:
        """Return a set of gates; of an id that the rubric does not have, nothing."""
        return sum({self.bits.get(id_, 0) for id_ in gates})

    def ids_of(self, gates: int) -> tuple[str, ...]:
        """Return the ids of a set of gates, in the order of the rubric."""
        return tuple([id_ for id_, bit in self.bits.items() if bit & gates])

    def needed(self, named: int, unmet: int) -> int:
        """Return the gates known not to be met among those named, with those that they require."""
        wanted = named & unmet
        waiting = wanted & self.requiring
        while waiting:
            gate = waiting & -waiting
            more = self.requires[gate] & unmet & ~wanted
            wanted |= more
            waiting = (waiting ^ gate) | (more & self.requiring)
        return wanted

    def order(self, needed: int) -> list[Planned]:
        """Return the plays that open gates, in order."""
        left, look = needed & self.openable, self.look
        found = {play.id: look(play, left) for opens, play in self.openings if opens & left}
        plan: list[Planned] = []
        while left:
            # Of several that are worth the same, the first in the rubric.
            planned = max(found.values(), key=_worth)[1]
            best, newly = planned.play, planned.opens
            plan.append(planned)
            left ^= newly
            for play in self.near[best.id]:
                if not play.opens & left:
                    found.pop(play.id, None)
                elif play.touched & newly:
                    found[play.id] = look(play, left)
        return plan

    def look(self, play: Play, left: int) -> tuple[Worth, Planned]:
        """Return what a play is worth, and what it would be in a plan, both remembered."""
        seen, touched = self.seen[play.id], left & play.touched
        found = seen.get(touched)
        if found is None:
            opens = left & play.opens
            blocking = (opens & self.blocking).bit_count()
            row = (play.id, opens.bit_count(), blocking, *(play.weeks or (None, None)))
            found = seen[touched] = self.worth(play, left), Planned(play, opens, blocking, row)
        return found

    def forget(self) -> None:
        """Make room once too much is remembered."""
        for seen in self.seen.values():
            if len(seen) > REMEMBERED // len(self.seen):
                seen.clear()

    def worth(self, play: Play, left: int) -> Worth:
        """Return what plays are ordered by: `planning.is_ready`, then `planning.worth`."""
        after = left & ~play.opens
        waits = any([required & after for gate, required in play.asking if gate & left])
        if self.order_by == "rubric":
            return not waits, 0.0, 0.0
        if self.order_by == "risk":
            return not waits, *risk_of(self.rubric, self.ids_of(play.opens & left))
        blocking, opens = (play.blocking & left).bit_count(), (play.opens & left).bit_count()
        return not waits, blocking / play.rate, opens / play.rate

    def step(self, planned: Planned) -> PlanItem:
        """Return a play of a plan as `planning.order_plays` does."""
        play = planned.play
        return PlanItem(play.id, self.ids_of(planned.opens), planned.blocking, play.weeks)
