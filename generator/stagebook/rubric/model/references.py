"""Sources, other frameworks and the glossary."""

from .base import Id, Link, Prose, Record, Text


class Source(Record):
    """A publication that a threshold or an idea comes from."""

    title: Text
    """Title of the publication."""
    by: Text | None = None
    """Author or publisher."""
    date: Text | None = None
    """When it was published, as precisely as known."""
    url: Link | None = None
    """Where to read it."""
    via: Link | None = None
    """The second-hand account that the authors read instead of the original."""
    licence: Text | None = None
    """Its licence, if it allows reuse."""
    note: Prose | None = None
    """What it supports, and how far to trust it."""
    aliases: list[Id] = []
    """Earlier ids of this source."""


class FrameworkLevel(Record):
    """Where a level of another framework is on this ladder."""

    stage: Id
    """The stage of this rubric."""
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
    """The entry under `sources` that the authors read."""
    note: Prose | None = None
    """How to read the mapping: what is judgement, and what the framework does not cover."""
    ids: dict[str, Text] = {}
    """The ids of the framework and their names; if given, mappings may use only these ids."""
    levels: list[FrameworkLevel] = []
    """Its levels by the stages of this rubric."""


class Term(Record):
    """A word of the glossary."""

    term: Text
    """The word."""
    meaning: Prose
    """What it means here."""
