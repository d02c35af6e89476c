"""The map of a rubric: what its cells show, so that it stays short and says what is true."""

from __future__ import annotations

from typing import NamedTuple

from .relations import Relations

OPEN_ENTRIES = 3
OPEN_CHARACTERS = 160
"""The most entries of a cell, and characters in them, that are shown without opening it."""
OPEN_CELLS = 100
"""The most cells of a map that are shown open: a larger one would be pages long."""


class Cell(NamedTuple):
    """The gates that a cell names, how many more it has, and whether it must be opened first."""

    gates: list[str]
    more: int
    is_folded: bool


def is_large(relations: Relations) -> bool:
    """Return whether all cells of the map are folded."""
    return relations.filled_cells > OPEN_CELLS


def map_cell(relations: Relations, dimension: str, stage: str) -> Cell:
    """Return what a cell shows: the gates that block its stage if there are any, otherwise all."""
    gates = relations.cell(dimension, stage)
    if is_large(relations):
        return Cell(gates, 0, is_folded=True)
    named = (relations.uses_ladder and relations.blocking(gates)) or gates
    characters = sum(len(relations.names[id_]) for id_ in named)
    is_long = len(named) > OPEN_ENTRIES or characters > OPEN_CHARACTERS
    return Cell(named, len(gates) - len(named), is_folded=is_long)


def map_lead(relations: Relations) -> str:
    """Return the key of the sentence that says what the cells name."""
    if is_large(relations):
        return "map-counts"
    cells = [
        relations.blocking(gates) if relations.uses_ladder else []
        for dimension in relations.rubric.dimensions
        for stage in relations.steps
        if (gates := relations.cell(dimension, stage))
    ]
    if all(cells):
        return "map-lead"
    return "map-some" if any(cells) else "map-all"
