"""Parse untrusted JSON within limits, with a finding for every duplicate key.

A number that is not close to a double is kept as text, as is a constant that JSON does not have,
such as `NaN`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from .numbers import to_finite
from .record import AssessmentFinding, Findings

MAX_INTEGER_DIGITS = 308


class Unreadable(Exception):
    """A text that cannot be parsed; `finding` says why."""

    def __init__(self, code: str, message: str) -> None:
        """Create the finding."""
        super().__init__(message)
        self.finding = AssessmentFinding("$", "error", code, message)


def parse_json(text: str, limit: int) -> tuple[Any, list[AssessmentFinding]]:
    """Return untrusted JSON as data, and a finding for each duplicate key.

    Raises Unreadable, also if the text has more characters than the limit.
    """
    if len(text) > limit:
        raise Unreadable("too-large", f"longer than {limit:,} characters")
    if not is_utf_8(text):
        raise Unreadable("not-utf-8", "not valid UTF-8: save the file as UTF-8")
    findings = Findings()
    try:
        data = load_json(text, findings)
    except ValueError as error:
        raise Unreadable("not-json", f"not JSON: {error}") from error
    except RecursionError as error:
        message = "not JSON that can be read: lists and objects are nested too deeply"
        raise Unreadable("not-json", message) from error
    return data, findings.listed()


def is_utf_8(text: str) -> bool:
    """Return whether a text that was decoded with `surrogateescape` was valid UTF-8."""
    if text.isascii():
        return True
    try:
        text.encode()  # Much faster than to look at each character.
    except UnicodeEncodeError:
        return not any("\udc80" <= character <= "\udcff" for character in text)
    return True


def load_json(text: str, findings: Findings | None = None) -> Any:
    """Return JSON as data; raises ValueError and RecursionError."""
    hooks: dict[str, Any] = {"parse_constant": str, **NUMBERS}
    if findings is not None:
        hooks["object_pairs_hook"] = _objects(findings)
    return json.loads(text, **hooks)


def _objects(findings: Findings) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Return a function that makes an object of pairs; it runs for each answer of a file."""

    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        entry = dict(pairs)
        if len(entry) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            for key in (key for key, count in counts.items() if count > 1):
                message = f"duplicate key {key!r}; the last one counts"
                findings.add(AssessmentFinding("$", "error", "duplicate-key", message))
        return entry

    return made


def _float_or_text(text: str) -> float | str:
    number = to_finite(text)
    return text if isinstance(number, str) else float(text)


def _int_or_text(text: str) -> float | str:
    return int(text) if len(text) <= MAX_INTEGER_DIGITS else _float_or_text(text)


NUMBERS: dict[str, Any] = {"parse_float": _float_or_text, "parse_int": _int_or_text}
"""How a parser of JSON reads numbers."""
