"""The MkDocs plugin: pages in memory, live reload on a rubric edit, edit links to the rubric."""

from __future__ import annotations

import gc
import os
import posixpath
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from jinja2 import FileSystemBytecodeCache
from mkdocs.config import config_options as option
from mkdocs.config.base import Config, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

# pydantic would look through all installed packages for plugins, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from .diagnostics import Diagnostic, RubricError, has_errors
from .files import find_rubrics, load_rubric
from .model import Rubric
from .pages import Page, Site, expand_blocks, remember_compiled
from .reading import Reading
from .site import SCRIPT, STYLES, find_missing, merge_trees, place_navigation

log = get_plugin_logger("stagebook")


class StagebookConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in `mkdocs.yml`."""

    rubrics = option.ListOfItems(option.Type(str), default=["rubrics/*.yml"])
    """Files or patterns, relative to `mkdocs.yml`."""


class StagebookPlugin(BasePlugin[StagebookConfig]):  # type: ignore[no-untyped-call]
    """Add the pages of every rubric to the site."""

    def __init__(self) -> None:
        """Start without rubrics; each build reads them again."""
        self.rubrics: dict[str, Rubric] = {}
        self.readings: list[Reading] = []
        self.serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a server; that this method exists keeps the instance alive."""
        self.serving = command == "serve"
        if not self.serving:
            gc.disable()  # A build is short, and what it makes stays in use to its end.
        with suppress(OSError, RuntimeError):  # No folder of this user's own: then without.
            remember_compiled(FileSystemBytecodeCache())

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the rubrics, watch them, and list script and styles."""
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        paths = find_rubrics(root, self.config.rubrics)
        # The folders too: a rubric that is added while the server runs should appear.
        for path in [*paths, *{path.parent for path in paths}]:
            if str(path) not in config.watch:
                config.watch.append(str(path))
        self._read(root, paths)
        # Before the user's own styles, so that these win.
        config.extra_css.insert(0, STYLES)
        config.extra_javascript.append(SCRIPT)
        return config

    def _read(self, root: Path, paths: list[Path]) -> None:
        readings = [load_rubric(Path(os.path.relpath(path, root))) for path in paths]
        findings = [finding for reading in readings for finding in reading.findings]
        for finding in findings:
            if finding.level == "warning":
                log.warning("%s", finding)
        if not paths:
            raise PluginError(f"stagebook: no rubric matches {', '.join(self.config.rubrics)}")
        if has_errors(findings):
            errors = [finding for finding in findings if finding.level == "error"]
            raise PluginError(_message(errors))
        self.readings = readings
        self.rubrics = {reading.rubric.id: reading.rubric for reading in readings}

    @event_priority(50)  # Early, so that other plugins see the pages.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages; a page of the same path in `docs_dir` wins."""
        try:
            tree = merge_trees(self.readings, site_of(config))
        except RubricError as error:
            raise PluginError(_message(error.findings)) from error
        for page in tree.values():
            if files.get_file_from_path(page.path) is None:
                file = File.generated(config, page.path, content=page.content)
                file.edit_uri = self._edit_uri(config, page)
                files.append(file)
        for finding in find_missing(self.readings, {file.src_uri for file in files}):
            log.warning("%s", finding)
        pages = [file.src_uri for file in files.documentation_pages() if file.generated_by is None]
        config.nav = place_navigation(config.nav, self.rubrics.values(), pages)
        return files

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """Take `content/../` out of edit addresses."""
        if page.edit_url and page.file.generated_by is not None:
            parts = urlsplit(page.edit_url)
            page.edit_url = parts._replace(path=posixpath.normpath(parts.path)).geturl()
        return page

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Spare the process a last search for garbage among all that the build has made."""
        if not self.serving:
            gc.freeze()

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Show what the fenced blocks of a hand-written page ask for."""
        if page.file.generated_by is not None:
            return markdown
        expanded, findings = expand_blocks(
            markdown, page.file.src_uri, self.rubrics, site_of(config)
        )
        if findings:
            raise PluginError(_message(findings))
        return expanded

    def _edit_uri(self, config: MkDocsConfig, page: Page) -> str | None:
        """Return the way from the site's edit address to the place in the rubric."""
        if not config.edit_uri:
            return None
        folder = page.path.split("/")[0]
        reading = next((one for one in self.readings if one.rubric.id == folder), None)
        if reading is None:
            return None
        line, _ = reading.source.position(page.origin, key=True)
        root = posixpath.relpath(".", Path(os.path.relpath(config.docs_dir)).as_posix())
        return f"{root}/{Path(reading.source.path).as_posix()}#L{line}"


def site_of(config: MkDocsConfig) -> Site:
    """Return what the pages must know of the site, once all plugins have had their say."""
    language = config.theme.get("language") or str(config.theme.locale or "en")
    return Site(config.use_directory_urls, str(language))


def read_site(config_file: Path) -> Site:
    """Return what pages must know of a site, from its `mkdocs.yml`; raises ValueError."""
    try:
        config = load_config(str(config_file))
    except MkDocsException as error:
        raise ValueError(str(error)) from error
    offline = config.plugins.get("material/offline")
    if offline is not None and offline.config["enabled"]:
        config.use_directory_urls = False  # As that plugin does once a build begins.
    return site_of(config)


def _message(findings: Iterable[Diagnostic]) -> str:
    return "stagebook found errors\n" + "\n".join(map(str, sorted(findings)))
