"""Rules about the example: it answers gates that there are, with answers that they have."""

from __future__ import annotations

from ..assessment.reader import NOT_APPLICABLE, UNKNOWN
from ..diagnostics import Path
from ..rubric.model.sample import Sample
from .subject import Findings, Rule, Subject


def sample_fits(subject: Subject) -> Findings:
    """Find what the example names and the rubric does not have.

    An overlay that does not touch the example need not fit it: what is gone is left out.
    """
    sample, layer = subject.rubric.sample, subject.source.layer
    if sample is None or (layer and all(touch.path[:1] != ("sample",) for touch in layer.touches)):
        return
    for collection, key, words in (
        ("gates", "answers", sample.answers),
        ("profile", "profile", sample.profile),
        ("measures", "measures", sample.measures),
    ):
        for word in words:
            yield from subject.dangling(collection, ("sample", key, word), word, key=True)
    for index, word in enumerate(sample.symptoms):
        yield from subject.dangling("symptoms", ("sample", "symptoms", index), word)
    if sample.believed_stage is not None:
        yield from subject.dangling("stages", ("sample", "believed_stage"), sample.believed_stage)
    yield from _answers(subject, sample)


def _answers(subject: Subject, sample: Sample) -> Findings:
    rubric = subject.rubric
    for id_, answer in sample.answers.items():
        if gate := rubric.gates.get(id_):
            points = gate.measure and gate.measure.points
            scale = {} if points else rubric.scales.get(rubric.scale_id(gate), {answer: None})
            known = [*scale, UNKNOWN, NOT_APPLICABLE]
            yield from _known(subject, ("sample", "answers", id_), answer, known)
    for id_, answer in sample.profile.items():
        if question := rubric.profile.get(id_):
            path: Path = ("sample", "profile", id_)
            yield from _known(subject, path, answer, [*question.choices])


def _known(subject: Subject, path: Path, answer: str, known: list[str]) -> Findings:
    if answer not in known:
        hint = subject.source.suggest(answer, known)
        message = f"{str(path[-1])!r} has no answer {answer!r}"
        yield subject.finding("dangling-id", path, message, suggestion=hint)


RULES: tuple[Rule, ...] = (sample_fits,)
