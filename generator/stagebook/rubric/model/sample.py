"""The example: answers about something fictional, whose result readers can look at first."""

from typing import Annotated

from pydantic import Field

from .base import Id, Record, Text


class Sample(Record):
    """An assessment of something fictional, which shows what a result looks like."""

    subject: Text
    """What it is about; readers see that it is an example."""
    believed_stage: Id | None = None
    """The stage that its people believe to be at."""
    profile: dict[Id, Id] = {}
    """Answers to the questions of the profile."""
    answers: Annotated[dict[Id, Id], Field(min_length=1)]
    """The answer to each gate: an id of its scale, `unknown` or `not-applicable`."""
    measures: dict[Id, float] = {}
    """Numbers taken."""
    symptoms: list[Id] = []
    """Symptoms that are observed."""
