"""Rules about scales and weights, and about keys that the scoring does not use."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Path
from ..scoring.intervals import WEIGHED
from .subject import Findings, Rule, Subject

RESERVED = ("unknown", "not-applicable")
"""Answers that every gate offers in addition to its scale."""


def scales_rise(subject: Subject) -> Findings:
    """Find scales in which "no" is not lowest, "yes" is not highest, or all scores are equal."""
    for id_, scale in subject.rubric.scales.items():
        scores = [choice.score for choice in scale.values()]
        if min(scores) == max(scores):
            message = f"all choices of scale {id_!r} score {scores[0]:g}"
            yield subject.finding("scale-flat", ("scales", id_), message, key=True)
            continue
        for answer, bound, word in (("no", min(scores), "lowest"), ("yes", max(scores), "highest")):
            if answer in scale and scale[answer].score != bound:
                message = (
                    f"{answer!r} scores {scale[answer].score:g} in scale {id_!r}, "
                    f"where the {word} score is {bound:g}"
                )
                yield subject.finding("scale-order", ("scales", id_, answer, "score"), message)


def answers_are_not_reserved(subject: Subject) -> Findings:
    """Find choices with the id of an answer that every gate already offers."""
    for id_, scale in subject.rubric.scales.items():
        for answer in RESERVED:
            if answer in scale:
                message = f"every gate already offers {answer!r}: choose another id"
                path = ("scales", id_, answer)
                yield subject.finding("reserved-answer", path, message, key=True)


def weights_leave_something(subject: Subject) -> Findings:
    """Find dimensions in which all gates have weight 0, and means in which all weights are 0."""
    rubric = subject.rubric
    if _gates_weigh(subject):
        has_gates = {gate.dimension for gate in rubric.gates.values()}
        weighs = {gate.dimension for gate in rubric.gates.values() if gate.weight}
        left = []
        for id_ in rubric.dimensions:
            if id_ in has_gates and id_ not in weighs:
                message = f"all gates of dimension {id_!r} have weight 0: the score leaves it out"
                path = ("dimensions", id_)
                yield subject.finding("dimension-weightless", path, message, key=True)
                left.append(id_)
        if left and not rubric.counted_dimensions - set(left):
            message = "all gates that count have weight 0: there is no score"
            yield subject.finding("weight-mismatch", ("gates",), message, key=True)
    if _dimensions_weigh(subject) and not any(rubric.dimension_weights.values()):
        message = "all dimensions have weight 0: they have no mean"
        yield subject.finding("weight-mismatch", ("dimensions",), message, key=True)


def weights_are_used(subject: Subject) -> Findings:
    """Find weights that no step of the scoring uses."""
    rubric = subject.rubric
    gates_weigh = _gates_weigh(subject)
    dimensions_weigh = _dimensions_weigh(subject) and rubric.scoring.dimension_weight == "own"
    for collection, used in (("gates", gates_weigh), ("dimensions", dimensions_weigh)):
        entries: dict[str, float] = {
            id_: entry.weight for id_, entry in getattr(rubric, collection).items()
        }
        for id_, weight in entries.items():
            if weight != 1 and not used:
                message = f"weight {weight:g} has no effect: no mean or sum uses it"
                yield subject.finding("weight-unused", (collection, id_, "weight"), message)


Unused = tuple[str, list[Path], str]
"""A key, the places where it is written, and why the scores do not depend on it there."""


def keys_are_used(subject: Subject) -> Findings:
    """Find keys that the chosen scoring does not use, with one finding for each kind of key."""
    for find in (_unused_of_ladders, _unused_of_overall, _unused_of_core, _unused_of_others):
        for key, paths, why in find(subject):
            if paths:
                more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
                message = f"{key!r} has no effect on the score: {why}{more}"
                yield subject.finding("key-unused", paths[0], message, key=True)


def _unused_of_ladders(subject: Subject) -> Iterator[Unused]:
    scoring, rubric = subject.rubric.scoring, subject.rubric
    gates, stages = rubric.gates.items(), rubric.stages.items()
    if not subject.uses_ladder and scoring.rule.by != "ladder":
        why = "only dimensions scored as a ladder use it"
        yield "blocking", [("gates", id_, "blocking") for id_, one in gates if one.blocking], why
        for key in ("share", "ladder"):
            if key in scoring.model_fields_set:
                yield key, [("scoring", key)], why
        yield (
            "share",
            [("stages", id_, "share") for id_, one in stages if one.share is not None],
            why,
        )
    bonus = [id_ for id_, one in gates if one.bonus and one.blocking]
    why = "a bonus that is not met is left out"
    yield "blocking", [("gates", id_, "blocking") for id_ in bonus], why


def _unused_of_overall(subject: Subject) -> Iterator[Unused]:
    scoring, rubric = subject.rubric.scoring, subject.rubric
    if scoring.overall is None:
        why = "the model has no overall score"
        yield "cap", [("gates", id_, "cap") for id_, one in rubric.gates.items() if one.cap], why
        for key in ("times", "unit", "bands"):
            if key in scoring.model_fields_set:
                yield key, [("scoring", key)], why
    if "blocking" in scoring.rule.model_fields_set and scoring.rule.blocking == "all":
        of_ladders = subject.uses_ladder and scoring.rule.of == "dimensions"
        every: list[Path] = [("scoring", "overall", "blocking")]
        if not of_ladders or scoring.rule.by != "min":
            yield "blocking", every, "only a minimum of ladders uses it"
        elif rubric.counted_dimensions == set(rubric.dimensions):
            yield "blocking", every, "all dimensions count already"


def _unused_of_core(subject: Subject) -> Iterator[Unused]:
    rule, dimensions = subject.rubric.scoring.rule, subject.rubric.dimensions
    core: list[Path] = [("dimensions", id_, "core") for id_, one in dimensions.items() if one.core]
    if rule.only == "all":
        yield "core", core, "the overall score counts all dimensions"
    elif "only" in rule.model_fields_set and not core:
        why = "no dimension is core, so all of them count"
        yield "only", [("scoring", "overall", "only")], why


def _unused_of_others(subject: Subject) -> Iterator[Unused]:
    scoring, rubric = subject.rubric.scoring, subject.rubric
    if scoring.plan == "ratings" and not rubric.ratings:
        yield "plan", [("scoring", "plan")], "the rubric has no ratings"
    blocks = any(gate.blocking for gate in rubric.gates.values())
    if scoring.plan == "risk" and not rubric.symptoms and not blocks:
        why = "no gate is blocking and there are no symptoms"
        yield "plan", [("scoring", "plan")], why
    grouped = any(dimension.group for dimension in rubric.dimensions.values())
    if "group" in scoring.model_fields_set and not grouped:
        yield "group", [("scoring", "group")], "no dimension names a group"


def caps_say_one_thing(subject: Subject) -> Findings:
    """Find caps that name neither a score nor a band, or both, and unknown bands."""
    bands = subject.rubric.scoring.bands.of if subject.rubric.scoring.bands else {}
    for id_, gate in subject.rubric.gates.items():
        if gate.cap is None:
            continue
        path: Path = ("gates", id_, "cap")
        if (gate.cap.score is None) == (gate.cap.band is None):
            message = f"the cap of gate {id_!r} needs either a score or a band"
            yield subject.finding("cap-form", path, message, key=True)
        if gate.cap.band is not None and gate.cap.band not in bands:
            message = f"no band has the id {gate.cap.band!r}"
            suggestion = subject.source.suggest(gate.cap.band, bands)
            yield subject.finding("dangling-id", (*path, "band"), message, suggestion=suggestion)


def groups_are_named(subject: Subject) -> Findings:
    """Find dimensions without a group if the overall score is calculated from groups."""
    if subject.rubric.scoring.rule.of == "groups":
        for id_, dimension in subject.rubric.dimensions.items():
            if dimension.group is None:
                message = f"dimension {id_!r} has no group, but the overall score uses groups"
                yield subject.finding("group-needed", ("dimensions", id_), message, key=True)


def _gates_weigh(subject: Subject) -> bool:
    scoring = subject.rubric.scoring
    overall = scoring.rule.of == "gates" and scoring.rule.by in WEIGHED
    return scoring.cell in WEIGHED or scoring.dimension == "ladder" or overall


def _dimensions_weigh(subject: Subject) -> bool:
    scoring = subject.rubric.scoring
    grouped = any(dimension.group for dimension in subject.rubric.dimensions.values())
    in_groups = grouped and scoring.group in WEIGHED
    overall = scoring.rule.of == "dimensions" and scoring.rule.by in WEIGHED
    return in_groups or overall


RULES: tuple[Rule, ...] = (
    scales_rise,
    answers_are_not_reserved,
    weights_leave_something,
    weights_are_used,
    keys_are_used,
    caps_say_one_thing,
    groups_are_named,
)
