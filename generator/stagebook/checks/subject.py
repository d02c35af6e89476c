"""The input of every rule: the records, their positions, and the ids that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from ..diagnostics import Diagnostic, Path
from ..rubric.model import Basis, Gate, Rubric, Stage
from ..rubric.source import Source, Touch
from ..rubric.text import lines_of
from .texts import Texts, texts_of

Findings: TypeAlias = Iterator[Diagnostic]
Rule: TypeAlias = "Callable[[Subject], Iterable[Diagnostic]]"

_ENTRIES = {"profile": "question of the profile"}
"""The names of entries of collections that are not plurals."""


@dataclass(frozen=True)
class Subject:
    """A rubric that is being checked."""

    rubric: Rubric
    source: Source

    def ids(self, collection: str) -> KeysView[str]:
        """Return the ids of a collection as written, including those of entries with errors."""
        if collection not in self._ids:
            raw = self.source.data.get(collection)
            written = dict.fromkeys(raw) if isinstance(raw, dict) else {}
            if collection == "gates":
                for id_ in self.rubric.retired_gates:
                    written.pop(id_, None)
            self._ids[collection] = written | dict.fromkeys(getattr(self.rubric, collection))
        return self._ids[collection].keys()

    @cached_property
    def _ids(self) -> dict[str, dict[str, None]]:
        return {}

    def finding(
        self, code: str, path: Path, message: str, *, key: bool = False, suggestion: str = ""
    ) -> Diagnostic:
        """Return a finding about the value (or its key) at a path."""
        return self.source.finding(code, path, message, key=key, suggestion=suggestion)

    def dangling(self, collection: str, path: Path, word: str, *, key: bool = False) -> Findings:
        """Find a word that is not an id of the collection; with `key`, the word is a key."""
        known = self.ids(collection)
        if word not in known:
            if (collection, word) in self.removals:
                self.uses.setdefault((collection, word), []).append(path)
                return
            message = f"no {_ENTRIES.get(collection, singular(collection))} has the id {word!r}"
            if collection == "gates" and word in self.rubric.retired_gates:
                message = f"gate {word!r} is retired"
            suggestion = self.source.suggest(word, known)
            yield self.finding("dangling-id", path, message, key=key, suggestion=suggestion)

    @cached_property
    def removals(self) -> dict[tuple[str, str], Touch]:
        """Return what overlays removed, by collection and id."""
        touches = [
            touch
            for source in self.source.chain
            if source.layer
            for touch in source.layer.touches
            if touch.kind == "removed"
        ]
        found: dict[tuple[str, str], Touch] = {}
        for touch in reversed(touches):
            collection, *entry = map(str, touch.path)
            if not entry and isinstance(touch.old, dict):  # The whole collection.
                found |= {(collection, str(id_)): touch for id_ in touch.old}
            elif len(entry) == 1:
                found[collection, entry[0]] = touch
        return found

    @cached_property
    def uses(self) -> dict[tuple[str, str], list[Path]]:
        """Return where removed entries are still used, as far as rules have looked."""
        return {}

    @cached_property
    def is_whole(self) -> bool:
        """Return whether all entries are valid, so that none was left out.

        Rules that look for missing entries check this first: an entry may have been left out.
        """
        collections = ("stages", "dimensions", "gates", "symptoms", "remediations", "protocols")
        return all(self.ids(name) == getattr(self.rubric, name).keys() for name in collections)

    @cached_property
    def ladder(self) -> list[tuple[str, Stage]]:
        """Return the stages from floor to top."""
        return [(id_, self.rubric.stages[id_]) for id_ in self.rubric.ladder]

    @cached_property
    def uses_ladder(self) -> bool:
        """Return whether the score of a dimension is a position on the ladder."""
        return self.rubric.scoring.dimension == "ladder"

    def level(self, gate: Gate) -> int | None:
        """Return the level of the stage that a gate leads to, or None if it names no stage."""
        stage = self.rubric.stages.get(gate.stage or "")
        return stage.level if stage else None

    def scale(self, gate: Gate) -> str:
        """Return the id of a gate's scale."""
        return self.rubric.scale_id(gate)

    @cached_property
    def texts(self) -> Texts:
        """Return the texts that may hold links."""
        return texts_of(self.source.data)

    def lines(self, file: str) -> list[str]:
        """Return the lines of a file of the rubric, as editors count them."""
        if file not in self._lines:
            texts = {source.path: source.text for source in self.source.chain}
            self._lines[file] = lines_of(texts[file])
        return self._lines[file]

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {}

    @cached_property
    def bases(self) -> list[tuple[Path, Basis]]:
        """Return every basis of the rubric with its path."""
        found: list[tuple[Path, Basis]] = []
        for collection in ("gates", "symptoms", "remediations", "protocols"):
            entries: dict[str, Any] = getattr(self.rubric, collection)
            for id_, entry in entries.items():
                if entry.basis:
                    found.append(((collection, id_, "basis"), entry.basis))
                for index, threshold in enumerate(getattr(entry, "thresholds", ())):
                    found.append(((collection, id_, "thresholds", index), threshold))
        return found


def singular(collection: str) -> str:
    """Return the name of one entry of a collection."""
    return collection.removesuffix("s")
