"""Pages of an earlier build are reused only where rendering them again gives the same bytes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from folders import GOOD, ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stagebook.checks.loader import Reading, read_rubric
from stagebook.diagnostics import has_errors
from stagebook.site.reuse import TEXTS, Digests, Kept, Memory, Watched, facts_of
from stagebook.site.tree import render_tree

MODELS = {
    "sample": GOOD / "sample.yml",
    "devops": ROOT / "rubrics" / "gallery" / "devops-practices.yml",
}


@cache
def model(name: str) -> tuple[Reading, Digests, dict[str, Kept], dict[str, str], str]:
    """Return a model, and what a build of it leaves for the next."""
    reading = read_rubric(MODELS[name].read_text(encoding="utf-8"), name)
    facts = facts_of(reading.source.data)
    memory = Memory(facts.texts, {}, {})
    render_tree(reading.rubric, reading.text, memory=memory)
    return reading, facts.texts, memory.made, memory.questions.made, memory.quiz


def edited(data: dict[str, Any], path: tuple[Any, ...]) -> Reading:
    """Return a rubric with words added to one of its texts."""
    data = copy.deepcopy(data)
    *above, last = path
    place: Any = data
    for key in above:
        place = place[key]
    place[last] += " and more"
    return read_rubric(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "edited")


def texts_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_in(inner, (*path, key))


@pytest.mark.long
@pytest.mark.slow
@settings(max_examples=60)
@given(st.data())
def test_a_tree_with_reused_pages_is_the_tree(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(MODELS)))
    before, texts, pages, forms, quiz = model(name)
    listed = [path for path in texts_in(before.source.data) if path[0] != "scoring"]
    quiet = [path for path in listed if len(path) > 2 and path[2] in TEXTS.get(path[0], ())]
    path = data.draw(st.sampled_from(quiet) | st.sampled_from(listed))
    after = edited(before.source.data, path)
    assume(after.records is not None and not has_errors(after.findings))
    facts = facts_of(after.source.data)
    is_same = facts.structure == facts_of(before.source.data).structure
    assert is_same is (path in quiet)
    memory = Memory(facts.texts, texts, *((pages, forms, quiz) if is_same else ({},)))
    tree = render_tree(after.rubric, after.text, memory=memory)
    plain = render_tree(after.rubric, after.text)
    assert [path for path in plain if tree[path] != plain[path]] == []
    assert tree.keys() == plain.keys()


def test_an_edit_of_a_gate_leaves_the_pages_that_do_not_read_it() -> None:
    before, texts, pages, forms, quiz = model("devops")
    gate = next(iter(before.rubric.gates))
    after = edited(before.source.data, ("gates", gate, "test"))
    memory = Memory(facts_of(after.source.data).texts, texts, pages, forms, quiz)
    render_tree(after.rubric, after.text, memory=memory)
    rendered = {path.split("/", 1)[1] for path in pages if memory.made[path] is not pages[path]}
    dimension = before.rubric.gates[gate].dimension
    assert f"dimensions/{dimension}.md" in rendered
    assert "assessment.md" in rendered
    others = {id_ for id_ in before.rubric.dimensions if id_ != dimension}
    assert not rendered & {f"dimensions/{id_}.md" for id_ in others}
    # The titles of gates are there, but not their texts.
    # Of all questions, on the pages and in the single file, one is drawn, and once, and what the
    # single file says about it.
    assert memory.questions.drawn == 2
    assert memory.questions.made.keys() == forms.keys()
    assert not rendered & {"crosswalk.md", "index.md", "sources.md"}


def test_a_text_that_comes_or_goes_is_structure() -> None:
    data = {"gates": {"a": {"title": "A", "test": "T."}}}
    more = {"gates": {"a": {"title": "A", "test": "T.", "why": "W."}}}
    assert facts_of(data).structure != facts_of(more).structure


def test_a_watched_collection_notes_whose_texts_are_read() -> None:
    seen: set[str] = set()
    gates = {id_: SimpleNamespace(title=id_, test="T.", at=("s",)) for id_ in "ab"}
    watched = Watched(gates, "gates", seen)
    assert "a" in watched
    assert list(watched) == ["a", "b"]
    assert len(watched) == 2
    assert [(id_, one.title, one.at) for id_, one in watched.items()] == [
        ("a", "a", ("s",)),
        ("b", "b", ("s",)),
    ]
    assert watched.get("c") is None
    assert not seen
    assert watched["b"].test == "T."
    assert seen == {"b"}
    with pytest.raises(AttributeError):
        _ = watched["a"].unknown
    assert seen == {"a", "b"}
