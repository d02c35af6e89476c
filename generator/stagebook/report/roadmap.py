"""The roadmap of an assessment, in the report and in the result as data.

It says what `generator/quiz/report/roadmap-words.js` says of a phase, without the forecast.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..assessment.record import Phase, PhasePlay
from ..diagnostics import printable
from .scores import ScoreWords


def roadmap_data(roadmap: tuple[Phase, ...]) -> list[dict[str, Any]]:
    """Return the phases as an assessment has them, without what is not said."""
    return [
        _said(phase._asdict())
        | _said({"remediations": [_said(one._asdict()) for one in phase.remediations]})
        for phase in roadmap
    ]


def _said(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}


def roadmap_lines(roadmap: tuple[Phase, ...], words: ScoreWords) -> Iterator[str]:
    """Yield each phase of which anything is said, and its plays below it."""
    for number, phase in enumerate(roadmap, 1):
        if any(phase):
            yield " · ".join(_facts(phase, number, words))
            yield from (f"  {_play(one, words)}" for one in phase.remediations)


def _facts(phase: Phase, number: int, words: ScoreWords) -> Iterator[str]:
    """Yield what a phase is called, its day, its owner and its target."""
    yield printable(phase.title) or words.word("phase", n=number)
    if phase.date:
        yield words.word("phase-until", date=printable(phase.date))
    if phase.owner:
        yield f"{words.word('owner')}: {printable(phase.owner)}"
    if phase.target_stage:
        stage = words.rubric.stages[phase.target_stage].title
        yield words.word("phase-target", stage=stage)


def _play(play: PhasePlay, words: ScoreWords) -> str:
    title = words.rubric.remediations[play.id].title
    return f"{title} ({printable(play.owner)})" if play.owner else title
