"""Climbs of many assessments: what the cells of a dimension come to, without a trace.

Most climbs end in one cell whatever the missing answers will be. Of such a cell what a climb
comes to is found once, when its answers are first seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .batch_rows import ALL, ANSWERED, NO_TRACE, NOTHING, SETTLED, WEIGH, Cell, Ending, Row
from .intervals import Item
from .rounding import whole_steps
from .scorer import REMEMBERED, DimensionResult, Scorer, Stages


class Climbs:
    """A rubric prepared for climbing."""

    def __init__(self, scorer: Scorer) -> None:
        """Look up what all climbs share."""
        self.scorer, self.ladder = scorer, scorer.ladder
        stage_at = scorer.ladder.stage_at
        self.stages = lru_cache(REMEMBERED)(lambda *ends: Stages(*map(stage_at, ends)))

    def of(self, row: Row, cells: Sequence[Cell]) -> Ending:
        """Return what the cells of a row come to."""
        for place, _ in row.steps:
            cell = cells[place]
            if cell.ending is not None:
                return cell.ending
            if not cell.is_complete:
                break
        return self.climb(row, cells)

    def certain(self, row: Row, stage: str, cell: Cell) -> Ending | None:
        """Return what every climb comes to that comes to a cell, if none leads past it."""
        base = row.bases.get(stage)
        is_last = cell.low < 1 and cell.high < 1 and cell.so_far < 1
        if base is None or not is_last or cell.kinds != ALL or self.ladder.is_apart:
            return None
        low, high, so_far = base + cell.low, base + cell.high, base + cell.so_far
        item = Item(low, high, max(low, so_far), row.weight, False, row.of, row.id, NO_TRACE)
        ending = self.end(row, item)
        place = row.next_cell[ending.result.stage.low]
        if place is None or row.stages[place] != stage:
            return None  # Something else holds it there.
        return ending._replace(result=ending.result._replace(shut=cell.shut))

    def climb(self, row: Row, cells: Sequence[Cell]) -> Ending:
        """Return the position on the ladder, as `Scorer.climb` does, and what is there."""
        kinds = 0
        for cell in cells:
            kinds |= cell.kinds
        if not kinds & WEIGH:
            return NOTHING
        low, high, so_far = self.positions(row, cells)
        optional = not kinds & SETTLED
        now = max(low, so_far) if kinds & ANSWERED else None
        item = Item(low, high, now, row.weight, optional, row.of, row.id, NO_TRACE)
        ending = self.end(row, item)
        place = row.next_cell[ending.result.stage.low]
        if place is None:
            return ending
        return ending._replace(result=ending.result._replace(shut=cells[place].shut))

    def positions(self, row: Row, cells: Sequence[Cell]) -> tuple[float, float, float]:
        """Return how far up each assumption leads, as `Ladder.climb` does."""
        if self.ladder.is_apart:
            seen = dict(zip(row.stages, cells, strict=True))
            low, high = self.ladder.reach(seen, "low"), self.ladder.reach(seen, "high")
            return low.position, high.position, self.ladder.reach(seen, "so_far").position
        ends: list[float | None] = [None, None, None]
        for place, base in row.steps:
            cell = cells[place]
            if ends[0] is None and cell.low < 1:
                ends[0] = base + cell.low
            if ends[1] is None and cell.high < 1:
                ends[1] = base + cell.high
            if ends[2] is None and cell.so_far < 1:
                ends[2] = base + cell.so_far
            if None not in ends:
                break
        low_end, high_end, now = (row.top if end is None else end for end in ends)
        return low_end, high_end, now

    def end(self, row: Row, item: Item) -> Ending:
        """Return what a position comes to, with nothing that is shut yet."""
        scaled = self.scorer.scaled(item)
        assert scaled is not None
        ends = scaled.low, scaled.high, scaled.so_far
        # One that has been multiplied has a trace.
        stages = self.stages(*ends) if scaled.trace is NO_TRACE else self.scorer.stages(scaled)
        result = DimensionResult(*ends, stages, ())
        level = whole_steps(scaled.low / self.scorer.factors.get(row.of, 1.0), 1.0)
        return Ending(scaled, result, float(level))
