"""Merge patches do what RFC 7386 says, keep positions, and put entries in order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stagebook.overlay.merge import Tree, merge_patch
from stagebook.rubric.model import Rubric
from stagebook.rubric.yaml_source import read_yaml

APPENDIX = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]
"""The test cases of RFC 7386, appendix A: original, patch, result."""


def tree(data: Any, file: str) -> Tree:
    source = read_yaml(json.dumps(data), file)
    return Tree(source.data, source.root)


def patched(base: Any, patch: Any) -> Any:
    return merge_patch(tree(base, "base"), tree(patch, "patch"))[0].data


@pytest.mark.parametrize(("base", "patch", "result"), APPENDIX, ids=range(15))
def test_the_cases_of_the_appendix(base: Any, patch: Any, result: Any) -> None:
    assert patched(base, patch) == result


def oracle(target: Any, patch: Any) -> Any:
    """Return what the pseudocode of RFC 7386, section 2, returns."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = oracle(result.get(name), value)
    return result


KEYS = st.sampled_from(["a", "b", "before", "after"])
DATA = st.recursive(
    st.sampled_from([None, 0, 1, True, "b", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(DATA, DATA)
def test_it_is_the_algorithm_of_the_rfc(base: Any, patch: Any) -> None:
    before = tree(base, "base")
    kept = json.dumps(before.data)
    merged, _ = merge_patch(before, tree(patch, "patch"))
    expected = oracle(base, patch)
    assert json.dumps(merged.data) == json.dumps(expected)
    assert json.dumps(before.data) == kept, "the base is not changed"


def orders(patch: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the ids of gates a, b, c in the order that a patch gives, and what each touch did."""
    gates = {id_: {"title": id_} for id_ in "abc"}
    base, over = tree({"gates": gates}, "base"), tree({"gates": patch}, "patch")
    merged, touches = merge_patch(base, over, Rubric)
    assert all(not {"before", "after"} & gate.keys() for gate in merged.data["gates"].values())
    return list(merged.data["gates"]), [touch.kind for touch in touches]


@pytest.mark.parametrize(
    ("patch", "order", "kinds"),
    [
        ({"d": {"after": "a"}}, ["a", "d", "b", "c"], ["added", "moved"]),
        ({"d": {"before": "a", "title": "D"}}, ["d", "a", "b", "c"], ["added", "moved"]),
        ({"c": {"before": "a"}}, ["c", "a", "b"], ["moved"]),
        ({"d": {"after": "a"}, "e": {"after": "a"}}, ["a", "d", "e", "b", "c"], ["added"] * 2),
        ({"e": {"after": "d"}, "d": {"before": "b"}}, ["a", "d", "e", "b", "c"], ["added"] * 2),
        ({"a": {"after": "x"}}, ["a", "b", "c"], ["lost"]),
        ({"a": {"after": "a"}}, ["a", "b", "c"], ["lost"]),
        ({"b": None, "a": {"after": "b"}}, ["a", "c"], ["removed", "lost"]),
    ],
)
def test_entries_say_where_they_stand(
    patch: dict[str, Any], order: list[str], kinds: list[str]
) -> None:
    found, touched = orders(patch)
    assert found == order
    assert touched[: len(kinds)] == kinds


def test_only_entries_of_collections_have_an_order() -> None:
    base = tree({"gates": {"a": {"measure": {"of": "m", "before": "<= 1"}}}}, "base")
    patch = tree({"gates": {"a": {"measure": {"before": "<= 2"}}}}, "patch")
    merged, _ = merge_patch(base, patch, Rubric)
    assert merged.data["gates"]["a"]["measure"] == {"of": "m", "before": "<= 2"}


def test_null_stays_where_the_format_has_it_as_a_value() -> None:
    base = tree({"scoring": {"overall": {"by": "mean"}, "bands": {"of": {}}}}, "base")
    patch = tree({"scoring": {"overall": None, "bands": None}}, "patch")
    assert merge_patch(base, patch, Rubric)[0].data == {"scoring": {"overall": None}}


def test_values_keep_the_place_of_the_file_that_wrote_them() -> None:
    text = "gates:\n  a:\n    title: A\n    test: T\n  b: &b {title: B}\n  c: *b\n"
    base = read_yaml(text, "base")
    patch = read_yaml("# x\ngates: {a: {test: U}, c: {test: V}}\n", "over")
    (_, root), _ = merge_patch(Tree(base.data, base.root), Tree(patch.data, patch.root), Rubric)
    merged = base._replace(root=root)
    assert merged.origin(("gates", "a", "title")) == ("base", 3, 12)
    assert merged.origin(("gates", "a", "test")) == ("over", 2, 19)
    assert merged.origin(("gates", "b", "title")) == ("base", 5, 17)
    assert merged.origin(("gates", "c", "title")) == ("base", 6, 6), "the alias"
    assert merged.origin(("gates", "a"), key=True) == ("over", 2, 9)
