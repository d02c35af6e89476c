"""Read a page for the search as Material's own parser does, in a fraction of its time.

That parser is a general one. A generated page has few kinds of tags, all of them closed, so one
loop over the tags makes the same of them, oddities included. It is known to be the same only for
the very file of Material whose digest is listed: with another one, the plugin reads pages itself.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import escape, unescape
from typing import Any

KNOWN = frozenset(("cc8a3ac0a8862662",))
"""Digests of the files of Material's search plugin whose parser this is: 9.8.1."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s[^>\"'<]*(?:\"[^\"]*\"[^>\"'<]*)*)?)>")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
_KEPT = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))
_OTHER = frozenset(
    (
        *("a", "b", "blockquote", "button", "caption", "dd", "del", "details", "div", "dl", "dt"),
        *("em", "fieldset", "figcaption", "figure", "i", "kbd", "label", "legend", "nav"),
        *("optgroup", "option", "q", "s", "section", "select", "small", "span", "strong"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u"),
        *("dialog", "noscript", "stagebook-extra", "stagebook-quiz"),
    )
)
_RAW = frozenset(("script", "textarea"))
"""Tags that hold text only. Some versions of Python's parser find tags in a text area."""
_READ = _HEADINGS | _VOID | _KEPT | _OTHER | _RAW
_BEFORE = r'(?:[^"]|"[^"]*")*?\s'
_ID = re.compile(_BEFORE + r'id="([^"]*)"')
_LEFT_OUT = re.compile(_BEFORE + r'(?:data-search-exclude\b|class="linenodiv")')
_PERMALINK = re.compile(_BEFORE + r'class="headerlink"')


def is_parser_of(plugin: bytes) -> bool:
    """Return whether this reads pages as the file of a search plugin does."""
    return sha256(plugin).hexdigest()[:16] in KNOWN


def search_entries(html: str, url: str, title: str) -> list[dict[str, Any]] | None:
    """Return the entries of a page for the index; nothing if the page is not one to be read here.

    The page has no front matter for the search; `title` is that of sections without one.
    """
    reader = _Reader()
    parts = _TAG.split(html)
    try:
        reader.take(parts[0])
        for at in range(1, len(parts), 4):
            reader.take_tag(parts[at], parts[at + 1], parts[at + 2])
            if parts[at + 3]:
                reader.take(parts[at + 3])
    except (_Unread, ValueError):
        return None
    return [
        {
            "location": f"{url}#{one.id}" if one.id else url,
            "title": "".join(one.title or [title]).strip(),
            "text": "".join(one.text).strip(),
        }
        for one in reader.sections
        if not one.is_excluded
    ]


class _Unread(Exception):
    """The page has something that no page of Stagebook's has."""


class _Section:
    """A heading with the text below it, both in pieces."""

    __slots__ = ("depth", "id", "is_excluded", "tag", "text", "title")

    def __init__(self, tag: str, depth: float, id_: str, is_excluded: bool) -> None:
        self.tag, self.depth, self.id, self.is_excluded = tag, depth, id_, is_excluded
        self.text: list[str] = []
        self.title: list[str] = []


class _Reader:
    """The state of Material's parser, whose elements are equal if their tags are."""

    def __init__(self) -> None:
        self.sections: list[_Section] = []
        self.section: _Section | None = None
        self.around: list[str] = []
        self.permalinks: list[int] = []
        self.skipped: set[str] = set()

    def take_tag(self, slash: str, tag: str, attributes: str) -> None:
        """Take the next tag."""
        is_raw = bool(self.around) and self.around[-1] in _RAW
        if tag not in _READ or (is_raw and not (slash and tag == self.around[-1])):
            raise _Unread
        if slash:
            self._end(tag)
        elif tag not in _VOID:
            self._start(tag, attributes)

    def take(self, text: str) -> None:
        """Take the text up to the next tag."""
        if "<" in text and self.around[-1:] != ["script"]:
            raise _Unread
        if not text or (self.skipped and not self.skipped.isdisjoint(self.around)):
            return
        if "&" in text:
            text = unescape(text)
        is_pre = "pre" in self.around
        is_blank = text.isspace()
        if not is_pre:
            text = " " if is_blank else text.replace("\n", " ")
        section = self.section or self._preface()
        if section.tag in self.around:
            if not self.permalinks:
                section.title.append(escape(text, quote=False))
        elif not is_blank:
            section.text.append(escape(text, quote=False))
        elif is_pre or not section.text or not section.text[-1].isspace():
            section.text.append(text)

    def _preface(self) -> _Section:
        """Begin the section of what stands before the first heading."""
        self.section = _Section("hx", 0, "", False)
        self.sections.append(self.section)
        return self.section

    def _start(self, tag: str, attributes: str) -> None:
        around = self.around
        around.append(tag)
        is_left_out = bool(attributes) and _LEFT_OUT.match(attributes) is not None
        if tag in _HEADINGS and (named := _ID.match(attributes)):
            if tag != "h1" and not self.sections:
                self._preface()
            # The first section is found under the address of the page.
            id_ = unescape(named.group(1)) if self.sections else ""
            excluded = is_left_out and "data-search-exclude" in attributes
            self.section = _Section(tag, len(around), id_, excluded)
            self.sections.append(self.section)
        section = self.section or self._preface()
        if is_left_out or tag == "script":
            self.skipped.add(tag)
            return
        if tag == "a" and _PERMALINK.match(attributes):
            self.permalinks.append(len(around))
        if tag in _KEPT and (not self.skipped or self.skipped.isdisjoint(around)):
            (section.title if section.tag in around else section.text).append(f"<{tag}>")

    def _end(self, tag: str) -> None:
        around = self.around
        if not around or around[-1] != tag:
            return
        section = self._section_around()
        if self.permalinks and self.permalinks[-1] == len(around):
            self.permalinks.pop()
        around.pop()
        if tag in self.skipped:
            self.skipped.remove(tag)
            return
        if tag not in _KEPT or (self.skipped and not self.skipped.isdisjoint(around)):
            return
        data = section.title if section.tag in around else section.text
        index = data.index(f"<{tag}>")
        if all(one.isspace() for one in data[index + 1 :]):
            del data[index:]
        else:
            data.append(f"</{tag}>")

    def _section_around(self) -> _Section:
        """Return the section, after leaving one whose heading stood in an element that ends."""
        assert self.section is not None
        if self.section.depth > len(self.around):
            for one in reversed(self.sections):
                if one.depth <= len(self.around):
                    self.section.depth = float("inf")
                    self.section = one
                    break
        return self.section
