"""Add an item to a list in a `mkdocs.yml` by inserting text: all other text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from ..site.mkdocs_config import ConfigError, error_at, read_root

NULL, LIST, MAPPING, TEXT = (f"tag:yaml.org,2002:{name}" for name in ("null", "seq", "map", "str"))


class Item(NamedTuple):
    """An item to add: a name, with lines of options below it as a block and in one line."""

    name: str
    block: tuple[str, ...] = ()
    flow: str = ""


def add_item(text: str, key: str, item: Item, *, before: tuple[str, ...] = ()) -> str:
    """Return the text with an item at the end of the list or mapping of a key.

    `before` are items to write first if the key is missing: the defaults that it would replace.
    Raises ConfigError if the place cannot be edited, or if the result would say something else.
    """
    root = read_root(text)
    found = [(name, value) for name, value in root.value if name.value == key]
    if len(found) > 1:
        raise error_at(found[1][0], f"{key!r} is written twice: remove one of them")
    if any(name.value == "<<" for name, _ in root.value):
        raise error_at(root, f"{key!r} may come from a merge key: add {item.name!r} by hand")
    if root.flow_style:
        raise error_at(root, f"the file is one flow mapping: add {item.name!r} by hand")
    new = _add_to(text, key, found[0], item) if found else _add_key(text, key, item, before)
    _verify(root, new, key, item, before)
    return new


def _add_key(text: str, key: str, item: Item, before: tuple[str, ...]) -> str:
    """Return the text with the key at its end."""
    newline = _newline(text)
    lines = [f"{key}:", *(f"  - {name}" for name in before), *_block(item, "  ", is_list=True)]
    body = text if not text or text.endswith(("\n", "\r")) else text + newline
    return body + newline + "".join(line + newline for line in lines)


def _add_to(text: str, key: str, pair: tuple[yaml.Node, yaml.Node], item: Item) -> str:
    """Return the text with an item at the end of a list or mapping that exists."""
    name, node = pair
    if node.tag == NULL:
        raise error_at(node, f"{key!r} is empty: add {item.name!r} by hand")
    if node.start_mark.index < name.end_mark.index or node.tag not in (LIST, MAPPING):
        raise error_at(name, f"{key!r} is not a plain list or mapping: add {item.name!r} by hand")
    assert isinstance(node, yaml.CollectionNode)
    is_list = node.tag == LIST
    if not node.value:
        return _insert(text, node.end_mark.index - 1, _flow(item, is_list=is_list))
    end = _end(node.value[-1], text)
    if end < name.end_mark.index:
        raise error_at(name, f"{key!r} ends with an alias: add {item.name!r} by hand")
    if node.flow_style:
        return _insert(text, end, f", {_flow(item, is_list=is_list)}")
    first = node.value[0] if is_list else node.value[0][0]
    line = text[: first.start_mark.index].replace("\r", "\n").rpartition("\n")[2]
    indent = re.match(" *", line)
    assert indent
    newline = _newline(text)
    lines = newline.join(_block(item, indent.group(), is_list=is_list))
    return _insert(text, _end_of_line(text, end), newline + lines)


def _block(item: Item, indent: str, *, is_list: bool) -> Iterator[str]:
    if is_list:
        yield f"{indent}- {item.name}{':' if item.block else ''}"
        yield from (f"{indent}    {line}" for line in item.block)
    else:
        yield f"{indent}{item.name}:{'' if item.block else ' {}'}"
        yield from (f"{indent}  {line}" for line in item.block)


def _flow(item: Item, *, is_list: bool) -> str:
    if item.flow:
        return f"{item.name}: {item.flow}"
    return item.name if is_list else f"{item.name}: {{}}"


def _end(node: Any, text: str) -> int:
    """Return where a value ends, comments and empty lines below it left out."""
    if isinstance(node, tuple):
        name, value = node
        return max(_end(name, text), _end(value, text))
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return _end(node.value[-1], text)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[:end].rstrip())
    return end


def _end_of_line(text: str, offset: int) -> int:
    match = re.compile(r"[\r\n]|\Z").search(text, offset)
    assert match
    return match.start()


def _insert(text: str, offset: int, new: str) -> str:
    return text[:offset] + new + text[offset:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _verify(
    old: yaml.MappingNode, text: str, key: str, item: Item, before: tuple[str, ...]
) -> None:
    """Raise ConfigError unless the new text says what the old one did, and the item."""
    message = f"{key!r} cannot be edited without changing something else: add {item.name!r} by hand"
    line = next((name.start_mark.line for name, _ in old.value if name.value == key), 0)
    try:
        expected = dict(_shape(old)[1])
        kind, items = expected.get(key) or (LIST, [(TEXT, name) for name in before])
        [added] = _shape(yaml.compose(f"[{_flow(item, is_list=kind == LIST)}]"))[1]
        expected[key] = (kind, [*items, added] if kind == LIST else [*items, *added[1]])
        is_same = dict(_shape(read_root(text))[1]) == expected
    except (ConfigError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(message, line + 1) from error
    if not is_same:
        raise ConfigError(message, line + 1)


def _shape(node: Any) -> Any:
    """Return tags and values of a node without positions and styles."""
    if isinstance(node, yaml.MappingNode):
        return (node.tag, [(name.value, _shape(value)) for name, value in node.value])
    if isinstance(node, yaml.SequenceNode):
        return (node.tag, [_shape(value) for value in node.value])
    return (node.tag, node.value)
