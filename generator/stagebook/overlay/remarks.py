"""What is wrong in an overlay, apart from the rubric that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ..diagnostics import CODES, Diagnostic
from ..rubric.commas import ADVICE, cut_touch, pointed
from ..rubric.kinds import is_collection, kind_at, name_of, record_at
from ..rubric.source import Layer, Source, Touch
from .header import EXTENDS, HEAD
from .translation import translation_remarks

Findings = Iterator[Diagnostic]


def remarks(source: Source) -> Findings:
    """Find what a resolved overlay says in vain, of what is not there, or of another version."""
    layer = source.layer
    assert layer is not None
    yield from _base_has_changed(source, layer)
    yield from _unknown_names(source, layer)
    if layer.is_translation:
        yield from translation_remarks(source, layer)
    else:
        yield from _idle_values(source, layer)
    if not any(_changes(touch) for touch in layer.touches):
        message = f"the overlay changes nothing of {layer.name!r}"
        yield source.finding("patch-idle", (EXTENDS,), message, key=True)


def _base_has_changed(source: Source, layer: Layer) -> Findings:
    version = layer.base.data.get("version")
    if layer.version is not None and isinstance(version, str) and layer.version != version:
        message = (
            f"written against version {layer.version} of {layer.name!r}, which is now {version}: "
            "see what changed with `stagebook upgrade`"
        )
        yield source.finding("base-changed", (EXTENDS, "version"), message)


def _unknown_names(source: Source, layer: Layer) -> Findings:
    for before, touch in pairwise((None, *layer.touches)):
        assert touch
        key = str(touch.path[-1]) if touch.path else ""
        if touch.kind == "absent":
            message = f"{layer.name!r} has no {name_of(touch.path)} to remove"
            if cut := before and cut_touch(touch, before):
                message, hint = f"{message}; {ADVICE}", pointed(touch.path, cut)
            else:
                hint = source.suggest(key, touch.choices)
            yield at(touch, "patch-unknown", message, hint)
        elif touch.kind == "lost":
            entry, word = name_of(touch.path[:-1]), str(touch.new)
            message = f"{entry} cannot stand {key} {word!r}: there is no other entry of that name"
            yield at(touch, "order-unknown", message, source.suggest(word, touch.choices))
        elif touch.kind == "added" and (needed := _missing_needed(touch)):
            hint = source.suggest(key, _entries(layer, touch))
            # A new entry that lacks a key or two is found wrong as such.
            if hint or not any(name in touch.new for name in needed):
                what = name_of(touch.path)
                message = f"{layer.name!r} has no {what}, and this is not a whole one"
                yield at(touch, "patch-unknown", message, hint)


def _missing_needed(touch: Touch) -> list[str]:
    """Return the keys that a new entry needs, if it lacks one of them."""
    record = record_at(touch.path)
    if record is None or not is_collection(kind_at(touch.path[:-1])):
        return []
    fields = record.model_fields.items()
    needed = [field.alias or name for name, field in fields if field.is_required()]
    is_whole = not isinstance(touch.new, dict) or all(key in touch.new for key in needed)
    return [] if is_whole else needed


def _entries(layer: Layer, touch: Touch) -> list[str]:
    """Return the ids of the collection of a new entry, in the base."""
    around: Any = layer.base.data
    for step in touch.path[:-1]:
        around = around.get(step) if isinstance(around, dict) else None
    return list(around) if isinstance(around, dict) else []


def _idle_values(source: Source, layer: Layer) -> Findings:
    for touch in layer.touches:
        if touch.path[:1] and touch.path[0] in HEAD and len(touch.path) == 1:
            continue
        if touch.kind == "same":
            message = f"{name_of(touch.path)} is the same in {layer.name!r}"
            yield at(touch, "patch-idle", message)
        elif touch.kind == "empty" and touch.path:
            yield at(touch, "patch-idle", f"{name_of(touch.path)} is empty and changes nothing")
    moved = {touch.path: touch for touch in layer.touches if touch.kind == "moved"}
    for path, touch in moved.items():
        if path[-1] == "before" and (*path[:-1], "after") in moved:
            message = f"{name_of(path[:-1])} says both 'before' and 'after': only 'after' counts"
            yield at(touch, "patch-idle", message)


def _changes(touch: Touch) -> bool:
    return touch.kind in ("added", "replaced", "removed", "moved")


def at(touch: Touch, code: str, message: str, suggestion: str = "") -> Diagnostic:
    """Return a finding at the place of an overlay's value, which may be gone from the outcome."""
    node = touch.node
    return Diagnostic(node.file, node.line, node.column, CODES[code], code, message, suggestion)
