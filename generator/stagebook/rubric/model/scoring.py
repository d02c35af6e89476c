"""The scoring algebra as data: which reducer applies at which step."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Record, Text

Reducer = Literal["mean", "sum", "min", "max"]
"""How many scores become one."""


class Overall(Record):
    """How the overall score is made."""

    of: Literal["gates", "dimensions", "groups"] = "dimensions"
    """What is reduced."""
    by: Literal["mean", "sum", "min", "max", "ladder"] = "min"
    """How it is reduced; `ladder`, of gates only, climbs with all gates that count as one."""
    only: Literal["core", "all"] = "core"
    """Whether core dimensions alone count; where none is core, all count."""


class Band(Record):
    """A range of the overall score with a name."""

    at: float
    """The edge: where the band starts, or with `edge: upper` where it ends."""
    label: Text | None = None
    """Name of the band; the stage's title when left out."""
    stage: Id | None = None
    """The stage that the band stands for."""


class Bands(Record):
    """Names for ranges of the overall score."""

    edge: Literal["lower", "upper"] = "lower"
    """`lower`: each band starts at its number, inclusive; `upper`: it ends there, inclusive."""
    of: Annotated[dict[Id, Band], Field(min_length=1)]
    """The bands, ascending."""


class Level(Record):
    """How the scores of one level are told."""

    times: Annotated[float, Field(gt=0)] = 1.0
    """Factor on each of them; what is made of them is made of the product."""
    unit: Text | None = None
    """What stands behind the number, such as `%`."""


class Scoring(Record):
    """How answers become scores."""

    pass_: Annotated[float, Field(gt=0, le=1, alias="pass")] = 1.0
    """Share of its scale's top score at which a gate is open."""
    not_applicable: Literal["exclude", "zero"] = "exclude"
    """Whether a gate that does not apply leaves the sum with its weight, or counts as 0."""
    cell: Reducer = "mean"
    """Over the gates of one dimension at one stage."""
    dimension: Literal["mean", "sum", "min", "max", "ladder"] = "ladder"
    """Over the cells of a dimension."""
    share: Annotated[float, Field(ge=0, le=1)] = 0.66
    """Ladder only: the open share that each cell needs, besides its blocking gates."""
    ladder: Literal["nested", "apart"] = "nested"
    """`nested`: a stage counts when those below it do; `apart`: the highest complete one counts."""
    group: Reducer = "mean"
    """Over the dimensions that share a group."""
    overall: Overall | None = Overall()
    """The last step; null where the model has no overall score."""
    times: Annotated[float, Field(gt=0)] = 1.0
    """Factor on the overall score; 100 makes a percentage."""
    unit: Text | None = None
    """What stands behind the overall score, such as `%`."""
    levels: dict[Literal["topic", "dimension", "group"], Level] = {}
    """Factor and unit of the scores below the overall one."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 2
    """Decimals that people see; nothing is rounded before that."""
    bands: Bands | None = None
    """Names for ranges of the overall score."""

    @property
    def rule(self) -> Overall:
        """Return how the overall score is made; where there is none, all parts count alike."""
        return self.overall or Overall(by="mean", only="all")
