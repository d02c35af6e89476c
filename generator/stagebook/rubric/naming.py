"""What a value of a rubric names: the ids that may stand at a path."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from ..diagnostics import Path
from .model import DEFAULT_CHOICES, DEFAULT_SCALE

MAX_STAGES = 100
"""A ladder has no more; other collections may be longer, but their entries have no level."""

LISTS: tuple[tuple[str, str, str], ...] = (
    ("gates", "requires", "gates"),
    ("gates", "stages", "stages"),
    ("symptoms", "gates", "gates"),
    ("symptoms", "bites", "stages"),
    ("remediations", "opens", "gates"),
    ("protocols", "gates", "gates"),
)
"""Keys of entries of a collection that list ids of another."""
SINGLES: tuple[tuple[str, str, str], ...] = (
    ("gates", "dimension", "dimensions"),
    ("gates", "stage", "stages"),
    ("gates", "topic", "topics"),
    ("gates", "scale", "scales"),
    ("symptoms", "dimension", "dimensions"),
    ("symptoms", "claims", "stages"),
    ("measures", "protocol", "protocols"),
    ("frameworks", "source", "sources"),
)
"""Keys of entries of a collection that name one id of another."""

_TARGETS: dict[tuple[str, ...], str] = {
    **{(collection, "*", key): target for collection, key, target in SINGLES},
    **{(collection, "*", key, "*"): target for collection, key, target in LISTS},
    ("gates", "*", "measure", "of"): "measures",
    ("quick_check", "*"): "gates",
    ("frameworks", "*", "levels", "*", "stage"): "stages",
    ("scoring", "bands", "of", "*", "stage"): "stages",
    ("sample", "believed_stage"): "stages",
    ("sample", "symptoms", "*"): "symptoms",
}


def known_at(data: Any, path: Path) -> Mapping[str, Any] | None:
    """Return the entries, by id, one of which the value at a path must name; None if it need not.

    Without scales, or without choices of a question, those are meant that the format has itself.
    """
    for pattern, target in _TARGETS.items():
        if len(pattern) == len(path) and all(
            step in ("*", key) for step, key in zip(pattern, path, strict=True)
        ):
            return _inside(data, target)
    if path[2:3] == ("applies",) and len(path) in (4, 5):
        return _inside(data, "profile", path[3], "choices") or DEFAULT_CHOICES
    if path[:1] == ("gates",) and path[2:] == ("target",):
        scales = _inside(data, "scales")
        named = _inside(data, *path[:2]).get("scale") or next(iter(scales), "")
        return _inside(scales, named) or (DEFAULT_SCALE if not scales else {})
    return None


def meant(known: Mapping[str, Any], value: Any) -> str:
    """Return the id that a number or a boolean stands for: of an entry of that level, or yes."""
    if isinstance(value, bool):
        word = "yes" if value else "no"
        return word if word in known else ""
    if not isinstance(value, int | float):
        return ""
    first = islice(known.items(), MAX_STAGES)
    return next(
        (id_ for id_, one in first if isinstance(one, dict) and one.get("level") == value), ""
    )


def _inside(data: Any, *steps: Any) -> Mapping[str, Any]:
    """Return a mapping within data; an empty one if there is none."""
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}
