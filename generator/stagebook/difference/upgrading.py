"""What the next version of its base does to an overlay."""

from __future__ import annotations

from typing import NamedTuple

from ..diagnostics import Path
from ..rubric.model import Rubric
from ..rubric.source import Layer, Source, Touch
from .changes import Change, find_changes

OVERRIDES = ("added", "replaced", "removed")


class Clash(NamedTuple):
    """A change of the base that touches a value that the overlay overrides."""

    change: Change
    touch: Touch


class Upgrade(NamedTuple):
    """An overlay, and its base before and now; `others` are the changes that do not clash.

    `old` is None if the base of the version that the overlay was written against is not at hand:
    then no changes are known.
    """

    overlay: Source
    layer: Layer
    old: Rubric | None
    new: Rubric
    clashes: tuple[Clash, ...]
    others: tuple[Change, ...]

    @property
    def overridden(self) -> list[Touch]:
        """Return what the overlay overrides."""
        return [touch for touch in self.layer.touches if touch.kind in OVERRIDES]


def find_clashes(overlay: Source, layer: Layer, old: Rubric | None, new: Rubric) -> Upgrade:
    """Compare two versions of a base in the light of an overlay."""
    upgrade = Upgrade(overlay, layer, old, new, (), ())
    changes = find_changes(old, new) if old else []
    clashes = [
        Clash(change, touch)
        for change in changes
        for touch in upgrade.overridden
        if _touches(change, touch.path)
    ]
    touched = [clash.change for clash in clashes]
    others = tuple(change for change in changes if change not in touched)
    return upgrade._replace(clashes=tuple(clashes), others=others)


def _touches(change: Change, path: Path) -> bool:
    """Return whether a change is of the value at a path, of what is in it or of what it is in."""
    if change.kind == "moved" and change.new is None:
        return False  # Only the order.
    changed = change.path
    if change.kind == "renamed":
        changed = (*changed[:-1], change.old)
    size = min(len(changed), len(path))
    return changed[:size] == path[:size]
