"""The result as text, as `stagebook score` prints it.

It uses the words of the quiz in the language of the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.reader import Assessment
from ..diagnostics import printable
from ..i18n import number as write_local
from ..i18n import page_word
from ..rubric.prose import plain
from ..scoring.diagnosis import Diagnosis, Reason, diagnose
from ..scoring.intervals import Part, Score
from ..scoring.rounding import display_score, round_half_up
from ..scoring.scorer import Overall, Result, Scorer, coverage
from ..scoring.trace import Calculation, find_calculations


def explain(scorer: Scorer, assessment: Assessment) -> str:
    """Return the result of an assessment as text, with the calculation of every number."""
    return "\n".join(Report(scorer, assessment).lines()) + "\n"


class Report:
    """A result as text in the language of the rubric."""

    def __init__(self, scorer: Scorer, assessment: Assessment) -> None:
        """Score and diagnose the assessment."""
        self.scorer, self.rubric, self.assessment = scorer, scorer.rubric, assessment
        self.result: Result = scorer.score(assessment)
        self.diagnosis: Diagnosis = diagnose(scorer, assessment, self.result)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report."""
        yield from self._headline()
        yield ""
        yield from self._dimensions()
        yield from self._reasons()
        yield from self._second_look()
        yield from self._plan()
        yield from self._arithmetic()

    def _word(self, key: str, **values: str | float) -> str:
        return page_word(self.rubric.language, key, self.rubric.terms.words, **values)

    def _headline(self) -> Iterator[str]:
        subject = f": {printable(self.assessment.subject)}" if self.assessment.subject else ""
        yield f"{self.rubric.title} {self.rubric.version}{subject}"
        yield self._word("coverage", **coverage(self.result.states))
        yield ""
        if self.rubric.scoring.overall:
            place = ", ".join(filter(None, self._place(self.result.overall)))
            yield f"{self._word('overall')}: {place}"
        if self.diagnosis.believed:
            stage, above = self.diagnosis.believed
            believed = self.rubric.stages[stage].title
            keys = {None: "believed-open", 0: "believed-same"}
            key = keys.get(above, "believed-above" if (above or 0) > 0 else "believed-below")
            yield self._word(key, believed=believed, n=abs(above or 0))

    def _place(self, overall: Overall) -> Iterator[str]:
        stages, bands = self.rubric.stages, self.rubric.scoring.bands
        low, high = overall.stage.low, overall.stage.high
        if low and high:
            ends = {"low": stages[low].title, "high": stages[high].title}
            yield ends["low"] if low == high else self._word("stage-between", **ends)
        yield self._numbers(Score(*overall[:3]), self.rubric.scoring.times)
        if bands:
            ends_of = (overall.bands.low, overall.bands.high)
            labels = dict.fromkeys(bands.of[id_].label for id_ in ends_of if id_)
            named = [label for label in labels if label]
            yield self._range(*named) if len(named) > 1 else "".join(named)

    def _range(self, low: str, high: str) -> str:
        return self._word("range", low=low, high=high)

    def _numbers(self, score: Score, times: float) -> str:
        """Return the score so far, with the range that missing answers allow."""
        if score.low is None or score.high is None:
            return "–"
        low, high = (self._score(n, times) for n in (score.low, score.high))
        if score.low == score.high:
            return low
        span = self._range(low, high)
        return span if score.so_far is None else f"{self._score(score.so_far, times)} ({span})"

    def _score(self, value: float, times: float) -> str:
        return self._local(display_score(value, self.rubric.scoring, times))

    def _local(self, digits: str) -> str:
        return write_local(self.rubric.language, digits)

    def _dimensions(self) -> Iterator[str]:
        dimensions, stages = self.rubric.dimensions, self.rubric.stages
        width = max(len(one.title) for one in dimensions.values()) + 2
        wide = max((len(one.title) for one in stages.values()), default=0) + 2
        for id_, one in self.result.dimensions.items():
            stage = stages[one.stage.low].title if one.stage.low else ""
            core = f" {self._word('core')}" if dimensions[id_].core else ""
            numbers = self._numbers(Score(*one[:3]), 1.0)
            yield f"{dimensions[id_].title:<{width}}{stage:<{wide}}{numbers}{core}".rstrip()

    def _reasons(self) -> Iterator[str]:
        if self.scorer.scoring.dimension != "ladder":
            yield from self._lowering()
            return
        told = [reason for reason in self.diagnosis.reasons if self._is_told(reason)]
        for holds, key in ((True, "reasons"), (False, "reasons-aside")):
            own = [one for one in told if (one.dimension in self.diagnosis.holding) is holds]
            lines = [line for reason in own for line in self._reason(reason)]
            if lines or holds:
                yield from ("", self._word(key), *(lines or [f"  {self._word('no-reasons')}"]))

    def _is_told(self, reason: Reason) -> bool:
        """Return whether a reason is about the next stage and at least one answered gate."""
        low = self.result.dimensions[reason.dimension].stage.low
        answered = any(gate.answer is not None for gate in reason.gates)
        return low is not None and self.scorer.ladder.after(low)[0] == reason.stage and answered

    def _lowering(self) -> Iterator[str]:
        if self.diagnosis.lowering:
            yield from ("", self._word("lowering"))
        for gate in self.diagnosis.lowering:
            yield f"  {self._gate(gate)}: {self._answer(gate, self.result.states[gate].answer)}"

    def _reason(self, reason: Reason) -> Iterator[str]:
        low = self.result.dimensions[reason.dimension].stage.low
        words: dict[str, str | float] = {
            "dimension": self.rubric.dimensions[reason.dimension].title,
            "reached": self.rubric.stages[low].title if low else "",
            "stage": self.rubric.stages[reason.stage].title,
            "open": reason.open,
            "applicable": reason.applicable,
            "needed": reason.needed,
        }
        needed = self._word("reason-needed", **words) if reason.open < reason.needed else ""
        yield f"  {self._word('reason-line', **words)} {needed}".rstrip()
        for shut in reason.gates:
            blocking = f" ({self._word('reason-blocking')})" if shut.blocking else ""
            yield f"    {self._gate(shut.gate)}: {self._answer(shut.gate, shut.answer)}{blocking}"

    def _gate(self, id_: str) -> str:
        gate = self.rubric.gates[id_]
        return f"{gate.code} {gate.title}" if gate.code else gate.title

    def _answer(self, gate: str, answer: str | None) -> str:
        """Return an answer in the words of the gate's scale."""
        scale = self.rubric.scale_of(self.rubric.gates[gate])
        return scale[answer].label if answer in scale else self._word(answer or "unanswered")

    def _second_look(self) -> Iterator[str]:
        looks = self.diagnosis.second_look
        if looks:
            yield from ("", f"{self._word('second-look')}. {self._word('second-look-lead')}")
        for id_ in dict.fromkeys(symptom for _, symptom in looks):
            symptom = self.rubric.symptoms[id_]
            texts = (symptom.looks_like, symptom.observation, symptom.disproof)
            yield "  " + " ".join(plain(text) for text in texts if text)
            yield from (f"    {self._gate(gate)}" for gate, named in looks if named == id_)
        if self.diagnosis.second_look_requires:
            yield from ("", f"{self._word('second-look')}. {self._word('requires-lead')}")
        for gate, required in self.diagnosis.second_look_requires:
            words = {"gate": self._gate(gate), "required": self._gate(required)}
            yield f"  {self._word('requires-line', **words)}"

    def _plan(self) -> Iterator[str]:
        plan, target = self.diagnosis.plan, self.diagnosis.target
        if not plan and not self.diagnosis.plan_unopened:
            return
        yield from ("", self._word("plan"))
        if plan:
            known = len(plan) - self.diagnosis.plan_unestimated
            total = self._weeks(self.diagnosis.plan_total)
            yield "  " + self._word(
                "plan-lead" if target else "plan-lead-all",
                n=len(plan),
                target=self.rubric.stages[target].title if target else "",
                weeks=self._word("plan-weeks", n=known, weeks=total) if known else "",
            )
            if known and self.diagnosis.plan_unestimated:
                left = self.diagnosis.plan_unestimated
                yield f"  {self._word('plan-unestimated', n=left)}"
        for number, item in enumerate(plan, 1):
            effort = f", {self._weeks(item.weeks)}" if item.weeks else ""
            yield f"  {number}. {self.rubric.remediations[item.remediation].title}{effort}"
            yield f"     {self._word('plan-opens', gates=self._gates(item.opens))}"
        if self.diagnosis.plan_unopened:
            gates = self._gates(self.diagnosis.plan_unopened)
            yield f"  {self._word('plan-unopened', gates=gates)}"

    def _gates(self, ids: tuple[str, ...]) -> str:
        return "; ".join(self._gate(id_) for id_ in ids)

    def _weeks(self, weeks: tuple[float, float]) -> str:
        least, most = weeks
        if least == most:
            return self._word("weeks-same", n=least)
        return self._word("weeks", **{"from": least, "to": most})

    def _arithmetic(self) -> Iterator[str]:
        calculations = find_calculations(self.scorer, self.result)
        if not calculations:
            return
        yield from ("", self._word("arithmetic"))
        if self.result.overall.low != self.result.overall.high:
            yield f"  {self._word('arithmetic-open')}"
        yield from (f"  {self._calculation(one)}" for one in calculations)

    def _calculation(self, made: Calculation) -> str:
        """Return the calculation of one number as a sentence."""
        shown = self._short(made.value)
        if made.of == "overall":
            shown = self._score(made.value, made.times)
        base = made.base or 0.0
        words: dict[str, str | float] = {
            "name": self._name(made.of, made.id),
            "value": shown,
            "parts": ", ".join(self._part(part, made.by) for part in made.parts),
            "base": self._short(base),
            "added": self._short(made.value - base),
            "stage": self._name("cell", made.next or ""),
        }
        if made.by == "ladder":
            return self._word("of-ladder" if made.next else "of-ladder-end", **words)
        times = self._word("of-times", times=made.times) if made.times != 1 else ""
        return self._word(f"of-{made.by}", **words) + times

    def _part(self, part: Part, by: str) -> str:
        text = f"{self._name(part.of, part.id)} {self._short(part.value)}"
        counts = part.weight != 1 and by in ("mean", "sum")
        return self._word("of-weight", part=text, weight=part.weight) if counts else text

    def _name(self, of: str, id_: str) -> str:
        """Return the title of what has a number; the id of a cell ends in `/stage`."""
        above, _, stage = id_.rpartition("/")
        if of == "overall":
            return self._word("overall")
        if of == "gate":
            return self.rubric.gates[id_].code or self.rubric.gates[id_].title
        if of == "group":
            return self.rubric.groups[id_].title if id_ in self.rubric.groups else id_
        if of == "limit":
            return self._word("limit", dimension=self.rubric.dimensions[id_].title)
        if of == "dimension":
            return self.rubric.dimensions[id_].title
        if of == "topic":
            return self.rubric.topics[id_].title
        stages = self.rubric.stages
        title = stages[stage].title if stage in stages else self._word("any-stage")
        if of == "topic-cell":
            return f"{self.rubric.topics[above].title}, {title}"
        return f"{self.rubric.dimensions[above].title}, {title}" if above else title

    def _short(self, value: float) -> str:
        """Return a number in a calculation, exact enough to repeat the calculation."""
        return self._local(round_half_up(value, 4).rstrip("0").rstrip("."))
