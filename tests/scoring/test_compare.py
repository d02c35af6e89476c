"""Comparing two assessments, and lining up many, as the quiz does it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import whole
from stagebook.assessment.reader import Assessment, read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.compare import compare_assessments, compare_versions, find_delta, series
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data
from strategies import assessments, rubrics

SHORT: dict[str, Any] = {
    "scales": {"practice": {"no": 0, "partly": 0.5, "yes": 1}},
    "stages": {"floor": 1, "second": 2, "third": 3},
    "dimensions": {"d": {"core": True}, "e": {}},
    "gates": {
        "a": {"dimension": "d", "stage": "second", "rev": 2},
        "b": {"dimension": "d", "stage": "third"},
        "c": {"dimension": "e", "stage": "second", "measure": {"of": "days", "yes": "<= 10"}},
        "load": {
            "dimension": "e",
            "stage": "third",
            "measure": {"of": "load", "points": [[0, 10], [100, 0]]},
        },
    },
    "measures": {"days": {"title": "Days", "unit": "days"}, "load": {"title": "Load", "unit": "%"}},
    "symptoms": {"seen": {"gates": ["a"]}, "heard": {"gates": ["b"]}},
}
CHANGES = {
    "2.0.0": {"notes": ["Gate *a* is stricter."]},
    "1.10.0": {"date": "2026-06", "notes": ["One.", "Two."]},
    "1.9.0": {"notes": ["First."]},
}


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def said(version: str = "1.9.0", **parts: Any) -> dict[str, Any]:
    answers = {id_: {"answer": answer} for id_, answer in parts.pop("answers", {}).items()}
    rubric = {"id": "vector", "version": version}
    return {"format": "stagebook-assessment/1", "rubric": rubric, "answers": answers, **parts}


def data_of(**changes: Any) -> dict[str, Any]:
    return quiz_data(whole({**SHORT, "version": "2.0.0", "changes": changes}))


def compare(server: ScoringServer, before: dict[str, Any], after: dict[str, Any]) -> Any:
    return server.ask(ask="compare", data=data_of(**CHANGES), before=before, after=after)


def delta(server: ScoringServer, before: dict[str, Any], after: dict[str, Any]) -> Any:
    return server.ask(ask="delta", before=before, after=after)


def test_changes_come_with_the_data_as_plain_text_newest_first() -> None:
    assert data_of(**CHANGES)["changes"] == [
        {"version": "2.0.0", "date": None, "notes": ["Gate a is stricter."]},
        {"version": "1.10.0", "date": "2026-06", "notes": ["One.", "Two."]},
        {"version": "1.9.0", "date": None, "notes": ["First."]},
    ]


def test_both_are_scored_and_say_how_far_they_moved(server: ScoringServer) -> None:
    before = said(answers={"a": "no", "b": "no", "c": "no"}, measures={"load": 100})
    after = said(answers={"a": "yes", "b": "partly", "c": "no"}, measures={"load": 100})
    found = compare(server, before, after)
    was, now = found["before"], found["after"]
    assert (was["overall"]["so_far"], now["overall"]["so_far"]) == (1, 2.5)
    assert was["dimensions"]["d"]["stage"]["so_far"] == "floor"
    assert now["dimensions"]["d"]["stage"]["so_far"] == "second"
    assert delta(server, was["dimensions"]["d"], now["dimensions"]["d"]) == 1.5
    assert delta(server, was["dimensions"]["e"], now["dimensions"]["e"]) == 0


def test_without_an_answer_nothing_moves(server: ScoringServer) -> None:
    found = compare(server, said(), said(answers={"a": "yes"}))
    assert found["before"]["coverage"]["answered"] == 0
    assert found["after"]["coverage"]["answered"] == 1
    assert delta(server, found["before"]["overall"], found["after"]["overall"]) is None
    assert delta(server, found["after"]["overall"], found["before"]["overall"]) is None


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("no", "yes", "opened"),
        ("unknown", "yes", "opened"),
        ("yes", "partly", "shut"),
        ("yes", "unknown", "shut"),
        (None, "yes", "answered"),
        (None, "no", "answered"),
        ("yes", None, "cleared"),
        ("no", "partly", "changed"),
        ("not-applicable", "yes", "changed"),
        ("yes", "not-applicable", "changed"),
    ],
)
def test_each_gate_that_moved_is_named_with_both_answers(
    server: ScoringServer, before: str | None, after: str | None, kind: str
) -> None:
    one, other = (
        said(answers={"b": "yes", **({"a": answer} if answer else {})})
        for answer in (before, after)
    )
    moved = {"gate": "a", "before": before, "after": after, "kind": kind}
    assert compare(server, one, other)["gates"] == [moved]


@pytest.mark.parametrize(
    ("before", "after", "kind"), [("no", "yes", "opened"), ("yes", "unknown", "shut")]
)
def test_a_bonus_is_met_like_any_other_gate(
    server: ScoringServer, before: str, after: str, kind: str
) -> None:
    gates = {**SHORT["gates"], "a": {**SHORT["gates"]["a"], "bonus": True}}
    rubric = whole({**SHORT, "gates": gates})
    one, other = (said(answers={"a": answer}) for answer in (before, after))
    theirs = server.ask(ask="compare", data=quiz_data(rubric), before=one, after=other)
    moves = [move["kind"] for move in theirs["gates"]]
    scorer, read = Scorer(rubric), [read_as_is(rubric, data) for data in (one, other)]
    assert moves == [move.kind for move in compare_assessments(scorer, *read).gates] == [kind]


def test_measures_move_and_so_do_the_gates_they_answer(server: ScoringServer) -> None:
    found = compare(
        server, said(measures={"days": 30, "load": 0}), said(measures={"days": 5, "load": 40})
    )
    assert [(one["measure"]["id"], one["before"], one["after"]) for one in found["measures"]] == [
        ("days", 30, 5),
        ("load", 0, 40),
    ]
    assert [(one["gate"], one["kind"]) for one in found["gates"]] == [
        ("c", "opened"),
        ("load", "shut"),
    ]
    [first] = compare(server, said(), said(measures={"days": 5}))["measures"]
    assert "before" not in first
    assert first["after"] == 5


def test_symptoms_come_and_go(server: ScoringServer) -> None:
    found = compare(server, said(symptoms=["seen"]), said(symptoms=["heard"]))
    moves = [(one["symptom"]["id"], one["is_new"]) for one in found["symptoms"]]
    assert moves == [("seen", False), ("heard", True)]


def test_names_what_the_rubric_changed_between_the_two(server: ScoringServer) -> None:
    before = said("1.9.0", answers={"a": "yes", "b": "yes", "old": "yes"})
    after = said("2.0.0", answers={"a": "yes", "older": "no"}, measures={"old": 3})
    found = compare(server, before, after)
    assert found["versions"] == ["1.9.0", "2.0.0"]
    assert [one["version"] for one in found["changes"]] == ["2.0.0", "1.10.0"]
    assert found["reworded"] == ["a"]
    back = compare(server, after, before)
    assert back["versions"] == ["2.0.0", "1.9.0"]
    assert back["changes"] == found["changes"]
    before["answers"]["a"]["rev"] = 2
    assert compare(server, before, after)["reworded"] == []


# The order that semver 2.0.0 gives as its example (section 11), and some more.
RISING = """
0.9.0 1.0.0-1 1.0.0-2 1.0.0-10 1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2
1.0.0-beta.11 1.0.0-rc.1 1.0.0+5 1.0.1-rc.1 1.0.1 1.9.0 1.10.0-rc-1 1.10.0
"""


def test_versions_are_in_the_order_of_semver(server: ScoringServer) -> None:
    rising = RISING.split()
    for older, newer in combinations(rising, 2):
        for pair in ((older, newer), (newer, older)):
            data = data_of(**{one: {"notes": ["x"]} for one in rising})
            before, after = (said(version) for version in pair)
            moved = server.ask(ask="compare", data=data, before=before, after=after)["changes"]
            wanted = rising[rising.index(older) + 1 : rising.index(newer) + 1]
            assert [one["version"] for one in moved] == wanted


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("1.9.0", "1.9.0", []),
        ("1.9.0", "1.10.0", ["1.10.0"]),
        ("1.9.5", "1.10.0", ["1.10.0"]),
        ("1.8.0", "1.9.1", ["1.9.0"]),
        ("1.10.3", "11.0.0", ["2.0.0"]),
        ("", "2.0.0", []),
    ],
)
def test_versions_are_in_the_order_of_their_numbers(
    server: ScoringServer, before: str, after: str, between: list[str]
) -> None:
    changes = compare(server, said(before), said(after))["changes"]
    assert [one["version"] for one in changes] == between


def test_hostile_headers_do_no_harm(server: ScoringServer) -> None:
    odd: dict[str, Any] = {**said(), "rubric": {"id": "vector", "version": {"x": 1}}}
    assert compare(server, odd, {**said(), "rubric": "none"})["versions"][1] == ""


def test_series_is_by_date_with_undated_ones_last(server: ScoringServer) -> None:
    dates = [None, "2026-11-23", "soon", "2025-01-31", "2026-11-23", "2026-11"]
    dates += ["Round 2", "1970-01-01", "2026-11-24T08:00", "2026-06-31"]
    saved = [
        {"id": str(index), "assessment": said(**({"date": date} if date else {}), subject="S")}
        for index, date in enumerate(dates)
    ]
    rounds = server.ask(ask="series", data=data_of(), saved=saved)
    assert [one["id"] for one in rounds] == ["7", "3", "5", "1", "4", "8", "0", "2", "6", "9"]


def test_series_says_what_each_came_to(server: ScoringServer) -> None:
    rubric = load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric
    text = (ROOT / "tests" / "assessments" / "ai-product.json").read_text(encoding="utf-8")
    assessment, _ = read_assessment(text, rubric)
    assert assessment is not None
    expected = result_data(Scorer(rubric), assessment)
    saved = [{"id": "one", "assessment": json.loads(text)}]
    [found] = server.ask(ask="series", data=quiz_data(rubric), saved=saved)
    assert found["assessment"] == saved[0]["assessment"]
    assert found["overall"]["stage"]["so_far"] == "opportunistic"
    for key in ("overall", "coverage", "dimensions"):
        assert found[key] == expected[key]


@given(st.data())
def test_an_assessment_does_not_differ_from_itself(
    server: ScoringServer, data: st.DataObject
) -> None:
    rubric = data.draw(rubrics())
    one = data.draw(assessments(rubric))
    found = server.ask(ask="compare", data=quiz_data(rubric), before=one, after=copy.deepcopy(one))
    assert found["before"] == found["after"]
    for kind in ("gates", "measures", "symptoms", "changes", "reworded"):
        assert found[kind] == []


OPPOSITE = {
    "opened": "shut",
    "shut": "opened",
    "answered": "cleared",
    "cleared": "answered",
    "changed": "changed",
}


@given(st.data())
def test_swapping_turns_every_move_around(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    one, other = data.draw(assessments(rubric)), data.draw(assessments(rubric))
    forth, back = (
        server.ask(ask="compare", data=quiz_data(rubric), before=before, after=after)
        for before, after in ((one, other), (other, one))
    )
    assert (forth["before"], forth["after"]) == (back["after"], back["before"])
    overall = (forth["before"]["overall"], forth["after"]["overall"])
    assert delta(server, *overall) == negative(delta(server, *reversed(overall)))
    for there, here in zip(forth["gates"], back["gates"], strict=True):
        turned = {"before": here["after"], "after": here["before"], "kind": OPPOSITE[here["kind"]]}
        assert there == {**here, **turned}
    turned_symptoms = [{**one, "is_new": not one["is_new"]} for one in back["symptoms"]]
    assert forth["symptoms"] == turned_symptoms
    for there, here in zip(forth["measures"], back["measures"], strict=True):
        assert there["measure"] == here["measure"]
        assert there.get("before") == here.get("after")
        assert there.get("after") == here.get("before")


def negative(number: float | None) -> float | None:
    return None if number is None else -number


@given(st.data())
def test_gates_that_did_not_move_scored_alike(server: ScoringServer, data: st.DataObject) -> None:
    """A comparison that names no gate explains every move: there is none."""
    rubric = data.draw(rubrics())
    one, other = data.draw(assessments(rubric)), data.draw(assessments(rubric))
    found = server.ask(ask="compare", data=quiz_data(rubric), before=one, after=other)
    moved = {rubric.gates[gate["gate"]].dimension for gate in found["gates"]}
    for id_, was in found["before"]["dimensions"].items():
        if id_ not in moved:
            assert found["after"]["dimensions"][id_] == was


@given(st.data(), st.sampled_from(["1.9.0", "1.10.0-rc.1", "2.0.0", "soon", ""]))
def test_both_implementations_compare_alike(
    server: ScoringServer, data: st.DataObject, version: str
) -> None:
    rubric = data.draw(rubrics())
    said = [data.draw(assessments(rubric)) for _ in range(2)]
    said[0]["rubric"] = {"id": rubric.id, "version": version}
    before, after = (read_as_is(rubric, one) for one in said)
    ours = compare_assessments(Scorer(rubric), before, after)
    theirs = server.ask(ask="compare", data=quiz_data(rubric), before=said[0], after=said[1])
    assert [move._asdict() for move in ours.gates] == theirs["gates"]
    assert [(one.symptom, one.is_new) for one in ours.symptoms] == [
        (one["symptom"]["id"], one["is_new"]) for one in theirs["symptoms"]
    ]
    assert [(one.measure, one.before, one.after) for one in ours.measures] == [
        (one["measure"]["id"], one.get("before"), one.get("after")) for one in theirs["measures"]
    ]
    assert [move._asdict() for move in ours.profile] == theirs["profile"]
    assert list(ours.versions) == theirs["versions"]
    assert list(ours.reworded) == theirs["reworded"]


def test_both_implementations_tell_the_same_changes(server: ScoringServer) -> None:
    rubric = whole({**SHORT, "version": "2.0.0", "changes": CHANGES})
    texts = ["1.9.0", "1.9.5", "1.10.3", "2.0.0", "11.0.0", "1.10.0-rc.1", "soon", "1.9", ""]
    for pair in product(texts, repeat=2):
        before, after = (said(version, answers={"a": "yes"}) for version in pair)
        ours = compare_assessments(
            Scorer(rubric), *(read_as_is(rubric, one) for one in (before, after))
        )
        theirs = compare(server, before, after)
        assert list(ours.changes) == [one["version"] for one in theirs["changes"]], pair
        assert list(ours.reworded) == theirs["reworded"] == ["a"]


def test_rounds_are_by_date_in_python_too() -> None:
    rubric = whole(SHORT)
    dates = [None, "2026-11-23", "soon", "2025-01-31", "2026-11-23", "2026-11", "2026-13-40"]
    dates += ["1970-01-01", "2026-11-24T08:00"]
    saved = [
        read_as_is(rubric, said(**({"date": date} if date else {}), subject=str(index)))
        for index, date in enumerate(dates)
    ]
    rounds = series(Scorer(rubric), saved)
    assert [one.subject for one, _ in rounds] == ["7", "3", "5", "1", "4", "8", "0", "2", "6"]
    assert find_delta(rounds[0][1].overall, rounds[1][1].overall) is None


@given(st.text("0123456789.a-+ ", max_size=8), st.text("0123456789.a-+ ", max_size=8))
def test_versions_have_one_order_in_both_languages(
    server: ScoringServer, one: str, other: str
) -> None:
    ours = compare_versions(one, other)
    [theirs] = server.ask(ask="versions", pairs=[[one, other]])
    assert (ours > 0) - (ours < 0) == theirs
    assert compare_versions(other, one) == -ours


def read_as_is(rubric: Rubric, data: dict[str, Any]) -> Assessment:
    assessment, _ = read_assessment(json.dumps(data), rubric)
    assert assessment is not None
    return assessment
