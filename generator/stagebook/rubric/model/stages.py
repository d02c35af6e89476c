"""Stages and dimensions: the two axes of a rubric."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from .base import Id, Prose, Record, Text

Maps = dict[Id, list[Text]]
"""For each framework, the ids in it that cover the same subject."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Answers = Annotated[
    list[Id],
    BeforeValidator(_as_list, json_schema_input_type=Id | list[Id]),
    Field(min_length=1),
]
Applies = dict[Id, _Answers]
"""For each question of the profile, the answers with which the entry applies; one or a list."""


class Stage(Record):
    """One step of the ladder; the lowest level is the floor and needs no gate."""

    level: Annotated[int, Field(ge=0, le=99)]
    """Position on the ladder. Levels start at 0 or 1 and increase by 1."""
    title: Text
    """Name of the stage."""
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    """Ladder only: the met share that cells at this stage need, in place of `scoring.share`."""
    summary: Prose | None = None
    """The stage in one sentence that people can check."""
    signs: list[Prose] = []
    """What it looks like: things that anyone can see at this stage."""
    mistaken_for: Prose | None = None
    """What people mistake this stage for, and why they are wrong."""
    common_error: Prose | None = None
    """What people often get wrong when they manage teams at this stage."""
    advice: Prose | None = None
    """What to do first at this stage."""
    not_yet: list[Prose] = []
    """What not to do yet: work that belongs to a later stage."""
    aliases: list[Id] = []
    """Earlier ids of this stage."""
    maps: Maps = {}
    """Levels of other frameworks that are close to this stage."""


class Topic(Record):
    """A part of a dimension with a text and a score of its own."""

    title: Text
    """Name of the topic."""
    code: Text | None = None
    """Short code for people."""
    summary: Prose | None = None
    """What it covers."""
    applies: Applies = {}
    """When its gates apply: the answers that the questions of the profile must have."""
    aliases: list[Id] = []
    """Earlier ids of this topic."""
    maps: Maps = {}
    """Ids of other frameworks that cover this topic."""


class Group(Record):
    """Dimensions that belong together; only a title if it is written as text."""

    title: Text
    """Name of the group."""
    code: Text | None = None
    """Short code for people."""
    summary: Prose | None = None
    """What the group covers and why it matters."""
    aliases: list[Id] = []
    """Earlier ids of this group."""
    maps: Maps = {}
    """Ids of other frameworks that cover this group."""


def _as_group(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


GroupEntry = Annotated[Group, BeforeValidator(_as_group, json_schema_input_type=Text | Group)]
"""A group, or its title."""


class Dimension(Record):
    """One capability area."""

    title: Text
    """Name of the dimension."""
    code: Text | None = None
    """Short code with which the codes of its gates start."""
    question: Prose | None = None
    """The one question that the dimension answers."""
    core: bool = False
    """Whether it decides the overall stage when `overall.only` is `core`."""
    group: Id | None = None
    """Dimensions that name the same group are reduced together."""
    weight: Annotated[float, Field(ge=0)] = 1.0
    """Weight in `mean` and `sum`; with 0, the dimension does not count in them."""
    summary: Prose | None = None
    """What the dimension covers and why it matters."""
    cells: dict[Id, Prose] = {}
    """For each stage, what this dimension looks like there."""
    applies: Applies = {}
    """When its gates apply: the answers that the questions of the profile must have."""
    basis_note: Prose | None = None
    """How well it is supported: which thresholds come from sources and which are judgement."""
    aliases: list[Id] = []
    """Earlier ids of this dimension."""
    maps: Maps = {}
    """Ids of other frameworks that cover this dimension."""
