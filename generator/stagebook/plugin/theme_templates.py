"""The theme's templates, compiled once for each user and found without looking at its icons."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme


class VisibleTemplates(FileSystemLoader):
    """Lists no folders whose names begin with a dot: Material has 14,000 icons in one.

    MkDocs lists all templates in each build, only to leave out those of such folders.
    """

    def list_templates(self) -> list[str]:
        """Return the names of all other templates."""
        found: set[str] = set()
        for top in map(str, self.searchpath):
            for folder, below, names in os.walk(top, followlinks=self.followlinks):
                below[:] = [name for name in below if not name.startswith(".")]
                place = PurePath(os.path.relpath(folder, top))
                found |= {(place / name).as_posix() for name in names}
        return sorted(found)


def quicken(config: MkDocsConfig, compiled: BytecodeCache | None) -> None:
    """Give each environment of the theme its compiled templates, and a loader that lists fewer.

    Plugins ask the theme for environments before there is one to build with. A theme of another
    class, or one that somebody has changed, is left as it is.
    """
    theme = config.theme
    if type(theme) is not Theme or "get_env" in vars(theme):
        return
    make = theme.get_env

    def get_env() -> Environment:
        env = make()
        loader: Any = env.loader
        if env.bytecode_cache is None:
            env.bytecode_cache = compiled
        if type(loader) is FileSystemLoader:
            env.loader = VisibleTemplates(loader.searchpath, loader.encoding, loader.followlinks)
        return env

    vars(theme)["get_env"] = get_env
