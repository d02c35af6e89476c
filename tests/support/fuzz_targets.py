"""What is fuzzed: each target reads any bytes, and raises where a promise is broken.

`make fuzz` runs them on inputs that it makes up; the tests run them on what was found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from folders import GOOD, ROOT, TESTS
from stagebook.assessment.reader import read_assessment
from stagebook.assessment.team_file import split_team
from stagebook.checks.loader import Reading, read_rubric
from stagebook.diagnostics import CODES, Diagnostic, RubricError, has_errors
from stagebook.files.rubrics import load_rubric
from stagebook.overlay.header import Header
from stagebook.overlay.resolving import Base
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric
from stagebook.rubric.text import decode
from stagebook.scoring.scorer import Scorer

SEPARATOR = b"\n%%%\n"
"""Between an overlay and its base."""


def read_any_rubric(data: bytes) -> None:
    """Read a rubric: whatever it is, all that is wrong is a finding at a place in it."""
    if (text := _decoded(data)) is not None:
        _examine(read_rubric(text, "fuzzed.yml"), {"fuzzed.yml": text})


def read_any_overlay(data: bytes) -> None:
    """Read an overlay and its base, likewise; what it resolves to can be read again."""
    first, _, second = data.partition(SEPARATOR)
    text, base = _decoded(first), _decoded(second or _base())
    if text is None or base is None:
        return

    def find(header: Header, identity: str) -> Base:
        return Base("base", "base.yml", base)

    reading = read_rubric(text, "fuzzed.yml", find, "fuzzed")
    _examine(reading, {"fuzzed.yml": text, "base.yml": base})
    if reading.records is not None and not has_errors(reading.findings):
        again = read_rubric(reading.text, "effective.yml")
        assert not has_errors(again.findings), [str(finding) for finding in again.findings]
        assert again.rubric.gates.keys() == reading.rubric.gates.keys()


def read_any_assessment(data: bytes) -> None:
    """Read an assessment, or several in one file, and score what could be read."""
    text = data.decode("utf-8", "replace")
    rubric, scorer = _rubric()
    assessment, findings = read_assessment(text, rubric)
    assert assessment is not None or findings
    if assessment is not None:
        json.dumps(result_data(scorer, assessment), allow_nan=False)
        json.dumps(assessment.unread)
    split_team(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "loader": read_any_rubric,
    "overlay": read_any_overlay,
    "assessment": read_any_assessment,
}


def seeds(target: str) -> list[bytes]:
    """Return inputs to begin with."""
    overlays = sorted((ROOT / "content").rglob("*.yml"))
    found = {
        "loader": [*GOOD.glob("*.yml"), *(TESTS / "rubrics" / "bad").glob("*.yml")],
        "overlay": [one for one in overlays if b"extends:" in one.read_bytes()],
        "assessment": [
            *(ROOT / "tests").glob("assessments/*.json"),
            *ROOT.glob("tests/contracts/*"),
        ],
    }[target]
    texts = [path.read_bytes() for path in found]
    if target == "overlay":
        head = b"format: stagebook/1\nextends: {rubric: base.yml, id: sample}\nid: mine\n"
        texts += [
            head + b"title: Ours\nstages: {first: {title: One}}\n",
            head
            + b"gates:\n  drill-done: null\n  new: {dimension: craft, stage: first, test: A?}\n",
            head + b"order: {stages: [second, first]}\n" + SEPARATOR + _base(),
        ]
    if target == "assessment":
        text = (TESTS / "vectors" / "readers.json").read_text(encoding="utf-8")
        vectors = json.loads(text)["cases"]
        form = {"format": "stagebook-assessment/1", "rubric": {"id": "sample", "version": "1.2.0"}}
        texts += [json.dumps({**form, **case.get("said", {})}).encode() for case in vectors]
    return texts


@cache
def _base() -> bytes:
    return (GOOD / "sample.yml").read_bytes()


@cache
def _rubric() -> tuple[Rubric, Scorer]:
    rubric = load_rubric(GOOD / "sample.yml").rubric
    return rubric, Scorer(rubric)


def _decoded(data: bytes) -> str | None:
    try:
        return decode(data, "fuzzed.yml")
    except RubricError:
        return None  # What cannot be decoded is told of before anything else.


def _examine(reading: Reading, texts: dict[str, str]) -> None:
    for finding in reading.findings:
        _examine_finding(finding, texts)
    assert reading.records is not None or has_errors(reading.findings)
    reading.counts()


def _examine_finding(finding: Diagnostic, texts: dict[str, str]) -> None:
    assert finding.code in CODES, finding
    lines = texts[finding.path].splitlines() or [""]
    assert 1 <= finding.line <= len(lines) + 1, finding
    assert finding.column >= 1, finding
    assert "\n" not in finding.message, finding
