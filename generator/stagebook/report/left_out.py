"""What the profile leaves out: gates by the answer that says that they do not apply.

It says the same as `generator/quiz/report/left-out.js`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..rubric.prose import plain
from ..scoring.gates import State, left_out_by
from ..scoring.scorer import Scorer, coverage


class LeftOut(NamedTuple):
    """A question of the profile with its answer in words, and the gates that it leaves out."""

    question: str
    answer: str
    gates: tuple[str, ...]


def gates_left_out(scorer: Scorer, profile: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the gates that each question leaves out by its answer, in the order of the profile."""
    by_question: dict[str, list[str]] = {id_: [] for id_ in scorer.rubric.profile}
    for gate in scorer.gates:
        question = left_out_by(gate, profile)
        if question is not None:
            by_question[question].append(gate.id)
    return {question: gates for question, gates in by_question.items() if gates}


def left_out_by_profile(scorer: Scorer, profile: Mapping[str, str]) -> list[LeftOut]:
    """Return the answers that leave gates out, in the order of the profile."""
    questions = scorer.rubric.profile
    return [
        LeftOut(
            plain(questions[id_].question), questions[id_].choices[profile[id_]].label, tuple(gates)
        )
        for id_, gates in gates_left_out(scorer, profile).items()
    ]


def count_applying(
    scorer: Scorer, states: Mapping[str, State], profile: Mapping[str, str]
) -> dict[str, int]:
    """Count the gates that apply, and how they were answered.

    `n` gates are left out by the profile, and `given` gates have an answer of any kind.
    """
    counts = coverage(states)
    n = sum(left_out_by(gate, profile) is not None for gate in scorer.gates)
    gates, aside = counts["gates"] - n, counts["not_applicable"] - n
    given = gates - counts["unanswered"]
    return {**counts, "n": n, "gates": gates, "not_applicable": aside, "given": given}
