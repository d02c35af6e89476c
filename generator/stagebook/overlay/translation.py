"""Translations: overlays in another language, which may change words only."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ..diagnostics import Diagnostic, Path
from ..rubric.kinds import Shape, bare, is_record, is_text, kind_of, name_of, shape_of
from ..rubric.model import Rubric
from ..rubric.model.base import is_extension
from ..rubric.source import Layer, Source, value_at
from .header import EXTENDS, HASHES

Findings = Iterator[Diagnostic]
State = Literal["current", "unchecked", "stale", "missing"]
"""`unchecked`: nothing says which version of the text it translates."""

NAMES = frozenset(("by", "code", "date", "file", "ids", "level", "licence", "maps", "name", "unit"))
"""Keys whose words are names, codes or dates: a translation may keep them."""
TITLES = frozenset(("sources", "frameworks"))
"""Collections whose titles are those of publications."""
FREE = frozenset(("format", "id", "version", "language", "url", "checks", EXTENDS, HASHES))
"""Keys at the top that a translation may say in its own way."""


LENGTH = "the length of "
"""What differs in a list that has more or fewer texts than the original."""


class TextState(NamedTuple):
    """A text of the base, and whether the translation has it."""

    path: Path
    state: State
    source: str
    translation: str | None
    line: int | None


def translation_remarks(source: Source, layer: Layer) -> Findings:
    """Find what a translation changes besides words, and whether texts are missing or stale."""
    for path, what in _other_changes(layer.base.data, source.data, Rubric, ()):
        message = f"a translation may change words only, not {what}{name_of(path)}"
        if what == LENGTH:
            one, other = (value_at(data, path) for data in (layer.base.data, source.data))
            message = (
                f"{name_of(path)} must have as many entries as in the original: "
                f"{len(one)}, not {len(other)}"
            )
        yield source.finding("translation-form", path, message)
    counts = Counter(text.state for text in states(source))
    gaps = [
        f"{counts[state]} {state}" for state in ("missing", "stale", "unchecked") if counts[state]
    ]
    if gaps:
        message = (
            f"of {counts.total()} texts, {', '.join(gaps)}: `stagebook translation` lists them"
        )
        yield source.finding("translation-gaps", ("language",), message)


def states(source: Source, older: Mapping[str, Any] | None = None) -> list[TextState]:
    """Return the state of each text of the base, in the order of the base.

    A text is current if its hash under `x-translated` is that of the base's text. Without a hash,
    it is current if the base that the overlay was written against, `older`, has the same text, or,
    if nobody has that, if the overlay was written against this version of the base.
    """
    layer = source.layer
    assert layer is not None
    return [
        _state(source, layer, path, text, older)
        for path, text in texts(layer.base.data)
        if not _removed(source.data, path)
    ]


def hashes(source: Source) -> dict[str, str]:
    """Return the hash of the base's text for each text that is translated, by its path."""
    return {
        dotted(text.path): digest(text.source)
        for text in states(source)
        if text.translation is not None
    }


def digest(text: str) -> str:
    """Return a short hash of a text; white space at its ends and line breaks do not matter."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def dotted(path: Path) -> str:
    """Return a path as one word: `gates.plan-kept.test`."""
    return ".".join(map(str, path))


def texts(data: Any) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a rubric that a translation should have, with their paths."""
    yield from _texts(data, Rubric, (), False)


def names_too(data: Any) -> Iterator[tuple[Path, str]]:
    """Yield all texts of a rubric, also the names that a translation may keep."""
    yield from _texts(data, Rubric, (), True)


def skeleton(data: Any) -> Any:
    """Return the data of a rubric without its texts: a translation has the same."""
    return _skeleton(data, shape_of(Rubric))


def _skeleton(data: Any, shape: Shape) -> Any:
    if isinstance(data, dict):
        parts = {key: _skeleton(item, shape.of(key)) for key, item in data.items()}
        # A text of a record may be left out; a text by an id is an entry, such as a criterion.
        if not shape.is_record:
            return parts
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(data, list):
        return [_skeleton(item, shape.of(index)) for index, item in enumerate(data)]
    return None if shape.is_text and isinstance(data, str) else data


def _texts(value: Any, kind: Any, path: Path, names: bool) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if is_text(kind) and value.strip():
            yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            if names or not _keeps_its_name(path, key):
                yield from _texts(item, kind_of(kind, key), (*path, key), names)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, kind_of(kind, index), (*path, index), names)


def _keeps_its_name(path: Path, key: str) -> bool:
    # An entry may have any id, also one of these words.
    is_id = len(path) == 1 or path[:1] == ("scales",)
    is_title = len(path) == 2 and path[0] in TITLES and key == "title"
    return is_title or (not is_id and key in NAMES)


def _state(
    source: Source, layer: Layer, path: Path, text: str, older: Mapping[str, Any] | None
) -> TextState:
    node = source.node(path)
    own = node if node is not None and node.file == source.path else None
    translation = value_at(source.data, path)
    if own is None or not isinstance(translation, str):
        return TextState(path, "missing", text, None, None)
    state: State = "unchecked"
    known = layer.hashes.get(dotted(path))
    if known is not None:
        state = "current" if known == digest(text) else "stale"
    elif older is not None and older.get("version") == layer.version:
        state = "current" if value_at(older, path) == text else "stale"
    elif layer.version is not None and layer.version == layer.base.data.get("version"):
        state = "current"
    return TextState(path, state, text, translation, own.line)


def _removed(data: Any, path: Path) -> bool:
    """Return whether the whole entry of a text is gone, which is found elsewhere."""
    return len(path) > 2 and value_at(data, path[:2]) is None


def _has_texts(kind: Any) -> bool:
    """Return whether the entries of a list are texts, or records that may have some."""
    entry = kind_of(kind, 0)
    return is_text(entry) or is_record(bare(entry))


def _other_changes(old: Any, new: Any, kind: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the paths at which something besides words differs, and of what kind it is."""
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            here = (*path, key)
            if (not path and key in FREE) or (is_extension(key) and len(path) != 1):
                continue
            if key not in new or (key not in old and not is_text(kind_of(kind, key))):
                yield here, ""
            elif key in old:
                yield from _other_changes(old[key], new[key], kind_of(kind, key), here)
        if list(old) != list(new) and old.keys() == new.keys():
            yield path, "the order of "
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _other_changes(one, other, kind_of(kind, index), (*path, index))
    elif isinstance(old, list) and isinstance(new, list) and _has_texts(kind):
        yield path, LENGTH
    elif not (is_text(kind) and isinstance(new, str)) and repr(old) != repr(new):
        yield path, ""
