"""The result as text, as `stagebook score` prints it.

It uses the words of the quiz in the language of the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.reader import NOT_APPLICABLE, Assessment
from ..diagnostics import printable
from ..i18n import number as write_local
from ..scoring.diagnosis import diagnose
from ..scoring.fewest import find_fewest
from ..scoring.intervals import Part, Score, mean
from ..scoring.ladder import BELOW_NEXT
from ..scoring.rounding import round_half_up
from ..scoring.scorer import Result, Scorer
from ..scoring.trace import Calculation, find_calculations
from .advice import Advice
from .dated import count_dated, dated_section
from .fewest import fewest_section
from .headline import Headline
from .heat import Heat
from .left_out import left_out_by_profile
from .roadmap import roadmap_lines
from .scores import ScoreWords


def explain(scorer: Scorer, assessment: Assessment) -> str:
    """Return the result of an assessment as text, with the calculation of every number."""
    return "\n".join(Report(scorer, assessment).lines()) + "\n"


class Report:
    """A result as text in the language of the rubric."""

    def __init__(self, scorer: Scorer, assessment: Assessment) -> None:
        """Score and diagnose the assessment."""
        self.scorer, self.rubric, self.assessment = scorer, scorer.rubric, assessment
        self.result: Result = scorer.score(assessment)
        diagnosis = diagnose(scorer, assessment, self.result)
        self.scores = ScoreWords(scorer, self.rubric.language)
        self.advice = Advice(scorer, self.result, diagnosis, self.scores)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the report."""
        yield from self._lead()
        yield ""
        yield from self._scores()
        yield from self._heat()
        yield from self._sections()
        yield from self._roadmap()
        yield from self._left_out()
        yield from self._arithmetic()

    def _word(self, key: str, **values: str | float) -> str:
        return self.scores.word(key, **values)

    def _lead(self) -> Iterator[str]:
        subject = f": {printable(self.assessment.subject)}" if self.assessment.subject else ""
        yield f"{self.rubric.title} {self.rubric.version}{subject}"
        yield ""
        head = Headline(self.scorer, self.result, self.scores)
        yield from filter(None, (head.headline(), self.advice.belief()))
        yield from filter(None, (self.advice.reasons.decisive(), self.advice.plan.next_step()))
        coverage = head.coverage(self.assessment.profile)
        yield from filter(None, (*head.remarks(), head.numbers(), coverage))

    def _scores(self) -> Iterator[str]:
        """Yield groups, dimensions and topics with their scores, each below what it is part of."""
        rows = [*self._rows()]
        width = max(len(title) for title, _, _ in rows) + 2
        wide = max((len(stage) for _, stage, _ in rows), default=0) + 2
        for title, stage, numbers in rows:
            column = f"{stage:<{wide}}" if wide > 2 else ""
            yield f"{title:<{width}}{column}{numbers}".rstrip()

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        topics: dict[str, list[str]] = {}
        for gate in self.rubric.gates.values():
            if gate.topic and gate.topic not in topics.setdefault(gate.dimension, []):
                topics[gate.dimension].append(gate.topic)
        for group in dict.fromkeys([None, *self.result.groups]):
            if group is not None:
                title = self.rubric.groups[group].title if group in self.rubric.groups else group
                score = self.scores.interval(self.result.groups[group], "group", group)
                yield title, "", score
            for id_, record in self.rubric.dimensions.items():
                if (record.group or None) == group:
                    yield self._dimension(id_)
                    for topic in topics.get(id_, ()):
                        score = self.scores.interval(self.result.topics[topic], "topic", topic)
                        yield f"  {self.rubric.topics[topic].title}", "", score

    def _dimension(self, id_: str) -> tuple[str, str, str]:
        one, record = self.result.dimensions[id_], self.rubric.dimensions[id_]
        core = f" {self._word('core')}" if record.core else ""
        numbers = self.scores.interval(Score(*one[:3]), "dimension", id_)
        return record.title, self.scores.stage(one.stage.low), f"{numbers}{core}"

    def _heat(self) -> Iterator[str]:
        """Yield how much of each cell is reached, as a table."""
        rows = Heat(self.scorer, self.scores).rows(self.result)
        widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
        if rows:
            yield from ("", self._word("heat"))
        for row in rows:
            padded = (f"{text:<{width}}" for text, width in zip(row, widths, strict=True))
            yield f"  {''.join(padded)}".rstrip()

    def _roadmap(self) -> Iterator[str]:
        """Yield the phases in which the plays are to be done, if there are any."""
        lines = [*roadmap_lines(self.assessment.roadmap, self.scores)]
        if lines:
            yield from ("", self._word("roadmap"), *(f"  {line}" for line in lines))

    def _left_out(self) -> Iterator[str]:
        """Yield what does not apply: by the profile, and then by answers with their reasons."""
        by_profile = left_out_by_profile(self.scorer, self.assessment.profile)
        told = {gate for one in by_profile for gate in one.gates}
        answers = self.assessment.answers
        names = self.advice.listing.gate
        lines = [
            f"{one.question} {one.answer}: {'; '.join(map(names, one.gates))}" for one in by_profile
        ]
        lines += [
            f"{names(id_)}: {printable(answers[id_].reason) or self._word('no-reason')}"
            for id_, state in self.result.states.items()
            if state.answer == NOT_APPLICABLE and id_ not in told
        ]
        if lines:
            yield from ("", self._word("left-out"), *(f"  {line}" for line in lines))

    def _sections(self) -> Iterator[str]:
        advice = self.advice
        fewest = find_fewest(self.scorer, self.result)
        more = fewest_section(fewest, advice.listing, advice.plan)
        counts = count_dated(self.scorer, self.assessment, self.result)
        for section in (*dated_section(counts, self.scores), *advice.sections(), *more):
            if section.title:
                yield from ("", section.title)
            yield from (f"  {lead}" for lead in section.leads)
            for number, entry in enumerate(section.entries, 1):
                mark = f"{number}. " if section.is_plan else ""
                yield f"  {mark}{entry.text}"
                yield from (f"    {' ' * (len(mark) - 2)}{line}" for line in entry.below)

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
            shown = self.scores.digits(made.value)
        base, pairs = made.base or 0.0, [(part.value, part.weight) for part in made.parts]
        added = min(mean(pairs), BELOW_NEXT) if made.by == "ladder" and pairs else 0.0
        words: dict[str, str | float] = {
            "name": self._name(made.of, made.id),
            "value": shown,
            "parts": ", ".join(self._part(part, made.by) for part in made.parts),
            "base": self._short(base),
            "added": self._short(added),
            "stage": self._name("cell", made.next or ""),
        }
        key = f"of-{made.by}"
        if made.by == "ladder" and not made.next:
            key = "of-ladder-end"
        times = self._word("of-times", times=made.times) if made.times != 1 else ""
        cap = "" if made.cap is None else self._word("of-cap", cap=self._short(made.cap))
        return self._word(key, **words) + times + cap

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
        return write_local(self.rubric.language, round_half_up(value, 4).rstrip("0").rstrip("."))
