"""What a question offers: answers in the author's order with their meanings, and help to choose."""

from __future__ import annotations

import re

import pytest
from folders import GOOD
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Measure, Rubric
from stagebook.site import render_tree, single_file
from stagebook.site.choices import (
    BRIEF,
    SHORT,
    Answer,
    answers_of,
    are_long,
    asked_of,
    is_brief,
    measured,
    otherwise,
)
from stagebook.workbook.document import markdown

SHAPES = load_rubric(GOOD / "shapes.yml").rubric
SCALES = {
    "usual": {
        "no": {"label": "No", "score": 0},
        "partly": {"label": "Partly", "score": 0.5, "meaning": "By hand."},
        "yes": {"label": "Yes", "score": 1, "meaning": "By **routine**."},
    }
}


def rubric_with(**gate: object) -> Rubric:
    gates = {"g": {"dimension": "d", "title": "G", "test": "T.", **gate}}
    head = {"format": "stagebook/1", "id": "r", "title": "R", "version": "1.0.0"}
    scoring = {"dimension": "mean", "overall": {"of": "dimensions", "by": "mean"}}
    rest = {"scales": SCALES, "dimensions": {"d": {"title": "D"}}, "gates": gates}
    return Rubric.model_validate({**head, **rest, "scoring": scoring})


def offered(**gate: object) -> list[Answer]:
    rubric = rubric_with(**gate)
    return answers_of(rubric, rubric.gates["g"])


def test_answers_keep_the_authors_order_and_say_what_they_mean_here() -> None:
    assert offered() == [
        ("no", "No", None),
        ("partly", "Partly", "By hand."),
        ("yes", "Yes", "By **routine**."),
    ]
    assert [one.meaning for one in offered(partly="Some.")] == [None, "Some.", "By **routine**."]
    meanings = {"no": "None.", "partly": "Few."}
    told = [one.meaning for one in offered(partly="Some.", meanings=meanings)]
    assert told == ["None.", "Few.", "By **routine**."]


FIVE = {f"n{score}": {"label": f"Level {score}", "score": score} for score in (2, 1, 3, 5, 4)}


@pytest.mark.parametrize(
    ("scale", "shown"),
    [
        (FIVE, {"n3": "Half."}),
        ({key: FIVE[key] for key in ("n5", "n1", "n2")}, {"n2": "Half."}),
        ({key: FIVE[key] for key in ("n1", "n2", "n4", "n5")}, {}),
        ({**FIVE, "partly": {"label": "Nearly", "score": 4.5}}, {"partly": "Half."}),
    ],
)
def test_partly_is_said_of_the_middle_answer_under_its_own_label(
    scale: dict[str, dict[str, object]], shown: dict[str, str]
) -> None:
    rubric = rubric_with(partly="Half.")
    record = Rubric.model_validate({**rubric.model_dump(by_alias=True), "scales": {"own": scale}})
    answers = answers_of(record, record.gates["g"])
    assert {one.id: one.meaning for one in answers if one.meaning} == shown
    tree = render_tree(record, "")
    page = tree["r/dimensions/d.md"].content.decode()
    quiz = single_file(record)
    document = markdown(record)
    for text in (page, quiz, document):
        assert ("Half." in text) == bool(shown)
        assert "Partly" not in text
    for id_ in shown:
        label = scale[id_]["label"]
        assert f"- {label}: Half." in document
        assert f"<strong>{label}</strong> ({scale[id_]['score']}): Half." in page


def test_a_gate_scored_by_a_number_alone_offers_no_answers() -> None:
    assert offered(measure={"of": "m", "points": [[0, 0], [1, 1]]}) == []


def test_length_is_that_of_what_is_read() -> None:
    label = "x" * SHORT
    assert not are_long([Answer("a", label, None)])
    assert are_long([Answer("a", label, "y")])
    assert not are_long([Answer("a", "x" * (SHORT - 1), "**y**")])
    assert is_brief("x" * BRIEF)
    assert not is_brief("x" * (BRIEF + 1))


def test_only_what_decides_something_here_is_asked_of_the_subject() -> None:
    assert asked_of(SHAPES, ["tools-shared", "tools-tested"]) == ["machines"]
    assert asked_of(rubric_with(), ["g"]) == []


@pytest.mark.parametrize("brief", [True, False])
def test_a_question_says_why_it_matters_what_counts_and_the_numbers(brief: bool) -> None:
    why = "Nobody sees it." if brief else "Nobody sees it. " * 20
    thresholds = [{"text": "within 5 days", "kind": "judgement"}]
    evidence = ["The dated list.", "A second one."]
    rubric = rubric_with(code="G-1", why=why, evidence=evidence, thresholds=thresholds)
    [question] = re.findall(r"<fieldset data-gate.*?</fieldset>", single_file(rubric), re.DOTALL)
    assert "<legend><small>G-1</small> G</legend>" in question
    assert "<b>What counts:</b> The dated list.<br>" in question
    assert "A second one." not in question
    assert "<b>In numbers:</b> within 5 days</div>" in question
    assert ("<b>Why it matters:</b> Nobody sees it.</div>" in question) is brief
    assert ("<summary>Why it matters</summary>" in question) is not brief


def test_a_page_of_few_gates_leads_to_where_the_subject_is_described() -> None:
    tree = render_tree(SHAPES, "")
    stage = tree["shapes/stages/basic.md"].content.decode()
    assert "data-profile" not in stage
    assert 'class="sb-change" href="../../assessment/#quiz-begin"' in stage
    assessment = tree["shapes/assessment.md"].content.decode()
    assert assessment.count("data-profile") == 3
    assert 'class="sb-change" href="#quiz-begin"' in assessment


def test_a_number_says_what_it_answers_and_what_it_can_only_rule_out() -> None:
    questions = load_rubric(GOOD / "questions.yml").rubric
    [asked] = measured(questions, questions.gates)
    assert (asked.answers, asked.rules_out) == (
        ["Is somebody responsible?"],
        ["Are people trained?"],
    )
    page = single_file(questions)
    assert "<br>It answers: Is somebody responsible?<br>" in page
    assert "<br>It can only rule out: Are people trained?</p>" in page
    protocols = render_tree(questions, "")["access/protocols.md"].content.decode()
    assert re.search(r"Answers <a [^>]+>Is somebody", protocols)
    assert re.search(r"Can only rule out <a [^>]+>Are people", protocols)
    [asked] = measured(questions, ["staff-trained"])
    assert asked.answers == []


@pytest.mark.parametrize(
    ("conditions", "label"),
    [
        ({"yes": "<= 8.5", "no": "> 40"}, "No"),
        ({"yes": "<= 2.5", "partly": ">= 5"}, "No"),
        ({"yes": "<= 8.5"}, "No"),
        ({"yes": "<= 8.5", "no": "> 8.5"}, None),
        ({"yes": "<= 8.5", "partly": "> 8.5"}, None),
        ({"yes": ">= 50", "no": "<= 49"}, None),
        ({"no": "> 40"}, None),
    ],
)
def test_a_page_says_which_answer_the_numbers_give_that_meet_no_condition(
    conditions: dict[str, str], label: str | None
) -> None:
    rubric = rubric_with(measure={"of": "m", **conditions})
    measure = Measure.model_validate({"title": "Down", "unit": "hours"})
    rubric = rubric.model_copy(update={"measures": {"m": measure}})
    assert otherwise(rubric, rubric.gates["g"]) == label
    page = render_tree(rubric, "")["r/dimensions/d.md"].content.decode()
    assert (", otherwise No</dd>" in page) == (label is not None)


def test_pages_promise_no_plays_that_the_model_does_not_have() -> None:
    symptom = {"observation": "O.", "kind": "stuck", "gates": ["g"], "disproof": "P."}
    data = rubric_with().model_dump(by_alias=True) | {"symptoms": {"s": symptom}}
    play = {"p": {"title": "Play", "opens": ["g"]}}
    for plays in ({}, play):
        tree = render_tree(Rubric.model_validate(data | {"remediations": plays}), "")
        finder = tree["r/symptoms.md"].content.decode()
        assert ("the plays that help with them" in finder) == bool(plays)
        said = tree["r/downloads.md"].content.decode()
        assert "the full assessment as one file" in said
        assert not re.search("plays|sources", said)


def test_only_answers_that_somebody_chooses_are_a_goal() -> None:
    points = {"of": "m", "points": [[0, 0], [1, 1]]}
    for measure, shown in ({"of": "m", "yes": ">= 1"}, True), (points, False):
        rubric = rubric_with(measure=measure, target="partly")
        unit = Measure.model_validate({"title": "Down", "unit": "hours"})
        tree = render_tree(rubric.model_copy(update={"measures": {"m": unit}}), "")
        assert ("<td>Partly</td>" in tree["r/gates.md"].content.decode()) == shown
