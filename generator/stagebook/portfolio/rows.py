"""From the texts of assessments to the rows of the tables, as lists by column.

Pure: this is what runs in each process of one machine and in each worker of an engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from ..assessment.reader import Assessment, AssessmentFinding, Known, read_assessment
from ..rubric.model import Rubric
from ..scoring.batch import BatchScorer, Brief
from ..scoring.compare import DATE
from ..scoring.scorer import Overall, Scorer, coverage
from .schema import ASSESSMENTS, NESTED

Columns = dict[str, list[Any]]


class Settings(NamedTuple):
    """What may be in the tables, and the tags of each team.

    With `told`, findings say what is wrong also without notes, for the terminal.
    """

    names: bool = False
    notes: bool = False
    tags: Mapping[str, tuple[str, ...]] = {}
    told: bool = False


class Rows:
    """Rows of all tables: those of `assessments`, and for each the rows of the other tables.

    `starts` has, for each table with several rows for an assessment, where those of each begin.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.assessments: Columns = {column.name: [] for column in ASSESSMENTS}
        self.nested: dict[str, Columns] = {
            # The id is that of the row in `assessments`.
            name: {column.name: [] for column in columns[1:]}
            for name, columns in NESTED.items()
        }
        self.starts: dict[str, list[int]] = {name: [0] for name in NESTED}

    def end(self) -> None:
        """End the rows of an assessment."""
        for name, starts in self.starts.items():
            starts.append(len(next(iter(self.nested[name].values()))))


class RowMaker:
    """A rubric prepared for making rows."""

    def __init__(self, rubric: Rubric, settings: Settings) -> None:
        """Prepare reading and scoring."""
        self.known, self.scorer, self.settings = Known(rubric), Scorer(rubric), settings
        self.batch = BatchScorer(self.scorer)
        self.gates = [gate.id for gate in self.scorer.gates]
        self.places = {id_: place for place, id_ in enumerate(self.gates)}
        self.plain = {id(one) for known in self.known.answers.values() for one in known.values()}
        self.levels = self.scorer.ladder.levels
        self.cells = [(id_, stage) for id_, row in self.scorer.cells.items() for stage in row]

    def make(self, sources: Sequence[str], texts: Sequence[str]) -> Rows:
        """Return the rows of assessments."""
        rows = Rows()
        for source, text in zip(sources, texts, strict=True):
            self.add(rows, source, text)
        return rows

    def add(self, rows: Rows, source: str, text: str) -> None:
        """Add the rows of an assessment; of one that cannot be read, only its findings."""
        assessment, findings = read_assessment(text, self.known)
        ids: tuple[str | None, str | None] = (None, None)
        if assessment is not None:
            content = content_of(text)
            ids = (id_of(source, content), content)
            brief = self.batch.score(assessment)
            self._assessment(rows, ids, source, assessment, brief, findings)
            self._tags(rows.nested["tags"], assessment)
            self._dimensions(rows.nested["dimensions"], brief)
            self._cells(rows.nested["cells"], brief)
            self._answers(rows.nested["answers"], assessment, brief)
            self._plays(rows.nested["plays"], brief)
        else:
            for column in rows.assessments.values():
                column.append(None)
        self._findings(rows.nested["findings"], source, findings)
        rows.end()

    def _assessment(
        self,
        rows: Rows,
        ids: tuple[str | None, str | None],
        source: str,
        said: Assessment,
        brief: Brief,
        findings: Sequence[AssessmentFinding],
    ) -> None:
        """Add the row of the table `assessments`."""
        day, names = day_of(said.date), self.settings.names
        believed, gap = brief.believed or (None, None)
        row = {
            "assessment": ids[0],
            "content": ids[1],
            "source": source if names else None,
            "version": said.version,
            "unit": " · ".join(filter(None, [said.team, said.subject])) or ids[0],
            "team": said.team,
            "subject": said.subject,
            "respondent": said.respondent if names else None,
            "role": said.role,
            "day": day,
            "round": f"{day.year}-Q{(day.month + 2) // 3}" if day else None,
            **coverage(brief.states),
            "evidence": sum([bool(one.evidence) for one in said.answers.values()]),
            **self._overall(brief.overall),
            "believed": believed,
            "belief_gap": gap,
            "target": brief.target,
            "errors": sum(one.stands_for for one in findings if one.level == "error"),
        }
        for name, value in row.items():
            rows.assessments[name].append(value)

    def _overall(self, overall: Overall) -> dict[str, Any]:
        """Return the columns of the overall score."""
        stages, bands = overall.stage, overall.bands
        return {
            "low": overall.low,
            "high": overall.high,
            "so_far": overall.so_far,
            "stage_low": stages.low,
            "stage_high": stages.high,
            "stage_so_far": stages.so_far,
            "level_low": None if stages.low is None else self.levels[stages.low],
            "band_low": bands.low,
            "band_high": bands.high,
        }

    def _tags(self, columns: Columns, said: Assessment) -> None:
        own = said.unread.get("tags")
        tags = [tag for tag in own if isinstance(tag, str)] if isinstance(own, list) else []
        columns["tag"] += sorted({*tags, *self.settings.tags.get(said.team, ())} - {""})

    def _dimensions(self, columns: Columns, brief: Brief) -> None:
        levels = self.levels
        made = brief.dimensions.values()
        columns["dimension"] += brief.dimensions
        columns["low"] += [one.low for one in made]
        columns["high"] += [one.high for one in made]
        columns["so_far"] += [one.so_far for one in made]
        columns["stage_low"] += [one.stage.low for one in made]
        columns["stage_high"] += [one.stage.high for one in made]
        columns["stage_so_far"] += [one.stage.so_far for one in made]
        columns["level_low"] += [
            None if one.stage.low is None else levels[one.stage.low] for one in made
        ]
        columns["shut"] += [len(one.shut) for one in made]

    def _cells(self, columns: Columns, brief: Brief) -> None:
        made = [cell for row in brief.cells.values() for cell in row.values()]
        columns["dimension"] += [id_ for id_, _ in self.cells]
        columns["stage"] += [stage for _, stage in self.cells]
        columns["low"] += [cell.score.low for cell in made]
        columns["high"] += [cell.score.high for cell in made]
        columns["so_far"] += [cell.score.so_far for cell in made]
        columns["gates"] += [cell.gates for cell in made]
        columns["open"] += [cell.open for cell in made]
        columns["shut"] += [len(cell.shut) for cell in made]

    def _answers(self, columns: Columns, said: Assessment, brief: Brief) -> None:
        count = len(self.gates)
        answers, scores, applies, opens = zip(*brief.states.values(), strict=True)
        columns["gate"] += self.gates
        columns["answer"] += answers
        columns["score"] += scores
        columns["applies"] += applies
        columns["met"] += [
            True if is_open else False if score is not None and counts else None
            for score, counts, is_open in zip(scores, applies, opens, strict=True)
        ]
        own: Columns = {
            "flag": [False] * count,
            "evidence": [0] * count,
            **{key: [None] * count for key in ("evidence_day", "reason", "note")},
        }
        for id_, answer in said.answers.items():
            # Most answers are no more than that, and the reader shares these.
            if id(answer) not in self.plain:
                self._more(own, self.places[id_], answer)
        for name, column in own.items():
            columns[name] += column

    def _more(self, own: Columns, place: int, answer: Any) -> None:
        days = filter(None, (day_of(str(one.get("date", ""))) for one in answer.evidence))
        own["flag"][place] = answer.flag
        own["evidence"][place] = len(answer.evidence)
        own["evidence_day"][place] = max(days, default=None)
        if self.settings.notes:
            own["reason"][place] = clean(answer.reason) or None
            own["note"][place] = clean(answer.note) or None

    def _plays(self, columns: Columns, brief: Brief) -> None:
        weeks = [step.weeks or (None, None) for step in brief.plan]
        columns["play"] += [step.remediation for step in brief.plan]
        columns["position"] += range(1, len(brief.plan) + 1)
        columns["opens"] += [len(step.opens) for step in brief.plan]
        columns["blocking"] += [step.blocking for step in brief.plan]
        columns["weeks_low"] += [low for low, _ in weeks]
        columns["weeks_high"] += [high for _, high in weeks]

    def _findings(
        self, columns: Columns, source: str, findings: Sequence[AssessmentFinding]
    ) -> None:
        notes = self.settings.notes or self.settings.told
        for one in findings:
            columns["source"].append(clean(source))
            columns["level"].append(one.level)
            columns["code"].append(one.code)
            columns["path"].append(clean(one.where) if notes else None)
            columns["message"].append(clean(one.message) if notes else None)


def content_of(text: str) -> str:
    """Return a hash of an assessment's text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def id_of(source: str, content: str) -> str:
    """Return the id of an assessment: the same file with the same text has the same one."""
    named = f"{source}\0{content}".encode("utf-8", "surrogatepass")
    return blake2b(named, digest_size=12).hexdigest()


def day_of(text: str) -> date | None:
    """Return a date of the form `2026-11-23`, `2026-11` or `2026`, or None."""
    match = _DAY.match(text)
    if not match:
        return None
    try:
        return date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        return None


_DAY = re.compile(DATE.pattern + r"(?:T.*)?$", re.ASCII)


def clean(text: str) -> str:
    """Return text that can be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def title_rows(rubric: Rubric) -> Columns:
    """Return the rows of the table `titles`."""
    rows: list[tuple[Any, ...]] = [
        ("stage", id_, one.title, one.level, None, None, None) for id_, one in rubric.stages.items()
    ]
    rows += [
        ("dimension", id_, one.title, place, None, None, None)
        for place, (id_, one) in enumerate(rubric.dimensions.items(), 1)
    ]
    rows += [
        ("play", id_, one.title, place, None, None, None)
        for place, (id_, one) in enumerate(rubric.remediations.items(), 1)
    ]
    rows += [
        ("gate", id_, one.title, place, one.dimension, one.stage, one.code)
        for place, (id_, one) in enumerate(rubric.gates.items(), 1)
    ]
    names = ("kind", "id", "title", "position", "dimension", "stage", "code")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
