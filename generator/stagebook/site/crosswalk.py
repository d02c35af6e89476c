"""The mappings of a rubric to other frameworks, from entries at every level, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..rubric.model import Framework, Rubric

LEVELS = ("stages", "groups", "dimensions", "topics", "gates")
"""The collections whose entries may map to a framework, from the widest to the narrowest."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d+)")


class Word(NamedTuple):
    """An id of a framework as readers see it: an address is shortened and linked."""

    text: str
    name: str
    url: str


class Mapped(NamedTuple):
    """An entry of the rubric, by collection and id, with its ids in a framework."""

    collection: str
    id: str
    words: list[str]


Crossing = list[Mapped]


def mapped(rubric: Rubric, framework: str) -> Crossing:
    """Return the entries that map to a framework: from the widest level to the narrowest."""
    return [
        Mapped(collection, id_, maps[framework])
        for collection in LEVELS
        for id_, maps in _maps(rubric, collection)
        if maps.get(framework)
    ]


def by_word(framework: Framework, crossing: Crossing) -> dict[str, Crossing]:
    """Return the entries for each id of a framework: in the framework's order, or sorted."""
    found: dict[str, Crossing] = {}
    for entry in crossing:
        for word in dict.fromkeys(entry.words):
            found.setdefault(word, []).append(entry)
    known = [word for word in framework.ids if word in found]
    rest = sorted((word for word in found if word not in framework.ids), key=natural)
    return {word: found[word] for word in (*known, *rest)}


def _maps(rubric: Rubric, collection: str) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    for id_, entry in getattr(rubric, collection).items():
        yield id_, entry.maps


def natural(word: str) -> list[tuple[int, int, str]]:
    """Return the key that sorts numbers in ids by value: A2 before A10."""
    parts = _NUMBERS.split(word.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def show_word(framework: Framework, word: str) -> Word:
    """Return an id of a framework as readers see it, with its name if it says more."""
    name = framework.ids.get(word, "")
    text = last_part(word) if _ADDRESS.match(word) else word
    return Word(text, "" if name in (word, text) else name, word if text != word else "")


def last_part(address: str) -> str:
    """Return the end of an address that tells it from others: its anchor, or its last folder."""
    path, _, anchor = address.partition("#")
    parts = [part for part in _ADDRESS.sub("", path).split("?")[0].split("/") if part]
    return anchor or (parts[-1] if parts else address)


def maps_of(rubric: Rubric, gate: str) -> dict[str, list[str]]:
    """Return what a gate maps to: its own ids, and those of its topic."""
    record = rubric.gates[gate]
    topic = rubric.topics.get(record.topic or "")
    own, around = record.maps, topic.maps if topic else {}
    return {
        framework: list(dict.fromkeys([*own.get(framework, []), *around.get(framework, [])]))
        for framework in rubric.frameworks
        if own.get(framework) or around.get(framework)
    }


def is_mapped(rubric: Rubric, framework: str) -> bool:
    """Return whether any gate maps to a framework."""
    return any(framework in maps_of(rubric, gate) for gate in rubric.gates)
