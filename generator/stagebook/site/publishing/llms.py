"""The index of a site's pages for language models: https://llmstxt.org, read on 2026-11-29."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import NamedTuple

from ...rubric.prose import escaped, one_line, plain
from .readable import readable, title_and_line

INDEX = "llms.txt"
MAX_LINE = 200
"""The most characters of what is said of a page."""
_DESCRIPTION = re.compile(r"^description: (\".*\")$", re.MULTILINE)


class Entry(NamedTuple):
    """One page of the index; title and line are plain text, the address is that of its Markdown."""

    title: str
    address: str
    line: str


def index(
    site: str, description: str, sections: Mapping[str, Iterable[Entry]], base: str = ""
) -> str:
    """Return the text of `llms.txt`; `base` is the site's address, if it is known."""
    # The theme prints the name as HTML, so it may hold references.
    blocks = [f"# {escaped(unescape(site))}"]
    if description:
        blocks.append(f"> {escaped(description)}")
    for title, entries in sections.items():
        lines = [_line(entry, base) for entry in entries]
        blocks += [f"## {escaped(title)}", "\n".join(lines)]
    return "\n\n".join(blocks) + "\n"


def markdown_path(address: str) -> str:
    """Return where the Markdown of a page is: `a/b.html.md`, or `a/b/index.html.md` for `a/b/`."""
    return f"{address}index.html.md" if address.endswith("/") or not address else f"{address}.md"


def read_page(page: str, address: str) -> tuple[str, Entry]:
    """Return a generated page as readable Markdown, and its entry in the index."""
    markdown = readable(page)
    title, first = title_and_line(markdown)
    found = _DESCRIPTION.search(page[: page.find("\n---\n", 4)])
    said = unescape(unescape(json.loads(found.group(1)))) if found else plain(first)
    return markdown, Entry(plain(title), markdown_path(address), _shortened(said))


def _line(entry: Entry, base: str) -> str:
    said = f": {escaped(entry.line)}" if entry.line else ""
    return f"- [{escaped(entry.title)}]({base}{entry.address}){said}"


def _shortened(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= MAX_LINE else text[: MAX_LINE - 1].rsplit(" ", 1)[0] + "…"
