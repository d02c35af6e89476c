"""Workbooks of other layouts: a map of their columns, and what a plain table leaves unsaid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..rubric.model import FORMAT
from ..rubric.model.base import slug
from .places import Places


class SheetMap(NamedTuple):
    """How one foreign sheet is read: the collection, the row of headings, and its headings.

    `columns` are their headings by ours. `choices` is the heading of a column whose drop-downs are
    the answer sets.
    """

    name: str
    collection: str
    columns: Mapping[str, str]
    header: int | None = None
    choices: str = ""


@dataclass
class ColumnMap:
    """How a workbook is read; `rubric` are keys that it does not have.

    While reading, `made` collects records that rows speak of by id and title, `within` their ids by
    the group or dimension that a row puts them into and `housed` those that are in one, `grouped`
    the group of each dimension with its cell, and `scales` the answer sets of drop-downs.
    """

    sheets: tuple[SheetMap, ...] = ()
    rubric: Mapping[str, Any] = field(default_factory=dict)
    made: dict[str, dict[str, str]] = field(default_factory=dict)
    within: dict[tuple[str, str, str], str] = field(default_factory=dict)
    housed: set[tuple[str, str]] = field(default_factory=set)
    grouped: dict[str, tuple[Any, int, int, int]] = field(default_factory=dict)
    scales: dict[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def makes(self) -> set[str]:
        """Return the collections whose records were made from what rows say."""
        return set(self.made)

    def for_sheet(self, name: str) -> SheetMap | None:
        """Return how a sheet is read, or None; the table of a CSV file has no name."""
        return next((one for one in self.sheets if not name or one.name == name), None)


def complete(places: Places, name: str, using: ColumnMap) -> None:
    """Add to the data what a table leaves unsaid: records that it names, and the rubric's head."""
    data = places.data
    for collection, records in using.made.items():
        data[collection] = {**data.get(collection, {}), **_records(collection, records)}
    for choices, scale in using.scales.items():
        data.setdefault("scales", {})[scale] = _scale(choices)
    for dimension, (group, *place) in using.grouped.items():
        record = data.get("dimensions", {}).get(dimension)
        if isinstance(record, dict) and "group" not in record:
            places.put(("dimensions", dimension, "group"), group, *place)
    for key, value in using.rubric.items():
        if isinstance(value, dict) and isinstance(data.get(key), dict):
            data[key] = {**value, **data[key]}
        else:
            data.setdefault(key, value)
    head = {"format": FORMAT, "id": slug(name) or "model", "title": name, "version": "0.1.0"}
    stages = using.made.get("stages")
    if stages and "scoring" not in data:
        _add_floor(data)
    if not data.get("stages") and "scoring" not in data:
        data["scoring"] = {"dimension": "mean", "overall": {"by": "mean", "only": "all"}}
    order = [*head, *(key for key in data if key not in head)]
    places.data = {key: data.get(key, head.get(key)) for key in order}


def _scale(choices: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers of a drop-down; the first scores 0, each other one more."""
    found: dict[str, Any] = {}
    for score, label in enumerate(choices):
        id_ = slug(label) or f"answer-{score}"
        found[id_ if id_ not in found else f"{id_}-{score}"] = {"label": label, "score": score}
    return found


def _records(collection: str, records: Mapping[str, str]) -> dict[str, Any]:
    if collection == "groups":
        return dict(records)
    if collection != "stages":
        return {id_: {"title": title} for id_, title in records.items()}
    numbers = {id_: _number(title) for id_, title in records.items()}
    known = [number for number in numbers.values() if number is not None]
    if len(set(known)) == len(records):
        ordered = sorted(records, key=lambda id_: numbers[id_] or 0)
        return {
            id_: {"level": numbers[id_], "title": _stage_title(records[id_])} for id_ in ordered
        }
    return {
        id_: {"level": level, "title": title}
        for level, (id_, title) in enumerate(records.items(), 1)
    }


def _stage_title(title: str) -> str:
    return f"Level {title}" if title.isdecimal() else title


def _number(title: str) -> int | None:
    found = re.search(r"\d{1,2}", title)
    return int(found.group()) if found else None


def _add_floor(data: dict[str, Any]) -> None:
    """Add the stage at which everyone starts, if the lowest one has gates."""
    stages = data["stages"]
    levels = [one["level"] for one in stages.values()]
    if levels and min(levels) == 1:
        data["stages"] = {"level-0": {"level": 0, "title": "Level 0"}, **stages}
