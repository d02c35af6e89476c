"""Symptoms, and the measures and protocols that replace opinions with numbers."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Prose, Record, Text
from .gates import Basis

SymptomKind = Literal["stuck", "false-maturity"]
"""`stuck`: a sign that work is held back; `false-maturity`: it looks advanced but is not."""


class Symptom(Record):
    """Something that anyone can observe when gates are shut."""

    code: Text | None = None
    """Short code for people."""
    observation: Prose
    """What people see; for false maturity, what is really the case."""
    kind: SymptomKind
    """Stuck, or false maturity."""
    dimension: Id | None = None
    """Where it shows; leave it out if it can show anywhere."""
    bites: list[Id] = []
    """Stages at which people feel it most."""
    gates: Annotated[list[Id], Field(min_length=1)]
    """Its likely causes: gates that are shut."""
    looks_like: Prose | None = None
    """False maturity only: what it looks like."""
    disproof: Prose | None = None
    """A quick look that settles the question."""
    claims: Id | None = None
    """False maturity only: the stage that people claim because of it."""
    basis: Basis | None = None
    """Where the observation comes from."""
    aliases: list[Id] = []
    """Earlier ids of this symptom."""


class Measure(Record):
    """A number with a unit that the team can measure."""

    title: Text
    """What is measured."""
    unit: Text
    """Unit of the number, such as `days`."""
    how: Prose | None = None
    """How to take it."""
    protocol: Id | None = None
    """The protocol with which to take it."""
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
    """What to sample, and how much."""
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
