"""The ladder: which cells are complete, and how far up a climb leads.

Its twin is `generator/quiz/scoring/ladder.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from ..rubric.model import Rubric
from .gates import ScoredGate, State
from .intervals import Part, lowest
from .rounding import at_least, whole_steps

BELOW_NEXT = 0.99
"""A cell that is not complete never counts as a whole stage."""
REMEMBERED = 50_000


class Climb(NamedTuple):
    """A position on the ladder, the level reached, and the stage to which a part is added."""

    position: float
    level: float
    next: str | None


Assumption = Literal["low", "high", "so_far"]
"""Unanswered gates counted as their lowest answer, as their best, or not at all."""


class Fractions(Protocol):
    """How much of a cell is done in each assumption: 1 where it is complete, else less."""

    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102
    @property
    def so_far(self) -> float: ...  # noqa: D102


class Ladder:
    """The stages of a rubric, from floor to top."""

    def __init__(self, rubric: Rubric) -> None:
        """Sort the stages by level."""
        self.levels = {id_: stage.level for id_, stage in rubric.stages.items()}
        self.stages = list(rubric.ladder)
        self.floor = self.levels[self.stages[0]] if self.stages else 0
        self.rising = [(stage, float(self.levels[stage])) for stage in self.stages[1:]]
        """The stages above the floor, with their levels."""
        self.is_apart = rubric.scoring.ladder == "apart"
        share = rubric.scoring.share
        self.needed = {
            id_: share if stage.share is None else stage.share
            for id_, stage in rubric.stages.items()
        }
        self.stage_at = lru_cache(REMEMBERED)(self.find_stage)

    def fraction(
        self,
        stage: str,
        gates: Sequence[ScoredGate],
        states: Sequence[State],
        assumed: float | None,
    ) -> float:
        """Return 1 for a complete cell, else the mean of its gates' shares, which stays below 1.

        Unanswered gates count as their lowest answer where `assumed` is 0, as their best where it
        is 1, and with None not at all.
        """
        shares: list[tuple[float, float, bool]] = []
        opened, counted, blocked, left_out, weighs = 0, 0, False, False, False
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
            if gate.bonus and not is_open:
                continue  # It counts only when it is met: the mean may do without it.
            counted += 1
            opened += is_open
            blocked = blocked or (gate.blocking and not is_open)
        if not shares:
            return 0.0 if left_out else 1.0
        # What neither weighs nor blocks keeps nobody from a stage.
        enough = not counted or at_least(opened / counted, self.needed.get(stage, 0.0))
        if not blocked and (enough or not (weighs or left_out)):
            return 1.0
        weighted = [entry for entry in shares if entry[1] > 0]
        return min(lowest("mean", weighted), BELOW_NEXT) if weighted else 0.0

    def shares(self, gates: Sequence[ScoredGate], states: Sequence[State]) -> tuple[Part, ...]:
        """Return what the answers so far add to the fraction of a cell."""
        return tuple(
            [
                Part("gate", gate.id, gate.share(state.score), gate.weight)
                for gate, state in zip(gates, states, strict=True)
                if state.score is not None and state.applies and gate.weight > 0
            ]
        )

    def climb(self, cells: Mapping[str, Fractions], assumption: Assumption) -> Climb:
        """Climb from cell to cell until one is not complete; a stage without a cell is.

        Where stages are apart, climb to the highest one with a complete cell.
        """
        if self.is_apart:
            return self.reach(cells, assumption)
        level = float(self.floor)
        for stage, height in self.rising:
            cell = cells.get(stage)
            if cell is not None:
                fraction = getattr(cell, assumption)
                if fraction < 1:
                    return Climb(level + fraction, level, stage)
            level = height
        return Climb(level, level, None)

    def reach(self, cells: Mapping[str, Fractions], assumption: Assumption) -> Climb:
        """Return the highest stage with a complete cell, and the part of the next cell above it."""
        level, part, following = float(self.floor), 0.0, None
        for stage, height in reversed(self.rising):
            cell = cells.get(stage)
            if cell is None:
                continue
            fraction = getattr(cell, assumption)
            if fraction >= 1:
                level = height
                break
            part, following = fraction, stage
        return Climb(level + part, level, following)

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
