"""What decides whether a part of a rubric applies: answers to the questions of the profile."""

from __future__ import annotations

from dataclasses import dataclass

from ..rubric.model import Record, Rubric


@dataclass(frozen=True)
class Conditions:
    """The conditions of a rubric's records."""

    rubric: Rubric

    def of(self, needed: dict[str, frozenset[str]]) -> list[tuple[str, list[str]]]:
        """Return what decides whether something applies: questions with the labels of answers.

        A question that may have any answer decides nothing.
        """
        found = []
        for id_, answers in needed.items():
            choices = self.rubric.profile[id_].choices
            if not answers >= choices.keys():
                labels = [one.label for key, one in choices.items() if key in answers]
                found.append((id_, labels))
        return found

    def of_record(self, record: Record) -> list[tuple[str, list[str]]]:
        """Return the conditions of one record alone: of a dimension, a topic or a gate."""
        needed: dict[str, list[str]] = getattr(record, "applies", {})
        return self.of({key: frozenset(answers) for key, answers in needed.items()})

    def decided_by(self, question: str) -> list[str]:
        """Return the gates of which a question of the profile decides whether they apply."""
        return [
            id_
            for id_, gate in self.rubric.gates.items()
            if question in dict(self.of(self.rubric.applies(gate)))
        ]
