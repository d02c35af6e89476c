"""What changes mean: whether scores can move, the step of the version, and whose stage moves."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..assessment.reader import Assessment
from ..rubric.model import Rubric
from ..scoring.compare import SEMVER
from ..scoring.scorer import Overall, Scorer
from .changes import Change, find_changes

Step = Literal["none", "patch", "minor", "major"]
STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")


class Standing(NamedTuple):
    """An assessment under both rubrics."""

    name: str
    subject: str
    before: Overall
    after: Overall

    @property
    def moves(self) -> bool:
        """Return whether its stage or band moves; without these, its score."""
        one, other = self.before, self.after
        if any((*one.stage, *one.bands, *other.stage, *other.bands)):
            return (one.stage, one.bands) != (other.stage, other.bands)
        return not all(map(_is_same, one[:3], other[:3]))


def _is_same(one: float | None, other: float | None) -> bool:
    """Return whether two scores are the same: in another order, sums differ in their last bits."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


class Summary(NamedTuple):
    """The changes from one rubric to another.

    `needed` is the step of the version that they need by semver: major if stored answers can score
    differently, minor for other content, patch for words and order. `made` is the step of the
    versions, or None if it cannot be told: they are two models, or a version went back.
    """

    old: Rubric
    new: Rubric
    changes: tuple[Change, ...]
    needed: Step
    made: Step | None
    standings: tuple[Standing, ...] = ()

    @property
    def can_score(self) -> bool:
        """Return whether stored answers can score differently."""
        return self.needed == "major"

    @property
    def is_early(self) -> bool:
        """Return whether a minor step is enough for a major change: before version 1.0.0."""
        return self.old.version.startswith("0.") and self.can_score

    @property
    def step_is_too_small(self) -> bool:
        """Return whether the version says less than what changed."""
        if (
            self.made is None
        ):  # Two models have no step; a version that went back has too small a one.
            return self.old.id == self.new.id and bool(self.changes)
        limit = "minor" if self.is_early else self.needed
        return STEPS.index(self.made) < STEPS.index(limit)


def summarise(old: Rubric, new: Rubric) -> Summary:
    """Compare two rubrics."""
    changes = tuple(find_changes(old, new))
    made = _step_made(old.version, new.version) if old.id == new.id else None
    return Summary(old, new, changes, _step_needed(changes), made)


def stand(
    old: Rubric, new: Rubric, assessments: Iterable[tuple[str, Assessment, Assessment]]
) -> tuple[Standing, ...]:
    """Score assessments under both rubrics; each comes as read with the one and with the other."""
    first, second = Scorer(old), Scorer(new)
    return tuple(
        Standing(name, one.subject, first.score(one).overall, second.score(other).overall)
        for name, one, other in assessments
    )


def _step_needed(changes: Iterable[Change]) -> Step:
    changes = list(changes)
    if any(change.can_score for change in changes):
        return "major"
    if any(change.kind not in ("reworded", "moved") for change in changes):
        return "minor"
    return "patch" if changes else "none"


def _step_made(old: str, new: str) -> Step | None:
    one, other = SEMVER.fullmatch(old), SEMVER.fullmatch(new)
    if not one or not other:
        return None
    before, after = (tuple(map(int, match[1].split("."))) for match in (one, other))
    if after < before:
        return None
    # A prerelease of the same numbers makes no step.
    names: tuple[Step, ...] = ("major", "minor", "patch")
    return next((name for name, a, b in zip(names, before, after, strict=True) if a != b), "none")
