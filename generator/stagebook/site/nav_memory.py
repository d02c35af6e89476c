"""Draw each item of Material's navigation once for each folder of pages, not once for each page.

An item that is not active looks the same on every page of a folder: only its address depends on
where the page is. Nothing here knows of rubrics: it serves any site that uses Material for MkDocs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, TemplateNotFound

TEMPLATE = "partials/nav-item.html"
CALL = 'render(item, path ~ "_" ~ loop.index, level + 1, nav_item)'
"""How Material's template draws the items below an item."""
NAME = "draw_nav_item"
Draw: TypeAlias = Callable[[Any, str, int, Any], str]


class NavMemory:
    """What was drawn in one build."""

    def __init__(self) -> None:
        """Start without anything drawn."""
        self.drawn: dict[tuple[int, str, int, bool, str], str] = {}

    def draw(self, draw: Draw, item: Any, path: str, level: int, parent: Any, page: Any) -> str:
        """Return an item as the template draws it on a page; on none, addresses are absolute."""
        # A list of posts stands for each of its pages, and may be the page itself.
        is_plain = not item.active and item is not page and not getattr(item, "pages", None)
        if not page or not is_plain:
            return draw(item, path, level, parent)
        key = (id(item), path, level, bool(parent.active), page.url.rpartition("/")[0])
        if key not in self.drawn:
            self.drawn[key] = draw(item, path, level, parent)
        return self.drawn[key]


def remember_navigation(env: Environment) -> bool:
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
    if source.count(CALL) != 1:
        return False
    called = f'{NAME}(render, item, path ~ "_" ~ loop.index, level + 1, nav_item, page)'
    env.loader = ChoiceLoader([DictLoader({TEMPLATE: source.replace(CALL, called)}), loader])
    env.globals[NAME] = NavMemory().draw
    return True
