"""The sheets of a workbook and their columns, taken from the records of the format.

A new key of a record gets a column by its type; what no column can hold goes to the sheet "More".
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel

from ..rubric.model import ID as ID_FORM
from ..rubric.model import Form, MeasureAnswer, Rubric
from . import kinds
from .kinds import Kind

KEY: Literal["*"] = "*"
"""A step of a path that an id in a row stands for."""
ITEM: Literal["#"] = "#"
"""A step of a path that the place among the rows stands for."""
Steps: TypeAlias = tuple[str, ...]

MODEL, MORE = "Model", "More"
"""Sheets of two columns: what stands once, by its key; and what no column can hold."""

SHEETS = {
    ("groups",): "Groups",
    ("dimensions",): "Dimensions",
    ("topics",): "Topics",
    ("stages",): "Stages",
    ("scales",): "Answer sets",
    ("profile",): "Profile",
    ("profile", "choices"): "Profile answers",
    ("dimensions", "cells"): "Cells",
    ("gates",): "Gates",
    ("gates", "meanings"): "Meanings",
    ("gates", "criteria"): "Criteria",
    ("gates", "ticks"): "Ticks",
    ("gates", "thresholds"): "Thresholds",
    ("measures",): "Measures",
    ("symptoms",): "Symptoms",
    ("remediations",): "Plays",
    ("remediations", "tools"): "Tools",
    ("remediations", "templates"): "Templates",
    ("remediations", "effort", "ratings"): "Efforts",
    ("ratings",): "Ratings",
    ("protocols",): "Protocols",
    ("sources",): "Sources",
    ("frameworks",): "Frameworks",
    ("frameworks", "ids"): "Framework ids",
    ("frameworks", "levels"): "Framework levels",
    ("scoring", "bands", "of"): "Bands",
    ("scoring", "levels"): "Levels of scores",
    ("quick_check",): "Quick check",
    ("glossary",): "Glossary",
    ("changes",): "Changes",
}
"""The names of sheets, in their order; others are named after their key."""

HEADINGS = {
    ("gates", "scale"): "answer set",
    ("gates", "test"): "question",
    ("quick_check",): "gate",
    ("frameworks", "ids"): "name",
    ("dimensions", "cells"): "text",
    ("gates", "meanings"): "meaning",
    ("gates", "criteria"): "criteria",
    ("gates", "ticks"): "ticks",
}
REFERENCES = {
    **{name: f"{name}s" for name in ("group", "dimension", "topic", "stage", "source", "scale")},
    **{name: name for name in ("stages", "sources", "gates")},
    **{"requires": "gates", "opens": "gates", "bites": "stages", "claims": "stages"},
    **{"protocol": "protocols", "quick_check": "gates"},
}
"""The collections that keys refer to."""
SINGULAR = {"remediations": "play", "scales": "answer set", "gates": "gate"}


class Column(NamedTuple):
    """A column: its heading, the steps from a row's record to the value, and its kind.

    `refers` is the collection whose ids it holds, and `choices` are its allowed values.
    """

    heading: str
    steps: Steps
    kind: Kind
    refers: str = ""
    choices: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """A sheet: the path of the record of a row, with KEY and ITEM, and its columns.

    The first columns hold the ids for each KEY in the path.
    """

    name: str
    path: Steps
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]


@cache
def sheets() -> tuple[Sheet, ...]:
    """Return all sheets but Model and More, in their order."""
    found: dict[Steps, Sheet] = {}
    for path, record in _collections(Rubric, ()):
        plain = tuple(step for step in path if step not in (KEY, ITEM))
        columns = tuple(_columns(record, (), plain))
        found[plain] = Sheet(
            SHEETS.get(plain, " ".join(plain).replace("_", " ").capitalize()),
            path,
            tuple(_keys(path)),
            _ordered(columns),
        )
    known = [found[plain] for plain in SHEETS if plain in found]
    return (*known, *(sheet for plain, sheet in found.items() if plain not in SHEETS))


@cache
def model_columns() -> tuple[Column, ...]:
    """Return what stands once in a rubric, as columns of the rubric itself."""
    return tuple(_columns(Rubric, (), ()))


def _ordered(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return columns as consultants know them: the code, what it belongs to, title, question."""
    first = (
        "code",
        "group",
        "dimension",
        "topic",
        "stage",
        "level",
        "title",
        "label",
        "term",
        "text",
    )
    return tuple(sorted(columns, key=lambda one: _place(first, one.heading)))


def _place(order: tuple[str, ...], heading: str) -> int:
    return order.index(heading) if heading in order else len(order)


def _keys(path: Steps) -> Iterator[Column]:
    outer = [step for step in path if step not in (KEY, ITEM)]
    count = path.count(KEY)
    for number in range(count):
        is_last = number == count - 1 and path[-1] == KEY
        if is_last:
            yield Column("id", (), kinds.ID)
        else:
            collection = outer[0]
            heading = SINGULAR.get(collection, collection.removesuffix("s"))
            yield Column(heading, (), kinds.ID, "" if collection == "scales" else collection)


def _collections(record: type[BaseModel], path: Steps) -> Iterator[tuple[Steps, Any]]:
    """Yield the path of each collection of records, or of ids, below a record."""
    for name, annotation in fields(record):
        kind, _ = bare(annotation)
        here = (*path, name)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind is not MeasureAnswer:
                yield from _collections(kind, here)
            continue
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin not in (dict, list) or (_kind_of(annotation, name) and name != "criteria"):
            continue
        step = KEY if origin is dict else ITEM
        below, _ = bare(arguments[-1])
        if typing.get_origin(below) is dict:  # Scales are collections of collections.
            yield (*here, step, KEY), bare(typing.get_args(below)[-1])[0]
        elif isinstance(below, type) and issubclass(below, BaseModel):
            yield (*here, step), below
            yield from _collections(below, (*here, step))
        elif _kind_of(below, ""):
            yield (*here, step), arguments[-1]


def _columns(record: Any, steps: Steps, plain: Steps) -> Iterator[Column]:
    """Yield the columns of a record, those of records in it included."""
    if not (isinstance(record, type) and issubclass(record, BaseModel)):
        value = _kind_of(record, "") or kinds.LINE
        yield Column(HEADINGS.get(plain, "value"), (), value, REFERENCES.get(plain[-1], ""))
        return
    for name, annotation in fields(record):
        below, _ = bare(annotation)
        here = (*steps, name)
        if isinstance(below, type) and issubclass(below, BaseModel) and below is not MeasureAnswer:
            yield from _columns(below, here, (*plain, name))
        elif kind := _kind_of(annotation, name, at_top=not plain):
            heading = HEADINGS.get((*plain, name), " ".join(here).replace("_", " "))
            refers = REFERENCES.get(name, "") if kind in (kinds.ID, kinds.IDS) else ""
            yield Column(heading, here, kind, refers, _choices(below))


def _kind_of(annotation: Any, name: str, *, at_top: bool = False) -> Kind | None:
    """Return the kind of cell for a type, or None if it needs a sheet of its own or "More"."""
    kind, metadata = bare(annotation)
    if kind is MeasureAnswer:
        return kinds.MEASURE
    if kind is bool:
        return kinds.YES
    if kind in (int, float):
        return kinds.NUMBER
    if typing.get_origin(kind) is Literal:
        return kinds.LINE
    if kind is str:
        return _kind_of_text(metadata)
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is list and not at_top and name != "quick_check":
        below, inner = bare(arguments[0])
        if below is str:
            return kinds.IDS if ID_FORM in inner else kinds.LINES
        return kinds.RANGE if below is float else None
    # Criteria may also be a list, which is one cell; those with ids have a sheet.
    return {"maps": kinds.MAPS, "criteria": kinds.LINES}.get(name)


def _kind_of_text(metadata: list[Any]) -> Kind:
    if ID_FORM in metadata:
        return kinds.ID
    longest = max((getattr(one, "max_length", None) or 0 for one in metadata), default=0)
    is_line = longest <= 2_000 or any(isinstance(one, Form) for one in metadata)
    return kinds.LINE if is_line else kinds.PROSE


def _choices(kind: Any) -> tuple[str, ...]:
    is_literal = typing.get_origin(kind) is Literal
    return tuple(map(str, typing.get_args(kind))) if is_literal else ()


def fields(record: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a record with their types."""
    hints = typing.get_type_hints(record, include_extras=True)
    for name, field in record.model_fields.items():
        yield field.alias or name, hints[name]


def bare(annotation: Any) -> tuple[Any, list[Any]]:
    """Return a type without `Annotated` and `| None`, and what was annotated."""
    metadata: list[Any] = []
    while True:
        if typing.get_origin(annotation) is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            for one in more:
                metadata += [one, *getattr(one, "metadata", ())]
        elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
            parts = [part for part in typing.get_args(annotation) if part is not types.NoneType]
            records = [part for part in parts if isinstance(part, type)]
            annotation = (records or parts)[0]
        else:
            return annotation, metadata
