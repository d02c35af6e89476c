"""Turn data into records, with all findings at once, each with its position in the text."""

from __future__ import annotations

import copy
import re
import typing
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from pydantic import ValidationError

from ..diagnostics import Diagnostic, Path, quoted, shortened
from .commas import ADVICE, cut_in_two, has_comma, joined, pointed, with_point
from .kinds import (
    choices_at,
    fields,
    form_at,
    is_record,
    keys_at,
    name_of,
    record_at,
    written_at,
)
from .model import CONDITION, FORMAT, FORMS, ID, Form, Rubric
from .naming import known_at, meant
from .scalars import REFUSED
from .source import Source

Findings = Iterator[Diagnostic]

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
    "tuple_type": "a list",
}
MAX_IDS = 12
"""The most ids that a message lists."""
_TYPES = {str: "text", list: "a list", dict: "a mapping"}
_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
_RANGE = {
    "greater_than_equal": ("at least", "ge"),
    "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"),
    "less_than": ("less than", "lt"),
}
_LENGTH = {"too_short": ("at least", "min_length"), "too_long": ("at most", "max_length")}


def validate(source: Source) -> tuple[Rubric | None, list[Diagnostic]]:
    """Return the records and the findings about their structure.

    Entries with errors are left out, so that references between the others can still be checked.
    The records are None if too little is left.
    """
    if source.data is None:
        return None, []
    if not isinstance(source.data, dict):
        return None, [
            source.finding("wrong-type", (), "a rubric must be a mapping of keys to values")
        ]
    try:
        return Rubric.model_validate(source.data), []
    except ValidationError as error:
        errors = [(tuple(item["loc"]), item) for item in error.errors(include_url=False)]
    findings = [finding for path, item in errors for finding in _explain(source, path, dict(item))]
    return _without(source.data, [path for path, _ in errors]), findings


def _explain(source: Source, path: Path, error: dict[str, Any]) -> Findings:
    """Translate one pydantic error into a finding."""
    kind, context = error["type"], error.get("ctx", {})
    path = _as_written(source.data, path)
    if path and path[-1] == "[key]":
        yield from _explain_key(source, path[:-1])
    elif kind == "missing":
        yield _missing(source, path)
    elif kind == "extra_forbidden":
        yield _unknown_key(source, path)
    elif error["input"] is REFUSED:
        return  # The reader has already reported it.
    elif kind in _EXPECTED:
        yield _wrong_type(source, path, _EXPECTED[kind], error["input"])
    elif kind == "literal_error":
        yield _unknown_value(source, path, error["input"])
    elif kind in _RANGE:
        words, key = _RANGE[kind]
        message = f"{error['input']!r} is out of range: {words} {context[key]:g}"
        yield source.finding("out-of-range", path, message)
    elif kind == "finite_number":
        yield source.finding("out-of-range", path, f"{error['input']!r} is not a finite number")
    elif kind in _LENGTH:
        words, key = _LENGTH[kind]
        yield _wrong_length(source, path, words, context[key])
    elif kind == "string_too_short":
        yield source.finding("wrong-length", path, f"{name_of(path)} is empty")
    elif kind == "string_too_long":
        message = f"{name_of(path)} is longer than {context['max_length']} characters"
        yield source.finding("wrong-length", path, message)
    elif kind in FORMS:
        yield _bad_form(source, path, FORMS[kind], error["input"])
    else:
        yield source.finding("bad-form", path, error["msg"])


def _as_written(data: Any, path: Path) -> Path:
    """Return a path with the places of items that were written as a list and got ids: `1`, `2`."""
    written: list[str | int] = []
    for step in path:
        if isinstance(data, list) and isinstance(step, str) and step.isdecimal():
            step = int(step) - 1
        written.append(step)
        inside: Any = data if isinstance(data, dict | list) else {}
        is_there = step in inside if isinstance(inside, dict) else isinstance(step, int)
        data = inside[step] if is_there else None
    return tuple(written)


def _explain_key(source: Source, path: Path) -> Findings:
    key, choices = str(path[-1]), keys_at(path[:-1])
    if choices:
        message = f"{quoted(key)} is not one of {', '.join(choices)}"
        hint = source.suggest(key, choices)
        yield source.finding("unknown-value", path, message, key=True, suggestion=hint)
        return
    message = f"{quoted(key)} is not an id: {ID.rule}"
    yield source.finding(ID.code, path, message, key=True, suggestion=ID.suggest(key))


def _missing(source: Source, path: Path) -> Diagnostic:
    message = f"{name_of(path[:-1])}: missing required key {path[-1]!r}"
    return source.finding("missing-key", path[:-1], message, key=True)


def _unknown_key(source: Source, path: Path) -> Diagnostic:
    record = record_at(path[:-1])
    known = list(fields(record)) if record else []
    key = str(path[-1])
    message = f"unknown key {quoted(key)} in {name_of(path[:-1])}"
    if cut := cut_in_two(source, path):
        return _with_point(source, "unknown-key", path, message, cut, key=True)
    suggestion = source.suggest(key, known)
    return source.finding("unknown-key", path, message, key=True, suggestion=suggestion)


def _wrong_type(source: Source, path: Path, expected: str, value: Any) -> Diagnostic:
    node = source.node(path)
    raw = node.raw if node else None
    if expected == "text" and raw and value is not None:
        return _unquoted(source, path, raw, value)
    found = (
        _yaml(value)
        if raw or value is None or isinstance(value, str)
        else ("a list" if isinstance(value, list) else "a mapping")
    )
    if written := written_at(path):
        expected = " or ".join(dict.fromkeys(_TYPES.get(_plain(one), expected) for one in written))
    message = f"{name_of(path)} must be {expected}, not {found}"
    cut = cut_in_two(source, path) if value is None else value
    if (
        isinstance(cut, str)
        and has_comma(cut)
        and expected in ("a number", "a whole number", "text")
    ):
        return _with_point(source, "wrong-type", path, message, cut)
    hint = meant(known_at(source.data, path) or {}, value)
    if expected == "true or false" and isinstance(value, str):
        hint = _BOOLEANS.get(value.lower(), "")
    return source.finding("wrong-type", path, message, suggestion=hint)


def _plain(kind: Any) -> Any:
    return dict if is_record(kind) else typing.get_origin(kind) or kind


def _unquoted(source: Source, path: Path, raw: str, value: Any) -> Diagnostic:
    """Return a finding about a number or a boolean in place of a text; it suggests what is right.

    Quotation marks help only where the text itself is allowed.
    """
    kind = "boolean" if isinstance(value, bool) else "number"
    message = f"{raw} is read as the {kind} {_yaml(value)}"
    known, form = known_at(source.data, path), form_at(path)
    if known is not None and raw not in known:
        ids = [*islice(known, MAX_IDS), *(["…"] if len(known) > MAX_IDS else [])]
        message = f"{message}, where an id is needed"
        message += f": one of {shortened(', '.join(ids))}" if ids else ""
        hint = meant(known, value) or source.suggest(raw, known)
    elif form and not re.search(form.pattern, raw):
        message, hint = f"{message}: {form.rule}", form.suggest(raw)
    else:
        message, hint = f"{message}: quote it to keep the text", f'"{raw}"'
    return source.finding("unquoted", path, message, suggestion=hint)


def _wrong_length(source: Source, path: Path, words: str, length: int) -> Diagnostic:
    entries = "entry" if length == 1 else "entries"
    message = f"{name_of(path)} must have {words} {length} {entries}"
    numbers = joined(source, path) if words == "at most" else []
    if not numbers:
        return source.finding("wrong-length", path, message)
    parts = [with_point(one) if has_comma(one) else one for one in numbers]
    hint = f"[{', '.join(parts)}]" if all(parts) and len(parts) <= length else ""
    return source.finding("wrong-length", path, f"{message}; {ADVICE}", suggestion=hint)


def _with_point(
    source: Source, code: str, path: Path, message: str, number: str, *, key: bool = False
) -> Diagnostic:
    """Return a finding about a number with a decimal comma, or about a condition with one."""
    message, hint = f"{message}; {ADVICE}", pointed(path, number)
    return source.finding(code, path, message, key=key, suggestion=hint)


def _unknown_value(source: Source, path: Path, value: Any) -> Diagnostic:
    choices = choices_at(path)
    code = "unknown-format" if path == ("format",) else "unknown-value"
    message = f"{_yaml(value)} is not one of {', '.join(choices)}"
    if len(choices) == 1:
        message = f"{name_of(path)} must be {choices[0]!r}, not {_yaml(value)}"
    if code == "unknown-format":
        message = f"this version reads format {FORMAT!r}, not {_yaml(value)}"
    suggestion = source.suggest(value, choices) if isinstance(value, str) else ""
    return source.finding(code, path, message, suggestion=suggestion)


def _bad_form(source: Source, path: Path, form: Form, value: str) -> Diagnostic:
    message = f"{quoted(value)} is not well-formed: {form.rule}"
    if form is CONDITION and has_comma(value):
        message = f"{message}; {ADVICE}"
    return source.finding(form.code, path, message, suggestion=form.suggest(value))


def _without(data: dict[str, Any], paths: Iterable[Path]) -> Rubric | None:
    """Return the records without the entries that have errors."""
    data = copy.deepcopy(data)
    for path in paths:
        if len(path) == 1 and path[0] in _STAND_INS:
            data[str(path[0])] = _STAND_INS[str(path[0])]
        else:
            _take_out(data, path)
    try:
        return Rubric.model_validate(data)
    except ValidationError:
        return None


_STAND_INS = {"format": FORMAT, "id": "rubric", "title": "Rubric", "version": "0.0.0"}


def _take_out(data: dict[str, Any], path: Path) -> None:
    # Remove whole entries of a collection: half a gate would cause further findings.
    depth = 2 if len(path) > 2 and isinstance(data.get(str(path[0])), dict) else len(path)
    steps = path[:depth]
    for step in steps[:-1]:
        data = data.get(step) if isinstance(data, dict) else None  # type: ignore[assignment, arg-type]
    if isinstance(data, dict):
        data.pop(steps[-1], None)  # type: ignore[arg-type]


def _yaml(value: Any) -> str:
    if value is None:
        return "nothing"
    return str(value).lower() if isinstance(value, bool) else quoted(value)
