"""What one build leaves on disk for the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from ..checks.loader import Reading
from ..files.cache import Cache, Entry, key_of
from ..site import Site
from ..site.reuse import Facts, Kept, Memory, facts_of


class OptionalCache(FileSystemBytecodeCache):
    """A cache of templates that is skipped if it cannot be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the compiled template if the cache can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the compiled template if the cache can be written."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class RememberedTree:
    """The pages of a rubric in the cache, by everything but the texts of its records."""

    def __init__(self, cache: Cache, code: str, reading: Reading, site: Site) -> None:
        """Read what an earlier build has left."""
        self.cache = cache
        self.facts: Facts = facts_of(reading.source.data)
        self.key = key_of("tree", code, reading.rubric.id, site, self.facts.structure)
        found = cache.get(self.key)
        texts, listed, questions, quiz = found.values if found else ({}, [], {}, "")
        kept = dict(_pages(listed, found.text)) if found else {}
        self.memory = Memory(self.facts.texts, texts, kept, questions, quiz)

    def keep(self) -> None:
        """Leave this build's pages for the next."""
        made = self.memory.made
        if made == self.memory.pages:
            return
        listed = [
            (path, len(page.content), page.description, page.reads) for path, page in made.items()
        ]
        text = b"".join(page.content for page in made.values())
        values = self.facts.texts, listed, self.memory.questions.made, self.memory.quiz
        self.cache.put(self.key, Entry(values, text))


def _pages(listed: Iterable[Any], text: bytes) -> Iterator[tuple[str, Kept]]:
    """Yield the pages of a text in which one follows the other."""
    start = 0
    for path, length, description, reads in listed:
        yield path, Kept(text[start : start + length], description, reads)
        start += length
