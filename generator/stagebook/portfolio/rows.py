"""From the texts of assessments to the rows of the tables, as lists by column.

Pure: this is what runs in each process of one machine and in each worker of an engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from ..assessment.reader import Answer, Assessment, AssessmentFinding, IdIndex, read_assessment
from ..rubric.model import Rubric
from ..scoring.batch import BatchScorer, Brief
from ..scoring.scorer import Overall, Scorer
from .texts import clean, content_of, day_and_round, id_of, one_spelling

Columns = dict[str, list[Any]]
Row = tuple[Any, ...]


class Settings(NamedTuple):
    """What may be in the tables, and the tags of each team.

    With `told`, findings say what is wrong also without notes, for the terminal. No assessment is
    dated after `today`, which is where the day begins first unless it is given.
    """

    names: bool = False
    notes: bool = False
    tags: Mapping[str, tuple[str, ...]] = {}
    told: bool = False
    today: date | None = None


FUTURE = "future-date"
"""The code of the warning that an assessment is dated after today."""
TOGETHER = 32
"""Assessments that are read, then scored, then written: what each step looks up stays near."""
NO_MORE: Row = (False, 0, None, None, None)
"""What the table `answers` has beside an answer that is no more than that."""


class Rows:
    """Rows of all tables: one in `assessments` for each text, and for each those of other tables.

    `starts` has, for each table with several rows for an assessment, where those of each begin.
    The tables `answers` and `cells` have rows for each gate and cell, made of few that many share.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.assessments: list[Row | None] = []
        """None stands for a text that could not be read."""
        self.nested: dict[str, list[Row]] = {
            # The id is that of the row in `assessments`.
            name: []
            for name in ("tags", "dimensions", "plays", "findings")
        }
        self.starts: dict[str, list[int]] = {name: [0] for name in self.nested}
        self.states: list[int] = []
        """The numbers of states, of every gate of every assessment."""
        self.more: list[Row] = []
        self.more_at: list[int] = []
        """For each row of `more`, the place of the state beside which it stands."""
        self.cells: list[int] = []
        """The numbers of cells, of every cell of every assessment."""
        self.scored: list[int] = [0]
        """How many assessments have been scored, before each and after the last."""

    def end(self) -> None:
        """End the rows of an assessment."""
        for name, starts in self.starts.items():
            starts.append(len(self.nested[name]))


class RowMaker:
    """A rubric prepared for making rows."""

    def __init__(self, rubric: Rubric, settings: Settings) -> None:
        """Prepare reading and scoring."""
        self.rubric, self.settings = rubric, settings
        self.today = settings.today or datetime.now(timezone(timedelta(hours=14))).date()
        self.known, self.scorer = IdIndex(rubric), Scorer(rubric)
        self.batch = BatchScorer(self.scorer)
        self.gates = [gate.id for gate in self.scorer.gates]
        self.places = {id_: place for place, id_ in enumerate(self.gates)}
        self.levels = self.scorer.ladder.levels

    def begin(self) -> Rows:
        """Return no rows yet; numbers of states and cells hold until the next call."""
        self.batch.forget()
        return Rows()

    def make(self, sources: Sequence[str], texts: Sequence[str]) -> Rows:
        """Return the rows of assessments; numbers hold until the next call."""
        rows = self.begin()
        self.add(rows, sources, texts)
        return rows

    def add(self, rows: Rows, sources: Sequence[str], texts: Sequence[str]) -> None:
        """Add the rows of assessments; of one that cannot be read, only its findings."""
        for start in range(0, len(texts), TOGETHER):
            several = slice(start, start + TOGETHER)
            self._add_several(rows, sources[several], texts[several])

    def _add_several(self, rows: Rows, sources: Sequence[str], texts: Sequence[str]) -> None:
        read = [read_assessment(text, self.known) for text in texts]
        briefs = [None if said is None else self.batch.score(said) for said, _ in read]
        for source, text, (said, findings), brief in zip(sources, texts, read, briefs, strict=True):
            if said is None or brief is None:
                rows.assessments.append(None)
            else:
                findings = [*findings, *self._future(said)]
                self._add_one(rows, (source, content_of(text)), said, brief, findings)
            rows.scored.append(rows.scored[-1] + (said is not None))
            if findings:
                self._findings(rows.nested["findings"], source, findings)
            rows.end()

    def _future(self, said: Assessment) -> list[AssessmentFinding]:
        """Return a finding if the date is after today: it opens a round that is still to come."""
        day, _ = day_and_round(said.date)
        if day is None or day <= self.today:
            return []
        return [AssessmentFinding("$.date", "warning", FUTURE, f"{said.date} is after today")]

    def _add_one(
        self,
        rows: Rows,
        named: tuple[str, str],
        said: Assessment,
        brief: Brief,
        findings: Sequence[AssessmentFinding],
    ) -> None:
        source, content = named
        id_, more = id_of(source, content), self._with_more(said)
        # In the order of the columns.
        rows.assessments.append(
            (
                id_,
                content,
                source if self.settings.names else None,
                *self._about(id_, said),
                *self.batch.states.coverage(brief.states).values(),
                sum([bool(answer.evidence) for _, answer in more]),
                *self._overall(brief.overall),
                said.believed_stage,
                brief.believed[1] if brief.believed else None,
                brief.target,
                sum([one.stands_for for one in findings if one.level == "error"]),
            )
        )
        self._tags(rows.nested["tags"], said)
        self._dimensions(rows.nested["dimensions"], brief)
        rows.cells += [cell.number for cell in brief.cells]
        rows.nested["plays"] += [
            (play, position, *counts)
            for position, (play, *counts) in enumerate([one.row for one in brief.plan], 1)
        ]
        self._answers(rows, brief, more)

    def state_rows(self) -> list[Row]:
        """Return what the table `answers` has of each state, by its number."""
        return [
            (answer, score, applies, is_open or (False if score is not None and applies else None))
            for answer, score, applies, is_open in self.batch.states.listed
        ]

    def _about(self, id_: str, said: Assessment) -> Row:
        """Return the columns of what an assessment says of itself, from the version on."""
        day, round_ = day_and_round(said.date)
        team, subject = one_spelling(said.team), one_spelling(said.subject)
        return (
            said.version,
            " · ".join(filter(None, (team, subject))) or id_,
            team,
            subject,
            said.respondent if self.settings.names else None,
            said.role,
            day,
            round_,
        )

    def _overall(self, overall: Overall) -> Row:
        """Return the columns of the overall score, from `low` to the bands."""
        low, high, so_far, stages, bands = overall
        level = None if stages.low is None else self.levels[stages.low]
        return (low, high, so_far, *stages, level, bands.low, bands.high)

    def _tags(self, rows: list[Row], said: Assessment) -> None:
        own = said.unread.get("tags")
        tags = (
            [one_spelling(tag) for tag in own if isinstance(tag, str)]
            if isinstance(own, list)
            else []
        )
        of_team = self.settings.tags.get(one_spelling(said.team), ())
        rows += [(tag,) for tag in sorted({*tags, *of_team} - {""})]

    def _dimensions(self, rows: list[Row], brief: Brief) -> None:
        level_of = self.levels.get
        rows += [
            (id_, low, high, so_far, *stages, level_of(stages.low or ""), len(shut))
            for id_, (low, high, so_far, stages, shut) in brief.dimensions.items()
        ]

    def _with_more(self, said: Assessment) -> list[tuple[str, Answer]]:
        """Return the answers with what the tables hold beside an answer."""
        notes = self.settings.notes
        return [
            (id_, one)
            for id_, one in said.answers.items()
            if one.evidence or one.flag or (notes and (one.reason or one.note))
        ]

    def _answers(self, rows: Rows, brief: Brief, more: Sequence[tuple[str, Answer]]) -> None:
        start = len(rows.states)
        rows.states += brief.states
        for id_, answer in more:
            rows.more_at.append(start + self.places[id_])
            rows.more.append(self._more(answer))

    def _more(self, answer: Answer) -> Row:
        days = [day_and_round(str(one["date"]))[0] for one in answer.evidence if "date" in one]
        newest = max(filter(None, days), default=None) if days else None
        flag, count = answer.flag, len(answer.evidence)
        if not self.settings.notes:
            return flag, count, newest, None, None
        return flag, count, newest, clean(answer.reason) or None, clean(answer.note) or None

    def _findings(
        self, rows: list[Row], source: str, findings: Sequence[AssessmentFinding]
    ) -> None:
        notes = self.settings.notes or self.settings.told
        for one in findings:
            more = (clean(one.where), clean(one.message)) if notes else (None, None)
            rows.append((clean(source), one.level, one.code, *more))
