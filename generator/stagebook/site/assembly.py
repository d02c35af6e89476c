"""Combine the pages of all rubrics, and place them in the navigation."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..checks import links_lead_somewhere
from ..checks.loader import Reading
from ..diagnostics import Diagnostic, RubricError, without_codes
from . import Page, Site, navigation, render_tree
from .addresses import file_of, is_page
from .editions import Edition, find_alternates, find_editions, languages_of
from .language_links import with_links
from .navigation import section_title
from .publishing.app import app_files
from .publishing.card import cards
from .reuse import Memory
from .tree import SCRIPT, STYLES, Spread, one_by_one

__all__ = ["SCRIPT", "STYLES", "find_missing", "merge_trees", "place_navigation"]


def merge_trees(
    readings: Iterable[Reading],
    site: Site | None = None,
    memories: Mapping[str, Memory] | None = None,
    spread: Spread = one_by_one,
) -> dict[str, Page]:
    """Return the pages of all rubrics; raises RubricError if two have the same id.

    Translations have their pages in a folder of their language, and each page leads to the others.
    `memories` are those of editions by their homes; `spread` may render pages in other processes.
    """
    site = site or Site()
    editions = find_editions(readings, site.language)
    tree: dict[str, Page] = {}
    for edition in editions:
        own = site._replace(edition=edition.folder)
        memory = (memories or {}).get(edition.home)
        tree |= render_tree(edition.rubric, edition.reading.text, own, memory, spread)
    for path, alternates in find_alternates(tree, editions, site).items():
        if path in tree:
            tree[path] = tree[path]._replace(
                content=with_links(tree[path].content, path, alternates, site)
            )
    if site.social_image:
        tree |= {path: Page(path, content) for path, content in cards(editions)}
    if site.service_worker:
        tree |= {path: Page(path, content) for path, content in app_files(editions, site)}
    return tree


def find_missing(readings: Iterable[Reading], files: Collection[str]) -> list[Diagnostic]:
    """Return a finding for each path in a text that is not among the site's files."""
    return [
        finding
        for reading in readings
        if reading.subject
        for finding in sorted(
            without_codes(links_lead_somewhere(reading.subject, files), reading.rubric.checks)
        )
    ]


def drop_taken(
    tree: Mapping[str, Page], content: Iterable[str], site: Site, shown: Callable[[str], str]
) -> dict[str, Page]:
    """Return the pages and files without the redirects whose address a page of the author has.

    `content` are the paths of the author's files, and `shown` says how findings name them. Raises
    RubricError if one of them has the address of a generated page, but not its path: one of the two
    would be lost.
    """
    files = {file_of(path, site.directory_urls): path for path in content}
    clashes = {
        path: other
        for path in tree
        if (other := files.get(file_of(path, site.directory_urls), path)) != path
    }
    if findings := [
        Diagnostic(shown(other), 1, 1, "error", "duplicate-id", _CLASH.format(path))
        for path, other in clashes.items()
        if is_page(path)
    ]:
        raise RubricError(findings)
    return {path: page for path, page in tree.items() if path not in clashes}


_CLASH = "this page and {!r} of a rubric have the same address: rename it, or change the id"


def missing_extensions(names: Iterable[str]) -> list[str]:
    """Return the extensions of Markdown that the pages need and a site does not have.

    Headings have their ids and colours as attributes; everything else is HTML already.
    """
    bring = ("attr_list", "extra", "pymdownx.extra")
    known = {name.removeprefix("markdown.extensions.") for name in names}
    return [] if known & set(bring) else ["attr_list"]


def paths_of(nav: Iterable[Any]) -> Iterator[str]:
    """Yield the paths that a navigation lists, at any depth."""
    for item in nav:
        values = item.values() if isinstance(item, dict) else [item]
        for value in values:
            if isinstance(value, list):
                yield from paths_of(value)
            elif isinstance(value, str):
                yield value


def place_navigation(
    nav: Sequence[Any] | None, editions: Iterable[Edition], pages: Iterable[str]
) -> list[Any]:
    """Return the site's navigation with the pages of every rubric.

    The pages of a rubric replace the item `<id>/`, those of a translation `de/<id>/`; rubrics
    without an item come last, unless the site lists pages of theirs itself. If the site has no
    navigation, the hand-written `pages` come first, in sections named like their folders.
    """
    wanted = {f"{edition.home}/": edition for edition in editions}
    paths = list(paths_of(nav or ()))
    listed = {home for home in wanted if any(path.startswith(home) for path in paths)}
    placed: set[str] = set()

    def place(item: Any) -> list[Any]:
        if isinstance(item, dict):
            return [{title: place_value(title, value) for title, value in item.items()}]
        if isinstance(item, str) and item in wanted:
            placed.add(item)
            return [_section(wanted[item])]
        return [item]

    def place_value(title: str, value: Any) -> Any:
        if isinstance(value, list):
            return [new for item in value for new in place(item)]
        if isinstance(value, str) and value in wanted:
            placed.add(value)
            return navigation(wanted[value].rubric, wanted[value].home)
        return value

    items = list(nav) if nav is not None else _by_folder(pages, wanted.values())
    result = [new for item in items for new in place(item)]
    return result + [_section(one) for key, one in wanted.items() if key not in placed | listed]


def _by_folder(pages: Iterable[str], editions: Collection[Edition]) -> list[Any]:
    """Return hand-written pages in sections as MkDocs names and sorts them.

    The folder of a translation makes no section: its pages have a navigation of their own. Pages
    that replace generated ones are in the section of their rubric.
    """
    placed = {path for one in editions for path in paths_of([_section(one)])}
    languages = languages_of(tuple(editions))
    sections: dict[str, list[Any]] = {}

    def section(folder: str) -> list[Any]:
        if folder not in sections:
            sections[folder] = []
            parent, _, name = folder.rpartition("/")
            level = top if not parent or parent in languages else section(parent)
            level.append({_title_of(name): sections[folder]})
        return sections[folder]

    top: list[Any] = []
    for page in sorted(set(pages) - placed, key=_page_order):
        folder = posixpath.dirname(page)
        level = top if not folder or folder in languages else section(folder)
        level.append(page)
    return top


def _page_order(page: str) -> tuple[list[str], bool, str]:
    """Return the key that sorts pages as MkDocs does: the first page of each folder, the others."""
    *folders, name = page.split("/")
    return folders, name.partition(".")[0] not in ("index", "README"), name


def _title_of(folder: str) -> str:
    title = folder.replace("-", " ").replace("_", " ")
    return title.capitalize() if title == title.lower() else title


def _section(edition: Edition) -> dict[str, Any]:
    return {section_title(edition.rubric): navigation(edition.rubric, edition.home)}
