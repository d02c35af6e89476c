"""What the search plugin of Material reads of generated pages."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from mkdocs.structure.pages import Page

from ..site.search_reading import is_parser_of, search_entries
from .theme_languages import SEARCH

_META = {"search", "tags"}
"""Front matter that the search plugin reads."""


class Search:
    """The index of the search in one build; without that plugin, a list that nobody reads."""

    def __init__(self, plugins: Mapping[str, Any]) -> None:
        """Find the plugin, and whether it reads pages as is known."""
        self.entries: list[Any] = []
        self.is_there = self.is_known = False
        for name in SEARCH & set(plugins):
            if index := getattr(plugins[name], "search_index", None):
                self.entries = cast("list[Any]", getattr(index, "entries", self.entries))
                self.is_there = True
                self.is_known = _is_known(index)
        self.begun = 0

    def begin(self) -> None:
        """Remember where the entries of the next page begin."""
        self.begun = len(self.entries)

    def found(self) -> list[Any]:
        """Return the entries of the page."""
        return self.entries[self.begun :]

    def read(self, page: Page, html: str) -> list[Any] | None:
        """Return what the plugin would find in a page; nothing if it must read the page itself."""
        if not self.is_there:
            return []
        if not self.is_known or _META & page.meta.keys():
            return None
        return search_entries(html, page.url, str(page.meta.get("title", page.title)))


def _is_known(index: object) -> bool:
    module = sys.modules[type(index).__module__]
    # With this package, the plugin splits Chinese text.
    if getattr(module, "jieba", None) is not None or not module.__file__:
        return False
    return is_parser_of(Path(module.__file__).read_bytes())
