"""Whatever the browser refuses to store and whatever loads the page anew, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from browser import (
    ARGUMENTS,
    FIRST,
    FULL,
    QUICK,
    SECOND,
    STAGE,
    Quiz,
    Visitor,
    chromium_path,
    name,
    reload,
    work_over_reloads,
)
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]

DENY = """Object.defineProperty(window, "%s", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});"""
SESSION_ONLY = DENY % "localStorage"
NOTHING = SESSION_ONLY + DENY % "sessionStorage"
FULL_UP = """const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (...entry) {
  if (this === localStorage) throw new DOMException("Exceeded.", "QuotaExceededError");
  put.apply(this, entry);
};"""
LASTS = {
    SESSION_ONLY: "until you close this tab",
    NOTHING: "while this tab stays on this page",
}
LASTS[FULL_UP] = LASTS[SESSION_ONLY]


class Refused(NamedTuple):
    """A visitor whose browser stores nothing for good, and what it refuses."""

    visitor: Visitor
    refusal: str


@pytest.fixture(
    params=[("http", NOTHING), ("file", SESSION_ONLY), ("file", FULL_UP)],
    ids=["http-nothing", "file-session-only", "file-full"],
)
def refused(request: pytest.FixtureRequest, visit: Visit, stick: str, served: str) -> Refused:
    """Make a visitor whose browser stores nothing for good; the theme itself minds that."""
    place, refusal = request.param
    visitor = visit(served if place == "http" else stick, expect_errors=True)
    visitor.context.add_init_script(refusal)
    return Refused(visitor, refusal)


def test_everything_typed_outlives_a_reload(refused: Refused) -> None:
    quiz = Quiz(refused.visitor.open(FULL))
    name(quiz, "Alpha")
    expect(quiz.head).to_contain_text(LASTS[refused.refusal])
    work_over_reloads(quiz)
    expect(quiz.head).to_contain_text(LASTS[refused.refusal])
    assert not [error for error in refused.visitor.errors if "stagebook" in error.lower()]


TRAVEL = """(steps) => new Promise((arrived) => {
  // What listens to the same event has heard it then.
  addEventListener("popstate", () => setTimeout(arrived), { once: true });
  history.go(steps);
})"""


def test_back_and_forward_in_the_page_lose_nothing(refused: Refused) -> None:
    page = refused.visitor.open(QUICK, one=True)
    quiz = Quiz(page)
    while not page.locator(".sb-current fieldset[data-gate]").count():
        page.get_by_role("button", name="Continue").click()
    gate = page.locator(".sb-current fieldset").get_attribute("data-gate") or ""
    quiz.answer(gate, "yes")
    for steps in (-1, -1, 1):
        page.evaluate(TRAVEL, steps)
        reload(page)
        expect(quiz.head).to_contain_text("1 of 12 answered")


def test_another_page_of_the_site_shows_what_the_tab_keeps(visit: Visit, address: str) -> None:
    visitor = visit(address, expect_errors=True)
    visitor.context.add_init_script(SESSION_ONLY)
    asked: list[str] = []
    page = visitor.open(STAGE)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    gate = page.locator("fieldset[data-gate]").first.get_attribute("data-gate") or ""
    Quiz(page).answer(gate, "yes")
    page.get_by_role("link", name="Full assessment").first.click()
    page.wait_for_url("**/assessment.html*")
    page.locator(".sb-live").wait_for()
    assert Quiz(page).answered(gate) == "yes"
    assert asked == []


@pytest.mark.parametrize("script", ["", NOTHING], ids=["stored", "refused"])
def test_one_is_asked_before_one_leaves_what_would_be_lost(
    visit: Visit, address: str, script: str
) -> None:
    visitor = visit(address, expect_errors=True)
    visitor.context.add_init_script(script)
    page = visitor.open(FULL)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    Quiz(page).answer(FIRST, "yes")
    page.close(run_before_unload=True)
    page.wait_for_timeout(500) if script else None
    assert asked == (["beforeunload"] if script else [])


def test_with_all_site_data_blocked_nothing_is_lost(
    chromium: Browser, served: str, tmp_path: Path
) -> None:
    """Tell Chromium to store nothing of any site, as people do: nothing stands in for it here."""
    (tmp_path / "Default").mkdir()
    told = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(told), encoding="utf-8")
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=chromium_path(whole=True), args=ARGUMENTS
    )
    context.set_default_timeout(10_000)
    try:
        page = context.new_page()
        page.goto(served + FULL)
        page.locator(".sb-live").wait_for()
        page.get_by_role("button", name="All on one page").click()
        with pytest.raises(Exception, match="SecurityError"):
            page.evaluate("() => localStorage.length")
        work_over_reloads(Quiz(page))
    finally:
        context.close()


def test_what_was_refused_is_stored_once_it_is_not(visit: Visit, address: str) -> None:
    visitor = visit(address, expect_errors=True)
    visitor.context.add_init_script(f"if (!/allowed/.test(document.URL)) {{ {NOTHING} }}")
    quiz = Quiz(visitor.open(FULL))
    quiz.answer(FIRST, "yes")
    # The reader allows it, as the address stands for here, and loads the page again.
    quiz.page.evaluate("() => history.replaceState(history.state, '', '?allowed')")
    reload(quiz.page)
    assert quiz.answered(FIRST) == "yes"
    assert set(quiz.stored()["answers"]) == {FIRST}
    quiz.answer(SECOND, "no")
    expect(quiz.head).to_contain_text("Saved in this browser only.")
