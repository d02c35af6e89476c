"""The rule about overlays that needs all references: what is removed is not used."""

from __future__ import annotations

from ..overlay.remarks import at
from ..rubric.kinds import name_of
from .subject import Findings, Rule, Subject

MAX_NAMES = 8
"""The most uses to name."""


def removals_are_unused(subject: Subject) -> Findings:
    """Find entries that an overlay removes while others name them; runs after the other rules."""
    for removed, paths in subject.uses.items():
        touch = subject.removals[removed]
        names = list(dict.fromkeys(name_of(_list_at(path)) for path in paths))
        shown = ", ".join(names[:MAX_NAMES])
        more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
        message = f"{name_of(removed)} is removed but still named by {shown}{more}"
        yield at(touch, "removed-in-use", message)


def _list_at(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the path of the list that an item is in, or the path itself."""
    return path[:-1] if isinstance(path[-1], int) else path


RULES: tuple[Rule, ...] = (removals_are_unused,)
