"""What people call the records of a workbook: by id, code, title or level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..rubric.model.base import slug
from .grid import Cell, is_blank
from .headings import plain
from .kinds import IDS, Kind, written

NAMING = ("code", "title", "label", "term", "observation", "level")
"""Keys by which a record may be called."""


class Names:
    """The ids of each collection, by everything that people call their records."""

    def __init__(self) -> None:
        """Start without names."""
        self._ids: dict[str, dict[str, None]] = {}
        self._called: dict[str, dict[str, str]] = {}

    def add(self, collection: str, id_: str, *names: Any) -> None:
        """Add the names of a record; what is taken stays with the first."""
        self._ids.setdefault(collection, {})[id_] = None
        called = self._called.setdefault(collection, {})
        for name in names:
            if name is not None and plain(str(name)):
                called.setdefault(plain(str(name)), id_)

    def has(self, collection: str, id_: str) -> bool:
        """Return whether a collection has an id."""
        return id_ in self._ids.get(collection, {})

    def find(self, collection: str, word: str) -> str | None:
        """Return the id that a word means, or None."""
        if self.has(collection, word):
            return word
        return self._called.get(collection, {}).get(plain(word))

    def new(self, collection: str, texts: Iterable[Any]) -> str:
        """Return an id that is not taken, made from the first text that has letters or digits."""
        made = next(filter(None, (slug(str(text)) for text in texts if text)), "entry")
        number, id_ = 1, made
        while self.has(collection, id_):
            number += 1
            id_ = f"{made[:58].rstrip('-')}-{number}"
        return id_

    def resolve(self, collection: str, kind: Kind, cell: Cell) -> Any:
        """Return the id, or the ids, that a cell means; a word without a record stays."""
        if is_blank(cell):
            return None
        text = written(cell).strip()
        if kind is not IDS:
            return self.find(collection, text) or text
        whole = self.find(collection, text)
        if whole:
            return [whole]
        lines = [line.strip() for line in re.split(r"[;\n]", text) if line.strip()]
        found: list[str] = []
        for line in lines:
            known = self.find(collection, line)
            words = [known] if known else [one.strip() for one in line.split(",") if one.strip()]
            found += [self.find(collection, word) or word for word in words]
        return found
