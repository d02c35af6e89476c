"""Rubrics, assessments and results made short, and compared exactly."""

from __future__ import annotations

import json
from typing import Any

import pytest
from stagebook.assessment.reader import Assessment, read_assessment
from stagebook.rubric.model import Rubric

REPORTED = ("left_out", "evidence", "roadmap")
"""Keys that the report adds to a result; `tests/report` compares them with the quiz."""


def read(rubric: Rubric, said: dict[str, Any]) -> Assessment:
    assessment, findings = read_assessment(json.dumps(said), rubric)
    assert assessment is not None
    assert findings == []
    return assessment


def exact(value: Any) -> Any:
    """Return data in which numbers are told apart to the last bit, and 1 equals 1.0."""
    if isinstance(value, dict):
        return {key: exact(one) for key, one in value.items()}
    if isinstance(value, list):
        return [exact(one) for one in value]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value).hex() if is_number else value


def whole(short: dict[str, Any]) -> Rubric:
    """Fill in what every rubric must have and no vector cares about."""
    full = {"format": "stagebook/1", "id": "vector", "title": "Vector", "version": "1.0.0", **short}
    stages = short.get("stages", {"floor": 0})
    full["stages"] = {
        id_: {"title": id_, **(one if isinstance(one, dict) else {"level": one})}
        for id_, one in stages.items()
    }
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
        ("profile", {"question": "Q?"}),
        ("ratings", {"title": "R"}),
        ("symptoms", symptom),
        ("topics", {"title": "T"}),
        ("remediations", {"title": "P"}),
    ):
        full[collection] = {
            id_: {**filling, **one} for id_, one in short.get(collection, {}).items()
        }
    return Rubric.model_validate(full)


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
