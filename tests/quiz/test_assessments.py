"""Several assessments in one browser: kept apart, never overwritten, never lost without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import (
    FIRST,
    FULL,
    ONE,
    SECOND,
    SMALL,
    TWO,
    Quiz,
    Visitor,
    listed,
    name,
    reload,
    reload_calmly,
    row,
    serve,
    start_new,
)
from playwright.sync_api import Request
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


@pytest.fixture
def two(visit: Visit, small_stick: str) -> Quiz:
    """Make two assessments in a file, Alpha and Beta; Beta is open."""
    quiz = Quiz(visit(small_stick).open(SMALL))
    name(quiz, "Alpha")
    quiz.answer(ONE, "yes")
    start_new(quiz.page)
    assert quiz.answered(ONE) is None
    name(quiz, "Beta")
    quiz.answer(ONE, "no")
    return quiz


def test_each_has_its_answers_and_the_list_tells_them_apart(two: Quiz) -> None:
    assert sorted(listed(two.page)) == ["Alpha", "Beta"]
    assert "1 of 4 answered" in row(two.page, "Alpha").inner_text()
    assert re.search(r"\d{4}-\d\d-\d\d", row(two.page, "Alpha").inner_text())
    assert "(current)" in row(two.page, "Beta").inner_text()
    row(two.page, "Alpha").get_by_role("button", name="Open: Alpha").click()
    assert two.answered(ONE) == "yes"
    assert two.said() == "Alpha is now the current assessment."
    reload_calmly(two.page)
    assert two.answered(ONE) == "yes"
    assert "Alpha" in two.head.inner_text()


@pytest.mark.long
def test_new_can_be_taken_back(two: Quiz) -> None:
    start_new(two.page)
    assert two.answered(ONE) is None
    two.press("Undo")
    assert two.answered(ONE) == "no"


@pytest.mark.long
def test_rename_duplicate_and_download(two: Quiz) -> None:
    page = two.page
    row(page, "Alpha").get_by_text("Rename").click()
    field = row(page, "Alpha").get_by_label("Product")
    field.fill("Gamma")
    field.blur()
    start_new(page)
    two.press("Undo")
    assert sorted(listed(page)) == ["Beta", "Gamma"]
    row(page, "Gamma").get_by_role("button", name="Duplicate: Gamma").click()
    assert two.answered(ONE) == "yes"
    two.answer(ONE, "partly")
    assert sorted(listed(page)) == ["Beta", "Gamma", "Gamma"]
    texts = [one.inner_text() for one in page.locator(".sb-saved > li").all()]
    assert len([text for text in texts if "(current)" in text]) == 1
    with page.expect_download() as started:
        row(page, "Beta").get_by_role("button", name="Download: Beta").click()
    file = json.loads(Path(started.value.path()).read_text("utf-8"))
    assert file["subject"] == "Beta"
    assert file["answers"][ONE] == {"answer": "no"}
    assert re.fullmatch(r"sample-beta-\d{4}-\d\d-\d\d\.json", started.value.suggested_filename)


def test_deleting_can_be_undone_even_after_a_reload(two: Quiz) -> None:
    page = two.page
    row(page, "Beta").get_by_role("button", name="Delete: Beta").click()
    assert two.said() == "Beta is deleted."
    assert two.answered(ONE) == "yes", "the other one opens"
    two.press("Undo")
    assert two.answered(ONE) == "no"
    row(page, "Beta").get_by_role("button", name="Delete: Beta").click()
    reload_calmly(page)
    assert listed(page) == ["Alpha"]
    page.get_by_role("button", name="Restore it").click()
    assert two.said() == "Beta is back."
    assert page.evaluate("document.activeElement.dataset.act") == "undo"
    assert two.answered(ONE) == "yes", "the open one stays open"
    assert sorted(listed(page)) == ["Alpha", "Beta"]


def test_a_way_back_ends_with_the_next_change(two: Quiz) -> None:
    undo = two.head.get_by_role("button", name="Undo")
    two.load(json.dumps({"format": "stagebook-assessment/1", "rubric": {"id": "sample"}}))
    expect(undo).to_be_visible()
    two.answer(ONE, "partly")
    expect(undo).to_be_hidden()
    assert two.answered(ONE) == "partly"
    row(two.page, "Alpha").get_by_role("button", name="Delete: Alpha").click()
    two.press("Undo")
    assert two.answered(ONE) == "partly", "what was open before stays open"


@pytest.mark.parametrize("width", [390, 320])
def test_long_names_are_compared_on_a_phone(visit: Visit, small_stick: str, width: int) -> None:
    page = visit(small_stick, width=width).open(SMALL)
    quiz = Quiz(page)
    for number in range(2):
        quiz.head.locator("[data-el=said]").evaluate("one => (one.textContent = '')")
        named = f"Customer service assistant for private customers, product {number}"
        file = {"format": "stagebook-assessment/1", "rubric": {"id": "sample"}, "subject": named}
        quiz.load(json.dumps({**file, "answers": {ONE: {"answer": "yes"}}}))
    page.evaluate("location.hash = 'quiz-compare'")
    page.locator("#quiz-compare select").first.wait_for()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.long
def test_a_file_is_added_and_nothing_overwritten(two: Quiz) -> None:
    file = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.2.0"},
        "subject": "Checkout assistant",
        "answers": {ONE: {"answer": "partly"}},
    }
    text = json.dumps(file)
    two.load(text)
    assert two.said() == (
        "answers.json is now the current assessment. Your other assessments are unchanged."
    )
    assert sorted(listed(two.page)) == ["Alpha", "Beta", "Checkout assistant"]
    two.press("Undo")
    assert sorted(listed(two.page)) == ["Alpha", "Beta"]
    assert two.answered(ONE) == "no"
    two.load(text)
    two.page.locator("stagebook-quiz [data-el=said]").evaluate("one => (one.textContent = '')")
    two.load(text)
    assert "was already among your assessments" in two.said()
    assert len(listed(two.page)) == 3


@pytest.mark.parametrize("named", ["", "shop=1"])
def test_a_tab_knows_its_assessment_by_the_name_of_the_window(two: Quiz, named: str) -> None:
    if named:
        two.page.evaluate("name => (window.name = name)", named)
        start_new(two.page)
        two.answer(ONE, "no")
    other = Quiz(two.page.context.new_page())
    other.page.goto(two.page.url.split("#")[0])
    other.page.locator(".sb-live").wait_for()
    row(other.page, "Alpha").get_by_role("button", name="Open: Alpha").click()
    # Of files, Chromium shows the next page what the tab keeps for itself only later, at times.
    two.page.evaluate("() => sessionStorage.clear()")
    reload(two.page)
    # A name that somebody else gave is theirs.
    assert two.page.evaluate("() => window.name").endswith(named)
    assert ("Alpha" if named else "Beta") in two.head.inner_text()


@pytest.mark.long
def test_two_tabs_may_hold_different_assessments(two: Quiz) -> None:
    other = Quiz(two.page.context.new_page())
    other.page.goto(two.page.url.split("#")[0])
    other.page.locator(".sb-live").wait_for()
    row(other.page, "Alpha").get_by_role("button", name="Open: Alpha").click()
    two.answer(TWO, "no")
    other.answer(TWO, "yes")
    reload_calmly(two.page)
    assert "Beta" in two.head.inner_text()
    assert two.answered(TWO) == "no"
    assert other.answered(TWO) == "yes"


def test_two_tabs_typing_in_one_note_keep_both_texts(visit: Visit, small_address: str) -> None:
    visitor = visit(small_address)
    one, two = Quiz(visitor.open(SMALL)), Quiz(visitor.open(SMALL))
    for quiz in (one, two):
        quiz.question(ONE).locator("summary").click()
    fields = [quiz.question(ONE).locator("[data-field=note]") for quiz in (one, two)]
    # Both begin before either has paused.
    one.page.evaluate(
        """() => {
          const set = window.setTimeout;
          window.setTimeout = (act, ms, ...more) => set(act, ms === 300 ? 1500 : ms, ...more);
        }"""
    )
    fields[0].press_sequentially("from the first tab")
    fields[1].press_sequentially("from the second")
    fields[1].blur()
    one.page.wait_for_timeout(200)
    fields[0].blur()
    expect(fields[0]).to_have_value("from the second\nfrom the first tab")
    assert "now contains both versions" in one.said()
    assert one.stored()["answers"][ONE]["note"] == "from the second\nfrom the first tab"


@pytest.mark.long
def test_evidence_of_two_tabs_is_kept_of_both(visit: Visit, small_served: str) -> None:
    visitor = visit(small_served)
    one, two = Quiz(visitor.open(SMALL)), Quiz(visitor.open(SMALL))
    for quiz, words in ((one, "first"), (two, "second")):
        question = quiz.question(ONE)
        question.locator("summary").click()
        question.get_by_role("button", name="Add evidence").click()
        question.get_by_label("Name of the evidence").last.fill(words)
    one.page.wait_for_function("() => JSON.stringify(localStorage).includes('second')")
    kept = one.stored()["answers"][ONE]["evidence"]
    assert sorted(each["title"] for each in kept) == ["first", "second"]


@pytest.mark.long
def test_what_is_deleted_in_another_tab_is_said_and_can_be_kept(
    visit: Visit, small_address: str
) -> None:
    visitor = visit(small_address)
    one, two = Quiz(visitor.open(SMALL)), Quiz(visitor.open(SMALL))
    one.answer(ONE, "yes")
    expect(two.question(ONE).locator("input[value=yes]")).to_be_checked()
    row(two.page, "Unnamed assessment").get_by_role("button", name="Delete").click()
    kept = one.head.locator(".sb-kept")
    expect(kept).to_contain_text("stored copy of this assessment is gone")
    assert one.answered(ONE) == "yes"
    one.press("Keep it")
    expect(kept).not_to_contain_text("gone")
    assert one.stored()["answers"][ONE]["answer"] == "yes"


@pytest.mark.long
def test_what_the_browser_throws_away_is_said_and_stored_again(
    visit: Visit, small_address: str
) -> None:
    quiz = Quiz(visit(small_address).open(SMALL))
    quiz.answer(ONE, "yes")
    quiz.page.evaluate("() => localStorage.clear()")
    quiz.answer(TWO, "no")
    assert "The browser deleted what this page had stored" in quiz.head.inner_text()
    assert set(quiz.stored()["answers"]) == {ONE, TWO}


@pytest.mark.long
def test_garbage_in_storage_is_kept_and_offered_as_a_file(visit: Visit, small_served: str) -> None:
    visitor = visit(small_served)
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    garbage = '{"format": "stagebook-assessment/1", "answers": '
    quiz.page.evaluate(
        """(text) => {
          const key = Object.keys(localStorage).find((one) => /assessment.1.sample$/.test(one));
          localStorage.setItem(key, text);
        }""",
        garbage,
    )
    quiz.page.reload()
    quiz.page.locator(".sb-live").wait_for()
    assert "could not be read. They have not been deleted." in quiz.head.inner_text()
    with quiz.page.expect_download() as started:
        quiz.press("Download the unreadable answers")
    assert Path(started.value.path()).read_text("utf-8") == garbage
    quiz.answer(TWO, "no")
    assert set(quiz.stored()["answers"]) == {TWO}


@pytest.mark.long
def test_an_assessment_of_an_earlier_release_is_still_there(
    visit: Visit, small_served: str
) -> None:
    """Releases up to 1.0 kept one assessment, without an id, a team or a date."""
    visitor = visit(small_served)
    page = visitor.open(SMALL)
    old = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.0.0"},
        "answers": {ONE: {"answer": "partly", "note": "old"}},
        "measures": {},
        "symptoms": [],
    }
    key = "/stagebook-assessment/1.sample"
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(old)])
    page.close()
    quiz = Quiz(visitor.open(SMALL))
    assert quiz.answered(ONE) == "partly"
    assert quiz.question(ONE).locator("[data-field=note]").input_value() == "old"


def test_without_storage_several_assessments_live_on_in_memory(
    visit: Visit, small_served: str
) -> None:
    visitor = visit(small_served, expect_errors=True)
    visitor.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    quiz = Quiz(visitor.open(SMALL))
    loads: list[str] = []

    def note_load(request: Request) -> None:
        if request.is_navigation_request():
            loads.append(request.url)

    quiz.page.on("request", note_load)
    assert "does not let this page store anything" in quiz.head.inner_text()
    name(quiz, "Alpha")
    quiz.answer(ONE, "yes")
    start_new(quiz.page)
    # What went wrong is told apart: the click was lost, the page was loaded, or the list is old.
    expect(quiz.head).to_contain_text("This is a new assessment")
    name(quiz, "Beta")
    assert (sorted(listed(quiz.page)), loads) == (["Alpha", "Beta"], [])
    row(quiz.page, "Alpha").get_by_role("button", name="Open: Alpha").click()
    assert quiz.answered(ONE) == "yes"


@pytest.mark.long
def test_a_full_browser_that_has_room_again_stores_all(visit: Visit, small_served: str) -> None:
    visitor = visit(small_served, expect_errors=True)
    visitor.context.add_init_script(
        """const put = Storage.prototype.setItem;
        window.full = true;
        Storage.prototype.setItem = function (...entry) {
          if (window.full) throw new DOMException("The quota is exceeded.", "QuotaExceededError");
          put.apply(this, entry);
        };"""
    )
    quiz = Quiz(visitor.open(SMALL))
    quiz.answer(ONE, "yes")
    assert "storage is full" in quiz.head.inner_text()
    assert quiz.download()["answers"][ONE]["answer"] == "yes"
    quiz.page.evaluate("() => (window.full = false)")
    quiz.answer(TWO, "no")
    assert "storage is full" not in quiz.head.inner_text()
    assert set(quiz.stored()["answers"]) == {ONE, TWO}


@pytest.mark.long
def test_a_clock_that_is_set_back_changes_no_answer(visit: Visit, stick: str) -> None:
    visitor = visit(stick)
    page = visitor.open(FULL)
    quiz = Quiz(page)
    page.clock.set_fixed_time("2026-11-25T12:00:00")
    quiz.answer(FIRST, "yes")
    page.clock.set_fixed_time("1999-12-31T23:59:00")
    quiz.answer(SECOND, "no")
    assert set(quiz.stored()["answers"]) == {FIRST, SECOND}
    assert quiz.stored()["date"] == "2026-11-25"
    assert "minutes left" in quiz.head.inner_text()
    assert not re.search(r"-\d+ minutes|NaN", quiz.head.inner_text())


def test_another_version_of_a_site_offers_what_the_first_keeps(
    visit: Visit, small: Path, tmp_path: Path
) -> None:
    for version in ("v1", "v2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / SMALL).write_bytes((small / SMALL).read_bytes())
    with serve(tmp_path) as address:
        visitor = visit(address)
        old = Quiz(visitor.open(f"v1/{SMALL}"))
        name(old, "Alpha")
        old.answer(ONE, "yes")
        kept = old.stored()
        new = Quiz(visitor.open(f"v2/{SMALL}"))
        assert new.answered(ONE) is None
        new.page.get_by_role("link", name="Show them in the list").click()
        new.page.get_by_role("button", name="Copy to this site: Alpha").click()
        assert new.said() == "This is a copy of Alpha."
        assert new.answered(ONE) == "yes"
        # What is changed here changes nothing there.
        new.answer(ONE, "no")
        again = Quiz(visitor.open(f"v1/{SMALL}"))
        assert again.answered(ONE) == "yes"
        keys = again.page.evaluate("Object.keys(localStorage)")
        [key] = [one for one in keys if re.search(r"^/v1/stagebook-assessment/1\.[\w-]+$", one)]
        assert json.loads(again.page.evaluate("key => localStorage[key]", key)) == kept
