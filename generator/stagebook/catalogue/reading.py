"""Read a catalogue that somebody has filled; it may be damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from ..diagnostics import CODES, Diagnostic, shortened

_LINE = re.compile(r'(?:#.*|(?:msg[a-z_]+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"|)\s*')
_CONTEXT = re.compile(r'msgctxt\s+"(.*)"\s*')


class Entry(NamedTuple):
    """A text with its translation, which is empty if there is none; `path` has dots."""

    path: str
    source: str
    translation: str
    line: int
    is_fuzzy: bool


class Filled(NamedTuple):
    """What a catalogue says; without a language if its head does not name one."""

    language: str
    entries: tuple[Entry, ...]
    findings: tuple[Diagnostic, ...]


def read_catalogue(text: str, path: str) -> Filled:
    """Read a PO file; every problem is a finding, with its line."""
    # A split at every line end of Unicode would break texts that contain one.
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    findings = list(_damages(lines, path))
    if findings:
        return Filled("", (), tuple(findings))
    try:
        catalog = read_po(lines, abort_invalid=True)
    except PoFileError as error:
        return Filled("", (), (_finding(path, error.lineno + 1, "po-syntax", str(error.args[0])),))
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        # Babel expects keywords in their order, and a head that it understands.
        message = f"the file is not in the format of gettext: {shortened(str(error))}"
        return Filled("", (), (_finding(path, 1, "po-syntax", message),))
    entries = list(_entries(catalog, path, findings))
    language = str(catalog.locale_identifier or "").replace("_", "-")
    return Filled(language, tuple(entries), tuple(findings))


def _damages(lines: list[str], path: str) -> Iterator[Diagnostic]:
    """Find lines that Babel would read as something else, and contexts that stand twice."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            yield _finding(path, number, "po-syntax", _reason(line))
        if context := _CONTEXT.fullmatch(line):
            name = context.group(1)
            if name and name in seen:
                message = f"the context {shortened(name)!r} is in line {seen[name]} too"
                yield _finding(path, number, "po-syntax", message)
            seen.setdefault(name, number)
    if not any(line.startswith("msgid") for line in lines):
        yield _finding(path, 1, "po-syntax", "the file has no 'msgid': it is not a catalogue")


def _reason(line: str) -> str:
    start = shortened(line.strip())
    if line.count('"') - line.count('\\"') == 1:
        return f"a quotation mark is missing at the end of the text: {start}"
    return f"neither a comment nor a keyword with a text in quotation marks: {start}"


def _entries(catalog: Catalog, path: str, findings: list[Diagnostic]) -> Iterator[Entry]:
    for message in catalog:
        line = message.lineno or 1
        if not message.id:
            continue
        if not isinstance(message.id, str) or not isinstance(message.string, str):
            findings.append(_finding(path, line, "po-syntax", "a text of a rubric has no plural"))
        elif not message.context:
            said = shortened(message.id)
            text = f"the entry has no context, so nobody knows where its text is: {said}"
            findings.append(_finding(path, line, "po-entry", text))
        else:
            yield _entry(message, message.id, message.string, line)


def _entry(message: Message, source: str, translation: str, line: int) -> Entry:
    return Entry(str(message.context), source, translation, line, message.fuzzy)


def _finding(path: str, line: int, code: str, message: str, suggestion: str = "") -> Diagnostic:
    return Diagnostic(path, line, 1, CODES[code], code, message, suggestion)
