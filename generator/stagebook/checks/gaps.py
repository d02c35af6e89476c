"""The numbers of a measure that meet none of a gate's conditions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, pairwise
from math import inf, isfinite, nextafter
from typing import NamedTuple

from ..rubric.model import Measure, MeasureAnswer
from ..scoring.gates import COMPARISONS, lowest_of, only_rules_out


class Stretch(NamedTuple):
    """One number, or all between two: they meet the condition of one answer, or of none."""

    low: float
    high: float
    answer: str | None


class Gap(NamedTuple):
    """Numbers between two ends that meet no condition, with what the conditions say beside them."""

    low: float
    high: float
    has_low: bool
    has_high: bool
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """Return the numbers in words: `a number over 8.5 and up to 40`."""
        low, high = (f"{end + 0.0:.15g}" for end in (self.low, self.high))
        if self.low == self.high:
            return f"the number {low}"
        if self.high == inf:
            return f"a number {'from' if self.has_low else 'over'} {low}" + " on" * self.has_low
        if self.low == -inf:
            return f"a number {'up to' if self.has_high else 'below'} {high}"
        if self.has_low:
            return f"a number from {low} to {'' if self.has_high else 'below '}{high}"
        return f"a number over {low} and {'up to' if self.has_high else 'below'} {high}"


def stretches(measure: MeasureAnswer, low: float, high: float) -> list[Stretch]:
    """Return which answer's condition is the first to hold, from the lowest number to the highest.

    Between two edges, all numbers give the same answer.
    """
    if low > high:
        return []
    edges = sorted({low, high, *(n for _, _, n in measure.parsed if low < n < high)})
    spans = sorted([*((edge, edge) for edge in edges if isfinite(edge)), *pairwise(edges)])
    found = []
    for start, end in spans:
        after = nextafter(start, inf) if isfinite(start) else nextafter(end, -inf)
        if start == end or start < after < end:
            number = start if start == end else after
            found.append(Stretch(start, end, _first(measure, number)))
    return found


def _first(measure: MeasureAnswer, number: float) -> str | None:
    return next(
        (answer for answer, sign, edge in measure.parsed if COMPARISONS[sign](number, edge)), None
    )


def gaps(measure: MeasureAnswer, of: Measure) -> list[Gap]:
    """Return the numbers that meet no condition, as far as the measure may have them.

    Where all conditions name whole numbers, the measure may count things: between two whole
    numbers, there is nothing. For the same reason nothing is below 0 unless a bound or a
    condition is.
    """
    numbers = [number for _, _, number in measure.parsed]
    low, high = of.min, inf if of.max is None else of.max
    if low is None:
        low = 0.0 if min(numbers, default=0.0) >= 0 else -inf
    runs = [
        (answer, list(run))
        for answer, run in groupby(stretches(measure, low, high), key=lambda one: one.answer)
    ]
    answers = [None, *(answer for answer, _ in runs), None]
    found = [
        Gap(
            run[0].low,
            run[-1].high,
            run[0].low == run[0].high,
            run[-1].low == run[-1].high,
            answers[index],
            answers[index + 2],
        )
        for index, (answer, run) in enumerate(runs)
        if answer is None
    ]
    counts = all(number.is_integer() for number in numbers)
    return [one for one in found if not (counts and _is_between_two(one))]


def _is_between_two(gap: Gap) -> bool:
    return not gap.has_low and not gap.has_high and gap.high - gap.low == 1


def odd_gaps(measure: MeasureAnswer, of: Measure, scores: Mapping[str, float]) -> list[Gap]:
    """Return the gaps that the author may have overlooked; `scores` are those of the scale.

    What meets no condition gives the lowest answer. Where that has a condition, the author does
    not seem to rely on this; elsewhere one relies on it beyond the other answers, not between them.
    A number that can only rule out leaves the rest open.
    """
    if only_rules_out(measure, scores):
        return []
    says_all = lowest_of(scores) in measure.conditions
    return [one for one in gaps(measure, of) if says_all or (one.before and one.after)]
