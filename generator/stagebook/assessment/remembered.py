"""Read answers that many assessments have word for word: each is parsed once, then looked up.

Only a text that was parsed alone, as one whole entry of the answers, is remembered. JSON can be
read in one way only, so that entries put together from such texts are what a parser would find
there. Whatever is unusual is left to `untrusted_json`, which has a finding for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .record import Answer
from .untrusted_json import NUMBERS, is_utf_8

PLAIN = {"answer", "reason", "note", "evidence"}
"""The keys of an answer that `plain_answer` reads."""
MAX_ENTRIES, MAX_LENGTH = 20_000, 400
"""How many entries are remembered, up to how many characters: together some 20 MB at most."""

_BEGIN = re.compile(r'"answers"[ \t\r\n]*:[ \t\r\n]*(\{[ \t\r\n]*")')
_BETWEEN = re.compile(r'\},[ \t\r\n]*"')
_END = re.compile(r"\}[ \t\r\n]*\}")
_PLACE = "NaN"
"""What stands in a text in place of its answers: JSON does not have it, parsers tell of it."""

Entry = tuple[str, Any]
"""The id of a gate and an Answer, or what the text has in its place."""


def _object(pairs: list[Entry]) -> dict[str, Any]:
    entry = dict(pairs)
    if len(entry) != len(pairs):
        raise ValueError("a duplicate key")
    return entry


class _Place:
    """Stands where the answers were."""


class Sound(dict[str, Answer]):
    """Answers by the current ids of gates, none of which needs a second look."""


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_constant=lambda name: _Place if name == _PLACE else name,
    **NUMBERS,
)


class RememberedAnswers(dict[str, Entry]):
    """The entries that have been seen, each by its text between the separators."""

    def __init__(self, known: Mapping[str, Mapping[str, Answer]]) -> None:
        """Start with nothing; `known` are the answers to each gate by its current id."""
        super().__init__()
        self.known, self.unsound = known, 0

    def read(self, text: str) -> dict[str, Any] | None:
        """Return the data of a text, with an `Answer` for what is sound at first sight.

        Return None for what only `parse_json` can read, or not even that.
        """
        begin = _BEGIN.search(text)
        end = _END.search(text, begin.end()) if begin else None
        if begin is None or end is None or not is_utf_8(text):
            return None
        head, tail = text[: begin.start(1)], text[end.end() :]
        if _PLACE in head or _PLACE in tail:
            return None
        try:
            data = _DECODER.decode(f"{head}{_PLACE}{tail}")
            if type(data) is not dict or data.get("answers") is not _Place:
                return None
            data["answers"] = self.entries(text, begin.end(), end.start())
        except (ValueError, RecursionError):
            return None
        return data

    def entries(self, text: str, start: int, end: int) -> dict[str, Any]:
        """Return the entries between two places; raises ValueError for what is unusual."""
        unsound = self.unsound
        between = _BETWEEN.search(text, start, end)
        inner = text[start:end]
        pieces = inner.split(between[0]) if between else [inner]
        entries = Sound(map(self.__getitem__, pieces))
        if len(entries) != len(pieces):
            raise ValueError("a duplicate key")
        return entries if self.unsound == unsound else dict(entries)

    def __missing__(self, piece: str) -> Entry:
        """Parse an entry, and remember it if it is sound."""
        whole = f'{{"{piece}}}}}'
        data, end = _DECODER.raw_decode(whole)
        if end != len(whole) or len(data) != 1:
            raise ValueError("not one entry")
        [(id_, value)] = data.items()
        if id_ not in self.known:
            raise ValueError("not a current id")
        plain = plain_answer(value, self.known[id_])
        if plain is None:
            self.unsound += 1
            return id_, value
        if len(piece) <= MAX_LENGTH:
            if len(self) >= MAX_ENTRIES:
                self.clear()
            self[piece] = id_, plain
        return id_, plain


def plain_answer(value: Any, known: Mapping[str, Answer]) -> Answer | None:
    """Return an answer that is sound at first sight, as most are; otherwise None."""
    if type(value) is not dict:
        return None
    said = value.get("answer")
    plain = known.get(said) if type(said) is str else None
    if plain is None or len(value) == 1:
        return plain
    reason, note, evidence = value.get("reason", ""), value.get("note", ""), value.get("evidence")
    if not (type(reason) is str and type(note) is str and value.keys() <= PLAIN):
        return None
    if evidence is None:
        return Answer(said, reason, note)
    if type(evidence) is not list or not all(map(_is_plain_evidence, evidence)):
        return None
    return Answer(said, reason, note, tuple(map(dict, evidence)))


def _is_plain_evidence(entry: Any) -> bool:
    return type(entry) is dict and all([type(value) is str for value in entry.values()])
