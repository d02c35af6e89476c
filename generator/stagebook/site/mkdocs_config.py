"""Read a `mkdocs.yml` as YAML nodes, which preserve tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import yaml
from yaml.constructor import SafeConstructor
from yaml.reader import ReaderError
from yaml_env_tag import construct_env_tag

from ..diagnostics import did_you_mean
from ..rubric.text import place
from . import Site
from .publishing.card import NEEDED, is_possible
from .publishing.publication import PublishOptions, SiteFacts

MAX_DEPTH = 100
"""The deepest nesting of collections; MkDocs itself fails at a few hundred."""
MAX_NAV = 50_000
"""The most items of a navigation after expanding aliases."""
INHERITED = "INHERIT is not supported here: put all settings in this file"
NO_TAGS = "tags are not supported here"
NULL = "tag:yaml.org,2002:null"
TEXT = "tag:yaml.org,2002:str"
_KINDS = frozenset(("str", "int", "float", "bool", "null", "timestamp", "seq", "map"))
"""What YAML makes of a value without a tag."""


class ConfigError(Exception):
    """A `mkdocs.yml` that cannot be written as plain files; line and column start at 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        """Store the position."""
        super().__init__(message)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The settings that `stagebook write` needs; `root` is the whole configuration."""

    root: yaml.MappingNode
    docs_dir: str
    custom_dir: str | None
    rubrics: tuple[str, ...]
    nav: list[Any] | None
    unlisted: tuple[str, ...]
    """Patterns of pages that a navigation which MkDocs makes leaves out, a text for each key."""
    site: Site
    publish: PublishOptions
    facts: SiteFacts

    def error(self, key: str, message: str) -> ConfigError:
        """Return an error at the value of a key, or of the same key of the theme."""
        theme = get(self.root, "theme")
        return error_at(get(self.root, key) or get(theme, key) or self.root, message)


def read_config(text: str) -> SiteConfig:
    """Return the folders, rubrics and navigation that a `mkdocs.yml` names; raises ConfigError."""
    with _naming_positions(text):
        root = read_root(text)
        _resolve_merge_keys(root, set())
        if inherit := get(root, "INHERIT"):
            raise error_at(inherit, INHERITED)
        theme = get(root, "theme")
        if isinstance(theme, yaml.SequenceNode):
            raise error_at(theme, "'theme' must be a name or a mapping, not a list")
        for key in ("extra_css", "extra_javascript"):
            _check_list(get(root, key), key)
        for key in ("plugins", "markdown_extensions"):
            _check_tag(get(root, key), key)
        return SiteConfig(
            root,
            _text(get(root, "docs_dir"), "docs_dir") or "docs",
            _text(get(theme, "custom_dir"), "custom_dir"),
            _rubrics(root),
            _nav(get(root, "nav")),
            tuple(_words(root, key) for key in ("not_in_nav", "draft_docs", "exclude_docs")),
            _site(root),
            _publish(root),
            SiteFacts(_words(root, "site_name"), _words(root, "site_description"), _address(root)),
        )


@contextmanager
def _naming_positions(text: str) -> Iterator[None]:
    """Raise ConfigError with a position where YAML raises an error of its own."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = ", ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError(message, line, column) from error
    except ReaderError as error:
        line, column = place(text, error.position)
        message = f"character U+{int(error.character):04X} is not allowed"
        raise ConfigError(message, line + 1, column + 1) from error


def error_at(node: yaml.Node, message: str) -> ConfigError:
    """Return an error at the position of a node."""
    mark = node.start_mark
    return ConfigError(message, mark.line + 1, mark.column + 1) if mark else ConfigError(message)


def read_root(text: str) -> yaml.MappingNode:
    """Return a `mkdocs.yml` as YAML nodes, merge keys as they are; raises ConfigError."""
    with _naming_positions(text):
        return _compose(text)


def _compose(text: str) -> yaml.MappingNode:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH and event.start_mark:
            message = f"collections are nested more than {MAX_DEPTH} deep"
            raise ConfigError(message, event.start_mark.line + 1, event.start_mark.column + 1)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        raise ConfigError("the file contains no YAML")
    if not isinstance(root, yaml.MappingNode):
        raise error_at(root, "mkdocs.yml must be a mapping of keys to values")
    return root


def _resolve_merge_keys(node: Any, seen: set[int]) -> None:
    if not isinstance(node, yaml.CollectionNode) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        SafeConstructor().flatten_mapping(node)
        for _, value in node.value:
            _resolve_merge_keys(value, seen)
    else:
        for item in node.value:
            _resolve_merge_keys(item, seen)


def get(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return the value of a key; if the key is duplicated, the last value, as in MkDocs."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = next((value for name, value in reversed(pairs) if name.value == key), None)
    return None if found is None or found.tag == NULL else found


def _text(node: yaml.Node | None, key: str) -> str | None:
    if node is None:
        return None
    if not isinstance(node, yaml.ScalarNode):
        raise error_at(node, f"{key!r} must be text; {NO_TAGS}")
    _check_tag(node, key)
    return str(node.value)


def _check_list(node: yaml.Node | None, key: str) -> list[Any]:
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise error_at(node, f"{key!r} must be a list")
    _check_tag(node, key)
    return list(node.value)


def _check_tag(node: yaml.Node | None, key: str) -> None:
    """Raise ConfigError if a value is not what is written, such as `!ENV [NAME, value]`."""
    if node is not None and node.tag.removeprefix("tag:yaml.org,2002:") not in _KINDS:
        raise error_at(node, f"{key!r} has the tag {node.tag}; {NO_TAGS}")


def _rubrics(root: yaml.MappingNode) -> tuple[str, ...]:
    patterns = get(_options(root), "rubrics")
    if patterns is None:
        return ("rubrics/*.yml",)
    return tuple(_text(item, "rubrics") or "" for item in _check_list(patterns, "rubrics"))


class _WithEnvironment(yaml.SafeLoader):
    """Reads values from environment variables, as MkDocs does."""


_WithEnvironment.add_constructor("!ENV", construct_env_tag)


def value_of(node: yaml.Node | None) -> Any:
    """Return the value of a node with `!ENV` resolved; None if it has another tag."""
    if node is None:
        return None
    loader = _WithEnvironment("")
    try:
        return loader.construct_document(node)
    except yaml.YAMLError:
        return None


def _site(root: yaml.MappingNode) -> Site:
    """Return the settings of the site for its pages; Material's `offline` uses file addresses."""
    directory_urls = value_of(get(root, "use_directory_urls")) is not False
    for name, options in plugins_of(root):
        if name in ("offline", "material/offline"):
            enabled = get(options, "enabled")
            directory_urls &= enabled is not None and not value_of(enabled)
    theme = get(root, "theme")
    language = value_of(get(theme, "language")) or value_of(get(theme, "locale"))
    wanted = get(_options(root), "publish")
    return Site(
        directory_urls,
        language if isinstance(language, str) else "en",
        redirects=value_of(get(wanted, "redirects")) is not False,
        social_image=value_of(get(wanted, "social_image")) is True,
    )


def _publish(root: yaml.MappingNode) -> PublishOptions:
    """Return what is published beside the pages; raises ConfigError."""
    options = _options(root)
    _check_keys(options, "stagebook", ("rubrics", "publish"))
    wanted = get(options, "publish")
    names = PublishOptions._fields
    _check_keys(wanted, "publish", (*names, "redirects"))
    found = {name: value_of(get(wanted, name)) for name in (*names, "redirects")}
    for name, one in found.items():
        if one is not None and not isinstance(one, bool):
            raise error_at(get(wanted, name) or root, f"{name!r} must be true or false")
    if found["social_image"] and not is_possible():
        raise error_at(get(wanted, "social_image") or root, NEEDED)
    return PublishOptions(**{name: found[name] for name in names if found[name] is not None})


def _check_keys(node: yaml.Node | None, name: str, known: Sequence[str]) -> None:
    """Raise ConfigError if options are no mapping or have a key that is not known."""
    if node is None or node.tag == NULL:
        return
    _check_tag(node, name)
    if not isinstance(node, yaml.MappingNode):
        raise error_at(node, f"the options of {name!r} must be a mapping")
    for key, _ in node.value:
        if key.value not in known:
            close = did_you_mean(str(key.value), known)
            hint = f" (did you mean {close!r}?)" if close else ""
            raise error_at(key, f"{name!r} has no option {str(key.value)!r}{hint}")


def _words(root: yaml.MappingNode, key: str) -> str:
    found = value_of(get(root, key))
    return found if isinstance(found, str) else ""


def _address(root: yaml.MappingNode) -> str:
    """Return the address of the site, which ends with a slash, as in MkDocs."""
    node = get(root, "site_url")
    found = value_of(node)
    if node is None or found is None or found == "":
        return ""
    if not isinstance(found, str) or not _is_address(found):
        raise error_at(node, "'site_url' must be an address such as 'https://example.org/'")
    return found if found.endswith("/") else f"{found}/"


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def _options(root: yaml.MappingNode) -> yaml.Node | None:
    """Return the options of Stagebook's plugin."""
    return next((options for name, options in plugins_of(root) if name == "stagebook"), None)


def plugins_of(root: yaml.MappingNode) -> list[tuple[str, yaml.Node | None]]:
    """Return name and options of each plugin; raises ConfigError."""
    plugins = get(root, "plugins")
    if isinstance(plugins, yaml.MappingNode):
        return [(str(name.value), value) for name, value in plugins.value]
    if plugins is None:
        return []
    if not isinstance(plugins, yaml.SequenceNode):
        raise error_at(plugins, "'plugins' must be a list or a mapping")
    return [plugin_of(node) for node in plugins.value]


def plugin_of(node: yaml.Node) -> tuple[str, yaml.Node | None]:
    """Return name and options of one item of the list of plugins; raises ConfigError."""
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        name, options = node.value[0]
        return str(name.value), options
    if isinstance(node, yaml.ScalarNode):
        return str(node.value), None
    raise error_at(node, "a plugin must be a name, or a name with its options")


def _nav(node: yaml.Node | None) -> list[Any] | None:
    if node is None:
        return None
    _check_list(node, "nav")
    if _count(node, MAX_NAV, 0) < 0:
        raise error_at(node, f"'nav' has more than {MAX_NAV:,} items after expanding aliases")
    try:
        return yaml.safe_load(yaml.serialize(node)) or None
    except yaml.YAMLError as error:
        raise error_at(node, f"'nav' contains tags; {NO_TAGS}") from error


def _count(node: Any, left: int, depth: int) -> int:
    """Return `left` minus the nodes below a node; less than 0 also if a node contains itself."""
    if depth > MAX_DEPTH:
        return -1
    items = node.value if isinstance(node, yaml.CollectionNode) else []
    for item in items:
        for part in item if isinstance(item, tuple) else (item,):
            left = _count(part, left - 1, depth + 1)
            if left < 0:
                return -1
    return left
