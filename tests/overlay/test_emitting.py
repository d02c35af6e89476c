"""YAML that is written reads back as the same data, and comments name origins."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stagebook.checks.loader import read_rubric
from stagebook.diagnostics import Suggestions
from stagebook.overlay.emitting import effective_yaml, resolved_json, resolved_yaml
from stagebook.overlay.resolving import Base
from stagebook.rubric.source import Node, Source
from stagebook.rubric.yaml_source import read_yaml

CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = (
    st.text(CHARACTERS, max_size=30)
    | st.text(st.sampled_from(" ab\n:#-'\"\t\\|>\u2028\xa0é"), max_size=140)
    | st.sampled_from(
        ["no", "yes", "null", "~", "1", "0x1f", "1e3", "12:30", "2026-01-01", "=", "<"]
    )
    | st.sampled_from(["word " * 40 + "end", "9" * 200, "- a", "? a", "a: b", "a #b", "---", "%a"])
)
SCALARS = TEXTS | st.integers(-(10**6), 10**6) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
@example({"a": [[], {}, [[1], {"b": [{"c": 1, "d": []}]}]]})
@example({"a": "x\n\n  y\n", "b": "\n", "c": "x\n", "d": "x\n\n", "e": " x\ny"})
def test_it_reads_back(data: dict[str, Any]) -> None:
    text = effective_yaml(Source("x", "", data, Node(1, 1), (), Suggestions()))
    source = read_yaml(text, "x.yml")
    assert source.findings == (), text
    assert json.dumps(source.data) == json.dumps(data), text


BASE = """\
format: stagebook/1
id: b
title: B
version: 1.0.0
dimensions: {d: {title: D}}
gates:
  g: {dimension: d, title: G, test: It is so., evidence: [a], x-own: 1}
  h: {dimension: d, title: H, test: It is so.}
scoring: {dimension: mean}
checks: {key-unused: off}
"""
OVER = """\
extends: base.yml
id: o
gates:
  g: {title: "Long: title", evidence: [b], test: "LONG"}
  i: {before: h, dimension: d, title: I, test: It is so.}
  h: null
  j: {after: i, dimension: d, title: J, test: It is so.}
""".replace("LONG", "It is so. " * 10 + "Yes.")


@pytest.fixture
def source() -> Any:
    reading = read_rubric(OVER, "over.yml", lambda header, identity: Base("b", "base.yml", BASE))
    assert [one.code for one in reading.findings if one.level == "error"] == ["order-unknown"]
    return reading.source


def test_comments_name_origins(source: Any) -> None:
    assert resolved_yaml(source) == (
        "# resolved from over.yml\n"
        "# extends base.yml\n"
        "# removed: gate 'h'  over.yml:6, over base.yml:8\n"
        "format: stagebook/1\n"
        "id: o  # over.yml:2, over base.yml:2\n"
        "title: B\n"
        "version: 1.0.0\n"
        "dimensions:\n  d:\n    title: D\n"
        "gates:\n"
        "  g:\n"
        "    dimension: d\n"
        '    title: "Long: title"  # over.yml:4, over base.yml:7\n'
        "    test: >-  # over.yml:4, over base.yml:7\n"
        f"      {'It is so. ' * 9}It\n      is so. Yes.\n"
        "    evidence: [b]  # over.yml:4, over base.yml:7\n"
        "    x-own: 1\n"
        "  i:  # over.yml:5\n"
        "    dimension: d\n    title: I\n    test: It is so.\n"
        "  j:  # over.yml:7\n"
        "    dimension: d\n    title: J\n    test: It is so.\n"
        "scoring:\n  dimension: mean\n"
        'checks:\n  key-unused: "off"\n'
    )


def test_json_has_origins_by_pointer(source: Any) -> None:
    data = json.loads(resolved_json(source))
    assert data["gates"]["g"]["title"] == "Long: title"
    assert data["x-origins"]["/gates/g/title"] == "over.yml:4, over base.yml:7"
    assert set(data["x-origins"]) == {
        *("/id", "/gates/g/title", "/gates/g/evidence", "/gates/g/test", "/gates/i", "/gates/j")
    }
