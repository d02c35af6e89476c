"""The result of the assessment sheet: cells, dimensions, topics, groups, overall, all formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..assessment.reader import UNKNOWN, Answer, Assessment
from ..i18n import page_word
from ..rubric.model import Rubric
from ..scoring.gates import ANY_STAGE, ScoredGate
from ..scoring.ladder import BELOW_NEXT
from ..scoring.scorer import Result, Scorer
from .formulas import Term, at_least, chosen, number, reduced, steps, summed
from .scoresheet import (
    APPLIES,
    OPEN,
    PART,
    RESULT,
    SCORE,
    SHUT,
    Filled,
    Formula,
    Rows,
    ScoreSheet,
    assessment_sheets,
)

_KINDS = {"dimension": "dimension", "topic": "sheet-topic"}
VALUE = "C"
"""The column of the results."""


def scoring_sheets(rubric: Rubric) -> list[ScoreSheet]:
    """Return the sheets with which an assessment is filled in and scored."""
    scorer = Scorer(rubric)
    return [*assessment_sheets(rubric, scorer), _Result(rubric, scorer).sheet()]


class _Result:
    """Collects the rows of the sheet; later ones refer to earlier ones."""

    def __init__(self, rubric: Rubric, scorer: Scorer) -> None:
        self.rubric, self.scorer, self.scoring = rubric, scorer, rubric.scoring
        self.rows = Rows(rubric)
        self.lines: list[list[Filled]] = []
        unknown = {id_: Answer(UNKNOWN) for id_ in rubric.gates}
        self.before: Result = scorer.score(Assessment(answers=unknown))

    def sheet(self) -> ScoreSheet:
        self.lines.append([self.rubric.title, None, None, None])
        cells = self._part("dimension", self.rubric.dimensions)
        dimensions = self._told("dimension", self.rubric.dimensions, cells)
        topics = self._part("topic", self.rubric.topics)
        self._told("topic", self.rubric.topics, topics)
        groups = self._groups(dimensions)
        self._overall(dimensions, groups, self._limits())
        return ScoreSheet(RESULT, self.lines, (30, 26, 12, 12))

    def _add(self, name: str, part: str | None, formula: str, value: float | str | None) -> str:
        """Add a row; return the reference of its value."""
        self.lines.append([name, part, Formula(formula, "" if value is None else value)])
        return f"{VALUE}{len(self.lines)}"

    def _part(self, of: str, records: Mapping[str, object]) -> dict[str, dict[str, str]]:
        """Add the cells of each row of the model: the score, or on a ladder the fraction."""
        found: dict[str, dict[str, str]] = {}
        for id_ in records:
            title = (
                self.rubric.dimensions[id_].title
                if of == "dimension"
                else self.rubric.topics[id_].title
            )
            outcomes = (
                self.before.items.cells if of == "dimension" else self.before.items.topic_cells
            )
            found[id_] = self._cells(title, self.scorer.rows.get((of, id_), {}), outcomes[id_])
        return found

    def _cells(
        self, title: str, row: Mapping[str, Sequence[ScoredGate]], before: Mapping[str, object]
    ) -> dict[str, str]:
        found = {}
        for stage, gates in row.items():
            outcome = before[stage]
            name = self.rubric.stages[stage].title if stage != ANY_STAGE else None
            if self.scoring.dimension == "ladder":
                value: float | None = outcome.low  # type: ignore[attr-defined]
                formula = self._fraction(stage, gates)
            else:
                item = outcome.item  # type: ignore[attr-defined]
                value = item.low if item else None
                terms = [(self.rows.cell(SCORE, gate.id), gate.weight) for gate in gates]
                formula = reduced(self.scoring.cell, terms)
            found[stage] = self._add(title, name, formula, value)
        return found

    def _fraction(self, stage: str, gates: Sequence[ScoredGate]) -> str:
        """Return the formula of `Ladder.fraction` where every answer is settled."""
        ids = [gate.id for gate in gates]
        applied = summed(self.rows.cell(APPLIES, id_) for id_ in ids)
        weigh = [gate for gate in gates if gate.weight > 0]
        weighs = summed(self.rows.cell(APPLIES, gate.id) for gate in weigh)
        opened = summed(self.rows.cell(OPEN, id_) for id_ in ids)
        blocking = [gate.id for gate in gates if gate.blocking and not gate.bonus]
        blocked = summed(self.rows.cell(SHUT, id_) for id_ in blocking)
        terms: list[Term] = [(self.rows.cell(PART, gate.id), gate.weight) for gate in weigh]
        mean = reduced("mean", terms).removeprefix("=") if terms else "0"
        needed = self.scorer.ladder.needed.get(stage, 0.0)
        enough = at_least(f"{opened}/{applied}", needed)
        complete = f"AND({blocked}=0,OR({enough},{weighs}=0))"
        part = f"IF({weighs}=0,0,MIN({mean},{number(BELOW_NEXT)}))"
        return f"=IF({applied}=0,1,IF({complete},1,{part}))"

    def _told(
        self, of: str, records: Mapping[str, object], cells: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Term]:
        """Add the score of each dimension or topic."""
        found: dict[str, Term] = {}
        for id_ in records:
            level = self.scoring.levels.get("dimension" if of == "dimension" else "topic")
            times = level.times if level else 1.0
            if self.scoring.dimension == "ladder":
                formula = self._climb(self.scorer.rows[of, id_], cells[id_], times)
            else:
                formula = reduced(
                    self.scoring.dimension, [(cell, 1.0) for cell in cells[id_].values()], times
                )
            result = self.before.dimensions[id_] if of == "dimension" else self.before.topics[id_]
            title = (
                self.rubric.dimensions[id_].title
                if of == "dimension"
                else self.rubric.topics[id_].title
            )
            weight = self.rubric.dimension_weights[id_] if of == "dimension" else 1.0
            found[id_] = (self._add(title, self._word(_KINDS[of]), formula, result.low), weight)
        return found

    def _word(self, key: str) -> str:
        return page_word(self.rubric.language, key, self.rubric.terms.words)

    def _climb(
        self,
        row: Mapping[str, Sequence[ScoredGate]],
        cells: Mapping[str, str],
        times: float,
        *,
        weighed: bool = True,
    ) -> str:
        """Return the formula of `Ladder.climb`: the level reached, plus a part of the next."""
        ladder = self.scorer.ladder
        rising = [(stage, height) for stage, height in ladder.rising if stage in cells]
        gates = [gate for gates in row.values() for gate in gates]
        counted = [gate for gate in gates if gate.weight > 0 or not weighed]
        applied = summed(dict.fromkeys(self.rows.cell(APPLIES, gate.id) for gate in counted))
        if ladder.is_apart:
            made = number(ladder.floor) + (f"+{cells[rising[0][0]]}" if rising else "")
            for index, (stage, height) in enumerate(rising):
                above = f"+{cells[rising[index + 1][0]]}" if index + 1 < len(rising) else ""
                made = f"IF({cells[stage]}>=1,{number(height)}{above},{made})"
        else:
            heights = dict(ladder.rising)
            below = dict(
                zip((s for s, _ in ladder.rising), (ladder.floor, *heights.values()), strict=False)
            )
            made = number(max([ladder.floor, *heights.values()]))
            for stage, _ in reversed(rising):
                made = f"IF({cells[stage]}<1,{number(below[stage])}+{cells[stage]},{made})"
        factor = "" if times == 1 else f"*{number(times)}"
        return f'=IF({applied}=0,"",({made}){factor})'

    def _groups(self, dimensions: Mapping[str, Term]) -> dict[str, Term]:
        level = self.scoring.levels.get("group")
        found: dict[str, Term] = {}
        for id_, result in self.before.groups.items():
            terms = [
                dimensions[one]
                for one, record in self.rubric.dimensions.items()
                if record.group == id_
            ]
            formula = reduced(self.scoring.group, terms, level.times if level else 1.0)
            title = self.rubric.groups.get(id_, id_)
            name = title if isinstance(title, str) else getattr(title, "title", id_)
            found[id_] = (self._add(name, self._word("sheet-group"), formula, result.low), 1.0)
        return found

    def _limits(self) -> list[Term]:
        """Add what dimensions that do not count leave of the overall score."""
        found: list[Term] = []
        for id_ in self.scorer.limiting:
            row, item = self.scorer.rows["limit", id_], self.before.items.limits[id_]
            outcomes = self.scorer.outcomes("limit", id_, self.before.states)
            title, word = self.rubric.dimensions[id_].title, self._word("sheet-limit")
            cells = {
                stage: self._add(title, word, self._fraction(stage, gates), outcomes[stage].low)
                for stage, gates in row.items()
            }
            formula = self._climb(row, cells, self.scorer.factors["limit"], weighed=False)
            value = item.low if item else None
            found.append((self._add(title, word, formula, value), 1.0))
        return found

    def _overall(
        self, dimensions: Mapping[str, Term], groups: Mapping[str, Term], limits: Sequence[Term]
    ) -> None:
        rule, counted = self.scoring.overall, self.scorer.counted
        if rule is None:
            return
        if rule.by == "ladder":
            gates = self.scorer.rows["overall", ""]
            outcomes = self.scorer.outcomes("overall", "", self.before.states)
            cells = {
                stage: self._add(
                    self._word("overall"),
                    self.rubric.stages[stage].title if stage != ANY_STAGE else None,
                    self._fraction(stage, several),
                    outcomes[stage].low,
                )
                for stage, several in gates.items()
            }
            formula = self._climb(gates, cells, self.scoring.times)
        else:
            terms = [*self._parts(rule.of, dimensions, groups, counted), *limits]
            formula = reduced(rule.by, terms, self.scoring.times)
        raw = self._add(self._word("overall"), None, self._capped(formula), self.before.overall.low)
        self._stage(raw)
        self._band(raw)

    def _parts(
        self,
        of: str,
        dimensions: Mapping[str, Term],
        groups: Mapping[str, Term],
        counted: frozenset[str],
    ) -> Sequence[Term]:
        if of == "gates":
            gates = [gate for gate in self.scorer.gates if gate.dimension in counted]
            return [(self.rows.cell(SCORE, gate.id), gate.weight) for gate in gates]
        if of == "dimensions":
            return [term for id_, term in dimensions.items() if id_ in counted]
        named = {self.rubric.dimensions[id_].group for id_ in counted}
        return [term for id_, term in groups.items() if id_ in named]

    def _shut(self, gate: ScoredGate) -> str:
        return f"{self.rows.cell(SHUT, gate.id)}=1"

    def _capped(self, formula: str) -> str:
        caps = [gate for gate in self.scorer.capping if gate.cap and gate.cap.score is not None]
        if not caps:
            return formula
        made = formula.removeprefix("=")
        limits = ",".join(
            f"IF({self._shut(gate)},{number(gate.cap.score or 0)},1E+300)"
            for gate in caps
            if gate.cap
        )
        return f'=IF(ISNUMBER({made}),MIN({made},{limits}),"")'

    def _stage(self, score: str) -> None:
        """Add the stage at which the overall score stands, if it is a position on the ladder."""
        low = self.before.overall.stage.low
        if not self.scorer.climbs:
            return
        ladder, word = self.scorer.ladder, self._word("stage")
        factor = self.scorer.factors["overall"]
        edges = sorted(height * factor for height in ladder.levels.values())
        formula = f'=IF(ISNUMBER({score}),MAX(1,{steps(score, edges)}),"")'
        place = self._add(word, self._word("sheet-place"), formula, 1)
        titles = [self.rubric.stages[id_].title for id_ in ladder.stages]
        title = self.rubric.stages[low].title if low else ""
        self._add(word, None, chosen(place, titles), title)

    def _band(self, score: str) -> None:
        """Add the band of the overall score, none above what an unmet gate allows."""
        bands, low = self.scoring.bands, self.before.overall.bands.low
        if bands is None:
            return
        order, word = list(bands.of), self._word("sheet-band")
        edges = [band.at for band in bands.of.values()]
        limits = "".join(
            f",IF({self._shut(gate)},{order.index(gate.cap.band) + 1},{len(order)})"
            for gate in self.scorer.capping
            if gate.cap and gate.cap.band in order
        )
        formula = f"=MIN({steps(score, edges, upper=bands.edge == 'upper')}{limits})"
        before = order.index(low) + 1 if low else 0
        place = self._add(word, self._word("sheet-place"), formula, before)
        labels = [
            band.label or (self.rubric.stages[band.stage].title if band.stage else id_)
            for id_, band in bands.of.items()
        ]
        self._add(word, None, chosen(place, labels), labels[before - 1] if low else "")
