"""A rubric's data with the position of every key and value, and how an overlay made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ..diagnostics import CODES, Diagnostic, Key, Path, Suggestions

NO_CHILDREN: dict[Key, Any] = {}
NO_KEYS: dict[Key, tuple[int, int]] = {}
"""Scalars share these; collections have their own."""


class Node(NamedTuple):
    """The position of one value; `raw` is the text of a plain scalar that is not text.

    `file` is the path of the file that the value is written in, as findings show it.
    """

    line: int
    column: int
    raw: str | None = None
    children: dict[Key, Node] = NO_CHILDREN
    keys: dict[Key, tuple[int, int]] = NO_KEYS
    file: str = ""


TouchKind = Literal["added", "replaced", "removed", "moved", "same", "absent", "empty", "lost"]
"""What a value of an overlay does to its base.

`same`: the base says the same already; `absent`: it removes what the base does not have; `empty`:
an empty mapping; `lost`: it names an entry to stand beside that does not exist.
"""


class Touch(NamedTuple):
    """One value of an overlay, and what it does to the value of the base at the same path."""

    kind: TouchKind
    path: Path
    node: Node
    new: Any
    base: Node | None = None
    old: Any = None
    choices: tuple[str, ...] = ()
    """The keys of the mapping around it, in the base."""


class Layer(NamedTuple):
    """What an overlay did to its base; `version` is the one that it was written against."""

    base: Source
    name: str
    version: str | None
    touches: tuple[Touch, ...]
    is_translation: bool
    hashes: Mapping[str, Any]


class Source(NamedTuple):
    """A YAML text that has been read: data, positions and findings.

    Of an overlay, `data` and `root` are those of the effective rubric, and `layer` says what the
    file changed in its base.
    """

    path: str
    text: str
    data: Any
    root: Node
    findings: tuple[Diagnostic, ...]
    suggestions: Suggestions
    layer: Layer | None = None

    def suggest(self, word: str, choices: Iterable[str]) -> str:
        """Return the choice closest to a word, or nothing after too many comparisons."""
        return self.suggestions.closest(word, choices)

    @property
    def chain(self) -> Iterator[Source]:
        """Yield this file, the one that it extends, and so on."""
        source: Source | None = self
        while source is not None:
            yield source
            source = source.layer.base if source.layer else None

    def node(self, path: Path) -> Node | None:
        """Return the node of a value, or None if there is no such value."""
        node: Node | None = self.root
        for step in path:
            if node is None:
                return None
            node = node.children.get(step)
        return node

    def origin(self, path: Path, *, key: bool = False) -> tuple[str, int, int]:
        """Return file, line and column of a value or its key, or of its nearest ancestor."""
        node, place = self.root, (self.root.line, self.root.column)
        for index, step in enumerate(path):
            child = node.children.get(step)
            if child is None:
                break
            last = index == len(path) - 1
            value = (child.line, child.column)
            place = value if last and not key else node.keys.get(step, value)
            node = child
        return (node.file or self.path, *place)

    def position(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of a value or its key, or of the nearest existing ancestor."""
        return self.origin(path, key=key)[1:]

    def finding(
        self, code: str, path: Path, message: str, *, key: bool = False, suggestion: str = ""
    ) -> Diagnostic:
        """Return a finding about the value (or its key) at a path, in the file that wrote it."""
        file, line, column = self.origin(path, key=key)
        return Diagnostic(file, line, column, CODES[code], code, message, suggestion)


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a path of data, or None if there is none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
