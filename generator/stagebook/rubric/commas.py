"""Numbers with a decimal comma: YAML and the format know the point alone."""

from __future__ import annotations

import re
from typing import Any

from ..diagnostics import Path
from .kinds import form_at
from .source import Node, Source, Touch, value_at

ADVICE = "decimals take a point"
MAX_KEYS = 100
"""Records have fewer keys; in a longer mapping, nothing is looked for."""

_NUMBER = re.compile(r"\s*(-?[0-9]{1,15}),([0-9]{1,15})\s*")
_WHOLE = re.compile(r"([<>=]{1,2} *)?-?[0-9]+")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")


def has_comma(text: str) -> bool:
    """Return whether a text has a comma within a number."""
    return re.search("[0-9],[0-9]", text) is not None


def with_point(text: str) -> str:
    """Return a number with a point for its comma; nothing for other text, or if it may be 1500."""
    found = _NUMBER.fullmatch(text)
    return f"{found[1]}.{found[2]}" if found and not _THOUSANDS.fullmatch(text.strip()) else ""


def cut_in_two(source: Source, path: Path) -> str:
    """Return the value that a comma cuts into the one before and a key: `0,8` for the key `8`.

    In `{share: 0,8}` the comma ends the value, and `8` is a key without one.
    """
    inside, node, key = value_at(source.data, path[:-1]), source.node(path[:-1]), str(path[-1])
    if not isinstance(inside, dict) or node is None or len(inside) > MAX_KEYS:
        return ""
    if not key.isdecimal() or inside.get(key) is not None or key not in node.keys:
        return ""
    file = node.children[key].file if key in node.children else node.file
    own = Node(*node.keys[key], file=file)
    for id_, before in node.children.items():
        text = _written(inside.get(id_), before)
        if _follows(own, before, text):
            return f"{text},{key}"
    return ""


def cut_touch(touch: Touch, before: Touch) -> str:
    """Return the value that a comma cuts in an overlay, into the touch before and a key."""
    key, text = str(touch.path[-1]), _written(before.new, before.node)
    own = touch.node._replace(column=touch.node.column - len(key))
    return f"{text},{key}" if key.isdecimal() and _follows(own, before.node, text) else ""


def pointed(path: Path, number: str) -> str:
    """Return a number or a condition with a point for its comma, as the path needs it."""
    form = form_at(path)
    return form.suggest(number) if form else with_point(number)


def joined(source: Source, path: Path) -> list[str]:
    """Return the numbers of a list, joined where one follows a comma without a space: `12,5`."""
    values, node = value_at(source.data, path), source.node(path)
    # Of an alias, only its own place is known.
    if not isinstance(values, list) or node is None or len(values) != len(node.children):
        return []
    found: list[str] = []
    for index, value in enumerate(values):
        one = node.children[index]
        text, before = one.raw or "", node.children.get(index - 1)
        if before and text.isdecimal() and _follows(one, before, before.raw or ""):
            found[-1] += f",{text}"
        else:
            found.append(_written(value, one))
    return found if any(map(has_comma, found)) else []


def _follows(node: Node, before: Node, text: str) -> bool:
    """Return whether a value stands right after a number or a condition, and a comma."""
    end = (before.file, before.line, before.column + len(text) + 1)
    return _WHOLE.fullmatch(text) is not None and (node.file, node.line, node.column) == end


def _written(value: Any, node: Node) -> str:
    return value if isinstance(value, str) else node.raw or ""
