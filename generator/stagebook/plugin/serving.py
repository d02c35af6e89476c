"""A server goes on while a rubric is broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from ..site.notice import Notice


def keep_serving(server: LiveReloadServer, site: Path, notice: Notice, *, dirty: bool) -> None:
    """Let a server show its last good pages while a rubric is broken, and say on them what is.

    MkDocs would answer no request until the next build that goes well.
    """
    server.builder = _building_or_keeping(server.builder, site, notice, dirty=dirty)
    app = server.get_app()
    assert app is not None
    server.set_app(notice.around(app))


def _building_or_keeping(
    build: Callable[[], None], site: Path, notice: Notice, *, dirty: bool
) -> Callable[[], None]:
    kept = site.with_name(f"{site.name}.kept")

    def build_or_keep() -> None:
        notice.message = ""
        if not dirty:
            site.rename(kept)
        try:
            build()
        except BaseException as error:
            if kept.exists():
                shutil.rmtree(site, ignore_errors=True)
                kept.rename(site)
            # MkDocs has logged the message, and tells the browsers to load the page again.
            if not (notice.message and isinstance(error, SystemExit)):
                raise
        finally:
            shutil.rmtree(kept, ignore_errors=True)

    return build_or_keep
