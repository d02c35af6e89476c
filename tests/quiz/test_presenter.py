"""The presenter view in a browser: by keyboard from a file, for axe, on a small screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import SMALL, Visitor
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
Make = Callable[..., Page]
PANEL = ".sb-meeting"


@pytest.fixture
def make(visit: Visit, small_stick: str) -> Make:
    def open_(**options: Any) -> Page:
        page = visit(small_stick, **options).open(SMALL)
        page.evaluate("() => { location.hash = 'quiz-meeting'; }")
        expect(page.locator(f"{PANEL} [data-act=begin-meeting]")).to_be_visible()
        return page

    return open_


def answers(page: Page) -> Any:
    """Return the answers that are stored."""
    text = page.evaluate(
        "() => Object.values(localStorage).find((one) => one.startsWith('{\"format\"'))"
    )
    return json.loads(text)["answers"]


def test_by_keyboard_alone(make: Make) -> None:
    page = make()
    page.locator(f"{PANEL} [data-act=begin-meeting]").focus()
    page.keyboard.press("Enter")
    view = page.locator(f"{PANEL} [data-el=view]")
    expect(view).to_be_focused()
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate")
    for key in ("1", "1", "2", "Backspace"):
        page.keyboard.press(key)
    expect(page.locator(f"{PANEL} [data-answer] b").first).to_have_text("2")
    page.keyboard.press("d")
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.type("Seen 1 of 2.")
    page.keyboard.press("Escape")
    expect(page.locator(f"{PANEL} dialog")).to_be_visible()
    given = answers(page)
    assert list(given) == [gate]
    assert given[gate]["note"] == "Seen 1 of 2."
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    expect(page.locator(f"{PANEL} dialog")).to_be_visible()
    page.keyboard.press("t")
    expect(page.locator(f"{PANEL} [role=timer]")).to_have_text("4:59")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"{PANEL} [data-el=count]")).to_have_text("2 of 4")
    page.keyboard.press("Escape")
    expect(page.locator(f"{PANEL} dialog")).to_be_hidden()
    expect(page.locator(f"{PANEL} [data-act=begin-meeting]")).to_be_focused()


@pytest.mark.long
def test_what_a_button_was_pressed_for_keeps_the_focus(make: Make) -> None:
    page = make()
    page.locator(f"{PANEL} [data-act=begin-meeting]").click()
    vote = page.locator(f"{PANEL} [data-answer] button").first
    vote.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator(f"{PANEL} [data-answer] b").first).to_have_text("2")
    expect(vote).to_be_focused()


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(make: Make) -> None:
    page = make(width=320)
    assert axe(page, PANEL, TAGS) == []
    page.locator(f"{PANEL} [data-act=begin-meeting]").click()
    for key in ("1", "2", "d", "1"):
        page.keyboard.press(key)
    width = "() => document.querySelector('.sb-view').scrollWidth"
    assert page.evaluate(width) <= 320
    assert axe(page, PANEL, TAGS) == []
    paint(page, "dark")
    assert axe(page, PANEL, COLOURS) == []
