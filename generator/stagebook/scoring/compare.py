"""Two assessments side by side, and many in a row: all are scored with the same rubric.

Its twin is `generator/quiz/scoring/compare.js`: the same names in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cmp_to_key
from typing import Literal, NamedTuple, TypeAlias

from ..assessment.days import read_day
from ..assessment.reader import Assessment
from ..rubric.model import Change
from .gates import State, falls_short
from .intervals import Score
from .scorer import DimensionResult, Overall, Result, Scorer

SEMVER = re.compile(r"(\d+\.\d+\.\d+)(?:-([\w.-]+))?(?:\+.*)?", re.ASCII)

Numbers: TypeAlias = Score | Overall | DimensionResult
"""What has a score so far."""


class GateMove(NamedTuple):
    """How a gate's answer differs between two assessments; None stands for no answer."""

    gate: str
    before: str | None
    after: str | None
    kind: Literal["opened", "shut", "answered", "changed", "cleared"]


class SymptomMove(NamedTuple):
    """A symptom that is seen in one of two assessments only: in the second where it is new."""

    symptom: str
    is_new: bool


class MeasureMove(NamedTuple):
    """A measure whose number differs; None where there is none."""

    measure: str
    before: float | None
    after: float | None


class ProfileMove(NamedTuple):
    """A question of the profile whose answer differs; None where there is none."""

    question: str
    before: str | None
    after: str | None


class Comparison(NamedTuple):
    """What moved from one assessment to another.

    `versions` are those of the rubric that the assessments name, `changes` what the rubric says of
    the versions between them, and `reworded` the gates that were answered before a revision.
    """

    before: Result
    after: Result
    gates: tuple[GateMove, ...]
    symptoms: tuple[SymptomMove, ...]
    measures: tuple[MeasureMove, ...]
    profile: tuple[ProfileMove, ...]
    versions: tuple[str, str]
    changes: dict[str, Change]
    reworded: tuple[str, ...]


def compare_text(a: str, b: str) -> int:
    """Put texts in order by the numbers in them: 1.9, then 1.10."""
    first, second = (re.split(r"(\d+)", text, flags=re.ASCII) for text in (a, b))
    for one, other in zip(first, second, strict=False):
        if one != other and one.isdecimal() and other.isdecimal():
            number, another = one.lstrip("0"), other.lstrip("0")
            order = len(number) - len(another) or _order(number, another)
        else:
            order = _order(one, other)
        if order:
            return order
    return len(first) - len(second)


def compare_versions(a: str, b: str) -> int:
    """Put versions in order as semver 2.0.0 does (section 11): 1.9.0, 1.10.0-rc.2, 1.10.0.

    Other text is in order by its numbers.
    """
    (core, marks), (other_core, other_marks) = map(_split_version, (a, b))
    if core != other_core:
        return compare_text(core, other_core)
    if not marks or not other_marks:
        return (not marks) - (not other_marks)
    mine, others = marks.split("."), other_marks.split(".")
    for mark, other in zip(mine, others, strict=False):
        order = compare_marks(mark, other)
        if order:
            return order
    return len(mine) - len(others)


def compare_marks(a: str, b: str) -> int:
    """Put two parts of a prerelease in order: numbers by value and before words, words by ASCII."""
    is_number, is_other = (re.fullmatch(r"[0-9]+", mark) is not None for mark in (a, b))
    if is_number != is_other:
        return -1 if is_number else 1
    if is_number:
        return len(a) - len(b) or _order(a, b)
    return _order(a, b)


def compare_assessments(scorer: Scorer, before: Assessment, after: Assessment) -> Comparison:
    """Return what moved from one assessment to another; both under the ids of this rubric."""
    rubric, was, now = scorer.rubric, scorer.score(before), scorer.score(after)
    older, newer = sorted((before.version, after.version), key=cmp_to_key(compare_versions))
    moves = (_gate_move(gate.id, was.states[gate.id], now.states[gate.id]) for gate in scorer.gates)
    numbers = (
        MeasureMove(id_, before.measures.get(id_), after.measures.get(id_))
        for id_ in rubric.measures
    )
    answers = (
        ProfileMove(id_, before.profile.get(id_), after.profile.get(id_)) for id_ in rubric.profile
    )
    return Comparison(
        before=was,
        after=now,
        gates=tuple(move for move in moves if move),
        symptoms=tuple(
            SymptomMove(id_, id_ in after.symptoms)
            for id_ in rubric.symptoms
            if (id_ in after.symptoms) != (id_ in before.symptoms)
        ),
        measures=tuple(move for move in numbers if move.before != move.after),
        profile=tuple(move for move in answers if move.before != move.after),
        versions=(before.version, after.version),
        changes={
            version: change
            for version, change in rubric.changes.items()
            if older
            and compare_versions(version, older) > 0
            and compare_versions(version, newer) <= 0
        },
        reworded=tuple(
            id_
            for id_, gate in rubric.gates.items()
            if (said := before.answers.get(id_))
            and said.answer
            and (1 if said.rev is None else said.rev) < gate.rev
        ),
    )


def find_delta(before: Numbers, after: Numbers) -> float | None:
    """Return how far the score so far moved; None where there is none."""
    if before.so_far is None or after.so_far is None:
        return None
    return after.so_far - before.so_far


def series(scorer: Scorer, assessments: Iterable[Assessment]) -> list[tuple[Assessment, Result]]:
    """Return assessments by date, those without one last, each with what it came to."""
    rounds = [(assessment, scorer.score(assessment)) for assessment in assessments]
    days = [read_day(assessment.date) for assessment, _ in rounds]
    order = sorted(range(len(rounds)), key=lambda place: (days[place] is None, days[place]))
    return [rounds[place] for place in order]


def _gate_move(gate: str, before: State, after: State) -> GateMove | None:
    """Return how a gate's answer or score differs, if it does."""
    # One that is measured by points keeps its answer while its score moves.
    if before.answer == after.answer and before.score == after.score:
        return None
    if before.answer is None:
        return GateMove(gate, before.answer, after.answer, "answered")
    if after.answer is None:
        return GateMove(gate, before.answer, after.answer, "cleared")
    if falls_short(before) and after.is_open:
        return GateMove(gate, before.answer, after.answer, "opened")
    if before.is_open and falls_short(after):
        return GateMove(gate, before.answer, after.answer, "shut")
    return GateMove(gate, before.answer, after.answer, "changed")


def _split_version(version: str) -> tuple[str, str]:
    match = SEMVER.fullmatch(version)
    return (match[1], match[2] or "") if match else (version, "")


def _order(a: str, b: str) -> int:
    return (a > b) - (a < b)
