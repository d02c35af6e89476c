"""Scoring many assessments: the numbers of `scorer`, `diagnosis` and `planning`, in less time.

What depends on the rubric or on the answers of one cell alone is calculated once and remembered,
and no trace is kept. A property holds every number to the bit to what the other modules give.
Models that this path does not know are scored by them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..assessment.reader import Assessment
from .batch_cells import Cells
from .batch_climbs import Climbs
from .batch_plays import Planned, Planner
from .batch_rows import NO_TRACE, Cell, Row
from .batch_states import States
from .batch_way import Ends, Way
from .diagnosis import compare_belief, find_reasons, is_reached, needed_gates
from .gates import State, may_be_met
from .holding import next_stage, shut_caps
from .intervals import Item, limit, multiply
from .scorer import (
    REMEMBERED,
    DimensionResult,
    Items,
    Overall,
    Result,
    Scorer,
    Stages,
    score_of,
)


class Brief(NamedTuple):
    """What is kept of an assessment among many."""

    states: Sequence[int]
    """The number of each gate's state, which `BatchScorer.states` lists."""
    overall: Overall
    dimensions: Mapping[str, DimensionResult]
    cells: list[Cell]
    """Those of all dimensions, in the order of `BatchScorer.cell_names`."""
    believed: tuple[str, int | None] | None
    target: str | None
    plan: list[Planned]
    unopened: int
    """The set of gates that the plan needs and no play opens."""


class BatchScorer:
    """A rubric prepared for scoring many assessments."""

    def __init__(self, scorer: Scorer) -> None:
        """Find out whether the faster path knows the model, and prepare it."""
        self.scorer = scorer
        self.is_fast = scorer.scoring.dimension == "ladder" and scorer.rule.by != "ladder"
        self.cell_names = [(id_, stage) for id_, row in scorer.cells.items() for stage in row]
        # Most models have nothing that reads single states once cells are known.
        self.reads_states = scorer.rule.of == "gates" or bool(scorer.capping)
        self.has_groups = any(one.group for one in scorer.rubric.dimensions.values())
        self.is_plain = scorer.scoring.times == 1 and not scorer.capping
        self.is_least = (scorer.rule.of, scorer.rule.by) == ("dimensions", "min")
        self.marks = lru_cache(REMEMBERED)(self.find_marks)
        self.climbs, self.planner, self.way = Climbs(scorer), Planner(scorer), Way(scorer)
        self.rows = {id_: Row(scorer, "dimension", id_) for id_ in scorer.cells}
        self.limiting = {id_: Row(scorer, "limit", id_) for id_ in scorer.limiting}
        self.rising = {**self.rows, **self.limiting}
        self.prepare()

    def prepare(self) -> None:
        """Start without anything that is remembered of assessments."""
        self.states = States(self.scorer)
        self.cells = Cells(self.scorer, self.climbs, self.states.kinds)
        look = self.cells.lookups
        self.looking = {id_: look(row) for id_, row in self.rows.items()}
        self.looking_limits = {id_: look(row) for id_, row in self.limiting.items()}

    def forget(self) -> None:
        """Make room once too much is remembered; numbers of states may then change."""
        if len(self.states.listed) > REMEMBERED:
            self.prepare()
        self.cells.forget()
        self.planner.forget()

    def score(self, assessment: Assessment) -> Brief:
        """Score an assessment and plan its plays."""
        scorer, numbers = self.scorer, self.states.of(assessment)
        kinds = self.states.kinds_of(numbers)
        cells = {
            id_: [seen[pick(kinds)] for pick, seen in row] for id_, row in self.looking.items()
        }
        if not self.is_fast:
            return self.brief(assessment, numbers, scorer.score(assessment), cells, cells, ({}, {}))
        limiting = {
            id_: [seen[pick(kinds)] for pick, seen in row]
            for id_, row in self.looking_limits.items()
        }
        end = self.climbs.of
        ends = {id_: end(row, cells[id_]) for id_, row in self.rows.items()}
        limits = {id_: end(row, limiting[id_]) for id_, row in self.limiting.items()}
        result = self.result(
            self.states.by_gate(numbers) if self.reads_states else {}, ends, limits
        )
        rising = {**cells, **limiting}
        return self.brief(assessment, numbers, result, cells, rising, (ends, limits))

    def result(self, states: Mapping[str, State], ends: Ends, limits: Ends) -> Result:
        """Return what is scored, without what nobody asks for of many."""
        dimensions = {id_: end.item for id_, end in ends.items()}
        groups = self.scorer.group(dimensions) if self.has_groups else {}
        limiting = {id_: end.item for id_, end in limits.items()}
        items = Items(None, groups, {}, dimensions, limiting, {}, {})
        return Result(
            states,
            self.overall(states, items),
            {id_: score_of(item) for id_, item in groups.items()},
            {},
            {id_: end.result for id_, end in ends.items()},
            {},
            {},
            items,
        )

    def brief(
        self,
        assessment: Assessment,
        numbers: Sequence[int],
        result: Result,
        cells: Mapping[str, Sequence[Cell]],
        rising: Mapping[str, Sequence[Cell]],
        ends: tuple[Ends, Ends],
    ) -> Brief:
        """Return what is kept, with the plays in the order of the plan.

        The cells of `rising` are of blocking gates alone where these limit the overall score.
        """
        target = assessment.target_stage or next_stage(self.scorer, result)
        every = [cell for row in cells.values() for cell in row]
        needed = self.needed(result, every, rising, ends, target)
        return Brief(
            numbers,
            result.overall,
            result.dimensions,
            every,
            compare_belief(self.scorer, assessment, result),
            target,
            self.planner.order(needed),
            needed & ~self.planner.openable,
        )

    def needed(
        self,
        result: Result,
        every: Sequence[Cell],
        rising: Mapping[str, Sequence[Cell]],
        ends: tuple[Ends, Ends],
        target: str | None,
    ) -> int:
        """Return the gates that a plan is for, as `diagnosis.needed_gates` does."""
        scorer, set_of = self.scorer, self.planner.set_of
        if not self.is_fast:
            return set_of(needed_gates(scorer, result, find_reasons(scorer, result), target))
        if is_reached(scorer, result, target):
            return 0
        capping = shut_caps(scorer, result, target) if scorer.capping else []
        caps = set_of(id_ for id_ in capping if may_be_met(result.states[id_]))
        unmet = caps
        for cell in every:
            unmet |= cell.unmet_bits
        way = self.way.gates(result, self.rising, rising, ends, target)
        return self.planner.needed(way | caps, unmet)

    def overall(self, states: Mapping[str, State], items: Items) -> Overall:
        """Return the overall score, with the stages and bands that it reaches."""
        item = self.least(items) if self.is_least else None
        if item is None:
            scored = items.dimensions, items.limits, items.groups
            item = self.scorer.overall_item(states, *scored, {})
        if not self.is_plain or item is None:
            item = limit(multiply(item, self.scorer.scoring.times), self.scorer.caps(states))
            return self.scorer.overall(item, states)
        numbers = item.low, item.high, item.so_far
        return Overall(*numbers, *self.marks(*numbers))

    def least(self, items: Items) -> Item | None:
        """Return the least of what counts, as `reduce_items` does, if all of it is certain."""
        dimensions = [items.dimensions[id_] for id_ in self.way.counted]
        counted = [item for item in dimensions if item is not None]
        left = [*counted, *[item for item in items.limits.values() if item is not None]]
        if not counted or any([item.optional for item in left]):
            return None
        low, high = min([item.low for item in left]), min([item.high for item in left])
        so_far = None
        if any([item.so_far is not None for item in counted]):
            so_far = min([item.so_far for item in left if item.so_far is not None])
        return Item(low, 0.0 + high, so_far, 1, False, "overall", "", NO_TRACE)

    def find_marks(self, low: float, high: float, so_far: float | None) -> tuple[Stages, Stages]:
        """Return the stages and bands of an overall score that nothing caps."""
        item = Item(low, high, so_far, 1, False, "overall", "", NO_TRACE)
        return self.scorer.overall(item, {})[3:]
