"""The head of an overlay: what it extends, and the version that it was written against."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..diagnostics import CODES, Diagnostic, Path, quoted
from ..rubric.model.forms import VERSION
from ..rubric.source import Source

EXTENDS = "extends"
HASHES = "x-translated"
"""The hash of the source of each text when it was translated, by the path of the text."""
HEAD = frozenset(("format", EXTENDS, HASHES, "id", "version", "language"))
"""Keys that an overlay may repeat or change without being about the content of its base."""

_KEYS = ("rubric", "version")


class Header(NamedTuple):
    """What an overlay extends: a file or the name of a shipped rubric, and in which version."""

    rubric: str
    version: str | None

    @property
    def is_file(self) -> bool:
        """Return whether it names a file, and not a shipped rubric."""
        return "/" in self.rubric or self.rubric.endswith((".yml", ".yaml", ".json"))


def is_overlay(source: Source) -> bool:
    """Return whether a source that was read, but not resolved, extends another."""
    return isinstance(source.data, dict) and EXTENDS in source.data


def read_header(source: Source) -> tuple[Header | None, list[Diagnostic]]:
    """Return what an overlay extends, or None, and what is wrong in saying so."""
    value = source.data[EXTENDS]
    if isinstance(value, str) and value:
        return Header(value, None), []
    if not isinstance(value, dict):
        message = (
            "'extends' must be a file, the name of a shipped rubric, or a mapping with 'rubric' "
            "and 'version'"
        )
        return None, [source.finding("wrong-type", (EXTENDS,), message)]
    return _read_mapping(source, value)


def rubric_path(source: Source) -> Path:
    """Return where an overlay names its base, for findings."""
    is_mapping = isinstance(source.data, dict) and isinstance(source.data.get(EXTENDS), dict)
    return (EXTENDS, "rubric") if is_mapping else (EXTENDS,)


def _read_mapping(source: Source, value: dict[str, Any]) -> tuple[Header | None, list[Diagnostic]]:
    findings = []
    for key in value:
        if key not in _KEYS:
            message = f"unknown key {quoted(key)} in 'extends'"
            hint = source.suggest(key, _KEYS)
            findings.append(
                source.finding("unknown-key", (EXTENDS, key), message, key=True, suggestion=hint)
            )
    name, version = value.get("rubric"), value.get("version")
    if "rubric" not in value:
        message = "'extends': missing required key 'rubric'"
        findings.append(source.finding("missing-key", (EXTENDS,), message, key=True))
    elif not isinstance(name, str) or not name:
        message = "'extends.rubric' must be a file or the name of a shipped rubric"
        findings.append(source.finding("wrong-type", (EXTENDS, "rubric"), message))
    if version is not None and not (
        isinstance(version, str) and re.fullmatch(VERSION.pattern, version)
    ):
        findings.append(_bad_version(source, version))
        version = None
    is_named = isinstance(name, str) and bool(name)
    return (Header(str(name), version) if is_named else None), findings


def _bad_version(source: Source, version: Any) -> Diagnostic:
    node = source.node((EXTENDS, "version"))
    written = node.raw if node and node.raw else str(version)
    message = f"{quoted(written)} is not well-formed: {VERSION.rule}"
    hint = VERSION.suggest(written)
    path: Path = (EXTENDS, "version")
    line, column = source.position(path)
    code = VERSION.code
    return Diagnostic(source.path, line, column, CODES[code], code, message, hint)
