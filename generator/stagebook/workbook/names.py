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
        self._called: dict[str, dict[str, list[str]]] = {}

    def add(self, collection: str, id_: str, *names: Any) -> None:
        """Add the names of a record; several may have one name."""
        self._ids.setdefault(collection, {})[id_] = None
        called = self._called.setdefault(collection, {})
        for name in names:
            ids = called.setdefault(plain(str(name)), []) if name is not None else []
            if id_ not in ids:
                ids.append(id_)

    def has(self, collection: str, id_: str) -> bool:
        """Return whether a collection has an id."""
        return id_ in self._ids.get(collection, {})

    def find(self, collection: str, word: str) -> str | None:
        """Return the id that a word means, the first of several, or None."""
        return next(iter(self._all(collection, word)), None)

    def _all(self, collection: str, word: str) -> list[str]:
        """Return the ids that a word may mean; an id means itself."""
        if self.has(collection, word):
            return [word]
        return self._called.get(collection, {}).get(plain(word), []) if plain(word) else []

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
        found = [
            self.find(collection, word) or word for word in self._words(collection, kind, cell)
        ]
        return found if kind is IDS else found[0]

    def unclear(self, collection: str, kind: Kind, cell: Cell) -> dict[str, list[str]]:
        """Return the words of a cell that several records are called by, with their ids."""
        words = [] if is_blank(cell) else self._words(collection, kind, cell)
        found = {word: self._all(collection, word) for word in words}
        return {word: ids for word, ids in found.items() if len(ids) > 1}

    def _words(self, collection: str, kind: Kind, cell: Cell) -> list[str]:
        """Return the words of a cell: names may have commas and semicolons in them."""
        text = written(cell).strip()
        if kind is not IDS or self.find(collection, text):
            return [text]
        words: list[str] = []
        for line in filter(None, map(str.strip, re.split(r"[;\n]", text))):
            parts = [line] if self.find(collection, line) else line.split(",")
            words += filter(None, map(str.strip, parts))
        return words
