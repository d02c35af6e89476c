"""Reuse pages of an earlier build when only texts of records have changed that they do not read.

A rubric is split in two. Its structure is everything that decides which pages there are, what they
are called, and what leads where. The texts are what only templates print. While the structure
stays, a page changes only if one of the records changes whose texts it has read.
"""

from __future__ import annotations

import json
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from ..rubric.model import Rubric

TEXTS = {
    "gates": ("test", "partly", "meanings", "why", "evidence"),
    "remediations": ("steps", "done_when", "antipatterns", "artefacts"),
    "symptoms": ("disproof",),
}
"""The texts of records, by collection."""
ALL = "*"
"""Stands for all records of a collection."""

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

    content: str
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

    def __init__(self, texts: Digests, before: Digests, pages: Mapping[str, Kept]) -> None:
        """Compare the texts with those of the earlier build."""
        self.changed = {
            collection: {
                id_ for id_ in digests if before.get(collection, {}).get(id_) != digests[id_]
            }
            for collection, digests in texts.items()
        }
        self.pages, self.made = pages, dict[str, Kept]()
        self.reads: dict[str, set[str]] = {collection: set() for collection in TEXTS}

    def recall(self, path: str, description: str | None) -> str | None:
        """Return a page that has not changed, or nothing."""
        page = self.pages.get(path)
        if page is None or page.description != description or self._is_changed(page):
            return None
        self.made[path] = page
        return page.content

    def _is_changed(self, page: Kept) -> bool:
        for collection, ids in page.reads.items():
            changed = self.changed[collection]
            if changed and (ALL in ids or not changed.isdisjoint(ids)):
                return True
        return False

    def keep(self, path: str, content: str, description: str | None) -> None:
        """Keep a page that was rendered, with what was read since the page before it."""
        reads = {name: [ALL] if ALL in ids else sorted(ids) for name, ids in self.reads.items()}
        self.made[path] = Kept(content, description, {k: ids for k, ids in reads.items() if ids})
        for ids in self.reads.values():
            ids.clear()

    def watched(self, rubric: Rubric) -> Rubric:
        """Return a rubric that notes whose records are read."""
        copy = rubric.model_copy()
        for name in (*TEXTS, "written_gates", "retired_gates"):
            seen = self.reads.get(name, self.reads["gates"])
            # Some are fields and some are cached properties: a record has both in one place.
            copy.__dict__[name] = Watched(getattr(rubric, name), seen)
        return copy


class Watched(Mapping[str, T]):
    """A collection of records that notes which are read."""

    def __init__(self, records: Mapping[str, T], seen: set[str]) -> None:
        """Note ids in `seen`."""
        self.records, self.seen = records, seen

    def __getitem__(self, id_: str) -> T:
        """Note the id."""
        self.seen.add(id_)
        return self.records[id_]

    def __iter__(self) -> Iterator[str]:
        """Yield ids, which are structure."""
        return iter(self.records)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.records)

    def __contains__(self, id_: object) -> bool:
        """Return whether there is a record; that is structure."""
        return id_ in self.records

    def values(self) -> ValuesView[T]:
        """Note that all are read."""
        self.seen.add(ALL)
        return self.records.values()

    def items(self) -> ItemsView[str, T]:
        """Note that all are read."""
        self.seen.add(ALL)
        return self.records.items()
