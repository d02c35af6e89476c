"""Taking a result elsewhere, in a browser: link, clipboard, files, paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import FIRST, FULL, ONE, SMALL, Quiz, Visitor, scroll_to
from folders import ROOT
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NOTE = "Ask the platform team."
Visit = Callable[..., Visitor]


def answered(page: Page, gate: str) -> Quiz:
    """Answer a question with a note."""
    quiz = Quiz(page)
    quiz.page.locator("[data-about=subject]").fill("Checkout")
    quiz.answer(gate, "partly")
    quiz.note(gate, NOTE)
    scroll_to(quiz.results)
    quiz.settled()
    return quiz


@pytest.fixture
def quiz(visit: Visit, small_address: str) -> Quiz:
    return answered(visit(small_address).open(SMALL), ONE)


def press(quiz: Quiz, name: str) -> None:
    quiz.results.get_by_role("button", name=name, exact=True).click()


def pasted(page: Page) -> str:
    """Return what one gets who pastes."""
    page.evaluate("() => document.body.prepend(document.createElement('textarea'))")
    area = page.locator("body > textarea").first
    area.focus()
    page.keyboard.press("ControlOrMeta+v")
    return area.input_value()


def link(quiz: Quiz) -> str:
    press(quiz, "Copy a link")
    shown = quiz.results.get_by_label("Link", exact=True)
    quiz.results.locator("[data-el=told]", has_text="Link copied").wait_for()
    assert pasted(quiz.page) == shown.input_value()
    return shown.input_value()


def follow(visit: Visit, address: str, link: str, path: str = SMALL) -> Quiz:
    return Quiz(visit(address).open(f"{path}#{link.partition('#')[2]}"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("place", "path", "gate"), [("served", FULL, FIRST), ("small_stick", SMALL, ONE)]
)
def test_a_link_is_added_only_when_the_reader_says_so(
    request: pytest.FixtureRequest, visit: Visit, place: str, path: str, gate: str
) -> None:
    address = request.getfixturevalue(place)
    quiz = answered(visit(address).open(path), gate)
    other = follow(visit, address, link(quiz), path)
    notice = other.head.get_by_text("Checkout")
    notice.wait_for()
    assert "#stagebook" not in other.page.url
    assert other.answered(gate) is None
    other.press("Discard it")
    assert not notice.is_visible()
    assert other.page.evaluate("() => JSON.stringify(localStorage)").count("Checkout") == 0


def test_a_link_holds_notes_only_if_asked(quiz: Quiz, visit: Visit, small_address: str) -> None:
    for notes in (False, True):
        quiz.results.get_by_label("Include notes, evidence and your name in the link").set_checked(
            notes
        )
        other = follow(visit, small_address, link(quiz))
        other.press("Add it to my assessments")
        assert other.answered(ONE) == "partly"
        assert other.download()["answers"][ONE].get("note") == (NOTE if notes else None)


@pytest.mark.long
def test_a_link_cut_short_is_refused_in_words(quiz: Quiz, visit: Visit, small_address: str) -> None:
    other = follow(visit, small_address, link(quiz)[:-9])
    said = other.head.get_by_text("damaged or incomplete")
    said.wait_for()
    assert "Nothing was changed." in said.inner_text()


def test_result_and_plan_are_copied_as_the_page_says_them(visit: Visit, stick: str) -> None:
    quiz = Quiz(visit(stick).open(FULL))
    quiz.load((ROOT / "tests" / "assessments" / "ai-product.json").read_bytes())
    quiz.page.locator("[data-about=subject]").fill("Checkout")
    quiz.page.locator("[data-about=date]").fill("2026-11-23")
    scroll_to(quiz.results)
    quiz.settled()
    press(quiz, "Copy as Markdown")
    quiz.results.get_by_text("Copied. The text contains your answers").wait_for()
    result = pasted(quiz.page)
    assert result.startswith("## AI Product Maturity Model, Checkout, 2026-11-23\n\n")
    assert "\n\n### What holds you back\n\n- " in result
    press(quiz, "Copy the plan")
    plan = pasted(quiz.page).strip()
    assert plan in result
    tasks = [line for line in plan.splitlines() if line.startswith("- [ ] ")]
    assert len(tasks) == quiz.results.locator(".sb-plan ol > li").count() > 0


@pytest.mark.long
def test_table_and_badge_are_files(quiz: Quiz) -> None:
    for name, ending, words in (("Table (CSV)", "csv", NOTE), ("Badge (SVG)", "svg", "Sample")):
        with quiz.page.expect_download() as started:
            press(quiz, name)
        assert started.value.suggested_filename.endswith(f".{ending}")
        assert words in Path(started.value.path()).read_text("utf-8")


@pytest.mark.parametrize("one", [False, True], ids=["all", "one"])
def test_the_result_or_everything_is_printed(visit: Visit, small_stick: str, one: bool) -> None:
    quiz = Quiz(visit(small_stick).open(f"{SMALL}#result", one=one))
    file = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample"},
        "subject": "Shop",
        "date": "2026-11-23",
        "answers": {ONE: {"answer": "partly", "note": NOTE}},
    }
    quiz.load(json.dumps(file))
    if one:
        quiz.head.get_by_role("link", name="Your result").click()
    quiz.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    quiz.page.emulate_media(media="print")
    question = quiz.question(ONE)
    for name, everything in (("Print the result", False), ("Print everything", True)):
        button = quiz.results.get_by_role("button", name=name, include_hidden=True)
        button.dispatch_event("click")
        quiz.page.wait_for_function("() => window.printed")
        assert quiz.results.locator(".sb-headline").is_visible()
        assert "Shop · 2026-11-23" in quiz.results.locator(".sb-on-paper").inner_text()
        assert not [
            one.evaluate("o => o.outerHTML")
            for one in quiz.page.locator("button:not(.sb-term), .sb-results select").all()
            if one.is_visible()
        ]
        for control in (".sb-target", ".sb-share", "[data-el=nav]"):
            assert not quiz.page.locator(control).first.is_visible()
        assert question.is_visible() == everything
        assert question.locator("[data-field=note]").is_visible() == everything
        quiz.page.evaluate("() => { printed = false; dispatchEvent(new Event('afterprint')); }")
    assert question.is_visible() != one
    assert not question.locator("[data-field=note]").is_visible()
