"""Write data as YAML that people like to read: blocks, folded text, quotes only where needed.

What is written reads back as the same data, by the core schema of YAML 1.2 and by YAML 1.1.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from .scalars import NumberRefused, core_value

WIDTH = 100
FOLDED_FROM = 80
"""Text of at least so many characters is folded."""
SHORT = 72
"""A list or mapping of plain words is written in one line up to about so many characters."""

_FOLDABLE = re.compile(r"[^\s](?:[^\s]| (?! ))*[^\s]")
_LINE_ENDS = re.compile("[\r\x85\u2028\u2029\ufeff]")
"""Line ends of YAML 1.1 or 1.2, and what readers drop: written as escapes."""
_BLOCK = re.compile(r"\S[^\t]*\S\n?")


def yaml_text(data: Any) -> str:
    """Return plain data as YAML; the same data reads back."""
    written: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=WIDTH,
    )
    # A line that starts at the margin is a key of the outermost mapping, never part of a text.
    return re.sub(r"(?m)^(?=[a-z_]+:$)", "\n", written).lstrip("\n")


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, and writes no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if _LINE_ENDS.search(text):
        style = '"'
    elif "\n" in text and _is_block(text):
        style = "|"
    elif len(text) >= FOLDED_FROM and _FOLDABLE.fullmatch(text):
        style = ">"
    elif _is_other_in_1_2(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_block(text: str) -> bool:
    """Return whether text reads well, and unchanged, as a literal block."""
    lines = text.split("\n")
    return bool(_BLOCK.fullmatch(text)) and not any(line.endswith(" ") for line in lines)


def _is_other_in_1_2(text: str) -> bool:
    """Return whether the core schema reads plain text as something other than text."""
    try:
        return not isinstance(core_value(text), str)
    except NumberRefused:
        return True


def _float(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    # `repr` keeps every bit, and YAML 1.1 wants a point in every number with an exponent.
    text = re.sub(r"^(-?[0-9]+)e", r"\1.0e", repr(value))
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    flow = all(_is_word(item) for item in items) and sum(len(str(i)) + 2 for i in items) <= SHORT
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow or not items)


def _is_word(item: Any) -> bool:
    if isinstance(item, str):
        return bool(re.fullmatch(r"[\w.-]+", item))
    return isinstance(item, int | float)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _float)
_Dumper.add_representer(list, _list)
