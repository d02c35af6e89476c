"""From the texts of assessments to the rows of the tables, as lists by column.

Pure: this is what runs in each process of one machine and in each worker of an engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from ..assessment.reader import Answer, Assessment, AssessmentFinding, IdIndex, read_assessment
from ..rubric.model import Rubric
from ..scoring.batch import BatchScorer, Brief
from ..scoring.compare import DATE
from ..scoring.scorer import Overall, Scorer

Columns = dict[str, list[Any]]


class Settings(NamedTuple):
    """What may be in the tables, and the tags of each team.

    With `told`, findings say what is wrong also without notes, for the terminal.
    """

    names: bool = False
    notes: bool = False
    tags: Mapping[str, tuple[str, ...]] = {}
    told: bool = False


Row = tuple[Any, ...]

NO_MORE: Row = (False, 0, None, None, None)
"""What the table `answers` has beside an answer that is no more than that."""


class Rows:
    """Rows of all tables: those of `assessments`, and for each the rows of the other tables.

    `starts` has, for each table with several rows for an assessment, where those of each begin.
    The table `answers` has a row for each gate, made of few that many share.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.assessments: list[dict[str, Any]] = []
        self.nested: dict[str, list[Row]] = {
            # The id is that of the row in `assessments`; names of cells are always the same.
            name: []
            for name in ("tags", "dimensions", "cells", "plays", "findings")
        }
        self.starts: dict[str, list[int]] = {name: [0] for name in self.nested}
        self.states: list[int] = []
        """The numbers of states, of every gate of every assessment."""
        self.more: list[Row] = [NO_MORE]
        self.more_at: list[int] = []
        """For each of the states, which row of `more` stands beside it."""
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
        self.known, self.scorer, self.settings = IdIndex(rubric), Scorer(rubric), settings
        self.batch = BatchScorer(self.scorer)
        self.gates = [gate.id for gate in self.scorer.gates]
        self.places = {id_: place for place, id_ in enumerate(self.gates)}
        self.no_more = [0] * len(self.gates)
        self.levels = self.scorer.ladder.levels

    def make(self, sources: Sequence[str], texts: Sequence[str]) -> Rows:
        """Return the rows of assessments; numbers of states hold until the next call."""
        self.batch.forget()
        rows = Rows()
        for source, text in zip(sources, texts, strict=True):
            self.add(rows, source, text)
        return rows

    def add(self, rows: Rows, source: str, text: str) -> None:
        """Add the rows of an assessment; of one that cannot be read, only its findings."""
        assessment, findings = read_assessment(text, self.known)
        if assessment is not None:
            content = content_of(text)
            brief, more = self.batch.score(assessment), self._with_more(assessment)
            id_ = id_of(source, content)
            rows.assessments.append(
                {
                    "assessment": id_,
                    "content": content,
                    "source": source if self.settings.names else None,
                    **self._about(id_, assessment),
                    **self.batch.states.coverage(brief.states),
                    "evidence": sum([bool(answer.evidence) for _, answer in more]),
                    **self._overall(brief.overall),
                    **self._outlook(brief),
                    "errors": sum([one.stands_for for one in findings if one.level == "error"]),
                }
            )
            self._tags(rows.nested["tags"], assessment)
            self._dimensions(rows.nested["dimensions"], brief)
            rows.nested["cells"] += [cell.row for cell in brief.cells]
            self._plays(rows.nested["plays"], brief)
            self._answers(rows, brief, more)
        else:
            rows.assessments.append({})
        rows.scored.append(rows.scored[-1] + (assessment is not None))
        self._findings(rows.nested["findings"], source, findings)
        rows.end()

    def state_rows(self) -> list[Row]:
        """Return what the table `answers` has of each state, by its number."""
        return [
            (answer, score, applies, is_open or (False if score is not None and applies else None))
            for answer, score, applies, is_open in self.batch.states.listed
        ]

    def _about(self, id_: str, said: Assessment) -> dict[str, Any]:
        """Return the columns of what an assessment says of itself."""
        day, round_ = day_and_round(said.date)
        return {
            "version": said.version,
            "unit": " · ".join(filter(None, (said.team, said.subject))) or id_,
            "team": said.team,
            "subject": said.subject,
            "respondent": said.respondent if self.settings.names else None,
            "role": said.role,
            "day": day,
            "round": round_,
        }

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

    def _outlook(self, brief: Brief) -> dict[str, Any]:
        """Return the columns of what was believed, and of what the plan is for."""
        believed, gap = brief.believed or (None, None)
        return {"believed": believed, "belief_gap": gap, "target": brief.target}

    def _tags(self, rows: list[Row], said: Assessment) -> None:
        own = said.unread.get("tags")
        tags = [tag for tag in own if isinstance(tag, str)] if isinstance(own, list) else []
        rows += [(tag,) for tag in sorted({*tags, *self.settings.tags.get(said.team, ())} - {""})]

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
        rows.more_at += self.no_more
        for id_, answer in more:
            rows.more_at[start + self.places[id_]] = len(rows.more)
            rows.more.append(self._more(answer))

    def _more(self, answer: Answer) -> Row:
        days = [day_and_round(str(one.get("date", "")))[0] for one in answer.evidence]
        newest = max(filter(None, days), default=None)
        flag, count = answer.flag, len(answer.evidence)
        if not self.settings.notes:
            return flag, count, newest, None, None
        return flag, count, newest, clean(answer.reason) or None, clean(answer.note) or None

    def _plays(self, rows: list[Row], brief: Brief) -> None:
        rows += [
            (play, position, *counts)
            for position, (play, *counts) in enumerate([one.row for one in brief.plan], 1)
        ]

    def _findings(
        self, rows: list[Row], source: str, findings: Sequence[AssessmentFinding]
    ) -> None:
        notes = self.settings.notes or self.settings.told
        for one in findings:
            more = (clean(one.where), clean(one.message)) if notes else (None, None)
            rows.append((clean(source), one.level, one.code, *more))


def content_of(text: str) -> str:
    """Return a hash of an assessment's text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def id_of(source: str, content: str) -> str:
    """Return the id of an assessment: the same file with the same text has the same one."""
    named = f"{source}\0{content}".encode("utf-8", "surrogatepass")
    return blake2b(named, digest_size=12).hexdigest()


def day_and_round(text: str) -> tuple[date | None, str | None]:
    """Return a date of the form `2026-11-23`, `2026-11` or `2026`, and its quarter, or None."""
    # Many assessments share a few days, but no text that is longer.
    return _recall_day(text) if len(text) < 30 else _read_day(text)


def _read_day(text: str) -> tuple[date | None, str | None]:
    match = _DAY.match(text)
    if not match:
        return None, None
    try:
        day = date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        return None, None
    return day, f"{day.year}-Q{(day.month + 2) // 3}"


_recall_day = lru_cache(10_000)(_read_day)
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
