"""Gates: the observable tests that must be met to reach a stage."""

import re
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from .base import Form, Id, Prose, Record, Text
from .scales import Scale, middle_of
from .stages import Applies, Maps

BasisKind = Literal["sourced", "reported", "judgement"]
"""`sourced`: the authors read the source; `reported`: second-hand; `judgement`: their own."""

_SIGNS = {"": "<=", "=": "==", "=<": "<=", "=>": ">=", "\u2264": "<=", "\u2265": ">="}
_LOOSE = re.compile(
    r"\s*(<=|>=|=<|=>|==|=|<|>|\u2264|\u2265|)\s*(-?[0-9]{1,100})(?:[.,]([0-9]{1,100}))?[^0-9]*"
)


def _suggest_condition(text: str) -> str:
    """Return the condition that a text means; a number alone is a bound that may be reached."""
    found = _LOOSE.fullmatch(text)
    if not found or re.search(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])", text):  # It may be 1500.
        return ""
    number = ".".join(filter(None, found.groups()[1:]))
    return f"{_SIGNS.get(found[1], found[1])} {number}"


CONDITION = Form(
    "condition",
    r"^(<=|>=|<|>|==) *-?[0-9]{1,100}(\.[0-9]{1,100})?$",
    "a condition compares with a number, such as '<= 10'",
    suggest=_suggest_condition,
)
Condition = Annotated[str, CONDITION]
"""A comparison with a number, such as `<= 10`."""

_CONDITION = re.compile(r"^([<>=]+)\s*")

Point = Annotated[list[float], Field(min_length=2, max_length=2)]
"""A pair of measured value and score."""


class Basis(Record):
    """Where a test comes from."""

    kind: BasisKind
    """How well it is supported."""
    sources: list[Id] = []
    """Sources that support it."""
    note: Prose | None = None
    """What the sources say, or what the judgement is based on."""


class Threshold(Basis):
    """A number in a gate, with its basis."""

    text: Prose
    """The number as the reader sees it, with its unit and period."""
    decides: bool = True
    """Whether an answer depends on it; false for an aim, or a figure given for comparison."""


class MeasureAnswer(Record):
    """How a measured number answers a gate: by `points`, or by one condition for each answer."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Condition]

    of: Id
    """The measure."""
    points: Annotated[list[Point], Field(min_length=2)] | None = None
    """Pairs of value and score, ascending by value; between them the score is interpolated."""

    @property
    def conditions(self) -> dict[str, str]:
        """Return the condition of each answer, in the order written; the first true one counts."""
        return dict(self.__pydantic_extra__)

    @property
    def parsed(self) -> list[tuple[str, str, float]]:
        """Return the conditions as (answer, comparison, number)."""
        split = ((answer, *_CONDITION.split(text)[1:3]) for answer, text in self.conditions.items())
        return [(answer, operator, float(number)) for answer, operator, number in split]


def _numbered(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return {str(number): item for number, item in enumerate(value, 1)}


Items = dict[Id, Prose] | list[Prose]


class Cap(Record):
    """What the overall score is at most while a gate is not met: a number or a band."""

    score: float | None = None
    """Highest overall score, after the factor."""
    band: Id | None = None
    """Highest band."""


class Gate(Record):
    """An observable test that must be met to reach a stage in a dimension."""

    code: Text | None = None
    """Short code for people, such as `EVAL-2.2`."""
    dimension: Id
    """The dimension it belongs to."""
    stage: Id | None = None
    """The stage that it leads to; may be left out if dimensions are not scored as ladders."""
    stages: list[Id] = []
    """Several stages that it counts to: it is in the cell of each."""
    topic: Id | None = None
    """The topic within the dimension that it belongs to."""
    title: Text
    """Name of the gate: what is true when it is open."""
    test: Prose
    """One sentence that people answer by looking at something; yes is good."""
    partly: Prose | None = None
    """When the middle answer applies: `partly`, or the one with the middle score of its scale."""
    meanings: dict[Id, Prose] = {}
    """For each answer, what it means here; by default the scale says it."""
    why: Prose | None = None
    """Why it matters: what goes wrong without it, or what it makes possible."""
    criteria: Annotated[
        dict[Id, Prose], BeforeValidator(_numbered, json_schema_input_type=Items)
    ] = {}
    """Items that people tick, by id; those of a list get the ids `1`, `2` and so on."""
    ticks: dict[Id, Annotated[int, Field(ge=1)]] = {}
    """How many ticked criteria give which answer; with fewer, the lowest answer counts."""
    evidence: list[Prose] = []
    """What an assessor accepts as proof."""
    blocking: bool = False
    """Whether nobody reaches the stage while this gate is shut."""
    bonus: bool = False
    """Whether it counts only when it is met, and else leaves the score with its weight."""
    cap: Cap | None = None
    """What the overall score is at most while this gate is not met."""
    requires: list[Id] = []
    """Gates that must be open before this one can open."""
    applies: Applies = {}
    """When it applies: the answers that the questions of the profile must have."""
    tags: list[Text] = []
    """Words to filter by, such as an audience or a phase."""
    target: Id | None = None
    """The answer of its scale that is aimed at, if it is not the highest."""
    status: Literal["draft", "active", "retired"] = "active"
    """A retired gate stays readable; nobody is asked it and it counts nowhere."""
    basis: Basis | None = None
    """Where the test comes from."""
    thresholds: list[Threshold] = []
    """The numbers in it, each with its own basis."""
    scale: Id | None = None
    """The scale of its answers; by default the first scale of the rubric."""
    weight: Annotated[float, Field(ge=0)] = 1.0
    """Weight in `mean` and `sum`; with 0, the gate does not count in them."""
    measure: MeasureAnswer | None = None
    """The measure that can answer it."""
    rev: Annotated[int, Field(ge=1)] = 1
    """Increase it when the wording changes so much that old answers should be looked at again."""
    aliases: list[Id] = []
    """Earlier ids of this gate; stored answers under them still count."""
    maps: Maps = {}
    """Ids of other frameworks that ask for the same."""

    @cached_property
    def at(self) -> tuple[str | None, ...]:
        """Return the stages that it counts to; only None where it names none."""
        return tuple(dict.fromkeys([*([self.stage] if self.stage else []), *self.stages])) or (
            None,
        )

    @model_validator(mode="before")
    @classmethod
    def _first_stage_is_its_stage(cls, data: Any) -> Any:
        stages = data.get("stages") if isinstance(data, dict) else None
        if isinstance(stages, list) and stages and "stage" not in data:
            return {**data, "stage": stages[0]}
        return data


def meanings_of(gate: Gate, scale: Scale) -> dict[str, str]:
    """Return what answers to a gate mean, as far as it says so itself."""
    middle = middle_of(scale) if gate.partly else None
    return {**({middle: gate.partly} if middle and gate.partly else {}), **gate.meanings}
