"""Write the texts of a rubric, and their translations, as a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, get_args

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from ..diagnostics import Path
from ..overlay.translation import TextState, dotted, names_too, states, texts
from ..rubric.json_schema import field_docstrings
from ..rubric.kinds import is_record, kind_at, kind_of, name_of
from ..rubric.model.base import Prose
from ..rubric.source import Source

FUZZY = {"stale", "unchecked"}
"""The states of translations that somebody must look at."""
NAME = "It may stay as it is: then leave it empty."
HEADER = """\
# PROJECT
# Each context is the path of a text in the rubric. Read this file back with:
#   stagebook import FILE.po -o OVERLAY.yml
#"""


def has_locale(language: str) -> bool:
    """Return whether the head of a catalogue can name a language."""
    try:
        Locale.parse(language.replace("-", "_"))
    except UnknownLocaleError:
        return True  # Babel has no data of it, which nothing here needs.
    except ValueError:
        return False
    return True


def catalogue(source: Source, language: str, older: Mapping[str, Any] | None = None) -> bytes:
    """Return the texts of a rubric for translation into a language, as a PO file.

    Of a translation, they are those of its base with what is translated; a translation that is
    stale or unchecked is fuzzy. `older` is the base that it was written against: a stale text then
    shows what its source was.
    """
    layer = source.layer
    is_translation = layer is not None and layer.is_translation
    base = layer.base if layer is not None and is_translation else source
    known = {one.path: one for one in states(source, older)} if is_translation else {}
    needed = {path for path, _ in texts(base.data)}
    previous = {path: text for path, text in texts(older)} if older else {}
    catalog = Catalog(
        locale=language.replace("-", "_"),
        project=str(base.data.get("id")),
        version=str(base.data.get("version")),
        header_comment=HEADER.replace("PROJECT", f"{base.data.get('title')}, in {language}"),
        charset="utf-8",
        fuzzy=False,
    )
    for path, said in names_too(base.data):
        text = known.get(path) or _unknown(source, path, said)
        _add(catalog, base, text, previous, is_name=path not in needed)
    written = _Bytes()
    write_po(written, catalog, width=100, include_previous=True)
    return b"".join(written.parts)


class _Bytes:
    """Takes what Babel writes."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> None:
        self.parts.append(part)


def _unknown(source: Source, path: Path, said: str) -> TextState:
    """Return the state of a text that has none: a name, or a text of what is not translated yet."""
    value: Any = source.data
    for step in path:
        value = value[step] if step in value or isinstance(step, int) else {}
    is_own = isinstance(value, str) and value != said
    return TextState(path, "current" if is_own else "missing", said, value if is_own else None, 1)


def _add(
    catalog: Catalog,
    base: Source,
    text: TextState,
    previous: Mapping[Path, str],
    *,
    is_name: bool,
) -> None:
    file, line, _ = base.origin(text.path)
    old = previous.get(text.path, "").strip("\n")
    is_fuzzy = text.state in FUZZY
    # Programs for translators complain if one of both ends with a line break.
    source = text.source.strip("\n")
    message = catalog.add(
        source,
        (text.translation or "").strip("\n"),
        [(file, line)],
        flags=["fuzzy"] if is_fuzzy else [],
        auto_comments=[*_comments(text.path), *[NAME] * is_name],
        previous_id=old if is_fuzzy and old and old != source else (),
        context=dotted(text.path),
    )
    # Babel takes `5 % d…` and `{x}` for placeholders of Python.
    message.flags -= {"python-format", "python-brace-format"}


def _comments(path: Path) -> list[str]:
    """Return what a translator should know of a text: where it stands, and what it says there."""
    kind = kind_at(path[:-1])
    key = str(path[-1])
    if isinstance(path[-1], int):
        kind, key = kind_at(path[:-2]), str(path[-2])
    said = _docstrings(kind).get(key, "") if is_record(kind) else ""
    own = kind_of(kind_at(path[:-1]), path[-1])
    form = "Markdown." if Prose in (own, *get_args(own)) else "One line, plain."
    return [f"{name_of(path)}: {said or form}"] + ([form] if said else [])


@cache
def _docstrings(record: Any) -> dict[str, str]:
    return field_docstrings(record)
