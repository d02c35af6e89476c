"""Draw pages that are in no cache on several cores.

MkDocs draws one page after the other, from the first to the last. Copies of its process begin with
the last ones, and leave what they draw in the cache, where MkDocs finds it. A copy ends where it
meets the process that it helps; if it ends early, that draws the rest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from ..files.cache import Cache
from ..files.cores import WORTH, await_copy, helpers, start_copy
from .finished_pages import FinishedPage

Draw = Callable[[FinishedPage], None]


class Drawing:
    """The copies of this process that draw pages of one build."""

    def __init__(self) -> None:
        """Start without any."""
        self.copies: list[int] = []

    def start(self, pages: Sequence[FinishedPage], cache: Cache, draw: Draw) -> None:
        """Begin to draw pages that have keys but are not in the cache yet, if it is worth it."""
        copies = helpers() if len(pages) >= WORTH else 0
        for number in range(copies):
            own = pages[::-1][number::copies]
            self.copies.append(start_copy(partial(_draw_until_met, own, cache, draw, os.getpid())))
        if copies:
            for page in pages:
                page.look_in(cache)

    def end(self) -> None:
        """Wait for the copies, which have nothing left to do."""
        while self.copies:
            await_copy(self.copies.pop())


def _draw_until_met(pages: Sequence[FinishedPage], cache: Cache, draw: Draw, helped: int) -> None:
    for page in pages:
        if cache.has(page.key) or os.getppid() != helped:
            return
        draw(page)


def draw_unwritten(
    page: FinishedPage, env: Environment, nav: Navigation, files: Files, config: MkDocsConfig
) -> None:
    """Do for a page what MkDocs does, but for writing its file."""
    page.active = True
    context = get_context(nav, files, config, page)
    context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
    html = env.get_template("main.html").render(context)
    config.plugins.on_post_page(html, page=page, config=config)
    page.active = False
