"""Rules about bands: they ascend, and every possible score is in one of them."""

from __future__ import annotations

from itertools import pairwise

from ..diagnostics import Path
from .subject import Findings, Rule, Subject


def bands_are_named(subject: Subject) -> Findings:
    """Find bands that have neither a label nor a stage, and bands with an unknown stage."""
    bands = subject.rubric.scoring.bands
    for id_, band in bands.of.items() if bands else ():
        path: Path = ("scoring", "bands", "of", id_)
        if band.stage is not None:
            yield from subject.dangling("stages", (*path, "stage"), band.stage)
        elif band.label is None:
            message = f"band {id_!r} needs a label or a stage"
            yield subject.finding("band-unnamed", path, message, key=True)


def bands_ascend(subject: Subject) -> Findings:
    """Find edges that are duplicated or out of order."""
    bands = subject.rubric.scoring.bands
    edges = list(bands.of.items()) if bands else []
    for (before_id, before), (id_, band) in pairwise(edges):
        path: Path = ("scoring", "bands", "of", id_, "at")
        if band.at == before.at:
            message = f"bands {before_id!r} and {id_!r} have the same edge, {band.at:g}"
            yield subject.finding("band-overlap", path, message)
        elif band.at < before.at:
            message = f"band {id_!r} at {band.at:g} must come before {before_id!r} at {before.at:g}"
            yield subject.finding("band-order", path, message)


def bands_cover_all_scores(subject: Subject) -> Findings:
    """Find possible scores that are in no band, and bands that no score reaches."""
    bands = subject.rubric.scoring.bands
    if not bands or any(True for _ in bands_ascend(subject)):
        return
    # Imported here because most rubrics have no bands, and these imports take time.
    from ..assessment.reader import Assessment
    from ..scoring.scorer import Scorer

    scorer = Scorer(subject.rubric)
    has_ladder = scorer.has_stage or subject.rubric.scoring.dimension == "ladder"
    if has_ladder and not subject.rubric.stages:
        return  # A ladder without stages is an error of its own.
    overall = scorer.score(Assessment()).overall
    if overall.low is None or overall.high is None:
        return
    path: Path = ("scoring", "bands", "of")
    edges = list(bands.of.items())
    lower = bands.edge == "lower"
    hole = edges[0][1].at > overall.low if lower else edges[-1][1].at < overall.high
    if hole:
        side, edge = ("below", edges[0][1].at) if lower else ("above", edges[-1][1].at)
        reach = f"{overall.low:g} to {overall.high:g}"
        message = f"scores {side} {edge:g} are in no band; scores run from {reach}"
        yield subject.finding("band-hole", path, message, key=True)
    beyond = (
        [(id_, band) for id_, band in edges if band.at > overall.high]
        if lower
        else [(id_, band) for id_, band in edges if band.at < overall.low]
    )
    for id_, band in beyond:
        message = f"no score reaches band {id_!r} at {band.at:g}"
        yield subject.finding("band-unreachable", (*path, id_, "at"), message)


RULES: tuple[Rule, ...] = (bands_are_named, bands_ascend, bands_cover_all_scores)
