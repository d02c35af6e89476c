"""The scoring algebra: from answers to cells, dimensions, groups and the overall score.

`Scorer.score` goes from small to large: `gates` turns each answer into a state, `outcomes` makes
one score of the states of a cell, `reduce_row` one of the cells of a dimension or topic (its row),
and `group` and `overall_item` one of the dimensions. Each score is an interval with a trace, as
`intervals` describes.

Its twin is `generator/quiz/scoring/scorer.js`: the same names in the same order, the same
operations on doubles in the same order. `content/method/scoring.md` is the specification of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..rubric.model import Rubric
from .gates import ANY_STAGE, ScoredGate, State, falls_short, is_shut, may_cap
from .intervals import Item, Part, Score, Trace, limit, limited, multiply, reduce_items
from .ladder import Ladder
from .positions import does_climb, position_factors
from .rounding import at_least

REMEMBERED = 50_000
"""Outcomes of cells that are kept, about 20 MB."""


class Stages(NamedTuple):
    """The stages that belong to the three numbers of a score."""

    low: str | None = None
    high: str | None = None
    so_far: str | None = None


class Overall(NamedTuple):
    """The overall score, times the factor, with the stages and bands that it reaches."""

    low: float | None
    high: float | None
    so_far: float | None
    stage: Stages
    bands: Stages


class DimensionResult(NamedTuple):
    """A dimension's score; `shut` are the gates known to hold it at its stage."""

    low: float | None
    high: float | None
    so_far: float | None
    stage: Stages
    shut: tuple[str, ...]


class Result(NamedTuple):
    """What scoring makes of an assessment, unrounded; everything is keyed by id."""

    states: Mapping[str, State]
    overall: Overall
    groups: Mapping[str, Score]
    topics: Mapping[str, Score]
    dimensions: Mapping[str, DimensionResult]
    cells: Mapping[str, Mapping[str, Score]]
    stages: Mapping[str, Score]
    """Of an overall ladder: the fraction of each stage, 1 where it is complete."""
    items: Items


class Items(NamedTuple):
    """The scores with their traces; None stands for what does not apply."""

    overall: Item | None
    groups: Mapping[str, Item | None]
    topics: Mapping[str, Item | None]
    dimensions: Mapping[str, Item | None]
    limits: Mapping[str, Item | None]
    """What dimensions that do not count leave of the overall score, by their blocking gates."""
    cells: Mapping[str, Mapping[str, Outcome]]
    topic_cells: Mapping[str, Mapping[str, Outcome]]


class Outcome(NamedTuple):
    """What the states of a cell's gates make of it: its score, and its fraction on a ladder.

    A fraction is 1 for a complete cell; unanswered gates count as shut in `low`, as met in `high`,
    and not at all in `so_far`, which is the mean of `shares`.
    """

    item: Item | None
    low: float
    high: float
    so_far: float
    shares: tuple[Part, ...]


class Scorer:
    """A rubric prepared for scoring, once for any number of assessments."""

    def __init__(self, rubric: Rubric) -> None:
        """Look up scales, and sort gates into cells and cells by level."""
        self.rubric, self.scoring, self.rule = rubric, rubric.scoring, rubric.scoring.rule
        self.ladder = Ladder(rubric)
        self.gates = [ScoredGate(id_, gate, rubric) for id_, gate in rubric.gates.items()]
        self.counted = rubric.counted_dimensions
        self.rows: dict[tuple[str, str], dict[str, list[ScoredGate]]] = {}
        for id_ in rubric.dimensions:
            self._add_row("dimension", id_, [g for g in self.gates if g.dimension == id_])
        for id_ in rubric.topics:
            self._add_row("topic", id_, [g for g in self.gates if g.topic == id_])
        if self.rule.by == "ladder":
            self._add_row("overall", "", [g for g in self.gates if g.dimension in self.counted])
        self.limiting = rubric.limiting_dimensions
        for id_ in self.limiting:
            self._add_row(
                "limit", id_, [g for g in self.gates if g.dimension == id_ and g.blocking]
            )
        self.cells = {id_: row for (of, id_), row in self.rows.items() if of == "dimension"}
        self.times: dict[str, float] = {of: one.times for of, one in rubric.scoring.levels.items()}
        if "dimension" in self.times:  # What limits them is compared with them.
            self.times["limit"] = self.times["dimension"]
        self.factors = position_factors(rubric.scoring)
        self.climbs = does_climb(rubric.scoring)
        self.capping = [gate for gate in self.gates if gate.cap]
        # A few gates have few combinations of answers: many assessments share most cells.
        self.outcome = lru_cache(REMEMBERED)(self.score_cell)

    def _add_row(self, of: str, id_: str, gates: list[ScoredGate]) -> None:
        """Sort gates into cells, by level."""
        cells = {
            stage: [gate for gate in gates if stage in gate.stages]
            for stage in (ANY_STAGE, *self.ladder.stages)
        }
        self.rows[of, id_] = {stage: gates for stage, gates in cells.items() if gates}

    def score(self, assessment: Assessment) -> Result:
        """Score an assessment."""
        return self.score_states({gate.id: gate.state(assessment) for gate in self.gates})

    def score_states(self, states: Mapping[str, State]) -> Result:
        """Score the states of all gates, such as they are or might be."""
        row = self.outcomes("overall", "", states) if self.rule.by == "ladder" else {}
        items = self.items(states, row)
        return Result(
            states=states,
            overall=self.overall(items.overall, states),
            groups={id_: score_of(item) for id_, item in items.groups.items()},
            topics={id_: score_of(item) for id_, item in items.topics.items()},
            dimensions={
                id_: DimensionResult(
                    *score_of(item), self.stages(item), self.shut(id_, item, states)
                )
                for id_, item in items.dimensions.items()
            },
            cells={
                id_: {stage: score_of(cell.item) for stage, cell in cells.items()}
                for id_, cells in items.cells.items()
            },
            stages={stage: Score(one.low, one.high, one.so_far) for stage, one in row.items()},
            items=items,
        )

    def items(self, states: Mapping[str, State], row: Mapping[str, Outcome]) -> Items:
        """Reduce gates to cells, cells to dimensions, and these to groups and the overall score.

        `row` holds the cells of an overall ladder.
        """
        weights = self.rubric.dimension_weights
        dimensions, cells = self.reduce_rows("dimension", self.rubric.dimensions, states, weights)
        limits, _ = self.reduce_rows("limit", self.limiting, states)
        topics, topic_cells = self.reduce_rows("topic", self.rubric.topics, states)
        groups = self.group(dimensions)
        raw = self.overall_item(states, dimensions, limits, groups, row)
        overall = limit(multiply(raw, self.scoring.times), self.caps(states))
        return Items(overall, groups, topics, dimensions, limits, cells, topic_cells)

    def reduce_rows(
        self,
        of: str,
        ids: Iterable[str],
        states: Mapping[str, State],
        weights: Mapping[str, float] | None = None,
    ) -> tuple[dict[str, Item | None], dict[str, dict[str, Outcome]]]:
        """Reduce the cells of each of some rows.

        Returns the scores of the rows, and the outcomes of their cells. `weights` are those of the
        rows, if they are not all 1.
        """
        items: dict[str, Item | None] = {}
        cells: dict[str, dict[str, Outcome]] = {}
        for id_ in ids:
            cells[id_] = self.outcomes(of, id_, states)
            weight = weights[id_] if weights else 1
            items[id_] = self.scaled(self.reduce_row(of, id_, cells[id_], states, weight))
        return items, cells

    def scaled(self, item: Item | None) -> Item | None:
        """Return an item times the factor of its level."""
        times = self.times.get(item.of) if item else None
        return item if times is None else multiply(item, times)

    def outcomes(self, of: str, id_: str, states: Mapping[str, State]) -> dict[str, Outcome]:
        """Return the outcome of each cell of a row, by stage."""
        return {
            stage: self.outcome(of, id_, stage, tuple([states[gate.id] for gate in gates]))
            for stage, gates in self.rows[of, id_].items()
        }

    def score_cell(self, of: str, id_: str, stage: str, states: tuple[State, ...]) -> Outcome:
        """Return the outcome of a cell; `outcome` is the same, remembered."""
        gates = self.rows[of, id_][stage]
        items = [gate.item(state) for gate, state in zip(gates, states, strict=True)]
        return Outcome(
            reduce_items(self.scoring.cell, items, "cell", stage),
            self.ladder.fraction(stage, gates, states, 0.0),
            self.ladder.fraction(stage, gates, states, 1.0),
            self.ladder.fraction(stage, gates, states, None),
            self.ladder.shares(gates, states),
        )

    def reduce_row(
        self,
        of: str,
        id_: str,
        cells: Mapping[str, Outcome],
        states: Mapping[str, State],
        weight: float = 1,
    ) -> Item | None:
        """Reduce the cells of a row, or climb them."""
        if of == "overall" or self.scoring.dimension == "ladder":
            return self.climb(of, id_, cells, states, weight)
        items = [cell.item for cell in cells.values()]
        return reduce_items(self.scoring.dimension, items, of, id_, weight)

    def climb(
        self,
        of: str,
        id_: str,
        cells: Mapping[str, Outcome],
        states: Mapping[str, State],
        weight: float,
    ) -> Item | None:
        """Return a position on the ladder: the level reached, plus a part of the next."""
        gates = [gate for cell in self.rows[of, id_].values() for gate in cell]
        # A gate without weight limits as much as another.
        weighing = [gate for gate in gates if gate.weight or of == "limit"]
        if not any([states[gate.id].applies for gate in weighing]):
            return None
        items = [gate.item(states[gate.id]) for gate in weighing]
        answered = any([states[g.id].score is not None and states[g.id].applies for g in gates])
        low = self.ladder.climb(cells, "low")
        high = self.ladder.climb(cells, "high")
        so_far = self.ladder.climb(cells, "so_far")
        optional = all([item is None or item.optional for item in items])
        # Where nothing is answered of the cell in which it ends, that counts as its lowest.
        now = low if low.position > so_far.position else so_far
        parts = cells[now.next].shares if now.next is not None else ()
        trace = Trace("ladder", parts, now.level, now.next)
        return Item(
            low.position,
            high.position,
            now.position if answered else None,
            weight,
            optional,
            of,
            id_,
            trace if parts else Trace("ladder", (), now.position),
        )

    def group(self, dimensions: Mapping[str, Item | None]) -> dict[str, Item | None]:
        """Reduce the dimensions that name the same group."""
        named = [one.group for one in self.rubric.dimensions.values() if one.group]
        return {
            group: self.scaled(
                reduce_items(
                    self.scoring.group,
                    [
                        dimensions[id_]
                        for id_, one in self.rubric.dimensions.items()
                        if one.group == group
                    ],
                    "group",
                    group,
                )
            )
            for group in dict.fromkeys([*self.rubric.groups, *named])
            if group in named
        }

    def overall_item(
        self,
        states: Mapping[str, State],
        dimensions: Mapping[str, Item | None],
        limits: Mapping[str, Item | None],
        groups: Mapping[str, Item | None],
        row: Mapping[str, Outcome],
    ) -> Item | None:
        """Reduce gates, dimensions or groups, core ones alone if so asked."""
        rule = self.scoring.overall
        if rule is None:
            return None
        if rule.by == "ladder":
            return self.reduce_row("overall", "", row, states)
        items = [item for id_, item in dimensions.items() if id_ in self.counted]
        if rule.of == "gates":
            gates = [gate for gate in self.gates if gate.dimension in self.counted]
            items = [gate.item(states[gate.id]) for gate in gates]
        elif rule.of == "groups":
            named = {self.rubric.dimensions[id_].group for id_ in self.counted}
            items = [item for id_, item in groups.items() if id_ in named]
        return limited(rule.by, items, limits.values())

    def caps(self, states: Mapping[str, State]) -> Score:
        """Return what gates that are not met leave of the overall score, at most.

        An unanswered gate counts as not met in `low` alone.
        """
        if not self.capping:
            return Score()
        caps = [
            (gate.cap.score, states[gate.id])
            for gate in self.unmet_caps(states)
            if gate.cap and gate.cap.score is not None
        ]
        known = min((cap for cap, state in caps if falls_short(state)), default=None)
        low = min((cap for cap, _ in caps), default=None)
        return Score(low, known, known)

    def unmet_caps(self, states: Mapping[str, State]) -> list[ScoredGate]:
        """Return the gates with caps that are not met, or not answered."""
        return [gate for gate in self.capping if may_cap(states[gate.id])]

    def overall(self, item: Item | None, states: Mapping[str, State]) -> Overall:
        """Return the overall score with the stages and bands that it reaches."""
        numbers = score_of(item)
        bands = self.bands(numbers, states)
        of = self.scoring.bands.of if self.scoring.bands else {}
        stages = Stages()
        if any(band.stage for band in of.values()):
            stages = Stages(*(of[id_].stage if id_ else None for id_ in bands))
        elif self.has_stage:
            stages = self.stages(item)
        return Overall(*numbers, stages, bands)

    @property
    def has_stage(self) -> bool:
        """Return whether the overall score is a position on the ladder."""
        return self.scoring.has_stage

    def bands(self, numbers: Score, states: Mapping[str, State]) -> Stages:
        """Return the bands of the three numbers, none above what a gate that is not met allows."""
        if not self.scoring.bands:
            return Stages()
        order = list(self.scoring.bands.of)
        caps = [
            (order.index(gate.cap.band), states[gate.id])
            for gate in self.unmet_caps(states)
            if gate.cap and gate.cap.band in order
        ]
        last = len(order)
        known = min((cap for cap, state in caps if falls_short(state)), default=last)
        low = min((cap for cap, _ in caps), default=last)
        pairs = zip(map(self.band, numbers), (low, known, known), strict=True)
        return Stages(*(band and order[min(order.index(band), cap)] for band, cap in pairs))

    def band(self, score: float | None) -> str | None:
        """Return the band in which an overall score lies, if it lies in one."""
        bands = self.scoring.bands
        if bands is None or score is None:
            return None
        if bands.edge == "upper":
            return next((id_ for id_, band in bands.of.items() if at_least(band.at, score)), None)
        below = [id_ for id_, band in bands.of.items() if at_least(score, band.at)]
        return below[-1] if below else None

    def stages(self, item: Item | None) -> Stages:
        """Return the stages on the ladder at which the three numbers of an item stand."""
        factor = self.factors.get(item.of) if item else None
        if factor is None:
            return Stages()
        numbers = score_of(item)
        if factor != 1:
            numbers = Score(*(None if number is None else number / factor for number in numbers))
        return Stages(*map(self.ladder.stage_at, numbers))

    def shut(
        self, dimension: str, item: Item | None, states: Mapping[str, State]
    ) -> tuple[str, ...]:
        """Return the gates known to be shut, blocking ones first; on a ladder, of the next step."""
        if item is None:
            return ()
        cells = self.cells[dimension]
        stage = self.stages(item).low
        if stage is not None:
            following = [id_ for id_ in self.ladder.after(stage) if id_ in cells]
            cells = {id_: cells[id_] for id_ in following[:1]}
        shut = [g for gates in cells.values() for g in gates if is_shut(states[g.id])]
        ordered = sorted(shut, key=lambda gate: not gate.blocking)
        return tuple(dict.fromkeys([gate.id for gate in ordered]))


def score_of(item: Item | None) -> Score:
    """Return the three numbers of an item; none for what does not apply."""
    return Score(item.low, item.high, item.so_far) if item else Score()


def coverage(states: Mapping[str, State]) -> dict[str, int]:
    """Count the gates, and how they were answered."""
    kinds = [state.answer for state in states.values()]
    aside = {kind: kinds.count(kind) for kind in (UNKNOWN, NOT_APPLICABLE, None)}
    return {
        "gates": len(kinds),
        "answered": len(kinds) - sum(aside.values()),
        "unknown": aside[UNKNOWN],
        "not_applicable": aside[NOT_APPLICABLE],
        "unanswered": aside[None],
    }
