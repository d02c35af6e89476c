"""The MkDocs plugin: pages in memory, live reload on a rubric edit, edit links to the rubric."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage

# pydantic would look through all installed packages for plugins, at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from .api.rubrics import check
from .checks.loader import Reading
from .diagnostics import Diagnostic, RubricError, has_errors
from .files.rubrics import find_rubrics, shown_path
from .rubric.model import Rubric
from .rubric.text import place
from .site import Page, Site, expand_blocks, remember_compiled
from .site.assembly import SCRIPT, STYLES, find_missing, merge_trees, place_navigation

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
        self.paths: dict[str, Path] = {}
        self.lines: dict[str, int] = {}
        self.serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a server; that this method exists keeps the instance alive."""
        self.serving = command == "serve"
        if not self.serving:
            gc.disable()  # A build is short, and what it makes stays in use to its end.
        with suppress(OSError, RuntimeError):  # No folder of this user's own: then without.
            remember_compiled(OptionalCache())

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the rubrics, watch them, and list script and styles."""
        try:
            paths = find_rubrics(_root(config), self.config.rubrics)
        except (OSError, ValueError) as error:
            raise PluginError(f"stagebook: rubrics: {error}") from error
        # The folders too: a rubric that is added while the server runs should appear.
        for path in [*paths, *{path.parent for path in paths}]:
            if str(path) not in config.watch:
                config.watch.append(str(path))
        self._read(paths)
        # Before the user's own styles, so that these win.
        config.extra_css.insert(0, STYLES)
        config.extra_javascript.append(SCRIPT)
        return config

    def _read(self, paths: list[Path]) -> None:
        readings = [check(path, shown_path(path)) for path in paths]
        findings = [finding for reading in readings for finding in reading.findings]
        for finding in findings:
            if finding.level == "warning":
                log.warning("%s", finding)
        if not paths:
            names = ", ".join(map(repr, self.config.rubrics)) or "an empty list"
            raise PluginError(f"stagebook: no rubric matches {names}")
        if has_errors(findings):
            errors = [finding for finding in findings if finding.level == "error"]
            raise PluginError(_message(errors))
        self.readings = readings
        pairs = zip(readings, paths, strict=True)
        self.paths = {reading.rubric.id: path for reading, path in pairs}
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
        self.lines = self._lines(tree)
        pages = [file.src_uri for file in files.documentation_pages() if file.generated_by is None]
        config.nav = place_navigation(config.nav, self.rubrics.values(), pages)
        return files

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """Take `content/../` out of edit addresses, and let them lead to the line."""
        line = self.lines.get(page.file.src_uri)
        if page.edit_url and page.file.generated_by is not None and line is not None:
            parts = urlsplit(page.edit_url)
            path, query = map(_without_dots, (parts.path, parts.query))
            fragment = parts.fragment or f"L{line}"
            page.edit_url = parts._replace(path=path, query=query, fragment=fragment).geturl()
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
            raise PluginError(_message(_placed(findings, page.file, markdown)))
        return expanded

    def _edit_uri(self, config: MkDocsConfig, page: Page) -> str | None:
        """Return the path of a page's rubric from `docs_dir`, as MkDocs takes it for edit links."""
        path = self.paths.get(page.path.split("/")[0])
        if path is None:
            return None
        with suppress(ValueError):  # On Windows, another drive.
            return Path(os.path.relpath(path, config.docs_dir)).as_posix()
        return None

    def _lines(self, tree: Mapping[str, Page]) -> dict[str, int]:
        """Return the line in its rubric that each page comes from, by the page's path."""
        sources = {reading.rubric.id: reading.source for reading in self.readings}
        return {
            path: sources[path.split("/")[0]].position(page.origin, key=True)[0]
            for path, page in tree.items()
            if path.split("/")[0] in sources
        }


class OptionalCache(FileSystemBytecodeCache):
    """A cache of templates that is done without where it cannot be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if the cache can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket, if the cache can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _root(config: MkDocsConfig) -> Path:
    """Return the folder of `mkdocs.yml`; a site from standard input has its root right here."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def _without_dots(address: str) -> str:
    """Return a part of an address without `x/../`."""
    shorter = _PARENT.sub("", address)
    while shorter != address:
        address, shorter = shorter, _PARENT.sub("", shorter)
    return address


_PARENT = re.compile(r"(?<![^/=])(?!\.\./)[^/=?&]+/\.\./")


def _placed(findings: Iterable[Diagnostic], file: File, markdown: str) -> list[Diagnostic]:
    """Return findings in the text of a page as findings in its file, front matter included."""
    path, skipped = Path(file.src_uri), 0
    if file.abs_src_path:
        path = Path(file.abs_src_path)
        with suppress(OSError, ValueError):
            whole = file.content_string
            # Another plugin may have changed the text: then nobody knows where it stood.
            if whole.endswith(markdown):
                skipped = place(whole, len(whole) - len(markdown))[0]
    return [
        finding._replace(path=shown_path(path), line=finding.line + skipped) for finding in findings
    ]


def site_of(config: MkDocsConfig) -> Site:
    """Return what the pages must know of the site, once all plugins have had their say."""
    language = config.theme.get("language") or str(config.theme.locale or "en")
    return Site(config.use_directory_urls, str(language))


def _message(findings: Iterable[Diagnostic]) -> str:
    return "stagebook found errors\n" + "\n".join(map(str, sorted(findings)))
