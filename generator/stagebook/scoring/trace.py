"""What each number of a result was made of, down to the answers.

Its twin is `generator/quiz/scoring/trace.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .intervals import Item, Part
from .scorer import Outcome, Result, Scorer


class Calculation(NamedTuple):
    """How one number, on the answers so far, was made from its parts.

    All fields but `of`, `id` and `value` are those of a `Trace`.
    """

    of: str
    id: str
    by: str
    parts: tuple[Part, ...]
    value: float
    base: float | None = None
    next: str | None = None
    times: float = 1
    cap: float | None = None


def find_calculations(scorer: Scorer, result: Result) -> list[Calculation]:
    """Return the calculations from the overall score down, for all that has a score."""
    items = result.items
    calculations = list(traced(items.overall))
    for group in items.groups.values():
        calculations.extend(traced(group))
    for limit in items.limits.values():
        calculations.extend(traced(limit))
    on_ladder = scorer.scoring.dimension == "ladder"
    for id_, topic in items.topics.items():
        cells = {} if on_ladder else items.topic_cells[id_]
        calculations.extend(trace_row(topic, id_, "topic", cells))
    for id_, dimension in items.dimensions.items():
        cells = {} if on_ladder else items.cells[id_]
        calculations.extend(trace_row(dimension, id_, "dimension", cells))
    return calculations


def trace_row(
    item: Item | None, id_: str, of: str, cells: Mapping[str, Outcome]
) -> Iterator[Calculation]:
    """Yield how a dimension or topic is made of its cells, and each cell of its gates."""
    if len(cells) == 1:
        # What has one cell is made of that cell's gates.
        [cell] = cells.values()
        made, told = next(traced(cell.item), None), next(traced(item), None)
        if made and told:
            times = made.times if told.times == 1 else told.times
            yield made._replace(of=of, id=id_, value=told.value, times=times)
        return
    yield from traced(item)
    kind = "cell" if of == "dimension" else "topic-cell"
    for stage, cell in cells.items():
        yield from (one._replace(of=kind, id=f"{id_}/{stage}") for one in traced(cell.item))


def traced(item: Item | None) -> Iterator[Calculation]:
    """Yield the calculation of a score, if there is one."""
    if item and item.trace and item.so_far is not None:
        by, parts, base, following, times, cap = item.trace
        yield Calculation(item.of, item.id, by, parts, item.so_far, base, following, times, cap)
