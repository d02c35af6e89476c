"""Bring Stagebook into an MkDocs site that exists."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from ..site.mkdocs_config import INHERITED, error_at, get, plugins_of, read_root
from .insertion import Item, add_item

EXTENSION = "attr_list"
"""The Markdown extension that reads the ids of headings in generated pages."""
_BUNDLES = ("extra", "pymdownx.extra", "attr_list")


class Edited(NamedTuple):
    """A `mkdocs.yml` with Stagebook in it, and what its author should know."""

    text: str
    notes: list[str]


def edit_config(text: str, rubric: str) -> Edited:
    """Return a `mkdocs.yml` with the plugin and the extension; raises ConfigError.

    `rubric` is the path of the rubric from the folder of `mkdocs.yml`. Comments, order and tags
    stay; what is there already is not added again.
    """
    root = read_root(text)
    if inherit := get(root, "INHERIT"):
        raise error_at(inherit, INHERITED)
    for name, node in _plugins(root):
        if name == "stagebook":
            raise error_at(node, "the plugin 'stagebook' is here already: list rubrics under it")
    plugin = Item("stagebook", ("rubrics:", f"  - {rubric}"), f"{{rubrics: [{rubric}]}}")
    text = add_item(text, "plugins", plugin, before=("search",))
    if not any(name.removeprefix("markdown.extensions.") in _BUNDLES for name in _extensions(root)):
        text = add_item(text, "markdown_extensions", Item(EXTENSION))
    return Edited(text, _notes(root))


def _plugins(root: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
    found = get(root, "plugins")
    return [(name, options or found or root) for name, options in plugins_of(root)]


def _extensions(root: yaml.MappingNode) -> list[str]:
    node = get(root, "markdown_extensions")
    if isinstance(node, yaml.MappingNode):
        return [str(name.value) for name, _ in node.value]
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    names = [one.value[0][0] if isinstance(one, yaml.MappingNode) else one for one in items]
    return [str(name.value) for name in names]


def _notes(root: yaml.MappingNode) -> list[str]:
    theme = get(root, "theme")
    name = get(theme, "name") if isinstance(theme, yaml.MappingNode) else theme
    notes = []
    if name is None or name.value != "material":
        notes.append("The pages are made for and tested with the theme 'material'.")
    if get(root, "nav"):
        notes.append(
            "The pages come last in the navigation. To move them, add the rubric's id and a "
            "slash, such as 'my-model/', to 'nav'."
        )
    return notes
