"""What stands between many assessments and their next stage: sets of gates, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from .batch_rows import Cell, Ending, Row
from .holding import decisive, find_holding
from .scorer import REMEMBERED, Result, Scorer

Ends = Mapping[str, Ending]


class Way:
    """A rubric prepared for looking up what is on the way to a stage."""

    def __init__(self, scorer: Scorer) -> None:
        """Find out which dimensions, with their weights, the overall score may hang on."""
        self.scorer, self.levels = scorer, scorer.ladder.levels
        weights = scorer.rubric.dimension_weights
        self.counted = [id_ for id_ in weights if id_ in scorer.counted]
        self.parts = [
            *((id_, weights[id_]) for id_ in self.counted),
            *((id_, 1.0) for id_ in scorer.limiting),
        ]
        self.rising = lru_cache(REMEMBERED)(self.find_rising)

    def gates(
        self,
        result: Result,
        rows: Mapping[str, Row],
        cells: Mapping[str, Sequence[Cell]],
        ends: tuple[Ends, Ends],
        target: str | None,
    ) -> int:
        """Return the gates of the reasons that stand between the overall score and a stage.

        They are those of `diagnosis.on_the_way`. Of a dimension that limits the overall score,
        rows and cells are of its blocking gates; `ends` are those of all and of these dimensions.
        """
        goal = self.levels[target] if target else None
        named, limits = 0, ends[1]
        for id_ in self.holding(result, ends, goal):
            low = (limits[id_].result if id_ in limits else result.dimensions[id_]).stage.low
            own, is_first, is_next = cells[id_], True, True
            for place, level, is_above in rows[id_].above[low]:
                missing = own[place].missing_bits
                if missing:
                    within = goal is not None and level <= goal
                    if is_first or (is_next and is_above) or within:
                        named |= missing
                    is_first, is_next = False, is_next and not is_above
        return named

    def holding(
        self, result: Result, ends: tuple[Ends, Ends], goal: float | None
    ) -> frozenset[str]:
        """Return the dimensions that must rise, as `find_holding` does with a goal and without."""
        scorer = self.scorer
        if scorer.rule.of != "dimensions" or scorer.capping:
            return frozenset([*find_holding(scorer, result, goal), *find_holding(scorer, result)])
        dimensions, limits = ends
        levels = [dimensions[id_].level for id_ in self.counted]
        levels += [one.level for one in limits.values()]
        return self.rising(goal, *levels)

    def find_rising(self, goal: float | None, *levels: float | None) -> frozenset[str]:
        """Return the dimensions that must rise where these levels are reached."""
        by = self.scorer.rule.by
        parts = [
            (id_, level, weight)
            for (id_, weight), level in zip(self.parts, levels, strict=True)
            if level is not None
        ]
        return frozenset([*decisive(by, parts, goal), *decisive(by, parts)])
