"""Numbers typed into the quiz, key by key: read as people write them, never silently changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser import Quiz, Visitor, reload, scroll_to
from playwright.sync_api import Locator, Page
from stagebook.checks.loader import read_rubric
from stagebook.i18n import quiz_words
from stagebook.site import single_file
from waiting import drawn, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
RUBRIC = """\
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
language: {language}
stages:
  start: {{level: 1, title: Start}}
  known: {{level: 2, title: Known}}
dimensions:
  care: {{title: Care}}
measures:
  days: {{title: Days to answer, unit: days, min: 0, max: 365}}
gates:
  soon:
    dimension: care
    stage: known
    title: Answers come soon
    test: T.
    blocking: true
    measure: {{of: days, "yes": "<= 2"}}
  kept:
    dimension: care
    stage: known
    title: Answers are kept
    test: T.
  read:
    dimension: care
    stage: known
    title: Answers are read
    test: T.
scoring: {{decimals: 2}}
"""


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write the quiz of a small rubric, in English and in German; return the address."""
    folder = tmp_path_factory.mktemp("desks")
    for language in ("en", "de"):
        rubric = read_rubric(RUBRIC.format(language=language), "desk.yml").rubric
        (folder / f"{language}.html").write_text(single_file(rubric), encoding="utf-8")
    return f"{folder.as_uri()}/"


@pytest.fixture
def page(visit: Visit, desks: str) -> Page:
    return visit(desks, locale="en-US").open("en.html")


def field(page: Page) -> Locator:
    return page.locator("[data-measure=days]")


def type_number(page: Page, text: str) -> None:
    """Type over what stands in the field, as a person does, and leave it."""
    field(page).press("Control+a")
    field(page).press_sequentially(text)
    field(page).press("Tab")


def message(page: Page) -> Locator:
    """Return what describes the field, as a screen reader finds it."""
    id_ = field(page).get_attribute("aria-describedby")
    assert id_
    return page.locator(f"[id='{id_}']")


def checked(page: Page) -> str:
    panel = page.locator("#quiz-check")
    scroll_to(panel)
    return drawn(panel)


def is_wrong(page: Page) -> bool:
    return field(page).get_attribute("aria-invalid") == "true"


@pytest.mark.long
def test_a_decimal_comma_is_one_in_a_browser_in_english(page: Page) -> None:
    quiz = Quiz(page)
    for text in ("1,5", "1.5", " 1,5 ", "1,5 days", "1.50"):
        type_number(page, "7")
        assert quiz.stored()["measures"] == {"days": 7}
        type_number(page, text)
        assert field(page).input_value() == text
        assert "Days to answer is 1.5 days, so the answer is: Yes." in quiz.shows("soon"), text
        assert quiz.stored()["measures"] == {"days": 1.5}, text
        assert not is_wrong(page), text
        reload(page)
        assert field(page).input_value() == "1.5", text


@pytest.mark.long
def test_what_is_not_understood_replaces_the_number_before_it(page: Page) -> None:
    quiz = Quiz(page)
    type_number(page, "1")
    assert "Days to answer is 1 days, so the answer is: Yes." in quiz.shows("soon")
    type_number(page, "2e")
    assert field(page).input_value() == "2e"
    assert is_wrong(page)
    words = message(page).inner_text()
    assert "“2e” cannot be read as a number" in words
    assert "Write it like 1.5 or 1500. In days, from 0 to 365." in words
    assert "so the answer is" not in quiz.shows("soon")
    assert "0 of 3 answered" in quiz.head.inner_text()
    listed = checked(page)
    assert listed.index("One number cannot be read") < listed.index("questions are not answered")
    assert "Days to answer" in listed
    type_number(page, "2")
    assert not is_wrong(page)
    assert field(page).get_attribute("aria-describedby") is None
    assert "Days to answer is 2 days, so the answer is: Yes." in quiz.shows("soon")


NO_ANSWER = {
    "1,500": "can mean 1500 or 1.5, so",
    "-1": "is out of range",
    "400 days": "is out of range",
    "12.345": "can mean 12345 or 12.3450, so",
    "10 %": "cannot be read as a number",
    "1e999": "is too large",
}


@pytest.mark.long
def test_what_answers_nothing_says_why(page: Page) -> None:
    quiz = Quiz(page)
    for text, words in NO_ANSWER.items():
        type_number(page, "1")
        assert "so the answer is" in quiz.shows("soon"), text
        type_number(page, text)
        assert field(page).input_value() == text
        assert f"“{text}” {words}" in message(page).inner_text()
        assert quiz.stored()["measures"] == {"days": text}
        assert "so the answer is" not in quiz.shows("soon"), text


def test_what_was_typed_survives_reload_file_link_and_another_tab(visit: Visit, desks: str) -> None:
    visitor = visit(desks)
    page = visitor.open("en.html")
    quiz = Quiz(page)
    quiz.answer("kept", "yes")
    # Not a moment passes between typing and leaving.
    field(page).press_sequentially("2e")
    reload(page)
    assert field(page).input_value() == "2e"
    assert is_wrong(page)
    file = quiz.download()
    assert file["measures"] == {"days": "2e"}
    other = Quiz(visitor.open("en.html"))
    assert field(other.page).input_value() == "2e"
    type_number(other.page, "3e")
    expect(field(page)).to_have_value("3e")
    assert is_wrong(page)
    elsewhere = Quiz(visit(desks).open("en.html"))
    elsewhere.load(json.dumps(file))
    assert "One entry cannot be read; it is kept in the file: measures.days." in elsewhere.said()
    assert field(elsewhere.page).input_value() == "2e"
    assert is_wrong(elsewhere.page)
    assert elsewhere.download() == file


@pytest.mark.long
def test_a_number_out_of_bounds_in_a_file_is_shown_and_answers_nothing(page: Page) -> None:
    quiz = Quiz(page)
    head = {"format": "stagebook-assessment/1", "rubric": {"id": "desk", "version": "1.0.0"}}
    quiz.load(json.dumps({**head, "answers": {"kept": "no"}, "measures": {"days": 366}}))
    assert field(page).input_value() == "366"
    assert "“366” is out of range" in message(page).inner_text()
    assert "so the answer is" not in quiz.shows("soon")


def test_a_german_page_writes_a_comma_everywhere(visit: Visit, desks: str) -> None:
    words = quiz_words("de")
    bounds = words["number-between"].format(unit="days", min=0, max=365)
    page = visit(desks, locale="en-US").open("de.html")
    quiz = Quiz(page)
    type_number(page, "1.5")
    said = {"measure": "Days to answer", "number": "1,5", "unit": "days"}
    assert words["measure-answers"].format(**said, answer="Ja") in quiz.shows("soon")
    quiz.answer("kept", "partly")
    result = quiz.settled()
    assert "1,5" in result
    panel = page.locator("#quiz-check")
    scroll_to(panel)
    panel.get_by_text(words["check-all"]).click()
    panel.get_by_text("1,5 days").wait_for()
    for details in page.locator(".sb-results details").all():
        details.evaluate("one => { one.open = true; }")
    shown = quiz.results.inner_text()
    for text in (result, shown):
        assert not [word for word in text.split() if is_decimal(word)], text
    reload(page)
    assert field(page).input_value() == "1,5"
    assert quiz.stored()["measures"] == {"days": 1.5}
    type_number(page, "1.500")
    said = {"typed": "1.500", "first": "1500", "second": "1,5", "bounds": bounds}
    assert message(page).inner_text() == words["number-ambiguous"].format(**said)
    type_number(page, "2e")
    said = {"typed": "2e", "example": "1,5", "bounds": bounds}
    assert message(page).inner_text() == words["number-form"].format(**said)
    with page.expect_download() as started:
        page.get_by_role("button", name="Tabelle (CSV)").click()
    assert ",0.5," in Path(started.value.path()).read_text("utf-8")


def is_decimal(word: str) -> bool:
    whole, mark, part = word.strip("().,;:").partition(".")
    return bool(mark) and whole.isdigit() and part.isdigit()


@pytest.mark.long
def test_an_ambiguous_number_of_a_file_is_shown_so_that_it_reads_back(page: Page) -> None:
    quiz = Quiz(page)
    said: dict[str, Any] = {"format": "stagebook-assessment/1", "rubric": {"id": "desk"}}
    quiz.load(json.dumps({**said, "answers": {"kept": "no"}, "measures": {"days": 1.125}}))
    assert field(page).input_value() == "1.1250"
    assert "Days to answer is 1.125 days, so the answer is: Yes." in quiz.shows("soon")
    field(page).press("End")
    field(page).press_sequentially(" days")
    field(page).press("Tab")
    assert quiz.stored()["measures"] == {"days": 1.125}
