"""Put an author's text into Markdown and HTML: nothing in it is read as markup of the page.

Prose is the author's Markdown, without raw HTML; text is plain. Links in prose are kept as written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape

import markdown
from markupsafe import Markup

_CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>")
_LINE_START = re.compile(r"^(\s*)(#|>|~~~|```|:(?=\s)|={3,}|-{3,}|!!!|\?\?\?|===)", re.MULTILINE)
_INDENTED_CODE = re.compile(r"(^|\n\n)((?: {4,}|\t).*)")
_LIST_ITEM = re.compile(r"^\s*(?:[-+*]|\d+\.)\s", re.MULTILINE)
_ONE_PLAIN_PARAGRAPH = re.compile(r"[^\W\d_][^\\`*_\[\]<>&{\n\r\t]*")
_SPECIAL = re.compile(r"([\\`*_\[\]|~$^])")
_PLACEHOLDER = re.compile(r"&#123;(\w+)\}")  # As `text` writes it.
_LIST_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


@lru_cache(4096)
def text(value: str) -> str:
    """Return plain text as Markdown that shows just that text, on one line."""
    line = " ".join(value.split())
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")
    line = _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", line)
    line = line.replace("://", "&#58;//")  # No engine may make a link of it.
    line = re.sub(r"^#", "&#35;", line)
    return _LIST_START.sub(lambda m: f"{m.group(1)}{_entities(m.group(2))}", line)


def fill(words: str, **markup: str) -> str:
    """Return words as Markdown, each of their placeholders filled with ready Markdown."""
    return _PLACEHOLDER.sub(lambda match: markup[match.group(1)], text(words))


def prose(value: str, indent: int = 0) -> str:
    """Return Markdown prose with raw HTML shown as text, its later lines indented."""
    if _ONE_PLAIN_PARAGRAPH.fullmatch(value):
        return value.rstrip()
    if not _LIST_ITEM.search(value):
        # Indented code would show the entities that stand for brackets; backticks make code.
        value = _INDENTED_CODE.sub(lambda match: match.group(1) + match.group(2).lstrip(), value)
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(value):
        parts += [_outside_code(value[end : match.start()]), match.group()]
        end = match.end()
    parts.append(_outside_code(value[end:]))
    lines = "".join(parts).strip().split("\n")
    return "\n".join([lines[0], *(" " * indent + line if line else "" for line in lines[1:])])


def cell(value: str) -> str:
    """Return Markdown prose for a table cell: one line, no bars."""
    return " ".join(prose(value).split()).replace("|", "&#124;")


@lru_cache(4096)  # A gate's test stands on its stage's page, in the assessment and more.
def html(value: str) -> Markup:
    """Return Markdown prose as HTML blocks."""
    value = value.strip()
    if _ONE_PLAIN_PARAGRAPH.fullmatch(value):
        return Markup(f"<p>{value}</p>")  # noqa: S704 (nothing in it needs escaping)
    return Markup(_converter().reset().convert(value))  # noqa: S704 (escaped by the converter)


def inline(value: str) -> Markup:
    """Return Markdown prose as HTML without the paragraph around it."""
    block = html(value)
    single = block.startswith("<p>") and block.endswith("</p>") and block.count("<p>") == 1
    return Markup(block[3:-4]) if single else block  # noqa: S704 (a part of escaped text)


def attribute(value: str) -> str:
    """Return plain text for a double-quoted attribute."""
    return escape(" ".join(value.split()), quote=True)


def plain(value: str) -> str:
    """Return Markdown prose as plain text on one line."""
    bare = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", value)
    bare = re.sub(r"[`*]|(?<!\w)_|_(?!\w)", "", bare)
    return " ".join(bare.split())


def _outside_code(value: str) -> str:
    kept: list[str] = []
    end = 0
    for match in _AUTOLINK.finditer(value):
        kept += [_escape(value[end : match.start()]), match.group()]
        end = match.end()
    return "".join([*kept, _escape(value[end:])])


def _escape(value: str) -> str:
    # A brace could begin an attribute list, an angle bracket a tag, a hash a heading of the page.
    value = value.replace("<", "&lt;").replace("{", "&#123;")
    return _LINE_START.sub(lambda m: m.group(1) + _entities(m.group(2)), value)


def _entities(value: str) -> str:
    return "".join(f"&#{ord(character)};" for character in value)


@cache
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(output_format="html")
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter
