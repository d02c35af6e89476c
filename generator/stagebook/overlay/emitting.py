"""Write a rubric as YAML, with the origin of what overlays changed as comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..diagnostics import MAX_PATH, Path, printable
from ..rubric.kinds import name_of
from ..rubric.scalars import NumberRefused, core_value, yaml_1_1_reading
from ..rubric.source import Source, Touch

WIDTH = 100
"""Where long texts are folded."""

_PLAIN = re.compile(r"[A-Za-z0-9_/(][^:#\t\n\"'{}\[\],&*!|>%@`\\]*", re.ASCII)
_FOLDS = re.compile(r"[^ \n\t]+(?: [^ \n\t]+)*")


def effective_yaml(source: Source, comments: Mapping[Path, str] | None = None) -> str:
    """Return the data of a source as YAML in block style; each comment stands behind its key."""
    return "".join(_mapping(source.data, 0, (), comments or {}))


def origins(source: Source) -> dict[Path, str]:
    """Return, for each value that an overlay wrote, its file and line and those it replaced."""
    found: dict[Path, str] = {}
    for touch in _touches(source):
        if touch.kind in ("added", "replaced", "moved"):
            path = touch.path[:-1] if touch.kind == "moved" else touch.path
            found.setdefault(path, _origin(touch))
    return found


def removals(source: Source) -> list[str]:
    """Return what overlays removed and did not give back, each as a line of text."""
    lines = []
    for touch in _touches(source):
        if touch.kind == "removed" and source.node(touch.path) is None:
            lines.append(f"removed: {name_of(touch.path)}  {_origin(touch)}")
    return list(dict.fromkeys(lines))


def resolved_yaml(source: Source) -> str:
    """Return the effective rubric as YAML; comments say where overridden values are from."""
    head = [f"extends {one.path}" for one in list(source.chain)[1:]] + removals(source)
    comments = "".join(f"# {line}\n" for line in [f"resolved from {source.path}", *head])
    return comments + effective_yaml(source, origins(source))


def resolved_json(source: Source) -> str:
    """Return the effective rubric as JSON; origins are under `x-origins`, by JSON Pointer."""
    found = {_pointer(path): text for path, text in origins(source).items()}
    data = {**source.data, "x-origins": found} if source.layer else source.data
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _touches(source: Source) -> Iterator[Touch]:
    for one in source.chain:
        yield from one.layer.touches if one.layer else ()


def _origin(touch: Touch) -> str:
    written = f"{touch.node.file}:{touch.node.line}"
    if touch.base is not None:
        written += f", over {touch.base.file}:{touch.base.line}"
    return printable(written, MAX_PATH * 2)


def _pointer(path: Path) -> str:
    """Return a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _mapping(
    data: Mapping[str, Any], depth: int, path: Path, comments: Mapping[Path, str]
) -> Iterator[str]:
    indent = "  " * depth
    for key, value in data.items():
        here = (*path, key)
        comment = f"  # {comments[here]}" if here in comments else ""
        yield f"{indent}{_key(key)}:"
        yield from _value(value, depth, here, comments, comment)


def _value(
    value: Any, depth: int, path: Path, comments: Mapping[Path, str], comment: str
) -> Iterator[str]:
    """Yield a value behind its key or its dash."""
    if isinstance(value, dict) and value:
        yield f"{comment}\n"
        yield from _mapping(value, depth + 1, path, comments)
    elif isinstance(value, list) and not _is_short(value, depth):
        yield f"{comment}\n"
        yield from _items(value, depth + 1, path, comments)
    elif isinstance(value, list):
        items = (item if isinstance(item, str) else json.dumps(item) for item in value)
        yield f" [{', '.join(items)}]{comment}\n"
    elif isinstance(value, str):
        yield f" {_text(value, depth + 1, comment)}\n"
    else:
        yield f" {json.dumps(value)}{comment}\n"


def _items(
    values: list[Any], depth: int, path: Path, comments: Mapping[Path, str]
) -> Iterator[str]:
    indent = "  " * depth
    for index, value in enumerate(values):
        if isinstance(value, dict) and value:
            # Its first key stands on the line of the dash.
            entry = "".join(_mapping(value, depth + 1, (*path, index), comments))
            yield f"{indent}- {entry.removeprefix(indent + '  ')}"
        else:
            yield f"{indent}-"
            yield from _value(value, depth, (*path, index), comments, "")


def _is_short(values: list[Any], depth: int) -> bool:
    """Return whether a list is best written on one line: numbers and ids."""
    words = [value if isinstance(value, str) else "0" for value in values]
    if not all(isinstance(value, str | int | float) for value in values):
        return False
    size = 2 * depth + sum(len(word) + 2 for word in words)
    are_plain = all(
        " " not in value and _is_plain(value) for value in values if isinstance(value, str)
    )
    return size < WIDTH and are_plain


def _key(key: str) -> str:
    return key if key and _is_plain(key) else double_quoted(key)


def _text(text: str, depth: int, comment: str) -> str:
    """Return a text as a plain, folded, literal or quoted scalar, whatever reads best."""
    if len(text) + 2 * depth < WIDTH and _is_plain(text):
        return f"{text}{comment}"
    if not text.isprintable() and not all(c.isprintable() or c == "\n" for c in text):
        return f"{double_quoted(text)}{comment}"
    if len(text) + 2 * depth >= WIDTH and _FOLDS.fullmatch(text):
        return f">-{comment}\n{_folded(text, '  ' * depth)}"
    if "\n" in text and _is_block(text):
        mark = "|" if text.endswith("\n") else "|-"
        lines = text.removesuffix("\n").split("\n")
        body = "\n".join(f"{'  ' * depth}{line}" if line else "" for line in lines)
        return f"{mark}{comment}\n{body}"
    return f"{double_quoted(text)}{comment}"


def _is_block(text: str) -> bool:
    """Return whether a literal block gives the text back without an indentation indicator."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0])
        and bool(lines[-1])
        and lines[0][0] != " "
        and not any(line and not line.strip(" ") for line in lines)
    )


def _folded(text: str, indent: str) -> str:
    lines, line = [], indent
    for word in text.split(" "):
        if len(line) + len(word) >= WIDTH and line != indent:
            lines.append(line.rstrip(" "))
            line = indent
        line += f"{word} "
    return "\n".join([*lines, line.rstrip(" ")])


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or not text.isprintable() or text[-1] == " ":
        return False
    try:
        return core_value(text) == text and not yaml_1_1_reading(text, text)
    except NumberRefused:
        return False


def double_quoted(text: str) -> str:
    """Return a text in double quotes; JSON's are YAML's, apart from what must be escaped."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(ord(c)) for c in escaped)


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
