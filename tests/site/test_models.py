"""Pages of models of other shapes: without a ladder, with groups, topics, mappings and bands."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from folders import GOOD
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.rubric.prose import fill
from stagebook.site import Site, navigation, render_tree
from stagebook.site.crosswalk import by_word, last_part, mapped, natural, show_word
from stagebook.site.matrix import map_cell, map_lead
from stagebook.site.names import gate_names, tell_apart
from stagebook.site.relations import Relations
from stagebook.site.scores import band_ranges, is_plain, score_words
from stagebook.site.single import single_file

SHAPES = load_rubric(GOOD / "shapes.yml").rubric
MODEL = """\
format: stagebook/1
id: model
title: Model
version: 1.0.0
scales:
  extent:
    none: {label: None, score: 0}
    all: {label: All, score: 4}
    some: {label: Some, score: 1}
stages:
  zero: {level: 0, title: Level 0}
  one: {level: 1, title: Level 1}
  two: {level: 2, title: Level 2}
groups: {steer: {title: Steer, summary: Where to go., maps: {norm: [A]}}, unused: Unused}
topics:
  first: {title: Stream A, code: A, maps: {norm: ["https://example.org/v1#A-2"]}}
  second: {title: Stream B, code: B}
dimensions:
  plan:
    title: Plan
    group: steer
    cells: {one: Plans are known., zero: Nobody plans.}
    maps: {norm: [A10]}
  free: {title: Free}
  empty: {title: Empty, group: steer}
gates:
  g1:
    dimension: plan
    topic: first
    stage: one
    title: Is it planned?
    test: Is it planned
    maps: {norm: [A2]}
  g2:
    dimension: plan
    topic: second
    stage: one
    title: Is it planned?
    test: The plan has a date.
  g3:
    dimension: free
    stages: [one, two]
    title: Is it free?
    test: It costs nothing.
    tags: [money]
  g4:
    dimension: free
    stage: two
    title: Is it old?
    test: It has a date.
    status: retired
frameworks:
  norm: {title: Norm, ids: {A10: Ten, A2: Two, A: All, "https://example.org/v1#A-2": Second}}
  other: {title: Other}
  bare: {title: Bare, by: Somebody}
scoring: {dimension: mean, overall: {by: mean, only: all}}
"""


def rubric_of(text: str = MODEL, **changes: Any) -> Rubric:
    """Return the rubric of a text, with other values for some of its keys."""
    data = {**yaml.safe_load(text), **changes}
    return read_rubric(yaml.safe_dump(data, sort_keys=False), "x.yml").rubric


def pages_of(rubric: Rubric) -> dict[str, str]:
    tree = render_tree(rubric, "", Site(directory_urls=False)).items()
    start = len(rubric.id) + 1
    return {path[start:]: page.content.decode() for path, page in tree if path.endswith(".md")}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return pages_of(rubric_of())


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_stage_of_no_ladder_lists_what_belongs_to_it(pages: dict[str, str]) -> None:
    one = pages["stages/one.md"]
    assert "## What belongs to this stage" in one
    assert (
        "Plan : Plans are known. Is it planned? (Stream A) Is it planned? (Stream B)"
        in words_of(one)
    )
    # A gate of several stages is on the page of each; a retired one on none.
    assert "#g3" in one
    assert "#g3" in pages["stages/two.md"]
    assert "#g4" not in pages["stages/two.md"]
    # A text is enough to be there.
    assert "Nobody plans." in pages["stages/zero.md"]
    assert "(blocking)" not in one


def test_a_dimension_shows_answers_from_lowest_to_highest(pages: dict[str, str]) -> None:
    page = words_of(pages["dimensions/free.md"])
    assert "Answers None (0) Some (1) All (4)" in page
    assert "Also count here: Is it free?" in page
    assert "1 retired gate Is it old?" in page
    craft = words_of(pages_of(SHAPES)["dimensions/craft.md"])
    assert "Low (0): The list is older. High (4) Target : The list is of this year." in craft
    assert "Why Nobody can test what nobody has listed." in craft
    assert "Criteria that are met: Low from 1, High from 2" in craft
    assert "if Does the workshop use machines? is answered with Some" in craft


def test_a_dimension_with_topics_goes_by_topics(pages: dict[str, str]) -> None:
    page = pages["dimensions/plan.md"]
    headings = re.findall(r"^#+ .*$", page, re.MULTILINE)
    assert headings == [
        "# Plan",
        "## By stage { #by-stage }",
        "## Stream A { #first }",
        "### Is it planned&#63; { #g1 .sb-gate-title }",
        "## Stream B { #second }",
        "### Is it planned&#63; { #g2 .sb-gate-title }",
        "## In other models { #maps }",
    ]
    # The map and other pages link to the stages of a dimension.
    assert '<dt id="one">' in page
    # What has the words of the title is not said again.
    assert page.count("<dt>Test</dt>") == 1


def test_an_empty_dimension_says_so(pages: dict[str, str]) -> None:
    page = pages["dimensions/empty.md"]
    assert re.findall(r"^#+ .*$", page, re.MULTILINE) == ["# Empty"]
    assert "There are no gates here yet." in page


def test_groups_have_pages_and_hold_their_dimensions(pages: dict[str, str]) -> None:
    group = words_of(pages["groups/steer.md"])
    assert "Where to go." in group
    assert "Plan" in group
    assert "Free" not in group
    [section] = [
        one for one in navigation(rubric_of()) if isinstance(one, dict) and "Dimensions" in one
    ]
    assert section["Dimensions"] == [
        "model/gates.md",
        {
            "Steer": [
                "model/groups/steer.md",
                "model/dimensions/plan.md",
                "model/dimensions/empty.md",
            ]
        },
        {"Unused": ["model/groups/unused.md"]},
        "model/dimensions/free.md",
    ]
    assert '<a href="groups/steer.html">Steer</a>' in pages["index.md"]
    assert "<th>" not in pages["groups/unused.md"]


def test_all_gates_stand_in_one_table(pages: dict[str, str]) -> None:
    page = pages["gates.md"]
    rows = re.findall(r"<tr data-dimension=.*?</tr>", page)
    assert [words_of(row) for row in rows] == [
        "Is it planned? (Stream A) Plan Level 1 Norm A2, A-2",
        "Is it planned? (Stream B) Plan Level 1",
        "Is it free? Free Level 1, Level 2 money",
    ]
    assert (
        'data-dimension="plan group:steer" data-stages="one" data-tags="" data-maps="any norm"'
        in rows[0]
    )
    assert 'data-stages="one two" data-tags="1" data-maps=""' in rows[2]
    # A choice of one narrows nothing; a column that nothing fills is not there.
    assert 'name="tags"' not in page
    assert '<th scope="col">Code</th>' not in page
    assert '<th scope="col">Target</th>' in pages_of(SHAPES)["gates.md"]


def test_the_crosswalk_reads_mappings_of_every_level(pages: dict[str, str]) -> None:
    page = words_of(pages["crosswalk.md"])
    forward = (
        "Norm Model A10 Ten Plan A2 Two Is it planned? (Stream A) A All Steer A-2 Second A Stream A"
    )
    assert forward in page
    assert "The other way: Model to Norm Model Norm Steer A Plan A10 A Stream A A-2" in page
    assert '<a href="https://example.org/v1#A-2">A-2</a>' in pages["crosswalk.md"]
    # Without mappings there is no heading of its own, but what refers to the framework finds it.
    headings = re.findall(r"^## (.*?) \{", pages["crosswalk.md"], re.MULTILINE)
    assert headings == ["Norm", "Named&#44; but not mapped"]
    assert '<li id="bare"><strong>Bare</strong> <small>Somebody. </small>' in pages["crosswalk.md"]


def test_ids_of_frameworks_are_sorted_by_value_and_shortened() -> None:
    assert sorted(["A10", "a2", "A.1", "B"], key=natural) == ["a2", "A10", "A.1", "B"]
    assert last_part("https://example.org/a/b/?x=1") == "b"
    assert last_part("https://example.org/a#c") == "c"
    assert last_part("https://") == "https://"
    rubric = rubric_of(frameworks={"norm": {"title": "Norm"}, "other": {"title": "O"}})
    words = by_word(rubric.frameworks["norm"], mapped(rubric, "norm"))
    assert list(words) == ["A", "A2", "A10", "https://example.org/v1#A-2"]
    assert show_word(rubric.frameworks["norm"], "A2") == ("A2", "", "")


def test_twins_are_told_apart() -> None:
    titles = {"a": "Same", "b": "same", "c": "Other"}
    codes = {"a": "X1", "b": "X2", "c": None}
    assert tell_apart(titles, codes, ()) == {"a": "X1 Same", "b": "X2 same", "c": "Other"}
    mark = {"a": "left", "b": "right"}.__getitem__
    assert tell_apart(titles, {**codes, "b": None}, (lambda _: "one", mark))["a"] == "Same (left)"
    assert tell_apart(titles, {**codes, "b": "X1"}, ())["b"] == "same (b)"
    assert gate_names(rubric_of())["g2"] == "Is it planned? (Stream B)"
    assert gate_names(rubric_of())["g3"] == "Is it free?"


def test_the_list_of_scopes_counts_gates_of_several_stages_in_each() -> None:
    relations = Relations(SHAPES)
    counted = [relations.counts["stage", stage] for stage in relations.steps]
    assert counted == [len(relations.gates_to(stage)) for stage in relations.steps]
    assert sum(counted) > len(SHAPES.gates)


def test_the_list_of_scopes_tells_twins_apart() -> None:
    data = yaml.safe_load(MODEL)["dimensions"]
    twins = {id_: {**one, "title": "Same", "code": id_.upper()} for id_, one in data.items()}
    page = pages_of(rubric_of(dimensions=twins))["assessment.md"]
    options = re.findall(r'value="dimension:\w+">(\S+ \S+):', page)
    assert options == ["PLAN Same", "FREE Same"]  # The third has nothing to answer.


BANDS = {"of": {"low": {"at": 0, "label": "Low"}, "high": {"at": 100, "label": "High"}}}
PERCENT = {"dimension": "mean", "overall": {"by": "mean"}, "times": 25, "unit": "%"}


@pytest.mark.parametrize(
    ("language", "edge", "ranges"),
    [
        ("en", "lower", ["from 0 to below 100%", "from 100%"]),
        ("en", "upper", ["up to 0%", "above 0, up to 100%"]),
        ("de", "lower", ["ab 0, unter 100\xa0%", "ab 100\xa0%"]),
    ],
)
def test_bands_have_their_ranges(language: str, edge: str, ranges: list[str]) -> None:
    rubric = rubric_of(scoring={**PERCENT, "bands": {**BANDS, "edge": edge}})
    rubric = rubric.model_copy(update={"language": language})
    assert [one.range for one in band_ranges(rubric)] == ranges


def test_the_overview_says_what_scores_and_bands_are() -> None:
    scoring = {**PERCENT, "bands": BANDS, "levels": {"topic": {"times": 2, "unit": "points"}}}
    page = words_of(pages_of(rubric_of(scoring=scoring))["index.md"])
    assert "Band Score Low from 0 to below 100% High from 100%" in page
    assert "Overall 0 to 100% " in page
    assert "Dimensions 0 to 4 Topics 0 to 8 points" in page
    # A place on a ladder has a name, and without an overall score there are no bands of it.
    assert (
        "What the scores mean" not in pages_of(load_rubric(GOOD / "sample.yml").rubric)["index.md"]
    )
    rubric = rubric_of(scoring={**PERCENT, "overall": None})
    assert "Overall" not in words_of(pages_of(rubric)["index.md"])
    assert score_words(rubric, "topic", 1 / 3) == "0.33"


def test_a_stage_that_is_a_band_says_its_range() -> None:
    bands = {"of": {"low": {"at": 0, "stage": "zero"}, "high": {"at": 3, "stage": "one"}}}
    scoring = {"dimension": "mean", "overall": {"by": "mean"}, "bands": bands}
    pages = pages_of(rubric_of(scoring=scoring))
    assert "Score: from 0 to below 3" in words_of(pages["stages/zero.md"])
    assert '<a href="stages/one.html">Level 1</a></td><td>from 3</td>' in pages["index.md"]


def test_scores_of_equal_steps_to_one_are_not_said() -> None:
    assert is_plain(load_rubric(GOOD / "sample.yml").rubric.scales["practice"])
    assert not is_plain(SHAPES.scales["grade"])


LADDER = """\
format: stagebook/1
id: ladder
title: Ladder
version: 1.0.0
stages: {base: {level: 0, title: Base}, top: {level: 1, title: Top}}
dimensions: {d: {title: D}, e: {title: E}}
gates:
  d1: {dimension: d, stage: top, title: D one, test: It is., blocking: true}
  d2: {dimension: d, stage: top, title: D two, test: It is.}
  e1: {dimension: e, stage: top, title: E one, test: It is.}
"""


def test_the_map_says_what_its_cells_name() -> None:
    some = Relations(rubric_of(LADDER))
    assert map_lead(some) == "map-some"
    assert map_cell(some, "d", "top") == (["d1"], 1, False)
    assert map_cell(some, "e", "top") == (["e1"], 0, False)
    gates = yaml.safe_load(LADDER)["gates"]
    every = {id_: {**gate, "blocking": True} for id_, gate in gates.items()}
    assert map_lead(Relations(rubric_of(LADDER, gates=every))) == "map-lead"
    none = {id_: {**gate, "blocking": False} for id_, gate in gates.items()}
    assert map_lead(Relations(rubric_of(LADDER, gates=none))) == "map-all"
    # Without a ladder nothing blocks a stage, whatever is said of a gate.
    mean = Relations(rubric_of(LADDER, gates=every, scoring={"dimension": "mean"}))
    assert map_lead(mean) == "map-all"


def test_long_cells_are_folded_and_large_maps_count() -> None:
    gate = {"dimension": "d", "stage": "top", "title": "One", "test": "It is."}
    many = {f"d{n}": {**gate, "code": f"D{n}"} for n in range(5)}
    cell = map_cell(Relations(rubric_of(LADDER, gates=many)), "d", "top")
    assert (len(cell.gates), cell.more, cell.is_folded) == (5, 0, True)
    many["d9"] = gate
    blocking = {id_: {**one, "blocking": id_ != "d9"} for id_, one in many.items()}
    cell = map_cell(Relations(rubric_of(LADDER, gates=blocking)), "d", "top")
    assert (len(cell.gates), cell.more, cell.is_folded) == (5, 1, True)
    long = {f"d{n}": {**gate, "title": f"{n}" * 100} for n in range(2)}
    assert map_cell(Relations(rubric_of(LADDER, gates=long)), "d", "top").is_folded
    dimensions = {f"x{n}": {"title": f"X{n}"} for n in range(101)}
    gates = {f"g{n}": {**gate, "dimension": f"x{n}"} for n in range(101)}
    large = Relations(rubric_of(LADDER, dimensions=dimensions, gates=gates))
    assert map_lead(large) == "map-counts"
    assert map_cell(large, "x0", "top") == (["g0"], 0, True)


def test_plays_show_what_they_say_and_offer_templates() -> None:
    tree = render_tree(SHAPES, "")
    play = tree["shapes/remediations/test-tools.md"].content.decode()
    assert "Cost 2 of 5 Usefulness 4 of 5" in words_of(play)
    assert "week" not in play
    path = "shapes/templates/test-tools/test-record.md.txt"
    assert tree[path].content.decode().startswith("# Record\n")
    assert 'href="../../templates/test-tools/test-record.md.txt" download="test-record.md"' in play
    table = tree["shapes/remediations/index.md"].content.decode()
    assert re.findall(r"<th>(.*?)</th>", table) == ["Play", "Helps with", "Cost", "Usefulness"]


def test_the_overview_says_which_questions_decide() -> None:
    page = words_of(pages_of(SHAPES)["index.md"])
    assert "What applies to you" in page
    assert "Does the workshop use machines? decides about 1 gate A machine has a motor." in page


def test_marked_words_are_filled() -> None:
    """Words of another language are HTML, which stays what it is."""
    page = pages_of(SHAPES.model_copy(update={"language": "ar"}))["gates.md"]
    assert (
        '<span lang="en" dir="ltr"><span data-el="found">3</span> of 3 gates shown.</span>' in page
    )
    assert fill("<b> {x}", x="<i>") == "&lt;b&gt; &lt;i&gt;"


def test_a_play_names_all_stages_that_its_gate_leads_to() -> None:
    play = {"p": {"title": "Play", "opens": ["g3"]}}
    rubric = rubric_of(remediations=play, scoring={"dimension": "ladder"})
    assert "Free, to Level 1, Level 2" in words_of(pages_of(rubric)["remediations/p.md"])
    assert "to Level 1, Level 2" in single_file(rubric)
