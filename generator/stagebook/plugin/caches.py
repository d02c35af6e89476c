"""What one build leaves on disk for the next."""

from __future__ import annotations

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
        texts, pages, questions = found.values if found else ({}, {}, {})
        kept = {path: Kept(*page) for path, page in pages.items()}
        self.memory = Memory(self.facts.texts, texts, kept, questions)
        self.before: dict[str, Any] = dict(self.memory.pages)

    def keep(self) -> None:
        """Leave this build's pages for the next."""
        if self.memory.made != self.before:
            made = self.memory.made, self.memory.questions.made
            self.cache.put(self.key, Entry([self.facts.texts, *made]))
