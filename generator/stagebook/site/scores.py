"""What scores look like to readers: their ends, their units, and the bands of the overall score."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..assessment.reader import Assessment
from ..i18n import number, page_word
from ..rubric.model import Rubric, Scale
from ..scoring.rounding import round_half_up
from ..scoring.scorer import Scorer

Level = Literal["overall", "group", "dimension", "topic"]
Ends = tuple[float, float]
"""The lowest and the highest score."""


class BandRange(NamedTuple):
    """A band with the words for its range, and the stage that it stands for."""

    id: str
    title: str
    range: str
    stage: str | None = None


def all_ends(rubric: Rubric) -> dict[Level, dict[str, Ends]]:
    """Return the lowest and highest score of every level: of groups, dimensions, topics by id."""
    result = Scorer(rubric).score(Assessment())
    overall = {"": result.overall} if rubric.scoring.overall else {}
    levels: dict[Level, dict[str, tuple[float | None, float | None]]] = {
        "overall": {id_: (one.low, one.high) for id_, one in overall.items()},
        "group": {id_: (one.low, one.high) for id_, one in result.groups.items()},
        "dimension": {id_: (one.low, one.high) for id_, one in result.dimensions.items()},
        "topic": {id_: (one.low, one.high) for id_, one in result.topics.items()},
    }
    return {
        level: {
            id_: (low, high)
            for id_, (low, high) in ends.items()
            if low is not None and high is not None
        }
        for level, ends in levels.items()
    }


def score_words(rubric: Rubric, level: Level, value: float, decimals: int | None = None) -> str:
    """Return a score with the unit of its level: `50 %`; trailing zeros are left out."""
    decimals = rubric.scoring.decimals if decimals is None else decimals
    level_told = rubric.scoring.levels.get(level) if level != "overall" else None
    unit = rubric.scoring.unit if level == "overall" else level_told and level_told.unit
    shown = number(rubric.language, decimal(value, decimals))
    if unit == "%":
        return page_word(rubric.language, "percent", (), share=shown)
    return f"{shown} {unit}" if unit else shown


def decimal(value: float, decimals: int) -> str:
    """Return a number with at most so many decimals."""
    shown = round_half_up(value, decimals)
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def ends_words(rubric: Rubric, level: Level, ends: Ends) -> str:
    """Return the ends of a score in words: `0 to 3`."""
    low = number(rubric.language, decimal(ends[0], rubric.scoring.decimals))
    high = score_words(rubric, level, ends[1])
    return page_word(rubric.language, "from-to", (), **{"from": low, "to": high})


def band_ranges(rubric: Rubric) -> list[BandRange]:
    """Return the bands of the overall score from lowest to highest, with their ranges in words."""
    bands = rubric.scoring.bands
    if not bands or not rubric.scoring.overall:
        return []
    ranges = _ranges(rubric, [band.at for band in bands.of.values()], lower=bands.edge == "lower")
    return [
        BandRange(
            id_,
            band.label or (rubric.stages[band.stage].title if band.stage else id_),
            words,
            band.stage,
        )
        for (id_, band), words in zip(bands.of.items(), ranges, strict=True)
    ]


def _ranges(rubric: Rubric, edges: list[float], *, lower: bool) -> list[str]:
    """Return the words of ranges that start at each edge, or that end there."""
    language = rubric.language
    bare = [number(language, decimal(edge, 6)) for edge in edges]
    full = [score_words(rubric, "overall", edge, 6) for edge in edges]
    key = "band-from-to" if lower else "band-over-to"
    between = [
        page_word(language, key, (), **{"from": low, "to": high})
        for low, high in zip(bare, full[1:], strict=False)
    ]
    if lower:
        return [*between, page_word(language, "band-from", (), **{"from": full[-1]})]
    return [page_word(language, "band-to", (), to=full[0]), *between]


def is_plain(scale: Scale) -> bool:
    """Return whether the scores of a scale are what readers expect: equal steps from 0 to 1."""
    scores = sorted(choice.score for choice in scale.values())
    top = len(scores) - 1
    return all(abs(score - place / top) < 1e-9 for place, score in enumerate(scores))
