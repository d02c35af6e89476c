"""Combine the pages of all rubrics, and place them in the navigation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from ..checks import Subject, links_lead_somewhere
from ..checks.loader import Reading
from ..diagnostics import Diagnostic, RubricError, without_codes
from ..rubric.model import Rubric
from . import Page, Site, navigation, render_tree
from .navigation import section_title
from .publishing.app import app_files
from .publishing.card import card, card_path, has_letters
from .tree import SCRIPT, STYLES

__all__ = ["SCRIPT", "STYLES", "find_missing", "merge_trees", "place_navigation"]


def merge_trees(readings: Iterable[Reading], site: Site | None = None) -> dict[str, Page]:
    """Return the pages of all rubrics; raises RubricError if two have the same id."""
    tree: dict[str, Page] = {}
    seen: dict[str, str] = {}
    rubrics: list[Rubric] = []
    for reading in readings:
        rubric = reading.rubric
        if rubric.id in seen:
            message = f"{seen[rubric.id]} also has the id {rubric.id!r}"
            raise RubricError([reading.source.finding("duplicate-id", ("id",), message)])
        seen[rubric.id] = reading.source.path
        rubrics.append(rubric)
        tree |= render_tree(rubric, reading.text, site)
    for rubric in rubrics if site and site.social_image else ():
        if has_letters(rubric):
            tree[card_path(rubric)] = Page(card_path(rubric), card(rubric))
    if site and site.service_worker:
        tree |= {path: Page(path, content) for path, content in app_files(rubrics, site)}
    return tree


def find_missing(readings: Iterable[Reading], files: Collection[str]) -> list[Diagnostic]:
    """Return a finding for each path in a text that is not among the site's files."""
    return [
        finding
        for reading in readings
        for finding in without_codes(
            links_lead_somewhere(Subject(reading.rubric, reading.source), files),
            reading.rubric.checks,
        )
    ]


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
    nav: Sequence[Any] | None, rubrics: Iterable[Rubric], pages: Iterable[str]
) -> list[Any]:
    """Return the site's navigation with the pages of every rubric.

    The pages of a rubric replace the item `<id>/`; rubrics without an item come last, unless the
    site lists pages of theirs itself. If the site has no navigation, the hand-written `pages` come
    first, in their order.
    """
    wanted = {f"{rubric.id}/": rubric for rubric in rubrics}
    listed = {f"{path.split('/')[0]}/" for path in paths_of(nav or ()) if "/" in path}
    placed: set[str] = set()

    def place(item: Any) -> list[Any]:
        if isinstance(item, dict):
            return [{title: place_value(title, value) for title, value in item.items()}]
        if isinstance(item, str) and item in wanted:
            placed.add(item)
            return [{section_title(wanted[item]): navigation(wanted[item])}]
        return [item]

    def place_value(title: str, value: Any) -> Any:
        if isinstance(value, list):
            return [new for item in value for new in place(item)]
        if isinstance(value, str) and value in wanted:
            placed.add(value)
            return navigation(wanted[value])
        return value

    items = list(nav) if nav is not None else [page for page in pages]
    result = [new for item in items for new in place(item)]
    rest = [rubric for key, rubric in wanted.items() if key not in placed | listed]
    return result + [{section_title(rubric): navigation(rubric)} for rubric in rest]
