"""What pages show of plays: which columns a table needs, and where texts to copy are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..i18n import number, page_word
from ..rubric.model import Rubric
from .addresses import is_page
from .scores import decimal


class Columns(NamedTuple):
    """The columns that at least one play of a table fills; `ratings` are ids."""

    effort: bool
    owner: bool
    ratings: list[str]


def play_columns(rubric: Rubric, plays: Sequence[str]) -> Columns:
    """Return the columns that a table of some plays needs."""
    records = [rubric.remediations[id_] for id_ in plays]
    efforts = [play.effort for play in records if play.effort]
    return Columns(
        any(one.size or one.weeks for one in efforts),
        any(play.owner for play in records),
        [id_ for id_ in rubric.ratings if any(id_ in one.ratings for one in efforts)],
    )


def rated(rubric: Rubric, rating: str, value: float) -> str:
    """Return a rating of a play with its unit: `2 of 5`."""
    unit = rubric.ratings[rating].unit
    shown = number(rubric.language, decimal(value, 6))
    if unit == "%":
        return page_word(rubric.language, "percent", (), share=shown)
    return f"{shown} {unit}" if unit else shown


def template_path(play: str, file: str) -> str:
    """Return where a text to copy is within the folder of the rubric.

    Markdown gets a second ending, because site engines would turn the file into a page.
    """
    return f"templates/{play}/{file}{'.txt' if is_page(file) else ''}"
