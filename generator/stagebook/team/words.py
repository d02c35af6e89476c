"""A team view in words: what the page says, and what `stagebook team` prints for people."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN
from ..diagnostics import printable
from ..i18n import number as write_local
from ..i18n import page_word
from ..scoring.rounding import display_score, round_half_up
from ..scoring.scorer import Overall, Scorer
from .view import LEADER, PRACTITIONER, GateView, Respondent, Team, place_of

MAX_NAME = 100
MIDDLE = 0.5
"""Where an answer is drawn that a measure scores by points."""
FIRST = 10
"""How many gates are shown as the ones to discuss."""


class TeamWords:
    """Says in one language what stands in a team view."""

    def __init__(self, scorer: Scorer, team: Team, language: str = "en") -> None:
        """Look up gates by id."""
        self.scorer, self.rubric, self.team, self.language = scorer, scorer.rubric, team, language
        self.gates = {gate.id: gate for gate in scorer.gates}
        self.views = {view.gate: view for view in team.gates}

    def word(self, key: str, **values: str | float) -> str:
        """Return words of the quiz, filled in."""
        return page_word(self.language, key, **values)

    def name(self, index: int) -> str:
        """Return the name of a respondent, or a number where there is none to show."""
        name = self.team.respondents[index].name[:MAX_NAME]
        return name or self.word("team-number", n=index + 1)

    def about(self, respondent: Respondent) -> str:
        """Return the role and the date of a respondent, as far as they are known."""
        known = (LEADER, PRACTITIONER)
        role = respondent.role[:MAX_NAME]
        role = self.word(f"team-{role}") if role in known else role
        repeats = respondent.repeats
        again = self.word("team-repeats", name=self.name(repeats - 1)) if repeats else ""
        return ", ".join(filter(None, (role, respondent.date[:MAX_NAME], again)))

    def answered(self, respondent: Respondent) -> str:
        """Return how many gates a respondent answered, `unknown` and `not-applicable` included."""
        counts = respondent.coverage
        return f"{counts['gates'] - counts['unanswered']}/{counts['gates']}"

    def stage(self, overall: Overall) -> str:
        """Return the stage or band at which an assessment stands, as answered so far."""
        return self._title(overall, "so_far")

    def score(self, overall: Overall) -> str:
        """Return the overall score so far, with what it may still become."""
        low, high, so_far = (self._shown(number) for number in overall[:3])
        span = self._range(low, high)
        return f"{so_far or '–'} ({span})" if low != high else span

    def span(self) -> str:
        """Return from where to where the outcomes of all respondents reach, as answered so far."""
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
        return write_local(self.language, display_score(number, self.rubric.scoring))

    def distribution(self, view: GateView) -> str:
        """Return how often each answer was given."""
        return ", ".join(f"{count} × {self.answer(view.gate, one)}" for one, count in view.counts)

    def steps(self, view: GateView) -> list[int | None]:
        """Return each answer's step of five, from the lowest of its scale to the highest."""
        gate = self.gates[view.gate]
        steps: list[int | None] = []
        for answer, count in view.counts:
            place = place_of(gate, gate.states[answer]) if answer in gate.states else MIDDLE
            steps += [None if place is None else 1 + int(place * 4)] * count
        return steps

    def answer(self, gate: str, answer: str) -> str:
        """Return an answer in the words of the gate's scale."""
        if answer in (UNKNOWN, NOT_APPLICABLE):
            return self.word(answer)
        scale = self.rubric.scale_of(self.rubric.gates[gate])
        return scale[answer].label if answer in scale else answer

    def facts(self, view: GateView) -> str:
        """Return how many answered a gate, the median and the spread."""
        answered = sum(count for _, count in view.counts)
        facts = [self.word("answered", answered=answered, total=len(view.answers))]
        if view.lowest is not None and view.median is not None and view.highest is not None:
            median = self.place(view.gate, view.median)
            facts.append(self.word("team-median", n=view.n, median=median))
            if view.lowest < view.highest:
                low, high = (self.place(view.gate, end) for end in (view.lowest, view.highest))
                facts.append(self.word("team-spread", low=low, high=high))
        return ", ".join(facts)

    def roles(self, view: GateView) -> str:
        """Return the medians of leaders and practitioners, or nothing where one is missing."""
        medians = {
            one.role: self.place(view.gate, one.median)
            for one in view.roles
            if one.median is not None
        }
        if LEADER not in medians or PRACTITIONER not in medians:
            return ""
        leader, practitioner = medians[LEADER], medians[PRACTITIONER]
        return self.word("team-roles", leader=leader, practitioner=practitioner)

    def place(self, id_: str, place: float) -> str:
        """Return a place on a gate's scale in the words of its answers."""
        gate = self.gates[id_]
        if not gate.scores:
            return f"{round_half_up(place * 100, 0)}%"
        places = {answer: place_of(gate, state) or 0.0 for answer, state in gate.states.items()}
        low = max((one for one in gate.scores if places[one] <= place), key=places.__getitem__)
        if places[low] == place:
            return self.answer(id_, low)
        high = min((one for one in gate.scores if places[one] > place), key=places.__getitem__)
        return self.word("stage-between", low=self.answer(id_, low), high=self.answer(id_, high))


def explain_team(scorer: Scorer, team: Team) -> str:
    """Return a team view as text."""
    words = TeamWords(scorer, team)
    lines = [f"{scorer.rubric.title} {scorer.rubric.version}", "", *_respondents(words)]
    lines += ["", words.span()] if words.span() else []
    lines += ["", words.word("team-discuss"), *_discuss(words)]
    if team.apart:
        lines += ["", words.word("team-apart"), *_apart(words)]
    return "\n".join(lines) + "\n"


def _respondents(words: TeamWords) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("Respondent", "Role, date", "Answered", "Stage", "Score")]
    for index, one in enumerate(words.team.respondents):
        cells = (words.name(index), words.about(one), words.answered(one))
        rows.append((*map(printable, cells), words.stage(one.overall), words.score(one.overall)))
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
