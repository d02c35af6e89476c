"""Write texts into the YAML of an overlay, and leave all else as it was typed.

Values that are there are replaced where they stand. New keys come after the key that stands before
them in the base; comments and the order of the file stay.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from ..diagnostics import Path
from ..rubric.yaml_writer import yaml_text
from .editing import NotEditable, root_of
from .header import HASHES, HEAD
from .translation import names_too, texts

_HEAD_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
_TAIL_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")


class Edit(NamedTuple):
    """A part of a text, and what stands there instead; `column` is that of the mapping around."""

    start: int
    end: int
    new: str
    column: int = 0


def with_values(
    text: str, values: Mapping[Path, str], base: Mapping[str, Any]
) -> tuple[str, dict[Path, str]]:
    """Return the text of an overlay with texts at their paths, and why some could not be placed.

    `base` is the data of the rubric that it extends. A list is written as a whole, so it needs all
    its texts. Raises NotEditable.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    editor = _Editor(text, base, values)
    for path, value in values.items():
        editor.place(path, value)
    edited = editor.result()
    if end != "\n":
        edited = edited.replace(end, "\n").replace("\n", end)
    return edited, editor.unplaced


class _Spot(NamedTuple):
    """How far a path leads in an overlay: the last node, with its key, and how many steps."""

    node: yaml.Node
    key: yaml.Node | None
    around: yaml.Node | None
    steps: int
    is_flow: bool


class _Editor:
    def __init__(self, text: str, base: Mapping[str, Any], values: Mapping[Path, str]) -> None:
        self.text, self.base, self.values = text, base, values
        self.unplaced: dict[Path, str] = {}
        self.edits: list[Edit] = []
        self.new: dict[int, tuple[yaml.MappingNode, Path, bool, dict[str, Any]]] = {}
        self.children: dict[int, dict[str | int, tuple[yaml.Node | None, yaml.Node]]] = {}
        self.root = root_of(text)
        if self.root.flow_style:
            raise NotEditable("the overlay is one flow mapping")

    def place(self, path: Path, value: str) -> None:
        """Note what must change for a text to stand at its path."""
        spot = self._find(path)
        if spot is None:
            self.unplaced[path] = "the overlay uses an anchor or an alias there"
        elif spot.steps == len(path):
            self._replace(path, spot, value)
        elif isinstance(spot.node, yaml.MappingNode):
            self._add(path, spot, value)
        else:
            self.unplaced[path] = "the overlay has something else there"

    def result(self) -> str:
        """Return the text with all changes."""
        for node, path, is_flow, tree in self.new.values():
            self.edits += self._insertions(node, path, is_flow, tree)
        text = self.text
        # The last first, so that the others stay where they are; where a mapping ends together
        # with that around it, what is added to the inner one comes first.
        for edit in reversed(sorted(self.edits, key=lambda one: (one.start, -one.column))):
            text = text[: edit.start] + edit.new + text[edit.end :]
        return text

    def _find(self, path: Path) -> _Spot | None:
        node: yaml.Node = self.root
        spot = _Spot(node, None, None, 0, False)
        for index, step in enumerate(path, 1):
            key, child = self._children(spot.node).get(step, (None, None))
            if child is None:
                break
            if child.start_mark.index < spot.node.start_mark.index or self._has_name(child):
                return None
            is_flow = spot.is_flow or bool(getattr(child, "flow_style", False))
            spot = _Spot(child, key, spot.node, index, is_flow)
        return spot

    def _children(self, node: yaml.Node) -> Mapping[str | int, tuple[Any, Any]]:
        if id(node) not in self.children:
            found: dict[str | int, tuple[yaml.Node | None, yaml.Node]] = {}
            if isinstance(node, yaml.MappingNode):
                found = {str(key.value): (key, value) for key, value in node.value}
            elif isinstance(node, yaml.SequenceNode):
                found = {index: (None, item) for index, item in enumerate(node.value)}
            self.children[id(node)] = found
        return self.children[id(node)]

    def _has_name(self, node: yaml.Node) -> bool:
        return self.text[node.start_mark.index : node.start_mark.index + 1] in ("&", "*", "!")

    def _replace(self, path: Path, spot: _Spot, value: str) -> None:
        node = spot.node
        if not isinstance(node, yaml.ScalarNode):
            self.unplaced[path] = "the overlay has something else there"
        elif node.value.strip() == value.strip():
            return
        elif spot.is_flow:
            self.edits.append(Edit(node.start_mark.index, node.end_mark.index, _quoted(value)))
        elif spot.key is not None:
            self._replace_block(spot.key.start_mark, node, {str(spot.key.value): value})
        else:
            assert spot.around
            self._replace_block(spot.around.start_mark, node, {"x": value}, node.start_mark.index)

    def _replace_block(
        self, mark: yaml.Mark, node: yaml.Node, data: Any, start: int | None = None
    ) -> None:
        """Replace a key with its value, or from `start` the value; a comment behind it stays."""
        lines = yaml_text(data).rstrip("\n").split("\n")
        if start is not None:
            lines[0] = lines[0].partition(": ")[2]
        end, comment = self._end(node), None
        if found := _HEAD_COMMENT.match(self.text, node.start_mark.index):
            comment = found.group(1)
        elif found := _TAIL_COMMENT.match(self.text, end):
            comment, end = found.group(1), found.end()
        if comment:
            # Behind the mark of a block, since within the block it would be text.
            is_block = len(lines) > 1 and re.search(r"[|>][-+0-9]*$", lines[0])
            lines[0 if is_block else -1] += f"  {comment.rstrip()}"
        new = f"\n{' ' * mark.column}".join(lines).replace(f"\n{' ' * mark.column}\n", "\n\n")
        self.edits.append(Edit(mark.index if start is None else start, end, new))

    def _end(self, node: yaml.Node) -> int:
        """Return where the content of a node ends, without what comes after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end: int = node.end_mark.index
        is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return len(self.text[:end].rstrip()) if is_block else end

    def _add(self, path: Path, spot: _Spot, value: str) -> None:
        """Note a new key, with the whole list that the text is in."""
        node = spot.node
        assert isinstance(node, yaml.MappingNode)
        at = path[: spot.steps]
        first = _first_index(path)
        _, _, _, tree = self.new.setdefault(id(node), (node, at, spot.is_flow, {}))
        whole: Any = value
        if first is not None:
            path, whole = path[:first], self._list(path, first)
            if whole is None:
                return
        for step in path[spot.steps : -1]:
            tree = tree.setdefault(str(step), {})
        tree[str(path[-1])] = whole

    def _list(self, path: Path, first: int) -> list[Any] | None:
        """Return a list of the base with all its texts translated, or None if one is missing."""
        place = path[:first]
        data: Any = self.base
        for step in place:
            data = data[step]
        made = copy.deepcopy(data)
        for where in self._listed.get(place, ()):
            if where not in self.values:
                if where not in self._needed:
                    continue
                self.unplaced[path] = "a list needs all its translations, and some are missing"
                return None
            around = made
            for step in where[first:-1]:
                around = around[step]
            around[where[-1]] = self.values[where]
        return list(made)

    @cached_property
    def _needed(self) -> set[Path]:
        return {path for path, _ in texts(self.base)}

    @cached_property
    def _listed(self) -> dict[Path, list[Path]]:
        """Return the paths of the texts in each list of the base, by the path of the list."""
        found: dict[Path, list[Path]] = {}
        for path, _ in names_too(self.base):
            first = _first_index(path)
            if first is not None:
                found.setdefault(path[:first], []).append(path)
        return found

    def _insertions(
        self, node: yaml.MappingNode, path: Path, is_flow: bool, tree: dict[str, Any]
    ) -> Iterator[Edit]:
        order = self._order(path)
        present = self._children(node)
        for key, value in tree.items():
            before = [one for one in order[: order.index(key)] if one in present]
            if not path and not before:
                before = [one for one in present if one in HEAD and one != HASHES]
            anchor = present[before[-1]][1] if before else None
            if is_flow:
                yield _in_flow(node, key, value)
            elif anchor is None:
                start = node.start_mark.index
                yield Edit(start, start, _block({key: value}, node) + _break(node), _column(node))
            else:
                end = self.text.find("\n", self._end(anchor))
                end = len(self.text) if end < 0 else end - (self.text[end - 1] == "\r")
                yield Edit(end, end, _break(node) + _block({key: value}, node), _column(node))

    def _order(self, path: Path) -> Sequence[str]:
        data: Any = self.base
        for step in path:
            data = data[step]
        return list(data)


def _block(data: dict[str, Any], node: yaml.Node) -> str:
    """Return a mapping as a block at the column of a node, without an indentation at its start."""
    first, *lines = yaml_text(data).strip("\n").split("\n")
    indent = " " * _column(node)
    return "\n".join([first, *(f"{indent}{line}" if line else "" for line in lines)])


def _break(node: yaml.Node) -> str:
    return "\n" + " " * _column(node)


def _column(node: yaml.Node) -> int:
    column: int = node.start_mark.column
    return column


def _first_index(path: Path) -> int | None:
    return next((index for index, step in enumerate(path) if isinstance(step, int)), None)


def _in_flow(node: yaml.MappingNode, key: str, value: Any) -> Edit:
    pair = f"{key if re.fullmatch('[a-z][a-z_-]*', key) else _quoted(key)}: {_quoted(value)}"
    if node.value:
        end = node.value[-1][1].end_mark.index
        return Edit(end, end, f", {pair}")
    start = node.start_mark.index + 1
    return Edit(start, start, pair)


def _quoted(value: Any) -> str:
    """Return data as JSON, which is YAML within a flow collection."""
    return json.dumps(value, ensure_ascii=False)
