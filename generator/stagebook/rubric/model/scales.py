"""Scales: the choices that a gate offers, and what each scores."""

from ...i18n import page_word
from .base import Id, Prose, Record, Text


class Choice(Record):
    """One choice of a scale."""

    label: Text
    """What the reader sees beside the radio button."""
    score: float
    """Score of the choice; a scale may run from 0 to 1, from 1 to 4, from 0 to 10 and so on."""
    meaning: Prose | None = None
    """What the choice means unless the gate says otherwise."""


Scale = dict[Id, Choice]


def middle_of(scale: Scale) -> str | None:
    """Return the middle answer of a scale: `partly`, else the one of the middle score, or None."""
    if "partly" in scale:
        return "partly"
    ranked = sorted(scale, key=lambda answer: scale[answer].score)
    return ranked[len(ranked) // 2] if len(ranked) % 2 else None


DEFAULT_SCALE: Scale = {
    "no": Choice(label="No", score=0.0),
    "partly": Choice(label="Partly", score=0.5, meaning="Done by hand, with a dated record."),
    "yes": Choice(
        label="Yes", score=1.0, meaning="Systematic: automated or routine, and repeated."
    ),
}
"""The scale of a rubric without `scales`; its id is `practice`."""


def default_scale(language: str) -> Scale:
    """Return the default scale in the words of a language."""
    meanings = {"partly": "partly-means", "yes": "yes-means"}
    return {
        id_: Choice(
            label=page_word(language, id_),
            score=choice.score,
            meaning=page_word(language, meanings[id_]) if id_ in meanings else None,
        )
        for id_, choice in DEFAULT_SCALE.items()
    }
