"""How far several raters agree: per cent of pairs, and Krippendorff's alpha, for each dimension.

Alpha is 1 for perfect agreement and 0 for what chance would give. The formula, for values on an
interval scale and with missing ones, is that of Hayes and Krippendorff, "Answering the Call for a
Standard Reliability Measure for Coding Data", Communication Methods and Measures 1 (2007), 77-89.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ..i18n import number as write_local
from ..i18n import page_word
from ..report.csv_cells import csv_text
from ..scoring.rounding import round_half_up
from ..scoring.scorer import Scorer
from .view import GateView, Team

FEW = 20
"""With fewer gates than this, alpha is rough (judgement)."""


class Agreement(NamedTuple):
    """The agreement on the gates of a dimension; `dimension` is empty for all of them.

    `gates` counts the gates that at least two people answered; `same` is the fraction of pairs of
    people who gave the same answer. `alpha` counts answers on the scale alone: None where there are
    no two of them, or where nobody ever differs from anybody, because chance would do as well.
    """

    dimension: str
    gates: int
    same: float | None
    alpha: float | None


def measure_agreement(scorer: Scorer, team: Team) -> list[Agreement]:
    """Return the agreement on each dimension, and on all gates."""
    gates = scorer.rubric.gates
    parts = [
        agree(id_, [view for view in team.gates if gates[view.gate].dimension == id_])
        for id_ in scorer.rubric.dimensions
    ]
    return [*parts, agree("", team.gates)]


def agree(dimension: str, views: Sequence[GateView]) -> Agreement:
    """Return the agreement on some gates; numbers that score the same are the same answer."""
    answered = [
        [one for one in zip(view.answers, view.positions, strict=True) if one[0] is not None]
        for view in views
    ]
    pairs = [pair for answers in answered for pair in combinations(answers, 2)]
    return Agreement(
        dimension,
        sum(len(answers) > 1 for answers in answered),
        sum(one == other for one, other in pairs) / len(pairs) if pairs else None,
        alpha([[one for one in view.positions if one is not None] for view in views]),
    )


def alpha(units: Iterable[Sequence[float]]) -> float | None:
    """Return Krippendorff's alpha of values on an interval scale, one list for each unit.

    Observed disagreement is the mean squared distance of the pairs within units, each unit weighing
    as many as its values; expected disagreement is that of the pairs of all values.
    """
    paired = [values for values in units if len(values) > 1]
    everything = [value for values in paired for value in values]
    expected = squares(everything)
    if not expected:
        return None
    observed = sum(squares(values) / (len(values) - 1) for values in paired)
    return 1 - (len(everything) - 1) * observed / expected


def squares(values: Sequence[float]) -> float:
    """Return the sum of the squared distances of all ordered pairs; exactly 0 for equal values."""
    counts = Counter(values).items()  # Answers have few positions.
    return 2 * sum(n * m * (a - b) ** 2 for (a, n), (b, m) in combinations(counts, 2))


def agreement_data(scorer: Scorer, team: Team) -> dict[str, Any]:
    """Return the agreement as data."""
    parts = [one._asdict() for one in measure_agreement(scorer, team)]
    return {"respondents": len(team.respondents), "overall": parts.pop(), "dimensions": parts}


def agreement_csv(scorer: Scorer, team: Team) -> str:
    """Return the agreement as CSV, one row for each dimension and one for all gates."""
    rows = [list(one) for one in measure_agreement(scorer, team)]
    return csv_text([["dimension", "gates", "same", "alpha"], *rows])


def agreement_text(scorer: Scorer, team: Team) -> str:
    """Return the agreement as a table for people."""
    rubric = scorer.rubric

    def word(key: str, **values: str | float) -> str:
        return page_word(rubric.language, key, rubric.terms.words, **values)

    titles = {id_: one.title for id_, one in rubric.dimensions.items()}
    rows = [["", word("agreement-gates"), word("agreement-same"), "\u03b1"]]
    for one in measure_agreement(scorer, team):
        name = titles.get(one.dimension) or word("agreement-all")
        share = "" if one.same is None else round_half_up(100 * one.same, 0)
        same = word("percent", share=share) if share else "–"
        number = "–" if one.alpha is None else round_half_up(one.alpha, 2)
        figure = write_local(rubric.language, number)
        rows.append([name, str(one.gates), same, figure])
    first, *widths = (max(map(len, column)) for column in zip(*rows, strict=True))
    lines = []
    for name, *cells in rows:
        columns = [f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)]
        lines.append("  ".join([f"{name:{first}}", *columns]).rstrip())
    return "\n".join([*lines, "", word("agreement-note", n=FEW), ""])
