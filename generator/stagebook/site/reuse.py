"""Reuse pages of an earlier build when only texts of records have changed that they do not read.

A rubric is split in two. Its structure is everything that decides which pages there are, what they
are called, and what leads where. The texts are what only templates print. While the structure
stays, a page changes only if one of the records changes whose texts it has read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, cast

from ..rubric.model import Rubric
from .questions import Questions

TEXTS = {
    "gates": ("test", "partly", "meanings", "why", "evidence"),
    "remediations": ("steps", "done_when", "antipatterns", "artefacts"),
    "symptoms": ("disproof",),
}
"""The texts of records, by collection."""
SETTLED = {"gates": ("at",)}
"""What records work out of other values than those."""

T = TypeVar("T")
Reads = dict[str, list[str]]
"""Ids of the records that a page has read, by collection."""
Digests = dict[str, dict[str, str]]


class Facts(NamedTuple):
    """A rubric as far as pages depend on it: its structure, and a digest of each record's texts."""

    structure: str
    texts: Digests


class Kept(NamedTuple):
    """A page of an earlier build."""

    content: bytes
    description: str | None
    reads: Reads


def facts_of(data: Mapping[str, Any]) -> Facts:
    """Return the facts of a rubric's data."""
    rest, texts = dict(data), {}
    for collection, keys in TEXTS.items():
        records = data.get(collection) or {}
        rest[collection] = {
            id_: {key: value for key, value in record.items() if key not in keys}
            for id_, record in records.items()
        }
        texts[collection] = {
            id_: _digest([(key, record[key]) for key in keys if key in record])
            for id_, record in records.items()
        }
        # Whether there is a text decides what a page has room for.
        rest[f"{collection}?"] = {
            id_: [key for key in keys if key in record] for id_, record in records.items()
        }
    return Facts(_digest(rest), texts)


def _digest(value: Any) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Memory:
    """The pages of one rubric: those of an earlier build with the same structure, and this one's.

    `made` is what the next build may reuse.
    """

    def __init__(
        self,
        texts: Digests,
        before: Digests,
        pages: Mapping[str, Kept],
        questions: Mapping[str, str] = MappingProxyType({}),
        quiz: str = "",
    ) -> None:
        """Compare the texts with those of the earlier build."""
        self.changed = {
            collection: {
                id_ for id_ in digests if before.get(collection, {}).get(id_) != digests[id_]
            }
            for collection, digests in texts.items()
        }
        self.pages, self.made = pages, dict[str, Kept]()
        self.questions = Questions(questions, self.changed["gates"])
        # Of the texts, the quiz has those of symptoms.
        self.quiz = "" if self.changed["symptoms"] else quiz
        """The data of the quiz, as JSON, where an earlier build has made the same."""
        self.reads: dict[str, set[str]] = {collection: set() for collection in TEXTS}

    def recall(self, path: str, description: str | None) -> bytes | None:
        """Return a page that has not changed, or nothing."""
        page = self.pages.get(path)
        if page is None or page.description != description or self._is_changed(page):
            return None
        self.made[path] = page
        return page.content

    def _is_changed(self, page: Kept) -> bool:
        for collection, ids in page.reads.items():
            if not self.changed[collection].isdisjoint(ids):
                return True
        return False

    def take_reads(self) -> Reads:
        """Return what was read since this was asked last."""
        reads = {name: sorted(ids) for name, ids in self.reads.items() if ids}
        for ids in self.reads.values():
            ids.clear()
        return reads

    def watched(self, rubric: Rubric) -> Rubric:
        """Return a rubric that notes whose texts are read."""
        copy = rubric.model_copy()
        for name in (*TEXTS, "written_gates", "retired_gates"):
            collection = name if name in TEXTS else "gates"
            # Some are fields and some are cached properties: a record has both in one place.
            records = Watched(getattr(rubric, name), collection, self.reads[collection])
            copy.__dict__[name] = records
        return copy


class Watched(Mapping[str, T]):
    """A collection of records that notes of which texts are read."""

    def __init__(self, records: Mapping[str, T], collection: str, seen: set[str]) -> None:
        """Note ids in `seen`."""
        self.records, self.collection, self.seen = records, collection, seen
        self.given: dict[str, T] = {}

    def __getitem__(self, id_: str) -> T:
        """Return a record that notes its id when one of its texts is read."""
        if id_ not in self.given:
            record = _Watched(self.records[id_], id_, self.collection, self.seen)
            self.given[id_] = cast("T", record)
        return self.given[id_]

    def __iter__(self) -> Iterator[str]:
        """Yield ids, which are structure."""
        return iter(self.records)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.records)

    def __contains__(self, id_: object) -> bool:
        """Return whether there is a record; that is structure."""
        return id_ in self.records


class _Watched:
    """A record of which all but the texts are at hand; whatever else is asked for is noted."""

    def __init__(self, record: Any, id_: str, collection: str, seen: set[str]) -> None:
        texts = TEXTS[collection]
        self.__dict__ |= {k: value for k, value in record.__dict__.items() if k not in texts}
        self.__dict__ |= {name: getattr(record, name) for name in SETTLED.get(collection, ())}
        self.__dict__["_read"] = (record, id_, seen)

    def __getattr__(self, name: str) -> Any:
        """Return a text, or what may be made of texts, and note it."""
        record, id_, seen = self.__dict__["_read"]
        seen.add(id_)
        return getattr(record, name)
