"""The site as plain files, for any engine that reads Markdown and mkdocs.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .diagnostics import Diagnostic, RubricError
from .pages import Site, expand_blocks
from .reading import Reading
from .site import SCRIPT, STYLES, find_missing, merge_trees, place_navigation

CONTENT, OVERRIDES, CONFIG = "content", "overrides", "mkdocs.yml"
"""Where things stand in the written tree."""

_HEAD = "# Written by `stagebook write`. Change the rubric and the site's own mkdocs.yml instead.\n"


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What `stagebook write` needs to know of a `mkdocs.yml`."""

    docs_dir: str
    custom_dir: str | None
    rubrics: tuple[str, ...]


def read_config(text: str) -> SiteConfig:
    """Return the folders and rubrics that a `mkdocs.yml` names; raises yaml.YAMLError."""
    root = _compose(text)
    docs_dir = _scalar(root, "docs_dir") or "docs"
    theme = _get(root, "theme")
    custom_dir = _scalar(theme, "custom_dir") if isinstance(theme, yaml.MappingNode) else None
    options = next((o for name, o in _plugins(root) if name == "stagebook"), None)
    patterns = _get(options, "rubrics") if isinstance(options, yaml.MappingNode) else None
    rubrics = [item.value for item in patterns.value] if patterns else ["rubrics/*.yml"]
    return SiteConfig(docs_dir, custom_dir, tuple(rubrics))


def written_site(
    config: str,
    content: Mapping[str, bytes],
    overrides: Mapping[str, bytes],
    readings: Sequence[Reading],
    site: Site | None = None,
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return all files of the site by path, and paths in texts that lead to none of them.

    Raises RubricError for blocks that say nothing.

    The pages are those that the plugin makes in memory, byte for byte.
    """
    rubrics = {reading.rubric.id: reading.rubric for reading in readings}
    tree = {path: page.content for path, page in merge_trees(readings, site).items()}
    findings: list[Diagnostic] = []
    for path, data in content.items():
        if path.endswith(".md"):
            expanded, found = expand_blocks(data.decode("utf-8-sig"), path, rubrics, site)
            findings += found
            data = expanded.encode()
        tree[path] = data
    if findings:
        raise RubricError(findings)
    hand_written = [path for path in content if path.endswith(".md")]
    nav = place_navigation(_nav(config), rubrics.values(), hand_written)
    files = {f"{CONTENT}/{path}": data for path, data in tree.items()}
    files |= {f"{OVERRIDES}/{path}": data for path, data in overrides.items()}
    files = {CONFIG: _plain_config(config, nav, bool(overrides)).encode(), **files}
    return files, find_missing(readings, tree)


def _plain_config(text: str, nav: list[Any], overrides: bool) -> str:
    """Return the `mkdocs.yml` of the written tree: the same site, without the plugin.

    It is edited as nodes, so that tags such as `!ENV` stay as they are.
    """
    root = _compose(text)
    _set(root, "docs_dir", yaml.ScalarNode("tag:yaml.org,2002:str", CONTENT))
    theme = _get(root, "theme")
    if overrides and isinstance(theme, yaml.MappingNode):
        _set(theme, "custom_dir", yaml.ScalarNode("tag:yaml.org,2002:str", OVERRIDES))
    plugins = _get(root, "plugins")
    if isinstance(plugins, yaml.SequenceNode):
        plugins.value = [node for node in plugins.value if _plugin(node)[0] != "stagebook"]
    elif isinstance(plugins, yaml.MappingNode):
        plugins.value = [pair for pair in plugins.value if pair[0].value != "stagebook"]
    _set(root, "nav", _node(nav))
    _extend(root, "extra_css", STYLES, first=True)
    _extend(root, "extra_javascript", SCRIPT)
    # The written pages are no place to edit.
    _set(root, "edit_uri", yaml.ScalarNode("tag:yaml.org,2002:str", "", style='"'))
    _drop(root, "watch")
    return _HEAD + yaml.serialize(root, allow_unicode=True, width=100)


def _nav(config: str) -> list[Any] | None:
    node = _get(_compose(config), "nav")
    return yaml.safe_load(yaml.serialize(node)) if node else None


def _compose(text: str) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise yaml.YAMLError("mkdocs.yml holds no mapping")
    return root


def _get(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for name, value in pairs if name.value == key), None)


def _scalar(node: yaml.Node, key: str) -> str | None:
    value = _get(node, key)
    return str(value.value) if isinstance(value, yaml.ScalarNode) else None


def _set(node: yaml.MappingNode, key: str, value: yaml.Node) -> None:
    _drop(node, key)
    node.value.append((yaml.ScalarNode("tag:yaml.org,2002:str", key), value))


def _drop(node: yaml.MappingNode, key: str) -> None:
    node.value = [pair for pair in node.value if pair[0].value != key]


def _extend(root: yaml.MappingNode, key: str, item: str, *, first: bool = False) -> None:
    old = _get(root, key)
    items = list(old.value) if isinstance(old, yaml.SequenceNode) else []
    items.insert(0 if first else len(items), yaml.ScalarNode("tag:yaml.org,2002:str", item))
    _set(root, key, yaml.SequenceNode("tag:yaml.org,2002:seq", items))


def _plugins(root: yaml.MappingNode) -> list[tuple[str, yaml.Node | None]]:
    plugins = _get(root, "plugins")
    if isinstance(plugins, yaml.MappingNode):
        return [(name.value, value) for name, value in plugins.value]
    return [_plugin(node) for node in plugins.value] if plugins else []


def _plugin(node: yaml.Node) -> tuple[str, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        name, options = node.value[0]
        return name.value, options
    return node.value, None


def _node(data: Any) -> yaml.Node:
    node = yaml.compose(yaml.safe_dump(data, allow_unicode=True), Loader=yaml.SafeLoader)
    assert node is not None
    return node
