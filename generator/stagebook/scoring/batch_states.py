"""The states of gates as numbers, which many assessments share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import getitem, itemgetter

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN, Answer, Assessment
from .gates import UNANSWERED, State, left_out_by, may_be_met
from .scorer import Scorer

ASIDE = (UNKNOWN, NOT_APPLICABLE, None)
BYTES = 256
"""So many numbers fit into bytes, of which a table looks up all at once."""

_NOTHING = repeat(Answer(None))
_answer_of = itemgetter(0)


class _Known(dict[str | None, int]):
    """The numbers of a gate's answers; whatever else is said is no answer."""

    def __init__(self, states: States, known: Mapping[str, State]) -> None:
        super().__init__((answer, states.number(state)) for answer, state in known.items())
        self.unanswered = states.unanswered

    def __missing__(self, answer: str | None) -> int:
        return self.unanswered


class States:
    """States by number; those of one kind differ in nothing that scoring reads."""

    def __init__(self, scorer: Scorer) -> None:
        """Number the states of all answers; measures may add more."""
        self.scorer = scorer
        self.listed: list[State] = []
        self.kind_of: list[int] = []
        self.kinds: list[State] = []
        self.aside_of: list[int] = []
        self.numbers: dict[str, int] = {}
        self.kind_numbers: dict[str, int] = {}
        self.unanswered = self.number(UNANSWERED)
        self.ids = [gate.id for gate in scorer.gates]
        self.known = [_Known(self, gate.states) for gate in scorer.gates]
        """The numbers of each gate's answers."""
        numbered = [*enumerate(scorer.gates)]
        self.other_ways = [(place, gate) for place, gate in numbered if gate.measure or gate.counts]
        """Gates that may be answered otherwise than by an answer."""
        self.asking = [(place, gate) for place, gate in numbered if gate.applies]
        # Few profiles are different.
        self.left_out = lru_cache(1_000)(self.find_left_out)

    def number(self, state: State) -> int:
        """Return the number of a state."""
        name = repr(state)  # Equal texts are equal doubles, and -0.0 is not 0.0.
        number = self.numbers.get(name)
        if number is None:
            number = self.numbers[name] = len(self.listed)
            self.listed.append(state)
            self.aside_of.append(ASIDE.index(state.answer) if state.answer in ASIDE else len(ASIDE))
            kind = repr((*state[1:], may_be_met(state)))
            if kind not in self.kind_numbers:
                self.kind_numbers[kind] = len(self.kinds)
                self.kinds.append(state)
            self.kind_of.append(self.kind_numbers[kind])
            if number < BYTES:
                self.kind_table = bytes(self.kind_of).ljust(BYTES)
                self.aside_table = bytes(self.aside_of).ljust(BYTES)
        return number

    def of(self, assessment: Assessment) -> Sequence[int]:
        """Return the number of what an assessment says of each gate, as `ScoredGate.state` does."""
        unanswered, said = self.unanswered, map(assessment.answers.get, self.ids, _NOTHING)
        numbers = [*map(getitem, self.known, map(_answer_of, said))]
        for place, gate in self.other_ways:
            if numbers[place] == unanswered:
                numbers[place] = self.number(gate.state(assessment))
        if self.asking:
            for place, number in self.left_out(tuple(assessment.profile.items())):
                numbers[place] = number
        return bytes(numbers) if len(self.listed) <= BYTES else numbers

    def find_left_out(self, profile: tuple[tuple[str, str], ...]) -> list[tuple[int, int]]:
        """Return the gates that do not apply by a profile; `left_out` is the same, remembered."""
        said = dict(profile)
        return [
            (place, self.known[place][NOT_APPLICABLE])
            for place, gate in self.asking
            if left_out_by(gate, said)
        ]

    def kinds_of(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return the kinds of states."""
        if isinstance(numbers, bytes):
            return numbers.translate(self.kind_table)
        return [*map(self.kind_of.__getitem__, numbers)]

    def by_gate(self, numbers: Sequence[int]) -> dict[str, State]:
        """Return the states of an assessment by the ids of gates."""
        ids = (gate.id for gate in self.scorer.gates)
        return dict(zip(ids, map(self.listed.__getitem__, numbers), strict=True))

    def coverage(self, numbers: Sequence[int]) -> dict[str, int]:
        """Count the gates, and how they were answered, as `scorer.coverage` does."""
        if isinstance(numbers, bytes):
            found = numbers.translate(self.aside_table)
        else:
            found = bytes(map(self.aside_of.__getitem__, numbers))
        unknown, not_applicable, unanswered = map(found.count, range(len(ASIDE)))
        return {
            "gates": len(found),
            "answered": len(found) - unknown - not_applicable - unanswered,
            "unknown": unknown,
            "not_applicable": not_applicable,
            "unanswered": unanswered,
        }
