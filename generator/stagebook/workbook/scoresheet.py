"""An assessment to fill in, with formulas that score it as `stagebook score` does.

A question without an answer counts as "I do not know": its lowest answer, never met.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN
from ..diagnostics import column_letters
from ..i18n import page_word
from ..rubric.model import Rubric
from ..scoring.gates import ScoredGate
from ..scoring.scorer import Scorer
from .formulas import at_least, number, text
from .grid import Cell

ASSESSMENT, RESULT, LISTS = "Assessment", "Result", "Lists"
ABOUT = ("subject", "team", "respondent", "role", "date")
"""What is asked above the questions, one in a row."""
HEAD = len(ABOUT) + 1
"""The row of the headings, from 0."""
ANSWER = "G"
SCORE, APPLIES, MET, PART, OPEN, SHUT = "J", "K", "L", "M", "N", "O"
"""The columns of a gate's score, of 1 where it applies and where it is met, of its share of the
top, and of 1 where it applies and is met, and applies and is not met."""


class Formula(NamedTuple):
    """A formula, and what it gives before anything is answered."""

    text: str
    value: float | str


class Choices(NamedTuple):
    """A cell to fill in; `source` is the range of its drop-down, if it has one."""

    source: str = ""


Filled = Cell | Formula | Choices


class ScoreSheet(NamedTuple):
    """A sheet with formulas; a width of 0 hides a column. The first `frozen` rows stay in sight."""

    name: str
    rows: Sequence[Sequence[Filled]]
    widths: tuple[int, ...]
    frozen: int = 1
    is_hidden: bool = False


def _word(rubric: Rubric, key: str) -> str:
    return page_word(rubric.language, key, rubric.terms.words)


class Rows:
    """In which row each gate, question of the profile and measure stands, from 1."""

    def __init__(self, rubric: Rubric) -> None:
        """Order the gates by dimension, then by stage."""
        order = {id_: place for place, id_ in enumerate(rubric.dimensions)}
        levels = {id_: place for place, id_ in enumerate(rubric.ladder)}
        self.ids = sorted(
            rubric.gates,
            key=lambda id_: (
                order[rubric.gates[id_].dimension],
                levels.get(rubric.gates[id_].stage or "", -1),
            ),
        )
        self.gates = {id_: HEAD + 2 + place for place, id_ in enumerate(self.ids)}
        used = {gate.measure.of for gate in rubric.gates.values() if gate.measure}
        last = HEAD + 2 + len(self.ids)
        self.profile = {id_: last + place for place, id_ in enumerate(rubric.profile)}
        first = last + len(self.profile)
        self.measures = {
            id_: first + place
            for place, id_ in enumerate(one for one in rubric.measures if one in used)
        }

    def cell(self, column: str, gate: str) -> str:
        """Return the reference of a gate's cell, from any sheet."""
        return f"{ASSESSMENT}!{column}{self.gates[gate]}"


def assessment_sheets(rubric: Rubric, scorer: Scorer) -> list[ScoreSheet]:
    """Return the sheet to fill in, and the hidden one with the answers of its drop-downs."""
    rows = Rows(rubric)
    lists = _Lists(rubric)
    about: list[list[Filled]] = [[key, None, _word(rubric, key), None, Choices()] for key in ABOUT]
    gates = {gate.id: gate for gate in scorer.gates}
    lines = [_gate_row(rubric, gates[id_], rows, lists) for id_ in rows.ids]
    lines += [_profile_row(rubric, id_, lists) for id_ in rows.profile]
    lines += [_measure_row(rubric, id_) for id_ in rows.measures]
    sheet = ScoreSheet(
        ASSESSMENT,
        [
            [
                None,
                None,
                rubric.title,
                None,
                _word(rubric, "sheet-rule"),
            ],
            *about,
            _headings(rubric),
            *lines,
        ],
        (0, 10, 20, 16, 30, 60, 24, 30, 30, 8, 0, 0, 0, 0, 0),
        HEAD + 1,
    )
    return [sheet, ScoreSheet(LISTS, lists.rows(), (), 0, is_hidden=True)]


HEADINGS = ("code", "dimension", "stage", "sheet-title", "test", "answer", "note", "evidence")


def _title(rubric: Rubric) -> list[Filled]:
    return [
        None,
        None,
        rubric.title,
        None,
        _word(rubric, "sheet-rule"),
    ]


def _headings(rubric: Rubric) -> list[Filled]:
    """Return the headings; the hidden columns have English ones."""
    words = [_word(rubric, key) for key in (*HEADINGS, "score")]
    return ["id", *words, "applies", "met", "part", "open", "shut"]


class _Lists:
    """The answers of each scale with their scores, two columns for each, in the hidden sheet."""

    def __init__(self, rubric: Rubric) -> None:
        self.unknown = _word(rubric, UNKNOWN)
        self.aside = _word(rubric, NOT_APPLICABLE)
        self.columns: dict[str, int] = {}
        self.entries: list[list[tuple[str, float]]] = []
        for id_, scale in rubric.scales.items():
            self.columns[id_] = len(self.entries)
            choices = [(choice.label, choice.score) for choice in scale.values()]
            lowest = min(score for _, score in choices)
            self.entries.append([*choices, (self.unknown, lowest), (self.aside, 0.0)])
        self.profile: dict[str, int] = {}
        for id_, question in rubric.profile.items():
            self.profile[id_] = len(self.entries)
            self.entries.append([(choice.label, 0.0) for choice in question.choices.values()])
        # The answers of a gate that a measure scores by points.
        self.entries.append([(self.unknown, 0.0), (self.aside, 0.0)])

    def rows(self) -> list[list[Filled]]:
        longest = max(map(len, self.entries))
        return [
            [
                cell
                for entry in self.entries
                for cell in (entry[row] if row < len(entry) else (None, None))
            ]
            for row in range(longest)
        ]

    def range(self, scale: str | None, *, scores: bool = False) -> str:
        """Return where the labels or scores of a scale are, of points where there is none."""
        return self._at(len(self.entries) - 1 if scale is None else self.columns[scale], scores)

    def range_of(self, question: str) -> str:
        """Return where the answers of a question of the profile are."""
        return self._at(self.profile[question])

    def _at(self, place: int, scores: bool = False) -> str:
        column = column_letters(place * 2 + (2 if scores else 1))
        return f"{LISTS}!${column}$1:${column}${len(self.entries[place])}"


def _gate_row(rubric: Rubric, gate: ScoredGate, rows: Rows, lists: _Lists) -> list[Filled]:
    record = rubric.gates[gate.id]
    scale = None if gate.points else rubric.scale_id(record)
    row = rows.gates[gate.id]
    answer, score, met = f"{ANSWER}{row}", f"{SCORE}{row}", f"{MET}{row}"
    raw = _raw(rubric, gate, answer, rows, lists, scale)
    missing = f'AND({answer}="",{_is_blank(gate, rows)})'
    aside = _aside(rubric, gate, answer, rows, lists)
    is_known = f"OR({aside},NOT(OR({answer}={text(lists.unknown)},{missing})))"
    counted = gate.states[UNKNOWN].applies
    stages = ", ".join(rubric.stages[id_].title for id_ in record.at if id_)
    return [
        *(gate.id, record.code, rubric.dimensions[record.dimension].title, stages or None),
        *(record.title, record.test, Choices(f"={lists.range(scale)}"), Choices(), Choices()),
        Formula(f'=IF({APPLIES}{row}=0,"",{raw})', gate.bottom if counted else ""),
        Formula(f"={_applies(gate, aside, met)}", 1 if counted else 0),
        Formula(f"=IF(AND({is_known},{at_least(raw, gate.pass_score)}),1,0)", 0),
        Formula(_share(gate, score), gate.share(gate.bottom) if counted else ""),
        Formula(f"={APPLIES}{row}*{met}", 0),
        # By its cap, a bonus that is not met limits the score, too.
        Formula(f"=IF(OR({aside},{met}=1),0,1)", 1)
        if gate.bonus
        else Formula(f"={APPLIES}{row}*(1-{met})", 1 if counted else 0),
    ]


def _is_blank(gate: ScoredGate, rows: Rows) -> str:
    """Return whether no measure answers the gate."""
    if gate.measure is None:
        return "TRUE"
    return f"NOT(ISNUMBER({ANSWER}{rows.measures[gate.measure.of]}))"


def _raw(
    rubric: Rubric, gate: ScoredGate, answer: str, rows: Rows, lists: _Lists, scale: str | None
) -> str:
    """Return the score of the answer, else of the measure, else the lowest."""
    bottom = number(gate.bottom)
    measured = bottom
    if gate.measure is not None:
        cell = f"{ANSWER}{rows.measures[gate.measure.of]}"
        by = _interpolated(gate.points, cell) if gate.points else _conditions(gate, cell)
        measured = f"IF(ISNUMBER({cell}),{by},{bottom})"
    aside = _aside(rubric, gate, answer, rows, lists)
    if scale is None:
        return f'IF({aside},0,IF({answer}="",{measured},{bottom}))'
    # VLOOKUP and MATCH would take * and ? in a label for wildcards.
    labels, scores = lists.range(scale), lists.range(scale, scores=True)
    found = f"LOOKUP(2,1/({labels}={answer}),{scores})"
    found = f"IF(ISERROR({found}),{bottom},{found})"
    return f'IF({aside},0,IF({answer}="",{measured},{found}))'


def _conditions(gate: ScoredGate, cell: str) -> str:
    assert gate.measure is not None
    made = number(min(gate.scores.values()))
    for answer, operator, value in reversed(gate.measure.parsed):
        sign = "=" if operator == "==" else operator
        made = f"IF({cell}{sign}{number(value)},{number(gate.scores[answer])},{made})"
    return made


def _interpolated(points: list[list[float]] | None, cell: str) -> str:
    assert points
    made = number(points[-1][1])
    for (x0, y0), (x1, y1) in reversed(list(pairwise(points))):
        line = f"{number(y0)}+{number(y1 - y0)}*(({cell}-{number(x0)})/{number(x1 - x0)})"
        made = f"IF({cell}<={number(x1)},{line},{made})"
    return f"IF({cell}<={number(points[0][0])},{number(points[0][1])},{made})"


def _aside(rubric: Rubric, gate: ScoredGate, answer: str, rows: Rows, lists: _Lists) -> str:
    """Return whether a gate does not apply: by its answer, or by those of the profile."""
    tests = [f"{answer}={text(lists.aside)}"]
    for question, needed in gate.applies:
        cell = f"{ANSWER}{rows.profile[question]}"
        choices = rubric.profile[question].choices
        others = (one.label for id_, one in choices.items() if id_ not in needed)
        tests += [f"{cell}={text(label)}" for label in others]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


def _applies(gate: ScoredGate, aside: str, met: str) -> str:
    """Return 1 where a gate counts: not what does not apply, nor a bonus that is not met."""
    leaves = not gate.states[NOT_APPLICABLE].applies
    if gate.bonus:
        return f"IF(OR({aside},{met}=0),0,1)"
    return f"IF({aside},0,1)" if leaves else "1"


def _share(gate: ScoredGate, score: str) -> str:
    if gate.top <= 0:
        return f'=IF(ISNUMBER({score}),0,"")'
    return f'=IF(ISNUMBER({score}),MIN(MAX({score}/{number(gate.top)},0),1),"")'


def _profile_row(rubric: Rubric, id_: str, lists: _Lists) -> list[Filled]:
    question = rubric.profile[id_]
    about = question.summary
    return [id_, None, None, None, question.question, about, Choices(f"={lists.range_of(id_)}")]


def _measure_row(rubric: Rubric, id_: str) -> list[Filled]:
    measure = rubric.measures[id_]
    about = "; ".join(filter(None, [measure.unit, measure.how]))
    return [id_, None, None, None, measure.title, about, Choices()]
