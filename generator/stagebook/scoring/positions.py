"""Which scores are positions on the ladder, told by a rubric's scoring; the quiz has it as data."""

from __future__ import annotations

from ..rubric.model import Scoring


def position_factors(scoring: Scoring) -> dict[str, float]:
    """Return what a position on the ladder is multiplied by, for each kind of score that is one.

    No sum of positions is one.
    """
    levels, rule = scoring.levels, scoring.rule
    dimension = levels["dimension"].times if "dimension" in levels else 1.0
    group = dimension * (levels["group"].times if "group" in levels else 1.0)
    found: dict[str, float] = {}
    if scoring.dimension == "ladder":
        found = {"dimension": dimension, "limit": dimension}
        if scoring.group != "sum":
            found["group"] = group
    made_of = {"gates": "", "dimensions": "dimension", "groups": "group"}[rule.of]
    if rule.by == "ladder":
        found["overall"] = scoring.times
    elif scoring.has_stage:
        found["overall"] = found[made_of] * scoring.times
    return found


def does_climb(scoring: Scoring) -> bool:
    """Return whether the overall stage is that of ladders, not of bands."""
    bands = scoring.bands.of.values() if scoring.bands else ()
    return scoring.has_stage and not any(band.stage for band in bands)
