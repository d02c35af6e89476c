"""What follows from a result, in sections of sentences.

Its twin is `generator/quiz/report/advice.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..scoring.diagnosis import Diagnosis
from ..scoring.scorer import Result, Scorer
from .listing import Listing, Section
from .plan import Plan
from .reasons import Reasons
from .scores import ScoreWords
from .second_look import second_look


class Advice:
    """Says what holds a result back, what to look at again and what to do next."""

    def __init__(self, scorer: Scorer, result: Result, diagnosis: Diagnosis, words: ScoreWords):
        """Put together what says the parts."""
        self.rubric, self.diagnosis, self.word = scorer.rubric, diagnosis, words.word
        self.listing = Listing(scorer, result, words)
        self.reasons = Reasons(scorer, result, diagnosis, self.listing)
        self.plan = Plan(scorer, diagnosis, self.listing, self.reasons)

    def sections(self) -> Iterator[Section]:
        """Yield the sections of the report that have something to say."""
        looks = second_look(self.diagnosis, self.listing)
        for section in (*self.reasons.sections(), *looks, *self.plan.sections()):
            if section.leads or section.entries:
                yield section

    def belief(self) -> str:
        """Return how the stage believed compares with the result; empty where none was named."""
        if not self.diagnosis.believed:
            return ""
        stage, above = self.diagnosis.believed
        keys = {None: "believed-open", 0: "believed-same"}
        key = keys.get(above, "believed-above" if (above or 0) > 0 else "believed-below")
        return self.word(key, believed=self.rubric.stages[stage].title, n=abs(above or 0))
