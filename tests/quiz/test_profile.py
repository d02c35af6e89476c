"""From questions about the subject to the result, in a file, with a finger on a small screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import Quiz, Visitor
from folders import GOOD
from stagebook.files.rubrics import load_rubric
from stagebook.site import single_file

pytestmark = pytest.mark.browser

FINGER = 44
"""The least height of a target in pixels where fingers press it."""


def test_from_the_subject_to_the_result(visit: Callable[..., Visitor], tmp_path: Path) -> None:
    text = single_file(load_rubric(GOOD / "shapes.yml").rubric)
    (tmp_path / "assess.html").write_text(text, encoding="utf-8")
    page = visit(f"{tmp_path.as_uri()}/", width=390, has_touch=True).open("assess.html", one=True)
    quiz = Quiz(page)
    current = page.locator(".sb-current")

    def is_sound() -> None:
        assert axe(page, ".sb-quiz", TAGS) == []
        paint(page, "dark")
        assert axe(page, ".sb-quiz", COLOURS) == []
        paint(page, "light")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        heights = current.locator("label:has([type=radio], [data-field=ticks])").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= FINGER

    page.get_by_role("group", name="Does the workshop use machines?").get_by_text("None").tap()
    assert "One question does not apply and is not asked." in quiz.head.inner_text()
    is_sound()
    page.get_by_role("button", name="Continue").tap()
    assert "Question 1 of 2" in current.inner_text()
    for words in ("The list has a date.", "The list has an owner."):
        current.get_by_text(words).tap()
    current.get_by_text("2 of 2 ticked, so the answer is: High.").wait_for()
    widths = current.locator(".sb-choices input").evaluate_all("a => a.map((r) => r.offsetWidth)")
    assert set(widths) == {18}, "no radio shrinks beside a long text"
    is_sound()
    for _ in range(3):
        page.get_by_role("button", name="Continue").tap()
    assert page.locator("#quiz-check.sb-current:not([aria-busy])").is_visible()
    assert "Does the workshop use machines? None" in " ".join(current.inner_text().split())
    page.get_by_role("button", name="Continue").tap()
    page.locator("#result:not([aria-busy])").get_by_text("Left out because they").tap()
    current.get_by_text("Does the workshop use machines? None:").wait_for()
