"""The JSON Schema that editors use: up to date, named in every rubric, true to the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from folders import ROOT
from stagebook.cli import main
from stagebook.rubric.json_schema import schema_text
from stagebook.rubric.yaml_source import read_yaml

SCHEMA = ROOT / "rubrics" / "schema.json"
RUBRICS = sorted((ROOT / "rubrics").rglob("*.yml")) + sorted(
    (ROOT / "tests" / "rubrics" / "good").glob("*.yml")
)
WRITTEN: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(WRITTEN)
OVERLAY = ROOT / "rubrics" / "overlay.schema.json"
OVERLAY_VALIDATOR = jsonschema.Draft7Validator(json.loads(OVERLAY.read_text(encoding="utf-8")))


def test_schema_is_of_this_version() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    assert CliRunner().invoke(main, ["schema", "--check", str(SCHEMA)]).exit_code == 0
    assert CliRunner().invoke(main, ["schema", "--overlay", "--check", str(OVERLAY)]).exit_code == 0


def test_a_stale_schema_is_noticed(tmp_path: Path) -> None:
    stale = tmp_path / "schema.json"
    stale.write_text("{}")
    assert CliRunner().invoke(main, ["schema", "--check", str(stale)]).exit_code == 1
    result = CliRunner().invoke(main, ["schema", "--check", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "none is not a file" in result.output


def test_schema_is_draft_07() -> None:
    assert WRITTEN["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(WRITTEN)
    assert "$defs" not in json.dumps(WRITTEN)


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_every_rubric_names_the_schema_and_obeys_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    modelines = [line for line in text.splitlines() if line.startswith("# yaml-language-server:")]
    assert len(modelines) == 1
    named = modelines[0].split("$schema=")[1]
    data = read_yaml(text, path.name).data
    is_overlay = "extends" in data
    assert (path.parent / named).resolve() == (OVERLAY if is_overlay else SCHEMA)
    validator = OVERLAY_VALIDATOR if is_overlay else VALIDATOR
    assert [error.message for error in validator.iter_errors(data)] == []


def test_schema_sees_what_the_reader_sees() -> None:
    rubric = yaml.safe_load((ROOT / "rubrics" / "ml-test-score.yml").read_text(encoding="utf-8"))
    for broken in (
        {**rubric, "titel": "x"},
        {key: value for key, value in rubric.items() if key != "gates"},
        {**rubric, "scoring": {"cell": "median"}},
        {**rubric, "dimensions": {"Not an id": {"title": "x"}}},
    ):
        assert not VALIDATOR.is_valid(broken)


WHOLE: dict[str, Any] = {
    "scales": {"x": {"after": "y", "a": {"score": 2}}, "y": None},
    "gates": {"g": {"before": "h", "basis": {"note": "N"}, "partly": None}, "h": None},
    "scoring": {"overall": None, "bands": {"of": {"low": {"at": 1, "before": "high"}}}},
}
BROKEN: list[dict[str, Any]] = [
    {"gates": {"g": {"titel": "x"}}},
    {"gates": {"Not an id": {"title": "x"}}},
    {"gates": {"g": {"thresholds": [{"kind": "judgement"}]}}},
    {"before": "x"},
    {"scoring": {"before": "x"}},
    {"extends": 1},
    {"extends": {"version": "1.0.0"}},
]


def test_an_overlay_needs_only_what_it_changes() -> None:
    assert [str(one) for one in OVERLAY_VALIDATOR.iter_errors({"extends": "a", **WHOLE})] == []
    assert not OVERLAY_VALIDATOR.is_valid(WHOLE)
    for broken in BROKEN:
        assert not OVERLAY_VALIDATOR.is_valid({"extends": "a", **broken}), broken
    jsonschema.Draft7Validator.check_schema(OVERLAY_VALIDATOR.schema)


def test_every_key_has_a_description() -> None:
    """Editors show it while one types."""
    for name, record in WRITTEN["definitions"].items():
        for key, value in record.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"
