"""What would change, in a browser: by keyboard, on a small screen, for axe, on paper."""

from __future__ import annotations

import functools
from collections.abc import Callable

import pytest
from axe import TAGS, axe, paint
from browser import Quiz, Visitor, open_result
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


@pytest.fixture
def make(visit: Visit, small_stick: str) -> Callable[..., Page]:
    return functools.partial(open_result, visit, small_stick)


def test_by_keyboard_alone_and_no_answer_changes(make: Callable[..., Page]) -> None:
    page = make()
    before = page.evaluate("() => JSON.stringify(localStorage)")
    page.locator(".sb-what-if > summary").focus()
    page.keyboard.press("Enter")
    box = page.locator(".sb-what-if")
    expect(box.locator("[data-el=fewest]")).to_contain_text("enough for First")
    tries = box.get_by_role("button", name="Suppose these are met")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.dataset.act") == "try":
            break
    expect(tries).to_be_focused()
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_contain_text("instead of Ground")
    page.locator(".sb-what-if [data-el=all] > details > summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    gate = page.locator(":focus")
    assert gate.get_attribute("data-supposed")
    was = gate.is_checked()
    page.keyboard.press("Space")
    assert page.locator(":focus").is_checked() is not was
    assert page.evaluate("() => JSON.stringify(localStorage)") == before
    assert Quiz(page).answered("plan-kept") == "no"


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(make: Callable[..., Page]) -> None:
    page = make(width=320)
    page.evaluate("() => document.querySelectorAll('.sb-what-if').forEach((o) => (o.open = true))")
    page.locator("[data-supposed=plan-kept]").wait_for(state="attached")
    page.get_by_role("button", name="Suppose these are met").click()
    page.evaluate(
        "() => document.querySelectorAll('.sb-what-if details').forEach((o) => (o.open = true))"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    for scheme in ("light", "dark"):
        paint(page, scheme)
        assert [one["id"] for one in axe(page, ".sb-what-if", TAGS)] == []


@pytest.mark.long
def test_paper_shows_none_of_it(make: Callable[..., Page]) -> None:
    page = make()
    page.locator(".sb-what-if > summary").click()
    page.emulate_media(media="print")
    assert not page.locator(".sb-what-if").is_visible()
