"""The table of cells: how much of each is reached, dimensions by stages.

`generator/quiz/render/heat.js` draws it the same way.
"""

from __future__ import annotations

from ..assessment.reader import Assessment
from ..i18n import number as write_local
from ..scoring.gates import ANY_STAGE
from ..scoring.intervals import Score
from ..scoring.rounding import display_score
from ..scoring.scorer import Result, Scorer
from .scores import ScoreWords


class Heat:
    """Writes the shares of cells in a language."""

    def __init__(self, scorer: Scorer, words: ScoreWords) -> None:
        """Find the ends of each cell: without an answer all is possible."""
        self.words, self.rubric = words, scorer.rubric
        self.blank = scorer.score(Assessment()).cells
        self.scoring = scorer.scoring.model_copy(update={"decimals": 0})
        used = {stage for row in self.blank.values() for stage in row}
        stages = [stage for stage in (ANY_STAGE, *scorer.ladder.stages) if stage in used]
        self.stages = stages if len(stages) > 1 else []
        """The columns: the stages that have gates, or nothing where one column would be left."""

    def rows(self, result: Result) -> list[list[str]]:
        """Return the table with its heads: `–` before the first answer of a cell."""
        if not self.stages:
            return []
        any_stage = self.words.word("any-stage")
        titles = [any_stage if id_ == ANY_STAGE else self.words.stage(id_) for id_ in self.stages]
        return [
            [self.words.word("dimension"), *titles],
            *(
                [record.title, *(self._cell(result, id_, stage) for stage in self.stages)]
                for id_, record in self.rubric.dimensions.items()
            ),
        ]

    def _cell(self, result: Result, dimension: str, stage: str) -> str:
        score = result.cells[dimension].get(stage)
        if score is None:
            return ""
        if score.so_far is None:
            return "–"
        low, high, so_far = (_share(end, self.blank[dimension][stage]) for end in score[:3])
        known = self.words.word("percent", share=self._percent(so_far))
        if score.low == score.high:
            return known
        ends = {"low": self._percent(low), "high": self._percent(high)}
        return f"{known} ({self.words.word('range', **ends)})"

    def _percent(self, share: float) -> str:
        return write_local(self.words.language, display_score(100 * share, self.scoring, 100))


def _share(value: float | None, ends: Score) -> float:
    """Return where a value lies between the ends of a cell, from 0 to 1.

    A cell of bonuses alone has one end: it has a score only where they are met.
    """
    start, end = ends.low or 0.0, ends.high or 0.0
    return ((start if value is None else value) - start) / (end - start) if end > start else 1.0
