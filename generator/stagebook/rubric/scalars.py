"""Resolve plain YAML scalars by the core schema of YAML 1.2, with limits for numbers."""

from __future__ import annotations

import math
import re
from typing import Any, Final

import yaml
from yaml.resolver import Resolver

from ..diagnostics import quoted

MAX_DIGITS = 100
"""The most characters of a number; Python limits whole numbers to 4,300 digits."""


class Refused:
    """The type of `REFUSED`."""

    def __repr__(self) -> str:
        """Return the text for messages."""
        return "a refused value"


REFUSED: Final = Refused()
"""Replaces a value that could not be read and already has a finding."""

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True}
_WORDS |= {"false": False, "False": False, "FALSE": False}
_YAML_1_1 = Resolver()
_YAML_1_1_NAMES = {"bool": "a boolean", "timestamp": "a date", "int": "a number"}
_YAML_1_1_NAMES |= {"float": "a number", "merge": "a merge key", "value": "a value key"}


class NumberRefused(Exception):
    """A number that is too long or too large; the message says which."""


def core_value(raw: str) -> Any:
    """Resolve a plain scalar by the core schema (YAML 1.2.2, section 10.3.2).

    Raises NumberRefused.
    """
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] not in "0123456789+-.":
        return raw
    is_whole = _INT.fullmatch(raw) is not None
    if is_whole or _FLOAT.fullmatch(raw):
        if len(raw) > MAX_DIGITS:
            raise NumberRefused(f"a number of {len(raw):,} characters; the limit is {MAX_DIGITS}")
        if is_whole:
            return int(raw, 0) if raw[:2] in ("0o", "0x") else int(raw)
        value = float(raw)
        if math.isinf(value):
            raise NumberRefused(f"{raw} is too large")
        return value
    if _SPECIAL.fullmatch(raw):
        return float(raw.replace(".", ""))
    return raw


def yaml_1_1_reading(raw: str, value: Any) -> str:
    """Return a message if a YAML 1.1 reader would read a plain scalar differently, or nothing."""
    if raw[:1] not in _YAML_1_1.yaml_implicit_resolvers:
        return ""
    resolved = _YAML_1_1.resolve(yaml.ScalarNode, raw, (True, False))  # type: ignore[no-untyped-call]
    tag = resolved.rpartition(":")[2]
    octal = isinstance(value, int) and re.fullmatch(r"[-+]?0[0-9]+", raw)
    if octal or (isinstance(value, str) and tag in _YAML_1_1_NAMES):
        what = "a number in base 8" if octal else _YAML_1_1_NAMES[tag]
        here = "a number in base 10" if octal else "text"
        return f"{quoted(raw)} is {here} here, but {what} in YAML 1.1: quote it"
    return ""
