"""The types of the records by path: what may stand where in a rubric."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any

from pydantic import BeforeValidator

from ..diagnostics import Path, shortened
from .model import Form, Record, Rubric
from .model.base import Prose, Text
from .model.terms import Word


def kind_at(path: Path) -> Any:
    """Return the type of the value at a path, or None if there is none."""
    kind: Any = Rubric
    for step in path:
        kind = kind_of(kind, step)
    return bare(kind)


def kind_of(kind: Any, key: str | int) -> Any:
    """Return the type of a value within a record, a mapping or a list; or None."""
    kind = bare(kind)
    if is_record(kind):
        return fields(kind).get(str(key), _extra_of(kind))
    if typing.get_origin(kind) in (dict, list):
        return typing.get_args(kind)[-1]
    return None


@cache
def _extra_of(record: type[Record]) -> Any:
    """Return the type of the values of keys that a record does not name, or None."""
    if record.model_config.get("extra") != "allow":
        return None
    hint = typing.get_type_hints(record, include_extras=True)["__pydantic_extra__"]
    return typing.get_args(hint)[-1]


def form_at(path: Path) -> Form | None:
    """Return the form that the text at a path must have, or None."""
    return next((one for one in _notes_at(path) if isinstance(one, Form)), None)


def written_at(path: Path) -> list[Any]:
    """Return the types that the value at a path may be written as, if they are several."""
    return [
        bare(part)
        for one in _notes_at(path)
        if isinstance(one, BeforeValidator)
        for part in _parts(one.json_schema_input_type)
    ]


def _notes_at(path: Path) -> list[Any]:
    """Return what the type at a path says of itself beside what it is."""
    kind: Any = Rubric
    for step in path:
        kind = kind_of(kind, step)
    return [
        note
        for part in _parts(kind)
        if typing.get_origin(part) is typing.Annotated
        for note in typing.get_args(part)[1:]
    ]


def record_at(path: Path) -> type[Record] | None:
    """Return the record type at a path."""
    kind = kind_at(path)
    return kind if is_record(kind) else None


def choices_at(path: Path) -> list[str]:
    """Return the allowed values of a `Literal` at a path."""
    return [str(choice) for choice in typing.get_args(kind_at(path))]


def keys_at(path: Path) -> list[str]:
    """Return the allowed keys of a mapping at a path whose keys are a `Literal`."""
    arguments = typing.get_args(kind_at(path))
    is_named = len(arguments) == 2 and typing.get_origin(arguments[0]) is typing.Literal
    return [str(key) for key in typing.get_args(arguments[0])] if is_named else []


def is_record(kind: Any) -> typing.TypeGuard[type[Record]]:
    """Return whether a type is that of a record."""
    return isinstance(kind, type) and issubclass(kind, Record)


def is_collection(kind: Any) -> bool:
    """Return whether a type is a mapping of entries: records, or mappings of records."""
    kind = bare(kind)
    if typing.get_origin(kind) is not dict:
        return False
    entry = bare(typing.get_args(kind)[-1])
    return is_record(entry) or typing.get_origin(entry) is dict


def is_text(kind: Any) -> bool:
    """Return whether a text of that type is words for readers."""
    parts = [part for one in (kind, *_written(kind)) for part in _parts(one)]
    return any(part in (Text, Prose, Word) for part in parts)


def means_null(kind: Any, key: str) -> bool:
    """Return whether null is a value of a record's key, and not the same as leaving it out."""
    kind = bare(kind)
    if not is_record(kind):
        return False
    field = next((f for n, f in kind.model_fields.items() if (f.alias or n) == key), None)
    return (
        field is not None
        and field.default is not None
        and types.NoneType in _parts(fields(kind)[key])
    )


def bare(kind: Any) -> Any:
    """Strip `Annotated` and `| None` from a type."""
    while True:
        if typing.get_origin(kind) is typing.Annotated:
            kind = typing.get_args(kind)[0]
        elif typing.get_origin(kind) in (typing.Union, types.UnionType):
            kind = next(part for part in typing.get_args(kind) if part is not types.NoneType)
        else:
            return kind


@cache
def fields(record: type[Record]) -> dict[str, Any]:
    """Return the types of a record by their keys in YAML."""
    hints = typing.get_type_hints(record, include_extras=True)
    return {field.alias or name: hints[name] for name, field in record.model_fields.items()}


class Shape:
    """A type with what a walk over data asks of it again and again, worked out once."""

    def __init__(self, kind: Any) -> None:
        """Keep the type; None stands for one that is not known."""
        self.kind = kind
        self.is_text = is_text(kind)
        self.is_record = is_record(bare(kind))
        self._inner: dict[str | int, Shape] = {}
        self._is_open = typing.get_origin(bare(kind)) in (dict, list)

    def of(self, key: str | int) -> Shape:
        """Return the shape of a value within a record, a mapping or a list."""
        if self._is_open:
            key = 0  # All values have one type.
        if key not in self._inner:
            kind = kind_of(self.kind, key)
            is_one = is_record(kind)
            self._inner[key] = shape_of(kind) if is_one else Shape(kind)
        return self._inner[key]


@cache
def shape_of(kind: type[Record]) -> Shape:
    """Return the shape of a record, which is the same wherever the record is."""
    return Shape(kind)


def _written(kind: Any) -> list[Any]:
    """Return the types that may be written in place of a type, such as a text for a record."""
    if typing.get_origin(kind) is not typing.Annotated:
        return []
    validators = [one for one in typing.get_args(kind)[1:] if isinstance(one, BeforeValidator)]
    return [one.json_schema_input_type for one in validators]


def _parts(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return typing.get_args(kind)
    return (kind,)


SINGULAR = {"remediations": "remediation", "quick_check": "quick check", "glossary": "term"}


def name_of(path: Path) -> str:
    """Return the name of a path for messages: `gate 'x'`, `'title' of gate 'x'`."""
    if not path:
        return "the rubric"
    collection = str(path[0])
    if len(path) == 1:
        return f"'{collection}'"
    if is_collection(kind_at((collection,))):
        entry = (
            f"{SINGULAR.get(collection, collection.removesuffix('s'))} '{shortened(str(path[1]))}'"
        )
        rest = shortened(".".join(str(step) for step in path[2:]))
        return f"'{rest}' of {entry}" if rest else entry
    return f"'{shortened('.'.join(str(step) for step in path))}'"
