"""Gates in lists: by dimension, one by one, with their answers.

Its twin is `generator/quiz/report/listing.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..scoring.diagnosis import ShutGate
from ..scoring.scale import top_of
from ..scoring.scorer import Result, Scorer
from .scores import ScoreWords


class Entry(NamedTuple):
    """A line of a list, with the lines below it."""

    text: str
    below: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of a report: the lines that lead to its entries; without a title it continues."""

    title: str
    leads: tuple[str, ...]
    entries: tuple[Entry, ...]
    is_plan: bool = False


class Listing:
    """Names gates and lists them."""

    def __init__(self, scorer: Scorer, result: Result, words: ScoreWords) -> None:
        """Keep the result that the lists are about."""
        self.rubric, self.result = scorer.rubric, result
        self.scores, self.word = words, words.word

    def gate(self, id_: str) -> str:
        """Return the title of a gate, with its code."""
        gate = self.rubric.gates[id_]
        return f"{gate.code} {gate.title}" if gate.code else gate.title

    def answer(self, gate: str, answer: str | None) -> str:
        """Return an answer in the words of the gate's scale."""
        scale = self.rubric.scale_of(self.rubric.gates[gate])
        return scale[answer].label if answer in scale else self.word(answer or "unanswered")

    def shut(self, shut: ShutGate) -> str:
        """Return a gate that is not met, with its answer."""
        blocking = f" ({self.word('reason-blocking')})" if shut.blocking else ""
        return f"{self.gate(shut.gate)}: {self.answer(shut.gate, shut.answer)}{blocking}"

    def by_dimension(self, gates: Iterable[str]) -> tuple[Entry, ...]:
        """Group gates by their dimension, the one with the lowest score first."""
        entries = []
        for id_, own in self.of_dimensions(gates):
            title, so_far = self.rubric.dimensions[id_].title, self.result.dimensions[id_].so_far
            if so_far is not None:
                title += f": {self.scores.score(so_far, 'dimension', id_)}"
            entries.append(Entry(title, tuple(map(self._with_answer, own))))
        return tuple(entries)

    def one_by_one(self, gates: Iterable[str]) -> tuple[Entry, ...]:
        """Return gates, those of the dimension with the lowest score first."""
        return tuple(
            Entry(f"{self.gate(gate)} ({self.rubric.dimensions[id_].title})")
            for id_, own in self.of_dimensions(gates)
            for gate in own
        )

    def of_dimensions(self, gates: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield dimensions with those gates that they have, the lowest score first."""
        own: dict[str, list[str]] = {}
        for id_ in gates:
            own.setdefault(self.rubric.gates[id_].dimension, []).append(id_)
        for id_ in self.lowest_first(self.rubric.dimensions):
            if id_ in own:
                yield id_, own[id_]

    def _with_answer(self, gate: str) -> str:
        state = self.result.states[gate]
        met = f" ({self.word('reason-met')})" if state.is_open else ""
        return f"{self.gate(gate)}: {self.answer(gate, state.answer)}{met}"

    def lowest_first(self, dimensions: Iterable[str]) -> list[str]:
        """Sort dimensions by their score as a fraction of the highest one."""

        def fraction(id_: str) -> float:
            so_far = self.result.dimensions[id_].so_far
            return (so_far or 0.0) / (top_of(self.scores.tops, "dimension", id_) or 1.0)

        return sorted(dimensions, key=fraction)
