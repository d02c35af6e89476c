"""Sources, other frameworks and the glossary."""

from .base import Id, Link, Prose, Record, Text


class Source(Record):
    """Something that a threshold or an idea comes from."""

    title: Text
    """Title of the publication."""
    by: Text | None = None
    """Author or publisher."""
    date: Text | None = None
    """When it was published, as precisely as known."""
    url: Link | None = None
    """Where to read it."""
    via: Link | None = None
    """The second-hand account that was read, where the original was not."""
    licence: Text | None = None
    """Its licence, where one may borrow from it."""
    note: Prose | None = None
    """What it supports, and how far to trust it."""
    aliases: list[Id] = []
    """Earlier ids of this source."""


class FrameworkLevel(Record):
    """Where a level of another framework lies on our ladder."""

    stage: Id
    """Our stage."""
    level: Text
    """The other framework's level or levels."""


class Framework(Record):
    """Another published model."""

    title: Text
    """Name of the framework."""
    by: Text | None = None
    """Publisher."""
    url: Link | None = None
    """Where to read it."""
    source: Id | None = None
    """The entry under `sources` that was read."""
    note: Prose | None = None
    """How to read the mapping: what is judgement, what is silent."""
    ids: dict[str, Text] = {}
    """The framework's own ids and names; where given, mappings may use no others."""
    levels: list[FrameworkLevel] = []
    """Its levels along our stages."""


class Term(Record):
    """A word of the glossary."""

    term: Text
    """The word."""
    meaning: Prose
    """What it means here."""
