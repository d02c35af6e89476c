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
from .batch_cells import ANSWERED, SETTLED, WEIGH, Cell, Cells, Row
from .batch_plays import Planned, Planner
from .batch_states import States
from .diagnosis import compare_belief, counting_gates, next_stage
from .holding import decisive, find_holding
from .intervals import Item, Trace, limit, multiply
from .rounding import whole_steps
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

NO_TRACE = Trace("ladder", ())


class Brief(NamedTuple):
    """What is kept of an assessment among many."""

    states: list[int]
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
        self.is_optional = scorer.scoring.not_applicable == "exclude"
        self.steps = lru_cache(REMEMBERED)(lambda low: float(whole_steps(low, 1.0)))
        stage_at = scorer.ladder.stage_at
        self.stages = lru_cache(REMEMBERED)(lambda *ends: Stages(*map(stage_at, ends)))
        self.planner = Planner(scorer)
        self.counting = self.planner.set_of(counting_gates(scorer))
        self.prepare()

    def prepare(self) -> None:
        """Start without anything that is remembered of assessments."""
        self.states = States(self.scorer)
        self.cells = Cells(self.scorer, self.states.kinds)
        rows = self.cells.rows
        self.rows = {id_: rows["dimension", id_] for id_ in self.scorer.cells}
        self.limiting = {id_: rows["limit", id_] for id_ in self.scorer.limiting}

    def forget(self) -> None:
        """Make room once too much is remembered; numbers of states may then change."""
        if len(self.states.listed) > REMEMBERED:
            self.prepare()
        self.cells.forget()

    def score(self, assessment: Assessment) -> Brief:
        """Score an assessment and plan its plays."""
        scorer, numbers = self.scorer, self.states.of(assessment)
        kinds = self.states.kinds_of(numbers)
        cells = {id_: self.cells.of(row, kinds) for id_, row in self.rows.items()}
        limiting = {id_: self.cells.of(row, kinds) for id_, row in self.limiting.items()}
        if not self.is_fast:
            return self.brief(assessment, numbers, scorer.score(assessment), cells, limiting)
        items: dict[str, Item | None] = {}
        for id_, weight in scorer.rubric.dimension_weights.items():
            items[id_] = scorer.scaled(self.climb(self.rows[id_], cells[id_], weight))
        limits = {id_: self.climb(row, limiting[id_], 1) for id_, row in self.limiting.items()}
        states = self.states.by_gate(numbers) if self.reads_states else {}
        groups = scorer.group(items)
        overall = scorer.overall_item(states, items, limits, groups, {})
        if scorer.scoring.times != 1:
            overall = multiply(overall, scorer.scoring.times)
        if scorer.capping:
            overall = limit(overall, scorer.caps(states))
        result = Result(
            states=states,
            overall=scorer.overall(overall, states),
            groups={id_: score_of(item) for id_, item in groups.items()},
            topics={},
            dimensions={id_: self.dimension(id_, item, cells[id_]) for id_, item in items.items()},
            cells={},
            stages={},
            items=Items(overall, groups, {}, items, limits, {}, {}),
        )
        return self.brief(assessment, numbers, result, cells, limiting)

    def brief(
        self,
        assessment: Assessment,
        numbers: list[int],
        result: Result,
        cells: Mapping[str, list[Cell]],
        limiting: Mapping[str, list[Cell]],
    ) -> Brief:
        """Return what is kept, with the plays in the order of the plan."""
        target = assessment.target_stage or next_stage(self.scorer, result)
        named = self.counting
        if self.scorer.scoring.dimension == "ladder":
            named = self.on_the_way(result, {**cells, **limiting}, target)
        every = [cell for row in cells.values() for cell in row]
        shut = 0
        for cell in every:
            shut |= cell.shut_bits
        needed = self.planner.needed(named, shut)
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

    def climb(self, row: Row, cells: Sequence[Cell], weight: float) -> Item | None:
        """Return the position on the ladder, as `Scorer.climb` does, without its parts."""
        kinds = 0
        for cell in cells:
            kinds |= cell.kinds
        if not kinds & WEIGH:
            return None
        low, high, so_far = self.positions(row, cells)
        optional = self.is_optional and not kinds & SETTLED
        now = max(low, so_far) if kinds & ANSWERED else None
        return Item(low, high, now, weight, optional, row.of, row.id, NO_TRACE)

    def positions(self, row: Row, cells: Sequence[Cell]) -> tuple[float, float, float]:
        """Return how far up each assumption leads, as `Ladder.climb` does."""
        ladder = self.scorer.ladder
        if ladder.is_apart:
            seen = dict(zip(row.stages, cells, strict=True))
            low, high = ladder.reach(seen, "low"), ladder.reach(seen, "high")
            return low.position, high.position, ladder.reach(seen, "so_far").position
        place, base = row.steps[0] if row.steps else (0, 0.0)
        first = cells[place]
        if row.steps and first.low < 1 and first.high < 1 and first.so_far < 1:
            return base + first.low, base + first.high, base + first.so_far
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

    def dimension(self, id_: str, item: Item | None, cells: Sequence[Cell]) -> DimensionResult:
        """Return a dimension's score with its stages and the gates that hold it there."""
        if item is None:
            return DimensionResult(None, None, None, Stages(), ())
        stages = self.stages_of(item)
        place = self.rows[id_].next_cell[stages.low]
        shut = () if place is None else cells[place].shut
        return DimensionResult(item.low, item.high, item.so_far, stages, shut)

    def stages_of(self, item: Item | None) -> Stages:
        """Return the stages of a position on the ladder, as `Scorer.stages` does."""
        if item is None or item.trace is not NO_TRACE:  # It has been multiplied, or not climbed.
            return self.scorer.stages(item)
        return self.stages(item.low, item.high, item.so_far)

    def on_the_way(
        self, result: Result, cells: Mapping[str, Sequence[Cell]], target: str | None
    ) -> int:
        """Return the gates of the reasons that stand between the overall score and a stage.

        They are those of `diagnosis.on_the_way`. Of a dimension that limits the overall score,
        `cells` are of its blocking gates.
        """
        levels, reached = self.scorer.ladder.levels, result.overall.stage.low
        goal = levels[target] if target else None
        if reached and (goal is None or levels[reached] >= goal):
            return 0
        named = 0
        for id_ in self.holding(result, goal):
            row, low, is_first = self.rows[id_], result.dimensions[id_].stage.low, True
            if id_ in self.limiting:
                row, low = self.limiting[id_], self.stages_of(result.items.limits[id_]).low
            for place, level, is_next in row.above[low]:
                missing = cells[id_][place].missing_bits
                if missing:
                    if is_first or is_next or (goal is not None and level <= goal):
                        named |= missing
                    is_first = False
        return named

    def holding(self, result: Result, goal: float | None) -> set[str]:
        """Return the dimensions that must rise, as `find_holding` does with a goal and without."""
        scorer = self.scorer
        if scorer.rule.of != "dimensions":
            return {*find_holding(scorer, result, goal), *find_holding(scorer, result)}
        weights, steps = scorer.rubric.dimension_weights, self.steps
        parts = [
            (id_, steps(one.low), weights[id_])
            for id_, one in result.dimensions.items()
            if id_ in scorer.counted and one.low is not None
        ]
        limits = result.items.limits.items()
        parts += [(id_, steps(item.low), 1.0) for id_, item in limits if item is not None]
        return {*decisive(scorer.rule.by, parts, goal), *decisive(scorer.rule.by, parts)}
