"""The shortest way to a stage: which gates can still change the result, the most telling first.

Its twin is `generator/quiz/scoring/adaptive.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from .diagnosis import counting_gates
from .gates import ScoredGate, State
from .intervals import WEIGHED
from .rounding import at_least
from .scorer import Outcome, Result, Scorer

WIDTH = 0.1
"""Without stages and bands, a result is settled when its interval is a tenth of the whole range."""


class Adaptive:
    """A rubric prepared for asking only what can still change the overall result."""

    def __init__(self, scorer: Scorer, empty: Result) -> None:
        """Keep the scorer; `empty` is the result of an assessment without answers."""
        self.scorer = scorer
        self.whole = width_of(empty)
        self.order = {gate.id: number for number, gate in enumerate(scorer.gates)}

    def is_settled(self, result: Result) -> bool:
        """Return whether no missing answer can change the overall stage or band.

        Without stages and bands: whether the interval is narrow enough.
        """
        overall = result.overall
        if overall.stage.low is not None:
            return overall.stage.low == overall.stage.high
        if self.scorer.scoring.bands and overall.bands.low == overall.bands.high:
            return True
        return width_of(result) <= WIDTH * self.whole

    def next_gates(self, result: Result) -> list[str]:
        """Return the unanswered gates that can still change the overall result.

        The most telling one comes first; how many there are is the most that can still be asked.
        """
        if self.scorer.scoring.overall is None or self.is_settled(result):
            return []
        states = result.states
        if self.scorer.climbs:
            found = self.gates_of_steps(result)
        else:
            counted = set(counting_gates(self.scorer))
            unanswered = [gate for gate in self.scorer.gates if states[gate.id].answer is None]
            found = {
                gate.id: (0.0, -self.influence[gate.id])
                for gate in unanswered
                if gate.id in counted
            }
        for gate in self.scorer.capping:
            if states[gate.id].answer is None:
                found.setdefault(gate.id, (0.0, 0.0))
        return sorted(found, key=lambda id_: (*found[id_], self.order[id_]))

    def gates_of_steps(self, result: Result) -> dict[str, tuple[float, float]]:
        """Return the gates of the cells that are not decided, with what they are sorted by.

        Lower stages come before higher ones, blocking gates before others, and the dimension that
        stands lowest so far before the rest.
        """
        found: dict[str, tuple[float, float]] = {}
        for of, id_, outcomes in self.ladders(result):
            for rank, gate in self.undecided(of, id_, outcomes, result):
                found[gate.id] = min(found.get(gate.id, rank), rank)
        return found

    def ladders(self, result: Result) -> Iterable[tuple[str, str, Mapping[str, Outcome]]]:
        """Yield the rows of cells that the overall stage is made of."""
        scorer, items = self.scorer, result.items
        if scorer.rule.by == "ladder":
            yield "overall", "", scorer.outcomes("overall", "", result.states)
            return
        for id_ in scorer.rubric.dimensions:
            if id_ in scorer.counted:
                yield "dimension", id_, items.cells[id_]
            elif id_ in items.limits:
                yield "limit", id_, scorer.outcomes("limit", id_, result.states)

    def undecided(
        self, of: str, id_: str, outcomes: Mapping[str, Outcome], result: Result
    ) -> Iterable[tuple[tuple[float, float], ScoredGate]]:
        """Yield the gates of a row that can still change the overall stage, with their ranks."""
        ladder = self.scorer.ladder
        low, high = self.span(result)
        so_far = result.dimensions[id_].so_far if of == "dimension" else None
        for stage, level in ladder.rising:
            outcome = outcomes.get(stage)
            if outcome is None or level > high:
                continue
            if outcome.high < 1 and not ladder.is_apart:
                return  # Nothing above a cell that cannot be completed counts.
            if level <= low or outcome.low >= 1 or outcome.high < 1:
                continue
            for gate in self.telling(stage, self.scorer.rows[of, id_][stage], result.states):
                second = 0.0 if gate.blocking else 1.0
                yield (level, second + (0.0 if so_far is None else so_far / 1000)), gate

    def span(self, result: Result) -> tuple[float, float]:
        """Return the levels between which cells matter: all, unless the lowest ladder decides."""
        rule, levels, stage = self.scorer.rule, self.scorer.ladder.levels, result.overall.stage
        decides = rule.by == "ladder" or (rule.of == "dimensions" and rule.by == "min")
        if decides and stage.low and stage.high and not self.is_factored:
            return levels[stage.low], levels[stage.high]
        return float("-inf"), float("inf")

    @property
    def is_factored(self) -> bool:
        """Return whether the overall score is not the position itself."""
        return self.scorer.factors.get("overall", 1) != 1 or bool(self.scorer.capping)

    def telling(
        self, stage: str, gates: Iterable[ScoredGate], states: Mapping[str, State]
    ) -> list[ScoredGate]:
        """Return the unanswered gates of a cell; blocking ones alone where its share is sure."""
        applying = [gate for gate in gates if states[gate.id].applies]
        unanswered = [gate for gate in applying if states[gate.id].answer is None]
        opened = sum(states[gate.id].is_open for gate in applying)
        needed = self.scorer.ladder.needed.get(stage, 0.0)
        if opened and at_least(opened / len(applying), needed):
            return [gate for gate in unanswered if gate.blocking]
        return unanswered

    @cached_property
    def influence(self) -> dict[str, float]:
        """Return how much of the overall range each gate decides, exactly so for means and sums."""
        scorer, scoring, rule = self.scorer, self.scorer.scoring, self.scorer.rule
        weights = scorer.rubric.dimension_weights
        counted = [id_ for id_ in scorer.rubric.dimensions if id_ in scorer.counted]
        total = sum(weights[id_] for id_ in counted)
        influence: dict[str, float] = {}
        for gate in scorer.gates:
            part = (gate.top - gate.bottom) * gate.weight
            if rule.of != "gates":
                row = scorer.cells[gate.dimension]
                if scoring.cell == "mean":
                    part /= sum(one.weight for one in row[gate.stages[0]]) or 1
                if scoring.dimension == "mean":
                    part /= len(row)
                if rule.by in WEIGHED:
                    part *= weights[gate.dimension]
                if rule.by == "mean":
                    part /= total or 1
            influence[gate.id] = part
        return influence


def width_of(result: Result) -> float:
    """Return the width of the overall interval; 0 where there is no score."""
    low, high = result.overall.low, result.overall.high
    return 0.0 if low is None or high is None else high - low
