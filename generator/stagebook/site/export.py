"""Export the site as plain files for any engine that reads Markdown and mkdocs.yml."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from pathspec.gitignore import GitIgnoreSpec

from ..checks.loader import Reading
from ..diagnostics import Diagnostic, RubricError, has_errors
from ..rubric.text import decode
from . import expand_blocks
from .addresses import is_page
from .assembly import (
    SCRIPT,
    STYLES,
    drop_taken,
    find_missing,
    merge_trees,
    missing_extensions,
    place_navigation,
)
from .editions import find_editions, languages_of, rubrics_for
from .embed import Tables
from .language_switch import search_languages
from .mkdocs_config import NULL, TEXT, SiteConfig, get, plugin_of, plugins_of, value_of

CONTENT, OVERRIDES, CONFIG = "content", "overrides", "mkdocs.yml"
"""The folders and the configuration of the written tree."""

_HEAD = "# Written by `stagebook write`. Change the rubric and the site's own mkdocs.yml instead.\n"


def written_site(
    config: SiteConfig,
    content: Mapping[str, bytes],
    overrides: Mapping[str, bytes],
    readings: Sequence[Reading],
    *,
    shown: str = "",
    tables: Tables | None = None,
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return all files of the site by path, and warnings of what only a whole site shows.

    The pages are byte for byte the same as those of the plugin. `shown` is the folder of the
    hand-written pages in findings; `tables` reads portfolios. Raises RubricError for pages that
    cannot be read.
    """
    editions = find_editions(readings, config.site.language)
    name_of = f"{shown}/{{}}".format if shown else str
    made = drop_taken(merge_trees(readings, config.site), content, config.site, name_of)
    tree = {path: page.content for path, page in made.items()}
    findings: list[Diagnostic] = []
    for path, data in content.items():
        tree[path] = data
        if path.endswith(".md"):
            name = name_of(path)
            try:
                # MkDocs reads pages with universal line ends.
                text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
                known = rubrics_for(path, editions)
                rubrics = {id_: one.rubric for id_, one in known.items()}
                folders = {id_: one.folder for id_, one in known.items()}
                expanded, found = expand_blocks(text, path, rubrics, config.site, tables, folders)
            except RubricError as error:
                findings += error.findings
                continue
            findings += [finding._replace(path=name) for finding in found]
            tree[path] = expanded.encode()
    if has_errors(findings):
        raise RubricError(findings)
    unlisted = [GitIgnoreSpec.from_lines(text.splitlines()) for text in config.unlisted]
    hand_written = [
        path
        for path in content
        if is_page(path) and not any(spec.match_file(path) for spec in unlisted)
    ]
    nav = place_navigation(config.nav, editions, hand_written)
    files = {f"{CONTENT}/{path}": data for path, data in tree.items()}
    files |= {f"{OVERRIDES}/{path}": data for path, data in overrides.items()}
    languages = list(languages_of(editions).values())
    files = {CONFIG: _plain_config(config.root, nav, bool(overrides), languages).encode(), **files}
    return files, findings + find_missing(readings, tree)


def _plain_config(
    root: yaml.MappingNode, nav: list[Any], overrides: bool, languages: list[str]
) -> str:
    """Return the `mkdocs.yml` of the written tree: the same site, without the plugin."""
    root = copy.deepcopy(root)
    _set(root, "docs_dir", yaml.ScalarNode(TEXT, CONTENT))
    theme = get(root, "theme")
    if isinstance(theme, yaml.MappingNode):
        _drop(theme, "custom_dir")
        if overrides:
            _set(theme, "custom_dir", yaml.ScalarNode(TEXT, OVERRIDES))
    plugins = get(root, "plugins")
    if isinstance(plugins, yaml.SequenceNode):
        plugins.value = [node for node in plugins.value if plugin_of(node)[0] != "stagebook"]
    elif isinstance(plugins, yaml.MappingNode):
        plugins.value = [pair for pair in plugins.value if pair[0].value != "stagebook"]
    _set(root, "nav", _node(nav))
    _add_languages(root, languages)
    for name in missing_extensions(_extensions(root)):
        _add_extension(root, name)
    _extend(root, "extra_css", STYLES, first=True)
    _extend(root, "extra_javascript", SCRIPT)
    # Nobody should edit the written pages.
    _set(root, "edit_uri", yaml.ScalarNode(TEXT, "", style='"'))
    _drop(root, "edit_uri_template")
    _drop(root, "watch")
    return _HEAD + yaml.serialize(root, allow_unicode=True, width=100)


def _add_languages(root: yaml.MappingNode, languages: list[str]) -> None:
    """Let the search of the written site read the languages of its translations."""
    plugins = get(root, "plugins")
    if not languages or not isinstance(plugins, yaml.CollectionNode):
        return
    theme = get(root, "theme")
    for name, options in plugins_of(root):
        if name not in ("search", "material/search") or get(options, "lang"):
            continue
        own = value_of(get(theme, "language"))
        first = own.partition("-")[0] if isinstance(own, str) else "en"
        lang = _node({"lang": search_languages([first], languages)})
        assert isinstance(lang, yaml.MappingNode)
        if isinstance(options, yaml.MappingNode):
            options.value.extend(lang.value)
            continue
        pair = yaml.ScalarNode(TEXT, name), lang
        if isinstance(plugins, yaml.MappingNode):
            plugins.value = [pair if one[0].value == name else one for one in plugins.value]
        else:
            plugins.value = [
                yaml.MappingNode("tag:yaml.org,2002:map", [pair])
                if plugin_of(one)[0] == name
                else one
                for one in plugins.value
            ]


def _set(node: yaml.MappingNode, key: str, value: yaml.Node) -> None:
    _drop(node, key)
    node.value.append((yaml.ScalarNode(TEXT, key), value))


def _drop(node: yaml.MappingNode, key: str) -> None:
    node.value = [pair for pair in node.value if pair[0].value != key]


def _extend(root: yaml.MappingNode, key: str, item: str, *, first: bool = False) -> None:
    old = get(root, key)
    items = list(old.value) if isinstance(old, yaml.SequenceNode) else []
    items.insert(0 if first else len(items), yaml.ScalarNode(TEXT, item))
    _set(root, key, yaml.SequenceNode("tag:yaml.org,2002:seq", items))


def _extensions(root: yaml.MappingNode) -> list[str]:
    """Return the names of the extensions of Markdown."""
    node = get(root, "markdown_extensions")
    items = node.value if isinstance(node, yaml.CollectionNode) else []
    names = [item[0] if isinstance(item, tuple) else item for item in items]
    names = [one.value[0][0] if isinstance(one, yaml.MappingNode) else one for one in names]
    return [str(name.value) for name in names]


def _add_extension(root: yaml.MappingNode, name: str) -> None:
    node = get(root, "markdown_extensions")
    if isinstance(node, yaml.MappingNode):
        node.value.append((yaml.ScalarNode(TEXT, name), yaml.ScalarNode(NULL, "")))
    else:
        _extend(root, "markdown_extensions", name)


def _node(data: Any) -> yaml.Node:
    node = yaml.compose(yaml.safe_dump(data, allow_unicode=True), Loader=yaml.SafeLoader)
    assert node is not None
    return node
