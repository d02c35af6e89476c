"""What to do next, in words.

Its twin is `generator/quiz/report/plan.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..scoring.diagnosis import Diagnosis
from ..scoring.planning import PlanItem
from ..scoring.scorer import Scorer
from .listing import Entry, Listing, Section
from .reasons import Reasons


class Plan:
    """Says which plays help, in their order, and what to do first."""

    def __init__(
        self, scorer: Scorer, diagnosis: Diagnosis, listing: Listing, reasons: Reasons
    ) -> None:
        """Keep what the plan is made of."""
        self.scorer, self.rubric, self.diagnosis = scorer, scorer.rubric, diagnosis
        self.listing, self.reasons, self.word = listing, reasons, listing.word

    def next_step(self) -> str:
        """Return what to do first: a play with its owner and effort, or a gate, such as decides."""
        if self.diagnosis.plan:
            first = self.diagnosis.plan[0]
            about = self._about(first)
            return self.word(
                "next-play", play=self._play(first), about=f" ({about})" if about else ""
            )
        unopened = self.diagnosis.plan_unopened
        held = [gate.gate for reason in self.reasons.told.holding for gate in reason.gates]
        in_order = [id_ for _, own in self.listing.of_dimensions(unopened) for id_ in own]
        gates = [*(id_ for id_ in held if id_ in unopened), *in_order]
        return self.word("next-gate", gate=self.listing.gate(gates[0])) if gates else ""

    def sections(self) -> Iterator[Section]:
        """Yield the plays in their order, and the gates that none helps with."""
        plan, unopened = self.diagnosis.plan, self.diagnosis.plan_unopened
        leads = self._leads() if plan else () if unopened else (self._no_play(),)
        gate = self.listing.gate
        entries = tuple(
            Entry(
                self.with_effort(one),
                (self.word("plan-opens", gates="; ".join(map(gate, one.opens))),),
            )
            for one in plan
        )
        yield Section(self.word("plan"), leads, entries, is_plan=True)
        if unopened:
            key = "plan-unopened" if self.rubric.remediations else "plan-gates"
            title = "" if plan else self.word("plan")
            entries = self.listing.one_by_one(unopened)
            yield Section(title, (self.word(key),), entries, is_plan=not plan)

    def with_effort(self, step: PlanItem) -> str:
        """Return a play with its owner and effort."""
        return ", ".join(filter(None, (self._play(step), self._about(step))))

    def _play(self, step: PlanItem) -> str:
        return self.rubric.remediations[step.remediation].title

    def _about(self, step: PlanItem) -> str:
        owner = self.rubric.remediations[step.remediation].owner
        return ", ".join(filter(None, (owner, step.weeks and self._weeks(step.weeks))))

    def _leads(self) -> tuple[str, ...]:
        diagnosis, target = self.diagnosis, self.diagnosis.target
        unknown = diagnosis.plan_unestimated
        known = len(diagnosis.plan) - unknown
        total = self._weeks(diagnosis.plan_total)
        lead = self.word(
            "plan-lead" if target else "plan-lead-all",
            n=len(diagnosis.plan),
            target=self.rubric.stages[target].title if target else "",
            weeks=self.word("plan-weeks", n=known, weeks=total) if known else "",
        )
        more = self.word("plan-unestimated", n=unknown) if known and unknown else ""
        by_risk = self.word("plan-risk") if self.scorer.scoring.plan == "risk" else ""
        return (" ".join(filter(None, (lead, more, by_risk))),)

    def _no_play(self) -> str:
        """Return why there is no play in a plan."""
        result = self.listing.result
        low, target = result.overall.stage.low, self.diagnosis.target
        levels = self.scorer.ladder.levels
        if low and not target:
            return self.word("plan-top", stage=self.rubric.stages[low].title)
        if low and target and levels[low] >= levels[target]:
            return self.word("plan-reached", target=self.rubric.stages[target].title)
        n = sum(state.answer is None for state in result.states.values())
        return self.word("plan-unanswered", n=n) if n else self.word("plan-none")

    def _weeks(self, weeks: tuple[float, float]) -> str:
        least, most = weeks
        if least == most:
            return self.word("weeks-same", n=least)
        return self.word("weeks", **{"from": least, "to": most})
