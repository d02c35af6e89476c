"""Validate the values in an assessment, with a finding for each invalid one.

Its twin is `generator/quiz/assessment/values.js`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from ..diagnostics import MAX_WORD, did_you_mean
from ..rubric.model import Measure, Rubric
from .numbers import AMBIGUOUS, FORM, NOT_FINITE, read_measure, readings, write_number
from .record import (
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    AssessmentFinding,
    Findings,
)
from .remembered import RememberedAnswers

EVIDENCE = ("title", "url", "date")
MAX_SUGGESTIONS = 20
"""The most suggestions per file: one takes longer than reading a hundred answers."""
WARNINGS = {"base-rubric", "other-version", "earlier-id", "retired-gate", "date-form"}


class IdIndex:
    """The ids that an assessment may use, with aliases resolved; created once for many files."""

    def __init__(self, rubric: Rubric) -> None:
        """Collect the ids of a rubric."""
        self.rubric_id, self.version, self.bases = rubric.id, rubric.version, rubric.bases
        self.gates = _names(rubric.gates)
        self.measures = _names(rubric.measures)
        self.symptoms = _names(rubric.symptoms)
        self.stages = _names(rubric.stages)
        self.profile = _names(rubric.profile)
        self.remediations = _names(rubric.remediations)
        self.profile_answers = {id_: one.choices for id_, one in rubric.profile.items()}
        self.retired = _names(rubric.retired_gates)
        self.measure_records = rubric.measures
        self.answers: dict[str, dict[str, Answer]] = {}
        for id_, gate in rubric.gates.items():
            by_points = gate.measure is not None and gate.measure.points is not None
            choices = () if by_points else rubric.scales.get(rubric.scale_id(gate), ())
            taken = (*choices, UNKNOWN, NOT_APPLICABLE)
            self.answers[id_] = {answer: Answer(answer) for answer in taken}
        self.remembered = RememberedAnswers(self.answers)
        self.criteria = {id_: gate.criteria for id_, gate in rubric.gates.items()}


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    """Return the current id for each id and each alias, the aliases of a record in order."""
    names = {alias: id_ for id_, entry in entries.items() for alias in entry.aliases}
    names.update((id_, id_) for id_ in entries)
    return names


class ValueReader:
    """Reads values of an untrusted file; `findings` report what could not be read."""

    def __init__(self, known: IdIndex) -> None:
        """Start without findings."""
        self.known, self.findings = known, Findings()

    def suggest(self, name: Any, names: Iterable[str]) -> str:
        """Return the closest id, or nothing after too many findings."""
        is_enough = self.findings.count >= MAX_SUGGESTIONS
        return "" if is_enough else did_you_mean(str(name)[:MAX_WORD], names)

    def found(self, where: str, code: str, message: str, suggestion: str = "") -> None:
        """Add a finding at a JSON path."""
        level: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
        self.findings.add(AssessmentFinding(where, level, code, message, suggestion))

    def wrong_type(self, where: str, name: str, wanted: str, value: Any) -> None:
        """Add the finding that a value has the wrong type."""
        self.found(where, "wrong-type", f"{name} must be {wanted}, not {_kind(value)}")

    def answer(self, value: Any, where: str, gate: str) -> Answer | None:
        """Return an answer to a gate; text is short for an object with only an answer."""
        if isinstance(value, str):
            value = {"answer": value}
        if not isinstance(value, dict):
            self.wrong_type(where, "an answer", "an object", value)
            return None
        known = self.known.answers[gate]
        return Answer(
            self.choice(value.get("answer"), f"{where}.answer", known),
            reason=self.text(value.get("reason"), f"{where}.reason", "a reason"),
            note=self.text(value.get("note"), f"{where}.note", "a note"),
            evidence=self.evidence(value.get("evidence"), f"{where}.evidence"),
            flag=self.flag(value.get("flag"), f"{where}.flag"),
            rev=self.revision(value.get("rev"), f"{where}.rev"),
            ticks=self.ticks(value.get("ticks"), f"{where}.ticks", self.known.criteria[gate]),
        )

    def ticks(self, value: Any, where: str, known: Iterable[str]) -> tuple[str, ...]:
        """Return the criteria that are ticked, each once."""
        if not isinstance(value, list | None):
            self.wrong_type(where, "ticks", "a list", value)
            return ()
        for index, name in enumerate(value or ()):
            if not (isinstance(name, str) and name in known) and name is not None and name != "":
                message = f"no criterion of this gate has the id {name!r}"
                hint = self.suggest(name, known)
                self.found(f"{where}[{index}]", "unknown-criterion", message, hint)
        return tuple(name for name in known if name in (value or ()))

    def profile(self, value: Any, where: str, question: str) -> str | None:
        """Return the answer to a question of the profile, or None."""
        return self.choice(value, where, self.known.profile_answers[question], "question")

    def choice(
        self, answer: Any, where: str, known: Mapping[str, Any], of: str = "gate"
    ) -> str | None:
        """Return the answer if it is known, otherwise None."""
        text = self.text(answer, where, "an answer")
        if not text or text in known:
            return text or None
        message = f"{text!r} is not an answer to this {of}; use one of {', '.join(sorted(known))}"
        self.found(where, "unknown-answer", message, self.suggest(text, known))
        return None

    def evidence(self, value: Any, where: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of evidence with the parts that have the right type."""
        if not isinstance(value, list | None):
            self.wrong_type(where, "evidence", "a list", value)
            return ()
        kept: list[Mapping[str, Any]] = []
        for index, entry in enumerate(value or ()):
            if isinstance(entry, dict):
                for part in EVIDENCE:
                    self.text(entry.get(part), f"{where}[{index}].{part}", part)
                sound = (part for part in entry.items() if _is_sound(*part))
                kept.append(dict(sound))
            elif entry is not None:
                self.wrong_type(f"{where}[{index}]", "an entry of evidence", "an object", entry)
        return tuple(kept)

    def flag(self, value: Any, where: str) -> bool:
        """Return whether a flag is set."""
        if not isinstance(value, bool | None):
            self.wrong_type(where, "a flag", "true or false", value)
        return value is True

    def revision(self, value: Any, where: str) -> float | None:
        """Return the revision of the gate when it was answered, or None."""
        if isinstance(value, bool) or not isinstance(value, int | float | None):
            self.wrong_type(where, "a revision", "a number", value)
            return None
        return value

    def text(self, value: Any, where: str, name: str) -> str:
        """Return text, which is empty if there is none."""
        if not isinstance(value, str | None):
            self.wrong_type(where, name, "text", value)
        return value if isinstance(value, str) else ""

    def measure(self, value: Any, where: str, id_: str) -> float | None:
        """Return the number for a measure, or None."""
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            self.wrong_type(where, "a measure", "a number", value)
            return None
        if value == "":
            return None
        measure = self.known.measure_records[id_]
        number = read_measure(value, measure)
        if not isinstance(number, str):
            return number
        self.found(where, number, number_message(number, value, measure))
        return None


def _is_sound(part: str, value: Any) -> bool:
    return part not in EVIDENCE or isinstance(value, str)


def number_message(reason: str, value: float | str, measure: Measure) -> str:
    """Return why a number of a measure does not count."""
    shown = repr(value) if isinstance(value, str) else f"{value!r:.40}"
    bounds = _bounds(measure)
    if reason == AMBIGUOUS and isinstance(value, str):
        return f"{shown} can mean {' or '.join(readings(value))}: write one of the two"
    if reason == FORM:
        return f"{shown} is not a number such as 1.5 or 1500, in {measure.unit}{bounds}"
    if reason == NOT_FINITE:
        return f"{shown} is too large, or too close to 0"
    return f"{shown} is out of range: in {measure.unit}{bounds}"


def _bounds(measure: Measure) -> str:
    low, high = ("" if end is None else write_number(end) for end in (measure.min, measure.max))
    if low and high:
        return f", from {low} to {high}"
    if low or high:
        return f", at least {low}" if low else f", at most {high}"
    return ""


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    kinds |= {int: "a number", float: "a number", type(None): "null"}
    return kinds[type(value)]
