"""The ladder: which cells are complete, and how far up a climb leads.

Its twin is `generator/quiz/scoring/ladder.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..rubric.model import Rubric
from .gates import ScoredGate, State
from .intervals import Part, lowest
from .rounding import reaches, whole_steps

BELOW_NEXT = 0.99
"""A cell that is not complete never counts as a whole stage."""
REMEMBERED = 50_000


class Climb(NamedTuple):
    """A position on the ladder, the level reached, and the stage to which a part is added."""

    position: float
    level: float
    next: str | None


class Ladder:
    """The stages of a rubric, from floor to top."""

    def __init__(self, rubric: Rubric) -> None:
        """Sort the stages by level."""
        self.levels = {id_: stage.level for id_, stage in rubric.stages.items()}
        self.stages = list(rubric.ladder)
        self.floor = self.levels[self.stages[0]]
        self.share = rubric.scoring.share
        self.stage_at = lru_cache(REMEMBERED)(self.find_stage)

    def fraction(
        self, gates: Sequence[ScoredGate], states: Sequence[State], assumed: float | None
    ) -> float:
        """Return 1 for a complete cell, else the mean of its gates' shares, which stays below 1.

        Unanswered gates count as their lowest answer where `assumed` is 0, as their best where it
        is 1, and with None not at all.
        """
        shares: list[tuple[float, float, bool]] = []
        opened, blocked, left_out, weighs = 0, False, False, False
        for gate, state in zip(gates, states, strict=True):
            if not state.applies:
                continue
            share, is_open = assumed, assumed == 1
            if assumed == 0:
                share = gate.share(gate.unanswered.low)
            if state.score is not None:
                share, is_open = gate.share(state.score), state.is_open
            if share is None:
                left_out = True
                continue
            # An unanswered gate may also turn out not to apply.
            optional = state.score is None and gate.unanswered.optional
            weighs = weighs or (gate.weight > 0 and not (optional and assumed == 1))
            shares.append((share, gate.weight, optional and assumed == 0))
            opened += is_open
            blocked = blocked or (gate.blocking and not is_open)
        if not shares:
            return 0.0 if left_out else 1.0
        # What neither weighs nor blocks keeps nobody from a stage.
        if not blocked and (not (weighs or left_out) or reaches(opened / len(shares), self.share)):
            return 1.0
        weighted = [entry for entry in shares if entry[1] > 0]
        return min(lowest("mean", weighted), BELOW_NEXT) if weighted else 0.0

    def shares(self, gates: Sequence[ScoredGate], states: Sequence[State]) -> tuple[Part, ...]:
        """Return what the answers so far add to the fraction of a cell."""
        return tuple(
            [
                Part("gate", gate.id, gate.share(state.score), gate.weight)
                for gate, state in zip(gates, states, strict=True)
                if state.score is not None and gate.weight > 0
            ]
        )

    def climb(self, fractions: Mapping[str, float]) -> Climb:
        """Climb from cell to cell until one is not complete; a stage without a cell is."""
        level = float(self.floor)
        for stage in self.stages[1:]:
            fraction = fractions.get(stage, 1.0)
            if fraction < 1:
                return Climb(level + fraction, level, stage)
            level = float(self.levels[stage])
        return Climb(level, level, None)

    def find_stage(self, score: float | None) -> str | None:
        """Return the highest stage whose level a place on the ladder reaches.

        `stage_at` is the same, remembered.
        """
        if score is None:
            return None
        steps = min(max(whole_steps(score, 1.0) - self.floor, 0), len(self.stages) - 1)
        return self.stages[steps]

    def after(self, stage: str) -> list[str]:
        """Return the stages above one, ascending."""
        return self.stages[self.stages.index(stage) + 1 :]
