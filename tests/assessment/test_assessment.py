"""Assessments of any quality: findings with their JSON path, and nothing lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from stagebook.assessment import remembered
from stagebook.assessment.reader import Assessment, read_assessment
from stagebook.assessment.record import MAX_FINDINGS
from stagebook.assessment.remembered import plain_answer
from stagebook.assessment.values import MAX_SUGGESTIONS, IdIndex, ValueReader
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.scoring.scorer import Scorer

RUBRIC = load_rubric(ROOT / "tests" / "rubrics" / "good" / "capability.yml").rubric
SAMPLE = load_rubric(ROOT / "tests" / "rubrics" / "good" / "sample.yml").rubric


def said(**entries: Any) -> dict[str, Any]:
    head = {"format": "stagebook-assessment/1", "rubric": {"id": "capability", "version": "2.1.0"}}
    return head | entries


def read(data: Any) -> tuple[Assessment | None, list[str]]:
    text = data if isinstance(data, str) else json.dumps(data)
    assessment, findings = read_assessment(text, RUBRIC)
    return assessment, [f"{one.where} {one.code}" for one in findings]


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        ("", "$ not-json"),
        ("{", "$ not-json"),
        ("[" * 100_000, "$ not-json"),
        ("[]", "$ wrong-type"),
        ("3", "$ wrong-type"),
        ("{}", "$ missing-key"),
        ({"format": "stagebook-assessment/2"}, "$.format future-format"),
        ({"format": "samm/1"}, "$.format unknown-format"),
        ({"format": 1}, "$.format unknown-format"),
        ({"format": "stagebook-assessment/1"}, "$.rubric missing-key"),
        (said(rubric={"id": "other"}), "$.rubric.id other-rubric"),
        (said(rubric="capability"), "$.rubric missing-key"),
        (" " * 5_000_001, "$ too-large"),
    ],
)
def test_what_cannot_be_scored_says_why(data: Any, finding: str) -> None:
    assert read(data) == (None, [finding])


@pytest.mark.parametrize(
    ("entries", "finding"),
    [
        ({"answers": []}, "$.answers wrong-type"),
        ({"answers": {"gone": {"answer": "half"}}}, "$.answers.gone unknown-gate"),
        (
            {"answers": {"review-all": {"answer": "yes"}}},
            "$.answers.review-all.answer unknown-answer",
        ),
        ({"answers": {"review-all": {"answer": 1}}}, "$.answers.review-all.answer wrong-type"),
        ({"answers": {"review-all": []}}, "$.answers.review-all wrong-type"),
        (
            {"answers": {"review-all": {"answer": "half", "note": 3}}},
            "$.answers.review-all.note wrong-type",
        ),
        (
            {"answers": {"review-all": {"answer": "half", "evidence": "x"}}},
            "$.answers.review-all.evidence wrong-type",
        ),
        (
            {"answers": {"release-time": {"answer": "half"}}},
            "$.answers.release-time.answer unknown-answer",
        ),
        ({"measures": {"release-days": "2e"}}, "$.measures.release-days number-form"),
        ({"measures": {"release-days": "1,500"}}, "$.measures.release-days number-ambiguous"),
        ({"measures": {"release-days": True}}, "$.measures.release-days wrong-type"),
        ({"measures": {"release-days": float("nan")}}, "$.measures.release-days not-finite"),
        ({"measures": {"release-days": float("inf")}}, "$.measures.release-days not-finite"),
        ({"measures": {"release-days": 10**400}}, "$.measures.release-days not-finite"),
        ({"measures": {"gone-days": 4}}, "$.measures.gone-days unknown-measure"),
        ({"symptoms": {"a": 1}}, "$.symptoms wrong-type"),
        ({"symptoms": ["gone", 3]}, "$.symptoms[0] unknown-symptom"),
        ({"believed_stage": "third"}, "$.believed_stage unknown-stage"),
        ({"target_stage": 2}, "$.target_stage unknown-stage"),
        ({"roadmap": [{"date": 3}]}, "$.roadmap[0].date wrong-type"),
        (
            {"roadmap": [{"remediations": ["gone"]}]},
            "$.roadmap[0].remediations[0] unknown-remediation",
        ),
        ({"subject": 3}, "$.subject wrong-type"),
        ({"rubric": {"id": "capability", "version": "1.0.0"}}, "$.rubric.version other-version"),
    ],
)
def test_the_rest_is_still_scored(entries: dict[str, Any], finding: str) -> None:
    sound = {"review-kept": {"answer": "some"}}
    answers = entries.get("answers", {})
    if isinstance(answers, dict):
        entries = {**entries, "answers": {**sound, **answers}}
    assessment, findings = read(said(**entries))
    assert assessment is not None
    assert findings[0] == finding
    if isinstance(answers, dict):
        assert assessment.answers["review-kept"].answer == "some"
        assert result_data(Scorer(RUBRIC), assessment)["coverage"]["answered"] >= 1


def test_a_version_that_is_not_named_is_no_other_version() -> None:
    versions: list[dict[str, Any]] = [{}, {"version": None}, {"version": ""}]
    for version in versions:
        assert read({**said(), "rubric": {"id": RUBRIC.id, **version}})[1] == []


def test_what_is_not_understood_is_kept() -> None:
    assessment, _ = read(
        said(
            answers={"gone": {"answer": "half", "note": "Mine."}, "review-all": {"answer": "yes"}},
            measures={"gone-days": 4},
            symptoms=["gone"],
            believed_stage="third",
            x_tool={"a": [1]},
        )
    )
    assert assessment is not None
    assert assessment.unread == {
        "answers": {"gone": {"answer": "half", "note": "Mine."}, "review-all": {"answer": "yes"}},
        "measures": {"gone-days": 4},
        "symptoms": ["gone"],
        "believed_stage": "third",
        "x_tool": {"a": [1]},
    }


def test_a_note_outlives_an_answer_off_the_scale() -> None:
    assessment, _ = read(said(answers={"review-all": {"answer": "yes", "note": "Kept."}}))
    assert assessment is not None
    assert assessment.answers["review-all"].note == "Kept."
    assert assessment.answers["review-all"].answer is None


def test_keys_that_stand_twice_are_said() -> None:
    head = json.dumps(said())[:-1]
    text = f'{head}, "answers": {{"review-all": "half", "review-all": "most"}}}}'
    assessment, findings = read(text)
    assert findings == ["$ duplicate-key"]
    assert assessment is not None
    assert assessment.answers["review-all"].answer == "most"


def test_earlier_ids_are_followed() -> None:
    gate, alias = next((id_, one.aliases[0]) for id_, one in SAMPLE.gates.items() if one.aliases)
    data = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": SAMPLE.version},
        "answers": {alias: {"answer": "yes"}},
    }
    assessment, findings = read_assessment(json.dumps(data), SAMPLE)
    assert findings == []
    assert assessment is not None
    assert assessment.answers[gate].answer == "yes"


def test_suggestions_end_in_a_file_that_is_wrong_all_over() -> None:
    answers = {f"review-al{number}": {"answer": "half"} for number in range(5_000)}
    _, findings = read_assessment(json.dumps(said(answers=answers)), RUBRIC)
    assert len(findings) == MAX_FINDINGS + 1
    assert findings[-1].message == "and 4,900 more"
    assert findings[-1].level == "error"
    assert sum(bool(one.suggestion) for one in findings) == MAX_SUGGESTIONS


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        *("answers", "measures", "symptoms", "believed_stage", "target_stage", "subject", "date"),
        *("roadmap", "x"),
    ]
)


@given(st.dictionaries(KEYS, JSON, max_size=5))
def test_no_json_makes_the_reader_fail(entries: dict[str, Any]) -> None:
    assessment, findings = read_assessment(json.dumps(said(**entries)), RUBRIC)
    assert assessment is not None
    for finding in findings:
        assert str(finding).isprintable()
    json.dumps(result_data(Scorer(RUBRIC), assessment))


TEXT = st.sampled_from(
    ["", "full", "half", "unknown", "not-applicable", "no such answer", "a\ud800"]
)
ODD = st.sampled_from([None, 1, True, [], {}, ["full"], {"answer": "full"}])
EVIDENCE = st.dictionaries(st.sampled_from(["title", "url", "date", "more"]), TEXT | ODD)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "answer": TEXT | ODD,
        "reason": TEXT | ODD,
        "note": TEXT | ODD,
        "evidence": st.lists(EVIDENCE | ODD, max_size=2) | ODD,
        "flag": st.booleans() | ODD,
        "rev": st.integers() | ODD,
        "ticks": ODD,
        "more": ODD,
    },
)


@given(ANSWERS | TEXT | ODD)
def test_an_answer_that_is_sound_at_first_sight_is_read_the_same(value: Any) -> None:
    for gate, answers in IdIndex(RUBRIC).answers.items():
        plain = plain_answer(value, answers)
        reader = ValueReader(IdIndex(RUBRIC))
        if plain is not None:
            assert repr(reader.answer(value, "$", gate)) == repr(plain)
            assert not reader.findings.count


def test_most_answers_are_sound_at_first_sight() -> None:
    full = IdIndex(RUBRIC).answers[next(iter(RUBRIC.gates))]
    said = next(iter(full))
    more = {"reason": "r", "note": "n", "evidence": [{"title": "t", "x": "y"}]}
    assert plain_answer({"answer": said}, full) is full[said]
    assert plain_answer({"answer": said, **more}, full) is not None
    assert plain_answer({"answer": said, "flag": True}, full) is None


IDS = st.sampled_from([*RUBRIC.gates, *RUBRIC.gates, "no such gate"])
PLAIN = st.fixed_dictionaries(
    {"answer": st.sampled_from(["unknown", "not-applicable"])},
    optional={"note": st.sampled_from(["n", "}, ", "}}", "\u00e9", "NaN"])},
)
ABOUT = st.sampled_from(["S", "NaN", {"answers": {"a": {}}}, [float("inf")]])
PIECES = st.sampled_from(
    [
        *["", "{", "}", "}}", "},", '}, "', '"', "\\", ":", ",", "[", "]", "\n", " ", "\u2003"],
        *['"answers": {', '"answers": {}', '{"answer": "unknown"}', "NaN", "Infinity", "1e999"],
        *["\ufeff", "\udc80", "\u00e9"],
    ]
)


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Draw the text of an assessment, in any layout, perhaps damaged."""
    answers: Any = draw(st.dictionaries(IDS, PLAIN) | st.dictionaries(IDS, PLAIN | ANSWERS | TEXT))
    data = said(answers=answers, subject=draw(ABOUT))
    if draw(st.integers(0, 5)) == 0:
        data["x"] = {"answers": data.pop("answers")}
    layout: Any = draw(st.sampled_from([{}, {"separators": (",", ":")}, {"indent": 1}]))
    keys, plain = draw(st.permutations([*data])), draw(st.booleans())
    text = json.dumps({key: data[key] for key in keys}, ensure_ascii=plain, **layout)
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(PIECES) + text[start + draw(st.integers(0, 3)) :]
    return text


@given(st.lists(odd_texts(), min_size=1, max_size=4))
def test_what_is_remembered_changes_nothing(texts: list[str]) -> None:
    known, fresh = IdIndex(RUBRIC), IdIndex(RUBRIC)
    fresh.remembered.read = lambda text: None  # type: ignore[method-assign]
    for text in [*texts, *texts]:
        assert repr(read_assessment(text, known)) == repr(read_assessment(text, fresh))


@pytest.mark.parametrize(("indent", "separators"), [(None, None), (None, (",", ":")), (2, None)])
def test_answers_are_remembered_in_any_layout(
    indent: int | None, separators: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {gate: {"answer": "unknown", "note": "n"} for gate in RUBRIC.gates}
    data = {"answers": answers, "x": {"a": {}}}
    known, text = IdIndex(RUBRIC), json.dumps(data, indent=indent, separators=separators)
    found = known.remembered.read(text)
    assert found is not None
    assert {id_: one.note for id_, one in found["answers"].items()} == dict.fromkeys(answers, "n")
    assert len(known.remembered) == len(answers)
    # No more is kept than there is room for, and nothing that is long.
    monkeypatch.setattr(remembered, "MAX_ENTRIES", 1)
    assert known.remembered.read(text.replace("unknown", "not-applicable")) is not None
    assert len(known.remembered) == 1
    assert known.remembered.read(text.replace('"n"', f'"{"n" * 500}"')) is not None
    assert len(known.remembered) == 1
