"""What a result says first, in sentences.

Its twins are `sentences` and `remarks` in `generator/quiz/report`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..scoring.scorer import Result, Scorer, coverage
from .left_out import count_applying
from .scores import ScoreWords


class Headline:
    """Says where a result stands, and what that rests on."""

    def __init__(self, scorer: Scorer, result: Result, words: ScoreWords) -> None:
        """Take the stages or bands of the overall score."""
        self.scorer, self.result, self.scores, self.word = scorer, result, words, words.word
        self.low, self.high, self.so_far = words.places(result.overall)

    def headline(self) -> str:
        """Return the stage or band, what is certain of it, or the score; empty without any."""
        if self.low and self.low != self.high:
            overall, bands = self.result.overall, self.scorer.scoring.bands
            is_stage = bool(overall.stage.low and overall.stage.high)
            ends = overall.stage if is_stage else overall.bands
            every = self.scorer.ladder.stages if is_stage else [*(bands.of if bands else ())]
            if ends.low not in every[:1]:
                return self.word("stage-at-least", place=self.low)
            key = "rules-out-none" if ends.high in every[-1:] else "rules-out-above"
            return self.word(key, stage=self.high)
        if self.low:
            return self.low
        score = self.result.overall.so_far
        if score is None:
            return ""
        shown = self.scores.score(score)
        return shown if self._is_settled else self.word("now", result=shown)

    @property
    def _is_settled(self) -> bool:
        return self.result.overall.low == self.result.overall.high

    def remarks(self) -> Iterator[str]:
        """Yield what the headline rests on: the gates still open, and the rule."""
        if self.low and self.low != self.high and self.so_far:
            ends = {"low": self.low, "high": self.high, "stage": self.so_far}
            n = coverage(self.result.states)["unanswered"]
            yield self.word("stage-open", n=n, **ends)
        scorer = self.scorer
        of, count = (scorer.rule.of, scorer.rule.by), len(scorer.rubric.dimensions)
        if self.result.overall.stage.low and of == ("dimensions", "min") and count > 1:
            some = "stage-rule-limited" if scorer.limiting else "stage-rule-core"
            yield self.word(some if len(scorer.counted) < count else "stage-rule")

    def numbers(self) -> str:
        """Return the overall score, with its range while answers are missing."""
        low, high, so_far = self.result.overall[:3]
        if low is None or high is None or (self._is_settled and not self.low):
            return ""
        score = self.scores.score(low if so_far is None else so_far)
        if self._is_settled:
            return self.word("score-is", score=score)
        ends = {"low": self.scores.digits(low), "high": self.scores.digits(high)}
        return self.word("score-between", score=score, **ends)

    def coverage(self, profile: Mapping[str, str]) -> str:
        """Return how many of the gates that apply are answered, and how many do not apply.

        It also says how many were answered by a choice off the scale.
        """
        counts = count_applying(self.scorer, self.result.states, profile)
        key = "coverage" if counts["unknown"] or counts["not_applicable"] else "coverage-plain"
        said = self.word(key, **counts)
        return f"{said} {self.word('coverage-left', **counts)}" if counts["n"] else said
