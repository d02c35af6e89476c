"""Cells of many assessments: what the states of a cell's gates come to, remembered.

States are numbers here, which are looked up faster than records. Sets of gates are numbers too,
with a bit for each gate in the order of the rubric.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from .batch_climbs import Climbs
from .batch_rows import ANSWERED, SETTLED, WEIGH, Cell, Row
from .diagnosis import explain_cell
from .gates import ScoredGate, State, is_shut
from .intervals import REDUCERS, WEIGHED, Score, reduce_items
from .scorer import REMEMBERED, Items, Overall, Result, Scorer, Stages, score_of

Key = tuple[int, ...]


class Cells:
    """The cells of a rubric that have been seen: few gates have few combinations."""

    def __init__(self, scorer: Scorer, climbs: Climbs, states: list[State]) -> None:
        """Start with none; `states` are those that numbers stand for, and may become more."""
        self.scorer, self.climbs, self.states = scorer, climbs, states
        self.places = {gate.id: place for place, gate in enumerate(scorer.gates)}
        self.listed: list[Cell] = []
        self.known: list[Seen] = []

    def lookups(self, row: Row) -> list[tuple[Callable[[Sequence[int]], Key], Seen]]:
        """Return how to pick the states of each cell of a row, and what has been seen of it."""
        found = []
        for stage, gates in self.scorer.rows[row.of, row.id].items():
            seen = Seen(self, row, stage)
            self.known.append(seen)
            found.append((getter([self.places[gate.id] for gate in gates]), seen))
        return found

    def forget(self) -> None:
        """Make room once too much is remembered; numbers of cells then begin again."""
        if len(self.listed) > REMEMBERED:
            self.listed = []
            for seen in self.known:
                seen.clear()


class Seen(dict[Key, Cell]):
    """What has been seen of one cell of a row, by the kinds of its states."""

    def __init__(self, cells: Cells, row: Row, stage: str) -> None:
        """Start with nothing."""
        super().__init__()
        self.cells, self.row, self.stage, self.scorer = cells, row, stage, cells.scorer
        self.gates = self.scorer.rows[row.of, row.id][stage]

    def __missing__(self, key: Key) -> Cell:
        """See states for the first time."""
        cells = self.cells
        cell = self[key] = self.see([cells.states[kind] for kind in key])
        cell.ending = cells.climbs.certain(self.row, self.stage, cell)
        cells.listed.append(cell)
        return cell

    def see(self, states: Sequence[State]) -> Cell:
        """Return what states come to."""
        scorer, stage, gates = self.scorer, self.stage, self.gates
        pairs = [*zip(gates, states, strict=True)]
        shut = [gate for gate, state in pairs if is_shut(state)]
        applying = [(gate, state) for gate, state in pairs if state.applies]
        answered = [gate for gate, state in applying if state.score is not None]
        so_far = scorer.ladder.fraction(stage, gates, states, None)
        low = high = so_far  # Only an answer that is missing sets them apart.
        if len(answered) < len(applying):
            low = scorer.ladder.fraction(stage, gates, states, 0.0)
            high = scorer.ladder.fraction(stage, gates, states, 1.0)
        score, opened = self.score(pairs), sum(state.is_open for _, state in applying)
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
            self.bits(gate.id for gate in shut),
            self.missing(pairs) if scorer.scoring.dimension == "ladder" else 0,
            (*score, len(applying), opened, len(shut)),
            low >= 1 and high >= 1 and so_far >= 1,
            len(self.cells.listed),
        )

    def score(self, pairs: Sequence[tuple[ScoredGate, State]]) -> Score:
        """Return the score of the cell, as `reduce_items` does."""
        by = self.scorer.scoring.cell
        if any([state.answer is None for _, state in pairs]):
            return score_of(reduce_items(by, [g.item(one) for g, one in pairs], "cell", ""))
        counted = [
            (state.score, gate.weight)
            for gate, state in pairs
            if state.score is not None and state.applies and (gate.weight > 0 or by not in WEIGHED)
        ]
        if not counted:
            return Score()
        so_far = REDUCERS[by](counted)
        # Nothing is missing: all three are the same number, which is never -0.0 at its highest.
        return Score(so_far, 0.0 + so_far, so_far)

    def weighs(self, gates: Iterable[ScoredGate]) -> bool:
        """Return whether any gate counts; one without weight limits as much as another."""
        return any([gate.weight or self.row.of == "limit" for gate in gates])

    def missing(self, pairs: Sequence[tuple[ScoredGate, State]]) -> int:
        """Return the gates of the reason why the cell is not complete; they are its own alone."""
        known = {gate.id: state for gate, state in pairs}
        overall = Overall(None, None, None, Stages(), Stages())
        items = Items(None, {}, {}, {}, {}, {}, {})
        result = Result(known, overall, {}, {}, {}, {}, {}, items)
        reason = explain_cell(self.scorer, result, self.row.id, self.stage, self.row.of)
        return self.bits(shut.gate for shut in reason.gates) if reason else 0

    def bits(self, gates: Iterable[str]) -> int:
        """Return a set of gates as a number."""
        return sum({1 << self.cells.places[id_] for id_ in gates})


def getter(places: Sequence[int]) -> Callable[[Sequence[int]], Key]:
    """Return a function that looks up several values, faster than one by one."""
    if len(places) == 1:
        [place] = places
        return lambda values: (values[place],)
    return itemgetter(*places)
