"""Reducing many scores to one while some answers are missing: exact intervals.

Its twin is `generator/quiz/scoring/intervals.js`: the same names in the same order, the same
operations on doubles in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Score(NamedTuple):
    """A number as an interval; all three are None where there is nothing to score."""

    low: float | None = None
    high: float | None = None
    so_far: float | None = None


class Part(NamedTuple):
    """What a number was made of: a gate, cell, dimension or group, with its score and weight.

    On a ladder the score of a gate is its share of the top of its scale.
    """

    of: str
    id: str
    value: float
    weight: float


class Trace(NamedTuple):
    """How a score on the answers so far was made from its parts.

    `by` is a reducer, or `ladder`: then `base` is the level reached, and the mean of the parts, the
    gates to the stage `next`, is what was added to it. `times` is the factor, and `cap` what a gate
    that is not met left of the product.
    """

    by: str
    parts: tuple[Part, ...]
    base: float | None = None
    next: str | None = None
    times: float = 1
    cap: float | None = None


class Item(NamedTuple):
    """A score that is not settled yet: what it may become, and what the answers so far make it."""

    low: float
    high: float
    so_far: float | None
    weight: float = 1
    optional: bool = False
    """Whether it may still turn out not to apply, and leave the sum with its weight."""
    of: str = ""
    id: str = ""
    trace: Trace | None = None


def reduce_items(
    by: str, items: Iterable[Item | None], of: str, id_: str, weight: float = 1
) -> Item | None:
    """Return one item for many, exact over every way in which the missing answers may come in.

    None stands for what does not apply; so does a mean or a sum in which nothing has a weight. `of`
    and `id_` name what the new item is the score of.
    """
    weighed = by in WEIGHED
    left = [item for item in items if item is not None and (not weighed or item.weight > 0)]
    if not left:
        return None
    parts = tuple(
        [
            Part(item.of, item.id, item.so_far, item.weight)
            for item in left
            if item.so_far is not None
        ]
    )
    so_far = REDUCERS[by]([(part.value, part.weight) for part in parts]) if parts else None
    optional = all(item.optional for item in left)
    low = lowest(by, [(item.low, item.weight, item.optional) for item in left])
    # 0.0 minus, not a minus sign: -0.0 would be printed as such.
    high = 0.0 - lowest(OPPOSITE[by], [(-item.high, item.weight, item.optional) for item in left])
    return Item(low, high, so_far, weight, optional, of, id_, Trace(by, parts))


def limited(by: str, counted: Sequence[Item | None], limits: Iterable[Item | None]) -> Item | None:
    """Return the overall score of what counts, with what only limits it.

    A limit is no score: where nothing that counts has one, or has one so far, there is none.
    """
    own = reduce_items(by, counted, "overall", "")
    if own is None:
        return None
    if own.so_far is None:
        limits = [item and item._replace(so_far=None) for item in limits]
    item = reduce_items(by, [*counted, *limits], "overall", "")
    return item and item._replace(high=min(item.high, own.high))


def multiply(item: Item | None, times: float) -> Item | None:
    """Return an item times a factor above 0."""
    if item is None or item.trace is None:
        return item
    return item._replace(
        low=item.low * times,
        high=item.high * times,
        so_far=None if item.so_far is None else item.so_far * times,
        trace=item.trace._replace(times=times),
    )


def limit(item: Item | None, caps: Score) -> Item | None:
    """Return an item of which no number is above its cap; None stands for no cap."""
    if item is None or item.trace is None:
        return item
    low = item.low if caps.low is None else min(item.low, caps.low)
    high = item.high if caps.high is None else min(item.high, caps.high)
    if item.so_far is None or caps.so_far is None or item.so_far <= caps.so_far:
        return item._replace(low=low, high=high)
    trace = item.trace._replace(cap=caps.so_far)
    return item._replace(low=low, high=high, so_far=caps.so_far, trace=trace)


def mean(pairs: list[tuple[float, float]]) -> float:
    """Return the weighted mean; like values give just that value, whatever the weights."""
    total, weights = 0.0, 0.0
    for value, weight in pairs:
        total += weight * value
        weights += weight
    values = [value for value, _ in pairs]
    return min(max(total / weights, min(values)), max(values))


def weighted_sum(pairs: list[tuple[float, float]]) -> float:
    """Return the weighted sum, added in order."""
    total = 0.0
    for value, weight in pairs:
        total += weight * value
    return total


REDUCERS: dict[str, Callable[..., float]] = {
    "mean": mean,
    "sum": weighted_sum,
    "min": lambda pairs: min(value for value, _ in pairs),
    "max": lambda pairs: max(value for value, _ in pairs),
}
WEIGHED = ("mean", "sum")
"""Reducers in which weights count: what weighs nothing is no part of them."""
OPPOSITE = {"mean": "mean", "sum": "sum", "min": "max", "max": "min"}
"""The reducer of the negated values that gives the negated result."""


def lowest(by: str, entries: list[tuple[float, float, bool]]) -> float:
    """Return the least that values may reduce to when each optional one may be left out.

    Entries are (value, weight, optional), at least one. For a mean the optional ones are taken from
    the lowest up for as long as they pull it down, which is exact.
    """
    fixed = [(value, weight) for value, weight, optional in entries if not optional]
    if len(fixed) == len(entries):
        return REDUCERS[by](fixed)
    optional = sorted((pair[:2] for pair in entries if pair[2]), key=lambda pair: pair[0])
    if by == "min":
        return min(value for value, _, _ in entries)
    if by == "max":
        return max(value for value, _ in fixed) if fixed else optional[0][0]
    if by == "sum":
        kept = [*fixed, *(pair for pair in optional if pair[0] < 0)]
        return weighted_sum(kept) if kept else min(value * weight for value, weight in optional)
    kept = fixed or [optional.pop(0)]
    total = weighted_sum(kept)
    weights = weighted_sum([(weight, 1.0) for _, weight in kept])
    for value, weight in optional:
        if value >= total / weights:
            break
        total += weight * value
        weights += weight
        kept.append((value, weight))
    return mean(kept)
