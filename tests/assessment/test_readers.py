"""The reader of assessments in both languages: the same is understood, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import REPORTED, exact
from stagebook.assessment.numbers import read_number, write_number
from stagebook.assessment.reader import Assessment, AssessmentFinding, read_assessment
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data

VECTORS = json.loads((ROOT / "tests" / "vectors" / "readers.json").read_text(encoding="utf-8"))
RUBRIC = Rubric.model_validate(VECTORS["rubric"]).with_bases(VECTORS["bases"])
DATA = quiz_data(RUBRIC)
SCORER = Scorer(RUBRIC)
HEAD = {"format": "stagebook-assessment/1", "rubric": {"id": "vector", "version": "1.0.0"}}
NOT_TWINS = {"duplicate-key", "other-version"}
"""What one of the readers alone says: JavaScript does not see keys that stand twice."""


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def text_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return json.dumps(HEAD)[:-1] + ", " + str(case["text"])[1:]
    return json.dumps({**HEAD, **case["said"]})


def understood(assessment: Assessment) -> dict[str, Any]:
    """Return what of an assessment is understood, as the quiz's reader tells it in the tests."""
    answers = {
        id_: {key: value for key, value in one._asdict().items() if value}
        for id_, one in assessment.answers.items()
    }
    about = ("subject", "team", "respondent", "role", "date", "believed_stage", "target_stage")
    fields = {key: getattr(assessment, key) for key in ("profile", *about)}
    found: dict[str, Any] = json.loads(
        json.dumps(
            {
                "answers": {id_: one for id_, one in answers.items() if one},
                "measures": assessment.measures,
                "symptoms": assessment.symptoms,
                **{key: value for key, value in fields.items() if value},
                **({"roadmap": phases} if (phases := roadmap(assessment)) else {}),
            }
        )
    )
    return found


def roadmap(assessment: Assessment) -> list[dict[str, Any]]:
    """Return what is understood of a roadmap, without what is empty."""
    phases = []
    for phase in assessment.roadmap:
        plays = [{key: one for key, one in play._asdict().items() if one} for play in phase[-1]]
        said = {**phase._asdict(), "remediations": plays}
        phases.append({key: value for key, value in said.items() if value})
    return phases


def told(findings: list[AssessmentFinding]) -> list[tuple[str, str]]:
    return sorted((one.where, one.code) for one in findings if one.code not in NOT_TWINS)


def scores(assessment: Assessment) -> dict[str, Any]:
    data = result_data(SCORER, assessment)
    for key in ("format", "rubric", "subject", "respondent", "date", "arithmetic"):
        del data[key]
    for key in REPORTED:
        data.pop(key, None)
    return data


def agree(server: ScoringServer, text: str) -> tuple[Assessment, list[tuple[str, str]], Any]:
    """Read a text in both languages; what they understand, name and score must be the same."""
    ours, findings = read_assessment(text, RUBRIC)
    theirs = server.ask(ask="understand", data=DATA, text=text)
    assert ours is not None
    assert exact(understood(ours)) == exact(theirs["understood"])
    said = told(findings)
    assert said == sorted((one["where"], one["code"]) for one in theirs["findings"])
    assert exact(json.loads(json.dumps(scores(ours)))) == exact(theirs["result"])
    return ours, said, theirs


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_both_readers_understand_what_is_expected(
    server: ScoringServer, case: dict[str, Any]
) -> None:
    ours, findings, theirs = agree(server, text_of(case))
    expected = {"answers": {}, "measures": {}, "symptoms": [], **case["expect"]}
    assert exact(understood(ours)) == exact(expected)
    assert findings == sorted((where, code) for where, code in case["findings"])
    kept = theirs["assessment"]
    if "unread" in case:
        assert kept["unread"] == case["unread"]
    for key, value in case.get("kept", {}).items():
        assert exact(kept[key]) == exact(value)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ('"1,500"', "'1,500' can mean 1500 or 1.5: write one of the two"),
        ('"soon"', "'soon' is not a number such as 1.5 or 1500, in days, from 0 to 365"),
        ("1e999", "'1e999' is too large, or too close to 0"),
        ("400", "400 is out of range: in days, from 0 to 365"),
    ],
)
def test_a_number_that_cannot_be_taken_is_told_why(number: str, message: str) -> None:
    text = json.dumps(HEAD)[:-1] + f', "measures": {{"days": {number}}}}}'
    _, findings = read_assessment(text, RUBRIC)
    assert [one.message for one in findings] == [message]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_what_was_read_reads_the_same_again(server: ScoringServer, case: dict[str, Any]) -> None:
    _, _, theirs = agree(server, text_of(case))
    written = json.dumps(theirs["assessment"])
    again, _, once_more = agree(server, written)
    assert exact(understood(again)) == exact(theirs["understood"])
    assert once_more["assessment"] == theirs["assessment"]


# Random data: JSON of any shape in any place, close enough to an assessment to get far.

IDS = st.sampled_from(
    [
        *("a", "a-old", "a-older", "b", "c", "constructor", "valueof", "7", "8"),
        *("days", "day-count", "s", "s-old", "t", "top", "peak"),
        *("acts", "agent", "agents", "size", "small", "dated", "3"),
        *("p", "p-old", "q"),
        *("gone", "__proto__", "toString", "", "a.b", "\ud800", "#2"),
    ]
)
NUMBERS = st.sampled_from(
    ["1,5", "2e", "1.500", "12 days", "-3", "400", "\u0665", "1e400", "NaN", " 7 ", "0,125"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-5, 400)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.sampled_from(["yes", "no", "partly", "unknown", "not-applicable", "measured"])
    | NUMBERS
    | IDS
)
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(IDS, inner, max_size=3),
    max_leaves=5,
)
EVIDENCE = st.dictionaries(st.sampled_from(["title", "url", "date", "x"]), SCALARS, max_size=3)
ANSWER = SCALARS | st.fixed_dictionaries(
    {},
    optional={
        "answer": SCALARS,
        "note": SCALARS,
        "reason": SCALARS,
        "evidence": st.lists(EVIDENCE | SCALARS, max_size=2) | SCALARS,
        "flag": SCALARS,
        "rev": SCALARS,
        "ticks": st.lists(IDS | SCALARS, max_size=4) | ANY,
        "x": ANY,
    },
)
TODAY: dict[Any, str] = {"peak": "top", "s-old": "s", "p-old": "p"}
"""Earlier ids that stand as values, with the ids of today."""
PLAY = (
    st.fixed_dictionaries({}, optional={"id": IDS | SCALARS, "owner": SCALARS, "x": ANY})
    | IDS
    | SCALARS
)
PHASE = st.fixed_dictionaries(
    {},
    optional={
        "title": SCALARS,
        "owner": SCALARS,
        "date": ANY,
        "target_stage": IDS | ANY,
        "remediations": st.lists(PLAY, max_size=4) | ANY,
        "x": ANY,
    },
)
PATHS = st.sampled_from(
    ["answers.a", "measures.days", "subject", "symptoms[0]", "roadmap[0]", "subject#2"]
)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "answers": st.dictionaries(IDS, ANSWER | ANY, max_size=6) | ANY,
        "measures": st.dictionaries(IDS, SCALARS | NUMBERS, max_size=4) | ANY,
        "symptoms": st.lists(IDS | ANY, max_size=4) | ANY,
        "profile": st.dictionaries(IDS, IDS | SCALARS, max_size=4) | ANY,
        "believed_stage": IDS | ANY,
        "target_stage": IDS | ANY,
        "roadmap": st.lists(PHASE | SCALARS, max_size=6) | ANY,
        "unread": st.dictionaries(PATHS, ANY, max_size=3) | ANY,
        **{key: SCALARS | ANY for key in ("subject", "team", "respondent", "role", "date", "x")},
    },
)


@given(ENTRIES)
def test_both_readers_agree_on_any_data(server: ScoringServer, entries: dict[str, Any]) -> None:
    _, _, theirs = agree(server, json.dumps({**HEAD, **entries}))
    again, _, once_more = agree(server, json.dumps(theirs["assessment"]))
    assert exact(understood(again)) == exact(theirs["understood"])
    assert once_more["assessment"] == theirs["assessment"]


@given(ENTRIES)
def test_nothing_that_was_said_is_lost(server: ScoringServer, entries: dict[str, Any]) -> None:
    """Every text and number of a file stands somewhere in what the quiz makes of it."""
    theirs = server.ask(ask="understand", data=DATA, text=json.dumps({**HEAD, **entries}))
    kept = set(leaves(theirs["assessment"]))
    for leaf in leaves(entries):
        assert leaf in kept or as_number(leaf) in kept or TODAY.get(leaf) in kept, leaf


def leaves(value: Any) -> Iterator[str | float | bool]:
    """Yield what stands in data, but null and empty texts, which say nothing."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None and value != "":
        yield float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def as_number(leaf: str | float | bool) -> Any:
    """Return how a number may stand after reading: a text as a number, or the other way round."""
    if isinstance(leaf, str):
        return read_number(leaf, "days")
    return write_number(leaf)
