"""Terms of the glossary in a browser: by key, pointer and finger, on a phone, on paper, copied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import SMALL, Visitor, open_result, scroll_to
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
TERM = ".sb-results .sb-term"
SHOWN = ".sb-gloss:not([hidden])"


def blocking(page: Page) -> str:
    """Return where a result says "blocking", once that can be pressed."""
    where = f"{TERM} >> text=blocking"
    expect(page.locator(where)).to_be_visible()
    return where


@pytest.mark.long
def test_a_meaning_shows_below_its_word_and_moves_nothing(visit: Visit, small_address: str) -> None:
    page = open_result(visit, small_address)
    term = page.locator(blocking(page))
    scroll_to(term)
    before = page.locator(".sb-results").bounding_box()
    page.mouse.move(0, 0)
    term.hover()
    note = page.locator(SHOWN)
    expect(note).to_contain_text("its stage and those above stay out of reach")
    word, box = term.bounding_box(), note.bounding_box()
    assert word
    assert box
    assert word["y"] < box["y"] <= word["y"] + word["height"] + 1
    assert page.locator(".sb-results").bounding_box() == before
    # The pointer may go there, and stay as long as one reads.
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=5)
    page.wait_for_timeout(600)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)


@pytest.mark.long
def test_the_tab_key_comes_to_each_word_once(visit: Visit, small_stick: str) -> None:
    page = open_result(visit, small_stick)
    blocking(page)
    words = [one.lower() for one in page.locator(TERM).all_inner_texts()]
    assert len(words) == len(set(words))
    page.locator(TERM).last.focus()
    expect(page.locator(SHOWN)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(TERM).last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(SHOWN)).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.locator(SHOWN)).to_have_count(0)


def test_a_finger_opens_and_closes_it_on_a_small_phone(visit: Visit, small_stick: str) -> None:
    page = open_result(visit, small_stick, width=320, has_touch=True)
    term = page.locator(blocking(page))
    term.tap()
    note = page.locator(SHOWN)
    expect(note).to_have_count(1)
    box = note.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert axe(page, ".sb-quiz", TAGS) == []
    paint(page, "dark")
    assert axe(page, SHOWN, COLOURS) == []
    term.tap()
    expect(note).to_have_count(0)


@pytest.mark.long
def test_copied_and_printed_it_is_text(visit: Visit, small_stick: str) -> None:
    page = open_result(visit, small_stick)
    term = page.locator(blocking(page))
    line = term.locator("xpath=..")
    assert "(blocking)" in line.inner_text()
    selected = line.evaluate(
        """(line) => {
          getSelection().selectAllChildren(line);
          return getSelection().toString();
        }"""
    )
    assert "(blocking)" in selected
    term.focus()
    page.emulate_media(media="print")
    expect(page.locator(".sb-gloss:visible")).to_have_count(0)
    assert term.evaluate("one => getComputedStyle(one).textDecorationLine") == "none"


@pytest.mark.long
def test_without_the_third_script_terms_are_text(visit: Visit, stick: str) -> None:
    visitor = visit(stick, expect_errors=True)
    visitor.context.route("**/stagebook-several.js", lambda route: route.abort())
    page = visitor.open("ai-product/assessment.html?sample#result", one=True)
    page.locator(".sb-results:not([aria-busy]) .sb-heat").wait_for()
    assert page.locator(".sb-term").count() == 0
    assert "(blocking)" in page.locator(".sb-results").inner_text()


@pytest.mark.long
def test_a_term_in_the_question_shown_is_explained(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL, one=True)
    page.goto(f"{small_stick}{SMALL}#dimensions/care/drill-done")
    term = page.locator(".sb-current .sb-term")
    expect(term).to_have_text("drill")
    term.click()
    expect(page.locator(SHOWN)).to_have_text("A rehearsal.")
    page.locator(".sb-current legend").click()
    expect(page.locator(SHOWN)).to_have_count(0)
