"""Terms: what the model itself calls its gates, stages and so on."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from ... import i18n
from .base import Form, Record

TERM = Form("term", r"^[^\n{};]*\n?$", "a term is one line without braces, and without semicolons")
"""Sentences have their values in braces; the heads of a table are separated by semicolons."""

Word = Annotated[str, Field(min_length=1, max_length=60), TERM]


class Noun(Record):
    """What the model calls one kind of thing, as in the middle of a sentence."""

    one: Word
    """The word for one of them, such as `question`."""
    many: Word
    """The word for several of them, such as `questions`."""


class Terms(Record):
    """What the model calls things; readers see these words instead of the usual ones."""

    gate: Noun | None = None
    """A gate, such as `question` or `control`."""
    dimension: Noun | None = None
    """A dimension, such as `practice` or `capability`."""
    stage: Noun | None = None
    """A stage, such as `level`."""
    group: Noun | None = None
    """A group of dimensions, such as `domain` or `function`."""
    topic: Noun | None = None
    """A topic of a dimension, such as `stream`."""
    symptom: Noun | None = None
    """A symptom, such as `sign`."""
    remediation: Noun | None = None
    """A remediation, usually `play`, such as `activity`."""
    subject: Noun | None = None
    """What is assessed, usually `product`, such as `organisation` or `team`."""
    assessment: Noun | None = None
    """An assessment, such as `review`."""

    @cached_property
    def words(self) -> i18n.Terms:
        """Return the terms as the tables of words take them."""
        nouns: dict[str, Noun | None] = {key: getattr(self, key) for key in type(self).model_fields}
        return tuple((key, noun.one, noun.many) for key, noun in nouns.items() if noun)
