"""The first ten minutes and the last, counted: presses, taps and what is seen without scrolling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import FULL, NOTHING, QUICK, Quiz, Visitor, reload_calmly, scroll_to
from folders import ROOT
from playwright.sync_api import Page
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PHONE: dict[str, Any] = {"width": 390, "has_touch": True, "is_mobile": True}
HEIGHT = 844

SEEN = """() => {
  const page = document.querySelector(".sb-current");
  const box = (one) => one.getBoundingClientRect();
  const choices = page.querySelector(".sb-choices");
  return {
    id: page.id,
    top: box(page.querySelector("legend")).top,
    bottom: choices && box(choices).bottom,
    next: box(page.querySelector("[data-act=next]")).bottom,
    text: page.querySelector("[data-el=where]").innerText,
    bar: getComputedStyle(page.querySelector("[data-el=where]"), "::after").height,
  };
}"""


def phone(visit: Visit, address: str, path: str) -> Page:
    """Open a page on a phone, as one comes to it first, its menu folded."""
    page = visit(address, unfold=False, **PHONE).open(path, one=True)
    page.set_viewport_size({"width": 390, "height": HEIGHT})
    page.evaluate("() => scrollTo(0, 0)")
    return page


@pytest.mark.long
@pytest.mark.parametrize("path", [QUICK, FULL])
def test_first_question_and_answers_are_seen_without_scrolling(
    visit: Visit, stick: str, path: str
) -> None:
    page = phone(visit, stick, path)
    seen = page.evaluate(SEEN)
    assert seen["id"] == "quiz-begin"
    assert 0 < seen["top"] < seen["bottom"] <= HEIGHT


@pytest.mark.long
def test_every_question_of_the_quick_check_fits_on_a_phone(visit: Visit, stick: str) -> None:
    page = phone(visit, stick, QUICK)
    seen: list[dict[str, Any]] = []
    for n in range(1, 13):
        page.locator("[data-act=next]").focus()
        page.keyboard.press("Enter")  # Two taps in a moment would be one.
        expect(page.locator("[data-el=where]")).to_contain_text(f"Question {n} of 12")
        seen.append(page.evaluate(SEEN))
    for one in seen:
        assert 0 < one["top"] < one["bottom"] < one["next"] <= HEIGHT, one
        assert one["bar"] != "auto"


def test_a_quick_check_takes_at_most_16_taps_on_a_phone(visit: Visit, stick: str) -> None:
    page = phone(visit, stick, QUICK)
    taps = 0

    def tap(where: str) -> None:
        nonlocal taps
        page.locator(f".sb-current {where}:visible").first.tap()
        taps += 1

    tap("[data-act=next]")
    tap("[data-el=going]")
    while page.locator(".sb-current fieldset[data-gate]").count():
        tap(".sb-choices label")
    tap("[data-act=next]")
    assert page.locator(".sb-current").get_attribute("id") == "result"
    assert taps <= 16


PRESSES = """async () => {
  const page = () => document.querySelector(".sb-current");
  let presses = 0;
  const press = async (what) => {
    const one = page().querySelector(what);
    one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
    presses += 1;
    await new Promise((done) => setTimeout(done));
  };
  let isGoing = false;
  while (page().id !== "result" && presses < 300) {
    const number = page().querySelector("[data-measure]");
    if (number) {
      number.value = "1";
      number.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (page().matches(":has(.sb-choices)") && page().id.startsWith("q-")) {
      if (!isGoing) await press("[data-el=going] input");
      isGoing = true;
      await press(".sb-choices input");
    } else {
      await press("[data-act=next]");
    }
  }
  return presses;
}"""


@pytest.mark.long
def test_a_full_assessment_takes_a_press_for_each_number_and_question(
    visit: Visit, stick: str
) -> None:
    """What a number answers is not asked again, and an answer goes on by itself where one wants.

    The number 1 answers ten gates here; eight more it could only have ruled out. Four more presses
    begin, ask to go on by itself, and pass symptoms and check.
    """
    page = visit(stick, unfold=False).open(FULL, one=True)
    assert page.evaluate(PRESSES) == 4 + 14 + (110 - 10)
    expect(Quiz(page).head).to_contain_text("110 of 110 answered")


@pytest.mark.long
def test_tab_leads_to_continue_in_a_few_presses_and_in_one_from_the_answers(
    visit: Visit, stick: str
) -> None:
    page = visit(stick, unfold=False).open(QUICK, one=True)
    page.locator("[data-act=next]").click()
    page.locator(".sb-current fieldset[data-gate]").wait_for()
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.locator("a.md-skip").focus()  # The first Tab on a page meets it.
    page.keyboard.press("Enter")
    presses = 1
    while page.evaluate("() => document.activeElement.dataset.act") != "next":
        page.keyboard.press("Tab")
        presses += 1
        assert presses <= 12
    page.locator(".sb-current .sb-choices input").last.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.act") == "next"


@pytest.mark.long
def test_from_home_to_the_first_answer_in_two_clicks(visit: Visit, address: str) -> None:
    page = visit(address, unfold=False).open("index.html", wait=False)
    page.locator(".md-button--primary").first.click()
    page.locator(".sb-quiz.sb-live").wait_for()
    page.locator(".sb-current .sb-choices label").first.click()
    expect(page.locator(".sb-current .sb-choices input").first).to_be_checked()


def test_from_the_last_answer_to_a_copied_plan_in_two_clicks(visit: Visit, stick: str) -> None:
    page = visit(stick, unfold=False).open(f"{FULL}#quiz-shortest", one=True)
    page.locator("[data-act=next]").click()
    while page.locator(".sb-current fieldset[data-gate]").count():
        page.locator(".sb-current .sb-choices label").first.click()
        page.locator("[data-act=next]").click()
    page.locator("[data-act=copy-plan]").click()
    expect(page.locator(".sb-share > [data-el=told]")).to_contain_text("Copied")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1280, 720)])
def test_home_answers_in_one_screen(visit: Visit, stick: str, width: int, height: int) -> None:
    for scheme in ("light", "dark"):
        page = visit(stick, width=width, color_scheme=scheme).open("index.html", wait=False)
        page.set_viewport_size({"width": width, "height": height})
        for what in ("h1", ".md-button--primary", f".first img[src*='only-{scheme}']"):
            box = page.locator(what).first.bounding_box()
            assert box, what
            assert box["y"] + box["height"] <= height, what
        assert page.locator(".first img:visible").count() == 1


@pytest.mark.long
def test_a_second_click_on_continue_skips_nothing(visit: Visit, stick: str) -> None:
    page = visit(stick, unfold=False).open(QUICK, one=True)
    page.locator("[data-act=next]").dblclick()
    expect(page.locator("[data-el=where]")).to_contain_text("Question 1 of 12")


def test_a_received_link_leads_to_its_result_in_one_press(visit: Visit, address: str) -> None:
    page = visit(address).open(FULL)
    quiz = Quiz(page)
    quiz.answer("data-input-inventory", "no")
    scroll_to(quiz.results)
    quiz.settled()
    quiz.results.get_by_role("button", name="Copy a link", exact=True).click()
    quiz.results.locator("[data-el=told]", has_text="Link copied").wait_for()
    link = quiz.results.get_by_label("Link", exact=True).input_value()
    page = visit(address, unfold=False).open(f"{FULL}#{link.partition('#')[2]}", one=True)
    page.locator("[data-el=link]").get_by_role("button").first.click()
    expect(page.locator("#result")).to_have_class("sb-panel sb-step sb-results sb-current")
    expect(page.locator("#result")).to_contain_text("A list of every input")


def team(page: Page) -> Any:
    return page.locator("#quiz-team [data-el=people] tr")


@pytest.mark.long
def test_back_and_a_reload_leave_the_team_view_as_it_was(visit: Visit, served: str) -> None:
    page = visit(served).open(f"{FULL}#quiz-team", one=True)
    folder: Path = ROOT / "content" / "examples"
    files = [folder / f"claims-assistant-{who}.json" for who in ("lead", "assessor")]
    page.locator("#quiz-team:not([aria-busy])").wait_for()
    page.locator("#quiz-team input[type=file]").set_input_files(files)
    expect(team(page)).to_have_count(2)
    page.locator(".sb-places").get_by_role("link", name="Result").click()
    page.go_back()
    expect(team(page)).to_have_count(2)
    reload_calmly(page)
    expect(team(page)).to_have_count(2)


@pytest.mark.long
def test_where_nothing_is_stored_the_full_assessment_gets_the_answers(
    visit: Visit, address: str
) -> None:
    visitor = visit(address, expect_errors=True)
    visitor.context.add_init_script(NOTHING)
    page = visitor.open(QUICK)
    quiz = Quiz(page)
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate") or ""
    quiz.answer(gate, "yes")
    scroll_to(quiz.results)
    quiz.settled()
    page.locator(".sb-results .sb-body a", has_text="full assessment").first.click()
    page.wait_for_url(f"**/{FULL}*")
    page.locator("[data-el=link]").get_by_role("button").first.click()
    assert quiz.answered(gate) == "yes"


@pytest.mark.long
def test_nothing_of_the_theme_covers_a_question(visit: Visit, served: str) -> None:
    page = phone(visit, served, QUICK)
    page.locator("[data-act=next]").tap()
    page.evaluate("() => scrollTo(0, 900)")
    page.evaluate("() => scrollTo(0, 300)")
    assert not page.locator(".md-top").is_visible()
