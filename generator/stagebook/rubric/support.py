"""How well gates are supported: where their ideas come from, and where their numbers do.

The two are counted apart. A sourced idea with judged numbers is a good question with an arguable
limit, and a count of the ideas alone would hide that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from .model import BasisKind, Gate

Idea = BasisKind | Literal["unstated"]
"""Where the idea of a gate comes from; `unstated` where the gate names no basis."""
Numbers = BasisKind | Literal["partly", "none"]
"""Where the numbers of a gate come from; `partly` where some but not all are judgement."""

IDEAS: tuple[Idea, ...] = ("sourced", "reported", "judgement", "unstated")
NUMBERS: tuple[Numbers, ...] = ("none", "sourced", "reported", "partly", "judgement")


class Support(NamedTuple):
    """Where the idea of a gate comes from, and where its numbers do."""

    idea: Idea
    numbers: Numbers


def support_of(gate: Gate) -> Support:
    """Return how well a gate is supported; of the numbers that decide, the weakest counts."""
    idea: Idea = gate.basis.kind if gate.basis else "unstated"
    kinds = {threshold.kind for threshold in gate.thresholds if threshold.decides}
    if kinds > {"judgement"}:
        return Support(idea, "partly")
    weakest: Iterable[Numbers] = (kind for kind in reversed(NUMBERS) if kind in kinds)
    return Support(idea, next(iter(weakest), "none"))


Counts = Mapping[Idea, Mapping[Numbers, int]]


def count_support(gates: Iterable[Gate]) -> Counts:
    """Return how many gates there are of each kind of idea, by the kind of their numbers."""
    found = Counter(map(support_of, gates))
    return {idea: {kind: found[Support(idea, kind)] for kind in NUMBERS} for idea in IDEAS}


class SupportCounts(NamedTuple):
    """The counts as a sentence and a table show them."""

    table: Counts

    @property
    def ideas(self) -> list[Idea]:
        """Return the kinds of ideas that occur."""
        return [kind for kind in IDEAS if self.with_idea(kind)]

    @property
    def kinds(self) -> list[Numbers]:
        """Return the kinds of numbers that occur."""
        return [kind for kind in NUMBERS if self.with_numbers(kind)]

    @property
    def gates(self) -> int:
        """Return how many gates there are."""
        return self.with_numbers(*NUMBERS)

    @property
    def numbered(self) -> int:
        """Return how many gates have a number."""
        return self.gates - self.with_numbers("none")

    @property
    def judged(self) -> int:
        """Return how many gates have a number that is judgement."""
        return self.with_numbers("partly", "judgement")

    def with_idea(self, kind: Idea) -> int:
        """Return how many gates have an idea of a kind."""
        return sum(self.table[kind].values())

    def with_numbers(self, *kinds: Numbers) -> int:
        """Return how many gates have numbers of some kinds."""
        return sum(row[kind] for row in self.table.values() for kind in kinds)
