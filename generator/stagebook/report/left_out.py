"""What the profile leaves out: gates by the answer that says that they do not apply.

It says the same as `generator/quiz/report/left-out.js`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..rubric.prose import plain
from ..scoring.gates import left_out_by
from ..scoring.scorer import Scorer


class LeftOut(NamedTuple):
    """A question of the profile with its answer in words, and the gates that it leaves out."""

    question: str
    answer: str
    gates: tuple[str, ...]


def left_out_by_profile(scorer: Scorer, profile: Mapping[str, str]) -> list[LeftOut]:
    """Return the answers that leave gates out, in the order of the profile."""
    by_question: dict[str, list[str]] = {id_: [] for id_ in scorer.rubric.profile}
    for gate in scorer.gates:
        question = left_out_by(gate, profile)
        if question is not None:
            by_question[question].append(gate.id)
    return [
        LeftOut(plain(one.question), one.choices[profile[id_]].label, tuple(by_question[id_]))
        for id_, one in scorer.rubric.profile.items()
        if by_question[id_]
    ]
