"""The answers that a question offers, as its readers see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from ..checks.gaps import gaps
from ..rubric.model import Gate, Measure, Rubric, meanings_of
from ..rubric.prose import plain
from ..scoring.gates import lowest_of, only_rules_out

SHORT = 24
"""As many characters have an answer and its meaning, at most, that stand beside others."""
BRIEF = 160
"""As many characters has a text, at most, that a question shows without folding it."""


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def meaning(self) -> str | None: ...


class Answer(NamedTuple):
    """An answer with its words and, where somebody says it, what it means."""

    id: str
    label: str
    meaning: str | None


class Asked(NamedTuple):
    """A measure, and the titles of the gates that its number answers, or can only rule out."""

    id: str
    measure: Measure
    answers: list[str]
    rules_out: list[str]


def measured(rubric: Rubric, gates: Iterable[str]) -> list[Asked]:
    """Return the measures that some gates are answered by."""
    found = {id_: Asked(id_, one, [], []) for id_, one in rubric.measures.items()}
    for id_ in gates:
        gate = rubric.gates[id_]
        if gate.measure:
            asked = found[gate.measure.of]
            titles = asked.rules_out if can_only_be_ruled_out(rubric, gate) else asked.answers
            titles.append(gate.title)
    return [one for one in found.values() if one.answers or one.rules_out]


def can_only_be_ruled_out(rubric: Rubric, gate: Gate) -> bool:
    """Return whether the number of a gate can only say that it is not met."""
    if gate.measure is None or gate.measure.points:
        return False
    scores = {id_: choice.score for id_, choice in rubric.scale_of(gate).items()}
    return only_rules_out(gate.measure, scores)


def otherwise(rubric: Rubric, gate: Gate) -> str | None:
    """Return the label of the answer that numbers give which meet no condition of a gate."""
    if gate.measure is None or gate.measure.points or can_only_be_ruled_out(rubric, gate):
        return None
    if not gaps(gate.measure, rubric.measures[gate.measure.of]):
        return None
    scale = rubric.scale_of(gate)
    return scale[lowest_of({id_: choice.score for id_, choice in scale.items()})].label


def answers_of(rubric: Rubric, gate: Gate) -> list[Answer]:
    """Return the answers to a gate in the order of its scale; none if only a number scores it.

    What an answer means is told by the gate, else by the scale.
    """
    if gate.measure and gate.measure.points:
        return []
    scale = rubric.scale_of(gate)
    meanings = meanings_of(gate, scale)
    return [
        answer._replace(meaning=meanings.get(answer.id, answer.meaning))
        for answer in labelled(scale)
    ]


def labelled(choices: Mapping[str, _Labelled]) -> list[Answer]:
    """Return the choices of a scale, or of a question of the profile, in their order."""
    return [Answer(id_, one.label, one.meaning) for id_, one in choices.items()]


def are_long(answers: Sequence[Answer]) -> bool:
    """Return whether answers need a line each."""
    return any(len(one.label) + len(plain(one.meaning or "")) > SHORT for one in answers)


def is_brief(text: str) -> bool:
    """Return whether a text needs no fold."""
    return len(plain(text)) <= BRIEF


def asked_of(rubric: Rubric, gates: Sequence[str]) -> list[str]:
    """Return the questions of the profile that decide whether some gates apply."""
    named = {question for id_ in gates for question in rubric.applies(rubric.gates[id_])}
    return [id_ for id_ in rubric.profile if id_ in named]
