"""The switch of languages in the header of Material for MkDocs, and what goes with it.

Material shows the languages of `extra.alternate` and writes the words of `theme.language`. Both are
those of one site; here they are set for each page, before the theme draws it. Nothing here imports
MkDocs: it changes the objects that the plugin hands over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, MutableMapping, Sequence
from html import escape
from typing import Any

from ..i18n import direction_of
from .addresses import Site, url_of
from .editions import (
    Alternate,
    Edition,
    find_alternates,
    folder_of,
    home_of,
    language_name,
    languages_of,
)

STEMMERS = frozenset(
    (
        *("ar", "da", "de", "du", "es", "fi", "fr", "hi", "hu", "hy", "it", "ja", "kn", "ko"),
        *("nl", "no", "pt", "ro", "ru", "sa", "sv", "ta", "te", "th", "tr", "vi", "zh"),
    )
)
"""The languages, besides English, whose words Lunr can search."""
INSTANT = "navigation.instant"
_HEAD_LINKS = re.compile(r'\s*<link rel="alternate" href="[^"]*" hreflang="[^"]*">')
_PLACES = re.compile(r"<loc>([^<]*)</loc>")


class LanguageSwitch:
    """The languages of the pages of one build; without translations, it changes nothing."""

    def __init__(self, editions: Sequence[Edition], site: Site, address: str = "") -> None:
        """Keep the rubrics of the site, its settings and the address of its root, if known."""
        self.editions, self.site, self.address = editions, site, address
        self.folders = languages_of(editions)
        self.alternates: dict[str, list[Alternate]] = {}
        self.pages: set[str] = set()

    def add_pages(self, paths: Iterable[str]) -> None:
        """Note which pages there are."""
        self.pages = set(paths)
        self.alternates = find_alternates(self.pages, self.editions, self.site)

    def language(self, path: str) -> str:
        """Return the language of a page in the folder of a translation, or nothing."""
        return self.folders.get(folder_of(path, self.folders), "")

    def entries(self, path: str, own: Iterable[Any]) -> list[Any]:
        """Return the entries of `extra.alternate` for a page, from those of the site's own.

        An entry of the site's own for a language keeps its name, and leads to the page.
        """
        entries = [dict(entry) for entry in own]
        named = {str(entry.get("lang", "")).lower(): entry for entry in entries}
        for language, other in self.alternates.get(path, ()):
            link = url_of(other, self.site.directory_urls) or "."
            if language.lower() in named:
                named[language.lower()]["link"] = link
            else:
                entries.append({"name": _name(language), "link": link, "lang": language})
        return entries

    def shown(self, items: Iterable[Any], path: str) -> list[Any]:
        """Return the items of the navigation, at its top, that have pages in a page's language."""
        folder = folder_of(path, self.folders)
        found = []
        for item in items:
            folders = {folder_of(page, self.folders) for page in _pages_in(item)}
            if folder in folders or not folders:
                found.append(item)
        return found

    def facts(self, path: str, own: Iterable[Any]) -> list[Any]:
        """Return all that a theme that is shown the entries, the items and the home can tell."""
        folder = folder_of(path, self.folders)
        entries = self.entries(path, own) if self.folders else []
        return [folder, self.language(path), entries, self.home(path) if folder else ""]

    def home(self, path: str) -> str:
        """Return the first page in the language of a page."""
        return home_of(folder_of(path, self.folders), self.editions, self.pages)

    def link_neighbours(self, pages: Iterable[Any]) -> None:
        """Let each page of the navigation follow the one before it in its own language."""
        last: dict[str, Any] = {}
        for page in pages:
            folder = folder_of(page.file.src_uri, self.folders)
            page.previous_page, page.next_page = last.get(folder), None
            if page.previous_page:
                page.previous_page.next_page = page
            last[folder] = page

    def finish(self, html: str) -> str:
        """Return a page without the links that the theme writes into its head.

        Material's script takes their addresses for roots of sites, and asks for a sitemap below
        each. The sitemap of the site says the same to search engines.
        """
        return _HEAD_LINKS.sub("", html) if self.folders else html

    def sitemap(self, text: str) -> str:
        """Return a sitemap that says, of each page, where it is in other languages."""
        if not self.alternates or not self.address:
            return text
        groups = {
            f"{self.address}{url_of(path, self.site.directory_urls)}": group
            for path, group in self.alternates.items()
            if all(self.alternates.get(one.path) is group for one in group)
        }

        def with_links(place: re.Match[str]) -> str:
            links = [
                f'<xhtml:link rel="alternate" hreflang="{one.language}" href="'
                + escape(f"{self.address}{url_of(one.path, self.site.directory_urls)}")
                + '"/>'
                for one in groups.get(place.group(1), ())
            ]
            return "\n         ".join([place.group(), *links])

        head = "<urlset "
        told = text.replace(head, f'{head}xmlns:xhtml="http://www.w3.org/1999/xhtml" ', 1)
        return _PLACES.sub(with_links, told)


def search_languages(present: Sequence[str], added: Iterable[str]) -> list[str]:
    """Return the languages of a search with those that it can learn besides."""
    codes = [one.partition("-")[0].lower() for one in added]
    return list(dict.fromkeys([*present, *(one for one in codes if one in STEMMERS)]))


def theme_language(tag: str, knows: Callable[[str], bool]) -> str:
    """Return the name under which a theme has the words of a language, or nothing."""
    return next((one for one in (tag, tag.partition("-")[0].lower()) if knows(one)), "")


def without_instant(features: Collection[str]) -> list[str]:
    """Return the features of Material that fit a site in several languages.

    Its instant navigation keeps the header of the page before, with the switch and all its words.
    """
    return [one for one in features if not one.startswith(INSTANT)]


def drop_instant(theme: MutableMapping[str, Any]) -> None:
    """Switch Material's instant navigation off."""
    if features := theme.get("features"):
        theme["features"] = without_instant(features)


def _pages_in(item: Any) -> Iterable[str]:
    if item.is_page:
        yield item.file.src_uri
    for child in item.children or ():
        yield from _pages_in(child)


def _name(language: str) -> str:
    """Return the name of a language in itself; the theme does not escape it."""
    name = escape(language_name(language))
    return f'<span lang="{language}" dir="{direction_of(language)}">{name}</span>'
