"""Keep the finished HTML of a page out of the engine's way, which would parse it for nothing.

A generated page is headings in Markdown and blocks of HTML, one per line. The engine gets a short
word for each block; its output gets the blocks back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"<p>stagebookblock(\d+)end</p>")
_ID = re.compile(r'\s(?:id|name)="([^"]+)"')
_HIDDEN = '<p id="stagebookblock{}end" data-search-exclude="true"></p>'
_PLACE = re.compile(r'<p id="stagebookblock(\d+)end"(?: data-search-exclude="true")?></p>')
_HEADING = re.compile(r"<h[1-6]\b")
_ATTRIBUTES = re.compile(r'<([a-z][a-z0-9-]*)\s[^>"]*(?:"[^"]*"[^>"]*)*>')
_SEARCH = re.compile(r'data-search-\w+="[^"]+"')


def take_out(markdown: str) -> tuple[str, list[str]]:
    """Return a generated page with a word in place of each block of HTML, and the blocks."""
    blocks: list[str] = []
    lines = markdown.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("<"):
            lines[number] = f"stagebookblock{len(blocks)}end"
            blocks.append(line)
    return "\n".join(lines), blocks


def put_back(html: str, blocks: Sequence[str]) -> str:
    """Return the page that the engine made, with its blocks."""
    # An engine writes a line end behind each block of HTML, and none behind the page.
    return _WORD.sub(lambda match: f"{blocks[int(match.group(1))]}\n", html).strip()


def hide(html: str, blocks: Sequence[str]) -> str:
    """Return the page with an empty element in place of each block that the search leaves out.

    Headings in such a block are found all the same, so a block with headings stays.
    """
    for number, block in enumerate(blocks):
        if "data-search-exclude" in block[: block.index(">")] and not _HEADING.search(block):
            html = html.replace(block, _HIDDEN.format(number), 1)
    return html


def for_search(block: str) -> str:
    """Return a block without what Material's search does not read: it reads text and tags.

    A block in which it finds headings, or leaves out a part, is returned as it is.
    """
    if _HEADING.search(block):
        return block
    if "data-search-exclude" in block:
        return "" if "data-search-exclude" in block[: block.index(">")] else block
    return _ATTRIBUTES.sub(r"<\1>", block)


def without_search(html: str) -> str:
    """Return a page without its attributes for the search, as Material's search leaves it."""
    parts, end = [], 0
    for match in _SEARCH.finditer(html):
        # A pattern that began with the space before it would be tried at each character.
        start = match.start()
        parts.append(html[end : start - html[max(start - 1, end) : start].isspace()])
        end = match.end()
    return "".join([*parts, html[end:]])


def show(html: str, blocks: Sequence[str]) -> str:
    """Return the page with the hidden blocks, as Material's search leaves them."""
    return _PLACE.sub(lambda match: without_search(blocks[int(match.group(1))]), html)


def ids_of(blocks: Iterable[str]) -> set[str]:
    """Return the ids in blocks, which links may lead to."""
    return {id_ for block in blocks for id_ in _ID.findall(block)}
