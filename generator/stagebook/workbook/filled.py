"""From a filled assessment sheet to the data of an assessment; what does not match is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..assessment.numbers import AMBIGUOUS, FORM, read_measure
from ..assessment.reader import FORMAT, NOT_APPLICABLE, UNKNOWN
from ..assessment.values import number_message
from ..diagnostics import CODES, Diagnostic, did_you_mean
from ..i18n import LANGUAGES, page_word
from ..rubric.model import Rubric
from .grid import UNVALUED, Cell, Grid, is_blank
from .headings import plain
from .kinds import written
from .scoresheet import ABOUT, ASSESSMENT

COLUMNS = ("answer", "note", "evidence")
KINDS = ("gates", "profile", "measures")
"""What has rows, in the order of the sheet."""


class Filled:
    """The assessment in a workbook; `data` is None if the workbook has no sheet for one."""

    def __init__(self, grids: Sequence[Grid], rubric: Rubric, path: str) -> None:
        """Read the sheet."""
        self.rubric, self.path = rubric, path
        self.findings: list[Diagnostic] = []
        self.data: dict[str, Any] | None = None
        grid = next((one for one in grids if plain(one.name) == plain(ASSESSMENT)), None)
        header = self._header(grid) if grid else None
        if grid is None or header is None:
            message = f"the workbook has no sheet {ASSESSMENT!r} with a column of ids and answers"
            level = CODES["unreadable"]
            self.findings.append(Diagnostic(path, 1, 1, level, "unreadable", message))
            return
        self.grid = grid
        self._read(*header)

    def _word(self, key: str) -> str:
        return page_word(self.rubric.language, key, self.rubric.terms.words)

    def _header(self, grid: Grid) -> tuple[int, dict[str, int]] | None:
        # The workbook may be of a translation, or of what the rubric translates.
        words = {
            plain(page_word(language, key, self.rubric.terms.words)): key
            for language in (*LANGUAGES, self.rubric.language)
            for key in COLUMNS
        }
        words |= {key: key for key in COLUMNS}
        for row in range(len(grid.rows)):
            if plain(written(grid.at(row, 0))) != "id":
                continue
            columns = {
                words[plain(written(cell))]: index
                for index, cell in enumerate(grid.rows[row])
                if plain(written(cell)) in words
            }
            return (row, columns) if "answer" in columns else None
        return None

    def _read(self, header: int, columns: Mapping[str, int]) -> None:
        grid = self.grid
        answers: dict[str, Any] = {}
        measures: dict[str, float] = {}
        profile: dict[str, str] = {}
        about: dict[str, str] = {}
        for row in range(header):
            key = written(grid.at(row, 0)).strip()
            value = written(next((c for c in grid.rows[row][3:] if not is_blank(c)), None)).strip()
            if key in ABOUT and value:
                about[key] = value
        for row, column in sorted(grid.unvalued):
            if row > header and column in columns.values():
                self._wrong("bad-form", UNVALUED, row, column)
        seen: dict[tuple[str, str], int] = {}
        for row in range(header + 1, len(grid.rows)):
            id_ = written(grid.at(row, 0)).strip()
            cells = {key: grid.at(row, column) for key, column in columns.items()}
            kind = self._kind(id_, seen)
            if kind:
                seen[kind, id_] = row
            if all(map(is_blank, cells.values())):
                continue
            if kind == "gates":
                answers[id_] = self._answer(id_, cells, row, columns["answer"])
            elif kind == "profile":
                choices = self.rubric.profile[id_].choices
                labels = {key: one.label for key, one in choices.items()}
                if found := self._named(id_, labels, cells["answer"], row, columns["answer"]):
                    profile[id_] = found
            elif kind == "measures":
                self._measure(id_, cells["answer"], row, columns["answer"], measures)
            elif first := next((seen[one, id_] for one in KINDS if (one, id_) in seen), None):
                message = f"{id_!r} is in row {first + 1} too"
                self._wrong("duplicate-id", message, row, 0)
            else:
                close = did_you_mean(id_, self.rubric.gates)
                self._wrong("dangling-id", f"no gate has the id {id_!r}", row, 0, close)
        rubric = {"id": self.rubric.id, "version": self.rubric.version}
        self.data = {"format": FORMAT, "rubric": rubric, **about, "answers": answers}
        self.data |= {"profile": profile} if profile else {}
        self.data |= {"measures": measures} if measures else {}

    def _kind(self, id_: str, seen: Mapping[tuple[str, str], int]) -> str | None:
        """Return what a row is about; of several with one id, the first that no row was about."""
        kinds = (one for one in KINDS if id_ in getattr(self.rubric, one))
        return next((one for one in kinds if (one, id_) not in seen), None)

    def _answer(self, id_: str, cells: Mapping[str, Cell], row: int, column: int) -> dict[str, Any]:
        said: dict[str, Any] = {}
        choice = self._choice(id_, cells["answer"], row, column)
        if choice:
            said["answer"] = choice
        note = written(cells.get("note")).strip()
        if note:
            said["reason" if choice == NOT_APPLICABLE else "note"] = note
        lines = written(cells.get("evidence")).split("\n")
        evidence = [_evidence(line.strip()) for line in lines if line.strip()]
        if evidence:
            said["evidence"] = evidence
        return said

    def _choice(self, id_: str, cell: Cell, row: int, column: int) -> str | None:
        gate = self.rubric.gates[id_]
        scale = self.rubric.scale_of(gate) if not (gate.measure and gate.measure.points) else {}
        labels = {key: choice.label for key, choice in scale.items()}
        labels |= {key: self._word(key) for key in (UNKNOWN, NOT_APPLICABLE)}
        return self._named(id_, labels, cell, row, column)

    def _named(
        self, id_: str, labels: Mapping[str, str], cell: Cell, row: int, column: int
    ) -> str | None:
        """Return the answer that a cell names by its label or its id; another is a finding."""
        if is_blank(cell):
            return None
        names = {plain(key): key for key in labels}
        names |= {plain(label): key for key, label in labels.items()}
        exact = {label: key for key, label in labels.items()}
        text = written(cell).strip()
        found = exact.get(text) or names.get(plain(text))
        if found is None:
            known = list(labels.values())
            message = f"{text!r} is not an answer to {id_!r}; use one of {', '.join(known)}"
            self._wrong("unknown-value", message, row, column, did_you_mean(text, known))
        return found

    def _measure(
        self, id_: str, cell: Cell, row: int, column: int, measures: dict[str, float]
    ) -> None:
        if is_blank(cell):
            return
        value = cell if isinstance(cell, float) else written(cell)
        number = read_measure(value, self.rubric.measures[id_])
        if isinstance(number, str):
            shown = int(value) if isinstance(value, float) and value.is_integer() else value
            message = number_message(number, shown, self.rubric.measures[id_])
            code = "bad-form" if number in (FORM, AMBIGUOUS) else "out-of-range"
            self._wrong(code, f"measure {id_!r}: {message}", row, column)
        else:
            measures[id_] = number

    def _wrong(self, code: str, message: str, row: int, column: int, close: str = "") -> None:
        found = (self.path, row + 1, column + 1, CODES[code], code, message, close, self.grid.name)
        self.findings.append(Diagnostic(*found))


def _evidence(line: str) -> dict[str, str]:
    is_address = line.startswith(("https://", "http://")) and " " not in line
    return {"title": line, "url": line} if is_address else {"title": line}
