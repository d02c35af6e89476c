"""Remediations: the plays that open gates."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Link, Prose, Record, Text
from .gates import Basis


class Effort(Record):
    """What a play costs one team."""

    size: Text | None = None
    """Size as planning meetings use it, such as `S`, `M`, `L` or `XL`."""
    weeks: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    """The fewest and the most weeks that it takes."""
    ratings: dict[Id, float] = {}
    """Its number for each of the rubric's `ratings`."""
    note: Prose | None = None
    """What the numbers do not include, such as `then routine`."""


class Rating(Record):
    """What plays are rated by, such as knowledge, time, cost or usefulness."""

    title: Text
    """Name of the rating."""
    unit: Text | None = None
    """What is written after the number, such as `of 5` or `days`."""
    counts: Literal["cost", "value", "not"] = "cost"
    """In the order of plays: `cost` puts high numbers last, `value` first; `not` has no effect."""
    weight: Annotated[float, Field(gt=0)] = 1.0
    """Weight among the costs, or among the values."""


class Template(Record):
    """A text to copy, such as a filled example or a form; the site offers it as a file."""

    title: Text
    """Name of the template."""
    file: Text
    """Name of the file, such as `stop-line.md`."""
    text: Prose
    """Its content, as Markdown."""


class Tool(Record):
    """An example of a tool; no play requires one."""

    name: Text
    """Name of the tool."""
    url: Link | None = None
    """Address of the tool."""
    note: Prose | None = None
    """What to know before choosing it, such as its licence."""


class Remediation(Record):
    """A play that opens gates."""

    code: Text | None = None
    """Short code for people."""
    title: Text
    """Name of the play."""
    summary: Prose | None = None
    """What it changes, in a sentence."""
    opens: Annotated[list[Id], Field(min_length=1)]
    """Gates that it opens."""
    owner: Text | None = None
    """The role that leads it."""
    effort: Effort | None = None
    """What it costs."""
    steps: list[Prose] = []
    """What to do, in order."""
    artefacts: list[Prose] = []
    """What the team has afterwards."""
    antipatterns: list[Prose] = []
    """How it goes wrong."""
    done_when: Prose | None = None
    """How to tell that it is done."""
    tools: list[Tool] = []
    """Examples of tools."""
    templates: list[Template] = []
    """Texts to copy."""
    basis: Basis | None = None
    """Where the play comes from."""
    aliases: list[Id] = []
    """Earlier ids of this play."""
