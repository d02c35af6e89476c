"""Read YAML text into plain data, with the position of every key and value.

Scalars follow the core schema of YAML 1.2, as in editors, so `No` and `12:30` are text. If a YAML
1.1 reader would read a plain scalar differently, there is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol

import yaml
from yaml.reader import Reader

from ..diagnostics import CODES, Diagnostic, Suggestions, quoted, shortened
from .scalars import REFUSED, NumberRefused, core_value, yaml_1_1_reading
from .source import NO_CHILDREN, NO_KEYS, Node, Source
from .text import place

MAX_NODES = 500_000
"""The most keys and values after expanding aliases: five times a rubric of 100,000 lines."""
CHARACTERS_A_NODE = 100
"""A text counts as one value per so many characters, to limit what aliases can repeat."""
MAX_DEPTH = 40
"""The deepest nesting of collections; the format needs 7."""


_YAML_1_1_LINE_ENDS = ("\x85", "\u2028", "\u2029")
_PRIVATE_USE = range(0xF0000, 0xFFFFE)


class _Stop(Exception):
    """Reading cannot continue; the last finding says why."""


class _Discarded(str):
    """A key whose value is read, to reach the rest of the text, but not kept."""

    __slots__ = ()


@dataclass(slots=True)
class _Frame:
    data: Any
    node: Node
    anchor: str | None
    start: int
    awaits_key: bool
    key: str = ""


def read_yaml(text: str, path: str) -> Source:
    """Read one YAML document; errors in the text become findings."""
    text = text.removeprefix("\ufeff")
    ordinary, restored = _with_ordinary_characters(text)
    builder = _Builder(path, restored)
    try:
        builder.refuse_control_characters(text)
        take = builder.handlers
        for event in _events(ordinary):
            if handle := take.get(type(event)):
                handle(event)
        builder.refuse_emptiness()
    except _Stop:
        builder.data = None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        parts = (error.context, error.problem)
        builder.note("yaml-syntax", line, column, ", ".join(part for part in parts if part))
        builder.data = None
    findings = tuple(builder.findings)
    return Source(path, text, builder.data, builder.root, findings, Suggestions())


def _with_ordinary_characters(text: str) -> tuple[str, dict[int, int]]:
    """Return the text with substitutes for NEL, U+2028 and U+2029, and what they replace.

    These characters end a line in YAML 1.1 only (YAML 1.2.2, section 5.4). With substitutes from a
    private use area that do not occur in the text, both parsers count lines as editors do.
    """
    if text.isascii() or not any(end in text for end in _YAML_1_1_LINE_ENDS):
        return text, {}
    lower = text.lower()
    # A substitute must not occur as an escape such as "\U000F0000" either.
    free = (code for code in _PRIVATE_USE if chr(code) not in text and f"{code:x}" not in lower)
    restored = dict(zip(free, map(ord, _YAML_1_1_LINE_ENDS), strict=False))
    return text.translate({end: code for code, end in restored.items()}), restored


def _events(text: str) -> Iterator[yaml.Event]:
    # libyaml is ten times faster; without it, the pure parser gives the same events.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    # `yaml.parse` asks before each event whether there is one.
    return iter(loader.get_event, None)


class Mark(Protocol):
    """A position in the text, counted from 0, as both libyaml and the pure parser give it."""

    line: int
    column: int


def _mark(event: yaml.Event) -> Mark:
    assert event.start_mark is not None
    return event.start_mark


class _Builder:
    """Build data and nodes side by side from events, without recursion."""

    def __init__(self, path: str, restored: dict[int, int]) -> None:
        self.path = path
        self.restored = restored
        self.data: Any = None
        self.root = Node(1, 1, file=path)
        self.findings: list[Diagnostic] = []
        self.stack: list[_Frame] = []
        self.anchors: dict[str, tuple[Any, Node, int] | None] = {}
        self.count = 0
        self.documents = 0
        self.handlers: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def note(self, code: str, line: int, column: int, message: str) -> None:
        """Add a finding; line and column start at 0, as in YAML marks."""
        level = CODES[code]
        self.findings.append(Diagnostic(self.path, line + 1, column + 1, level, code, message))

    def stop(self, code: str, mark: Mark, message: str) -> NoReturn:
        self.note(code, mark.line, mark.column, message)
        raise _Stop

    def refuse_control_characters(self, text: str) -> None:
        found = Reader.NON_PRINTABLE.search(text)
        if found:
            line, column = place(text, found.start())
            shown = f"U+{ord(found.group()):04X}"
            self.note("control-character", line, column, f"character {shown} is not allowed")
            raise _Stop

    def refuse_emptiness(self) -> None:
        if self.data is None:
            self.note("yaml-empty", 0, 0, "the file contains no YAML")

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop("yaml-documents", _mark(event), "a second document begins here")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark, text, anchor = _mark(event), event.value, event.anchor
        if self.restored:
            text = text.translate(self.restored)
        if self._awaits_key():
            if anchor:
                node = Node(mark.line + 1, mark.column + 1, file=self.path)
                self.anchors[anchor] = (text, node, 1 + len(text) // CHARACTERS_A_NODE)
            self._key(text, mark)
            return
        value: Any = text
        if event.tag is None:
            if event.implicit[0]:
                value = self._plain(text, mark)
        elif event.tag not in ("!", "tag:yaml.org,2002:str"):
            self.note(
                "yaml-tag", mark.line, mark.column, f"tag {quoted(event.tag)} is not supported"
            )
        raw = None if isinstance(value, str) else text
        node = Node(mark.line + 1, mark.column + 1, raw, NO_CHILDREN, NO_KEYS, self.path)
        self._add(value, node, anchor, mark, 1 + len(text) // CHARACTERS_A_NODE)

    def _plain(self, raw: str, mark: Mark) -> Any:
        try:
            value = core_value(raw)
        except NumberRefused as error:
            message = f"{error}; quote it if it is text"
            self.note("out-of-range", mark.line, mark.column, message)
            return REFUSED
        if misread := yaml_1_1_reading(raw, value):
            self.note("yaml-1-1", mark.line, mark.column, misread)
        return value

    def _awaits_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].awaits_key

    def _key(self, key: str, mark: Mark) -> None:
        frame = self.stack[-1]
        if key == "<<":
            self.note("yaml-merge-key", mark.line, mark.column, "merge keys are not supported")
            key = _Discarded(f"<< on line {mark.line}")
        elif key in frame.data:
            line = frame.node.keys[key][0]
            message = f"duplicate key {quoted(key)} (first on line {line})"
            self.note("duplicate-key", mark.line, mark.column, message)
            key = _Discarded(f"{key!r} again at {mark.line}:{mark.column}")
        frame.key, frame.awaits_key = key, False
        frame.node.keys[key] = (mark.line + 1, mark.column + 1)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        mark = _mark(event)
        if self._awaits_key():
            self.stop("yaml-complex-key", mark, "a key must be text, not a collection")
        if len(self.stack) >= MAX_DEPTH:
            self.stop("yaml-depth", mark, f"collections are nested more than {MAX_DEPTH} deep")
        if event.tag not in (None, "!"):
            self.note(
                "yaml-tag", mark.line, mark.column, f"tag {quoted(event.tag)} is not supported"
            )
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        data: Any = {} if is_mapping else []
        node = Node(mark.line + 1, mark.column + 1, None, {}, {}, self.path)
        self._add(data, node, None, mark, 1)
        if event.anchor:
            self.anchors[event.anchor] = None
        self.stack.append(_Frame(data, node, event.anchor, self.count, is_mapping))

    def _end(self, _: yaml.CollectionEndEvent) -> None:
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
            self.stop("yaml-alias", mark, f"alias '*{shortened(anchor)}' has no anchor before it")
        target = self.anchors[anchor]
        if target is None:
            self.stop("yaml-alias", mark, f"alias '*{shortened(anchor)}' is inside its own anchor")
        data, node, size = target
        place = Node(mark.line + 1, mark.column + 1, node.raw, file=self.path)
        self._add(data, place, None, mark, size)

    def _add(self, value: Any, node: Node, anchor: str | None, mark: Mark, size: int) -> None:
        self.count += size
        if self.count > MAX_NODES:
            message = f"more than {MAX_NODES:,} keys and values after expanding aliases"
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
            frame.data[frame.key] = value
            frame.node.children[frame.key] = node
            frame.awaits_key = True
