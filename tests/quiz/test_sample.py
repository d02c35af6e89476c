"""The example of a rubric in a browser: one press away, marked, apart from the reader's answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import TAGS, axe
from browser import FIRST, FULL, SMALL, Quiz, Visitor
from playwright.sync_api import Page
from waiting import drawn, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
EXAMPLE = ":is(a.sb-example, .sb-example a)"


def follow(page: Page, link: str) -> None:
    """Press a link, and wait for the quiz behind it."""
    page.locator(link).first.click()
    page.wait_for_url("**sample**")
    page.locator(".sb-sample.sb-live").wait_for()
    page.locator(".sb-results:not([aria-busy])").wait_for()


def kept(page: Page) -> str:
    """Return what the browser keeps of answers."""
    told: str = page.evaluate(
        "() => JSON.stringify(Object.entries(localStorage).filter(([k]) => /assessment/.test(k)))"
    )
    return told


def test_one_press_leads_to_it_and_one_back(visit: Visit, address: str) -> None:
    page = visit(address).open("ai-product/index.html")
    follow(page, EXAMPLE)
    result = page.locator(".sb-results")
    expect(result).to_have_class("sb-panel sb-step sb-results sb-current")
    assert "Claims assistant (fictional)" in drawn(result)
    assert result.locator(".sb-sample-note").is_visible()
    result.locator(".sb-sample-note a").click()
    page.locator(".sb-quiz.sb-live:not(.sb-sample)").wait_for()
    assert not page.locator(".sb-sample-note").first.is_visible()


@pytest.mark.long
def test_it_never_mixes_with_the_readers_own(visit: Visit, address: str) -> None:
    page = visit(address).open(FULL)
    quiz = Quiz(page)
    quiz.answer(FIRST, "partly")
    before = kept(page)
    follow(page, EXAMPLE)
    page.locator("[data-act=all]").click()
    assert quiz.answered(FIRST) == "yes"
    quiz.answer(FIRST, "no")
    assert kept(page) == before
    # The theme would give the picture the whole width, and its letters twice their size.
    page.get_by_text("The dimensions as a chart").click()
    box = page.get_by_role("img", name="The dimensions as a chart").bounding_box()
    assert box is not None
    assert 300 < box["width"] <= 400
    page.locator(".sb-sample-note a").first.click()
    page.locator(".sb-quiz.sb-live:not(.sb-sample)").wait_for()
    assert quiz.answered(FIRST) == "partly"


@pytest.mark.long
def test_in_the_single_file_as_well_and_readable_by_all(visit: Visit, small_address: str) -> None:
    page = visit(small_address, width=320).open(SMALL)
    follow(page, EXAMPLE)
    assert "Kite shop" in drawn(page.locator(".sb-results"))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert [one["id"] for one in axe(page, ".sb-results", TAGS)] == []


def test_nothing_is_added_to_the_example(visit: Visit, small_address: str) -> None:
    """It keeps nothing: what is loaded or begun in it would be gone with the next page."""
    page = visit(small_address).open(SMALL)
    assert page.locator("[data-act=load]").count() == 1
    follow(page, EXAMPLE)
    expect(page.locator("[data-act=load]")).to_be_hidden()
    for name in ("Your assessments", "Compare"):
        expect(page.locator(".sb-places a", has_text=name)).to_be_hidden()
    expect(page.locator(".sb-places a", has_text="Your result")).to_have_count(1)


@pytest.mark.long
def test_without_a_script_no_link_leads_there(visit: Visit, served: str) -> None:
    page = visit(served, java_script_enabled=False).open(FULL, wait=False)
    assert not page.locator(EXAMPLE).is_visible()
