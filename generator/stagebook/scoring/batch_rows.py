"""The rows of a rubric for scoring many assessments, and what a cell of them comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .diagnosis import stages_to_reach
from .intervals import Item, Score, Trace
from .scorer import DimensionResult, Scorer, Stages

NO_TRACE = Trace("ladder", ())
WEIGH, ANSWERED, SETTLED = 1, 2, 4
ALL = WEIGH | ANSWERED | SETTLED


class Ending(NamedTuple):
    """What the climb of a row comes to: its position, the result, and the level reached."""

    item: Item | None
    result: DimensionResult
    level: float | None


NOTHING = Ending(None, DimensionResult(None, None, None, Stages(), ()), None)
"""Of a row in which no gate counts."""


@dataclass(slots=True)
class Cell:
    """What the states of one cell's gates come to; counts are of gates that apply."""

    score: Score
    gates: int
    open: int
    shut: tuple[str, ...]
    low: float
    high: float
    so_far: float
    """The fractions on a ladder, as in an `Outcome`."""
    kinds: int
    """Whether gates of the cell `WEIGH`, are `ANSWERED`, and weigh for certain: it is `SETTLED`."""
    unmet_bits: int
    missing_bits: int
    """The gates of the `Reason` why a ladder's cell is not complete; 0 if it is."""
    row: tuple[float | None, float | None, float | None, int, int, int]
    """The score, the counts, and how many gates are shut."""
    is_complete: bool
    """Whether each of the fractions is 1, so that every climb leads on."""
    number: int = field(compare=False)
    """Its place among all cells that have been seen."""
    ending: Ending | None = None
    """What every climb comes to that comes to this cell, if none leads past it."""


class Row:
    """The cells of a dimension, or of what limits by it, prepared for looking up."""

    def __init__(self, scorer: Scorer, of: str, id_: str) -> None:
        """Find out where a climb comes to each cell."""
        self.of, self.id, gates = of, id_, scorer.rows[of, id_]
        self.stages = [*gates]
        floor, rising = float(scorer.ladder.floor), scorer.ladder.rising
        below = [floor, *(height for _, height in rising)]
        self.steps = [
            (self.stages.index(stage), base)
            for (stage, _), base in zip(rising, below, strict=False)
            if stage in gates
        ]
        """The place of each cell that a climb comes to, and the level below it."""
        self.bases = {self.stages[place]: base for place, base in self.steps}
        self.weight = scorer.rubric.dimension_weights[id_] if of == "dimension" else 1
        self.top = below[-1]
        after = {
            id_: [one for one in scorer.ladder.after(id_) if one in gates]
            for id_ in scorer.ladder.stages
        }
        self.next_cell: dict[str | None, int | None] = {
            low: self.stages.index(above[0]) if above else None for low, above in after.items()
        }
        """The place of the first cell above each stage, if there is one."""
        self.next_cell[None] = None
        self.above = {
            low: [
                (place, scorer.ladder.levels[stage], stage in after.get(low or "", []))
                for place, stage in enumerate(self.stages)
                if stage in stages_to_reach(scorer, low)
            ]
            for low in self.next_cell
        }
        """The cells not reached at each stage: place, level, and whether it is above that."""
