"""Change the head of an overlay in its text; everything else stays as it was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml

from ..rubric.scalars import core_value
from .emitting import double_quoted
from .header import EXTENDS, HASHES

_SIMPLE = re.compile(r"[A-Za-z0-9._/-][A-Za-z0-9._+/-]*")


class NotEditable(Exception):
    """The head of the overlay is written in a way that cannot be changed by machine."""


def with_base(text: str, rubric: str, version: str) -> str:
    """Return the text of an overlay with another base and version; raises NotEditable."""
    value = _top_value(text, EXTENDS)
    if isinstance(value, yaml.ScalarNode):
        new = f"{{rubric: {scalar(rubric)}, version: {scalar(version)}}}"
        return _replaced(text, _span(value), new)
    pairs = {str(key.value): (key, item) for key, item in value.value}
    for name, (key, item) in pairs.items():
        if not _is_written_at(key, item):
            raise NotEditable(f"{EXTENDS}.{name} is not written out")
    key, named = pairs["rubric"]
    # The later of the two spans first, so that the earlier one stays where it is.
    edits = [(_span(named), scalar(rubric))]
    if "version" in pairs:
        span = _span(pairs["version"][1])
        # A key without a value may have no blank behind its colon.
        blank = " " if span[0] == span[1] and text[span[0] - 1] == ":" else ""
        edits.append((span, f"{blank}{scalar(version)}"))
    elif value.flow_style:
        edits.append(((_span(named)[1],) * 2, f", version: {scalar(version)}"))
    else:
        indent = " " * key.start_mark.column
        edits.append(((_span(named)[1],) * 2, f"{_line_end(text)}{indent}version: {version}"))
    for span, new in sorted(edits, reverse=True):
        text = _replaced(text, span, new)
    return text


def with_hashes(text: str, hashes: Mapping[str, str]) -> str:
    """Return the text of a translation with these hashes at its end, or where they were."""
    end = _line_end(text)
    lines = [f"  {scalar(path)}: {json.dumps(digest)}" for path, digest in hashes.items()]
    block = end.join([f"{HASHES}:", *lines] if hashes else [f"{HASHES}: {{}}"])
    root = root_of(text)
    for key, value in root.value:
        if key.value == HASHES:
            last = value.value[-1][1] if isinstance(value.value, list) and value.value else value
            is_block = isinstance(value, yaml.MappingNode) and not value.flow_style
            stop = (last if is_block else value).end_mark.index
            return _replaced(text, (key.start_mark.index, stop), block)
    if root.flow_style:
        raise NotEditable("the overlay is one flow mapping")
    return f"{text}{'' if text.endswith(end) else end}{block}{end}"


def root_of(text: str) -> yaml.MappingNode:
    """Return the nodes of an overlay, with their marks; raises NotEditable."""
    try:
        # As the reader of rubrics does: the pure parser refuses `{a: Why?, b: c}`.
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise NotEditable("YAML 1.1 does not allow one of its characters") from error
    if not isinstance(root, yaml.MappingNode):
        raise NotEditable("it is not a mapping")
    return root


def _top_value(text: str, name: str) -> yaml.ScalarNode | yaml.MappingNode:
    for key, value in root_of(text).value:
        is_here = key.value == name and _is_written_at(key, value)
        if is_here and isinstance(value, yaml.ScalarNode | yaml.MappingNode):
            return value
    raise NotEditable(f"{name!r} is not written out")


def _is_written_at(key: yaml.Node, value: yaml.Node) -> bool:
    """Return whether a value can be replaced behind its key: no alias and no block of text."""
    is_block = isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")
    return not is_block and bool(value.start_mark.index > key.start_mark.index)


def _span(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.index, node.end_mark.index


def _replaced(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def scalar(text: str) -> str:
    """Return a text as YAML: plain if it is one simple word, else in quotation marks."""
    if _SIMPLE.fullmatch(text) and core_value(text) == text:
        return text
    return double_quoted(text)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
