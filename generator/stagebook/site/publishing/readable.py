"""Turn a generated page, headings in Markdown and blocks of HTML, into Markdown for people.

Pages are HTML of Stagebook's own making, so a few tags are all there is. What only the script
brings to life, such as buttons and fields, is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
_HEADING = re.compile(r"(#{1,6}) (.*?)(?: \{ .* \})?")
_CLASS = re.compile(r'\bclass="([^"]*)"')
_HREF = re.compile(r'\b(?:href|src)="([^"]*)"')
_ALT = re.compile(r'\balt="([^"]*)"')
_VOID = {"br", "hr", "img", "input", "wbr", "col"}
_BLOCKS = {
    *("p", "div", "section", "ul", "ol", "dl", "dt", "dd", "table", "pre", "blockquote", "hr"),
    *("fieldset", "legend", "figure", "figcaption", "details", "summary", "h2", "h3", "h4"),
}
_LEFT_OUT = {"button", "select", "input", "nav", "noscript", "svg", "script", "template"}
_LEFT_OUT_CLASSES = {
    *("sb-ladder", "sb-head", "sb-nav", "sb-where", "sb-panel", "sb-begin", "sb-lines", "sb-or"),
    "sb-measure",
}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
_ALIVE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|!(?=\[)")
_MAY_BE_ALIVE = re.compile(r"[\\`*_\[\]<>~|&!]")
_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[-+=#]))", re.MULTILINE)
"""The place before what begins a block, at the start of a line or behind its number."""


class Node:
    """An element; its children are elements and text, in which references are resolved."""

    __slots__ = ("attributes", "children", "holds_blocks", "tag")

    def __init__(self, tag: str, attributes: str) -> None:
        """Begin an element without children."""
        self.tag, self.attributes, self.holds_blocks = tag, attributes, False
        self.children: list[Node | str] = []


def readable(page: str) -> str:
    """Return a generated page as Markdown without HTML and without front matter."""
    blocks: list[str] = []
    for line in _FRONT_MATTER.sub("", page).split("\n"):
        if heading := _HEADING.fullmatch(line):
            blocks.append(f"{heading.group(1)} {_escape(unescape(heading.group(2)))}")
        elif line.startswith("<"):
            blocks += _blocks(_parse(line))
    return "\n\n".join(blocks) + "\n"


def title_and_line(markdown: str) -> tuple[str, str]:
    """Return the heading of a readable page and its first paragraph, both as Markdown."""
    first, *rest = markdown.strip().split("\n\n")
    line = next((block for block in rest if block[:1].isalnum() and "\n" not in block), "")
    return first.removeprefix("# "), line


def _parse(html: str) -> list[Node | str]:
    open_nodes = [Node("", "")]
    parts = _TAG.split(html)
    if parts[0]:
        open_nodes[0].children.append(unescape(parts[0]))
    for at in range(1, len(parts), 4):
        closing, tag, attributes, text = parts[at : at + 4]
        if closing:
            if len(open_nodes) > 1:
                open_nodes.pop()
        else:
            _open(open_nodes, Node(tag, attributes))
        if text:
            open_nodes[-1].children.append(unescape(text) if "&" in text else text)
    return open_nodes[0].children


def _open(open_nodes: list[Node], node: Node) -> None:
    open_nodes[-1].children.append(node)
    if node.tag in _BLOCKS:
        for one in reversed(open_nodes):
            if one.holds_blocks:
                break
            one.holds_blocks = True
    if node.tag not in _VOID:
        open_nodes.append(node)


def _is_left_out(node: Node) -> bool:
    return node.tag in _LEFT_OUT or (bool(node.attributes) and _is_hidden(node.attributes))


@lru_cache(4096)
def _is_hidden(attributes: str) -> bool:
    classes = _CLASS.search(attributes)
    return bool(classes and _LEFT_OUT_CLASSES & set(classes.group(1).split())) or (
        re.search(r"\bhidden\b(?!=)", re.sub(r'"[^"]*"', "", attributes)) is not None
    )


def _blocks(children: list[Node | str]) -> list[str]:
    """Return the blocks in some children; text between blocks is a paragraph."""
    found: list[str] = []
    loose: list[Node | str] = []

    def settle() -> None:
        if loose:
            if words := _inline(loose):
                found.append(_START.sub(r"\1\\", words))
            loose.clear()

    for child in children:
        if isinstance(child, Node) and (child.holds_blocks or child.tag in _BLOCKS):
            settle()
            if not _is_left_out(child):
                found += _block(child)
        else:
            loose.append(child)
    settle()
    return found


def _block(node: Node) -> list[str]:
    tag = node.tag
    if tag in ("ul", "ol"):
        return _list(node)
    if tag == "dl":
        return _terms(node)
    if tag == "table":
        return [_table(node)]
    if tag == "pre":
        return [_code(node)]
    if tag == "hr":
        return ["---"]
    if tag == "blockquote":
        quoted = "\n\n".join(_blocks(node.children)).split("\n")
        return ["\n".join(f"> {line}".rstrip() for line in quoted)]
    if tag in ("legend", "summary", "figcaption", "h2", "h3", "h4"):
        return [f"**{words}**"] if (words := _inline(node.children)) else []
    if 'class="sb-choices"' in node.attributes:
        labels = [child for child in node.children if isinstance(child, Node)]
        choices = [_inline(label.children) for label in labels if not _is_left_out(label)]
        return ["\n".join(f"- {choice}" for choice in choices)]
    return _blocks(node.children)


def _list(node: Node) -> list[str]:
    items = [child for child in node.children if isinstance(child, Node) and child.tag == "li"]
    lines = []
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if node.tag == "ol" else "- "
        inner = "\n\n".join(_blocks(item.children)).split("\n")
        indent = " " * len(mark)
        lines.append("\n".join([mark + inner[0], *(_indented(indent, one) for one in inner[1:])]))
    return ["\n".join(line.rstrip() for line in lines)] if lines else []


def _indented(indent: str, line: str) -> str:
    return indent + line if line else ""


def _terms(node: Node) -> list[str]:
    """Return a list of terms as paragraphs: `**Test:** …`."""
    found: list[str] = []
    term = ""
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "dt":
            term = f"**{_inline(child.children)}:**"
            continue
        blocks = _blocks(child.children)
        if blocks and not re.match(r"- |\d+\. |\||>|```", blocks[0]):
            term, blocks = f"{term} {blocks[0]}".strip(), blocks[1:]
        found += [*([term] if term else []), *blocks]
        term = ""
    return found


def _table(node: Node) -> str:
    rows = [_cells(row) for row in _descendants(node, "tr")]
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *([""] * (width - len(row)))] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    lines.insert(1, f"|{' --- |' * width}")
    caption = "".join(f"**{_inline(one.children)}**\n\n" for one in _descendants(node, "caption"))
    return caption + "\n".join(lines)


def _cells(row: Node) -> list[str]:
    cells = [cell for cell in row.children if isinstance(cell, Node) and cell.tag in ("td", "th")]
    return [_inline(cell.children).replace("  \n", "; ") for cell in cells]


def _descendants(node: Node, tag: str) -> list[Node]:
    found = []
    for child in node.children:
        if isinstance(child, Node):
            found += [child] if child.tag == tag else _descendants(child, tag)
    return found


def _code(node: Node) -> str:
    text = _text(node).strip("\n")
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{fence}\n{text}\n{fence}"


def _text(node: Node | str) -> str:
    return node if isinstance(node, str) else "".join(map(_text, node.children))


def _inline(children: list[Node | str]) -> str:
    words: list[str] = []
    before: Node | str = ""
    for child in children:
        if isinstance(child, str):
            words.append(_escape(child))
        else:
            # Buttons stand side by side, and so do links without a space between them.
            if child.tag == "a" and isinstance(before, Node) and before.tag == "a":
                words.append(" ")
            words.append(_span(child))
        before = child
    line = " ".join("".join(words).split())
    if "\x00" in line:
        line = re.sub(r" *\x00 *", "  \n", line.strip(" \x00"))
    return line.strip()


def _span(node: Node | str) -> str:
    if isinstance(node, str):
        return _escape(node)
    if node.tag == "br":
        return "\x00"
    if node.tag == "img":
        alt, source = _ALT.search(node.attributes), _HREF.search(node.attributes)
        return f"![{_escape(unescape(alt[1])) if alt else ''}]({_target(source)})"
    if _is_left_out(node):
        return ""
    if node.tag == "code":
        return _code_span(_text(node))
    inner = "".join(map(_span, node.children))
    if node.tag == "a" and inner.strip():
        return f"[{inner.strip()}]({_target(_HREF.search(node.attributes))})"
    mark = _MARKS.get(node.tag)
    if mark and (core := inner.strip()):
        before, _, after = inner.partition(core)
        return f"{before}{mark}{core}{mark}{after}"
    return f" {inner} " if node.tag in _BLOCKS else inner


def _code_span(text: str) -> str:
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _target(match: re.Match[str] | None) -> str:
    address = unescape(match[1]) if match else ""
    return f"<{address}>" if re.search(r"[ ()]", address) else address


def _escape(text: str) -> str:
    """Return text in which no character is markup in Markdown."""
    if not _MAY_BE_ALIVE.search(text):
        return text
    return _ALIVE.sub(r"\\\g<0>", text)
