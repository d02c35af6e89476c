"""Rounding for people: once, at display, half up, the same in both languages."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from ..rubric.model import Scoring

MAX_DIGITS = 330
"""Enough for the largest double and its decimals."""


def round_half_up(value: float, decimals: int, *, down: bool = False) -> str:
    """Return a number with so many decimals, halves away from zero; `down` cuts instead.

    The shortest decimal text of the double is what is rounded: 1.005 gives 1.01, as people expect
    of what they see, although the double lies a little below.
    """
    number = Decimal(repr(float(value)))
    unit = Decimal(1).scaleb(-decimals)
    rounding = ROUND_DOWN if down else ROUND_HALF_UP
    rounded = number.quantize(unit, rounding, Context(prec=MAX_DIGITS))
    return f"{abs(rounded) if rounded.is_zero() else rounded:f}"


def display_score(value: float, scoring: Scoring, times: float | None = None) -> str:
    """Return a score as people see it; `times` is the factor already in it.

    A place on a ladder never shows the next stage before it is reached, nor a percentage 100 before
    everything is done; and neither shows 0 after a start (the rule of the OpenSSF badge).
    """
    times = scoring.times if times is None else times
    shown = round_half_up(value, scoring.decimals)
    if scoring.dimension != "ladder" and times != 100:
        return shown
    step = times if scoring.dimension == "ladder" else 100.0
    reached = whole_steps(value, step)
    more = 0
    while more < 7 and not (
        whole_steps(float(shown), step) <= reached and (float(shown) or value <= 0)
    ):
        shown = round_half_up(value, scoring.decimals + more, down=True)
        more += 1
    return shown


def whole_steps(value: float, step: float) -> int:
    """Return how many whole steps are reached, with the tolerance of `at_least`."""
    steps = int(value // step)
    return steps + 1 if at_least(value, (steps + 1) * step) else steps


def at_least(value: float, edge: float) -> bool:
    """Return whether a score is at an edge or above.

    100 * 0.57 is 56.99999999999999: what only the last bits of a double miss counts as reached.
    """
    return value >= edge - 1e-9 * max(1.0, abs(edge))
