"""JSON Pointers (RFC 6901) as the paths of the sheet More."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..diagnostics import Path
from .grid import is_safe

MAX_PATH = 1_000
"""The most characters of a path in a cell."""


def pointer(path: Path) -> str:
    """Return a path as a pointer, such as `/gates/plan-kept/x-owner`; nothing if it is strange."""
    parts = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    text = "".join(f"/{part}" for part in parts)
    is_plain = text == text.strip() and text.isprintable() and is_safe(text)
    return text if is_plain and len(text) <= MAX_PATH else ""


def steps_of(text: str) -> list[str]:
    """Return the steps of a pointer; raises ValueError."""
    if not text.startswith("/"):
        raise ValueError("a path begins with /, such as /gates/my-gate/x-owner")
    return [part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/")]


def put(data: Any, steps: Sequence[Any], value: Any) -> Path:
    """Set a value at a path, and return the path with numbers for the entries of lists.

    Raises ValueError if there is a value already, or no place for one.
    """
    path: list[str | int] = []
    for place, step in enumerate(steps):
        key = _key(data, step)
        path.append(key)
        is_there = key in data if isinstance(data, dict) else int(key) < len(data)
        if place == len(steps) - 1:
            if is_there:
                raise ValueError("the value is in another sheet too")
            _set(data, key, value)
        elif not is_there:
            _set(data, key, {})
        data = data[key]
    return tuple(path)


def _key(data: Any, step: Any) -> str | int:
    if isinstance(data, dict):
        return str(step)
    if not isinstance(data, list):
        raise ValueError(f"there is a text or a number before {step!r}")
    if not str(step).isdecimal() or int(step) > len(data):
        raise ValueError(f"{step!r} is not an entry of this list")
    return int(step)


def _set(data: Any, key: str | int, value: Any) -> None:
    if isinstance(data, list):
        data.append(value)
    else:
        data[key] = value
