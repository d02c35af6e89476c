"""The names of gates and dimensions in lists, where twins of one title are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ..rubric.model import Rubric

Mark = Callable[[str], str]
"""Returns what tells an entry from its twins; nothing if it has none."""


def gate_names(rubric: Rubric) -> dict[str, str]:
    """Return the name of each gate: its title, with its code or its place if others have it too."""
    gates, topics = rubric.written_gates, rubric.topics

    def stage(id_: str) -> str:
        stages = (rubric.stages.get(one or "") for one in gates[id_].at)
        return ", ".join(one.title for one in stages if one)

    def topic(id_: str) -> str:
        one = topics.get(gates[id_].topic or "")
        return one.title if one else ""

    def dimension(id_: str) -> str:
        return rubric.dimensions[gates[id_].dimension].title

    titles = {id_: gate.title for id_, gate in gates.items()}
    marks = (topic, dimension, stage, joined(topic, stage), joined(dimension, stage))
    return tell_apart(titles, {id_: gate.code for id_, gate in gates.items()}, marks)


def dimension_names(rubric: Rubric) -> dict[str, str]:
    """Return the name of each dimension: its title, with its code or group if it has twins."""
    dimensions = rubric.dimensions

    def group(id_: str) -> str:
        one = rubric.groups.get(dimensions[id_].group or "")
        return one.title if one else ""

    titles = {id_: one.title for id_, one in dimensions.items()}
    return tell_apart(titles, {id_: one.code for id_, one in dimensions.items()}, (group,))


def tell_apart(
    titles: Mapping[str, str], codes: Mapping[str, str | None], marks: Sequence[Mark]
) -> dict[str, str]:
    """Return a name for each id: the title alone, or with what tells it from its twins.

    That is the code before it, or the first mark behind it that all twins have and that differs
    between them, and otherwise the id.
    """
    twins: dict[str, list[str]] = defaultdict(list)
    for id_, title in titles.items():
        twins[title.casefold()].append(id_)
    names = dict(titles)
    for same in twins.values():
        if len(same) > 1:
            differ = _differ([codes[id_] or "" for id_ in same])
            mark = next((m for m in marks if _differ([m(id_) for id_ in same])), lambda id_: id_)
            for id_ in same:
                names[id_] = (
                    f"{codes[id_]} {titles[id_]}" if differ else f"{titles[id_]} ({mark(id_)})"
                )
    return names


def joined(first: Mark, second: Mark) -> Mark:
    """Return a mark of two parts."""
    return lambda id_: ", ".join(part for part in (first(id_), second(id_)) if part)


def _differ(values: Sequence[str]) -> bool:
    return all(values) and len(set(values)) == len(values)
