"""Read assessments from any data; keep and report what cannot be read.

Its twin is `generator/quiz/assessment/reader.js`. Both follow these rules:

- An assessment of a rubric that the rubric extends is one of the rubric too.
- `null` is ignored everywhere, as is empty text where text is expected.
- A value with the wrong type is set aside alone; the values beside it count.
- If there are several ids of one record, the current one counts, or else the first in the rubric.
- Ids that the rubric does not have and answers that are not on the scale are kept but not counted.
- A measure is a number, or text that is read as one; it must be within the bounds of the measure.
- A date that is no day stays as it is, and counts as none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..rubric.model import Rubric
from .days import read_day
from .record import (
    FORMAT,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Assessment,
    AssessmentFinding,
    Phase,
)
from .remembered import Sound, plain_answer
from .roadmap import read_roadmap
from .untrusted_json import Unreadable, parse_json
from .values import IdIndex, ValueReader

__all__ = [
    "FORMAT",
    "MAX_CHARACTERS",
    "NOT_APPLICABLE",
    "UNKNOWN",
    "Answer",
    "Assessment",
    "AssessmentFinding",
    "IdIndex",
    "read_assessment",
]

MAX_CHARACTERS = 5_000_000
"""The most characters of an assessment: enough for 1,000 gates with a page of notes each."""
ABOUT = ("subject", "team", "respondent", "role", "date")
STAGES = ("believed_stage", "target_stage")


def read_assessment(
    text: str, rubric: Rubric | IdIndex
) -> tuple[Assessment | None, list[AssessmentFinding]]:
    """Read an assessment as JSON text.

    Return it with its findings: at most `MAX_FINDINGS`, and one that counts the others. It is None
    if the text is not a JSON object, is for another rubric, or has a format that this version does
    not know. Otherwise the valid part is scored, and `unread` keeps the rest.
    """
    known = rubric if isinstance(rubric, IdIndex) else IdIndex(rubric)
    data = known.remembered.read(text) if len(text) <= MAX_CHARACTERS else None
    duplicates: list[AssessmentFinding] = []
    if data is None:
        try:
            data, duplicates = parse_json(text, MAX_CHARACTERS)
        except Unreadable as error:
            return None, [error.finding]
    reader = _Reader(known)
    for finding in duplicates:
        reader.findings.add(finding)
    return reader.read(data), reader.findings.listed()


class _Reader(ValueReader):
    """Reads untrusted data; keeps and reports what cannot be read."""

    def __init__(self, known: IdIndex) -> None:
        super().__init__(known)
        self.unread: dict[str, Any] = {}

    def read(self, data: Any) -> Assessment | None:
        if not isinstance(data, dict):
            self.wrong_type("$", "an assessment", "an object", data)
            return None
        if not self._is_ours(data):
            return None
        known = self.known
        fields: dict[str, Any] = {
            "answers": self._entries(data, "answers", known.gates, "gate", self.answer),
            "measures": self._entries(data, "measures", known.measures, "measure", self.measure),
            "profile": self._entries(data, "profile", known.profile, "question", self.profile),
            "symptoms": self._symptoms(data.get("symptoms")),
            "roadmap": self._roadmap(data.get("roadmap")),
            **{key: self._stage(data, key) for key in STAGES},
            **{key: self._about(data, key) for key in ABOUT},
        }
        named = {"format", "rubric", *fields}
        self.unread.update((key, value) for key, value in data.items() if key not in named)
        return Assessment(**fields, version=self._version(data["rubric"]), unread=self.unread)

    def _is_ours(self, data: dict[str, Any]) -> bool:
        format_, rubric = data.get("format"), data.get("rubric")
        if "format" not in data:
            self.found("$", "missing-key", "missing required key 'format'")
            return False
        if format_ != FORMAT:
            future = isinstance(format_, str) and format_.startswith("stagebook-assessment/")
            message = f"this version reads format {FORMAT!r}, not {format_!r}"
            self.found("$.format", "future-format" if future else "unknown-format", message)
            return False
        if not isinstance(rubric, dict) or "id" not in rubric:
            self.found("$.rubric", "missing-key", "missing required key 'id' of the rubric")
            return False
        if rubric["id"] in self.known.bases:
            message = f"made with {rubric['id']!r}, which {self.known.rubric_id!r} extends"
            self.found("$.rubric.id", "base-rubric", message)
        elif rubric["id"] != self.known.rubric_id:
            message = f"the assessment is of rubric {rubric['id']!r}, not {self.known.rubric_id!r}"
            self.found("$.rubric.id", "other-rubric", message)
            return False
        return True

    def _version(self, rubric: dict[str, Any]) -> str:
        version = rubric.get("version")
        if not isinstance(version, str | None):
            self.wrong_type("$.rubric.version", "a version", "text", version)
            self.unread["rubric"] = {"version": version}
        elif version and version != self.known.version and rubric["id"] == self.known.rubric_id:
            message = f"made with version {version!r}; the rubric is now {self.known.version!r}"
            self.found("$.rubric.version", "other-version", message)
        return version if isinstance(version, str) else ""

    def _entries(
        self,
        data: dict[str, Any],
        key: str,
        names: dict[str, str],
        word: str,
        read: Callable[[Any, str, str], Any],
    ) -> dict[str, Any]:
        """Read the answers, or the measures, and return them by their current ids."""
        raw = data.get(key)
        if type(raw) is Sound:
            return raw
        if not isinstance(raw, dict | None):
            self.wrong_type(f"$.{key}", key, "an object", raw)
            self.unread[key] = raw
            return {}
        entries: dict[str, Any] = {}
        lost: dict[str, Any] = {}
        if key == "answers" and raw and raw.keys() <= self.known.answers.keys():
            standing = self._not_plain(raw, entries)  # As nearly always.
        else:
            standing = self._standing(raw or {}, key, names, word, lost)
        for name, id_, value in standing:
            before = self.findings.count
            entry = read(value, f"$.{key}.{name}", id_)
            if entry is not None:
                entries[id_] = entry
            if self.findings.count > before:
                lost[name] = value
        if lost:
            self.unread[key] = lost
        return entries

    def _not_plain(
        self, raw: dict[str, Any], entries: dict[str, Any]
    ) -> Iterator[tuple[str, str, Any]]:
        """Add the answers by current ids that are sound at first sight; yield the others."""
        known = self.known.answers
        for id_, value in raw.items():
            plain = value if type(value) is Answer else plain_answer(value, known[id_])
            if plain is not None:
                entries[id_] = plain
            elif value is not None:
                yield id_, id_, value

    def _standing(
        self,
        raw: dict[str, Any],
        key: str,
        names: dict[str, str],
        word: str,
        lost: dict[str, Any],
    ) -> Iterator[tuple[str, str, Any]]:
        """Yield the entries that count: name, current id and value; add the others to `lost`."""
        earlier: dict[str, set[str]] = {}
        for name, value in raw.items():
            if value is None:
                continue
            id_ = names.get(name)
            if id_ is None and key == "answers" and name in self.known.retired:
                message = f"gate {name!r} is retired: its answer is kept and does not count"
                self.found(f"$.{key}.{name}", "retired-gate", message)
                lost[name] = value
            elif id_ is None:
                message = f"no {word} has the id {name!r}"
                hint = self.suggest(name, names)
                self.found(f"$.{key}.{name}", f"unknown-{word}", message, hint)
                lost[name] = value
            elif name == id_:
                yield name, id_, value
            else:
                earlier.setdefault(id_, set()).add(name)
        for id_, found in earlier.items():
            counts = raw.get(id_) is not None
            for name in found if len(found) == 1 else (one for one in names if one in found):
                if not counts:
                    yield name, id_, raw[name]
                    counts = True
                    continue
                message = f"{name!r} is an earlier id of {id_!r}, which is present too and counts"
                self.found(f"$.{key}.{name}", "earlier-id", message)
                lost[name] = raw[name]

    def _about(self, data: dict[str, Any], key: str) -> str:
        before = self.findings.count
        text = self.text(data.get(key), f"$.{key}", key)
        if self.findings.count > before:
            self.unread[key] = data[key]
        if key == "date" and text and read_day(text) is None:
            message = f"{text!r} is not a date such as 2026-11-23"
            self.found(f"$.{key}", "date-form", message)
        return text

    def _symptoms(self, raw: Any) -> tuple[str, ...]:
        if not isinstance(raw, list | None):
            self.wrong_type("$.symptoms", "symptoms", "a list", raw)
            self.unread["symptoms"] = raw
            return ()
        ticked: dict[str, None] = {}
        lost = []
        for index, name in enumerate(raw or ()):
            id_ = self.known.symptoms.get(name) if isinstance(name, str) else None
            if id_ is not None:
                ticked[id_] = None
            elif name is not None and name != "":
                hint = self.suggest(name, self.known.symptoms)
                message = f"no symptom has the id {name!r}"
                self.found(f"$.symptoms[{index}]", "unknown-symptom", message, hint)
                lost.append(name)
        if lost:
            self.unread["symptoms"] = lost
        return tuple(ticked)

    def _roadmap(self, raw: Any) -> tuple[Phase, ...]:
        before = self.findings.count
        roadmap = read_roadmap(raw, self)
        if self.findings.count > before:
            self.unread["roadmap"] = raw
        return roadmap

    def _stage(self, data: dict[str, Any], key: str) -> str | None:
        name = data.get(key)
        if name is None or name == "":
            return None
        id_ = self.known.stages.get(name) if isinstance(name, str) else None
        if id_ is None:
            hint = self.suggest(name, self.known.stages)
            self.found(f"$.{key}", "unknown-stage", f"no stage has the id {name!r}", hint)
            self.unread[key] = name
        return id_
