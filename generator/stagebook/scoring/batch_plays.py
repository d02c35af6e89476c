"""Planning for many assessments: what `diagnosis.needed_gates` and `planning.order_plays` return.

What depends on the rubric alone is looked up once, and sets of gates are numbers with a bit for
each. A property holds both to the same plans.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .planning import PlanStep, rate_of, weeks_of
from .scorer import Scorer


class Play(NamedTuple):
    """A play with what it costs and takes, and sets of gates."""

    id: str
    place: int
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


class Planner:
    """A rubric prepared for planning."""

    def __init__(self, scorer: Scorer) -> None:
        """Look up what each play opens and takes, and what each gate requires."""
        rubric = scorer.rubric
        self.ids = [gate.id for gate in scorer.gates]
        self.bits = {id_: 1 << place for place, id_ in enumerate(self.ids)}
        self.requires = {
            self.bits[id_]: self.set_of(gate.requires)
            for id_, gate in rubric.gates.items()
            if gate.requires
        }
        self.requiring = sum(self.requires)
        self.blocking = self.set_of(id_ for id_, gate in rubric.gates.items() if gate.blocking)
        self.in_order = rubric.scoring.plan == "rubric"
        self.plays: list[Play] = []
        self.openable = 0
        for place, (id_, play) in enumerate(rubric.remediations.items()):
            opens = self.set_of(play.opens)
            asking = tuple([one for one in self.requires.items() if one[0] & opens])
            touched = opens
            for _, required in asking:
                touched |= required
            self.openable |= opens
            self.plays.append(
                Play(
                    id_,
                    place,
                    opens,
                    opens & self.blocking,
                    asking,
                    touched,
                    rate_of(rubric, play),
                    weeks_of(play),
                )
            )

    def set_of(self, gates: Iterable[str]) -> int:
        """Return a set of gates; of an id that the rubric does not have, nothing."""
        return sum({self.bits.get(id_, 0) for id_ in gates})

    def ids_of(self, gates: int) -> tuple[str, ...]:
        """Return the ids of a set of gates, in the order of the rubric."""
        return tuple([id_ for id_, bit in self.bits.items() if bit & gates])

    def needed(self, named: int, shut: int) -> int:
        """Return the gates known to be shut among those named, with those that they require."""
        wanted = named & shut
        waiting = wanted & self.requiring
        while waiting:
            gate = waiting & -waiting
            more = self.requires[gate] & shut & ~wanted
            wanted |= more
            waiting = (waiting ^ gate) | (more & self.requiring)
        return wanted

    def order(self, needed: int) -> list[Planned]:
        """Return the plays that open gates, in order."""
        left = needed & self.openable
        plays = [play for play in self.plays if play.opens & left]
        worth = {play.place: self.worth(play, left) for play in plays}
        ready = {play.place: is_ready(play, left) for play in plays}
        plan: list[Planned] = []
        while left:
            candidates = [play for play in plays if ready[play.place]] or plays
            best = max(candidates, key=lambda play: worth[play.place])
            newly = left & best.opens
            plan.append(Planned(best, newly, (newly & self.blocking).bit_count()))
            left ^= newly
            plays = [play for play in plays if play.opens & left]
            for play in plays:
                if play.touched & newly:
                    worth[play.place] = self.worth(play, left)
                    ready[play.place] = is_ready(play, left)
        return plan

    def worth(self, play: Play, left: int) -> tuple[float, float]:
        """Return what plays are ordered by, as `planning.worth` does."""
        if self.order_by == "rubric":
            return 0.0, 0.0
        blocking, opens = (play.blocking & left).bit_count(), (play.opens & left).bit_count()
        return blocking / play.rate, opens / play.rate

    def step(self, planned: Planned) -> PlanStep:
        """Return a play of a plan as `planning.order_plays` does."""
        play = planned.play
        return PlanStep(play.id, self.ids_of(planned.opens), planned.blocking, play.weeks)


def is_ready(play: Play, left: int) -> bool:
    """Return whether what a play would open requires nothing that stays shut after it."""
    after = left & ~play.opens
    return not any([required & after for gate, required in play.asking if gate & left])
