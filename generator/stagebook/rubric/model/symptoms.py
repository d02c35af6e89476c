"""Symptoms, and the measures and protocols that replace opinion by numbers."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Prose, Record, Text
from .gates import Basis

SymptomKind = Literal["stuck", "false-maturity"]
"""`stuck`: a sign of being held back; `false-maturity`: it looks advanced and is not."""


class Symptom(Record):
    """Something that anybody can observe when gates are shut."""

    code: Text | None = None
    """Short code for people."""
    observation: Prose
    """What is seen: for false maturity, what is true behind the look."""
    kind: SymptomKind
    """Stuck, or false maturity."""
    dimension: Id | None = None
    """Where it shows; left out when it may show anywhere."""
    bites: list[Id] = []
    """Stages at which it hurts most."""
    gates: Annotated[list[Id], Field(min_length=1)]
    """Its roots: the gates whose absence is the likely cause."""
    looks_like: Prose | None = None
    """False maturity only: what it is taken for."""
    disproof: Prose | None = None
    """A quick look that settles the matter."""
    claims: Id | None = None
    """False maturity only: the stage that people claim because of it."""
    basis: Basis | None = None
    """Where the observation comes from."""
    aliases: list[Id] = []
    """Earlier ids of this symptom."""


class Measure(Record):
    """A number with a unit that the team can take."""

    title: Text
    """What is measured."""
    unit: Text
    """Unit of the number, such as `days`."""
    how: Prose | None = None
    """How to take it."""
    protocol: Id | None = None
    """The protocol in which it is taken."""
    min: float | None = None
    """Smallest number that makes sense."""
    max: float | None = None
    """Largest number that makes sense."""
    aliases: list[Id] = []
    """Earlier ids of this measure."""


class Protocol(Record):
    """How to take measures and collect evidence."""

    title: Text
    """Name of the protocol."""
    summary: Prose | None = None
    """What it finds out."""
    duration: Text | None = None
    """How long it takes."""
    sample: Prose | None = None
    """What to take, and how many."""
    steps: list[Prose] = []
    """What to do, in order."""
    traps: list[Prose] = []
    """How it goes wrong."""
    gates: list[Id] = []
    """Gates that it gives evidence for."""
    basis: Basis | None = None
    """Where the procedure comes from."""
    aliases: list[Id] = []
    """Earlier ids of this protocol."""
