"""The assessment file: what was typed comes back, whatever file is loaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import FIRST, FULL, ONE, SMALL, TWO, Quiz, Visitor
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def assessment(**entries: Any) -> dict[str, Any]:
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.2.0"},
        "answers": {ONE: {"answer": "yes"}},
        **entries,
    }


@pytest.fixture
def quiz(visit: Visit, small_stick: str) -> Quiz:
    return Quiz(visit(small_stick).open(SMALL))


def test_a_file_brings_everything_back_in_another_browser(visit: Visit, small_address: str) -> None:
    quiz = Quiz(visit(small_address).open(SMALL))
    quiz.answer(ONE, "not-applicable")
    quiz.question(ONE).locator("[data-field=reason]").fill("No data of our own.")
    quiz.answer(TWO, "unknown")
    quiz.note(TWO, "Ask the platform team.\nTwice.")
    quiz.page.locator("[data-about=subject]").fill("Checkout “assistant” 🙂")
    quiz.believe("second")
    first = quiz.download()
    assert first["format"] == "stagebook-assessment/1"
    assert first["rubric"] == {"id": "sample", "version": "1.2.0"}
    other = Quiz(visit(small_address).open(SMALL))
    other.load(json.dumps(first))
    assert (
        other.said()
        == "answers.json is now the current assessment. Your other assessments are unchanged."
    )
    assert other.answered(ONE) == "not-applicable"
    assert other.download() == first


REFUSED: dict[str | bytes, str] = {
    json.dumps(assessment(team="Bäd"), ensure_ascii=False).encode("latin-1"): "not UTF-8",
    json.dumps(assessment(team="Bäd")).encode("utf-16"): "not UTF-8",
    "{oops": "it is not JSON",
    "[1, 2]": "not a Stagebook assessment",
    "{}": "not a Stagebook assessment",
    '{"format": "stagebook-assessment/7"}': "newer format stagebook-assessment/7",
    json.dumps(assessment(rubric={"id": "other"})): "a different rubric, other",
    "x" * 5_000_001: "larger than 5 MB",
}


def test_a_file_that_cannot_be_taken_changes_nothing(quiz: Quiz) -> None:
    quiz.answer(ONE, "partly")
    for text, words in REFUSED.items():
        quiz.head.locator("[data-el=said]").evaluate("one => (one.textContent = '')")
        quiz.load(text)
        assert words in quiz.said(), text[:80]
        assert "Nothing was changed." in quiz.said(), text[:80]
        assert quiz.answered(ONE) == "partly", text[:80]


def test_a_file_that_begins_with_a_mark_of_its_bytes_is_taken(quiz: Quiz) -> None:
    quiz.load(json.dumps(assessment(team="Bäd"), ensure_ascii=False).encode("utf-8-sig"))
    assert quiz.download()["team"] == "Bäd"


@pytest.mark.long
def test_what_a_field_cannot_show_of_evidence_outlives_a_change_of_the_rest(quiz: Quiz) -> None:
    evidence = [{"title": "The drill", "date": "May 2026"}, {"title": "A list", "date": "2026-05"}]
    quiz.load(json.dumps(assessment(answers={ONE: {"answer": "yes", "evidence": evidence}})))
    details = quiz.question(ONE).locator("details.sb-note")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    quiz.question(ONE).get_by_label("Name of the evidence").first.fill("The last drill")
    quiz.question(ONE).get_by_label("Date of the evidence").last.fill("2026-05-04")
    assert quiz.download()["answers"][ONE]["evidence"] == [
        {"title": "The last drill", "date": "May 2026"},
        {"title": "A list", "date": "2026-05-04"},
    ]


@pytest.mark.long
def test_loading_can_be_undone(quiz: Quiz) -> None:
    quiz.answer(TWO, "no")
    quiz.load(json.dumps(assessment()))
    assert quiz.answered(TWO) is None
    quiz.press("Undo")
    assert quiz.answered(TWO) == "no"
    assert quiz.answered(ONE) is None


@pytest.mark.long
def test_what_the_rubric_does_not_know_is_named_and_kept(quiz: Quiz) -> None:
    foreign = assessment(
        answers={ONE: {"answer": "yes"}, "gone-gate": {"answer": "no", "note": "Kept."}},
        symptoms=["gone-symptom"],
        x_tool={"any": ["thing"]},
    )
    quiz.load(json.dumps(foreign))
    assert "2 entries are not in this rubric" in quiz.said()
    assert "gone-gate, gone-symptom" in quiz.said()
    quiz.answer(TWO, "no")
    file = quiz.download()
    assert file["answers"]["gone-gate"] == {"answer": "no", "note": "Kept."}
    assert file["symptoms"] == ["gone-symptom"]
    assert file["x_tool"] == {"any": ["thing"]}


@pytest.mark.long
def test_values_of_the_wrong_kind_are_set_aside(visit: Visit, stick: str) -> None:
    quiz = Quiz(visit(stick).open(FULL))
    strange = assessment(
        rubric={"id": "ai-product", "version": "1.0.0"},
        answers={FIRST: {"answer": 3}, "eval-regression-blocks": "no", "mem-written-decision": []},
        measures={"data-access-days": "12", "data-source-days": 5},
        symptoms="all",
        believed_stage=4,
        subject={"a": 1},
    )
    quiz.load(json.dumps(strange))
    assert quiz.answered(FIRST) is None
    assert quiz.answered("eval-regression-blocks") == "no"
    assert "5 entries cannot be read; they are kept in the file: answers." in quiz.said()
    file = quiz.download()
    assert file["measures"] == {"data-access-days": 12, "data-source-days": 5}
    assert file["unread"] == {
        f"answers.{FIRST}.answer": 3,
        "answers.mem-written-decision": [],
        "symptoms": "all",
        "believed_stage": 4,
        "subject": {"a": 1},
    }


@pytest.mark.long
def test_evidence_that_a_field_cannot_show_outlives_a_change_beside_it(quiz: Quiz) -> None:
    evidence = [
        {"title": "Two\nlines", "date": "2026-11"},
        {"title": "Log", "url": "https://example.org/log", "date": "autumn"},
    ]
    quiz.load(json.dumps(assessment(answers={ONE: {"answer": "yes", "evidence": evidence}})))
    quiz.question(ONE).locator("details.sb-note summary").click()
    rows = quiz.question(ONE).locator(".sb-row")
    dates = rows.get_by_label("Date")
    assert [dates.nth(row).input_value() for row in range(2)] == ["2026-11", "autumn"]
    rows.nth(1).locator("input").first.fill("The log")
    assert quiz.download()["answers"][ONE]["evidence"] == [
        evidence[0],
        {**evidence[1], "title": "The log"},
    ]
    dates.nth(1).fill("")
    evidence[1] = {"title": "The log", "url": "https://example.org/log"}
    assert quiz.download()["answers"][ONE]["evidence"] == evidence


def test_hostile_text_stays_text(quiz: Quiz) -> None:
    attack = "<img src=x onerror='window.hit = 1'>"
    hostile = assessment(
        subject=attack,
        answers={
            ONE: {"answer": "not-applicable", "reason": attack, "note": attack},
            attack: {"answer": "no"},
            "__proto__": {"answer": "no"},
        },
    )
    quiz.load(json.dumps(hostile))
    quiz.settled()
    quiz.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert quiz.results.locator("img").count() == 0
    assert attack in quiz.results.inner_text()
    assert quiz.page.evaluate("() => window.hit ?? {}.answer") is None


def visit_damaged(visit: Visit, address: str) -> Visitor:
    """Return a visitor whose stored answers have been damaged since."""
    visitor = visit(address)
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    quiz.page.evaluate(
        "() => { const [key] = Object.keys(localStorage).filter(k => k.includes('assessment/1'));"
        " localStorage.setItem(key, '{half'); }"
    )
    quiz.page.close()
    return visitor


@pytest.mark.long
def test_damaged_storage_is_kept_and_said(visit: Visit, small_address: str) -> None:
    visitor = visit_damaged(visit, small_address)
    again = Quiz(visitor.open(SMALL))
    assert "could not be read. They have not been deleted" in again.head.inner_text()
    again.answer(ONE, "no")
    kept = again.page.evaluate("() => Object.values(localStorage)")
    assert "{half" in kept


def test_damaged_storage_is_offered_until_it_is_saved(visit: Visit, small_address: str) -> None:
    visitor = visit_damaged(visit, small_address)
    for _ in range(2):
        quiz = Quiz(visitor.open(SMALL))
        expect(quiz.head).to_contain_text("could not be read. They have not been deleted")
        quiz.answer(ONE, "no")
        quiz.page.close()
    quiz = Quiz(visitor.open(SMALL))
    with quiz.page.expect_download() as download:
        quiz.head.locator("[data-act=rescue]").click()
    assert Path(download.value.path()).read_text() == "{half"
    expect(quiz.head).to_contain_text("could not be read")
    quiz.page.close()
    quiz = Quiz(visitor.open(SMALL))
    quiz.settled()
    assert quiz.answered(ONE) == "no"
    expect(quiz.head).not_to_contain_text("could not be read")
