"""The MkDocs plugin: pages in memory, live reload, edit links into the rubric."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.utils.templates import TemplateContext

# Without this, pydantic searches all installed packages for plugins at every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from ..api.portfolio import PortfolioReader
from ..checks.loader import Reading
from ..diagnostics import RubricError, has_errors
from ..files.cache import Cache, code_key, open_cache
from ..files.cores import spread
from ..site import Page, Site, expand_blocks, remember_compiled
from ..site.assembly import (
    SCRIPT,
    STYLES,
    drop_taken,
    find_missing,
    merge_trees,
    missing_extensions,
    paths_of,
    place_navigation,
)
from ..site.editions import Edition, edition_of, rubrics_for
from ..site.finished import hide, ids_of, put_back, show, take_out
from ..site.language_links import without_links
from ..site.language_switch import LanguageSwitch
from ..site.nav_memory import NavMemory, remember_navigation
from ..site.notice import Notice
from ..site.publishing.app import SCRIPT as APP_SCRIPT
from ..site.publishing.app import WORKER
from ..site.publishing.card import NEEDED, card_path, is_possible
from ..site.publishing.llms import Entry as LlmsEntry
from ..site.publishing.llms import markdown_path
from ..site.publishing.publication import PageFacts, Publication, PublishOptions, SiteFacts
from .caches import OptionalCache, RememberedTree
from .drawing import Drawing, draw_unwritten
from .edit_links import edit_address, edit_uri, find_origins
from .findings import BrokenRubric, placed, shown_in, written_in
from .finished_pages import LINE, FinishedPage, KeptPages, add_template, is_known
from .headings import Headings
from .options import StagebookConfig
from .published import address_of, has_worker, publication_of, write_policy, write_worker
from .reading import find_good_editions, read_rubrics, root_of
from .searching import Search
from .serving import LastGoodPages, keep_serving
from .standing import GeneratedFile, StandingFiles
from .theme_languages import ThemeLanguages
from .theme_templates import quicken

if TYPE_CHECKING:  # Only a server needs it, and it is slow to import.
    from mkdocs.livereload import LiveReloadServer

NAVIGATORS = ("awesome-nav", "awesome-pages", "literate-nav")
"""Plugins that make the navigation of a site that has none."""
UNABLE = {
    "i18n": "the plugin 'i18n' reads each page from a file, and these pages have none: write the "
    "site with `stagebook write` and build that, or give each language a rubric of its own"
}
"""Plugins that cannot work beside this one, and what to do instead."""

log = get_plugin_logger("stagebook")


class StagebookPlugin(BasePlugin[StagebookConfig]):  # type: ignore[no-untyped-call]
    """Add the pages of every rubric to the site."""

    def __init__(self) -> None:
        """Start without rubrics; each build reads them."""
        self.readings: list[Reading] = []
        self.editions: dict[str, Edition] = {}
        self.languages = LanguageSwitch([], Site())
        self.theme = ThemeLanguages()
        self.origins: dict[str, tuple[Path, int]] = {}
        self.tables = PortfolioReader(Path())
        self.serving = False
        self.generated: dict[str, list[str]] = {}
        self.publication = Publication(PublishOptions(), SiteFacts(""))
        self.copied: set[str] = set()
        self.dirty = False
        self.notice = Notice()
        self.cache, self.code = Cache(None), ""
        self.compiled: OptionalCache | None = None
        self.nav: Navigation | None = None
        self.headings: Headings | None = None
        self.search = Search({})
        self.drawing = Drawing()
        self.standing = StandingFiles()
        self.last_good: LastGoodPages | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a server; MkDocs keeps an instance that has this method."""
        self.serving, self.dirty = command == "serve", dirty
        if not self.serving:
            gc.disable()  # A build is short and needs its objects until the end.
        self.cache = open_cache()
        self.code = code_key() if self.cache.folder else ""
        with suppress(OSError, RuntimeError):  # The user may have no cache folder.
            self.compiled = OptionalCache()
            remember_compiled(self.compiled)

    @event_priority(100)  # Before the search, which asks the theme for words.
    def _quicken_theme(self, config: MkDocsConfig) -> MkDocsConfig:
        if is_known(config):
            quicken(config, self.compiled)
        return config

    def _read_rubrics(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the rubrics, watch them for changes, and add the script and the styles."""
        for name, reason in UNABLE.items():
            if name in config.plugins:
                raise PluginError(f"stagebook: {reason}")
        if self.config.publish.social_image and not is_possible():
            raise PluginError(f"stagebook: {NEEDED}")
        self.readings = read_rubrics(config, self.config.rubrics)
        self.editions = find_good_editions(self.readings, site_of(config).language)
        self.languages = LanguageSwitch([*self.editions.values()], Site())
        if folders := self.languages.folders:
            self.theme.prepare(config, folders.values(), site_of(config).language)
        self.tables = PortfolioReader(root_of(config))
        for name in missing_extensions(config.markdown_extensions):
            config.markdown_extensions.append(name)
        # Before the user's styles, so that those take precedence.
        config.extra_css.insert(0, STYLES)
        config.extra_javascript.append(SCRIPT)
        if self._has_worker:
            config.extra_javascript.append(APP_SCRIPT)
        return config

    on_config = CombinedEvent(_quicken_theme, _read_rubrics)

    @event_priority(-100)  # Last, just before MkDocs empties the folder of the site.
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """See to it that pages of an earlier build are there while they are wanted."""
        if self.dirty:
            return
        # The policy of a page is written into it when all of them have been.
        if is_known(config) and not self.config.publish.policy:
            self.standing.begin(Path(config.site_dir))
        elif self.last_good:
            self.last_good.set_aside()

    def on_build_error(self, *, error: Exception) -> None:
        """Remember what is wrong with the rubrics, for the browsers of a server."""
        self.drawing.end()
        self.standing.end()
        self.notice.message = str(error) if isinstance(error, BrokenRubric) else ""

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Go on serving the last good pages while a rubric is broken."""
        self.last_good = keep_serving(server, Path(config.site_dir), self.notice)
        return server

    @event_priority(50)  # Early, so that other plugins see the pages.
    def _add_pages(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages; a page with the same path in `docs_dir` replaces a generated one."""
        self.publication = publication_of(config, self.config.publish, serving=self.serving)
        self.headings = Headings(config) if is_known(config) else None
        self.theme.look(config)
        try:
            tree = self._tree(self._site(config))
            tree = drop_taken(tree, written_in(files), self._site(config), partial(shown_in, files))
        except RubricError as error:
            raise BrokenRubric.of(error.findings) from error
        self.origins = find_origins(tree, self._edition)
        self.generated = {}
        for page in tree.values():
            if files.get_file_from_path(page.path) is None:
                file = GeneratedFile.generated(config, page.path, content=page.content)
                file.edit_uri = edit_uri(self.origins.get(page.path), config.docs_dir)
                files.append(file)
                if page.path.endswith(".md"):
                    self.generated[page.path] = []
                    edition = self._edition(page.path)
                    assert edition
                    title = edition.rubric.title
                    self.publication.add_page(title, page.content, file.url)
        for finding in find_missing(self.readings, {file.src_uri for file in files}):
            log.warning("%s", finding)
        # All pages are made: what follows reads records only.
        self.readings = []
        self.editions = {
            home: one._replace(reading=one.reading.without_source)
            for home, one in self.editions.items()
        }
        self.languages = LanguageSwitch(
            [*self.editions.values()], self._site(config), address_of(config)
        )
        self.languages.add_pages(file.src_uri for file in files.documentation_pages())
        if config.nav is not None:
            self._place_pages(files, config)
        return files

    @event_priority(-100)  # Last, as another plugin may take pages of its own out of it.
    def _make_navigation(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Make the navigation of a site that has none, unless another plugin does it."""
        if config.nav is None and not any(name in config.plugins for name in NAVIGATORS):
            self._place_pages(files, config)
        return files

    on_files = CombinedEvent(_add_pages, _make_navigation)

    def _place_pages(self, files: Files, config: MkDocsConfig) -> None:
        """Place the pages in the navigation, which leaves out those that it does not list."""
        pages = [
            file.src_uri
            for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)
            if file.generated_by is None
        ]
        config.nav = place_navigation(config.nav, self.editions.values(), pages)
        listed = set(paths_of(config.nav))
        for file in files.documentation_pages():
            if file.src_uri in self.generated and file.src_uri not in listed:
                file.inclusion = InclusionLevel.NOT_IN_NAV

    @event_priority(-100)  # Last, as another plugin may make another navigation.
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Let pages lead to their neighbours in the same language; remember the navigation."""
        if self.languages.folders:
            self.languages.link_neighbours(nav.pages)
        self.nav = nav
        return nav

    @event_priority(-100)  # Last, when all plugins have added their templates.
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let Material draw the navigation from memory; remember which files are copied."""
        self.copied = {file.dest_uri for file in files}
        self.search = Search(config.plugins)
        memory = NavMemory(lambda section: all(map(self._is_generated, section.children)))
        remember_navigation(env, memory)
        if env.bytecode_cache is None:
            env.bytecode_cache = self.compiled
        if self.headings and self.nav:
            pages = [file.page for file in files.documentation_pages()]
            finished = [page for page in pages if isinstance(page, FinishedPage)]
            if self.cache.folder is not None:
                add_template(env)
                KeptPages(self.cache, self.code).find(finished, self.nav, config, self.languages)
            new = [page for page in finished if page.store is None]
            self.headings.learn(page.markdown or "" for page in new)
            draw = partial(draw_unwritten, env=env, nav=self.nav, files=files, config=config)
            self.drawing.start([page for page in new if page.key], self.cache, draw)
        self.standing.keep_only(Path(config.site_dir), self._expected(files, config.site_dir))
        return env

    def on_pre_page(self, page: SitePage, *, config: MkDocsConfig, files: Files) -> SitePage:
        """Remove `content/../` from edit addresses, and add the line in the rubric."""
        _, line = self.origins.get(page.file.src_uri, (None, None))
        if page.edit_url and page.file.generated_by is not None and line is not None:
            page.edit_url = edit_address(page.edit_url, LINE if self.headings else line)
        if self.headings and page.file.src_uri in self.generated:
            return FinishedPage.adopt(page, self.headings)
        return page

    @event_priority(-100)  # Last, so that the policy allows what other plugins have added.
    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> str:
        """Complete the head of a generated page, and see what the policy must allow."""
        self.theme.restore(config)
        output = self.languages.finish(output)
        facts = None
        if isinstance(page, FinishedPage):
            if page.kept is None:
                twin = self._readable(page)
                KeptPages(self.cache, self.code).keep(page, output, self.search.found(), twin)
            elif twin := page.kept.values["readable"]:
                self.publication.read[page.url] = (twin[0], LlmsEntry(*twin[1]))
            _, line = self.origins.get(page.file.src_uri, (None, None))
            output = output.replace(f"#L{LINE}", f"#L{line}")
            page.forget()
        if page.file.src_uri in self.generated:
            # Not `page.title`: that may be one of the navigation, which is not escaped.
            title, said = (str(page.meta.get(key) or "") for key in ("title", "description"))
            edition = self._edition(page.file.src_uri)
            image = card_path(edition) if edition else ""
            facts = PageFacts(page.url, title, said, image if image in self.copied else "")
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

    @event_priority(-100)  # Last, when the index of the search is written.
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is published beside the pages."""
        self.drawing.end()
        site = Path(config.site_dir)
        if self.publication.options.policy:
            write_policy(site, self.publication)
        for path, text in self.publication.files(self.copied).items():
            self.standing.write(text.encode(), str(site / path))
        self.standing.finish()
        self.cache.trim()
        if WORKER not in self.copied:
            write_worker(site, is_wanted=self._has_worker)
        # Exclude the objects of the build from the last garbage collection, to save time.
        if not self.serving:
            gc.freeze()

    def on_page_markdown(
        self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Replace the embedded blocks of a hand-written page; keep finished HTML for later."""
        if page.file.src_uri in self.generated:
            if self.theme.has_switch:
                markdown = without_links(markdown)
            if isinstance(page, FinishedPage):
                return markdown
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
        findings = placed(findings, page.file, markdown)
        if has_errors(findings):
            raise BrokenRubric.of(findings)
        for finding in findings:
            log.warning("%s", finding)
        return expanded

    @event_priority(100)  # First, so that other plugins see the whole page.
    def on_page_content(
        self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the finished HTML of a generated page back."""
        blocks = self.generated.get(page.file.src_uri)
        if blocks is None or isinstance(page, FinishedPage):
            return html
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids_of(blocks)
        return put_back(html, blocks)

    @event_priority(100)
    def _hide_from_search(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Spare Material's search the blocks that it would read only to leave them out."""
        blocks = self.generated.get(page.file.src_uri)
        if isinstance(page, FinishedPage):
            self.search.begin()
            page.hide(self.search)
        elif blocks and page.content and self.search.is_there:
            page.content = hide(page.content, blocks)
        return context

    @event_priority(-100)
    def _show_again(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        blocks = self.generated.get(page.file.src_uri)
        if isinstance(page, FinishedPage):
            page.show(self.search)
        elif blocks and page.content and self.search.is_there:
            page.content = show(page.content, blocks)
        return context

    @event_priority(-100)
    def _set_language(
        self, context: TemplateContext, *, page: SitePage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        if self.languages.folders:
            self.theme.set(config, context, page.file.src_uri, nav, self.languages)
        return context

    on_page_context = CombinedEvent(_hide_from_search, _show_again, _set_language)

    def _edition(self, path: str) -> Edition | None:
        """Return the rubric that a generated page or file belongs to."""
        return edition_of(path, self.editions)

    def _readable(self, page: SitePage) -> Any:
        wanted = self.publication.options.llms and self.cache.folder is not None
        return self.publication.readable(page.url) if wanted else None

    def _tree(self, site: Site) -> dict[str, Page]:
        """Return the pages of all rubrics, those that have not changed from the cache."""
        if self.cache.folder is None:
            return merge_trees(self.readings, site)
        kept = {
            home: RememberedTree(
                self.cache, self.code, one.reading, site._replace(edition=one.folder)
            )
            for home, one in self.editions.items()
        }
        memories = {home: one.memory for home, one in kept.items()}
        tree = merge_trees(self.readings, site, memories, spread)
        for known in kept.values():
            known.keep()
        return tree

    def _expected(self, files: Files, site: str) -> set[str]:
        """Return the files that MkDocs and this plugin write with functions of MkDocs."""
        twins = map(markdown_path, self.publication.pages) if self.publication.options.llms else ()
        return {
            *(file.abs_dest_path for file in files),
            *(os.path.normpath(Path(site, twin)) for twin in twins),
        }

    def _is_generated(self, item: StructureItem) -> bool:
        return isinstance(item, SitePage) and item.file.src_uri in self.generated

    @property
    def _has_worker(self) -> bool:
        return has_worker(self.config.publish, serving=self.serving)

    def _site(self, config: MkDocsConfig) -> Site:
        publish = self.config.publish
        return site_of(config)._replace(
            redirects=publish.redirects,
            service_worker=self._has_worker,
            social_image=publish.social_image and not self.serving,
        )


def site_of(config: MkDocsConfig) -> Site:
    """Return the settings of the site that pages need, after all plugins have changed them."""
    language = config.theme.get("language") or str(config.theme.locale or "en")
    return Site(config.use_directory_urls, str(language))
