"""The navigation of a rubric's pages."""

from __future__ import annotations

from html import escape
from typing import TypeAlias

from ..i18n import page_word
from ..rubric.model import Rubric
from .relations import Relations

NavItem: TypeAlias = "str | dict[str, str | list[NavItem]]"


def navigation(rubric: Rubric, folder: str = "") -> list[NavItem]:
    """Return the pages of a rubric as MkDocs navigation items.

    `folder` is that of the pages, by default the id of the rubric.

    Pages get their titles from their headings, so there are none here. Sections have titles in the
    language of the rubric.
    """
    relations, folder = Relations(rubric), folder or rubric.id

    def word(key: str) -> str:
        return escape(page_word(rubric.language, key, rubric.terms.words))

    assess = ["quick-check.md"] * bool(rubric.quick_check) + ["assessment.md"]
    assess += ["protocols.md"] * bool(rubric.protocols or rubric.measures)
    reference = ["crosswalk.md"] * bool(rubric.frameworks) + ["sources.md"] * bool(rubric.sources)
    reference += ["glossary.md"] * bool(rubric.glossary) + ["changes.md"] * bool(rubric.changes)
    plays = [f"remediations/{id_}.md" for id_ in rubric.remediations]
    stages = [f"stages/{id_}.md" for id_ in relations.ladder]
    items: list[NavItem] = [
        *_paths(folder, ["index.md"]),
        {word("section-assess"): _paths(folder, assess)},
    ]
    if stages:
        items.append({word("section-stages"): _paths(folder, stages)})
    dimensions = [*_paths(folder, ["gates.md"]), *_dimensions(relations, folder)]
    items.append({word("section-dimensions"): dimensions})
    if rubric.symptoms:
        items += _paths(folder, ["symptoms.md"])
    if plays:
        items.append({word("plays"): _paths(folder, ["remediations/index.md", *plays])})
    items.append({word("section-reference"): _paths(folder, [*reference, "downloads.md"])})
    return items


def section_title(rubric: Rubric) -> str:
    """Return the title of the rubric's section, escaped as engines expect."""
    return escape(rubric.title)


def _dimensions(relations: Relations, folder: str) -> list[NavItem]:
    """Return the pages of all dimensions, those of a group below its own page."""
    rubric = relations.rubric
    members = dict(relations.grouped)
    items: list[NavItem] = []
    for id_, group in rubric.groups.items():
        pages = [f"groups/{id_}.md", *(f"dimensions/{one}.md" for one in members.get(id_, []))]
        items.append({escape(group.title): _paths(folder, pages)})
    rest = [f"dimensions/{one}.md" for one in members.get(None, [])]
    return [*items, *_paths(folder, rest)]


def _paths(folder: str, pages: list[str]) -> list[NavItem]:
    return [f"{folder}/{page}" for page in pages]
