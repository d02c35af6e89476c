"""The rubric: one whole maturity model."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ...i18n import FALLBACK, language_of, page_word
from .base import Id, Link, Prose, Record, Text
from .forms import Language, Version
from .gates import Gate
from .profile import ProfileQuestion, with_choices
from .references import Framework, Source, Term
from .remediations import Rating, Remediation
from .sample import Sample
from .scales import DEFAULT_SCALE, Scale, default_scale
from .scoring import Scoring
from .stages import Dimension, GroupEntry, Stage, Topic
from .symptoms import Measure, Protocol, Symptom
from .terms import Terms

FORMAT = "stagebook/1"


class Change(Record):
    """What changed in one version of the rubric."""

    date: Text | None = None
    """When the version was published."""
    notes: list[Prose]
    """What changed, for readers who know the earlier version."""


class Rubric(Record):
    """One whole maturity model: the only source of its pages and its scores."""

    format: Literal["stagebook/1"]
    """Version of this format."""
    id: Id
    """Id of the rubric: its folder on the site and its key in the browser."""
    title: Text
    """Name of the model."""
    version: Version
    """Semantic version of the content."""
    language: Language = "en"
    """Language of the text: a BCP 47 tag such as `en`, `pt-BR` or `zh-Hant`."""
    licence: Text | None = None
    """Licence of the text, preferably an SPDX id."""
    url: Link | None = None
    """Where the model is published."""
    summary: Prose | None = None
    """What the model is for."""
    terms: Terms = Terms()
    """What the model calls a gate, a stage and so on."""
    scales: Annotated[dict[Id, Annotated[Scale, Field(min_length=2)]], Field(min_length=1)] = {
        "practice": DEFAULT_SCALE
    }
    """The choices of the gates; the first scale is the default."""
    stages: dict[Id, Stage] = {}
    """The steps of the ladder, where the model has one."""
    dimensions: Annotated[dict[Id, Dimension], Field(min_length=1)]
    """The capability areas."""
    groups: dict[Id, GroupEntry] = {}
    """Groups of dimensions, in their order; only titles if they are written as text."""
    topics: dict[Id, Topic] = {}
    """Parts of dimensions that gates name."""
    profile: dict[Id, ProfileQuestion] = {}
    """Questions about the subject that are asked first and decide which gates apply."""
    written_gates: Annotated[dict[Id, Gate], Field(min_length=1, alias="gates")]
    """The tests."""
    measures: dict[Id, Measure] = {}
    """Numbers that answer gates."""
    symptoms: dict[Id, Symptom] = {}
    """What can be observed when gates are shut."""
    remediations: dict[Id, Remediation] = {}
    """The plays that open gates."""
    ratings: dict[Id, Rating] = {}
    """What plays are rated by, in the author's own terms, such as cost, time and usefulness."""
    protocols: dict[Id, Protocol] = {}
    """How to take measures and collect evidence."""
    sources: dict[Id, Source] = {}
    """What the tests and thresholds are based on."""
    frameworks: dict[Id, Framework] = {}
    """Other published models that `maps` refer to."""
    quick_check: list[Id] = []
    """The most telling gates, in the order in which they are asked."""
    sample: Sample | None = None
    """An example, whose result readers can look at before they answer anything."""
    checks: dict[Text, Literal["off"]] = {}
    """Codes of warnings that are not given for this rubric."""
    scoring: Scoring = Scoring()
    """How answers become scores."""
    glossary: dict[Id, Term] = {}
    """Words that need explaining."""
    changes: dict[str, Change] = {}
    """Versions, newest first, and what changed in each."""

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """Return the ids, other than its own, of the rubrics that it extends, nearest first."""
        return ()

    def with_bases(self, ids: Iterable[str]) -> Self:
        """Return the rubric of an overlay that extends rubrics with these ids.

        It equals the same rubric in one file: where a rubric comes from is not part of it.
        """
        based = self.model_copy()
        based.__dict__["bases"] = tuple(dict.fromkeys(id_ for id_ in ids if id_ != self.id))
        return based

    @cached_property
    def gates(self) -> dict[str, Gate]:
        """Return the gates that people are asked: all but the retired ones."""
        return {id_: gate for id_, gate in self.written_gates.items() if gate.status != "retired"}

    @cached_property
    def retired_gates(self) -> dict[str, Gate]:
        """Return the gates that are kept for readers only."""
        return {id_: gate for id_, gate in self.written_gates.items() if gate.status == "retired"}

    def applies(self, gate: Gate) -> dict[str, frozenset[str]]:
        """Return the answers that each question of the profile must have for a gate to apply.

        They are those of the gate, of its topic and of its dimension together.
        """
        topic = self.topics.get(gate.topic) if gate.topic else None
        needed: dict[str, frozenset[str]] = {}
        for entry in (self.dimensions.get(gate.dimension), topic, gate):
            for question, answers in (entry.applies if entry else {}).items():
                needed[question] = needed.get(question, frozenset(answers)) & frozenset(answers)
        return needed

    @cached_property
    def dimension_weights(self) -> dict[str, float]:
        """Return the weight of each dimension: its own, or the sum of its gates' weights."""
        if self.scoring.dimension_weight == "own":
            return {id_: dimension.weight for id_, dimension in self.dimensions.items()}
        gates = self.gates.values()
        return {
            id_: sum(gate.weight for gate in gates if gate.dimension == id_)
            for id_ in self.dimensions
        }

    @cached_property
    def ladder(self) -> tuple[str, ...]:
        """Return the ids of the stages from floor to top."""
        return tuple(sorted(self.stages, key=lambda id_: self.stages[id_].level))

    def says_its_level(self, stage: str) -> bool:
        """Return whether the title of a stage says which one it is, such as `Level 1`."""
        term = page_word(self.language, "stage", self.terms.words)
        said = rf"{re.escape(term)}\b|.*\b{self.stages[stage].level}\b"
        return bool(re.match(said, self.stages[stage].title, re.IGNORECASE))

    def scale_id(self, gate: Gate) -> str:
        """Return the id of a gate's scale, by default the first one."""
        return gate.scale or next(iter(self.scales))

    def scale_of(self, gate: Gate) -> Scale:
        """Return the choices of a gate."""
        return self.scales[self.scale_id(gate)]

    @cached_property
    def counted_dimensions(self) -> frozenset[str]:
        """Return the dimensions that count towards the overall score.

        With `only: core` these are the core dimensions, if there are any. If the score is that of
        groups, they are all dimensions of the groups that count.
        """
        rule, dimensions = self.scoring.rule, self.dimensions
        core = {id_ for id_, dimension in dimensions.items() if dimension.core}
        counted = core if rule.only == "core" and core else set(dimensions)
        if rule.of == "groups":
            groups = {dimensions[id_].group for id_ in counted} - {None}
            counted = {id_ for id_, one in dimensions.items() if one.group in groups}
        return frozenset(counted)

    @property
    def limiting_dimensions(self) -> list[str]:
        """Return the dimensions that limit the overall score by their blocking gates alone."""
        rule = self.scoring.rule
        of_ladders = rule.of == "dimensions" and self.scoring.dimension == "ladder"
        if rule.blocking == "counted" or rule.by != "min" or not of_ladders:
            return []
        return [id_ for id_ in self.dimensions if id_ not in self.counted_dimensions]

    @model_validator(mode="before")
    @classmethod
    def _defaults_speak_its_language(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        language = language_of(str(data.get("language", FALLBACK)))
        if language == FALLBACK:
            return data
        localised: dict[str, Any] = {}
        if "scales" not in data:
            localised["scales"] = {"practice": default_scale(language)}
        if "profile" in data:
            localised["profile"] = with_choices(data["profile"], language)
        return {**data, **localised}
