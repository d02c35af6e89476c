"""The shared vectors: both implementations of scoring run all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from folders import TESTS
from node import ScoringServer
from scored import assert_holds, whole
from stagebook.assessment.reader import read_assessment
from stagebook.report.data import result_data
from stagebook.rubric.model import Scoring
from stagebook.scoring.rounding import display_score, round_half_up
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data

VECTORS = TESTS / "vectors"
APART = {"csv", "display", "numbers", "readers"}
"""Vectors of other things than scores, which tests of their own run."""
FILES = sorted(path for path in VECTORS.glob("*.json") if path.stem not in APART)
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in FILES
    for case in json.loads(path.read_text(encoding="utf-8"))
]
DISPLAY = json.loads((VECTORS / "display.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def said(case: dict[str, Any]) -> dict[str, Any]:
    keys = ("measures", "profile", "symptoms", "believed_stage", "target_stage")
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "vector", "version": "1.0.0"},
        "answers": {
            id_: {"ticks": answer} if isinstance(answer, list) else {"answer": answer}
            for id_, answer in case["answers"].items()
        },
        **{key: case[key] for key in keys if key in case},
    }


@pytest.mark.parametrize("case", CASES)
def test_both_implementations_give_what_is_expected(
    server: ScoringServer, case: dict[str, Any]
) -> None:
    rubric = whole(case["rubric"])
    data = quiz_data(rubric)
    assessment, _ = read_assessment(json.dumps(said(case)), rubric)
    assert assessment is not None
    ours = result_data(Scorer(rubric), assessment)
    [theirs] = server.ask(ask="score", data=data, assessments=[said(case)])
    about = bool(case.get("approximately"))
    assert_holds(ours, case["expect"], "Python: $", about)
    assert_holds(theirs, case["expect"], "JavaScript: $", about)
    for key in case.get("absent", ()):
        assert key not in ours
        assert key not in theirs
    if "display" in case:
        value = ours["overall"]["so_far"]
        assert display_score(value, rubric.scoring) == case["display"]
        assert server.ask(ask="display", scoring=data["scoring"], value=value) == case["display"]


@pytest.mark.parametrize("case", DISPLAY, ids=lambda case: str(case["value"]))
def test_both_show_numbers_alike(server: ScoringServer, case: dict[str, Any]) -> None:
    value, decimals = case["value"], case["decimals"]
    if "scoring" not in case:
        assert round_half_up(value, decimals) == case["shown"]
        assert server.ask(ask="round", value=value, decimals=decimals) == case["shown"]
        return
    short = {"gates": {"a": {}}, "scoring": {**case["scoring"], "decimals": decimals}}
    rubric = whole(short)
    assert display_score(value, Scoring.model_validate(short["scoring"])) == case["shown"]
    scoring = quiz_data(rubric)["scoring"]
    assert server.ask(ask="display", scoring=scoring, value=value) == case["shown"]
