"""The figures of a report, by section: counts of units from the queries, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..i18n import page_word
from ..rubric.model import Dimension, Rubric
from .query import Tables, named_query

FIRST = 20
"""Gates and plays that the report lists."""
AGES = ("quarter", "year", "older", "later", "undated", "none")
"""How old evidence is, from the newest; dated after the assessment; without a date; none."""
GAPS = ("far-above", "above", "same", "below")
"""How belief lies to the answers: two levels and more above them, one, on them, below."""

Value = int | str | None


class Row(NamedTuple):
    """A row of a table: its name, then its values; None stands for a number that is hidden."""

    label: str
    values: tuple[Value, ...]


class Section(NamedTuple):
    """A table with a bar beside each row, of the first columns, in these shades; 0 is hatched."""

    id: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    shades: tuple[int, ...] = ()
    """As many as columns are counts of units that sum up to those of the row."""


class Figures(NamedTuple):
    """All that a report shows."""

    units: int
    assessments: int
    sections: tuple[Section, ...]
    newest: Mapping[str, int] = {}
    """Of each round, the units whose newest assessment is of it."""


def shade(place: int, count: int) -> int:
    """Return the shade of a stage, 1 to 5, for its place among all."""
    return 1 + round(4 * place / (count - 1)) if count > 1 else 3


def reaches_stage(rubric: Rubric) -> bool:
    """Return whether units stand at a stage all in all."""
    return rubric.scoring.reaches == "stage"


def ladders_of(rubric: Rubric) -> dict[str, Dimension]:
    """Return the dimensions if units stand at a stage of each; no other score of them has one."""
    return rubric.dimensions if rubric.scoring.dimension == "ladder" else {}


class Teller:
    """Asks the queries, and puts what they find into words of a language."""

    def __init__(self, rubric: Rubric, tables: Tables) -> None:
        """Keep what all sections need."""
        self.rubric, self.tables = rubric, tables
        self.terms = rubric.terms.words
        self.stages = [*rubric.ladder]
        self.titles = tuple(rubric.stages[id_].title for id_ in self.stages)
        count = len(self.stages)
        self.shades = (*(shade(place, count) for place in range(count)), 0)
        self.has_stage, self.ladders = reaches_stage(rubric), ladders_of(rubric)
        self.heads = (*self.titles, self.word("pf-no-stage"))
        [totals] = self.ask_text(
            "SELECT count(*) AS assessments, count(CASE WHEN place = 1 THEN 1 END) AS units "
            "FROM placed"
        )
        self.units, self.assessments = int(totals["units"]), int(totals["assessments"])

    def word(self, key: str) -> str:
        """Return words in the language of the rubric, with the rubric's own terms."""
        return page_word(self.rubric.language, key, self.terms)

    def title(self, row: Mapping[str, Any], records: Mapping[str, Any], key: str) -> str:
        """Return the title of what a row is about; the rubric may be a translation of theirs."""
        record = records.get(row[key])
        return str(record.title if record else row["title"])

    def ask(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a query of the package."""
        return self.ask_text(named_query(name))

    def ask_text(self, sql: str) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return self.tables.ask(sql).records()

    def figures(self) -> Figures:
        """Return all sections; those about stages only where results or dimensions have any."""
        has_any = self.has_stage or self.ladders
        sections = (
            *([self.standing()] if has_any else []),
            *([self.rounds(), self.movement()] if self.has_stage else []),
            self.gates(),
            self.plays(),
            *([self.belief(), self.believers()] if self.has_stage else []),
            self.coverage(),
            self.evidence(),
            self.findings(),
        )
        newest = self.ask_text("SELECT round, count(*) AS units FROM standing GROUP BY round")
        by_round = {row["round"]: row["units"] for row in newest if row["round"]}
        return Figures(self.units, self.assessments, sections, by_round)

    def by_stage(self, counts: Mapping[str, int], total: int) -> tuple[Value, ...]:
        """Return counts in the order of the stages, and last the rest, which has no stage."""
        values = [counts.get(stage, 0) for stage in self.stages]
        return (*values, total - sum(values))

    def standing(self) -> Section:
        """Where units stand: all in all, and in each dimension, as far as these have stages."""
        rows: list[Row] = []
        if self.has_stage:
            overall = {row["stage"]: row["units"] for row in self.ask("stages")}
            rows.append(Row(self.word("pf-overall"), self.by_stage(overall, self.units)))
        found: dict[str, dict[str, int]] = {}
        for row in self.ask("dimensions"):
            found.setdefault(row["dimension"], {})[row["stage"]] = row["units"]
        rows += [
            Row(one.title, self.by_stage(found.get(id_, {}), self.units))
            for id_, one in self.ladders.items()
        ]
        return Section("standing", self.heads, tuple(rows), self.shades)

    def rounds(self) -> Section:
        """Return how many units stood at each stage, round by round."""
        found: dict[str, dict[str, int]] = {}
        for row in self.ask("rounds"):
            found.setdefault(row["round"], {})[row["stage"] or ""] = row["units"]
        rows = (
            Row(name, self.by_stage(counts, sum(counts.values()))) for name, counts in found.items()
        )
        return Section("rounds", self.heads, tuple(rows), self.shades)

    def movement(self) -> Section:
        """Return how many units rose and fell, round by round."""
        keys = ("rose", "stayed", "fell", "new")
        rows = (Row(row["round"], tuple(row[key] for key in keys)) for row in self.ask("movement"))
        heads = tuple(self.word(f"pf-{key}") for key in keys)
        return Section("movement", heads, tuple(rows), (4, 2, 5, 0))

    def gates(self) -> Section:
        """Return the gates that are shut for most."""
        keys = ("shut", "met", "unanswered", "not_applicable")
        found = [row for row in self.ask("gates") if row["shut"]][:FIRST]
        rows = (
            Row(
                " ".join(filter(None, (row["code"], self.title(row, self.rubric.gates, "gate")))),
                tuple(map(row.get, keys)),
            )
            for row in found
        )
        heads = tuple(self.word(f"pf-{key.replace('_', '-')}") for key in keys)
        return Section("gates", heads, tuple(rows), (5, 2, 1, 0))

    def plays(self) -> Section:
        """Return the plays that open gates for most."""
        rows = (
            Row(
                self.title(row, self.rubric.remediations, "play"),
                (row["units"], self.units - row["units"], row["gates"]),
            )
            for row in self.ask("plays")[:FIRST]
        )
        heads = tuple(self.word(f"pf-{key}") for key in ("wanted", "not-wanted", "opens"))
        return Section("plays", heads, tuple(rows), (4, 1))

    def belief(self) -> Section:
        """Return how far belief lies from the answers."""
        counts = dict.fromkeys(GAPS, 0)
        for row in self.ask("belief"):
            counts[gap_of(row["belief_gap"])] += row["units"]
        rest = self.units - sum(counts.values())
        heads = tuple(self.word(f"pf-{key}") for key in (*GAPS, "no-belief"))
        rows = (Row(self.word("pf-all"), (*counts.values(), rest)),)
        return Section("belief", heads, rows, (5, 4, 2, 1, 0))

    def believers(self) -> Section:
        """Return the units whose belief lies furthest from their answers."""
        titles = dict(zip(self.stages, self.titles, strict=True))
        rows = (
            Row(
                row["unit"],
                (
                    str(row["day"] or ""),
                    titles.get(row["believed"], ""),
                    titles.get(row["stage"], ""),
                    row["belief_gap"],
                ),
            )
            for row in self.ask("believers")[:FIRST]
        )
        heads = tuple(self.word(f"pf-{key}") for key in ("day", "believed", "stage", "gap"))
        return Section("believers", heads, tuple(rows))

    def coverage(self) -> Section:
        """Return how many gates are answered, round by round."""
        keys = ("answered", "unknown", "not_applicable", "unanswered", "units", "evidence")
        rows = (
            Row(row["round"] or self.word("pf-no-round"), tuple(row[key] for key in keys))
            for row in self.ask("coverage")
        )
        named = (*keys[:-1], "evidence-answers")
        heads = tuple(self.word(f"pf-{key.replace('_', '-')}") for key in named)
        return Section("coverage", heads, tuple(rows), (4, 2, 1, 0))

    def evidence(self) -> Section:
        """Return how old the evidence of met gates is."""
        counts = {row["age"]: row["gates"] for row in self.ask("evidence")}
        heads = tuple(self.word(f"pf-age-{age}") for age in AGES)
        rows = (Row(self.word("pf-all"), tuple(counts.get(age, 0) for age in AGES)),)
        return Section("evidence", heads, rows, (5, 4, 2, 3, 1, 0))

    def findings(self) -> Section:
        """Return what is wrong in files."""
        rows = (
            Row(f"{row['level']}[{row['code']}]", (row["findings"], row["files"]))
            for row in self.ask("findings")
        )
        heads = tuple(self.word(f"pf-{key}") for key in ("found", "files"))
        return Section("findings", heads, tuple(rows))


def gap_of(levels: int) -> str:
    """Return the name of a distance of belief from the answers."""
    return GAPS[0] if levels > 1 else GAPS[1] if levels == 1 else GAPS[2 if levels == 0 else 3]
