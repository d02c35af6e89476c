"""How many of the gates that are met have dated evidence: what is said of them can be looked up.

Its twin is `generator/quiz/report/dated.js`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..assessment.days import read_day
from ..assessment.reader import Assessment
from ..scoring.scorer import Result, Scorer
from .listing import Entry, Section
from .scores import ScoreWords


class Dated(NamedTuple):
    """The met gates of a dimension, and how many of them have evidence with a date."""

    met: int
    dated: int


def count_dated(scorer: Scorer, assessment: Assessment, result: Result) -> dict[str, Dated]:
    """Return the counts of each dimension in which a gate is met, in the order of the rubric."""
    counts: dict[str, Dated] = {}
    for id_ in scorer.rubric.dimensions:
        met = [one.id for one in scorer.gates if one.dimension == id_]
        met = [gate for gate in met if result.states[gate].is_open]
        if met:
            counts[id_] = Dated(len(met), sum(_has_dated(assessment, gate) for gate in met))
    return counts


def dated_section(counts: dict[str, Dated], words: ScoreWords) -> Iterator[Section]:
    """Yield the counts in words, one dimension a line, if a gate is met."""
    if not counts:
        return
    entries = tuple(
        Entry(f"{words.rubric.dimensions[id_].title}: {_share(one, words)}")
        for id_, one in counts.items()
    )
    yield Section(words.word("dated"), (), entries)


def _share(one: Dated, words: ScoreWords) -> str:
    return words.word("of-all", n=one.dated, total=one.met)


def _has_dated(assessment: Assessment, gate: str) -> bool:
    answer = assessment.answers.get(gate)
    evidence = answer.evidence if answer else ()
    return any(read_day(str(one.get("date", ""))) for one in evidence)
