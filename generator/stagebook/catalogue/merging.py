"""Bring the translations of a catalogue into the text of an overlay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..diagnostics import CODES, Diagnostic, Path, Suggestions, shortened
from ..overlay.editing import with_hashes
from ..overlay.text_edits import with_values
from ..overlay.translation import digest, dotted, names_too, texts
from .reading import Entry, Filled


class Merged(NamedTuple):
    """The text of an overlay with translations; `values` are those that were taken."""

    text: str
    values: Mapping[Path, str]
    findings: tuple[Diagnostic, ...]
    left: Mapping[str, int]
    """How many entries were left out, by reason."""


def merge(
    text: str, filled: Filled, path: str, base: Mapping[str, Any], hashes: Mapping[str, Any]
) -> Merged:
    """Return the text of an overlay with the translations of a catalogue read from `path`.

    `base` is the data of what the overlay extends, `hashes` what it records. Entries that are empty
    or fuzzy are left out. Raises NotEditable for an overlay that cannot be changed by machine.
    """
    present = {dotted(one): (one, said) for one, said in names_too(base)}
    needed = {one for one, _ in texts(base)}
    suggestions = Suggestions()
    findings: list[Diagnostic] = []
    taken: dict[Path, Entry] = {}
    left = {"empty": 0, "fuzzy": 0, "changed": 0}
    for entry in filled.entries:
        if entry.path not in present:
            hint = suggestions.closest(entry.path, present)
            message = f"the rubric has no text at {shortened(entry.path)!r}"
            findings.append(_left_out(path, entry, message, hint))
        elif not entry.translation.strip():
            left["empty"] += present[entry.path][0] in needed
        elif entry.is_fuzzy:
            left["fuzzy"] += 1
        else:
            where, source = present[entry.path]
            left["changed"] += digest(entry.source) != digest(source)
            # Catalogues have no line break at the end of a text.
            ending = "\n" if source.endswith("\n") else ""
            taken[where] = entry._replace(translation=entry.translation.strip("\n") + ending)
    values = {where: one.translation for where, one in taken.items()}
    edited, unplaced = with_values(text, values, base)
    for where, reason in unplaced.items():
        findings.append(_left_out(path, taken.pop(where), reason))
    if taken:
        known = {
            dotted(where): digest(one.source) for where, one in taken.items() if where in needed
        }
        edited = with_hashes(edited, _in_order({**hashes, **known}, present))
    values = {where: one.translation for where, one in taken.items()}
    return Merged(edited, values, tuple(findings), left)


def _in_order(hashes: Mapping[str, Any], present: Mapping[str, Any]) -> dict[str, str]:
    order = {name: index for index, name in enumerate(present)}
    names = sorted(hashes, key=lambda name: order.get(name, len(order)))
    return {name: str(hashes[name]) for name in names}


def _left_out(path: str, entry: Entry, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(path, entry.line, 1, CODES["po-entry"], "po-entry", message, hint)
