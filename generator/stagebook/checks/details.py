"""Rules about what a gate, a dimension or a play says of answers, stages and ratings."""

from __future__ import annotations

import re

from ..diagnostics import Path
from ..rubric.model import middle_of
from .subject import Findings, Rule, Subject


def answers_are_of_the_scale(subject: Subject) -> Findings:
    """Find meanings, ticks and targets of answers that the gate's scale does not have."""
    for id_, gate in subject.rubric.gates.items():
        gate_path: Path = ("gates", id_)
        for key, answers in (("meanings", gate.meanings), ("ticks", gate.ticks)):
            for answer in answers:
                yield from _answer(subject, id_, (*gate_path, key, answer), answer, key=True)
        if gate.target is not None:
            yield from _answer(subject, id_, (*gate_path, "target"), gate.target, key=False)


def _answer(subject: Subject, gate: str, path: Path, answer: str, *, key: bool) -> Findings:
    name = subject.scale(subject.rubric.gates[gate])
    scale = subject.rubric.scales.get(name, {})
    if answer not in scale:
        message = f"scale {name!r} has no answer {answer!r}"
        hint = subject.source.suggest(answer, scale)
        yield subject.finding("dangling-id", path, message, key=key, suggestion=hint)


def partly_has_its_answer(subject: Subject) -> Findings:
    """Find gates that say when the middle answer applies where nothing shows it."""
    for id_, gate in subject.rubric.gates.items():
        name = subject.scale(gate)
        scale = subject.rubric.scales.get(name)
        if not gate.partly or not scale or (gate.measure and gate.measure.points):
            continue
        middle = middle_of(scale)
        why = f"scale {name!r} has no middle answer"
        if middle in gate.meanings:
            why = f"'meanings' says what {middle!r} means"
        if middle is None or middle in gate.meanings:
            message = f"'partly' of gate {id_!r} has no effect: {why}"
            yield subject.finding("key-unused", ("gates", id_, "partly"), message, key=True)


def ticks_count_criteria(subject: Subject) -> Findings:
    """Find counts of ticks above the number of criteria, and counts that do not rise."""
    for id_, gate in subject.rubric.gates.items():
        for answer, count in gate.ticks.items():
            if count > len(gate.criteria):
                message = f"gate {id_!r} has {len(gate.criteria)} criteria: {count} cannot be met"
                yield subject.finding("ticks-form", ("gates", id_, "ticks", answer), message)
        if gate.ticks and gate.measure and gate.measure.points:
            message = f"gate {id_!r} is scored by points: ticks cannot answer it"
            yield subject.finding("ticks-form", ("gates", id_, "ticks"), message, key=True)
        scale = subject.rubric.scales.get(subject.scale(gate), {})
        known = sorted((n, scale[key].score) for key, n in gate.ticks.items() if key in scale)
        # Of two answers for one count, only one would ever be given.
        if any(
            len({*part}) < len(part) or [*part] != sorted(part) for part in zip(*known, strict=True)
        ):
            message = f"the ticks of gate {id_!r} do not rise: more ticks must give a higher score"
            yield subject.finding("ticks-form", ("gates", id_, "ticks"), message, key=True)


def cells_are_of_stages(subject: Subject) -> Findings:
    """Find texts of cells for stages that do not exist."""
    for id_, dimension in subject.rubric.dimensions.items():
        for stage in dimension.cells:
            yield from subject.dangling(
                "stages", ("dimensions", id_, "cells", stage), stage, key=True
            )


def ratings_are_named(subject: Subject) -> Findings:
    """Find ratings of plays that the rubric does not name."""
    for id_, play in subject.rubric.remediations.items():
        for rating in play.effort.ratings if play.effort else ():
            path: Path = ("remediations", id_, "effort", "ratings", rating)
            yield from subject.dangling("ratings", path, rating, key=True)


def weeks_rise(subject: Subject) -> Findings:
    """Find plays whose most weeks are below their fewest, and weeks below 0."""
    for id_, play in subject.rubric.remediations.items():
        weeks = play.effort.weeks if play.effort else None
        if weeks and not 0 <= weeks[0] <= weeks[1]:
            fewest, most = weeks
            message = f"remediation {id_!r} takes from {fewest:g} to {most:g} weeks: "
            message += "weeks cannot be negative" if min(weeks) < 0 else "write the fewest first"
            yield subject.finding("effort-form", ("remediations", id_, "effort", "weeks"), message)


def templates_are_files(subject: Subject) -> Findings:
    """Find names of templates that are no plain file name, and names that a play has twice."""
    for id_, play in subject.rubric.remediations.items():
        seen: set[str] = set()
        for index, template in enumerate(play.templates):
            path: Path = ("remediations", id_, "templates", index, "file")
            name = template.file.strip()
            if not _FILE_NAME.fullmatch(template.file):
                message = f"{name!r} is not a file name: {_FILE_RULE}"
                yield subject.finding("file-name", path, message)
            elif name.casefold() in seen:
                message = f"remediation {id_!r} has two templates with the file name {name!r}"
                yield subject.finding("file-name", path, message)
            seen.add(name.casefold())


_FILE_NAME = re.compile(r'(?![. ])[^\x00-\x1f\x7f/\\:*?"<>|]*[^\x00-\x1f\x7f/\\:*?"<>|. ]')
_FILE_RULE = 'it needs a name without folders, without one of : * ? " < > | and no dot at its ends'


RULES: tuple[Rule, ...] = (
    answers_are_of_the_scale,
    partly_has_its_answer,
    ticks_count_criteria,
    cells_are_of_stages,
    ratings_are_named,
    weeks_rise,
    templates_are_files,
)
