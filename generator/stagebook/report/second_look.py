"""What to look at again, in words.

Its twin is `generator/quiz/report/second-look.js`, which says the same in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..rubric.prose import plain
from ..scoring.diagnosis import Diagnosis
from .listing import Entry, Listing, Section


def second_look(diagnosis: Diagnosis, listing: Listing) -> Iterator[Section]:
    """Yield met gates that a ticked symptom contradicts, and those that require an unmet one."""
    looks, word, gate = diagnosis.second_look, listing.word, listing.gate
    title = word("second-look")
    if looks:
        entries = []
        for id_ in dict.fromkeys(symptom for _, symptom in looks):
            symptom = listing.rubric.symptoms[id_]
            texts = (symptom.looks_like, symptom.observation, symptom.disproof)
            text = " ".join(plain(text) for text in texts if text)
            entries.append(Entry(text, tuple(gate(one) for one, named in looks if named == id_)))
        yield Section(title, (word("second-look-lead"),), tuple(entries))
    if diagnosis.second_look_requires:
        lines = tuple(
            Entry(word("requires-line", gate=gate(one), required=gate(other)))
            for one, other in diagnosis.second_look_requires
        )
        yield Section("" if looks else title, (word("requires-lead"),), lines)
