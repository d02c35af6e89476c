"""The second script and the third: loaded when wanted, and missed in words where they cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import FIRST, FULL, STAGE, Quiz, Visitor
from playwright.sync_api import Page, Route
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
SCRIPT = "**/assets/stagebook/stagebook-extras.js"
MISSING = "This part of the page could not be loaded."


def missing(visitor: Visitor, path: str = FULL) -> Page:
    """Open a page whose second script is not there."""
    visitor.context.route(SCRIPT, lambda route: route.abort())
    return visitor.open(path)


def held_back(visitor: Visitor, path: str, *, one: bool = False) -> tuple[Page, Callable[[], None]]:
    """Open a page that waits for its second script; return it with what lets the script through."""
    waiting: list[Route] = []
    is_free = False

    def hold(route: Route) -> None:
        # The page before this one may have asked too, and its request may be the only one yet.
        if is_free:
            route.continue_()
        else:
            waiting.append(route)

    visitor.context.route(SCRIPT, hold)
    page = visitor.open("index.html")
    page.goto(visitor.address + path, wait_until="commit")
    page.locator(".sb-live").wait_for()
    if not one:
        page.locator("[data-act=all]").click()

    def let_through() -> None:
        nonlocal is_free
        is_free = True
        for route in waiting:
            route.continue_()

    return page, let_through


def test_the_question_one_reads_stays_when_the_shortest_way_is_known(
    visit: Visit, address: str
) -> None:
    page, let_through = held_back(visit(address), f"{FULL}#quiz-shortest", one=True)
    here, go_on = page.locator(".sb-current"), page.locator("[data-act=next]")
    go_on.click()
    for _ in range(3):
        here.locator("input[value=yes]").check()
        go_on.click()
    question = here.get_attribute("id")
    where = page.locator("[data-el=where]")
    expect(where).to_contain_text("Question 4 of 110")
    let_through()
    expect(where).to_contain_text("Question 4, at most")
    assert here.get_attribute("id") == question
    here.locator("input[value=yes]").check()
    go_on.click()
    expect(where).to_contain_text("Question 5, ")
    assert here.get_attribute("id") != question
    assert here.locator("fieldset[data-gate]").is_visible()


def test_a_section_says_what_is_missing_and_tries_again(visit: Visit, address: str) -> None:
    visitor = visit(address, expect_errors=True)
    page = missing(visitor)
    Quiz(page).answer(FIRST, "yes")
    section = page.locator("[id^=quiz-compare]")
    page.locator(".sb-places").get_by_role("link", name="Compare").click()
    expect(section.get_by_role("alert")).to_contain_text(MISSING)
    expect(section.get_by_role("alert")).to_contain_text("stagebook-extras.js")
    again = section.get_by_role("button", name="Try again")
    again.evaluate("button => button.toggleAttribute('data-pressed', true)")
    again.click()
    # The press gives the old button the focus too: only a new one says that the try has failed.
    expect(section.locator(".sb-missing button:not([data-pressed])")).to_be_focused()
    visitor.context.unroute(SCRIPT)
    section.get_by_role("button", name="Try again").click()
    section.locator("[data-el=few]").wait_for()
    expect(section.get_by_role("alert")).to_have_count(0)
    expect(section.locator("[role=heading]").first).to_be_focused()
    assert "sb-plan" in page.locator(".sb-results .sb-body").inner_html()


def test_without_it_answers_are_scored_and_kept(visit: Visit, address: str) -> None:
    visitor = visit(address, expect_errors=True)
    page = missing(visitor)
    quiz = Quiz(page)
    quiz.answer(FIRST, "yes")
    assert "Dimension by dimension" in quiz.settled()
    expect(quiz.results.get_by_role("alert")).to_contain_text(MISSING)
    page.reload()
    page.locator(".sb-live").wait_for()
    assert quiz.answered(FIRST) == "yes"
    assert quiz.download()["answers"][FIRST]["answer"] == "yes"


@pytest.mark.long
def test_a_press_that_came_too_early_is_not_lost(visit: Visit, address: str) -> None:
    visitor = visit(address)
    page, let_through = held_back(visitor, FULL)
    Quiz(page).answer(FIRST, "yes")
    with page.expect_download() as download:
        page.locator("[data-act=csv]").click()
        let_through()
    assert FIRST in Path(download.value.path()).read_text(encoding="utf-8")


@pytest.mark.long
def test_what_a_link_holds_is_offered_once_it_can_be(visit: Visit, address: str) -> None:
    visitor = visit(address)
    page, let_through = held_back(visitor, f"{FULL}#stagebook=1.00000000.x")
    notice = page.locator(".sb-said")
    expect(notice).to_be_empty()
    let_through()
    expect(notice).to_contain_text("damaged")


@pytest.mark.long
def test_a_page_of_a_few_gates_does_not_ask_for_it(visit: Visit, served: str) -> None:
    visitor = visit(served)
    asked: list[str] = []
    visitor.context.on("request", lambda request: asked.append(request.url))
    page = visitor.open(STAGE)
    page.wait_for_load_state("networkidle")
    assert any(url.endswith("/stagebook.js") for url in asked)
    assert not any(url.endswith("/stagebook-extras.js") for url in asked)


@pytest.mark.long
def test_a_page_of_a_few_gates_loads_it_to_open_a_file(visit: Visit, served: str) -> None:
    page = visit(served).open(STAGE)
    quiz = Quiz(page)
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate")
    assert gate
    quiz.answer(gate, "yes")
    with page.expect_download() as started:
        page.locator("[data-act=download]").click()
    download = started.value
    assert download.suggested_filename.startswith("ai-product-assessment-")
    data = json.loads(Path(download.path()).read_text("utf-8"))
    quiz.load(json.dumps({**data, "subject": "Theirs"}), "theirs.json")
    expect(quiz.head).to_contain_text("theirs.json is now the current assessment")
    assert quiz.answered(gate) == "yes"
