"""Changes between rubrics as Markdown for people, and as data for tools."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..rubric.kinds import name_of
from ..rubric.model import Rubric
from ..scoring.rounding import display_score
from ..scoring.scorer import Overall
from .changes import KINDS, Change
from .summary import Standing, Summary

FORMAT = "stagebook-diff/1"
MAX_TEXT = 300
"""The most characters of a text to show."""


def diff_data(summary: Summary) -> dict[str, Any]:
    """Return a summary as data."""
    old, new = summary.old, summary.new
    return {
        "format": FORMAT,
        "old": {"id": old.id, "version": old.version},
        "new": {"id": new.id, "version": new.version},
        "scores_can_change": summary.can_score,
        "step_needed": summary.needed,
        "step_made": summary.made,
        "changes": [
            {**change._asdict(), "path": [*change.path], "name": name_of(change.path)}
            for change in summary.changes
        ],
        "assessments": [_standing_data(one) for one in summary.standings],
    }


def diff_text(summary: Summary) -> str:
    """Return a summary as Markdown."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    old, new = summary.old, summary.new
    versions = f"{_label(old, new.id)} → {_label(new, old.id)}"
    yield from (f"# {new.title}: {versions}", "", _verdict(summary))
    if new.id != old.id and old.id not in new.bases:
        yield from ("", f"Answers stored for `{old.id}` cannot be opened with `{new.id}`.")
    for kind in KINDS:
        changes = [change for change in summary.changes if change.kind == kind]
        if changes:
            yield from ("", f"## {kind.capitalize()} ({len(changes)})", "")
            for change in changes:
                yield from _change_lines(change)
    if summary.standings:
        yield from _standing_lines(summary)


def _standing_lines(summary: Summary) -> Iterator[str]:
    moving = [one for one in summary.standings if one.moves]
    count = len(summary.standings)
    yield from ("", "## Assessments", "")
    yield f"Scored under both: {count}. With another stage, band or score: {len(moving)}."
    if moving:
        yield ""
    for one in moving:
        who = f"{one.name} ({one.subject})" if one.subject else one.name
        before, after = _place(summary.old, one.before), _place(summary.new, one.after)
        yield f"- {who}: {before} → {after}"


def _label(rubric: Rubric, other: str) -> str:
    return rubric.version if rubric.id == other else f"{rubric.id} {rubric.version}"


def _verdict(summary: Summary) -> str:
    if not summary.changes:
        return "Nothing changed."
    can = "can" if summary.can_score else "cannot"
    needs = (
        "Before version 1.0.0, the changes need a minor step"
        if summary.is_early
        else f"The changes need a {summary.needed} step"
    )
    text = f"Scores of stored answers {can} change. {needs}"
    if summary.made is None:
        return f"{text}."
    made = "none" if summary.made == "none" else f"a {summary.made} one"
    return f"{text}; the versions make {made}."


def _change_lines(change: Change) -> Iterator[str]:
    name = _title(change)
    if change.kind in ("new", "removed") or (change.kind == "moved" and change.new is None):
        yield f"- {name}"
    elif change.kind == "renamed":
        yield f"- {name}, earlier `{change.old}`"
    elif change.kind == "reworded" or isinstance(change.old, list):
        yield f"- {name}"
        yield f"    - before: {shown(change.old)}"
        yield f"    - after: {shown(change.new)}"
    else:
        yield f"- {name}: {shown(change.old)} → {shown(change.new)}"


def _title(change: Change) -> str:
    entry = change.new if isinstance(change.new, dict) else change.old
    title = entry.get("title") if isinstance(entry, dict) else None
    name = name_of(change.path).replace("'", "`")
    return f"{name}: {title}" if title else name


def shown(value: Any) -> str:
    """Return a value in one line."""
    if value is None:
        return "nothing"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " / ".join(shown(item) for item in value) or "nothing"
    if isinstance(value, float):
        return f"{value:g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    words = " ".join(text.split())
    return words if len(words) <= MAX_TEXT else words[: MAX_TEXT - 1] + "…"


def _place(rubric: Rubric, overall: Overall) -> str:
    """Return where an assessment stands: its stage or band, or its score.

    While answers are missing, these are the ends of what is possible, and where it stands so far.
    """
    if overall.low is None or overall.high is None:
        return "no score"
    if overall.stage.low is not None:
        low, high, so_far = (id_ and rubric.stages[id_].title for id_ in overall.stage)
    elif overall.bands.low is not None:
        low, high, so_far = (id_ and _band(rubric, id_) for id_ in overall.bands)
    else:
        low, high, so_far = (
            None if end is None else display_score(end, rubric.scoring) for end in overall[:3]
        )
    if low == high:
        return str(low)
    return f"{low} to {high}" + (f", so far {so_far}" if so_far else "")


def _band(rubric: Rubric, id_: str) -> str:
    bands = rubric.scoring.bands
    return (bands.of[id_].label if bands else None) or id_


def _standing_data(one: Standing) -> dict[str, Any]:
    def data(overall: Overall) -> dict[str, Any]:
        return {
            **overall._asdict(),
            "stage": overall.stage._asdict(),
            "bands": overall.bands._asdict(),
        }

    return {
        "name": one.name,
        "subject": one.subject,
        "moves": one.moves,
        "before": data(one.before),
        "after": data(one.after),
    }
