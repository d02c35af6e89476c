"""Read YAML text once: plain data, and the place of every key and value in it.

The scalars follow the core schema of YAML 1.2, as editors read it, so `No` and `12:30` are text.
Where a YAML 1.1 reader would take a plain scalar for something else, a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn, Protocol

import yaml
from yaml.reader import Reader
from yaml.resolver import Resolver

from .diagnostics import CODES, Diagnostic, Key, Path

MAX_NODES = 500_000
"""Keys and values after aliases are expanded: five times a rubric of 100,000 lines."""
MAX_DEPTH = 40
"""Nesting of collections; the format itself needs 7."""

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True}
_WORDS |= {"false": False, "False": False, "FALSE": False}
_YAML_1_1 = Resolver()
_YAML_1_1_NAMES = {"bool": "a truth value", "timestamp": "a date", "int": "a number"}
_YAML_1_1_NAMES |= {"float": "a number", "merge": "a merge key", "value": "a value key"}


class Node(NamedTuple):
    """The place of one value; `raw` is the text of a plain scalar that is no text."""

    line: int
    column: int
    raw: str | None = None
    children: dict[Key, Node] = {}  # noqa: RUF012 (scalars share it: only collections fill theirs)
    keys: dict[Key, tuple[int, int]] = {}  # noqa: RUF012


class Source(NamedTuple):
    """A YAML text that has been read: its data, its places, and what was wrong with it."""

    path: str
    text: str
    data: Any
    root: Node
    findings: tuple[Diagnostic, ...]

    def node(self, path: Path) -> Node | None:
        """Return the node of a value, or None where there is no such value."""
        node: Node | None = self.root
        for step in path:
            if node is None:
                return None
            node = node.children.get(step)
        return node

    def position(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value, or of its key; of the nearest ancestor if absent."""
        node, place = self.root, (self.root.line, self.root.column)
        for index, step in enumerate(path):
            child = node.children.get(step)
            if child is None:
                break
            last = index == len(path) - 1
            value = (child.line, child.column)
            place = value if last and not key else node.keys.get(step, value)
            node = child
        return place

    def finding(
        self, code: str, path: Path, message: str, *, key: bool = False, suggestion: str = ""
    ) -> Diagnostic:
        """Return a finding about the value (or its key) at a path."""
        line, column = self.position(path, key=key)
        return Diagnostic(self.path, line, column, CODES[code], code, message, suggestion)


class _Stop(Exception):
    """Reading cannot go on: the last finding says why."""


class _Discarded(str):
    """A key whose value must be read, to reach what follows, but must not be kept."""

    __slots__ = ()


@dataclass(slots=True)
class _Frame:
    data: Any
    node: Node
    anchor: str | None
    start: int
    key: str | None = None


def read_yaml(text: str, path: str) -> Source:
    """Read one YAML document; never raises for what stands in the text."""
    builder = _Builder(path)
    try:
        builder.refuse_control_characters(text)
        for event in _events(text):
            builder.take(event)
        builder.refuse_emptiness()
    except _Stop:
        builder.data = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        parts = (error.context, error.problem)
        builder.note("yaml-syntax", line, column, ", ".join(part for part in parts if part))
        builder.data = None
    return Source(path, text, builder.data, builder.root, tuple(builder.findings))


def _events(text: str) -> Iterator[yaml.Event]:
    # libyaml is ten times faster; without it the pure parser gives the same events.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return iter(yaml.parse(text, Loader=loader))


class Mark(Protocol):
    """A place in the text, counted from 0, as libyaml and the pure reader both give it."""

    line: int
    column: int


def _mark(event: yaml.Event) -> Mark:
    assert event.start_mark is not None
    return event.start_mark


class _Builder:
    """Build data and nodes side by side from events, without recursion."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.data: Any = None
        self.root = Node(1, 1)
        self.findings: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, Node, int] | None] = {}
        self.count = 0
        self.documents = 0

    def note(self, code: str, line: int, column: int, message: str) -> None:
        """Keep a finding; line and column count from 0 as YAML marks do."""
        level = CODES[code]
        self.findings.append(Diagnostic(self.path, line + 1, column + 1, level, code, message))

    def stop(self, code: str, mark: Mark, message: str) -> NoReturn:
        self.note(code, mark.line, mark.column, message)
        raise _Stop

    def refuse_control_characters(self, text: str) -> None:
        found = Reader.NON_PRINTABLE.search(text)
        if found:
            before = text[: found.start()]
            line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
            shown = f"U+{ord(found.group()):04X}"
            self.note("control-character", line, column, f"character {shown} is not allowed")
            raise _Stop

    def refuse_emptiness(self) -> None:
        if self.data is None:
            self.note("yaml-empty", 0, 0, "the file holds no YAML")

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop("yaml-documents", _mark(event), "a second document begins here")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = _mark(event)
        if self._awaits_key():
            self._key(event.value, mark)
            return
        value: Any
        raw: str | None
        value, raw = event.value, None
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            self.note("yaml-tag", mark.line, mark.column, f"tag {event.tag!r} is not supported")
        elif event.tag is None and event.implicit[0]:
            value = _core_value(event.value)
            if not isinstance(value, str):
                raw = event.value
            self._warn_of_yaml_1_1(event.value, value, mark)
        node = Node(mark.line + 1, mark.column + 1, raw)
        self._add(value, node, event.anchor, mark, 1)

    def _warn_of_yaml_1_1(self, raw: str, value: Any, mark: Mark) -> None:
        if raw[:1] not in _YAML_1_1.yaml_implicit_resolvers:
            return
        resolved = _YAML_1_1.resolve(yaml.ScalarNode, raw, (True, False))  # type: ignore[no-untyped-call]
        tag = resolved.rpartition(":")[2]
        octal = isinstance(value, int) and re.fullmatch(r"[-+]?0[0-9]+", raw)
        if octal or (isinstance(value, str) and tag in _YAML_1_1_NAMES):
            what = "a number in base 8" if octal else _YAML_1_1_NAMES[tag]
            here = "a number in base 10" if octal else "text"
            message = f"{raw!r} is {here} here, but {what} to YAML 1.1 readers: quote it"
            self.note("yaml-1-1", mark.line, mark.column, message)

    def _awaits_key(self) -> bool:
        if not self.stack:
            return False
        frame = self.stack[-1]
        return frame.key is None and isinstance(frame.data, dict)

    def _key(self, key: str, mark: Mark) -> None:
        frame = self.stack[-1]
        if key == "<<":
            self.note("yaml-merge-key", mark.line, mark.column, "merge keys are not supported")
            key = _Discarded(f"<< on line {mark.line}")
        elif key in frame.data:
            line = frame.node.keys[key][0]
            message = f"key {key!r} stands here again (first on line {line})"
            self.note("duplicate-key", mark.line, mark.column, message)
            key = _Discarded(f"{key!r} again at {mark.line}:{mark.column}")
        frame.key = key
        frame.node.keys[key] = (mark.line + 1, mark.column + 1)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        mark = _mark(event)
        if self._awaits_key():
            self.stop("yaml-complex-key", mark, "a key must be text, not a collection")
        if len(self.stack) >= MAX_DEPTH:
            self.stop("yaml-depth", mark, f"nested more than {MAX_DEPTH} deep")
        if event.tag not in (None, "!"):
            self.note("yaml-tag", mark.line, mark.column, f"tag {event.tag!r} is not supported")
        data: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = Node(mark.line + 1, mark.column + 1, None, {}, {})
        self._add(data, node, None, mark, 1)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(data, node, event.anchor, self.count))

    def _end(self) -> None:
        frame = self.stack.pop()
        if isinstance(frame.data, dict):
            for key in [key for key in frame.data if isinstance(key, _Discarded)]:
                del frame.data[key]
        if frame.anchor:
            self.anchors[frame.anchor] = (frame.data, frame.node, self.count - frame.start + 1)

    def _alias(self, event: yaml.AliasEvent) -> None:
        mark = _mark(event)
        if self._awaits_key():
            self.stop("yaml-complex-key", mark, "a key must be text, not an alias")
        anchor = str(event.anchor)
        if anchor not in self.anchors:
            self.stop("yaml-alias", mark, f"alias '*{anchor}' has no anchor before it")
        target = self.anchors[anchor]
        if target is None:
            self.stop("yaml-alias", mark, f"alias '*{anchor}' stands inside its own anchor")
        data, node, size = target
        self._add(data, Node(mark.line + 1, mark.column + 1, node.raw), None, mark, size)

    def _add(self, value: Any, node: Node, anchor: str | None, mark: Mark, size: int) -> None:
        self.count += size
        if self.count > MAX_NODES:
            message = f"more than {MAX_NODES:,} keys and values, aliases expanded"
            self.stop("too-large", mark, message)
        if anchor:
            self.anchors[anchor] = (value, node, size)
        if not self.stack:
            self.data, self.root = value, node
            return
        frame = self.stack[-1]
        if isinstance(frame.data, list):
            frame.node.children[len(frame.data)] = node
            frame.data.append(value)
        else:
            assert frame.key is not None
            frame.data[frame.key] = value
            frame.node.children[frame.key] = node
            frame.key = None


def _core_value(raw: str) -> Any:
    """Resolve a plain scalar by the core schema (YAML 1.2.2, section 10.3.2)."""
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] not in "0123456789+-.":
        return raw
    if _INT.fullmatch(raw):
        # Python refuses to read numbers of thousands of digits; no rubric needs them.
        return int(raw, 0) if raw[:2] in ("0o", "0x") else int(raw) if len(raw) < 100 else raw
    if _FLOAT.fullmatch(raw):
        return float(raw)
    if _SPECIAL.fullmatch(raw):
        return float(raw.replace(".", ""))
    return raw
