"""Cells of many assessments: what the states of a cell's gates come to, remembered.

States are numbers here, which are looked up faster than records. Sets of gates are numbers too,
with a bit for each gate in the order of the rubric.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter

from .batch_climbs import Climbs
from .batch_rows import ANSWERED, SETTLED, WEIGH, Cell, Row
from .gates import ScoredGate, State, may_be_met
from .intervals import REDUCERS, WEIGHED, Score, reduce_items
from .rounding import at_least
from .scorer import REMEMBERED, Scorer, score_of

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
        self.bits = {gate.id: 1 << cells.places[gate.id] for gate in self.gates}
        self.on_ladder = self.scorer.scoring.dimension == "ladder"
        self.is_limit = row.of == "limit"
        self.needed = cache(self.find_needed)

    def __missing__(self, key: Key) -> Cell:
        """See states for the first time."""
        cells = self.cells
        cell = self[key] = self.see([cells.states[kind] for kind in key])
        cell.ending = cells.climbs.certain(self.row, self.stage, cell)
        cells.listed.append(cell)
        return cell

    def see(self, states: Sequence[State]) -> Cell:
        """Return what states come to."""
        pairs = [*zip(self.gates, states, strict=True)]
        # Few combinations are the same, so that this runs often: one loop, and no generators.
        count = opened = kinds = bits = 0
        shut: list[str] = []
        blocking: list[str] = []
        missing: list[ScoredGate] = []
        for gate, state in pairs:
            if not state.applies:
                continue
            count += 1
            weighs = gate.weight or self.is_limit  # One without weight limits as much as another.
            kinds |= WEIGH if weighs else 0
            if state.is_open:
                opened += 1
            else:
                missing.append(gate)
            if weighs and (state.score is not None or not gate.unanswered.optional):
                kinds |= SETTLED
            if state.score is not None:
                kinds |= ANSWERED
                if not state.is_open:
                    bits |= self.bits[gate.id] if may_be_met(state) else 0
                    (blocking if gate.blocking else shut).append(gate.id)
        ladder, stage, gates = self.scorer.ladder, self.stage, self.gates
        low = high = so_far = ladder.fraction(stage, gates, states, None)
        score, known = self.score(pairs), opened + len(shut) + len(blocking)
        if known < count:  # Only an answer that is missing sets the three apart.
            low = ladder.fraction(stage, gates, states, 0.0)
            high = ladder.fraction(stage, gates, states, 1.0)
        return Cell(
            score,
            count,
            opened,
            (*blocking, *shut),
            low,
            high,
            so_far,
            kinds,
            bits,
            self.missing(pairs, missing) if self.on_ladder else 0,
            (*score, count, opened, known - opened),
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

    def missing(
        self, pairs: Sequence[tuple[ScoredGate, State]], missing: Sequence[ScoredGate]
    ) -> int:
        """Return the gates of the reason why the cell is not complete, as `explain_cell` does."""
        shut = [gate for gate in missing if not gate.bonus]
        applying = [gate for gate, state in pairs if state.is_open and state.applies] + shut
        count, opened = len(applying), len(applying) - len(shut)
        blocking = [gate for gate in shut if gate.blocking]
        needed = self.needed(count)
        complete = opened >= needed or not any([gate.weight for gate in applying])
        if complete and not blocking:
            return 0
        # Where the share is made once blocking gates open, the others may stay as they are.
        named = blocking if opened + len(blocking) >= needed else shut
        return sum([self.bits[gate.id] for gate in named])

    def find_needed(self, count: int) -> int:
        """Return how many of so many gates must be open; `needed` is the same, remembered."""
        share = self.scorer.ladder.needed[self.stage] if count else 0
        return next((n for n in range(count) if at_least(n / count, share)), count)


def getter(places: Sequence[int]) -> Callable[[Sequence[int]], Key]:
    """Return a function that looks up several values, faster than one by one."""
    if len(places) == 1:
        [place] = places
        return lambda values: (values[place],)
    return itemgetter(*places)
