"""JSON Pointers (RFC 6901) as the paths of the sheet More; what is not printable is escaped."""

from __future__ import annotations

import json
from typing import Any

from ..diagnostics import Path
from .grid import safe_json


def pointer(path: Path) -> str:
    """Return a path as a pointer, such as `/gates/plan-kept/x-owner`."""
    parts = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    text = "".join(f"/{part}" for part in parts)
    return text if text == text.strip() and text.isprintable() else safe_json(list(path))


def put(data: Any, text: str, value: Any) -> Path:
    """Set a value at a pointer, and return its path.

    Raises ValueError if there is a value already, or no place for one.
    """
    path: list[str | int] = []
    steps = _steps(text)
    for number, step in enumerate(steps):
        key: str | int = step
        if isinstance(data, list):
            if not str(step).isdecimal() or int(step) > len(data):
                raise ValueError(f"{step!r} is not an entry of this list")
            key = int(step)
        elif not isinstance(data, dict):
            raise ValueError(f"there is a text or number before {step!r}")
        path.append(key)
        is_there = key in data if isinstance(data, dict) else int(key) < len(data)
        if number == len(steps) - 1:
            if is_there:
                raise ValueError("the value is in another sheet too")
            if isinstance(data, list):
                data.append(value)
            else:
                data[key] = value
        else:
            if not is_there:
                if isinstance(data, list):
                    data.append({})
                else:
                    data[key] = {}
            data = data[key]
    return tuple(path)


def _steps(text: str) -> list[Any]:
    text = text.strip()
    if text.startswith("["):
        steps = json.loads(text)
        if isinstance(steps, list) and steps:
            return steps
    if not text.startswith("/"):
        raise ValueError("a path begins with /, such as /gates/my-gate/x-owner")
    return [part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/")]
