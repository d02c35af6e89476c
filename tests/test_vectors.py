"""The shared vectors: both implementations of scoring run all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from node import ScoringServer
from stagebook.assessment.reader import read_assessment
from stagebook.report.data import result_data
from stagebook.rubric.model import Rubric, Scoring
from stagebook.scoring.rounding import display_score, round_half_up
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data

VECTORS = Path(__file__).parent / "vectors"
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


def whole(short: dict[str, Any]) -> Rubric:
    """Fill in what every rubric must have and no vector cares about."""
    full = {"format": "stagebook/1", "id": "vector", "title": "Vector", "version": "1.0.0", **short}
    stages = short.get("stages", {"floor": 0})
    full["stages"] = {id_: {"title": id_, "level": level} for id_, level in stages.items()}
    dimensions = short.get("dimensions", {"d": {}})
    full["dimensions"] = {id_: {"title": id_, **one} for id_, one in dimensions.items()}
    for id_, scale in short.get("scales", {}).items():
        scale = {key: {"label": key, "score": score} for key, score in scale.items()}
        full["scales"] = {**full["scales"], id_: scale}
    gate = {"dimension": next(iter(dimensions)), "title": "T", "test": "T."}
    full["gates"] = {id_: {**gate, **one} for id_, one in short["gates"].items()}
    symptom = {"observation": "O.", "kind": "stuck"}
    for collection, filling in (
        ("measures", {"title": "M", "unit": "days"}),
        ("symptoms", symptom),
        ("remediations", {"title": "P"}),
    ):
        full[collection] = {
            id_: {**filling, **one} for id_, one in short.get(collection, {}).items()
        }
    return Rubric.model_validate(full)


def said(case: dict[str, Any]) -> dict[str, Any]:
    keys = ("measures", "symptoms", "believed_stage", "target_stage")
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "vector", "version": "1.0.0"},
        "answers": {id_: {"answer": answer} for id_, answer in case["answers"].items()},
        **{key: case[key] for key in keys if key in case},
    }


def assert_holds(found: Any, expected: Any, where: str, approximately: bool) -> None:
    """Assert that data holds what is expected; objects may hold more."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in found, f"{where}.{key} is missing"
            assert_holds(found[key], value, f"{where}.{key}", approximately)
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_holds(one, other, f"{where}[{index}]", approximately)
    elif approximately and isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-12), where
    else:
        assert found == expected, where


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
