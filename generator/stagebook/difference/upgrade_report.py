"""An upgrade of an overlay, as Markdown and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..rubric.kinds import name_of
from ..rubric.source import Touch
from .changes import KINDS
from .report import shown
from .upgrading import Clash, Upgrade

FORMAT = "stagebook-upgrade/1"


def upgrade_data(upgrade: Upgrade) -> dict[str, Any]:
    """Return an upgrade as data; `changes` counts those that touch nothing of the overlay."""
    return {
        "format": FORMAT,
        "base": upgrade.layer.name,
        "from": upgrade.layer.version,
        "to": upgrade.new.version,
        "compared": upgrade.old is not None,
        "touched": [_clash_data(clash) for clash in upgrade.clashes],
        "changes": dict(_counts(upgrade)),
    }


def _clash_data(clash: Clash) -> dict[str, Any]:
    change, touch = clash
    own = {"path": [*touch.path], "kind": touch.kind, "value": touch.new, "line": touch.node.line}
    return {
        "path": [*change.path],
        "kind": change.kind,
        "before": change.old,
        "now": change.new,
        "overlay": own,
    }


def upgrade_text(upgrade: Upgrade) -> str:
    """Return an upgrade as Markdown."""
    return "\n".join(_lines(upgrade)) + "\n"


def _lines(upgrade: Upgrade) -> Iterator[str]:
    before = upgrade.layer.version or (upgrade.old.version if upgrade.old else "unknown")
    yield from (f"# {upgrade.layer.name}: {before} → {upgrade.new.version}", "")
    if upgrade.old is None:
        yield (
            f"What changed since version {before} is not known: name the base of that version "
            "with `--from` to compare. The overlay overrides:"
        )
        yield ""
        for touch in upgrade.overridden:
            yield from _values(touch, ("base now", touch.old))
        return
    count = len(upgrade.clashes)
    changes = "1 change of the base touches" if count == 1 else f"{count} changes of the base touch"
    yield f"{changes} what the overlay overrides."
    for change, touch in upgrade.clashes:
        yield ""
        yield from _values(touch, ("base before", change.old), ("base now", change.new))
    if counts := _counts(upgrade):
        listed = ", ".join(f"{number} {kind}" for kind, number in counts)
        yield from ("", f"Other changes apply as they are: {listed}. `stagebook diff` lists them.")


def _counts(upgrade: Upgrade) -> list[tuple[str, int]]:
    """Return how many changes touch nothing of the overlay, by kind."""
    counts = Counter(change.kind for change in upgrade.others)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]


def _values(touch: Touch, *values: tuple[str, Any]) -> Iterator[str]:
    name = name_of(touch.path).replace("'", "`")
    yield f"- {name} ({touch.node.file}:{touch.node.line})"
    for label, value in values:
        yield f"    - {label}: {shown(value)}"
    yield f"    - overlay: {'removed' if touch.kind == 'removed' else shown(touch.new)}"
