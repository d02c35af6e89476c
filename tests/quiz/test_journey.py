"""The way through the quiz: one question at a time, check, result; with Back, reload and links."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import FULL, ONE, QUICK, SMALL, STAGE, TWO, Quiz, Visitor, reload, scroll_to
from playwright.sync_api import Page
from stagebook.rubric.model import Rubric
from waiting import drawn, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
LATER = "gov-one-list"
"""One of the last questions of the quick check."""


def step(page: Page) -> str:
    """Return the id of the one step that shows."""
    shown = page.locator(".sb-quiz > .sb-step:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("id") or ""


def go_on(page: Page) -> str:
    page.get_by_role("button", name="Continue", exact=True).click()
    return step(page)


def test_the_believed_stage_is_asked_first_then_the_questions_then_the_check(
    visit: Visit, stick: str, rubric: Rubric
) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    assert step(page) == "quiz-begin"
    assert page.get_by_role("button", name="Back", exact=True).is_hidden()
    quiz.believe("scaled")
    asked = []
    for number, gate in enumerate(rubric.quick_check, 1):
        here = go_on(page)
        while here.startswith("m-"):
            here = go_on(page)
        asked.append(here)
        assert page.title().startswith(f"Question {number} of 12 – ")
        assert f"Question {number} of 12" in page.locator(".sb-where").inner_text()
        focused = page.locator(":focus")
        assert focused.inner_text() == f"{rubric.gates[gate].code} {rubric.gates[gate].title}"
        quiz.answer(gate, "yes")
    assert asked == [f"q-{gate}" for gate in rubric.quick_check]
    assert go_on(page) == "quiz-check"
    assert "Every question is answered" in drawn(page.locator("#quiz-check"))
    assert go_on(page) == "result"
    assert page.get_by_role("button", name="Continue", exact=True).is_hidden()
    assert "You believed that you were at Scaled" in quiz.settled()


def test_the_browsers_own_back_keeps_place_and_answers(visit: Visit, address: str) -> None:
    page = visit(address).open(QUICK, one=True)
    quiz = Quiz(page)
    places = [step(page)]
    for _ in range(3):
        places.append(go_on(page))
        if places[-1].startswith("q-"):
            quiz.answer(places[-1].removeprefix("q-"), "no")
    for place in reversed(places[:-1]):
        page.go_back()
        expect(page.locator(f"[id='{place}']")).to_be_visible()
        assert step(page) == place
    page.go_forward()
    expect(page.locator(f"[id='{places[1]}']")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    assert step(page) == places[0]


@pytest.mark.long
def test_a_reload_at_every_step_keeps_place_and_what_was_typed(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    page.locator("[data-about=subject]").press_sequentially("Checkout")
    seen: set[str] = set()
    for number in range(40):
        here = step(page)
        gate = here.removeprefix("q-")
        if here.startswith("q-"):
            quiz.answer(gate, "partly")
            quiz.question(gate).locator("summary").click()
            # Not a moment passes between typing and leaving.
            quiz.question(gate).locator("[data-field=note]").press_sequentially(f"note {number}")
        elif here.startswith("m-"):
            page.locator(f"[id='{here}'] [data-measure]").press_sequentially("7")
        # Some questions are enough: one is like the other.
        if not here.startswith("q-") or len(seen) < 4:
            reload(page)
        assert step(page) == here
        seen.add(here)
        if here == "quiz-begin":
            assert page.locator("[data-about=subject]").input_value() == "Checkout"
        elif here.startswith("q-"):
            assert quiz.answered(gate) == "partly"
            note = quiz.question(gate).locator("[data-field=note]")
            assert note.input_value() == f"note {number}"
        elif here.startswith("m-"):
            assert page.locator(f"[id='{here}'] [data-measure]").input_value() == "7"
        if here == "result":
            break
        go_on(page)
    assert {"quiz-begin", "quiz-check", "result"} < seen
    assert len(seen) > 10


@pytest.mark.long
def test_the_place_is_kept_for_the_next_visit(visit: Visit, served: str) -> None:
    visitor = visit(served)
    page = visitor.open(QUICK, one=True)
    go_on(page)
    here = go_on(page)
    page.close()
    assert step(visitor.open(QUICK, one=True)) == here


@pytest.mark.long
def test_one_at_a_time_or_all_at_any_moment(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    page.goto(f"{page.url.split('#')[0]}#q-{LATER}")
    quiz.answer(LATER, "yes")
    page.get_by_role("button", name="All on one page").click()
    assert page.locator(".sb-question:visible").count() == 12
    expect(quiz.question(LATER)).to_be_in_viewport()
    assert quiz.answered(LATER) == "yes"
    page.get_by_role("button", name="One question at a time").click()
    assert step(page) == f"q-{LATER}"
    reload(page)
    assert step(page) == f"q-{LATER}"


@pytest.mark.long
def test_a_part_of_the_questions_can_be_taken(visit: Visit, stick: str, rubric: Rubric) -> None:
    page = visit(stick).open(FULL)
    gates = rubric.gates.items()
    for scope, wanted in {
        "quick": set(rubric.quick_check),
        "stage:scaled": {id_ for id_, one in gates if one.stage == "scaled"},
        "dimension:memory": {id_ for id_, one in gates if one.dimension == "memory"},
    }.items():
        page.get_by_label("What to answer").select_option(scope)
        shown = page.locator("fieldset[data-gate]:visible").evaluate_all(
            "all => all.map((one) => one.dataset.gate)"
        )
        assert set(shown) == wanted, scope
        assert f"0 of {len(wanted)} answered, about" in Quiz(page).head.inner_text()
        headings = page.locator(".sb-quiz > h2:visible").count()
        assert headings == len({rubric.gates[gate].dimension for gate in wanted}), scope
        used = {m.of for gate in wanted if (m := rubric.gates[gate].measure)}
        if scope == "quick":
            used = set()  # A few questions are asked in words, not for numbers to look up.
        assert page.locator(".sb-measure:visible").count() == len(used), scope
        # A link to a question of another part asks everything again, instead of leading nowhere.
        other = next(id_ for id_ in rubric.gates if id_ not in wanted)
        page.goto(f"{page.url.split('#')[0]}#q-{other}")
        expect(page.locator(f"#q-{other}")).to_be_visible()


@pytest.mark.long
def test_what_a_measure_answers_is_not_asked_again(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL, one=True)
    quiz = Quiz(page)
    while step(page) != "m-plan-days":
        go_on(page)
    quiz.measure("plan-days", "12")
    asked = []
    while go_on(page) != "quiz-check":
        asked += page.locator("fieldset[data-gate]:visible").evaluate_all(
            "all => all.map((one) => one.dataset.gate)"
        )
    assert sorted(asked) == sorted([ONE, TWO, "load-known"])


@pytest.mark.long
def test_change_leads_to_the_question_and_back_to_the_check(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    page.goto(f"{page.url.split('#')[0]}#quiz-check")
    check = page.locator("#quiz-check")
    assert "12 questions are not answered" in drawn(check)
    row = check.get_by_role("listitem").first
    row.get_by_role("link", name="Answer").click()
    gate = step(page).removeprefix("q-")
    quiz.answer(gate, "unknown")
    quiz.question(gate).get_by_label("Flag for later").check()
    page.get_by_role("button", name="Back to your answers").click()
    assert step(page) == "quiz-check"
    shown = drawn(check)
    for words in (
        "11 questions are not answered",
        "One answer is “I do not know”",
        "One question is flagged for later",
    ):
        assert words in shown
    # What needs a look stands first, what is answered is folded.
    assert shown.index("not answered") < shown.index("I do not know") < shown.index("All answers")
    check.get_by_text("All answers").click()
    expect(check.locator("details > ul").last.locator("li")).to_have_count(12)


@pytest.mark.long
def test_change_works_when_all_is_on_the_page(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL)
    check = page.locator("#quiz-check")
    scroll_to(check.locator(".sb-title"))
    check.get_by_role("link", name="Answer A drill is done").click()
    assert page.locator(":focus").inner_text() == "A drill is done"
    page.get_by_role("button", name="Back to your answers").click()
    expect(page.locator("#quiz-check .sb-title")).to_be_focused()


def test_nothing_goes_on_by_itself_unless_asked_to(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    while not step(page).startswith("q-"):
        go_on(page)
    here = step(page)
    quiz.answer(here.removeprefix("q-"), "yes")
    assert step(page) == here
    page.get_by_label("Continue automatically after each answer").check()
    quiz.answer(here.removeprefix("q-"), "no")
    following = step(page)
    assert following != here
    # Choosing with the arrow keys is not going on.
    page.locator(f"[id='{following}'] input[type=radio]").first.focus()
    page.keyboard.press("ArrowRight")
    assert step(page) == following
    # Neither is an answer that asks for a reason.
    quiz.answer(following.removeprefix("q-"), "not-applicable")
    assert step(page) == following


def test_by_keyboard_alone_from_the_first_step_to_the_result(visit: Visit, stick: str) -> None:
    page = visit(stick).open(QUICK, one=True)
    quiz = Quiz(page)
    page.get_by_role("button", name="Load answers", exact=True).focus()

    def tab_to(words: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "() => [document.activeElement.innerText, document.activeElement.type]"
            )
            if words in seen:
                return
        raise AssertionError(f"no way to {words} from {page.url}")

    tab_to("radio")
    page.keyboard.press("Space")
    while True:
        tab_to("Continue")
        page.keyboard.press("Enter")
        here = step(page)
        if here == "result":
            break
        if here.startswith("q-"):
            tab_to("radio")
            page.keyboard.press("Space")
            page.keyboard.press("ArrowDown")
    assert len(quiz.stored()["answers"]) == 12
    assert quiz.stored()["believed_stage"] == "experimental"


@pytest.mark.long
def test_evidence_is_dated_and_linked(visit: Visit, small_stick: str) -> None:
    page = visit(small_stick).open(SMALL)
    quiz = Quiz(page)
    question = quiz.question(ONE)
    quiz.answer(ONE, "yes")
    question.locator("summary").click()
    question.get_by_role("button", name="Add evidence").click()
    row = question.get_by_role("group", name="Evidence for A drill is done")
    row.get_by_label("Name of the evidence").fill("The list")
    link = row.get_by_label("Link")
    link.fill("javascript:alert(1)")
    assert row.get_by_role("link").count() == 0
    link.fill("https://example.org/list")
    assert row.get_by_role("link", name="Open").get_attribute("href") == "https://example.org/list"
    row.get_by_label("Date of the evidence").fill("2026-11-02")
    row.get_by_label("Date of the evidence").blur()
    expected = [{"title": "The list", "url": "https://example.org/list", "date": "2026-11-02"}]
    assert quiz.stored()["answers"][ONE]["evidence"] == expected
    reload(page)
    assert row.get_by_label("Link").input_value() == "https://example.org/list"
    question.get_by_role("button", name="Remove").click()
    assert "evidence" not in quiz.stored()["answers"][ONE]


@pytest.mark.long
def test_a_part_on_another_page_can_be_taken_one_by_one(visit: Visit, stick: str) -> None:
    page = visit(stick).open(STAGE)
    page.get_by_role("button", name="One question at a time").click()
    first = step(page)
    assert go_on(page) != first
    page.get_by_role("button", name="All on one page").click()
    assert page.locator(".sb-question:visible").count() == 38


@pytest.mark.long
def test_minutes_left_follow_the_readers_own_pace(visit: Visit, served: str) -> None:
    page = visit(served).open(FULL)
    quiz = Quiz(page)
    assert "about 31 minutes left" in quiz.head.inner_text()
    gates = page.locator("fieldset[data-gate]").evaluate_all(
        "all => all.slice(0, 8).map((one) => one.dataset.gate)"
    )
    for gate in gates:
        quiz.answer(gate, "yes")
    # Somebody who answers in a second each is not told 25 minutes.
    assert "8 of 110 answered, about" in quiz.head.inner_text()
    assert "about 25 minutes" not in quiz.head.inner_text()


def test_the_shortest_way_is_found_and_walked_on_a_phone(visit: Visit, stick: str) -> None:
    visitor = visit(stick, width=390, unfold=False)
    page = visitor.open("ai-product/index.html", wait=False)
    page.get_by_role("link", name="Find your stage").click()
    page.locator(".sb-quiz.sb-live").wait_for()
    page.get_by_role("button", name="Continue").click()
    where = page.locator("[data-el=where]")
    expect(where).to_contain_text("Question 1, at most")
    answers = page.locator(".sb-current fieldset .sb-choices label")
    assert all(
        box["y"] + box["height"] <= 900 for one in answers.all() if (box := one.bounding_box())
    )
    asked = 0
    while page.locator(".sb-current fieldset[data-gate]").count():
        asked += 1
        page.locator(".sb-current fieldset[data-gate] input[value=no]").check()
        page.get_by_role("button", name="Continue").click()
    assert 1 <= asked <= 3
    expect(page.locator(".sb-current .sb-headline, .sb-current h3").first).to_be_visible()
    # Everything else is in one menu, which is opened as a person does.
    menu = page.locator(".sb-quiz-menu > summary")
    expect(page.get_by_role("button", name="Download answers")).to_be_hidden()
    menu.click()
    expect(page.get_by_role("button", name="Download answers")).to_be_visible()
