"""The fewest gates that lead to the next stage, where the overall stage is that of ladders.

Its twin is `generator/quiz/scoring/fewest.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .gates import ScoredGate, State, is_missing, may_be_met
from .holding import capping_gates, next_stage
from .planning import PlanItem, order_plays
from .rounding import at_least
from .scorer import Result, Scorer

STEPS = 20_000
"""Choices that are tried before the best so far is taken: for a model made to be hard."""


class Fewest(NamedTuple):
    """The fewest gates to open for a stage, with the plays that help with them."""

    stage: str
    gates: tuple[str, ...]
    """Gates that are shut or unanswered, with those that they require."""
    plan: tuple[PlanItem, ...]
    unopened: tuple[str, ...]
    """Those of the gates that no play opens."""
    is_proven: bool
    """Whether no fewer gates are enough; False where too many choices were left to try."""


class Cell(NamedTuple):
    """The gates of a cell that must be completed, and which fraction of them must be open."""

    gates: Sequence[ScoredGate]
    needed: float


class Demand(NamedTuple):
    """How many gates of a cell must still be opened, of which ones."""

    number: int
    gates: list[str]


def find_fewest(scorer: Scorer, result: Result, steps: int = STEPS) -> Fewest | None:
    """Return the fewest gates to open for the next stage.

    None at the top, where the overall stage is not that of ladders, and where opening gates is not
    enough. A gate that counts only when it is met is left aside, unless it caps the score.
    """
    stage = next_stage(scorer, result)
    if stage is None or not is_of_ladders(scorer):
        return None
    search = Search(scorer, result.states, steps)
    search.choose(rows_to_climb(scorer, result, stage), [], capping_gates(scorer, result, stage))
    if search.best is None:
        return None
    gates = tuple(gate.id for gate in scorer.gates if gate.id in search.best)
    plan, unopened = order_plays(scorer.rubric, gates)
    return Fewest(stage, gates, plan, unopened, search.is_proven)


def is_of_ladders(scorer: Scorer) -> bool:
    """Return whether the overall stage is that of one ladder, or of the lowest of several."""
    if not scorer.scoring.overall or not scorer.climbs:
        return False
    rule = scorer.rule
    lowest = rule.of == "dimensions" and rule.by == "min" and scorer.scoring.dimension == "ladder"
    return rule.by == "ladder" or lowest


def rows_to_climb(scorer: Scorer, result: Result, stage: str) -> list[list[list[Cell]]]:
    """Return the cells to complete in each row of cells, as the ways to do so, of which one does.

    Where stages are apart, the cell of any stage from the target up is enough.
    """
    ladder, level = scorer.ladder, scorer.ladder.levels[stage]
    ids = [("overall", "")]
    if scorer.rule.by != "ladder":
        ids = [("dimension", id_) for id_ in scorer.rubric.dimensions if id_ in scorer.counted]
        ids += [("limit", id_) for id_ in scorer.limiting]
    rows: list[list[list[Cell]]] = []
    for of, id_ in ids:
        row = scorer.rows[of, id_]
        if not any(
            result.states[gate.id].applies and (gate.weight > 0 or of == "limit")
            for gates in row.values()
            for gate in gates
        ):
            continue  # It has no part in the overall score.
        cells = [(s, Cell(row[s], ladder.needed[s])) for s in ladder.stages[1:] if s in row]
        if ladder.is_apart:
            rows.append([[cell] for s, cell in cells if ladder.levels[s] >= level])
        else:
            rows.append([[cell for s, cell in cells if ladder.levels[s] <= level]])
    return rows


class Search:
    """Tries which gates to open, and remembers the fewest."""

    def __init__(self, scorer: Scorer, states: Mapping[str, State], steps: int) -> None:
        """Look up which gates may be opened, and what each of them brings along."""
        self.states, self.steps = states, steps
        ids = [g.id for g in scorer.gates if is_missing(states[g.id]) and not g.bonus]
        missing = {id_ for id_ in ids if may_be_met(states[id_])}
        self.closed = {*ids} - missing
        self.order = [gate.id for gate in scorer.gates if gate.id in missing]
        requires = {id_: scorer.rubric.gates[id_].requires for id_ in self.order}
        self.brings: dict[str, list[str]] = {}
        for id_ in self.order:
            found = [id_]
            for one in found:  # It grows while one walks over it.
                found += [other for other in requires[one] if other in missing - {*found}]
            self.brings[id_] = found
        self.best: frozenset[str] | None = None
        self.is_proven = True

    def choose(
        self, rows: Sequence[Sequence[Sequence[Cell]]], cells: list[Cell], gates: Sequence[str]
    ) -> None:
        """Choose a way to climb each row; try which gates to open for the cells of these ways."""
        if not rows:
            blocking = [gate.id for cell in cells for gate in cell.gates if gate.blocking]
            if not self.closed.isdisjoint((*gates, *blocking)):
                return
            named = [id_ for id_ in (*gates, *blocking) if id_ in self.brings]
            self.open(cells, self.with_required(gates, named), frozenset())
            return
        for way in rows[0]:
            self.choose(rows[1:], [*cells, *way], gates)

    def with_required(self, opened: Iterable[str], gates: Iterable[str]) -> frozenset[str]:
        """Return opened gates with others and what those require."""
        return frozenset(opened).union(*(self.brings[id_] for id_ in gates))

    def open(self, cells: Sequence[Cell], opened: frozenset[str], shut: frozenset[str]) -> None:
        """Open what completes the cells, beside what is opened, without what is to stay shut."""
        self.steps -= 1
        if self.steps < 0:
            self.is_proven = False
            return
        short = [
            demand for cell in cells if (demand := self.demand_of(cell, opened, shut)) is not None
        ]
        if self.best is not None and len(opened) + self.bound(short) >= len(self.best):
            return
        if any(demand.number > len(demand.gates) for demand in short):
            return
        forced = [id_ for one in short if one.number == len(one.gates) for id_ in one.gates]
        if forced:
            more = self.with_required(opened, forced)
            if more.isdisjoint(shut):
                self.open(cells, more, shut)
            return
        tangled = self.tangled(short, opened)
        if tangled is None:
            first = [id_ for one in short for id_ in self.plain(short, opened, one)[: one.number]]
            self.best = opened | {*first}
            return
        more = self.with_required(opened, [tangled])
        if more.isdisjoint(shut):
            self.open(cells, more, shut)
        self.open(cells, opened, shut | {tangled})

    def demand_of(self, cell: Cell, opened: frozenset[str], shut: frozenset[str]) -> Demand | None:
        """Return what a cell still needs; None where it is complete."""
        count, is_open, weighs = 0, 0, False
        for gate in cell.gates:
            state = self.states[gate.id]
            if not state.applies and gate.id not in opened:
                continue
            weighs = weighs or gate.weight > 0
            if state.is_open or gate.id in opened:
                is_open += 1
            elif gate.bonus:
                continue
            count += 1
        number = 0
        while number < count and not at_least(number / count, cell.needed):
            number += 1
        if number <= is_open or not weighs:
            return None
        left = [g.id for g in cell.gates if g.id in self.brings and g.id not in opened]
        return Demand(number - is_open, [id_ for id_ in left if id_ not in shut])

    def bound(self, short: Sequence[Demand]) -> int:
        """Return how many gates must be opened at least."""
        named = [id_ for one in short for id_ in one.gates]
        most = max((named.count(id_) for id_ in named), default=1)
        return -(-sum(one.number for one in short) // most)

    def plain(self, short: Sequence[Demand], opened: frozenset[str], demand: Demand) -> list[str]:
        """Return the gates of a demand that bring nothing along and serve no other purpose."""
        found = []
        named = [id_ for one in short for id_ in one.gates]
        for id_ in demand.gates:
            alone = [one for one in named if id_ in self.brings[one]] == [id_]
            if alone and not {*self.brings[id_]} - opened - {id_}:
                found.append(id_)
        return found

    def tangled(self, short: Sequence[Demand], opened: frozenset[str]) -> str | None:
        """Return a gate of which it is not clear whether to open it; None where plain ones do.

        Where enough plain gates complete a cell, no other gate of it can save one.
        """
        scarce = [one for one in short if len(self.plain(short, opened, one)) < one.number]
        named = [id_ for one in short for id_ in one.gates]
        rare = {id_ for one in scarce for id_ in one.gates}
        several = {id_ for id_ in named if named.count(id_) > 1}
        open_questions = [
            id_
            for id_ in self.order
            if id_ in named and not (rare | several).isdisjoint(self.brings[id_])
        ]
        return min(open_questions, key=lambda id_: len({*self.brings[id_]} - opened), default=None)
