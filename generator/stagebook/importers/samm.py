"""OWASP SAMM 2, from the folder `model` of its repository: one YAML file for each record.

Records refer to each other by id: question → activity → stream and practice level → practice →
business function. The score is that of SAMM's toolbox: the mean of the streams at each level, the
sum over the levels of a practice, the mean of practices and of functions.
"""

from __future__ import annotations

from typing import Any

from ..workbook.kinds import NUMBER
from .documents import Documents, Ids, Taker, without_empty

HEAD: dict[str, Any] = {
    "format": "stagebook/1",
    "id": "samm",
    "title": "OWASP SAMM",
    "version": "2.0.0",
    "licence": "CC-BY-SA-4.0",
    "url": "https://owaspsamm.org/model/",
    "terms": {
        "gate": {"one": "question", "many": "questions"},
        "dimension": {"one": "practice", "many": "practices"},
        "stage": {"one": "level", "many": "levels"},
        "group": {"one": "function", "many": "functions"},
        "topic": {"one": "stream", "many": "streams"},
    },
}
SCORING = {
    "not_applicable": "zero",
    "cell": "mean",
    "dimension": "sum",
    "group": "mean",
    "overall": {"of": "groups", "by": "mean", "only": "all"},
}
TYPES = ("Function", "Practice", "Stream", "MaturityLevel", "PracticeLevel", "Activity", "Question")

Records = dict[str, dict[str, Any]]


def rubric_of(documents: Documents) -> dict[str, Any]:
    """Return the rubric; raises RubricError if records are missing that others refer to."""
    return _Samm(documents).rubric()


class _Samm:
    """Collects the records by type and id, and follows their references."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.of: dict[str, Records] = {}
        self.codes: dict[str, str] = {}
        self.rest: list[Any] = []
        for name, document in documents:
            kind = document.get("type") if isinstance(document, dict) else None
            if kind and document.get("id"):
                self.of.setdefault(_kind(str(kind)), {})[str(document["id"])] = document
                self.codes[str(document["id"])] = name.rpartition("/")[2].rpartition(".")[0]
            else:
                self.rest.append({"x-file": name, "x-content": document})
        missing = [kind for kind in TYPES if kind not in self.of]
        if missing:
            raise documents.refuse(
                f"this is not SAMM's folder 'model': it has no records of the type {missing[0]}"
            )
        self.ids: dict[str, str] = {}
        taken = Ids()
        for kind in ("Function", "Practice", "Stream"):
            for id_, record in self._ordered(kind):
                self.ids[id_] = taken.new(record.get("shortName") or self._code(kind, id_, record))
        for kind in ("AnswerSet", "Question"):
            for id_, _ in self._ordered(kind):
                self.ids[id_] = taken.new(self.codes[id_] or id_)

    def _code(self, kind: str, id_: str, record: dict[str, Any]) -> str:
        return str(record.get("name") or id_) if kind == "Function" else self.codes[id_]

    def _ordered(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Return records in the order in which the model shows them."""
        return sorted(self.of.get(kind, {}).items(), key=lambda one: self._place(one[1]))

    def _place(self, record: dict[str, Any]) -> tuple[Any, ...]:
        above = None
        for key, kind in _ABOVE:
            if key in record and kind in self.of:
                above = self.of[kind].get(str(record[key]))
                break
        own = (_place_of(record.get("order", record.get("number"))), str(record.get("id")))
        return (*(self._place(above) if above else ()), *own)

    def rubric(self) -> dict[str, Any]:
        levels = self._levels()
        gates = {self.ids[id_]: self._gate(id_, one) for id_, one in self._ordered("Question")}
        practices = {
            self.ids[id_]: self._practice(id_, one) for id_, one in self._ordered("Practice")
        }
        functions = self._ordered("Function")
        order = list(levels)
        gates = dict(sorted(gates.items(), key=lambda one: _order(one[1], list(practices), order)))
        return without_empty(
            {
                **HEAD,
                "scales": {self.ids[id_]: _scale(one) for id_, one in self._ordered("AnswerSet")},
                "stages": levels,
                "groups": {self.ids[id_]: self._group(one) for id_, one in functions},
                "dimensions": practices,
                "topics": {
                    self.ids[id_]: self._stream(id_, one) for id_, one in self._ordered("Stream")
                },
                "gates": gates,
                "scoring": SCORING,
                "x-answer-sets": {
                    self.ids[id_]: _without(one, "values")
                    for id_, one in self._ordered("AnswerSet")
                },
                "x-files": self.rest,
            }
        )

    def _group(self, record: dict[str, Any]) -> dict[str, Any]:
        taker = Taker(record)
        title, summary = taker.line("name") or "?", taker.text("description")
        return without_empty({"title": title, "summary": summary, **taker.rest()})

    def _levels(self) -> dict[str, Any]:
        found: dict[str, Any] = {"level-0": {"level": 0, "title": "Level 0"}}
        for id_, record in self._ordered("MaturityLevel"):
            taker = Taker(record)
            number = int(taker.take("number") or self.codes[id_])
            self.ids[id_] = f"level-{number}"
            title, summary = f"Level {number}", taker.text("description")
            found[f"level-{number}"] = without_empty(
                {"level": number, "title": title, "summary": summary, **taker.rest()}
            )
        return found

    def _practice(self, id_: str, record: dict[str, Any]) -> dict[str, Any]:
        taker = Taker(record)
        function = taker.take("function")
        levels = {
            self.ids.get(str(one.get("maturityLevel")), "level"): _without(one, "objective")
            for _, one in self._ordered("PracticeLevel")
            if str(one.get("practice")) == id_
        }
        cells = {
            self.ids[str(one.get("maturityLevel"))]: str(one["objective"]).strip()
            for _, one in self._ordered("PracticeLevel")
            if str(one.get("practice")) == id_ and one.get("objective")
        }
        code, title = taker.line("shortName"), taker.line("name") or self.codes[id_]
        return without_empty(
            {
                "title": title,
                "code": code,
                "group": self.ids.get(str(function)),
                "question": taker.text("shortDescription"),
                "summary": taker.text("longDescription"),
                "cells": cells,
                "x-function": function,
                **taker.rest(),
                "x-levels": levels,
            }
        )

    def _stream(self, id_: str, record: dict[str, Any]) -> dict[str, Any]:
        taker = Taker(record)
        title, summary = taker.line("name") or self.codes[id_], taker.text("description")
        return without_empty(
            {"title": title, "code": self.codes[id_], "summary": summary, **taker.rest()}
        )

    def _gate(self, id_: str, record: dict[str, Any]) -> dict[str, Any]:
        taker = Taker(record)
        activity = self._follow(record, "activity", "Activity")
        level = self._follow(activity, "level", "PracticeLevel")
        about = Taker(activity)
        quality = taker.take("quality")
        items = quality if isinstance(quality, list) else [quality] if quality else []
        criteria = [str(one).strip() for one in items]
        answers = str(taker.take("answerSet"))
        return without_empty(
            {
                "code": self.codes[id_],
                "dimension": self.ids[str(level.get("practice"))],
                "topic": self.ids.get(str(activity.get("stream"))),
                "stage": self.ids[str(level.get("maturityLevel"))],
                "title": about.line("title") or self.codes[id_],
                "test": taker.text("text") or "?",
                "why": about.text("benefit"),
                "criteria": criteria,
                "scale": self.ids.get(answers),
                "x-answer-set": answers,
                **taker.rest(),
                "x-activity-text": {key[2:]: value for key, value in about.rest().items()},
            }
        )

    def _follow(self, record: dict[str, Any], key: str, kind: str) -> dict[str, Any]:
        found = self.of[kind].get(str(record.get(key)))
        if found is None:
            raise self.documents.refuse(
                f"the record {record.get('id')!r} refers to a {kind} {record.get(key)!r} "
                "that no file has"
            )
        return found


_ABOVE = (
    ("activity", "Activity"),
    ("stream", "Stream"),
    ("practice", "Practice"),
    ("function", "Function"),
)


def _kind(name: str) -> str:
    return "Practice" if name == "SecurityPractice" else name


def _without(record: dict[str, Any], *keys: str) -> dict[str, Any]:
    taker = Taker({key: value for key, value in record.items() if key not in keys})
    return {key[2:]: value for key, value in taker.rest().items()}


def _scale(record: dict[str, Any]) -> dict[str, Any]:
    ids, found = Ids(), {}
    values = record.get("values") or []
    for value in sorted(values, key=lambda one: _place_of(one.get("order"))):
        taker = Taker(value)
        label = taker.line("text") or "?"
        score = value.get("value", 0)
        # A number that is written in another way, such as 0.50, is read as text.
        score = NUMBER.decode(score) if isinstance(score, str) else score
        taker.take("value")
        found[ids.new(label)] = {"label": label, "score": score, **taker.rest()}
    return found


def _place_of(value: Any) -> float:
    number = NUMBER.decode(value) if isinstance(value, str) else value
    return number if isinstance(number, int | float) else 0


def _order(gate: dict[str, Any], practices: list[str], levels: list[str]) -> tuple[int, int]:
    return practices.index(gate["dimension"]), levels.index(gate["stage"])
