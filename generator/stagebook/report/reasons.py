"""What holds a result back, in words.

Its twin is `generator/quiz/report/reasons.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..scoring.diagnosis import Diagnosis, Reason, is_next_step
from ..scoring.gates import falls_short
from ..scoring.holding import held_stage, next_stage
from ..scoring.scorer import Result, Scorer
from .listing import Entry, Listing, Section


class Told(NamedTuple):
    """The reasons that are told: what holds the result back, and the next steps elsewhere."""

    holding: tuple[Reason, ...]
    others: tuple[Reason, ...]


def told_reasons(scorer: Scorer, result: Result, diagnosis: Diagnosis) -> Told:
    """Return the next step of each dimension in which a gate is answered.

    At the top of the ladder nothing holds the result back. A dimension that does not count holds it
    back by its blocking gates alone. One ladder of all gates is held back at its own next step,
    wherever the dimensions stand.
    """
    at_top = result.overall.stage.low is not None and next_stage(scorer, result) is None
    holding = () if at_top else diagnosis.holding

    def is_answered(reason: Reason) -> bool:
        return any(gate.answer is not None for gate in reason.gates)

    def is_told(reason: Reason, low: str | None, reasons: Sequence[Reason]) -> bool:
        return is_answered(reason) and is_next_step(scorer, low, reason, reasons)

    limits = result.items.limits
    held = held_stage(scorer, result)
    limiting = [
        one
        for one in diagnosis.limits
        if one.dimension in holding
        and is_told(one, scorer.stages(limits[one.dimension]).low, diagnosis.limits)
    ]
    together = [
        one
        for one in diagnosis.reasons
        if one.stage == held and one.dimension in holding and is_answered(one)
    ]
    named = {one.dimension for one in (*limiting, *together)}
    steps = [
        one
        for one in diagnosis.reasons
        if one.dimension not in named
        and is_told(one, result.dimensions[one.dimension].stage.low, diagnosis.reasons)
    ]
    own = {one for one in holding if held is None and one not in scorer.limiting}
    return Told(
        (*together, *(one for one in steps if one.dimension in own), *limiting),
        tuple(one for one in steps if one.dimension not in own),
    )


class Reasons:
    """Says what decides a result, and what holds it back."""

    def __init__(
        self, scorer: Scorer, result: Result, diagnosis: Diagnosis, listing: Listing
    ) -> None:
        """Choose the reasons that are told."""
        self.scorer, self.rubric, self.result = scorer, scorer.rubric, result
        self.diagnosis, self.listing, self.word = diagnosis, listing, listing.word
        self.told = told_reasons(scorer, result, diagnosis)

    def decisive(self) -> str:
        """Return the one thing that decides: a gate that is not met, a share, the lowest score."""
        for reason in self.told.holding:
            for gate in reason.gates:
                if gate.blocking and gate.answer is not None:
                    is_limit = reason.dimension in self.scorer.limiting
                    return self.word(
                        "decides-limit" if is_limit else "decides-gate",
                        gate=self.listing.gate(gate.gate),
                        dimension=self.rubric.dimensions[reason.dimension].title,
                        stage=self.rubric.stages[reason.stage].title,
                    )
        if capping := self._capping():
            return self.word("decides-cap", gate=self.listing.gate(capping))
        if self.told.holding:
            return self.word("decides-share", reason=self._reason(self.told.holding[0]))
        lowest = self.listing.lowest_first(self.diagnosis.holding)[:1]
        if self.scorer.scoring.dimension == "ladder" or not self.diagnosis.lowering or not lowest:
            return ""
        rule, group = self.scorer.rule, self.scorer.scoring.group
        if "max" in (rule.by, group if rule.of == "groups" else ""):
            return ""  # What a maximum hangs on is not the lowest.
        [id_] = lowest
        so_far = self.result.dimensions[id_].so_far or 0.0
        return self.word(
            "decides-lowest",
            dimension=self.rubric.dimensions[id_].title,
            score=self.listing.scores.score(so_far, "dimension", id_),
        )

    def _capping(self) -> str | None:
        """Return the gate that is not met and whose cap the score or band is at."""
        overall = self.result.overall
        for gate in self.scorer.unmet_caps(self.result.states):
            if gate.cap and falls_short(self.result.states[gate.id]):
                band = gate.cap.band is not None and gate.cap.band == overall.bands.so_far
                if band or (gate.cap.score is not None and gate.cap.score == overall.so_far):
                    return gate.id
        return None

    def sections(self) -> Iterator[Section]:
        """Yield what holds the result back, and the next steps of other dimensions."""
        if self.scorer.scoring.dimension == "ladder":
            entries = tuple(self._entry(one) for one in self.told.holding)
            leads = () if entries or self._capping() else (self.word("no-reasons"),)
            yield Section(self.word("reasons"), leads, entries)
            entries = tuple(self._entry(one) for one in self.told.others)
            yield Section(self.word("reasons-aside"), (), entries)
        else:
            entries = self.listing.by_dimension(self.diagnosis.lowering)
            title = "lowering" if self.scorer.scoring.overall else "lowering-each"
            yield Section(self.word(title), (), entries)

    def _entry(self, reason: Reason) -> Entry:
        aside = reason.dimension not in self.scorer.counted and reason not in self.told.holding
        text = f"{self._reason(reason)} {self.word('reason-aside') if aside else ''}".rstrip()
        return Entry(text, tuple(self.listing.shut(gate) for gate in reason.gates))

    def _reason(self, reason: Reason) -> str:
        low = self.result.dimensions[reason.dimension].stage.low
        words: dict[str, str | float] = {
            "dimension": self.rubric.dimensions[reason.dimension].title,
            "reached": self.rubric.stages[low].title if low else "",
            "stage": self.rubric.stages[reason.stage].title,
            "open": reason.open,
            "applicable": reason.applicable,
            "needed": reason.needed,
        }
        if reason.dimension in self.scorer.limiting and reason in self.told.holding:
            return self.word("reason-limit", **words)
        needed = self.word("reason-needed", **words) if reason.open < reason.needed else ""
        return f"{self.word('reason-line', **words)} {needed}".rstrip()
