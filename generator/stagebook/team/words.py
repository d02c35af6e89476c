"""A team view in words, for the page and the text of `stagebook team`."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN
from ..diagnostics import printable
from ..i18n import page_word
from ..report.scores import ScoreWords
from ..scoring.gates import MEASURED
from ..scoring.intervals import Score
from ..scoring.rounding import round_half_up
from ..scoring.scorer import Overall, Scorer
from .view import LEADER, PRACTITIONER, GateView, Respondent, Team, position_on

MAX_NAME = 100
MIDDLE = 0.5
"""The position at which to draw an answer that a measure scores by points."""
FIRST = 10
"""The number of gates to discuss that are shown."""


class TeamWords:
    """Returns the contents of a team view in one language."""

    def __init__(self, scorer: Scorer, team: Team, language: str = "en") -> None:
        """Index the gates by id."""
        self.scorer, self.rubric, self.team, self.language = scorer, scorer.rubric, team, language
        self.by, self.scores = scorer.scoring.team, ScoreWords(scorer, language)
        self.gates = {gate.id: gate for gate in scorer.gates}
        self.views = {view.gate: view for view in team.gates}

    def word(self, key: str, **values: str | float) -> str:
        """Return words with their placeholders filled."""
        return page_word(self.language, key, self.rubric.terms.words, **values)

    def name(self, index: int) -> str:
        """Return the name of a respondent, or a number if there is none."""
        name = self.team.respondents[index].name[:MAX_NAME]
        return name or self.word("team-number", n=index + 1)

    def about(self, respondent: Respondent) -> str:
        """Return the role and the date of a respondent, if they are known."""
        known = (LEADER, PRACTITIONER)
        role = respondent.role[:MAX_NAME]
        role = self.word(f"team-{role}") if role in known else role
        repeats = respondent.repeats
        again = self.word("team-repeats", name=self.name(repeats - 1)) if repeats else ""
        return ", ".join(filter(None, (role, respondent.date[:MAX_NAME], again)))

    def answered(self, respondent: Respondent) -> str:
        """Return how many of the gates that apply have any answer, `unknown` included."""
        counts = respondent.coverage
        asked = counts["gates"] - respondent.left_out
        return f"{asked - counts['unanswered']}/{asked}"

    def stage(self, overall: Overall) -> str:
        """Return the stage or band of an assessment, based on the answers so far."""
        return self._title(overall, "so_far")

    @property
    def place(self) -> str | None:
        """Return the heading of what results reach: stages, bands, or nothing."""
        reaches = self.rubric.scoring.reaches
        return reaches and self.word(reaches)

    def score(self, overall: Overall) -> str:
        """Return the overall score so far, with the range that missing answers allow."""
        return self.scores.interval(Score(*overall[:3]), "overall", "")

    def span(self) -> str:
        """Return the range of the results of all respondents, based on the answers so far."""
        scored = [one.overall for one in self.team.respondents if one.overall.so_far is not None]
        if not scored:
            return ""
        ends = [key(scored, key=lambda one: one.so_far or 0.0) for key in (min, max)]
        low, high = (
            ", ".join(filter(None, (self._title(one, "so_far"), self._shown(one.so_far))))
            for one in ends
        )
        return self.word("now", result=self._range(low, high))

    def _range(self, low: str, high: str) -> str:
        return low if low == high else self.word("range", low=low, high=high)

    def _title(self, overall: Overall, which: str) -> str:
        stage, bands = getattr(overall.stage, which), self.rubric.scoring.bands
        if stage:
            return self.rubric.stages[stage].title
        band = bands and bands.of.get(getattr(overall.bands, which))
        return (band.label or "") if band else ""

    def _shown(self, number: float | None) -> str:
        if number is None:
            return ""
        return self.scores.score(number)

    def distribution(self, view: GateView) -> str:
        """Return the count of each answer."""
        return ", ".join(f"{count} × {self.answer(view.gate, one)}" for one, count in view.counts)

    def steps(self, view: GateView) -> list[int | None]:
        """Return the shade of each answer, from 1 for the lowest of its scale to 5."""
        gate = self.gates[view.gate]
        steps: list[int | None] = []
        for answer, count in view.counts:
            position = position_on(gate, gate.states[answer]) if answer in gate.states else MIDDLE
            steps += [None if position is None else 1 + int(position * 4)] * count
        return steps

    def answer(self, gate: str, answer: str) -> str:
        """Return the label of an answer."""
        if answer in (UNKNOWN, NOT_APPLICABLE, MEASURED):
            return self.word(answer)
        scale = self.rubric.scale_of(self.rubric.gates[gate])
        return scale[answer].label if answer in scale else answer

    def facts(self, view: GateView) -> str:
        """Return how many respondents answered a gate, the median or mean, and the spread."""
        answered = sum(count for _, count in view.counts)
        facts = [self.word("answered", answered=answered, total=len(view.answers))]
        if view.lowest is not None and view.position is not None and view.highest is not None:
            position = self.position(view.gate, view.position)
            facts.append(self.word(f"team-{self.by}", n=view.n, place=position))
            if view.lowest < view.highest:
                low, high = (self.position(view.gate, end) for end in (view.lowest, view.highest))
                facts.append(self.word("team-spread", low=low, high=high))
        return ", ".join(facts)

    def roles(self, view: GateView) -> str:
        """Return the positions of leaders and practitioners, or nothing if one is missing."""
        positions = {
            one.role: self.position(view.gate, one.position)
            for one in view.roles
            if one.position is not None
        }
        if LEADER not in positions or PRACTITIONER not in positions:
            return ""
        leader, practitioner = positions[LEADER], positions[PRACTITIONER]
        key = "team-roles" if self.by == "median" else "team-roles-mean"
        return self.word(key, leader=leader, practitioner=practitioner)

    def position(self, id_: str, position: float) -> str:
        """Return a position on a gate's scale as the label of one answer, or of two around it."""
        gate = self.gates[id_]
        if not gate.scores:
            return self.word("percent", share=round_half_up(position * 100, 0))
        positions = {
            answer: position_on(gate, state) or 0.0 for answer, state in gate.states.items()
        }
        low = max(
            (one for one in gate.scores if positions[one] <= position), key=positions.__getitem__
        )
        if positions[low] == position:
            return self.answer(id_, low)
        high = min(
            (one for one in gate.scores if positions[one] > position), key=positions.__getitem__
        )
        return self.word("stage-between", low=self.answer(id_, low), high=self.answer(id_, high))


def explain_team(scorer: Scorer, team: Team) -> str:
    """Return a team view as text in the rubric's language."""
    words = TeamWords(scorer, team, scorer.rubric.language)
    lines = [f"{scorer.rubric.title} {scorer.rubric.version}", "", *_respondents(words)]
    lines += ["", words.span()] if words.span() else []
    lines += ["", words.word("team-discuss"), *_discuss(words)]
    if team.apart:
        lines += ["", words.word("team-apart"), *_apart(words)]
    return "\n".join(lines) + "\n"


def _respondents(words: TeamWords) -> Iterator[str]:
    heads = [words.word("respondent"), f"{words.word('role')}, {words.word('date')}"]
    heads.append(words.word("team-answered"))
    has_score = words.rubric.scoring.overall is not None
    heads += [*filter(None, [words.place]), *([words.word("score")] if has_score else [])]
    rows = [heads]
    for index, one in enumerate(words.team.respondents):
        cells = [words.name(index), words.about(one), words.answered(one)]
        reached = [words.stage(one.overall)] if words.place else []
        score = [words.score(one.overall)] if has_score else []
        rows.append([*map(printable, cells), *reached, *score])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def _discuss(words: TeamWords) -> Iterator[str]:
    few = len(words.team.respondents) < 2
    if not words.team.discuss:
        yield f"  {words.word('team-few' if few else 'team-agree')}"
    for number, id_ in enumerate(words.team.discuss[:FIRST], 1):
        view = words.views[id_]
        yield f"  {number:>2}. {_gate(words, id_)}"
        for line in (words.distribution(view), words.facts(view), words.roles(view)):
            if line:
                yield f"      {line}"


def _apart(words: TeamWords) -> Iterator[str]:
    for id_ in words.team.apart[:FIRST]:
        yield f"  {_gate(words, id_)}"
        yield f"      {words.roles(words.views[id_])}"


def _gate(words: TeamWords, id_: str) -> str:
    gate = words.rubric.gates[id_]
    return f"{gate.code} {gate.title}" if gate.code else gate.title
