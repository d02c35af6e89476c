"""Scores in words: with the highest that answers can give, and their unit.

`Names` in `generator/quiz/render/names.js` writes them the same way.
"""

from __future__ import annotations

from ..i18n import number as write_local
from ..i18n import page_word
from ..scoring.intervals import Score
from ..scoring.rounding import display_score
from ..scoring.scale import find_tops, top_of
from ..scoring.scorer import Overall, Scorer


class ScoreWords:
    """Writes the scores of a rubric in a language."""

    def __init__(self, scorer: Scorer, language: str) -> None:
        """Find what scores are out of."""
        self.rubric, self.scoring, self.language = scorer.rubric, scorer.scoring, language
        self.tops = find_tops(scorer)

    def word(self, key: str, **values: str | float) -> str:
        """Return words of the result with their placeholders filled."""
        return page_word(self.language, key, self.rubric.terms.words, **values)

    def times_of(self, of: str) -> float:
        """Return the factor in the scores of a level."""
        level = self.scoring.levels.get(of)  # type: ignore[call-overload]
        return self.scoring.times if of == "overall" else level.times if level else 1.0

    def score(self, value: float, of: str = "overall", id_: str = "") -> str:
        """Return a score as `1.4 of 3`, or as `67%` where 100% is the highest."""
        level = self.scoring if of == "overall" else self.scoring.levels.get(of)  # type: ignore[call-overload]
        unit = level.unit if level else None
        top = top_of(self.tops, of, id_)
        shown = self._with_sign(self.digits(value, of), unit)
        full = "" if top is None else _short(display_score(top, self.scoring, self.times_of(of)))
        if full and not (unit == "%" and full == "100"):
            highest = self._with_sign(write_local(self.language, full), unit)
            shown = self.word("score-of", score=shown, top=highest)
        return f"{shown} {unit}" if unit and unit != "%" else shown

    def digits(self, value: float, of: str = "overall") -> str:
        """Return the number of a score alone."""
        shown = display_score(value, self.scoring, self.times_of(of))
        return write_local(self.language, shown)

    def _with_sign(self, digits: str, unit: str | None) -> str:
        return self.word("percent", share=digits) if unit == "%" else digits

    def interval(self, score: Score, of: str, id_: str) -> str:
        """Return the score so far, with the range that missing answers allow."""
        if score.low is None or score.high is None:
            return "–"
        known = "–" if score.so_far is None else self.score(score.so_far, of, id_)
        if score.low == score.high:
            return known
        ends = {"low": self.digits(score.low, of), "high": self.digits(score.high, of)}
        return f"{known} ({self.word('range', **ends)})"

    def stage(self, id_: str | None) -> str:
        """Return the title of a stage, or nothing."""
        return self.rubric.stages[id_].title if id_ else ""

    def band(self, id_: str | None) -> str:
        """Return the label of a band, or the title of its stage."""
        bands = self.scoring.bands
        band = bands.of[id_] if bands and id_ else None
        return (band.label or self.stage(band.stage)) if band else ""

    def places(self, overall: Overall) -> tuple[str, str, str]:
        """Return the stages or bands of the lowest, highest and present score; `""` for none."""
        if overall.stage.low and overall.stage.high:
            low, high, so_far = overall.stage
            return self.stage(low), self.stage(high), self.stage(so_far)
        low, high, so_far = overall.bands
        return self.band(low), self.band(high), self.band(so_far)


def _short(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
