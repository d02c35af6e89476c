"""YAML is read as editors read it, and every value keeps its place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from stagebook.rubric.yaml_source import read_yaml

# What a plain scalar is in the core schema of YAML 1.2.
SCALARS = [
    ("No", "No"),
    ("on", "on"),
    ("true", True),
    ("FALSE", False),
    ("~", None),
    ("", None),
    ("12", 12),
    ("0o14", 12),
    ("0x1F", 31),
    ("010", 10),
    ("-.5", -0.5),
    ("5.10", 5.1),
    ("1e3", 1000.0),
    ("12:30", "12:30"),
    ("2026-11-23", "2026-11-23"),
    ("1_000", "1_000"),
    ("0b11", "0b11"),
    ("'12'", "12"),
    ('"true"', "true"),
]


@pytest.mark.parametrize(("raw", "value"), SCALARS)
def test_scalar(raw: str, value: object) -> None:
    read = read_yaml(f"key: {raw}\n", "x.yml").data["key"]
    assert read == value
    assert type(read) is type(value)


def test_keys_are_always_text() -> None:
    assert read_yaml("1: a\ntrue: b\nnull: c\n", "x.yml").data == {
        "1": "a",
        "true": "b",
        "null": "c",
    }


def test_positions_count_characters_from_1() -> None:
    source = read_yaml("# é 😀\nstages:\n  first:\n    title: x 😀 y\n    list: [😀, b]\n", "x.yml")
    assert source.position(("stages", "first", "title")) == (4, 12)
    assert source.position(("stages", "first", "title"), key=True) == (4, 5)
    assert source.position(("stages", "first", "list", 1)) == (5, 15)
    assert source.position(("stages", "first", "absent")) == (3, 3)
    assert source.position(("absent",)) == (2, 1)


def test_aliases_share_their_value() -> None:
    source = read_yaml("a: &x [1, 2]\nb: *x\nc: &y text\nd: *y\n", "x.yml")
    assert source.data == {"a": [1, 2], "b": [1, 2], "c": "text", "d": "text"}
    assert source.position(("b",)) == (2, 4)
    assert not source.findings


def test_repeated_key_keeps_the_first_value() -> None:
    source = read_yaml("a: 1\na: {b: 2}\nc: 3\n", "x.yml")
    assert source.data == {"a": 1, "c": 3}
    assert [(f.line, f.code) for f in source.findings] == [(2, "duplicate-key")]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), JSON, min_size=1, max_size=4))
def test_reads_what_pyyaml_writes(data: object) -> None:
    text = yaml.safe_dump(data, default_flow_style=None)
    # PyYAML quotes what YAML 1.1 would misread; only merge keys it leaves alone.
    source = read_yaml(text, "x.yml")
    if "<<" not in text:
        assert source.data == data


@given(st.text(max_size=200))
def test_any_text_ends_in_data_or_findings(text: str) -> None:
    source = read_yaml(text, "x.yml")
    assert source.data is not None or source.findings


def test_a_key_may_have_an_anchor() -> None:
    source = read_yaml("&a title: First\n? &b 1.10\n: *a\nlist: [*b, *a]\n", "x.yml")
    assert source.findings == ()
    assert source.data == {"title": "First", "1.10": "title", "list": ["1.10", "title"]}
