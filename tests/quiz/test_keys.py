"""Single keys, in a browser: from the first question to the result, past the theme's own keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe import TAGS, axe, keep_few_questions, paint, show_all
from browser import FULL, QUICK, Quiz, Visitor
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def turn_on(page: Page) -> None:
    page.locator(".sb-keys > summary").click()
    page.get_by_label("Use single keys in the questions").check()
    page.locator(".sb-keys > summary").click()


def here(page: Page) -> str:
    return str(page.locator(".sb-current").get_attribute("id"))


def test_a_quick_check_is_answered_without_tab_or_mouse(visit: Visit, served: str) -> None:
    page = visit(served).open(QUICK, one=True)
    quiz = Quiz(page)
    turn_on(page)
    page.keyboard.press("1")
    address = page.url.partition("#")[0]
    seen = 0
    while here(page) != "result":
        page.keyboard.press("Enter")
        if here(page).startswith("q-"):
            seen += 1
            page.keyboard.press(str(1 + seen % 3))
            assert page.evaluate("() => document.activeElement.checked") is True
    assert seen == 12
    assert page.url.partition("#")[0] == address
    assert len(quiz.stored()["answers"]) == 12
    assert quiz.stored()["believed_stage"] == "experimental"
    page.keyboard.press("ArrowLeft")
    assert here(page) != "result"


@pytest.mark.long
def test_letters_are_the_quizs_and_not_the_themes(visit: Visit, served: str) -> None:
    page = visit(served).open(FULL, one=True)
    turn_on(page)
    page.locator(".sb-quiz-menu > summary").click()
    page.keyboard.press("ArrowRight")
    while not here(page).startswith("q-"):
        page.keyboard.press("ArrowRight")
    gate = here(page).removeprefix("q-").rpartition("/")[2]
    page.keyboard.press("f")
    assert not page.locator("[data-md-toggle=search]").is_checked()
    address = page.url
    page.keyboard.press("n")
    page.keyboard.type("fn 1")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert page.url == address
    answer = Quiz(page).stored()["answers"][gate]
    assert answer == {"answer": "yes", "flag": True, "note": "fn 1"}
    page.reload()
    page.locator(".sb-quiz.sb-keyed").wait_for()
    page.keyboard.press("2")
    expect(page.locator(".sb-current input[value=partly]")).to_be_checked()


@pytest.mark.long
def test_arrows_move_the_other_way_where_one_writes_from_the_right(
    visit: Visit, stick: str
) -> None:
    page = visit(stick).open(FULL, one=True)
    turn_on(page)
    page.evaluate("() => (document.body.dir = 'rtl')")
    first = here(page)
    page.keyboard.press("ArrowLeft")
    assert here(page) != first
    page.keyboard.press("ArrowRight")
    assert here(page) == first


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(visit: Visit, stick: str) -> None:
    page = visit(stick, width=320).open(FULL)
    page.locator(".sb-keys > summary").click()
    page.get_by_label("Use single keys in the questions").check()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    answer = page.locator(".sb-question .sb-choices label").first
    number = answer.evaluate("one => getComputedStyle(one, '::before').content")
    assert number.startswith("counter(")
    keep_few_questions(page)
    show_all(page)
    for scheme in ("light", "dark"):
        paint(page, scheme)
        assert [one["id"] for one in axe(page, ".sb-keys", TAGS)] == []
        assert [one["id"] for one in axe(page, ".sb-question", TAGS)] == []
    names = page.get_by_role("radio", name="No", exact=True)
    assert names.count() > 0, "the number is not part of the name"
    page.emulate_media(media="print")
    assert not page.locator(".sb-keys").is_visible()
