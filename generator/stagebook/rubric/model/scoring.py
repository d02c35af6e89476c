"""The scoring of a rubric as data: which reducer applies at which step."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Id, Record, Text

Reducer = Literal["mean", "sum", "min", "max"]
"""How many scores become one."""


PlanOrder = Literal["weeks", "ratings", "risk", "rubric"]
"""What the plays of a plan are ordered by."""


class Overall(Record):
    """How the overall score is calculated."""

    of: Literal["gates", "dimensions", "groups"] = "dimensions"
    """What is reduced."""
    by: Literal["mean", "sum", "min", "max", "ladder"] = "min"
    """How it is reduced; `ladder`, of gates only, climbs with all gates that count as one."""
    only: Literal["core", "all"] = "core"
    """Whether only core dimensions count; if no dimension is core, all count."""
    blocking: Literal["counted", "all"] = "counted"
    """`all`: dimensions that do not count limit the stage too, each by its blocking gates alone."""


class Band(Record):
    """A range of the overall score with a name."""

    at: float
    """The edge: where the band starts, or with `edge: upper` where it ends."""
    label: Text | None = None
    """Name of the band; by default the title of the stage."""
    stage: Id | None = None
    """The stage that the band stands for."""


class Bands(Record):
    """Names for ranges of the overall score."""

    edge: Literal["lower", "upper"] = "lower"
    """`lower`: each band starts at its number; `upper`: it ends there; the number is included."""
    of: Annotated[dict[Id, Band], Field(min_length=1)]
    """The bands, ascending."""


class Level(Record):
    """How the scores of one level are told."""

    times: Annotated[float, Field(gt=0)] = 1.0
    """Factor on each of them; what is made of them is made of the product."""
    unit: Text | None = None
    """What is written after the number, such as `%`."""


class Scoring(Record):
    """How answers become scores."""

    pass_: Annotated[float, Field(gt=0, le=1, alias="pass")] = 1.0
    """Fraction of the top score of its scale that a gate needs to be open."""
    not_applicable: Literal["exclude", "zero"] = "exclude"
    """Whether a gate that does not apply is left out with its weight, or counts as 0."""
    cell: Reducer = "mean"
    """How the gates of one dimension at one stage are reduced."""
    dimension: Literal["mean", "sum", "min", "max", "ladder"] = "ladder"
    """How the cells of a dimension are reduced."""
    share: Annotated[float, Field(ge=0, le=1)] = 0.66
    """Ladder only: the fraction of gates that each cell needs open, besides its blocking gates."""
    ladder: Literal["nested", "apart"] = "nested"
    """`nested`: a stage counts when those below it do; `apart`: the highest complete one counts."""
    dimension_weight: Literal["own", "gates"] = "own"
    """What a dimension weighs: its own `weight`, or as much as its gates together."""
    group: Reducer = "mean"
    """How the dimensions of a group are reduced."""
    overall: Overall | None = Overall()
    """How the overall score is calculated; null if the model has none."""
    times: Annotated[float, Field(gt=0)] = 1.0
    """Factor of the overall score; 100 gives a percentage."""
    unit: Text | None = None
    """Unit of the overall score, such as `%`."""
    levels: dict[Literal["topic", "dimension", "group"], Level] = {}
    """Factor and unit of the scores of topics, dimensions and groups."""
    plan: PlanOrder = "weeks"
    """What orders plays: gates per week, `ratings`, what is riskiest to lack, or the `rubric`."""
    team: Literal["median", "mean"] = "median"
    """How several respondents' answers to a gate become one position."""
    decimals: Annotated[int, Field(ge=0, le=6)] = 2
    """Decimals that are shown; scores are only rounded for display."""
    bands: Bands | None = None
    """Names for ranges of the overall score."""

    @property
    def rule(self) -> Overall:
        """Return how the overall score is made; where there is none, all parts count alike."""
        return self.overall or Overall(by="mean", only="all")

    @property
    def has_stage(self) -> bool:
        """Return whether the overall score is a position on the ladder; no sum of them is one."""
        if self.rule.by == "ladder":
            return True
        sums = {self.rule.by, self.group if self.rule.of == "groups" else ""}
        return self.dimension == "ladder" and self.rule.of != "gates" and "sum" not in sums

    @property
    def reaches(self) -> Literal["stage", "band"] | None:
        """Return what the overall score reaches, if it reaches anything."""
        if not self.overall:
            return None
        bands = self.bands.of.values() if self.bands else ()
        if any(band.stage for band in bands) or self.has_stage:
            return "stage"
        return "band" if bands else None
