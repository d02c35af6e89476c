"""A server goes on while a rubric is broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..site.notice import Notice

if TYPE_CHECKING:  # Only a server needs it, and it is slow to import.
    from mkdocs.livereload import LiveReloadServer


class LastGoodPages:
    """The pages of a server from before the build that is under way, where it replaces them."""

    def __init__(self, site: Path, notice: Notice) -> None:
        """Use the folder beside the site; `notice` says what is wrong with the rubrics."""
        self.site, self.notice = site, notice
        self.folder = site.with_name(f"{site.name}.kept")

    def set_aside(self) -> None:
        """Keep the pages until the build has ended."""
        self.site.rename(self.folder)

    def building(self, build: Callable[[], None]) -> Callable[[], None]:
        """Return a builder that brings the pages back if they cannot be built anew."""

        def build_or_bring_back() -> None:
            self.notice.message = ""
            try:
                build()
            except BaseException as error:
                if self.folder.exists():
                    shutil.rmtree(self.site, ignore_errors=True)
                    self.folder.rename(self.site)
                # MkDocs has logged the message, and tells the browsers to load the page again.
                if not (self.notice.message and isinstance(error, SystemExit)):
                    raise
            finally:
                shutil.rmtree(self.folder, ignore_errors=True)

        return build_or_bring_back


def keep_serving(server: LiveReloadServer, site: Path, notice: Notice) -> LastGoodPages:
    """Let a server show its last good pages while a rubric is broken, and say on them what is.

    MkDocs would answer no request until the next build that goes well.
    """
    pages = LastGoodPages(site, notice)
    server.builder = pages.building(server.builder)
    app = server.get_app()
    assert app is not None
    server.set_app(notice.around(app))
    return pages
