"""One respondent's answers: the record, and the reader that takes any file and loses nothing."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from .diagnostics import did_you_mean, printable
from .model import Rubric

FORMAT = "stagebook-assessment/1"
UNKNOWN, NOT_APPLICABLE = "unknown", "not-applicable"
MAX_CHARACTERS = 5_000_000
"""A file of 1,000 gates with a page of notes each stays below this."""
MAX_SUGGESTIONS = 100


class Answer(NamedTuple):
    """The answer to one gate: a choice of its scale, `unknown` or `not-applicable`."""

    answer: str | None
    reason: str = ""
    note: str = ""
    evidence: tuple[Mapping[str, Any], ...] = ()
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one respondent says; `unread` keeps what the rubric does not know, as it came."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    symptoms: tuple[str, ...] = ()
    believed_stage: str | None = None
    target_stage: str | None = None
    subject: str = ""
    respondent: str = ""
    role: str = ""
    date: str = ""
    version: str = ""
    unread: Mapping[str, Any] = field(default_factory=dict)


class AssessmentFinding(NamedTuple):
    """Something wrong in an assessment; `where` is the JSON path."""

    where: str
    level: Literal["error", "warning"]
    code: str
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        """Return the finding as `path: level[code]: message (did you mean …?)`."""
        hint = f" (did you mean {self.suggestion!r}?)" if self.suggestion else ""
        return f"{self.where}: {self.level}[{self.code}]: {printable(self.message)}{hint}"


def read_assessment(
    text: str, rubric: Rubric | Known
) -> tuple[Assessment | None, list[AssessmentFinding]]:
    """Read an assessment as JSON text.

    Return it with all findings. It is None where nothing can be scored: no JSON, no object, another
    rubric, or a format that this version does not know. Otherwise the rest is still scored, and
    what was not understood is kept in `unread`.
    """
    try:
        data, findings = parse_json(text, MAX_CHARACTERS)
    except Unreadable as error:
        return None, [error.finding]
    reader = _Reader(rubric if isinstance(rubric, Known) else Known(rubric), findings)
    return reader.read(data), reader.findings


class Unreadable(Exception):
    """A text that holds no data; `finding` says why."""

    def __init__(self, code: str, message: str) -> None:
        """Make the finding."""
        super().__init__(message)
        self.finding = AssessmentFinding("$", "error", code, message)


def parse_json(text: str, limit: int) -> tuple[Any, list[AssessmentFinding]]:
    """Return untrusted JSON as data, and a finding for each key that stands twice.

    Raises Unreadable, also where it has more characters than the limit.
    """
    if len(text) > limit:
        raise Unreadable("too-large", f"longer than {limit:,} characters")
    if not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text):
        raise Unreadable("not-utf-8", "no UTF-8: save it as UTF-8")
    repeated: list[str] = []
    try:
        data = json.loads(
            text, object_pairs_hook=lambda pairs: _object(pairs, repeated), parse_int=_whole
        )
    except (ValueError, RecursionError) as error:
        raise Unreadable("not-json", f"not JSON: {error}") from error
    message = "the key {!r} stands twice; the last one counts"
    return data, [
        AssessmentFinding("$", "error", "duplicate-key", message.format(key)) for key in repeated
    ]


def _whole(text: str) -> int | float:
    # Python refuses whole numbers of thousands of digits; to JavaScript they are infinite.
    return int(text) if len(text) < 1_000 else float(text)


def _object(pairs: list[tuple[str, Any]], repeated: list[str]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        repeated.extend(key for key, count in counts.items() if count > 1)
    return made


class Known:
    """The ids that an assessment may name, aliases resolved; made once for many assessments."""

    def __init__(self, rubric: Rubric) -> None:
        """Collect the ids of a rubric."""
        self.rubric_id, self.version = rubric.id, rubric.version
        self.gates = _names(rubric.gates)
        self.measures = _names(rubric.measures)
        self.symptoms = _names(rubric.symptoms)
        self.stages = _names(rubric.stages)
        first = next(iter(rubric.scales))
        self.answers: dict[str, dict[str, Answer]] = {}
        for id_, gate in rubric.gates.items():
            by_points = gate.measure is not None and gate.measure.points is not None
            choices = () if by_points else rubric.scales.get(gate.scale or first, ())
            taken = (*choices, UNKNOWN, NOT_APPLICABLE)
            self.answers[id_] = {answer: Answer(answer) for answer in taken}


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    names = {alias: id_ for id_, entry in entries.items() for alias in entry.aliases}
    names.update((id_, id_) for id_ in entries)
    return names


class _Reader:
    """Walks over untrusted data, keeping what it understands and naming what it does not."""

    def __init__(self, known: Known, findings: list[AssessmentFinding]) -> None:
        self.known, self.findings = known, findings
        self.unread: dict[str, Any] = {}

    def suggestion(self, name: Any, names: Iterable[str]) -> str:
        """Return the closest id; a file that is wrong all over gets no more of them."""
        return did_you_mean(str(name)[:64], names) if len(self.findings) < MAX_SUGGESTIONS else ""

    def found(self, where: str, code: str, message: str, suggestion: str = "") -> None:
        level: Literal["error", "warning"] = "warning" if code == "other-version" else "error"
        self.findings.append(AssessmentFinding(where, level, code, message, suggestion))

    def read(self, data: Any) -> Assessment | None:
        if not isinstance(data, dict):
            self.found("$", "wrong-type", f"an assessment is an object, not {_kind(data)}")
            return None
        if not self._is_ours(data):
            return None
        fields: dict[str, Any] = {
            "answers": self._entries(data, "answers", self.known.gates, "gate", self._answer),
            "measures": self._entries(data, "measures", self.known.measures, "measure", _number),
            "symptoms": self._symptoms(data.get("symptoms", [])),
            "believed_stage": self._stage(data, "believed_stage"),
            "target_stage": self._stage(data, "target_stage"),
        }
        for name in ("subject", "respondent", "role", "date"):
            fields[name] = self._text(data.get(name, ""), f"$.{name}", name)
        named = {"format", "rubric", *fields}
        self.unread.update((key, value) for key, value in data.items() if key not in named)
        version = data["rubric"].get("version") if isinstance(data.get("rubric"), dict) else ""
        return Assessment(**fields, version=str(version or ""), unread=self.unread)

    def _is_ours(self, data: dict[str, Any]) -> bool:
        format_, rubric = data.get("format"), data.get("rubric")
        if "format" not in data:
            self.found("$", "missing-key", "the key 'format' is missing")
            return False
        if format_ != FORMAT:
            future = isinstance(format_, str) and format_.startswith("stagebook-assessment/")
            message = f"format {format_!r}; this version reads {FORMAT!r}"
            self.found("$.format", "future-format" if future else "unknown-format", message)
            return False
        if not isinstance(rubric, dict) or "id" not in rubric:
            self.found("$.rubric", "missing-key", "the rubric's id is missing")
            return False
        if rubric["id"] != self.known.rubric_id:
            message = f"an assessment of {rubric['id']!r}, not of {self.known.rubric_id!r}"
            self.found("$.rubric.id", "other-rubric", message)
            return False
        if rubric.get("version") != self.known.version:
            message = f"made with version {rubric.get('version')!r}; this is {self.known.version!r}"
            self.found("$.rubric.version", "other-version", message)
        return True

    def _entries(
        self,
        data: dict[str, Any],
        key: str,
        names: dict[str, str],
        word: str,
        read: Callable[[Any, str, str], Any],
    ) -> dict[str, Any]:
        raw = data.get(key, {})
        if not isinstance(raw, dict):
            self.found(f"$.{key}", "wrong-type", f"{key} is an object, not {_kind(raw)}")
            self.unread[key] = raw
            return {}
        entries: dict[str, Any] = {}
        lost: dict[str, Any] = {}
        for name, value in raw.items():
            id_ = names.get(name)
            if id_ is not None and (plain := self.plain(key, value, id_)):
                entries.setdefault(id_, plain)
                continue
            where = f"$.{key}.{name}" if name.isprintable() else f"$.{key}[{name!r}]"
            if id_ is None:
                hint = self.suggestion(name, names)
                self.found(where, f"unknown-{word}", f"no {word} has the id {name!r}", hint)
                lost[name] = value
            elif id_ not in entries or name == id_:
                try:
                    entries[id_] = read(value, where, id_)
                except _Refused as refused:
                    self.found(where + refused.below, refused.code, str(refused), refused.hint)
                    lost[name] = value
                    if refused.kept is not None:
                        entries[id_] = refused.kept
        if lost:
            self.unread[key] = lost
        return entries

    def plain(self, key: str, value: Any, id_: str) -> Answer | None:
        """Return an answer without note or evidence: most answers of most files are such."""
        if key != "answers" or type(value) is not dict or len(value) != 1:
            return None
        answer = value.get("answer")
        return self.known.answers[id_].get(answer) if type(answer) is str else None

    def _answer(self, value: Any, where: str, gate: str) -> Answer:
        if isinstance(value, str):
            value = {"answer": value}
        if not isinstance(value, dict):
            raise _Refused("wrong-type", f"an answer is an object, not {_kind(value)}")
        read = Answer(
            None,
            reason=self._text(value.get("reason", ""), f"{where}.reason", "a reason"),
            note=self._text(value.get("note", ""), f"{where}.note", "a note"),
            evidence=self._evidence(value.get("evidence", []), where),
            flag=value.get("flag") is True,
        )
        answer = value.get("answer")
        if answer is None or answer in ("", False):
            return read
        known = self.known.answers[gate]
        if not isinstance(answer, str):
            message = f"an answer is text, not {_kind(answer)}"
            raise _Refused("wrong-type", message, below=".answer", kept=read)
        if answer not in known:
            message = f"{answer!r} is no answer to this gate; it has {', '.join(sorted(known))}"
            hint = self.suggestion(answer, known)
            raise _Refused("unknown-answer", message, below=".answer", hint=hint, kept=read)
        return read._replace(answer=answer)

    def _evidence(self, value: Any, where: str) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(value, list):
            self.found(f"{where}.evidence", "wrong-type", f"a list, not {_kind(value)}")
            return ()
        return tuple(entry for entry in value if isinstance(entry, dict))

    def _text(self, value: Any, where: str, name: str) -> str:
        if isinstance(value, str):
            return value
        self.found(where, "wrong-type", f"{name} is text, not {_kind(value)}")
        return ""

    def _symptoms(self, raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, list):
            self.found("$.symptoms", "wrong-type", f"symptoms is a list, not {_kind(raw)}")
            self.unread["symptoms"] = raw
            return ()
        ticked: dict[str, None] = {}
        lost = []
        for index, name in enumerate(raw):
            id_ = self.known.symptoms.get(name) if isinstance(name, str) else None
            if id_ is None:
                hint = self.suggestion(name, self.known.symptoms)
                message = f"no symptom has the id {name!r}"
                self.found(f"$.symptoms[{index}]", "unknown-symptom", message, hint)
                lost.append(name)
            else:
                ticked[id_] = None
        if lost:
            self.unread["symptoms"] = lost
        return tuple(ticked)

    def _stage(self, data: dict[str, Any], key: str) -> str | None:
        name = data.get(key)
        if name is None or name == "":
            return None
        id_ = self.known.stages.get(name) if isinstance(name, str) else None
        if id_ is None:
            hint = self.suggestion(name, self.known.stages)
            self.found(f"$.{key}", "unknown-stage", f"no stage has the id {name!r}", hint)
            self.unread[key] = name
        return id_


class _Refused(Exception):
    """A value that cannot be read; `kept` is what of it can."""

    def __init__(
        self, code: str, message: str, *, below: str = "", hint: str = "", kept: Any = None
    ) -> None:
        super().__init__(message)
        self.code, self.below, self.hint, self.kept = code, below, hint, kept


def _number(value: Any, where: str, measure: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Refused("wrong-type", f"a measure is a number, not {_kind(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _Refused("not-finite", f"a measure is a finite number, not {number}")
    return number


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false"}
    kinds |= {int: "a number", float: "a number", type(None): "null"}
    return kinds[type(value)]
