"""Draw each item of Material's navigation once for each folder of pages, not once for each page.

An item that is not active looks the same on every page of a folder: only its address depends on
where the page is. Nothing here knows of rubrics: it serves any site that uses Material for MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from types import SimpleNamespace
from typing import Any, TypeAlias

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, TemplateNotFound

TEMPLATE = "partials/nav-item.html"
_LOOP = re.compile(
    r"\{% for item in nav_item\.children %\}"
    r"(\s*\{% if not index or item != index %\}\s*\{\{ )"
    r'render\(item, path ~ "_" ~ loop\.index, level \+ 1, nav_item\)'
)
"""How Material's template draws the items below an item."""
_OWN_LOOP = (
    r"{% for number, item in nav_items_near(nav_item, page, features) %}\1"
    r'draw_nav_item(render, item, path ~ "_" ~ number, level + 1, nav_item, page)'
)
_INDEX = re.compile(
    r"\{% for item in nav_item\.children %\}(\s*\{% if item\.is_index and _\.index is none %\})"
)
_OWN_INDEX = r"{% for item in nav_indexes(nav_item, page, features) %}\1"
"""How the template looks for the first page of a section."""
MANY, NEAR = 60, 15
"""Of a section with more items than many, those near the page are shown: so many on each side."""

Draw: TypeAlias = Callable[[Any, str, int, Any], str]
Parts: TypeAlias = tuple[str, ...]


class NavMemory:
    """What was drawn in one build."""

    def __init__(self, may_shorten: Callable[[Any], bool] = lambda section: False) -> None:
        """Start without anything drawn; `may_shorten` says whether a section may be."""
        self.may_shorten = may_shorten
        self.drawn: dict[tuple[int, str, int, bool, Parts, bool], str] = {}
        self.folders: dict[int, set[Parts]] = {}
        self.first: dict[int, list[Any]] = {}
        self.shortened: dict[int, bool] = {}
        self.kept: list[Any] = []

    def draw(self, draw: Draw, item: Any, path: str, level: int, parent: Any, page: Any) -> str:
        """Return an item as the template draws it on a page; on none, addresses are absolute."""
        # A list of posts stands for each of its pages, and may be the page itself.
        is_plain = not item.active and item is not page and not getattr(item, "pages", None)
        if not page or not is_plain:
            return draw(item, path, level, parent)
        # Addresses begin with as many `..` as lead out of the page's folder to what both have in
        # common: which folder that is matters only to an item that leads into it.
        folder = _folder_of(page.url)
        leads_into = folder in self._folders_of(item)
        base = folder if leads_into else folder[:-1]
        key = (id(item), path, level, bool(parent.active), base, leads_into)
        if key not in self.drawn:
            self.drawn[key] = draw(item, path, level, parent)
        return self.drawn[key]

    def near(self, section: Any, page: Any, features: Any) -> Iterator[tuple[int, Any]]:
        """Yield the items of a section that a page shows, each with its number, from 1.

        A site that prunes its navigation wants no list of hundreds on hundreds of pages. The rest
        is one link to the first page of the section.
        """
        items = list(section.children)
        if not self._shortens(section, page, features):
            yield from enumerate(items, 1)
            return
        active = (number for number, item in enumerate(items) if item.active or item is page)
        at = next(active, 0)
        first, last = at - NEAR, at + NEAR + 1
        if getattr(items[0], "is_index", False):
            yield 1, items[0]
            first = max(first, 1)
        yield from list(enumerate(items, 1))[max(first, 0) : last]
        if first > 1 or last < len(items):
            yield (
                0,
                SimpleNamespace(
                    title=f"{section.title} …", url=items[0].url, active=False, children=()
                ),
            )

    def indexes(self, section: Any, page: Any, features: Any) -> list[Any]:
        """Return the items of a section among which the template looks for its index."""
        if not self._shortens(section, page, features):
            return list(section.children)
        if id(section) not in self.first:
            self.kept.append(section)
            found = (item for item in section.children if getattr(item, "is_index", False))
            self.first[id(section)] = list(islice(found, 1))
        return self.first[id(section)]

    def _shortens(self, section: Any, page: Any, features: Any) -> bool:
        return page and "navigation.prune" in (features or ()) and self._is_long(section)

    def _is_long(self, section: Any) -> bool:
        if id(section) not in self.shortened:
            self.kept.append(section)  # So that no other object gets its id.
            is_long = len(section.children) > MANY and self.may_shorten(section)
            self.shortened[id(section)] = is_long
        return self.shortened[id(section)]

    def _folders_of(self, item: Any) -> set[Parts]:
        """Return the folders that the addresses of an item, and of those below it, lead into."""
        if id(item) not in self.folders:
            self.kept.append(item)
            found: set[Parts] = set()
            for child in getattr(item, "children", None) or ():
                found |= self._folders_of(child)
            if url := getattr(item, "url", None):
                found |= set(accumulate(((part,) for part in url.split("/")), initial=()))
            self.folders[id(item)] = found
        return self.folders[id(item)]


def _folder_of(url: str) -> Parts:
    """Return the folder that the relative addresses of a page start from."""
    folder, _, name = url.rpartition("/")
    return tuple(filter(None, (folder if "." in name else url).split("/")))


def remember_navigation(env: Environment, memory: NavMemory | None = None) -> bool:
    """Let an environment of templates draw its navigation from memory.

    Return whether it does: another theme, or another version of Material, is left as it is.
    """
    loader = env.loader
    if not isinstance(loader, BaseLoader):
        return False
    try:
        source, _, _ = loader.get_source(env, TEMPLATE)
    except TemplateNotFound:
        return False
    own, count = _LOOP.subn(_OWN_LOOP, _INDEX.sub(_OWN_INDEX, source))
    if count != 1:
        return False
    memory = memory or NavMemory()
    env.loader = ChoiceLoader([DictLoader({TEMPLATE: own}), loader])
    env.globals |= {"draw_nav_item": memory.draw, "nav_items_near": memory.near}
    env.globals["nav_indexes"] = memory.indexes
    return True
