"""The fewest gates to the next stage, in words.

Its twin is `generator/quiz/report/fewest.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..scoring.fewest import Fewest
from .listing import Entry, Listing, Section
from .plan import Plan


def fewest_section(fewest: Fewest | None, listing: Listing, plan: Plan) -> Iterator[Section]:
    """Yield the fewest gates, each with its answer and the play that helps with it."""
    if fewest is None:
        return
    word, states = listing.word, listing.result.states
    stage, n = listing.rubric.stages[fewest.stage].title, len(fewest.gates)
    unanswered = sum(states[id_].answer is None for id_ in fewest.gates)
    leads = [
        word("fewest-lead" if fewest.is_proven else "fewest-about", n=n, stage=stage),
        # Of a single gate, the entry says it.
        word("fewest-unanswered", n=unanswered) if unanswered and n > 1 else "",
    ]
    entries = tuple(
        Entry(
            f"{listing.gate(id_)}: {listing.answer(id_, states[id_].answer)}",
            tuple(plan.with_effort(one) for one in fewest.plan if id_ in one.opens),
        )
        for id_ in fewest.gates
    )
    yield Section(word("fewest"), (" ".join(filter(None, leads)),), entries)
