"""The navigation of a rubric's pages."""

from __future__ import annotations

from html import escape
from typing import TypeAlias

from ..i18n import page_word
from ..rubric.model import Rubric
from .relations import Relations

NavItem: TypeAlias = "str | dict[str, str | list[NavItem]]"


def navigation(rubric: Rubric) -> list[NavItem]:
    """Return the pages of a rubric as MkDocs navigation items.

    Pages get their titles from their headings, so there are none here. Sections have titles in the
    language of the rubric.
    """
    relations = Relations(rubric)

    def word(key: str) -> str:
        return escape(page_word(rubric.language, key, rubric.terms.words))

    assess = ["quick-check.md"] * bool(rubric.quick_check) + ["assessment.md"]
    assess += ["protocols.md"] * bool(rubric.protocols or rubric.measures)
    reference = ["crosswalk.md"] * bool(rubric.frameworks) + ["sources.md"] * bool(rubric.sources)
    reference += ["glossary.md"] * bool(rubric.glossary) + ["changes.md"] * bool(rubric.changes)
    plays = [f"remediations/{id_}.md" for id_ in rubric.remediations]
    stages = [f"stages/{id_}.md" for id_ in relations.ladder]
    dimensions = [f"dimensions/{id_}.md" for id_ in rubric.dimensions]
    items: list[NavItem] = [
        *_paths(rubric, ["index.md"]),
        {word("section-assess"): _paths(rubric, assess)},
        {word("section-stages"): _paths(rubric, stages)},
        {word("section-dimensions"): _paths(rubric, dimensions)},
    ]
    if rubric.symptoms:
        items += _paths(rubric, ["symptoms.md"])
    if plays:
        items.append({word("plays"): _paths(rubric, ["remediations/index.md", *plays])})
    items.append({word("section-reference"): _paths(rubric, [*reference, "downloads.md"])})
    return items


def section_title(rubric: Rubric) -> str:
    """Return the title of the rubric's section, escaped as engines expect."""
    return escape(rubric.title)


def _paths(rubric: Rubric, pages: list[str]) -> list[NavItem]:
    return [f"{rubric.id}/{page}" for page in pages]
