"""The changes from one rubric to another, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple, get_args, get_origin

from ..diagnostics import Path
from ..rubric.kinds import bare, fields, is_collection, is_record, is_text, kind_of
from ..rubric.model import MeasureAnswer, Rubric

Kind = Literal["new", "removed", "renamed", "moved", "rescored", "reworded", "changed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""`moved`: gates between cells, or entries in their order; `changed`: neither words nor scores."""

SKIPPED = frozenset(("format", "version", "changes", "checks"))
"""Keys that are about the file and not the model."""
_CELL = frozenset(("dimension", "stage", "stages", "topic"))
SCORED: Mapping[str, frozenset[str]] = {
    "gates": frozenset(("blocking", "bonus", "cap", "scale", "weight", "measure"))
    | frozenset(("applies", "criteria", "status", "ticks"))
    | _CELL,
    "dimensions": frozenset(("applies", "core", "group", "weight")),
    "topics": frozenset(("applies",)),
    "stages": frozenset(("level", "share")),
    "measures": frozenset(("min", "max")),
}
"""By collection, the keys of its entries that scoring reads."""
_APPLYING = ("gates", "topics", "dimensions")
"""Collections of which each entry may apply to some subjects only."""
_COUNTED = frozenset(("gates", "dimensions", "stages", "topics"))
"""Collections of which each entry can count."""
_ANSWERED = frozenset(("gates", "measures", "profile"))
"""Collections under whose ids assessments hold what scoring reads."""
_KEYED: Mapping[str | int, str] = {
    **{"applies": "profile", "cells": "stages"},
    **{"answers": "gates", "profile": "profile", "measures": "measures"},
}
"""Keys whose values are mappings by the ids of a collection; the last three are of the sample."""
_SHOWN = frozenset(("unit", "decimals", "label", "plan", "team"))
"""Keys of `scoring` that change no score of an assessment."""


class Change(NamedTuple):
    """One change; the path is that in the newer rubric, or in the older if it is gone there.

    `can_score`: whether stored answers can score differently because of it.
    """

    kind: Kind
    path: Path
    old: Any
    new: Any
    can_score: bool


def find_changes(old: Rubric, new: Rubric) -> list[Change]:
    """Return what changed from an older rubric to a newer one, in the order of the newer."""
    comparer = _Comparer(_dump(old), _dump(new))
    return list(comparer.record(comparer.old, comparer.new, Rubric, ()))


def _dump(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric as data with all defaults, and the scale of each gate by its name."""
    data = rubric.model_dump(mode="json", by_alias=True, exclude=set(SKIPPED))
    for id_, gate in rubric.written_gates.items():
        data["gates"][id_]["scale"] = rubric.scale_id(gate)
    return data


class _Comparer:
    def __init__(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.old, self.new = old, new
        self.renamed_in = {
            name: _renames(old[name], new[name])
            for name, kind in fields(Rubric).items()
            if is_collection(kind) and name in new
        }
        """By collection, earlier ids and those that replace them."""
        self.renamed = {id_: one for ids in self.renamed_in.values() for id_, one in ids.items()}
        entries = [one for name in _APPLYING for one in old[name].values()]
        self.decisive = {question for one in entries for question in one.get("applies") or {}}
        """Questions of the profile that decide what applies."""

    def record(self, old: Any, new: Any, kind: Any, path: Path) -> Iterator[Change]:
        """Yield the changes of a mapping with known keys."""
        for key in dict.fromkeys([*new, *old]):
            below, here = kind_of(kind, key), (*path, key)
            if key == "aliases" and len(path) == 2:
                yield from self.aliases(old.get(key), new.get(key), here)
                continue
            yield from self.value(old.get(key), new.get(key), below, here)

    def aliases(self, old: Any, new: Any, path: Path) -> Iterator[Change]:
        """Yield a change if an earlier id means another entry or none; new ones show as renamed."""
        if not {str(path[1]), *(new or ())}.issuperset(old or ()):
            yield Change("changed", path, old, new, path[0] in _ANSWERED)

    def value(self, old: Any, new: Any, kind: Any, path: Path) -> Iterator[Change]:
        """Yield the changes of a value."""
        if old == new and repr(old) == repr(new):
            return
        if is_collection(kind) and isinstance(old, dict) and isinstance(new, dict):
            yield from self.entries(old, new, kind, path)
        elif isinstance(old, dict) and isinstance(new, dict):
            changes = list(self.record(self.with_current_keys(old, kind, path), new, kind, path))
            yield from changes
            # Of the conditions of a measure, the first that holds counts.
            if bare(kind) is MeasureAnswer and not changes and list(old) != list(new):
                yield Change("rescored", path, old, new, True)
        elif self.current(old) != new or isinstance(old, bool) != isinstance(new, bool):
            # Of the items that people tick, the number counts and not the words.
            is_item = len(path) == 4 and path[2] == "criteria" and old and new
            can_score = _is_scored(path) and not is_item
            yield Change(_kind(kind, path, can_score), path, old, new, can_score)

    def with_current_keys(self, old: dict[str, Any], kind: Any, path: Path) -> dict[str, Any]:
        """Return a mapping by ids of a collection with the ids that replaced earlier ones."""
        renamed = self.renamed_in.get(_KEYED.get(path[-1], ""), {})
        if is_record(bare(kind)) or not renamed:
            return old
        return {renamed.get(key, key): item for key, item in old.items()}

    def current(self, value: Any) -> Any:
        """Return a value with the ids that replaced earlier ones."""
        if isinstance(value, str):
            return self.renamed.get(value, value)
        return [self.current(item) for item in value] if isinstance(value, list) else value

    def entries(self, old: Any, new: Any, kind: Any, path: Path) -> Iterator[Change]:
        """Yield the changes of a collection."""
        earlier = {new_id: id_ for id_, new_id in _renames(old, new).items()}
        below, counted = kind_of(kind, ""), _counts(path)
        for id_, entry in new.items():
            before, here = earlier.get(id_, id_), (*path, id_)
            if before not in old:
                can_score = counted and entry.get("status") != "retired"
                yield Change("new", here, None, entry, can_score)
                continue
            if before != id_:
                yield Change("renamed", here, before, id_, False)
            yield from self.value(old[before], entry, below, here)
        gone = [id_ for id_ in old if id_ not in new and id_ not in earlier.values()]
        for id_ in gone:
            can_score = counted or self.is_decisive(path)
            yield Change("removed", (*path, id_), old[id_], None, can_score)
        for id_ in _moved([self.current(id_) for id_ in old if id_ not in gone], list(new)):
            yield Change("moved", (*path, id_), None, None, False)

    def is_decisive(self, path: Path) -> bool:
        """Return whether entries at a path answer a question that decides what applies."""
        # What was left out by an answer that is gone is asked again.
        return path[0] == "profile" and len(path) == 3 and path[1] in self.decisive


def _renames(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids that are gone and those that have them as aliases."""
    return {
        alias: id_
        for id_, entry in new.items()
        for alias in (entry.get("aliases", ()) if isinstance(entry, dict) else ())
        if alias in old and alias not in new and id_ not in old
    }


def _moved(old: list[str], new: list[str]) -> list[str]:
    """Return the ids that both lists have, in another order: the fewest that explain it."""
    both = set(old) & set(new)
    first, second = ([id_ for id_ in ids if id_ in both] for ids in (old, new))
    if first == second:
        return []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    kept = {
        id_
        for start, _, size in matcher.get_matching_blocks()
        for id_ in first[start : start + size]
    }
    return [id_ for id_ in second if id_ not in kept]


def _kind(kind: Any, path: Path, can_score: bool) -> Kind:
    if path[0] == "gates" and path[2] in _CELL:
        return "moved"
    if can_score:
        return "rescored"
    item = get_args(bare(kind))[0] if get_origin(bare(kind)) is list else kind
    is_words = is_text(item) and "maps" not in path and "ids" not in path
    return "reworded" if is_words else "changed"


def _is_scored(path: Path) -> bool:
    """Return whether scoring reads the value at a path."""
    head = str(path[0])
    if head == "scoring":
        return path[-1] not in _SHOWN
    if head == "scales":
        return path[-1] == "score"
    return len(path) > 2 and path[2] in SCORED.get(head, ())


def _counts(path: Path) -> bool:
    """Return whether a new or removed entry of a collection can change a score."""
    is_choice = len(path) == 2 and path[0] == "scales"
    return is_choice or path[0] == "scoring" or (len(path) == 1 and path[0] in _COUNTED)
