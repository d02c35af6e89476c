"""The figures of a report, by section: counts of units from the queries, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..i18n import page_word
from ..rubric.model import Rubric
from .query import Tables, named_query

FIRST = 20
"""Gates and plays that the report lists."""
AGES = ("quarter", "year", "older", "undated", "none")
"""How old evidence is, from the newest; the last two have no date and no evidence."""
GAPS = ("far-above", "above", "same", "below")
"""How belief lies to the answers: two levels and more above them, one, on them, below."""

BY_ROUND = ("rounds", "movement", "coverage")
"""The sections with a row for each round."""

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


def shade(place: int, count: int) -> int:
    """Return the shade of a stage, 1 to 5, for its place among all."""
    return 1 + round(4 * place / (count - 1)) if count > 1 else 3


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
        has_stage = self.rubric.scoring.reaches == "stage"
        has_any = has_stage or self.rubric.scoring.dimension == "ladder"
        sections = (
            *([self.standing()] if has_any else []),
            *([self.rounds(), self.movement()] if has_stage else []),
            self.gates(),
            self.plays(),
            *([self.belief(), self.believers()] if has_stage else []),
            self.coverage(),
            self.evidence(),
            self.findings(),
        )
        return Figures(self.units, self.assessments, sections)

    def by_stage(self, counts: Mapping[str, int], total: int) -> tuple[Value, ...]:
        """Return counts in the order of the stages, and last the rest, which has no stage."""
        values = [counts.get(stage, 0) for stage in self.stages]
        return (*values, total - sum(values))

    def standing(self) -> Section:
        """Where units stand: all in all, and in each dimension."""
        overall = {row["stage"]: row["units"] for row in self.ask("stages")}
        rows = [Row(self.word("pf-overall"), self.by_stage(overall, self.units))]
        found: dict[str, dict[str, int]] = {}
        for row in self.ask("dimensions"):
            found.setdefault(row["dimension"], {})[row["stage"]] = row["units"]
        rows += [
            Row(one.title, self.by_stage(found.get(id_, {}), self.units))
            for id_, one in self.rubric.dimensions.items()
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
        return Section("evidence", heads, rows, (5, 4, 2, 1, 0))

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


def hide_small(figures: Figures, least: int) -> Figures:
    """Return figures in which counts of fewer units than `least`, and what tells of them, are None.

    What is missing of a row's sum are the hidden counts, none of which is 0. So the next smallest
    is hidden too while they are together fewer than `least`, or as few as they can be. Rounds tell
    of each other: see `_Rounds`. What is about single units is left out.
    """
    if not least:
        return figures
    if figures.units < least:
        return figures._replace(sections=())
    rounds = _Rounds(figures, least)
    return figures._replace(
        sections=tuple(
            rounds.hide(section) if section.id in BY_ROUND else _hide(section, least)
            for section in figures.sections
            if section.id != "believers"
        )
    )


def _hide(section: Section, least: int) -> Section:
    if section.id in ("evidence", "findings"):
        return section  # Counts of gates of all units, and of files.
    count, made = len(section.shades), []
    for row in section.rows:
        places = _small(row.values[:count], least)
        if places:  # What a row has beside its counts tells of them, too.
            places |= {*range(count, len(row.values))}
        made.append(row._replace(values=_shown(row.values, places)))
    if section.id in ("gates", "plays"):  # Their order would tell of what is hidden.
        made = [row for row in made if row.values[0] is not None]
    return section._replace(rows=tuple(made))


class _Rounds:
    """Finds what rounds tell of each other, and of the units that miss one.

    A round is hidden if few units are in it, if few are not, or if few of them have been in an
    earlier one: how many it has would tell. Its movement is hidden as a whole if one of its counts
    is small, as the stages before and after give the rest; and so is the movement of others while
    all units, each of which is new once, would tell how few are new there. Who misses the newest
    round is what all units have more than that round.
    """

    def __init__(self, figures: Figures, least: int) -> None:
        found = {section.id: section.rows for section in figures.sections}
        counts = {id_: {row.label: _ints(row.values) for row in found[id_]} for id_ in found}
        self.least, self.stages = least, counts.get("rounds", {})
        moves = counts.get("movement", {})
        sizes = {label: sum(row) for label, row in self.stages.items()}
        sizes |= {label: row[4] for label, row in counts.get("coverage", {}).items()}
        self.hidden = {
            label
            for label, size in sizes.items()
            if self.few(size)
            or self.few(figures.units - size)
            or self.few(sum(moves.get(label, ())[:3]))
        }
        self.still = {
            label for label, row in moves.items() if label in self.hidden or any(map(self.few, row))
        }
        left = sorted(moves.keys() - self.still, key=lambda label: (moves[label][3], label))
        while left and self.few(sum(moves[label][3] for label in self.still)):
            self.still.add(left.pop(0))
        self.missing: dict[str, set[int]] = {}
        if self.stages and "standing" in found:
            newest = max(self.stages)
            now = _ints(found["standing"][0].values)
            rest = [one - there for one, there in zip(now, self.stages[newest], strict=True)]
            self.missing[newest] = _small(rest, least)

    def few(self, count: int) -> bool:
        """Return whether a count is small, and not 0."""
        return 0 < count < self.least

    def hide(self, section: Section) -> Section:
        """Return a section with a row for each round."""
        return section._replace(rows=tuple(self.row(section.id, row) for row in section.rows))

    def row(self, id_: str, row: Row) -> Row:
        """Return the row of a round."""
        label, places = row.label, set[int]()
        if label in (self.still if id_ == "movement" else self.hidden):
            places = {*range(len(row.values))}
        elif id_ == "rounds":
            places = _small(row.values, self.least) | self.missing.get(label, set())
        return row._replace(values=_shown(row.values, places))


def _ints(values: Sequence[Value]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _small(values: Sequence[Value], least: int) -> set[int]:
    """Return the places of counts that are small, and of those that tell of them."""
    counts = _ints(values)
    shown = [place for place in sorted(range(len(counts)), key=counts.__getitem__) if counts[place]]
    hidden, sum_of_hidden = set[int](), 0
    while shown and (
        counts[shown[0]] < least or (hidden and sum_of_hidden < max(least, len(hidden) + 1))
    ):
        place = shown.pop(0)
        hidden.add(place)
        sum_of_hidden += counts[place]
    # If each is 1, only others that are 0 leave several ways to share out their sum.
    return {*range(len(counts))} if sum_of_hidden == len(hidden) > 0 else hidden


def _shown(values: Sequence[Value], hidden: set[int]) -> tuple[Value, ...]:
    """Return values of which some are None."""
    return tuple(None if place in hidden else one for place, one in enumerate(values))
