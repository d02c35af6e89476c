"""The scoring algebra: from answers to cells, dimensions, groups and the overall score.

Its twin is `generator/quiz/scoring/scorer.js`: the same names in the same order, the same
operations on doubles in the same order. `content/method/scoring.md` is the specification of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Assessment
from ..rubric.model import Rubric
from .gates import ANY_STAGE, ScoredGate, State, is_shut
from .intervals import WEIGHED, Item, Part, Trace, reduce_items
from .ladder import Ladder
from .rounding import reaches

REMEMBERED = 50_000
"""Outcomes of cells that are kept, about 20 MB."""


class Score(NamedTuple):
    """A number as an interval; all three are None where there is nothing to score."""

    low: float | None = None
    high: float | None = None
    so_far: float | None = None


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
    dimensions: Mapping[str, DimensionResult]
    cells: Mapping[str, Mapping[str, Score]]
    items: Items


class Items(NamedTuple):
    """The scores with their traces; None stands for what does not apply."""

    overall: Item | None
    groups: Mapping[str, Item | None]
    dimensions: Mapping[str, Item | None]
    cells: Mapping[str, Mapping[str, Outcome]]


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
        self.rubric, self.scoring = rubric, rubric.scoring
        self.ladder = Ladder(rubric)
        self.gates = [ScoredGate(id_, gate, rubric) for id_, gate in rubric.gates.items()]
        self.gates_of: dict[str, list[ScoredGate]] = {}
        self.cells: dict[str, dict[str, list[ScoredGate]]] = {}
        for dimension in rubric.dimensions:
            gates = [gate for gate in self.gates if gate.dimension == dimension]
            stages = [
                id_
                for id_ in (ANY_STAGE, *self.ladder.stages)
                if any(gate.stage == id_ for gate in gates)
            ]
            self.cells[dimension] = {id_: [g for g in gates if g.stage == id_] for id_ in stages}
            self.gates_of[dimension] = [g for row in self.cells[dimension].values() for g in row]
        self.counted = rubric.counted_dimensions
        # A few gates have few combinations of answers: many assessments share most cells.
        self.outcome = lru_cache(REMEMBERED)(self.score_cell)

    def score(self, assessment: Assessment) -> Result:
        """Score an assessment."""
        states = {gate.id: gate.state(assessment) for gate in self.gates}
        cells: dict[str, dict[str, Outcome]] = {}
        dimensions: dict[str, Item | None] = {}
        for id_, dimension in self.rubric.dimensions.items():
            cells[id_] = {
                stage: self.outcome(id_, stage, tuple([states[gate.id] for gate in gates]))
                for stage, gates in self.cells[id_].items()
            }
            by, weight = self.scoring.dimension, dimension.weight
            if by == "ladder":
                dimensions[id_] = self.climb(id_, cells[id_], states, weight)
            else:
                of_cells = [cell.item for cell in cells[id_].values()]
                dimensions[id_] = reduce_items(by, of_cells, "dimension", id_, weight)
        groups = self.group(dimensions)
        overall = self.overall_item(states, dimensions, groups)
        return Result(
            states=states,
            overall=self.overall(overall),
            groups={id_: score_of(item) for id_, item in groups.items()},
            dimensions={
                id_: DimensionResult(
                    *score_of(item), self.stages(item), self.shut(id_, item, states)
                )
                for id_, item in dimensions.items()
            },
            cells={
                id_: {stage: score_of(cell.item) for stage, cell in row.items()}
                for id_, row in cells.items()
            },
            items=Items(overall, groups, dimensions, cells),
        )

    def score_cell(self, dimension: str, stage: str, states: tuple[State, ...]) -> Outcome:
        """Return the outcome of a cell; `outcome` is the same, remembered."""
        gates = self.cells[dimension][stage]
        items = [gate.item(state) for gate, state in zip(gates, states, strict=True)]
        return Outcome(
            reduce_items(self.scoring.cell, items, "cell", stage),
            self.ladder.fraction(gates, states, 0.0),
            self.ladder.fraction(gates, states, 1.0),
            self.ladder.fraction(gates, states, None),
            self.ladder.shares(gates, states),
        )

    def climb(
        self,
        dimension: str,
        cells: Mapping[str, Outcome],
        states: Mapping[str, State],
        weight: float,
    ) -> Item | None:
        """Return a dimension's place on the ladder: the level reached, plus a part of the next."""
        gates = [(gate.weight, states[gate.id]) for gate in self.gates_of[dimension]]
        if not any([weight and state.applies for weight, state in gates]):
            return None
        answered = any([state.score is not None for _, state in gates])
        low = self.ladder.climb({stage: cell.low for stage, cell in cells.items()})
        high = self.ladder.climb({stage: cell.high for stage, cell in cells.items()})
        so_far = self.ladder.climb({stage: cell.so_far for stage, cell in cells.items()})
        settled = any([weight and state.score is not None for weight, state in gates])
        optional = not settled and self.scoring.not_applicable == "exclude"
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
            "dimension",
            dimension,
            trace if parts else Trace("ladder", (), now.position),
        )

    def group(self, dimensions: Mapping[str, Item | None]) -> dict[str, Item | None]:
        """Reduce the dimensions that name the same group."""
        named = [one.group for one in self.rubric.dimensions.values() if one.group]
        return {
            group: reduce_items(
                self.scoring.group,
                [
                    dimensions[id_]
                    for id_, one in self.rubric.dimensions.items()
                    if one.group == group
                ],
                "group",
                group,
            )
            for group in dict.fromkeys([*self.rubric.groups, *named])
            if group in named
        }

    def overall_item(
        self,
        states: Mapping[str, State],
        dimensions: Mapping[str, Item | None],
        groups: Mapping[str, Item | None],
    ) -> Item | None:
        """Reduce gates, dimensions or groups, core ones alone if so asked."""
        rule = self.scoring.overall
        counted: list[Item | None] = []
        if rule.of == "gates":
            own = [gate for gate in self.gates if gate.dimension in self.counted]
            counted = [gate.item(states[gate.id]) for gate in own]
        elif rule.of == "dimensions":
            counted = [item for id_, item in dimensions.items() if id_ in self.counted]
        else:
            named = {self.rubric.dimensions[id_].group for id_ in self.counted}
            counted = [item for id_, item in groups.items() if id_ in named]
        return reduce_items(rule.by, counted, "overall", "")

    def overall(self, item: Item | None) -> Overall:
        """Return the overall score with the stages and bands that it reaches."""
        rule = self.scoring.overall
        numbers = Score(*(n if n is None else n * self.scoring.times for n in score_of(item)))
        bands = Stages(*map(self.band, numbers))
        on_ladder = self.scoring.dimension == "ladder" and rule.of != "gates" and rule.by != "sum"
        stages = self.stages(item) if on_ladder else Stages()
        of = self.scoring.bands.of if self.scoring.bands else {}
        if any(band.stage for band in of.values()):
            stages = Stages(*(of[id_].stage if id_ else None for id_ in bands))
        return Overall(*numbers, stages, bands)

    def band(self, score: float | None) -> str | None:
        """Return the band in which an overall score lies, if it lies in one."""
        bands = self.scoring.bands
        if bands is None or score is None:
            return None
        if bands.edge == "upper":
            return next((id_ for id_, band in bands.of.items() if reaches(band.at, score)), None)
        below = [id_ for id_, band in bands.of.items() if reaches(score, band.at)]
        return below[-1] if below else None

    def stages(self, item: Item | None) -> Stages:
        """Return the stages on the ladder at which the three numbers stand."""
        if self.scoring.dimension != "ladder":
            return Stages()
        return Stages(*map(self.ladder.stage_at, score_of(item)))

    def shut(
        self, dimension: str, item: Item | None, states: Mapping[str, State]
    ) -> tuple[str, ...]:
        """Return the gates known to be shut, blocking ones first; on a ladder, of the next step."""
        if item is None:
            return ()
        cells = self.cells[dimension]
        stage = self.stages(item).low
        if stage is not None:
            cells = {id_: cells.get(id_, []) for id_ in self.ladder.after(stage)[:1]}
        shut = [g for gates in cells.values() for g in gates if is_shut(states[g.id])]
        return tuple(gate.id for gate in sorted(shut, key=lambda gate: not gate.blocking))


def counting_gates(scorer: Scorer) -> list[str]:
    """Return the gates whose scores the overall score is made of; what weighs 0 in it is not."""
    rule, found = scorer.scoring.overall, []
    dimension_rule = scorer.scoring.group if rule.of == "groups" else rule.by
    gate_rule = rule.by if rule.of == "gates" else scorer.scoring.cell
    for gate in scorer.gates:
        weight = scorer.rubric.dimensions[gate.dimension].weight
        by_dimension = rule.of == "gates" or dimension_rule not in WEIGHED or weight > 0
        by_gate = gate_rule not in WEIGHED or gate.weight > 0
        if gate.dimension in scorer.counted and by_dimension and by_gate:
            found.append(gate.id)
    return found


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
