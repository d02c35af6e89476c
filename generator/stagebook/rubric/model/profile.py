"""The profile: questions about the subject that are asked first and decide which gates apply."""

from typing import Annotated, Any

from pydantic import Field

from ...i18n import page_word
from .base import Id, Prose, Record, Text


class ProfileChoice(Record):
    """An answer to a question of the profile."""

    label: Text
    """What the reader sees beside the radio button."""
    meaning: Prose | None = None
    """What the answer means."""


ProfileChoices = dict[Id, ProfileChoice]

DEFAULT_CHOICES: ProfileChoices = {
    "yes": ProfileChoice(label="Yes"),
    "no": ProfileChoice(label="No"),
}
"""The answers of a question without `choices`."""


class ProfileQuestion(Record):
    """A question about the subject, whose answer decides which gates apply."""

    question: Prose
    """The question as people read it."""
    summary: Prose | None = None
    """What helps to answer it."""
    choices: Annotated[ProfileChoices, Field(min_length=2)] = DEFAULT_CHOICES
    """Its answers; by default yes and no."""
    aliases: list[Id] = []
    """Earlier ids of this question."""


def with_choices(questions: Any, language: str) -> Any:
    """Return questions as written, with yes and no in a language where they have no choices."""
    if not isinstance(questions, dict):
        return questions
    choices = {id_: ProfileChoice(label=page_word(language, id_)) for id_ in DEFAULT_CHOICES}
    return {
        id_: {**question, "choices": choices}
        if isinstance(question, dict) and "choices" not in question
        else question
        for id_, question in questions.items()
    }
