"""Rules about the profile: the questions that decide which gates apply."""

from __future__ import annotations

from ..diagnostics import Path
from ..rubric.model import Dimension, Gate, Topic
from .subject import Findings, Rule, Subject


def applies_names_answers(subject: Subject) -> Findings:
    """Find questions and answers under `applies` that the profile does not have."""
    for path, entry in _entries(subject):
        for id_, answers in entry.applies.items():
            at: Path = (*path, "applies", id_)
            if id_ not in subject.ids("profile"):
                yield from subject.dangling("profile", at, id_, key=True)
                continue
            question = subject.rubric.profile.get(id_)
            choices = list(question.choices) if question else answers
            for answer in answers:
                if answer not in choices:
                    message = f"question {id_!r} has no answer {answer!r}"
                    hint = subject.source.suggest(answer, choices)
                    yield subject.finding("dangling-id", at, message, suggestion=hint)


def questions_decide_something(subject: Subject) -> Findings:
    """Find questions of the profile on which nothing depends."""
    used = {id_ for _, entry in _entries(subject) for id_ in entry.applies}
    for id_ in subject.rubric.profile:
        if id_ not in used and subject.is_whole:
            message = f"no gate, topic or dimension depends on question {id_!r}"
            yield subject.finding("unused-id", ("profile", id_), message, key=True)


def gates_can_apply(subject: Subject) -> Findings:
    """Find gates that never apply, because gate, topic and dimension exclude each other."""
    for id_, gate in subject.rubric.gates.items():
        if gate.dimension not in subject.rubric.dimensions:
            continue
        for question, answers in subject.rubric.applies(gate).items():
            if not answers:
                message = f"gate {id_!r} never applies: no answer to {question!r} is left"
                yield subject.finding("never-applies", ("gates", id_), message, key=True)


def _entries(subject: Subject) -> list[tuple[Path, Dimension | Topic | Gate]]:
    rubric = subject.rubric
    return [
        *((("dimensions", id_), one) for id_, one in rubric.dimensions.items()),
        *((("topics", id_), one) for id_, one in rubric.topics.items()),
        *((("gates", id_), one) for id_, one in rubric.gates.items()),
    ]


RULES: tuple[Rule, ...] = (
    applies_names_answers,
    questions_decide_something,
    gates_can_apply,
)
