"""Scoring many assessments: the numbers of `scorer`, `diagnosis` and `planning`, in less time.

What depends on the rubric or on the answers of one cell alone is calculated once and remembered,
and no trace is kept. A property holds every number to the bit to what the other modules give.
Models that this path does not know are scored by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from ..assessment.reader import Assessment
from .batch_plays import Planner
from .diagnosis import (
    Reason,
    compare_belief,
    counting_gates,
    explain_cell,
    find_limits,
    find_reasons,
    next_stage,
    on_the_way,
    stages_to_reach,
)
from .gates import State, is_shut
from .intervals import Item, Score, Trace, limit, multiply
from .planning import PlanStep
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

    states: Mapping[str, State]
    overall: Overall
    dimensions: Mapping[str, DimensionResult]
    cells: Mapping[str, Mapping[str, Cell]]
    believed: tuple[str, int | None] | None
    target: str | None
    plan: tuple[PlanStep, ...]
    unopened: tuple[str, ...]


class Cell(NamedTuple):
    """What the states of one cell's gates come to; counts are of gates that apply."""

    score: Score
    gates: int
    open: int
    shut: tuple[str, ...]
    low: float
    high: float
    so_far: float
    """The fractions on a ladder, as in an `Outcome`."""
    reason: Reason | None
    """Why a ladder's cell is not complete."""
    kinds: int
    """Whether gates of the cell `WEIGH`, are `ANSWERED`, or both at once, and so `SETTLED`."""


WEIGH, ANSWERED, SETTLED = 1, 2, 4


class BatchScorer:
    """A rubric prepared for scoring many assessments."""

    def __init__(self, scorer: Scorer) -> None:
        """Find out whether the faster path knows the model, and prepare it."""
        self.scorer = scorer
        self.is_fast = scorer.scoring.dimension == "ladder" and scorer.rule.by != "ladder"
        self.cell = lru_cache(REMEMBERED)(self.see_cell)
        self.getters = {
            key: [(stage, getter([gate.id for gate in gates])) for stage, gates in row.items()]
            for key, row in scorer.rows.items()
        }
        # Where a profile decides whether a gate applies, its answer alone does not tell.
        self.known = [(gate, {} if gate.applies else gate.states) for gate in scorer.gates]
        self.above = lru_cache(None)(lambda stage: tuple(stages_to_reach(scorer, stage)))
        self.planner, self.counting = Planner(scorer), counting_gates(scorer)
        self.after = {id_: scorer.ladder.after(id_)[:1] for id_ in scorer.ladder.stages}

    def score(self, assessment: Assessment) -> Brief:
        """Score an assessment and plan its plays."""
        if not self.is_fast:
            return self.score_slowly(assessment)
        scorer = self.scorer
        states = self.states(assessment)
        cells: dict[str, dict[str, Cell]] = {}
        items: dict[str, Item | None] = {}
        for id_, weight in scorer.rubric.dimension_weights.items():
            cells[id_] = seen = self.row("dimension", id_, states)
            items[id_] = scorer.told(self.climb("dimension", id_, seen, weight))
        limiting = {id_: self.row("limit", id_, states) for id_ in scorer.limiting}
        limits = {id_: self.climb("limit", id_, row, 1) for id_, row in limiting.items()}
        groups = scorer.group(items)
        raw = scorer.overall_item(states, items, limits, groups, {})
        overall = limit(multiply(raw, scorer.scoring.times), scorer.caps(states))
        result = Result(
            states=states,
            overall=scorer.overall(overall, states),
            groups={id_: score_of(item) for id_, item in groups.items()},
            topics={},
            dimensions={id_: self.dimension(item, cells[id_]) for id_, item in items.items()},
            cells={},
            stages={},
            items=Items(overall, groups, {}, items, limits, {}, {}),
        )
        counted = result.dimensions.items()
        reached = {id_: one.stage.low for id_, one in counted if id_ not in limiting}
        limited = {id_: scorer.stages(item).low for id_, item in limits.items()}
        reasons = [*self.reasons(reached, cells), *self.reasons(limited, limiting)]
        return self.brief(assessment, result, cells, reasons)

    def states(self, assessment: Assessment) -> dict[str, State]:
        """Return what an assessment says of each gate, as `ScoredGate.state` does."""
        said_of, states = assessment.answers.get, {}
        for gate, known in self.known:
            said = said_of(gate.id)
            state = known.get(said.answer) if said is not None and said.answer else None
            states[gate.id] = gate.state(assessment) if state is None else state
        return states

    def score_slowly(self, assessment: Assessment) -> Brief:
        """Score an assessment by the modules for one."""
        result = self.scorer.score(assessment)
        cells = {id_: self.row("dimension", id_, result.states) for id_ in self.scorer.cells}
        counted = find_reasons(self.scorer, result)
        reasons = [one for one in counted if one.dimension not in self.scorer.limiting]
        reasons += find_limits(self.scorer, result)
        return self.brief(assessment, result, cells, reasons)

    def brief(
        self,
        assessment: Assessment,
        result: Result,
        cells: Mapping[str, Mapping[str, Cell]],
        reasons: Sequence[Reason],
    ) -> Brief:
        """Return what is kept, with the plays in the order of the plan."""
        target = assessment.target_stage or next_stage(self.scorer, result)
        if self.scorer.scoring.dimension == "ladder":
            on_way = on_the_way(self.scorer, result, reasons, target)
            named = [shut.gate for reason in on_way for shut in reason.gates]
        else:
            named = self.counting
        plan, unopened = self.planner.order(self.planner.needed(named, result.states))
        return Brief(
            result.states,
            result.overall,
            result.dimensions,
            cells,
            compare_belief(self.scorer, assessment, result),
            target,
            plan,
            unopened,
        )

    def row(self, of: str, id_: str, states: Mapping[str, State]) -> dict[str, Cell]:
        """Return the cells of a row, by stage."""
        return {
            stage: self.cell(of, id_, stage, states_of(states))
            for stage, states_of in self.getters[of, id_]
        }

    def see_cell(self, of: str, id_: str, stage: str, states: tuple[State, ...]) -> Cell:
        """Return what the states of a cell come to; `cell` is the same, remembered."""
        gates = self.scorer.rows[of, id_][stage]
        outcome = self.scorer.outcome(of, id_, stage, states)
        pairs = [*zip(gates, states, strict=True)]
        shut = sorted(
            (gate for gate, state in pairs if is_shut(state)), key=lambda gate: not gate.blocking
        )
        scored = [(gate, state) for gate, state in pairs if state.applies]
        answered = [gate for gate, state in scored if state.score is not None]
        return Cell(
            score_of(outcome.item),
            len(scored),
            sum(state.is_open for _, state in scored),
            tuple(gate.id for gate in shut),
            outcome.low,
            outcome.high,
            outcome.so_far,
            self.explain(of, id_, stage, states) if self.is_fast else None,
            # A gate without weight limits as much as another.
            (WEIGH if any(gate.weight or of == "limit" for gate, _ in scored) else 0)
            | (ANSWERED if answered else 0)
            | (SETTLED if any(gate.weight or of == "limit" for gate in answered) else 0),
        )

    def climb(self, of: str, id_: str, cells: Mapping[str, Cell], weight: float) -> Item | None:
        """Return the position on the ladder, as `Scorer.climb` does, without its parts."""
        kinds = 0
        for cell in cells.values():
            kinds |= cell.kinds
        if not kinds & WEIGH:
            return None
        ladder = self.scorer.ladder
        low = ladder.climb(cells, "low").position
        high = ladder.climb(cells, "high").position
        now = max(low, ladder.climb(cells, "so_far").position)
        optional = not kinds & SETTLED and self.scorer.scoring.not_applicable == "exclude"
        so_far = now if kinds & ANSWERED else None
        trace = Trace("ladder", (), now)
        return Item(low, high, so_far, weight, optional, of, id_, trace)

    def dimension(self, item: Item | None, cells: Mapping[str, Cell]) -> DimensionResult:
        """Return a dimension's score with its stages and the gates that hold it there."""
        if item is None:
            return DimensionResult(None, None, None, Stages(), ())
        stages = self.scorer.stages(item)
        shut: tuple[str, ...] = ()
        if stages.low is not None:
            for stage in self.after[stages.low]:
                shut = cells[stage].shut if stage in cells else ()
        return DimensionResult(item.low, item.high, item.so_far, stages, shut)

    def reasons(
        self, reached: Mapping[str, str | None], cells: Mapping[str, Mapping[str, Cell]]
    ) -> list[Reason]:
        """Return the cells that keep stages shut, as `find_reasons` does, and `find_limits`.

        Of a dimension that limits the overall score, only its blocking gates count.
        """
        found: list[Reason] = []
        for id_, low in reached.items():
            row = cells[id_]
            for stage in self.above(low):
                # A stage without a cell keeps nobody from it.
                if stage in row and (reason := row[stage].reason) is not None:
                    found.append(reason)
        levels = self.scorer.ladder.levels
        return sorted(found, key=lambda reason: levels[reason.stage])

    def explain(self, of: str, id_: str, stage: str, states: tuple[State, ...]) -> Reason | None:
        """Return why a cell is not complete, if it is not; that hangs on its own gates alone."""
        gates = self.scorer.rows[of, id_][stage]
        known = {gate.id: state for gate, state in zip(gates, states, strict=True)}
        overall = Overall(None, None, None, Stages(), Stages())
        items = Items(None, {}, {}, {}, {}, {}, {})
        result = Result(known, overall, {}, {}, {}, {}, {}, items)
        return explain_cell(self.scorer, result, id_, stage, of)


def getter(ids: Sequence[str]) -> Callable[[Mapping[str, State]], tuple[State, ...]]:
    """Return a function that looks up several gates, faster than one by one."""
    if len(ids) == 1:
        [id_] = ids
        return lambda states: (states[id_],)
    return itemgetter(*ids)
