"""RFC 7386 over data with positions: every value keeps the place of the file that wrote it.

Two things go beyond the RFC. An entry may say `before` or `after` which entry it stands, and null
stays a value where the format has null as one (`scoring.overall`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ..diagnostics import Key, Path
from ..rubric.kinds import is_collection, kind_of, means_null
from ..rubric.source import Node, Touch, TouchKind

ORDER = ("before", "after")
"""The keys with which an entry says where it stands."""


class Tree(NamedTuple):
    """A value with its position."""

    data: Any
    node: Node

    def child(self, key: Key) -> Tree:
        """Return a value within; what stands behind an alias has the position of the alias."""
        node = self.node.children.get(key)
        if node is None:
            node = Node(self.node.line, self.node.column, file=self.node.file)
        return Tree(self.data[key], node)

    def key_position(self, key: Key) -> tuple[int, int]:
        """Return line and column of a key."""
        return self.node.keys.get(key, (self.node.line, self.node.column))


class _Move(NamedTuple):
    """Where an entry wants to stand."""

    key: str
    side: str
    anchor: str
    node: Node


def merge_patch(base: Tree, patch: Tree, kind: Any = None) -> tuple[Tree, list[Touch]]:
    """Return the patched value and what each value of the patch does; neither tree is changed.

    `kind` is the type of the value: with None, the patch is one of RFC 7386 and nothing else.
    """
    merger = _Merger()
    return merger.merge(base, patch, (), kind, fresh=False), merger.touches


class _Merger:
    def __init__(self) -> None:
        self.touches: list[Touch] = []

    def touch(
        self, kind: TouchKind, path: Path, patch: Tree, base: Tree | None, around: Any = ()
    ) -> None:
        old, new = (base.data, base.node) if base else (None, None), patch
        choices = tuple(map(str, around))
        self.touches.append(Touch(kind, path, new.node, new.data, old[1], old[0], choices))

    def merge(self, base: Tree | None, patch: Tree, path: Path, kind: Any, *, fresh: bool) -> Tree:
        """Return the value at a path; `fresh` where it is inside a new value, noted already."""
        is_mapping = isinstance(patch.data, dict)
        if is_mapping and base is not None and isinstance(base.data, dict):
            if not patch.data:
                self.touch("empty", path, patch, base)
            return self._merge_mapping(base, patch, path, kind, fresh=fresh)
        if not fresh:
            self.touch(_effect(base, patch), path, patch, base)
        if is_mapping:
            empty = Tree({}, patch.node)
            return self._merge_mapping(empty, patch, path, kind, fresh=True)
        return patch

    def _merge_mapping(
        self, base: Tree, patch: Tree, path: Path, kind: Any, *, fresh: bool
    ) -> Tree:
        data = dict(base.data)
        # What stands behind an alias gets the position of the alias.
        children = {key: base.child(key).node for key in data}
        keys = {key: base.key_position(key) for key in data}
        moves: list[_Move] = []
        ordered = is_collection(kind)
        for key in patch.data:
            value, here = patch.child(key), (*path, key)
            existing = base.child(key) if key in data else None
            if value.data is None and not means_null(kind, key):
                self.touch("removed" if existing else "absent", here, value, existing, data)
                if existing:
                    del data[key], children[key], keys[key]
                continue
            if ordered and isinstance(value.data, dict):
                value = _without_order(key, value, moves)
                if not value.data and existing and moves and moves[-1].key == key:
                    continue  # It only moves.
            merged = self.merge(existing, value, here, kind_of(kind, key), fresh=fresh)
            data[key], children[key], keys[key] = *merged, patch.key_position(key)
        for move in moves:
            self._note_move(move, path, data)
        data = _in_order(data, moves)
        return Tree(data, patch.node._replace(raw=None, children=children, keys=keys))

    def _note_move(self, move: _Move, path: Path, data: dict[str, Any]) -> None:
        here = (*path, move.key, move.side)
        patch = Tree(move.anchor, move.node)
        if move.anchor not in data or move.anchor == move.key:
            self.touch("lost", here, patch, None, [key for key in data if key != move.key])
        else:
            self.touch("moved", here, patch, None)


def _effect(base: Tree | None, patch: Tree) -> TouchKind:
    """Return what a value does that is put in the place of another."""
    if base is None:
        return "added"
    # As text, 1 and true differ.
    return "same" if repr(base.data) == repr(patch.data) else "replaced"


def _without_order(key: str, value: Tree, moves: list[_Move]) -> Tree:
    """Return an entry without the keys that say where it stands, which are noted."""
    wanted = [side for side in ORDER if isinstance(value.data.get(side), str)]
    if not wanted:
        return value
    moves += [_Move(key, side, value.data[side], value.child(side).node) for side in wanted]
    rest = {name: item for name, item in value.data.items() if name not in wanted}
    return Tree(rest, value.node)


def _in_order(data: dict[str, Any], moves: list[_Move]) -> dict[str, Any]:
    """Return a mapping with entries moved.

    Several that stand after the same entry keep the order in which they are written.
    """
    order = list(data)
    last: dict[str, str] = {}
    for key, side, anchor, _ in _anchors_first(
        {move.key: move for move in moves if move.anchor in data and move.anchor != move.key}
    ):
        order.remove(key)
        if side == "before":
            order.insert(order.index(anchor), key)
        else:
            order.insert(order.index(last.get(anchor, anchor)) + 1, key)
            last[anchor] = key
    return {key: data[key] for key in order} if moves else data


def _anchors_first(moves: dict[str, _Move]) -> list[_Move]:
    """Return moves so that an entry comes after the one beside which it wants to stand."""
    ordered: list[_Move] = []
    while moves:
        stack = [next(iter(moves))]
        while (anchor := moves[stack[-1]].anchor) in moves and anchor not in stack:
            stack.append(anchor)
        ordered += [moves.pop(key) for key in reversed(stack)]
    return ordered
