"""Generated pages in sites of which everything is known that could change them.

Such a page needs no engine but for its headings, and those only if the page is drawn: a page of an
earlier build that has the same key is written as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..files.cache import Cache, Entry, key_of
from ..site.finished import for_search, ids_of, put_back, take_out, without_search
from ..site.language_switch import LanguageSwitch
from .headings import Headings
from .searching import Search

TEMPLATE = "stagebook-kept.html"
"""The template of a page that is written as it was kept."""
LINE = "stagebook-line"
"""Stands for the line in the rubric that the edit link of a page leads to."""
_PLUGINS = {"stagebook", "search", "offline"}
_NO_PAGE = "404.html"
"""A template of a site that is none of its pages."""
_MAIN = "main.html"
"""The template of all pages; that of a new site reads nothing but the page and its settings."""
_EXTENSIONS = {
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code"),
    *("footnotes", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc"),
    *("pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic"),
    *("pymdownx.details", "pymdownx.emoji", "pymdownx.extra", "pymdownx.highlight"),
    *("pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark"),
    *("pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    *("pymdownx.tilde",),
}
"""Extensions that read nothing but the page."""
_APART = {
    *("config_file_path", "site_dir", "docs_dir", "plugins", "hooks", "nav", "watch", "dev_addr"),
    *("exclude_docs", "draft_docs", "not_in_nav", "validation", "theme", "edit_uri", "strict"),
}
"""Settings that are in no page, or that the key of a page says otherwise."""


def is_known(config: MkDocsConfig) -> bool:
    """Return whether nothing changes generated pages that their keys do not say."""
    names = (name.removeprefix("markdown.extensions.") for name in config.markdown_extensions)
    folder = config.theme.custom_dir
    own = [*Path(folder).rglob("*.html")] if folder else []
    return (
        config.theme.name == "material"
        and all(path.name == _NO_PAGE or _is_of_new_site(path, folder) for path in own)
        and not config.hooks
        and set(names) <= _EXTENSIONS
        and {name.removeprefix("material/") for name in config.plugins} <= _PLUGINS
    )


def _is_of_new_site(path: Path, folder: str | None) -> bool:
    """Return whether a template is the one that new sites begin with, unchanged."""
    if folder is None or path != Path(folder) / _MAIN:
        return False
    ours = resources.files("stagebook") / "scaffold" / "site" / "overrides" / _MAIN
    return path.read_text("utf-8", "replace") == ours.read_text("utf-8")


class FinishedPage(Page):
    """A page that is drawn when its content is wanted."""

    headings: Headings
    blocks: Sequence[str] = ()
    store: Cache | None = None
    """Where the page of an earlier build is; it is read when it is written again."""
    kept: Entry | None = None
    anchors: set[str] | None = None
    key = html = ""
    is_drawn = False
    found: Sequence[Any] | None = None
    """What the search finds in the page, where that is known."""

    @classmethod
    def adopt(cls, page: Page, headings: Headings) -> FinishedPage:
        """Turn a page that MkDocs has made into a finished one."""
        page.__class__ = cls
        assert isinstance(page, cls)
        page.headings = headings
        return page

    def look_in(self, store: Cache) -> None:
        """Let the page be written as it is kept, if it still is when it is written."""
        self.store = store
        self.meta = {**self.meta, "template": TEMPLATE}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the page undrawn."""
        self.content = ""

    def draw(self) -> None:
        """Make content and table of contents, once."""
        if self.is_drawn:
            return
        self.is_drawn = True
        short, self.blocks = take_out(self.markdown or "")
        self.html, tokens = self.headings.convert(short)
        self.content, self.toc = put_back(self.html, self.blocks), get_toc(tokens)
        self.anchors = ids_of(self.blocks) | set(_ids(tokens))

    def hide(self, search: Search) -> None:
        """Show the search no more than what it reads; nothing if that is known."""
        self.kept = self.store.get(self.key) if self.store else None
        if self.kept is not None:
            self.found, self.anchors = self.kept.values["search"], {*self.kept.values["anchors"]}
            return
        self.draw()
        seen = put_back(self.html, [for_search(block) for block in self.blocks])
        self.found = search.read(self, seen)
        self.content = seen if self.found is None else ""

    def show(self, search: Search) -> None:
        """Show the whole page again, and add what is known to the search."""
        if self.found is not None:
            search.entries.extend(self.found)
        if self.kept is None:
            self.content = without_search(put_back(self.html, self.blocks))

    def forget(self) -> None:
        """Free the memory of what was written, but for what links may lead to."""
        self.content, self.html, self.blocks, self.found = "", "", (), None
        self.markdown, self.toc, self.kept = "", get_toc([]), None

    @property
    def present_anchor_ids(self) -> set[str]:  # type: ignore[override]
        """Return what links may lead to."""
        if self.anchors is None:
            self.draw()
        return self.anchors or set()


def _ids(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        yield token["id"]
        yield from _ids(token["children"])


class KeptPages:
    """The pages of earlier builds, as they were before anything was added to their heads."""

    def __init__(self, cache: Cache, code: str) -> None:
        """Use a cache; `code` is the key of what makes pages."""
        self.cache, self.code = cache, code

    def find(
        self,
        pages: Iterable[FinishedPage],
        nav: Navigation,
        config: MkDocsConfig,
        languages: LanguageSwitch,
    ) -> None:
        """Let pages that have not changed be written as they are kept."""
        own = config.extra.get("alternate")
        site = key_of("site", self.code, _site_facts(config), [*_nav_facts(nav.items)])
        for page in pages:
            if page.file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
                continue  # A server marks it.
            source = (page.markdown or "").encode()
            page.key = key_of(
                *("page", site, source, page.meta, page.url, page.file.src_uri),
                *(page.edit_url, page.canonical_url, page.abs_url, page.is_homepage),
                *(_neighbour(page.previous_page), _neighbour(page.next_page)),
                languages.facts(page.file.src_uri, own if isinstance(own, list) else ()),
            )
            if self.cache.has(page.key):
                page.look_in(self.cache)

    def keep(self, page: FinishedPage, html: str, entries: list[Any], readable: Any) -> None:
        """Keep a page for the next build."""
        if page.key:
            anchors = sorted(page.present_anchor_ids)
            values = {"anchors": anchors, "search": entries, "readable": readable}
            self.cache.put(page.key, Entry(values, html.encode()))


def add_template(env: Environment) -> None:
    """Add the template of kept pages."""
    assert env.loader is not None
    env.globals["kept_page"] = _html_of
    env.loader = ChoiceLoader([DictLoader({TEMPLATE: "{{ kept_page(page) }}"}), env.loader])


@pass_context
def _html_of(context: Context, page: FinishedPage) -> str:
    if page.kept is not None:
        return page.kept.text.decode()
    # It was there, and cannot be read: the theme draws it after all.
    return context.environment.get_template("main.html").render(context.get_all())


def _site_facts(config: MkDocsConfig) -> list[Any]:
    theme = config.theme
    settings = {key: value for key, value in config.items() if key not in _APART}
    plugins = {
        name: dict(plugin.config) for name, plugin in config.plugins.items() if name != "stagebook"
    }
    folder = theme.custom_dir
    own = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(Path(folder).rglob("*") if folder else ())
        if path.is_file()
    ]
    return [settings, {key: theme[key] for key in theme}, plugins, own, _segments()]


def _segments() -> bool:
    """Return whether the search splits Chinese text, by a package that it uses if it is there."""
    from material.plugins.search import plugin  # type: ignore[import-untyped]

    return plugin.jieba is not None


def _nav_facts(items: Iterable[StructureItem]) -> Iterator[Any]:
    """Yield all that the navigation shows on some page."""
    for item in items:
        meta = getattr(item, "meta", None) or {}
        shown = sorted(meta) if isinstance(item, FinishedPage) else meta
        url = getattr(item, "url", None)
        yield [
            type(item).__name__,
            item.title,
            url,
            shown,
            [*_nav_facts(getattr(item, "children", None) or ())],
        ]


def _neighbour(page: Page | None) -> Any:
    return page and [page.title, page.url]
