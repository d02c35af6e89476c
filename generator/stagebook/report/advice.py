"""What follows from a result, in sections of sentences.

Its twin is `generator/quiz/report/advice.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..rubric.prose import plain
from ..scoring.diagnosis import Diagnosis, Reason, ShutGate, is_next_step, next_stage
from ..scoring.gates import is_shut
from ..scoring.planning import PlanStep
from ..scoring.scale import top_of
from ..scoring.scorer import Result, Scorer
from .scores import ScoreWords


class Entry(NamedTuple):
    """A line of a list, with the lines below it."""

    text: str
    below: tuple[str, ...] = ()


class Section(NamedTuple):
    """A part of a report: the lines that lead to its entries; without a title it continues."""

    title: str
    leads: tuple[str, ...]
    entries: tuple[Entry, ...]
    is_plan: bool = False


class Told(NamedTuple):
    """The reasons that are told: what holds the result back, and the next steps elsewhere."""

    holding: tuple[Reason, ...]
    others: tuple[Reason, ...]


def told_reasons(scorer: Scorer, result: Result, diagnosis: Diagnosis) -> Told:
    """Return the next step of each dimension in which a gate is answered.

    At the top of the ladder nothing holds the result back. A dimension that does not count holds it
    back by its blocking gates alone.
    """
    at_top = result.overall.stage.low is not None and next_stage(scorer, result) is None
    holding = () if at_top else diagnosis.holding

    def is_told(reason: Reason, low: str | None) -> bool:
        answered = any(gate.answer is not None for gate in reason.gates)
        return answered and is_next_step(scorer, low, reason)

    limits = result.items.limits
    limiting = [
        one
        for one in diagnosis.limits
        if one.dimension in holding and is_told(one, scorer.stages(limits[one.dimension]).low)
    ]
    named = {one.dimension for one in limiting}
    steps = [
        one
        for one in diagnosis.reasons
        if one.dimension not in named and is_told(one, result.dimensions[one.dimension].stage.low)
    ]
    held = {one for one in holding if one not in scorer.limiting}
    return Told(
        (*(one for one in steps if one.dimension in held), *limiting),
        tuple(one for one in steps if one.dimension not in held),
    )


class Advice:
    """Says what holds a result back, what to look at again and what to do next."""

    def __init__(self, scorer: Scorer, result: Result, diagnosis: Diagnosis, words: ScoreWords):
        """Choose the reasons that are told."""
        self.scorer, self.rubric, self.result = scorer, scorer.rubric, result
        self.diagnosis, self.scores, self.word = diagnosis, words, words.word
        self.told = told_reasons(scorer, result, diagnosis)

    def sections(self) -> Iterator[Section]:
        """Yield the sections of the report that have something to say."""
        for section in (*self._reasons(), *self._second_look(), *self._plan()):
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

    def decisive(self) -> str:
        """Return the one thing that decides: a gate that is not met, a share, the lowest score."""
        for reason in self.told.holding:
            for gate in reason.gates:
                if gate.blocking and gate.answer is not None:
                    is_limit = reason.dimension in self.scorer.limiting
                    return self.word(
                        "decides-limit" if is_limit else "decides-gate",
                        gate=self.gate(gate.gate),
                        dimension=self.rubric.dimensions[reason.dimension].title,
                        stage=self.rubric.stages[reason.stage].title,
                    )
        if capping := self._capping():
            return self.word("decides-cap", gate=self.gate(capping))
        if self.told.holding:
            return self.word("decides-share", reason=self._reason(self.told.holding[0]))
        lowest = self._lowest_first(self.diagnosis.holding)[:1]
        if self.scorer.scoring.dimension == "ladder" or not self.diagnosis.lowering or not lowest:
            return ""
        [id_] = lowest
        return self.word(
            "decides-lowest",
            dimension=self.rubric.dimensions[id_].title,
            score=self.scores.score(self.result.dimensions[id_].so_far or 0.0, "dimension", id_),
        )

    def _capping(self) -> str | None:
        """Return the gate that is not met and whose cap the score or band is at."""
        overall = self.result.overall
        for gate in self.scorer.capping:
            if gate.cap and is_shut(self.result.states[gate.id]):
                band = gate.cap.band is not None and gate.cap.band == overall.bands.so_far
                if band or (gate.cap.score is not None and gate.cap.score == overall.so_far):
                    return gate.id
        return None

    def next_step(self) -> str:
        """Return what to do first: a play with its owner and effort, or a gate, such as decides."""
        if self.diagnosis.plan:
            first = self.diagnosis.plan[0]
            about = self._about(first)
            play = self.rubric.remediations[first.remediation].title
            return self.word("next-play", play=play, about=f" ({about})" if about else "")
        unopened = self.diagnosis.plan_unopened
        held = [gate.gate for reason in self.told.holding for gate in reason.gates]
        in_order = [id_ for _, own in self._of_dimensions(unopened) for id_ in own]
        gates = [*(id_ for id_ in held if id_ in unopened), *in_order]
        return self.word("next-gate", gate=self.gate(gates[0])) if gates else ""

    def _about(self, step: PlanStep) -> str:
        owner = self.rubric.remediations[step.remediation].owner
        return ", ".join(filter(None, (owner, step.weeks and self._weeks(step.weeks))))

    def _reasons(self) -> Iterator[Section]:
        if self.scorer.scoring.dimension == "ladder":
            entries = tuple(self._reason_entry(one) for one in self.told.holding)
            leads = () if entries else (self.word("no-reasons"),)
            yield Section(self.word("reasons"), leads, entries)
            entries = tuple(self._reason_entry(one) for one in self.told.others)
            yield Section(self.word("reasons-aside"), (), entries)
        else:
            entries = self._by_dimension(self.diagnosis.lowering)
            yield Section(self.word("lowering"), (), entries)

    def _reason_entry(self, reason: Reason) -> Entry:
        aside = reason.dimension not in self.scorer.counted and reason not in self.told.holding
        text = f"{self._reason(reason)} {self.word('reason-aside') if aside else ''}".rstrip()
        return Entry(text, tuple(self._shut(gate) for gate in reason.gates))

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

    def _shut(self, shut: ShutGate) -> str:
        blocking = f" ({self.word('reason-blocking')})" if shut.blocking else ""
        return f"{self.gate(shut.gate)}: {self._answer(shut.gate, shut.answer)}{blocking}"

    def _by_dimension(self, gates: Iterable[str]) -> tuple[Entry, ...]:
        """Group gates by their dimension, the one with the lowest score first."""
        entries = []
        for id_, own in self._of_dimensions(gates):
            title, so_far = self.rubric.dimensions[id_].title, self.result.dimensions[id_].so_far
            if so_far is not None:
                title += f": {self.scores.score(so_far, 'dimension', id_)}"
            entries.append(Entry(title, tuple(map(self._with_answer, own))))
        return tuple(entries)

    def _one_by_one(self, gates: Iterable[str]) -> tuple[Entry, ...]:
        """Return gates, those of the dimension with the lowest score first."""
        return tuple(
            Entry(f"{self.gate(gate)} ({self.rubric.dimensions[id_].title})")
            for id_, own in self._of_dimensions(gates)
            for gate in own
        )

    def _of_dimensions(self, gates: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        own: dict[str, list[str]] = {}
        for id_ in gates:
            own.setdefault(self.rubric.gates[id_].dimension, []).append(id_)
        for id_ in self._lowest_first(self.rubric.dimensions):
            if id_ in own:
                yield id_, own[id_]

    def _with_answer(self, gate: str) -> str:
        state = self.result.states[gate]
        met = f" ({self.word('reason-met')})" if state.is_open else ""
        return f"{self.gate(gate)}: {self._answer(gate, state.answer)}{met}"

    def _lowest_first(self, dimensions: Iterable[str]) -> list[str]:
        """Sort dimensions by their score as a fraction of the highest one."""

        def fraction(id_: str) -> float:
            so_far = self.result.dimensions[id_].so_far
            return (so_far or 0.0) / (top_of(self.scores.tops, "dimension", id_) or 1.0)

        return sorted(dimensions, key=fraction)

    def gate(self, id_: str) -> str:
        """Return the title of a gate, with its code."""
        gate = self.rubric.gates[id_]
        return f"{gate.code} {gate.title}" if gate.code else gate.title

    def _answer(self, gate: str, answer: str | None) -> str:
        """Return an answer in the words of the gate's scale."""
        scale = self.rubric.scale_of(self.rubric.gates[gate])
        return scale[answer].label if answer in scale else self.word(answer or "unanswered")

    def _second_look(self) -> Iterator[Section]:
        looks, title = self.diagnosis.second_look, self.word("second-look")
        if looks:
            entries = []
            for id_ in dict.fromkeys(symptom for _, symptom in looks):
                symptom = self.rubric.symptoms[id_]
                texts = (symptom.looks_like, symptom.observation, symptom.disproof)
                text = " ".join(plain(text) for text in texts if text)
                gates = tuple(self.gate(gate) for gate, named in looks if named == id_)
                entries.append(Entry(text, gates))
            yield Section(title, (self.word("second-look-lead"),), tuple(entries))
        if self.diagnosis.second_look_requires:
            lines = tuple(
                Entry(self.word("requires-line", gate=self.gate(one), required=self.gate(other)))
                for one, other in self.diagnosis.second_look_requires
            )
            yield Section("" if looks else title, (self.word("requires-lead"),), lines)

    def _plan(self) -> Iterator[Section]:
        plan, unopened = self.diagnosis.plan, self.diagnosis.plan_unopened
        leads = self._plan_leads() if plan else () if unopened else (self._no_play(),)
        entries = tuple(
            Entry(
                ", ".join(filter(None, (self._play(one), self._about(one)))),
                (self.word("plan-opens", gates="; ".join(map(self.gate, one.opens))),),
            )
            for one in plan
        )
        yield Section(self.word("plan"), leads, entries, is_plan=True)
        if unopened:
            key = "plan-unopened" if self.rubric.remediations else "plan-gates"
            title = "" if plan else self.word("plan")
            yield Section(title, (self.word(key),), self._one_by_one(unopened), is_plan=not plan)

    def _play(self, step: PlanStep) -> str:
        return self.rubric.remediations[step.remediation].title

    def _plan_leads(self) -> tuple[str, ...]:
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
        low, target = self.result.overall.stage.low, self.diagnosis.target
        levels = self.scorer.ladder.levels
        if low and not target:
            return self.word("plan-top", stage=self.rubric.stages[low].title)
        if low and target and levels[low] >= levels[target]:
            return self.word("plan-reached", target=self.rubric.stages[target].title)
        n = sum(state.answer is None for state in self.result.states.values())
        return self.word("plan-unanswered", n=n) if n else self.word("plan-none")

    def _weeks(self, weeks: tuple[float, float]) -> str:
        least, most = weeks
        if least == most:
            return self.word("weeks-same", n=least)
        return self.word("weeks", **{"from": least, "to": most})
