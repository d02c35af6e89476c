"""The scoring algebra as formulas of a spreadsheet.

A value is a reference to a cell that holds a number, or an empty text where nothing applies. Only
functions are used that every spreadsheet has had for twenty years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

Term = tuple[str, float]
"""A reference to a cell, and the weight of what is in it."""


def number(value: float) -> str:
    """Return a number as formulas write it, with every bit."""
    return repr(float(value)).removesuffix(".0")


def at_least(value: str, edge: float) -> str:
    """Return the formula of `rounding.at_least`: what only the last bits miss counts as reached."""
    return f"{value}>={number(edge - 1e-9 * max(1.0, abs(edge)))}"


def reduced(by: str, terms: Sequence[Term], times: float = 1.0) -> str:
    """Return the formula of `intervals.reduce_items` where every value is settled."""
    if by in ("min", "max"):
        cells = ",".join(ranges(cell for cell, _ in terms))
        made, counted = f"{by.upper()}({cells})", f"COUNT({cells})"
    else:
        terms = [term for term in terms if term[1] > 0]
        total, counted = _weighted("SUM", terms), _weighted("COUNT", terms)
        made = f"({total})/({counted})" if by == "mean" else f"({total})"
    if not terms:
        return '=""'
    factor = "" if times == 1 else f"*{number(times)}"
    return f'=IF(({counted})=0,"",{made}{factor})'


def _weighted(function: str, terms: Sequence[Term]) -> str:
    """Return the sum of a function of the cells of each weight times that weight."""
    parts = []
    for weight in dict.fromkeys(weight for _, weight in terms):
        cells = ",".join(ranges(cell for cell, own in terms if own == weight))
        parts.append(f"{number(weight)}*{function}({cells})")
    return "+".join(parts)


def summed(cells: Iterable[str]) -> str:
    """Return the sum of cells, or 0."""
    listed = ",".join(ranges(cells))
    return f"SUM({listed})" if listed else "0"


def ranges(cells: Iterable[str]) -> list[str]:
    """Return cells of one column with neighbours joined: Assessment!J2:J5.

    A function takes at most 255 arguments, and a formula 8,192 characters.
    """
    split = [_split(cell) for cell in cells]
    runs = groupby(enumerate(split), key=lambda one: (one[1][0], one[1][1] - one[0]))
    found = []
    for (column, _), run in runs:
        rows = [row for _, (_, row) in run]
        first, last = rows[0], rows[-1]
        found.append(
            f"{column}{first}" if first == last else f"{column}{first}:{_name(column)}{last}"
        )
    return found


def _split(cell: str) -> tuple[str, int]:
    column = cell.rstrip("0123456789")
    return column, int(cell[len(column) :])


def _name(column: str) -> str:
    return column.rpartition("!")[2]


def chosen(index: str, texts: Sequence[str]) -> str:
    """Return the formula of one of several texts by a number from 1; 0 gives none."""
    listed = ",".join(map(text, texts))
    return f'=IF(N({index})<1,"",CHOOSE({index},{listed}))'


def text(words: str) -> str:
    """Return words as a text in a formula, which has at most 255 characters."""
    return '"' + words[:200].replace('"', '""') + '"'


def steps(value: str, edges: Sequence[float], *, upper: bool = False) -> str:
    """Return the number, from 1, of the band in which a value lies, or 0."""
    if upper:
        made = "0"
        for place in range(len(edges), 0, -1):
            top = number(edges[place - 1])
            made = f"IF({top}>={value}-0.000000001*MAX(1,ABS({value})),{place},{made})"
        return f"IF(ISNUMBER({value}),{made},0)"
    made = "0"
    for place, edge in enumerate(edges, 1):
        made = f"IF({at_least(value, edge)},{place},{made})"
    return f"IF(ISNUMBER({value}),{made},0)"
