"""Resolve an overlay: read what it extends, and merge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic
from ..i18n import FALLBACK
from ..rubric.model import Rubric
from ..rubric.source import Layer, Source
from ..rubric.yaml_source import read_yaml
from .header import EXTENDS, HASHES, Header, is_overlay, read_header, rubric_path
from .merge import Tree, merge_patch
from .remarks import remarks

MAX_CHAIN = 20
"""The most overlays on one another."""


class Base(NamedTuple):
    """The text of a rubric that an overlay extends.

    `identity` is the same for the same file however it is named; `path` is for findings.
    """

    identity: str
    path: str
    text: str


class BaseUnread(Exception):
    """A base cannot be read; the message says why."""

    def __init__(self, message: str, suggestion: str = "") -> None:
        """Keep the name that was perhaps meant."""
        super().__init__(message)
        self.suggestion = suggestion


Finder = Callable[[Header, str], Base]
"""Returns the base that a header names, for the overlay with an identity; raises BaseUnread."""


def read_resolved(text: str, path: str, find: Finder | None = None, identity: str = "") -> Source:
    """Read a rubric, and what it extends; every problem is a finding.

    Without `find`, a text cannot extend another.
    """
    return _resolve(read_yaml(text, path), find, ((identity, path.rpartition("/")[2]),))


def _resolve(source: Source, find: Finder | None, chain: tuple[tuple[str, str], ...]) -> Source:
    if not is_overlay(source):
        return source
    header, findings = read_header(source)
    if header is None:
        return _without_data(source, findings)
    try:
        if find is None:
            raise BaseUnread("only a file can extend another rubric")
        found = find(header, chain[-1][0])
    except BaseUnread as error:
        finding = source.finding(
            "base-unreadable", rubric_path(source), str(error), suggestion=error.suggestion
        )
        return _without_data(source, [*findings, finding])
    chain = (*chain, (found.identity, header.rubric))
    if circle := _circle(source, chain):
        return _without_data(source, [*findings, circle])
    base = _resolve(read_yaml(found.text, found.path), find, chain)
    if not isinstance(base.data, dict):
        return _without_data(source, [*base.findings, *findings, *_no_rubric(source, base)])
    return _merged(source, header, base, findings)


def _merged(source: Source, header: Header, base: Source, findings: list[Diagnostic]) -> Source:
    head = {key: source.data[key] for key in source.data if key not in (EXTENDS, HASHES)}
    patch = Tree(head, source.root)
    tree, touches = merge_patch(Tree(base.data, base.root), patch, Rubric)
    hashes = source.data.get(HASHES)
    layer = Layer(
        base,
        header.rubric,
        header.version,
        tuple(touches),
        _language(tree.data) != _language(base.data),
        hashes if isinstance(hashes, dict) else {},
    )
    root = tree.node._replace(
        # Findings about the head still need its position.
        children={**source.root.children, **tree.node.children},
        keys={**source.root.keys, **tree.node.keys},
    )
    merged = source._replace(data=tree.data, root=root, layer=layer)
    found = (*source.findings, *base.findings, *findings, *remarks(merged))
    return merged._replace(findings=found)


def _language(data: dict[str, Any]) -> str:
    return str(data.get("language", FALLBACK))


def _circle(source: Source, chain: tuple[tuple[str, str], ...]) -> Diagnostic | None:
    """Return a finding if the last of a chain of files is one of those before it."""
    *before, last = (identity for identity, _ in chain)
    if last in before:
        names = " → ".join(name for _, name in chain[before.index(last) :])
        message = f"the rubrics extend each other in a circle: {names}"
    elif len(before) > MAX_CHAIN:
        message = f"more than {MAX_CHAIN} overlays extend one another"
    else:
        return None
    return source.finding("base-circle", rubric_path(source), message)


def _no_rubric(source: Source, base: Source) -> list[Diagnostic]:
    """Return a finding if a base was read without errors but is not a mapping."""
    if base.findings:
        return []
    message = "the base is not a rubric: it must be a mapping of keys to values"
    return [source.finding("base-unreadable", rubric_path(source), message)]


def _without_data(source: Source, findings: list[Diagnostic]) -> Source:
    return source._replace(data=None, findings=(*source.findings, *findings))
