"""The headings of generated pages as the engine makes them: the same line is made once.

Most headings are those of every page of their kind. A page is put together from its lines where
that is known to be what the engine makes of the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import markdown
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig

_LINE = re.compile(r"#{1,6} \S.*|stagebookblock\d+end")
_ID = re.compile(r'<h[1-6](?: [^>]*?)? id="([^"]*)"')
_NUMBERED = re.compile(r"_\d+$")

Token: TypeAlias = Any
"""An entry of the table of contents, as `toc` makes it."""


class _Heading(NamedTuple):
    html: str
    token: Token | None
    id: str


class Headings:
    """One converter of Markdown for the headings of all pages."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Configure it as MkDocs does for a page."""
        self.converter = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )
        self.made: dict[str, _Heading | None] = {}
        self.converted = 0
        self.may_join: bool | None = None
        """Whether lines may be converted one by one; found out with the first page."""

    def convert(self, text: str) -> tuple[str, list[Token]]:
        """Return the HTML of a page, and its table of contents."""
        if self.may_join is False:
            return self._whole(text)
        joined = self._join(text)
        if joined is None:
            return self._whole(text)
        if self.may_join is None:
            # An extension that reads more than a line would make something else of the page.
            whole = self._whole(text)
            self.may_join = joined == whole and (text.count("\n#") > 0 or None)
            return whole
        return joined

    def learn(self, pages: Iterable[str]) -> None:
        """Make the headings of pages at once, which takes less time than one after the other."""
        lines = [line for page in pages for line in page.split("\n") if line.startswith("#")]
        lines = [line for line in dict.fromkeys(lines) if line not in self.made]
        html, tokens = self._whole("\n\n".join(lines))
        made, flat = html.split("\n"), [*_flat(tokens)]
        if not len(lines) == len(made) == len(flat):
            return
        for line, one, token in zip(lines, made, flat, strict=True):
            ids = _ID.findall(one)
            # The number may be there only because the headings of all pages are in one.
            if len(ids) == 1 and one.count(" id=") == 1 and not _NUMBERED.search(ids[0]):
                self.made[line] = _Heading(one, token, ids[0])

    def _whole(self, text: str) -> tuple[str, list[Token]]:
        self.converted += 1
        self.converter.reset()
        html = self.converter.convert(text)
        return html, getattr(self.converter, "toc_tokens", [])

    def _join(self, text: str) -> tuple[str, list[Token]] | None:
        """Return a page from its lines; nothing if one of them depends on another."""
        lines = [line for line in text.split("\n") if line]
        if not all(map(_LINE.fullmatch, lines)):
            return None
        made, tokens, ids = [], list[Token](), set[str]()
        for line in lines:
            if not line.startswith("#"):
                made.append(f"<p>{line}</p>")
                continue
            if line not in self.made:
                self.made[line] = self._heading(line)
            heading = self.made[line]
            if heading is None or heading.id in ids:
                return None
            ids.add(heading.id)
            made.append(heading.html)
            if heading.token is not None:
                tokens.append({**heading.token})
        return "\n".join(made), nest_toc_tokens(tokens)

    def _heading(self, line: str) -> _Heading | None:
        html, tokens = self._whole(line)
        ids = _ID.findall(html)
        if len(ids) != 1 or len(tokens) > 1 or html.count(" id=") != 1:
            return None
        return _Heading(html, tokens[0] if tokens else None, ids[0])


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield {**token, "children": []}
        yield from _flat(token["children"])
