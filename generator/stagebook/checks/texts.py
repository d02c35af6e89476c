"""The texts of a rubric that may hold links: addresses, and what authors write in Markdown."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..diagnostics import Key, Path
from ..rubric.model.base import is_extension

ADDRESSES = frozenset(("url", "via"))
"""Keys whose value is an address."""
PROSE = frozenset(
    (
        *("advice", "antipatterns", "artefacts", "basis_note", "cells", "common_error", "criteria"),
        *("disproof", "done_when", "evidence", "how", "looks_like", "meaning", "meanings", "signs"),
        *("mistaken_for", "not_yet", "note", "notes", "observation", "partly", "question", "text"),
        *("sample", "steps", "summary", "test", "traps", "why"),
    )
)
"""Keys whose value is Markdown or a list of Markdown; a test compares them with the records."""
MAPPINGS = frozenset(("cells", "criteria", "meanings"))
"""Those of them that may be mappings of texts by id."""


class Place(NamedTuple):
    """Where a text is: most places are never asked for their path, so none is made before."""

    parent: Path
    key: Key

    @property
    def path(self) -> Path:
        """Return the path in the rubric's data."""
        return (*self.parent, self.key)


class Texts(NamedTuple):
    """The texts of a rubric that may hold links."""

    addresses: list[tuple[Place, str]]
    prose: list[tuple[Place, str]]


def texts_of(data: Any) -> Texts:
    """Return the addresses and the prose of a rubric's data, as it is written."""
    found = Texts([], [])
    _collect(found, data, ())
    return found


def _collect(found: Texts, value: Any, path: Path) -> None:
    if isinstance(value, dict):
        # Ids may begin with x- too: those of entries, and those of choices.
        has_ids = len(path) == 1 or path[:1] == ("scales",)
        is_prose = bool(path) and path[-1] in MAPPINGS
        for key, item in value.items():
            if is_extension(key) and not has_ids:
                continue
            if isinstance(item, str):
                if key in ADDRESSES:
                    found.addresses.append((Place(path, key), item))
                if is_prose or key in PROSE:
                    found.prose.append((Place(path, key), item))
            elif isinstance(item, (dict, list)):
                _collect(found, item, (*path, key))
    elif isinstance(value, list):
        is_prose = bool(path) and path[-1] in PROSE
        for index, item in enumerate(value):
            if isinstance(item, str):
                if is_prose:
                    found.prose.append((Place(path, index), item))
            elif isinstance(item, (dict, list)):
                _collect(found, item, (*path, index))
