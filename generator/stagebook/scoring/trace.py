"""What each number of a result was made of, down to the answers.

Its twin is `generator/quiz/scoring/trace.js`: the same names in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .intervals import Item, Part
from .scorer import Result, Scorer


class Calculation(NamedTuple):
    """How one number, on the answers so far, was made from its parts.

    The fields are those of a `Trace`; `times` is the factor of the overall score.
    """

    of: str
    id: str
    by: str
    parts: tuple[Part, ...]
    value: float
    base: float | None = None
    next: str | None = None
    times: float = 1


def find_calculations(scorer: Scorer, result: Result) -> list[Calculation]:
    """Return the calculations from the overall score down, for all that has a score."""
    items, times = result.items, scorer.scoring.times
    calculations = [
        one._replace(value=one.value * times, times=times) for one in traced(items.overall)
    ]
    for group in items.groups.values():
        calculations.extend(traced(group))
    for id_, dimension in items.dimensions.items():
        row = items.cells[id_]
        if scorer.scoring.dimension == "ladder":
            calculations.extend(traced(dimension))
        elif len(row) > 1:
            calculations.extend(traced(dimension))
            for stage, cell in row.items():
                calculations.extend(traced(cell.item, id_=f"{id_}/{stage}"))
        else:
            # A dimension of one cell is made of that cell's gates.
            for cell in row.values():
                calculations.extend(traced(cell.item, of="dimension", id_=id_))
    return calculations


def traced(
    item: Item | None, of: str | None = None, id_: str | None = None
) -> Iterator[Calculation]:
    """Yield the calculation of a score if there is one, under another name if one is given."""
    if item and item.trace and item.so_far is not None:
        by, parts, base, following = item.trace
        yield Calculation(
            of or item.of, item.id if id_ is None else id_, by, parts, item.so_far, base, following
        )
