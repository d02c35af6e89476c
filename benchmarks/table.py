"""What the benchmarks share: rows of figures with their bounds, and how they are printed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A figure; `most` and `least` are its bounds, where it has any."""

    name: str
    figure: float
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def broken(self) -> bool:
        """Whether a bound is broken."""
        over = self.most is not None and self.figure > self.most
        return over or (self.least is not None and self.figure < self.least)

    @property
    def verdict(self) -> str:
        """Return what to say of the figure; nothing where there is no bound."""
        if self.most is None and self.least is None:
            return ""
        return "FAIL" if self.broken else "ok"

    @property
    def bound(self) -> str:
        """Return the bound in the figure's own notation."""
        most = "" if self.most is None else f"≤ {_number(self.most)}"
        least = "" if self.least is None else f"≥ {_number(self.least)}"
        return " ".join(filter(None, [least, most]))


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def options(text: str) -> argparse.ArgumentParser:
    """Return a parser of the arguments that all benchmarks take."""
    parser = argparse.ArgumentParser(description=text)
    parser.add_argument(
        "--assert", dest="asserted", action="store_true", help="exit 1 where a bound is broken"
    )
    return parser


def finish(rows: Sequence[Row], *, asserted: bool, notes: Sequence[str] = ()) -> None:
    """Print the rows and the notes, and end the process: with 1 where an asserted bound broke."""
    cells = [(row.name, _number(row.figure), row.unit, row.bound, row.verdict) for row in rows]
    name, figure, unit, bound, _ = (max(map(len, column)) for column in zip(*cells, strict=True))
    for row in cells:
        line = f"{row[0]:{name}}  {row[1]:>{figure}} {row[2]:{unit}}  {row[3]:{bound}}  {row[4]}"
        print(line.rstrip())
    for note in notes:
        print(note)
    raise SystemExit(1 if asserted and any(row.broken for row in rows) else 0)
