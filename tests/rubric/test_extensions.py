"""The author's own keys: `x-…` stands in every record, is kept, and means nothing to Stagebook."""

from __future__ import annotations

import json

import jsonschema
import yaml
from folders import ROOT
from stagebook.api.pages import render
from stagebook.checks.loader import read_rubric

TEXT = """\
x-texts: {seen: &seen Ten tickets are read.}
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
stages:
  a: {level: 1, title: A, x-colour: grey}
  b: {level: 2, title: B}
dimensions:
  x-ray: {title: D, x-owner: {name: Kim, since: 2024}}
gates:
  x-g:
    dimension: x-ray
    stage: b
    title: G
    test: *seen
    x-note: <b>not prose</b>
    measure: {of: tickets, "yes": ">= 10", x-query: select 1}
measures:
  tickets: {title: Tickets, unit: tickets}
scoring: {x-why: "as agreed", share: 0.5}
"""


def test_own_keys_are_kept_and_nothing_is_said_of_them() -> None:
    reading = read_rubric(TEXT, "desk.yml")
    assert reading.findings == ()
    rubric = reading.rubric
    assert rubric.extensions == {"x-texts": {"seen": "Ten tickets are read."}}
    assert rubric.stages["a"].extensions == {"x-colour": "grey"}
    assert rubric.stages["b"].extensions == {}
    assert rubric.dimensions["x-ray"].extensions["x-owner"] == {"name": "Kim", "since": 2024}
    gate = rubric.gates["x-g"]
    assert gate.test == "Ten tickets are read."
    assert gate.measure is not None
    assert gate.measure.extensions == {"x-query": "select 1"}
    assert gate.measure.conditions == {"yes": ">= 10"}


def test_own_keys_stand_in_the_download_for_tools() -> None:
    pages = render(read_rubric(TEXT, "desk.yml"))
    data = json.loads(pages["desk/rubric.json"])
    assert data["x-texts"] == {"seen": "Ten tickets are read."}
    assert data["gates"]["x-g"]["x-note"] == "<b>not prose</b>"
    assert data["gates"]["x-g"]["measure"]["x-query"] == "select 1"
    assert data["scoring"]["x-why"] == "as agreed"
    assert not any(b"not prose" in pages[path] for path in pages if path.endswith(".md"))


def test_other_unknown_keys_are_still_errors() -> None:
    text = TEXT.replace("x-colour", "xcolour").replace("    x-note", "    X-note")
    codes = [(one.code, one.line) for one in read_rubric(text, "desk.yml").findings]
    assert [code for code, _ in codes] == ["unknown-key", "unknown-key"]


def test_texts_of_entries_whose_ids_begin_so_are_read() -> None:
    text = TEXT.replace("title: G", 'title: G\n    partly: "<b>raw</b>"')
    assert [one.code for one in read_rubric(text, "desk.yml").findings] == ["raw-html"]


def test_the_schema_allows_them_everywhere() -> None:
    schema = json.loads((ROOT / "rubrics" / "schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert list(validator.iter_errors(yaml.safe_load(TEXT))) == []
    sample = yaml.safe_load((ROOT / "rubrics" / "ml-test-score.yml").read_text(encoding="utf-8"))
    assert not validator.is_valid({**sample, "y-own": 1})
