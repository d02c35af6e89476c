"""What scores are out of: the highest that full answers give.

`findTops` and `topOf` in `generator/quiz/render/scale.js` do the same, in the same order.
"""

from __future__ import annotations

from .gates import State
from .intervals import Item
from .scorer import Items, Scorer


def find_tops(scorer: Scorer) -> Items:
    """Return the scores of an assessment in which every gate has the top of its scale."""
    states = {gate.id: State("", gate.top, applies=True, is_open=True) for gate in scorer.gates}
    return scorer.score_states(states).items


def top_of(tops: Items, of: str, id_: str) -> float | None:
    """Return the highest score of the overall result, or of a group, dimension or topic by id."""
    items = {"group": tops.groups, "dimension": tops.dimensions, "topic": tops.topics}
    item: Item | None = tops.overall if of == "overall" else items[of].get(id_)
    return item.so_far if item else None
