"""Rules about gaps in the content of a rubric, such as missing plays and sources."""

from __future__ import annotations

import re

from ..diagnostics import CODES
from ..rubric.model import Dimension, Gate, Group, Stage, Topic
from .subject import Findings, Rule, Subject, singular

MAX_TEST_WORDS = 45
"""The most words of a gate's test: people understand longer tests differently."""

_SENTENCE_END = re.compile(r"[.!?][\"')*_]*\s+(?=[A-Z])")


WARNINGS = [code for code, level in CODES.items() if level == "warning"]


def checks_are_known(subject: Subject) -> Findings:
    """Find codes under `checks` that are not those of warnings."""
    for code in subject.rubric.checks:
        if code not in WARNINGS:
            message = f"no warning has the code {code!r}"
            if code in CODES:
                message = f"{code!r} is an error, which cannot be switched off"
            suggestion = subject.source.suggest(code, WARNINGS)
            path = ("checks", code)
            yield subject.finding("unknown-value", path, message, key=True, suggestion=suggestion)


def blocking_gates_are_opened(subject: Subject) -> Findings:
    """Find blocking gates that no remediation opens."""
    if not subject.rubric.remediations or not subject.is_whole:
        return
    opened = {gate for play in subject.rubric.remediations.values() for gate in play.opens}
    for id_, gate in subject.rubric.gates.items():
        if gate.blocking and id_ not in opened:
            what = (
                f"gate {id_!r} blocks its stage"
                if subject.uses_ladder
                else f"blocking gate {id_!r}"
            )
            message = f"{what}, but no remediation opens it"
            yield subject.finding("blocking-unopened", ("gates", id_), message, key=True)


def bases_name_sources(subject: Subject) -> Findings:
    """Find tests and thresholds that claim a source but name none."""
    for path, basis in subject.bases:
        if basis.kind != "judgement" and not basis.sources:
            message = f"the basis is {basis.kind!r} but names no source"
            yield subject.finding("basis-unsourced", path, message, key=True)


def entries_are_used(subject: Subject) -> Findings:
    """Find sources, scales, measures and frameworks that nothing refers to."""
    rubric = subject.rubric
    if not subject.is_whole:
        return
    sources = {source for _, basis in subject.bases for source in basis.sources}
    sources |= {f.source for f in rubric.frameworks.values() if f.source}
    entries: list[Stage | Dimension | Group | Topic | Gate] = [*rubric.stages.values()]
    entries += [*rubric.dimensions.values(), *rubric.gates.values()]
    entries += [*rubric.groups.values(), *rubric.topics.values()]
    mapped = {name for entry in entries for name in entry.maps}
    mapped |= {id_ for id_, framework in rubric.frameworks.items() if framework.levels}
    used = {
        "sources": sources,
        "scales": {subject.scale(gate) for gate in rubric.gates.values()},
        "measures": {gate.measure.of for gate in rubric.gates.values() if gate.measure},
        "frameworks": mapped,
    }
    for collection, ids in used.items():
        if collection not in subject.source.data:
            continue
        for id_ in getattr(rubric, collection):
            if id_ not in ids:
                message = f"nothing uses {singular(collection)} {id_!r}"
                yield subject.finding("unused-id", (collection, id_), message, key=True)


def symptoms_and_plays_are_complete(subject: Subject) -> Findings:
    """Find symptoms and plays without the details that a reader needs to act."""
    for id_, symptom in subject.rubric.symptoms.items():
        if symptom.kind == "false-maturity":
            for key in ("looks_like", "disproof", "claims"):
                if getattr(symptom, key) is None:
                    message = f"symptom {id_!r} of false maturity has no {key!r}"
                    yield subject.finding("incomplete", ("symptoms", id_), message, key=True)
    for id_, play in subject.rubric.remediations.items():
        for key in ("owner", "effort", "steps", "done_when"):
            if not getattr(play, key):
                message = f"remediation {id_!r} has no {key!r}"
                yield subject.finding("incomplete", ("remediations", id_), message, key=True)


def tests_are_one_short_sentence(subject: Subject) -> Findings:
    """Find tests that are too long or have more than one sentence."""
    for id_, gate in subject.rubric.gates.items():
        words = len(gate.test.split())
        if words > MAX_TEST_WORDS:
            message = f"the test of gate {id_!r} has {words} words; the limit is {MAX_TEST_WORDS}"
            yield subject.finding("test-form", ("gates", id_, "test"), message)
        elif _SENTENCE_END.search(gate.test.strip()):
            message = f"the test of gate {id_!r} is more than one sentence"
            yield subject.finding("test-form", ("gates", id_, "test"), message)


RULES: tuple[Rule, ...] = (
    checks_are_known,
    blocking_gates_are_opened,
    bases_name_sources,
    entries_are_used,
    symptoms_and_plays_are_complete,
    tests_are_one_short_sentence,
)
