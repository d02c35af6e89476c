"""The MkDocs plugin: pages in memory, live reload, edit links into the rubric."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

# Without this, pydantic searches all installed packages for plugins at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from .api.portfolio import PortfolioReader
from .api.rubrics import check
from .checks.loader import Reading
from .diagnostics import Diagnostic, RubricError, has_errors
from .files.rubrics import find_rubrics, shown_path
from .files.shipped import is_installed
from .rubric.text import place
from .site import Page, Site, expand_blocks, remember_compiled
from .site.assembly import (
    SCRIPT,
    STYLES,
    find_missing,
    merge_trees,
    missing_extensions,
    paths_of,
    place_navigation,
)
from .site.editions import Edition, find_editions, rubrics_for
from .site.finished import hide, ids_of, put_back, show, take_out
from .site.language_links import without_links
from .site.language_switch import LanguageSwitch, drop_instant, search_languages, theme_language
from .site.nav_memory import remember_navigation
from .site.notice import Notice
from .site.publishing.publication import (
    PageFacts,
    Publication,
    PublishOptions,
    SiteFacts,
)

NAVIGATORS = ("awesome-nav", "awesome-pages", "literate-nav")
"""Plugins that make the navigation of a site that has none."""
SEARCH = {"search", "material/search"}
SWITCH, WORDS = "partials/alternate.html", "partials/languages/{}.html"
"""Where Material for MkDocs draws the switch of languages, and has its words of a language."""
UNABLE = {
    "i18n": "the plugin 'i18n' reads each page from a file, and these pages have none: write the "
    "site with `stagebook write` and build that, or give each language a rubric of its own"
}
"""Plugins that cannot work beside this one, and what to do instead."""

log = get_plugin_logger("stagebook")


class BrokenRubric(PluginError):
    """Rubrics, or blocks in pages, have errors; the message lists them."""


class PublishConfig(Config):  # type: ignore[no-untyped-call]
    """What the plugin writes beside the pages; `site/publishing` says what each is."""

    llms = option.Type(bool, default=True)
    redirects = option.Type(bool, default=True)
    headers = option.Type(bool, default=True)
    policy = option.Type(bool, default=False)
    open_graph = option.Type(bool, default=True)


class StagebookConfig(Config):  # type: ignore[no-untyped-call]
    """Options of the plugin in `mkdocs.yml`."""

    rubrics = option.ListOfItems(option.Type(str), default=["rubrics/*.yml"])
    """Files or patterns, relative to `mkdocs.yml`."""
    publish = option.SubConfig(PublishConfig)
    """What is written beside the pages."""


class StagebookPlugin(BasePlugin[StagebookConfig]):  # type: ignore[no-untyped-call]
    """Add the pages of every rubric to the site."""

    def __init__(self) -> None:
        """Start without rubrics; each build reads them."""
        self.readings: list[Reading] = []
        self.editions: dict[str, Edition] = {}
        self.languages = LanguageSwitch([], Site())
        self.around: tuple[Any, Any] | None = None
        self.origins: dict[str, tuple[Path, int]] = {}
        self.tables = PortfolioReader(Path())
        self.serving = False
        self.generated: dict[str, list[str]] = {}
        self.publication = Publication(PublishOptions(), SiteFacts(""))
        self.copied: set[str] = set()
        self.dirty = False
        self.notice = Notice()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a server; MkDocs keeps an instance that has this method."""
        self.serving, self.dirty = command == "serve", dirty
        if not self.serving:
            gc.disable()  # A build is short and needs its objects until the end.
        with suppress(OSError, RuntimeError):  # The user may have no cache folder.
            remember_compiled(OptionalCache())

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the rubrics, watch them for changes, and add the script and the styles."""
        for name, reason in UNABLE.items():
            if name in config.plugins:
                raise PluginError(f"stagebook: {reason}")
        try:
            paths = find_rubrics(_root(config), self.config.rubrics)
        except (OSError, ValueError) as error:
            raise BrokenRubric(f"stagebook: rubrics: {error}") from error
        readings = [check(path, shown_path(path)) for path in paths]
        bases = [path for reading in readings for path in reading.files.values()]
        # Watch the folders too, so that a rubric added while the server runs appears.
        for path in dict.fromkeys([*paths, *bases, *(path.parent for path in paths)]):
            if str(path) not in config.watch:
                config.watch.append(str(path))
        self._keep(readings, site_of(config).language)
        self._speak(config)
        self.tables = PortfolioReader(_root(config))
        for name in missing_extensions(config.markdown_extensions):
            config.markdown_extensions.append(name)
        # Before the user's styles, so that those take precedence.
        config.extra_css.insert(0, STYLES)
        config.extra_javascript.append(SCRIPT)
        return config

    def _keep(self, readings: list[Reading], language: str) -> None:
        """Keep rubrics for the build; raises PluginError if there are none or they have errors."""
        findings = [finding for reading in readings for finding in reading.findings]
        for finding in findings:
            if finding.level == "warning":
                log.warning("%s", finding)
        if not readings:
            names = ", ".join(map(repr, self.config.rubrics))
            message = f"no rubric matches {names}" if names else "the list of rubrics is empty"
            raise BrokenRubric(f"stagebook: {message}")
        if has_errors(findings):
            errors = [finding for finding in findings if finding.level == "error"]
            raise BrokenRubric(_message(errors))
        self.readings = readings
        try:
            found = find_editions(readings, language)
        except RubricError as error:
            raise BrokenRubric(_message(error.findings)) from error
        self.editions = {edition.home: edition for edition in found}

    def _speak(self, config: MkDocsConfig) -> None:
        """Prepare the theme and the search for the languages of translations."""
        self.languages = LanguageSwitch([*self.editions.values()], Site())
        folders = self.languages.folders
        if not folders:
            return
        drop_instant(config.theme)
        for name in SEARCH & set(config.plugins):
            options = config.plugins[name].config
            present = options.get("lang") or [site_of(config).language.partition("-")[0]]
            options["lang"] = search_languages(present, folders.values())
            # Material's plugin has copied its options if it comes before this one.
            if index := getattr(config.plugins[name], "search_index", None):
                index.config["lang"] = options["lang"]

    def on_build_error(self, *, error: Exception) -> None:
        """Remember what is wrong with the rubrics, for the browsers of a server."""
        self.notice.message = str(error) if isinstance(error, BrokenRubric) else ""

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Go on serving the last good pages while a rubric is broken, and say on them what is.

        MkDocs would answer no request until the next build that goes well.
        """
        build, site = server.builder, Path(config.site_dir)
        kept = site.with_name(f"{site.name}.kept")

        def build_or_keep() -> None:
            self.notice.message = ""
            if not self.dirty:
                site.rename(kept)
            try:
                build()
            except BaseException as error:
                if kept.exists():
                    shutil.rmtree(site, ignore_errors=True)
                    kept.rename(site)
                # MkDocs has logged the message, and tells the browsers to load the page again.
                if not (self.notice.message and isinstance(error, SystemExit)):
                    raise
            finally:
                shutil.rmtree(kept, ignore_errors=True)

        server.builder = build_or_keep
        app = server.get_app()
        assert app is not None
        server.set_app(self.notice.around(app))
        return server

    @event_priority(50)  # Early, so that other plugins see the pages.
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages; a page with the same path in `docs_dir` replaces a generated one."""
        publish = self.config.publish
        # A server writes a script into each page that it serves, which no policy knows; and nobody
        # waits for what other programs read.
        policy, llms = (wanted and not self.serving for wanted in (publish.policy, publish.llms))
        self.publication = Publication(
            PublishOptions(llms, publish.headers, policy, publish.open_graph),
            SiteFacts(config.site_name, config.site_description or "", config.site_url or ""),
        )
        try:
            tree = merge_trees(self.readings, self._site(config))
        except RubricError as error:
            raise BrokenRubric(_message(error.findings)) from error
        self.origins = self._find_origins(tree)
        self.generated = {}
        for page in tree.values():
            if files.get_file_from_path(page.path) is None:
                file = File.generated(config, page.path, content=page.content)
                file.edit_uri = self._edit_uri(config, page)
                files.append(file)
                if page.path.endswith(".md"):
                    self.generated[page.path] = []
                    edition = self._edition(page.path)
                    assert edition
                    title = edition.rubric.title
                    self.publication.add_page(title, page.content.decode(), file.url)
        for finding in find_missing(self.readings, {file.src_uri for file in files}):
            log.warning("%s", finding)
        self.languages = LanguageSwitch(
            [*self.editions.values()], self._site(config), config.site_url or ""
        )
        self.languages.add_pages(file.src_uri for file in files.documentation_pages())
        pages = [file.src_uri for file in files.documentation_pages() if file.generated_by is None]
        if config.nav is None and any(name in config.plugins for name in NAVIGATORS):
            return files  # Another plugin makes the navigation from the files.
        config.nav = place_navigation(config.nav, self.editions.values(), pages)
        listed = set(paths_of(config.nav))
        for file in files.documentation_pages():
            if file.generated_by is not None and file.src_uri not in listed:
                file.inclusion = InclusionLevel.NOT_IN_NAV
        return files

    @event_priority(-100)  # Last, when other plugins have made their navigation.
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let pages lead to their neighbours in the same language."""
        if self.languages.folders:
            self.languages.link_neighbours(nav.pages)
        return nav

    @event_priority(-100)  # Last, when all plugins have added their templates.
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let Material draw the navigation from memory; remember which files are copied."""
        self.copied = {file.dest_uri for file in files}
        remember_navigation(env)
        return env

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """Remove `content/../` from edit addresses, and add the line in the rubric."""
        _, line = self.origins.get(page.file.src_uri, (None, None))
        if page.edit_url and page.file.generated_by is not None and line is not None:
            parts = urlsplit(page.edit_url)
            path, query = map(_without_dots, (parts.path, parts.query))
            fragment = parts.fragment or f"L{line}"
            page.edit_url = parts._replace(path=path, query=query, fragment=fragment).geturl()
        return page

    @event_priority(-100)  # Last, so that the policy allows what other plugins have added.
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Complete the head of a generated page, and see what the policy must allow."""
        self._stop_speaking(config)
        output = self.languages.finish(output)
        facts = None
        if page.file.src_uri in self.generated:
            # Not `page.title`: that may be one of the navigation, which is not escaped.
            title, said = (str(page.meta.get(key) or "") for key in ("title", "description"))
            facts = PageFacts(page.url, title, said)
        return self.publication.finish_page(output, facts)

    @event_priority(-100)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Do the same for the page that is shown where there is none."""
        if template_name == "sitemap.xml":
            return self.languages.sitemap(output_content)
        if template_name.endswith(".html"):
            return self.publication.finish_page(output_content)
        return output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is published beside the pages."""
        site = Path(config.site_dir)
        if self.publication.options.policy:
            self._write_policy(site)
        for path, text in self.publication.files(self.copied).items():
            write_file(text.encode(), str(site / path))
        # Exclude the objects of the build from the last garbage collection, to save time.
        if not self.serving:
            gc.freeze()

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Replace the embedded blocks of a hand-written page; keep finished HTML for later."""
        if page.file.src_uri in self.generated:
            if theme_has(config, SWITCH):
                markdown = without_links(markdown)
            short, self.generated[page.file.src_uri] = take_out(markdown)
            return short
        if page.file.generated_by is not None:
            return markdown
        path = page.file.src_uri
        known = rubrics_for(path, self.editions.values())
        rubrics = {id_: edition.rubric for id_, edition in known.items()}
        folders = {id_: edition.folder for id_, edition in known.items()}
        expanded, findings = expand_blocks(
            markdown, path, rubrics, self._site(config), self.tables, folders
        )
        if findings:
            raise BrokenRubric(_message(_placed(findings, page.file, markdown)))
        return expanded

    @event_priority(100)  # First, so that other plugins see the whole page.
    def on_page_content(
        self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the finished HTML of a generated page back."""
        blocks = self.generated.get(page.file.src_uri)
        if blocks is None:
            return html
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids_of(blocks)
        return put_back(html, blocks)

    @event_priority(100)
    def _hide_from_search(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Spare Material's search the blocks that it would read only to leave them out."""
        blocks = self.generated.get(page.file.src_uri)
        if blocks and page.content and SEARCH & set(config.plugins):
            page.content = hide(page.content, blocks)
        return context

    @event_priority(-100)
    def _show_again(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        blocks = self.generated.get(page.file.src_uri)
        if blocks and page.content and SEARCH & set(config.plugins):
            page.content = show(page.content, blocks)
        return context

    @event_priority(-100)
    def _speak_on_page(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Let the theme draw a page with the switch, the words and the navigation it needs."""
        path, switch = page.file.src_uri, self.languages
        if not switch.folders:
            return context
        own = config.extra.get("alternate")
        self.around = own, config.theme.get("language")
        entries = switch.entries(path, own if isinstance(own, list) else ())
        config.extra["alternate"] = entries
        language = switch.language(path)
        if words := theme_language(language, lambda one: theme_has(config, WORDS.format(one))):
            config.theme["language"] = words
        items = switch.shown(nav.items, path)
        context["nav"] = Navigation(items, nav.pages)
        if language:
            home = switch.home(path)
            first = (one for one in nav.pages if one.file.src_uri == home)
            context["nav"].homepage = next(first, nav.homepage)
        return context

    def _stop_speaking(self, config: MkDocsConfig) -> None:
        """Give the configuration back what a page has changed."""
        if self.around is not None:
            alternate, language = self.around
            if alternate is None:
                config.extra.pop("alternate", None)
            else:
                config.extra["alternate"] = alternate
            if language is not None:
                config.theme["language"] = language
            self.around = None

    on_page_context = CombinedEvent(_hide_from_search, _show_again, _speak_on_page)

    def _edition(self, path: str) -> Edition | None:
        """Return the rubric that a generated page or file belongs to."""
        parts = path.split("/")
        return self.editions.get(parts[0]) or self.editions.get("/".join(parts[:2]))

    def _write_policy(self, site: Path) -> None:
        """Write the policy into all pages, now that it is known."""
        pages = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
        finished = self.publication.with_policy(list(pages.values()))
        for (path, html), new in zip(pages.items(), finished, strict=True):
            if new != html:
                write_file(new.encode(), str(path))

    def _site(self, config: MkDocsConfig) -> Site:
        return site_of(config)._replace(redirects=self.config.publish.redirects)

    def _edit_uri(self, config: MkDocsConfig, page: Page) -> str | None:
        """Return the path of a page's rubric relative to `docs_dir`, for MkDocs' edit links."""
        path, _ = self.origins.get(page.path, (None, None))
        if path is None:
            return None
        with suppress(ValueError):  # On Windows, the rubric may be on another drive.
            return Path(os.path.relpath(path, config.docs_dir)).as_posix()
        return None

    def _find_origins(self, tree: Mapping[str, Page]) -> dict[str, tuple[Path, int]]:
        """Return the file and the line that each page comes from, by the path of the page."""
        found = {}
        for path, page in tree.items():
            if edition := self._edition(path):
                reading = edition.reading
                file, line, _ = reading.source.origin(page.origin, key=True)
                # A rubric that came with the package is not in the site's repository.
                if is_installed(reading.files[file]):
                    file, line = reading.source.path, 1
                if not is_installed(reading.files[file]):
                    found[path] = (reading.files[file], line)
        return found


class OptionalCache(FileSystemBytecodeCache):
    """A cache of templates that is skipped if it cannot be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled template if the cache can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled template if the cache can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _root(config: MkDocsConfig) -> Path:
    """Return the folder of `mkdocs.yml`; if it came from standard input, the working directory."""
    return Path(config.config_file_path or "mkdocs.yml").parent


def _without_dots(address: str) -> str:
    """Return a part of an address without `x/../`."""
    shorter = _PARENT.sub("", address)
    while shorter != address:
        address, shorter = shorter, _PARENT.sub("", shorter)
    return address


_PARENT = re.compile(r"(?<![^/=])(?!\.\./)[^/=?&]+/\.\./")


def _placed(findings: Iterable[Diagnostic], file: File, markdown: str) -> list[Diagnostic]:
    """Return findings in a page's text with their lines in its file, front matter included."""
    path, skipped = Path(file.src_uri), 0
    if file.abs_src_path:
        path = Path(file.abs_src_path)
        with suppress(OSError, ValueError):
            whole = file.content_string
            # If another plugin has changed the text, its position in the file is unknown.
            if whole.endswith(markdown):
                skipped = place(whole, len(whole) - len(markdown))[0]
    return [
        finding._replace(path=shown_path(path), line=finding.line + skipped) for finding in findings
    ]


def site_of(config: MkDocsConfig) -> Site:
    """Return the settings of the site that pages need, after all plugins have changed them."""
    language = config.theme.get("language") or str(config.theme.locale or "en")
    return Site(config.use_directory_urls, str(language))


def theme_has(config: MkDocsConfig, template: str) -> bool:
    """Return whether the theme has a template."""
    return any((Path(folder) / template).is_file() for folder in config.theme.dirs)


def _message(findings: Iterable[Diagnostic]) -> str:
    return "stagebook: the rubrics or pages have errors\n" + "\n".join(map(str, sorted(findings)))
