"""Cells of many assessments: what the states of a cell's gates come to, remembered.

States are numbers here, which are looked up faster than records. Sets of gates are numbers too,
with a bit for each gate in the order of the rubric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from .batch_climbs import ANSWERED, SETTLED, WEIGH, Climbs, Ending
from .diagnosis import explain_cell, stages_to_reach
from .gates import ScoredGate, State, is_shut
from .intervals import Score, reduce_items
from .scorer import REMEMBERED, Items, Overall, Result, Scorer, Stages, score_of


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
    """Whether gates of the cell `WEIGH`, are `ANSWERED`, or both at once, and so `SETTLED`."""
    shut_bits: int
    missing_bits: int
    """The gates of the `Reason` why a ladder's cell is not complete; 0 if it is."""
    row: tuple[float | None, float | None, float | None, int, int, int]
    """The score, the counts, and how many gates are shut."""
    number: int = field(compare=False)
    """Its place among all cells that have been seen."""
    is_complete: bool
    """Whether each of the fractions is 1, so that every climb leads on."""
    ending: Ending | None = None
    """What every climb comes to that comes to this cell, if none leads past it."""


class Row:
    """The cells of a dimension, or of what limits by it, prepared for looking up."""

    def __init__(self, scorer: Scorer, of: str, id_: str, all_cells: Cells) -> None:
        """Find out where each cell's gates are, and where a climb comes to its cells."""
        self.scorer, self.of, self.id = scorer, of, id_
        gates = scorer.rows[of, id_]
        places = {gate.id: place for place, gate in enumerate(scorer.gates)}
        self.bits = {id_: 1 << place for id_, place in places.items()}
        self.stages = [*gates]
        self.lookups: list[tuple[Callable[[Sequence[int]], Key], Seen]] = [
            (getter([places[gate.id] for gate in cell]), Seen(self, stage, all_cells))
            for stage, cell in gates.items()
        ]
        """How to pick the states of each cell, and the cells that have been seen."""
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
        after = {id_: scorer.ladder.after(id_)[:1] for id_ in scorer.ladder.stages}
        self.next_cell: dict[str | None, int | None] = {
            low: self.stages.index(above[0]) if above and above[0] in gates else None
            for low, above in after.items()
        }
        """The place of the cell of the stage after each, if it has one."""
        self.next_cell[None] = None
        self.above = {
            low: [
                (place, scorer.ladder.levels[stage], [stage] == after.get(low or ""))
                for place, stage in enumerate(self.stages)
                if stage in stages_to_reach(scorer, low)
            ]
            for low in self.next_cell
        }
        """The cells above each stage: place, level, and whether it is the next."""

    def see(self, stage: str, states: Sequence[State], number: int) -> Cell:
        """Return what the states of a cell come to."""
        scorer, of = self.scorer, self.of
        gates = scorer.rows[of, self.id][stage]
        pairs = [*zip(gates, states, strict=True)]
        item = reduce_items(scorer.scoring.cell, [g.item(one) for g, one in pairs], "cell", stage)
        shut = [gate for gate, state in pairs if is_shut(state)]
        applying = [(gate, state) for gate, state in pairs if state.applies]
        answered = [gate for gate, state in applying if state.score is not None]
        so_far = scorer.ladder.fraction(stage, gates, states, None)
        low = high = so_far  # Only an answer that is missing sets them apart.
        if len(answered) < len(applying):
            low = scorer.ladder.fraction(stage, gates, states, 0.0)
            high = scorer.ladder.fraction(stage, gates, states, 1.0)
        score, opened = score_of(item), sum(state.is_open for _, state in applying)
        return Cell(
            score,
            len(applying),
            opened,
            tuple([gate.id for gate in sorted(shut, key=lambda gate: not gate.blocking)]),
            low,
            high,
            so_far,
            (WEIGH if self.weighs(gate for gate, _ in applying) else 0)
            | (ANSWERED if answered else 0)
            | (SETTLED if self.weighs(answered) else 0),
            sum({self.bits[gate.id] for gate in shut}),
            self.missing(stage, pairs) if scorer.scoring.dimension == "ladder" else 0,
            (*score, len(applying), opened, len(shut)),
            number,
            low >= 1 and high >= 1 and so_far >= 1,
        )

    def weighs(self, gates: Iterable[ScoredGate]) -> bool:
        """Return whether any gate counts; one without weight limits as much as another."""
        return any([gate.weight or self.of == "limit" for gate in gates])

    def missing(self, stage: str, pairs: Sequence[tuple[ScoredGate, State]]) -> int:
        """Return the gates of the reason why a cell is not complete; they are its own alone."""
        known = {gate.id: state for gate, state in pairs}
        overall = Overall(None, None, None, Stages(), Stages())
        items = Items(None, {}, {}, {}, {}, {}, {})
        result = Result(known, overall, {}, {}, {}, {}, {}, items)
        reason = explain_cell(self.scorer, result, self.id, stage, self.of)
        return sum({self.bits[shut.gate] for shut in reason.gates}) if reason else 0


Key = tuple[int, ...]


class Cells:
    """The rows of a rubric, with the cells that have been seen: few gates have few combinations."""

    def __init__(self, scorer: Scorer, climbs: Climbs, states: list[State]) -> None:
        """Prepare the rows; `states` are those that numbers stand for, and may become more."""
        self.climbs, self.states = climbs, states
        self.listed: list[Cell] = []
        self.rows = {
            (of, id_): Row(scorer, of, id_, self)
            for of, id_ in scorer.rows
            if of in ("dimension", "limit")
        }

    def of(self, row: Row, kinds: Sequence[int]) -> list[Cell]:
        """Return the cells of a row for the numbers of all states."""
        return [seen[pick(kinds)] for pick, seen in row.lookups]

    def forget(self) -> None:
        """Make room once too much is remembered; numbers of cells then begin again."""
        if len(self.listed) > REMEMBERED:
            self.listed = []
            for row in self.rows.values():
                for _, seen in row.lookups:
                    seen.clear()


class Seen(dict[Key, Cell]):
    """The cells of one place in a row that have been seen, by the kinds of their states."""

    def __init__(self, row: Row, stage: str, cells: Cells) -> None:
        """Start with none."""
        super().__init__()
        self.row, self.stage, self.cells = row, stage, cells

    def __missing__(self, key: Key) -> Cell:
        """See a cell for the first time."""
        cells = self.cells
        states = [cells.states[kind] for kind in key]
        cell = self[key] = self.row.see(self.stage, states, len(cells.listed))
        cell.ending = cells.climbs.certain(self.row, self.stage, cell)
        cells.listed.append(cell)
        return cell


def getter(places: Sequence[int]) -> Callable[[Sequence[int]], Key]:
    """Return a function that looks up several values, faster than one by one."""
    if len(places) == 1:
        [place] = places
        return lambda values: (values[place],)
    return itemgetter(*places)
