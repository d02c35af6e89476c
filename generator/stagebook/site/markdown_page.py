"""Turn the HTML of a page into a Markdown page that site engines do not change.

Headings become Markdown, because engines use them for titles, contents and the search. Everything
else stays HTML, with one block per line and without characters that engines or extensions parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from itertools import pairwise

from ..rubric.prose import text

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_HEADING = re.compile(r"h([1-6])")
_WORDS = re.compile(r'<span( lang="[^"]*" dir="[^"]*")>([^<]*)</span>')
_VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "col"}
_NAMING = ("id", "href", "for", "aria-labelledby", "aria-describedby")
_BEFORE = "|".join(rf'(?<=\b{name}="{mark}@)' for name in _NAMING for mark in ("", "#"))
_OWN_ID = re.compile(rf'@(?:{_BEFORE})([a-z0-9-]+)(?=")')
_ID = re.compile(r'id="(?<=\bid=")([^"@]+)"')
"""Both patterns begin with what is rare in a page, so that a search leaps to it."""
_ENTRY_END = re.compile(r"<(?:/(?:dt|dd|li|td|th|p)>(?=<)|br>(?=\S))")
_ALIVE = re.compile(r"[\\`*_{}\[\]$|~^]")
"""Characters that preprocessors of engines parse even in HTML."""


def to_markdown(page: str, attributes: str = "") -> str:
    """Return the HTML of a page as Markdown; each block gets the `attributes`."""
    page = join_lines(page)
    ids = set(_ID.findall(page))
    blocks = []
    for tag, attrs, inner in _elements(page):
        level = _HEADING.fullmatch(tag)
        if level:
            blocks.append(_heading(int(level.group(1)), attrs + attributes, inner, ids))
        else:
            # The search reads only text: without a space, two entries would become one word.
            inner = (
                _ENTRY_END.sub(r"\g<0> ", inner) if "data-search-exclude" not in attrs else inner
            )
            blocks.append(quiet(f"<{tag}{attrs}{attributes}>{inner}</{tag}>"))
    return "\n\n".join(blocks) + "\n"


def join_lines(page: str) -> str:
    """Return HTML on one line, without line breaks between tags; others become spaces.

    Line breaks in code are already character references.
    """
    lines = [line for line in map(str.strip, page.split("\n")) if line]
    parts = lines[:1]
    for before, line in pairwise(lines):
        if not (before[-1] == ">" and line[0] == "<"):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def settle_ids(page: str, taken: frozenset[str] = frozenset()) -> str:
    """Return HTML in which Stagebook's ids, written `@name`, have their final form.

    If an author uses the same id, Stagebook's gets a suffix that no id of an author can have.
    """
    if '="@' not in page and '="#@' not in page:
        return page
    used = taken | set(_ID.findall(page))

    def settle(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"{name}--page" if name in used else name

    return _OWN_ID.sub(settle, page)


def quiet(block: str) -> str:
    """Return HTML in which characters that engines may parse are character references."""
    return _ALIVE.sub(lambda match: f"&#{ord(match.group())};", block)


def _elements(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield tag, attributes and content of each outermost element."""
    end = 0
    while opened := _TAG.search(page, end):
        closing, tag, attributes = opened.groups()
        assert not page[end : opened.start()].strip(), page[end : opened.start()]
        assert not closing, f"{opened.group()} ends nothing"
        assert tag not in _VOID, f"{opened.group()} needs a block around it"
        closed = _end_of(page, tag, opened.end())
        yield tag, attributes, page[opened.end() : closed.start()]
        end = closed.end()
    assert not page[end:].strip(), page[end:]


def _end_of(page: str, tag: str, start: int) -> re.Match[str]:
    """Return the end tag of an element that begins before a place."""
    depth = 1
    for match in _tags(tag).finditer(page, start):
        depth += -1 if match.group(1) else 1
        if not depth:
            return match
    raise AssertionError(f"<{tag}> is left open")


@cache
def _tags(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?=[\s>])[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>")


def _heading(level: int, attrs: str, inner: str, ids: set[str]) -> str:
    if word := _WORDS.fullmatch(inner):
        attrs, inner = attrs + word.group(1), word.group(2)
    title = unescape(re.sub(r"<[^>]*>", "", inner))
    values = dict(_ATTRIBUTE.findall(attrs))
    parts = [f"#{values.pop('id')}"] if "id" in values else []
    if not parts and (slug := slugify(title)) in ids:
        parts = [f"#{slug}--page"]
    parts += [f".{name}" for name in values.pop("class", "").split()]
    parts += [f'{name}="{value}"' for name, value in values.items()]
    ending = f" {{ {' '.join(parts)} }}" if parts else ""
    return f"{'#' * level} {text(title)}{ending}"


def slugify(title: str) -> str:
    """Return the id that most engines give a heading without an explicit id."""
    from markdown.extensions.toc import slugify as slug

    return str(slug(title, "-"))


def front_matter(title: str, description: str | None, *, is_wide: bool = False) -> str:
    """Return the front matter of a page; engines and themes print its values unescaped.

    A wide page has no table of contents beside it, in themes that read `hide`.
    """
    import json

    lines = [f"title: {json.dumps(quiet(escape(title)), ensure_ascii=False)}"]
    if description:
        lines.append(f"description: {json.dumps(quiet(escape(description)), ensure_ascii=False)}")
    if is_wide:
        lines.append("hide: [toc]")
    return "\n".join(("---", *lines, "---", "", ""))
