"""A rubric that changes: answers follow ids and aliases, and the reader decides about the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from browser import Quiz, Visitor, scroll_to, serve
from folders import ROOT
from playwright.sync_api import Locator, Page
from stagebook.files.rubrics import load_rubric
from stagebook.site import single_file
from waiting import expect

pytestmark = pytest.mark.browser

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
Visit = Callable[..., Visitor]


def publish(folder: Path, change: Callable[[dict[str, Any]], None] | None = None) -> None:
    """Write the sample's assessment as a file, with changes to the rubric."""
    data = deepcopy(load_rubric(SAMPLE).source.data)
    assert isinstance(data, dict)
    if change:
        change(data)
    path = folder / "rubric.yml"
    path.write_text(json.dumps(data), encoding="utf-8")
    reading = load_rubric(path)
    assert not [one for one in reading.findings if one.level == "error"], reading.findings
    (folder / "assess.html").write_text(single_file(reading.rubric), encoding="utf-8")


RENAMED, REWORDED, GONE = "plan-kept", "work-checked", "drill-done"


def named_anew(value: Any) -> Any:
    """Return a part of the rubric with one gate renamed and another left out."""
    if isinstance(value, dict):
        return {("plan-held" if k == RENAMED else k): named_anew(v) for k, v in value.items()}
    if isinstance(value, list):
        return [named_anew(one) for one in value if one != GONE]
    return "plan-held" if value == RENAMED else value


def second_edition(data: dict[str, Any]) -> None:
    """Rename a gate, reword another, take one away, add one."""
    for key in list(data):
        data[key] = named_anew(data[key])
    data["version"] = "2.0.0"
    data["gates"]["plan-held"]["aliases"] = [RENAMED]
    data["gates"][REWORDED] |= {"rev": 3, "title": "Work is checked by another"}
    del data["gates"][GONE]
    data["gates"]["team-told"] = {
        "dimension": "craft",
        "stage": "first",
        "title": "The team is told",
        "test": "A message says so.",
    }


@pytest.fixture(params=[pytest.param("http", marks=pytest.mark.long), "file"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "file":
        yield f"{tmp_path.as_uri()}/"
    else:
        with serve(tmp_path) as address:
            yield address


@pytest.fixture
def returned(visit: Visit, place: str, tmp_path: Path) -> Page:
    """Answer the first edition, and return to the second."""
    publish(tmp_path)
    visitor = visit(place)
    page = visitor.open("assess.html")
    quiz = Quiz(page)
    for gate in (RENAMED, REWORDED, GONE):
        quiz.question(gate).locator("input[type=radio]").first.check()
    quiz.note(GONE, "What was typed here must stay.")
    publish(tmp_path, second_edition)
    page.close()
    return visitor.open("assess.html")


def notice(page: Page) -> Locator:
    return page.locator(".sb-notice[data-el=rubric]")


def test_the_reader_is_told_what_is_new_reworded_and_gone(returned: Page) -> None:
    titles = {id_: one.title for id_, one in load_rubric(SAMPLE).rubric.gates.items()}
    shown = notice(returned).inner_text()
    assert "from version 1.2.0 to 2.0.0" in shown
    assert "One question is new:" in shown
    assert "The team is told" in shown
    assert "One question was reworded after you answered it" in shown
    assert "Work is checked by another" in shown
    assert "One answer belongs to a question that was removed" in shown
    assert titles[GONE] in shown
    # The renamed gate is neither new nor gone, and keeps its answer.
    assert titles[RENAMED] not in shown
    assert Quiz(returned).answered("plan-held")
    assert Quiz(returned).answered(REWORDED), "an old answer counts until the reader decides"


@pytest.mark.long
def test_the_old_answers_stay_until_the_reader_decides(returned: Page) -> None:
    quiz = Quiz(returned)
    quiz.answer("team-told", "unknown")
    file = quiz.download()
    assert file["answers"][GONE]["note"] == "What was typed here must stay."
    assert file["rubric"]["version"] == "1.2.0"
    returned.reload()
    returned.locator(".sb-live").wait_for()
    notice(returned).get_by_role("button", name="It still holds").click()
    assert "reworded" not in notice(returned).inner_text()
    notice(returned).get_by_role("button", name="Remove these answers").click()
    assert "is gone" not in notice(returned).inner_text()
    assert GONE not in quiz.download()["answers"]
    notice(returned).get_by_role("button", name="Continue with version 2.0.0").click()
    expect(notice(returned)).to_be_hidden()
    returned.reload()
    returned.locator(".sb-live").wait_for()
    expect(notice(returned)).to_be_hidden()
    assert quiz.download()["rubric"]["version"] == "2.0.0"


@pytest.mark.long
def test_a_reworded_question_stays_on_the_list_until_it_is_answered_again(returned: Page) -> None:
    quiz = Quiz(returned)
    notice(returned).get_by_role("button", name="Continue with version 2.0.0").click()
    check = returned.locator("#quiz-check")
    scroll_to(check.locator(".sb-title"))
    words = "One question was reworded after you answered it"
    expect(check).to_contain_text(words)
    quiz.question(REWORDED).locator("input[type=radio]").nth(1).check()
    scroll_to(check.locator(".sb-title"))
    expect(check).not_to_contain_text(words)


@pytest.mark.long
def test_nothing_is_said_while_the_rubric_is_the_same(visit: Visit, tmp_path: Path) -> None:
    publish(tmp_path)
    visitor = visit(f"{tmp_path.as_uri()}/")
    quiz = Quiz(visitor.open("assess.html"))
    quiz.question(RENAMED).locator("input").first.check()
    quiz.page.reload()
    quiz.page.locator(".sb-live").wait_for()
    expect(notice(quiz.page)).to_be_hidden()
