"""The formulas of the scoring sheet agree with scoring, as LibreOffice calculates them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from folders import GOOD, ROOT, TESTS
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from recalculated import OFFICE, assert_same, filled, recalculate
from stagebook.assessment.reader import Answer, Assessment, read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from strategies import assessments, rubrics

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        OFFICE is None or not os.environ.get("STAGEBOOK_OFFICE"),
        reason="`make workbooks` recalculates in LibreOffice",
    ),
]
MOST = 40


def drawn() -> list[tuple[Rubric, Assessment]]:
    """Draw rubrics with answers."""
    found: list[tuple[Rubric, Assessment]] = []

    @settings(
        max_examples=MOST,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        rubric = data.draw(rubrics())
        assessment, _ = read_assessment(json.dumps(data.draw(assessments(rubric))), rubric)
        assert assessment is not None
        found.append((rubric, assessment))

    draw()
    return found


def wildcards() -> Rubric:
    """Return a model whose labels look like patterns."""
    data = load_rubric(GOOD / "sample.yml").source.data
    labels = {
        "no": ("Yes, all", 0),
        "partly": ("Yes*", 0.25),
        "q": ("Yes?", 0.5),
        "yes": ("Yes!", 1),
    }
    scale = {id_: {"label": label, "score": score} for id_, (label, score) in labels.items()}
    return Rubric.model_validate({**data, "scales": {**data["scales"], "practice": scale}})


def test_random_models_score_as_the_scorer_says(tmp_path: Path) -> None:
    cases = drawn()
    for name in ("ai-product", "ml-test-score"):
        rubric = load_rubric(ROOT / "rubrics" / f"{name}.yml").rubric
        text = (TESTS / "assessments" / f"{name}.json").read_text(encoding="utf-8")
        assessment, _ = read_assessment(text, rubric)
        assert assessment is not None
        cases.append((rubric, assessment))
    cases.append((load_rubric(GOOD / "german.yml").rubric, Assessment()))
    answers = {"plan-kept": Answer("partly"), "drill-done": Answer("q")}
    cases.append((wildcards(), Assessment(answers)))
    books = [filled(*case) for case in cases]
    for case, book in zip(cases, recalculate(books, tmp_path), strict=True):
        assert_same(*case, book)
