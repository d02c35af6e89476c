"""What the profile leaves out: said with its reason, in the report and beside other respondents."""

from __future__ import annotations

import json
from typing import Any

from folders import GOOD
from stagebook.assessment.reader import Assessment, read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import result_data
from stagebook.report.left_out import LeftOut, left_out_by_profile
from stagebook.report.text import explain
from stagebook.scoring.compare import ProfileMove, compare_assessments
from stagebook.scoring.scorer import Scorer
from stagebook.team.view import view_team
from stagebook.team.words import TeamWords

SCORER = Scorer(load_rubric(GOOD / "shapes.yml").rubric)
TESTED = {"tools-tested": "low", "tools-listed": "high"}


def said(answers: dict[str, Any], **profile: str) -> Assessment:
    file = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "shapes", "version": "1.0.0"},
        "answers": answers,
        "profile": profile,
    }
    assessment, findings = read_assessment(json.dumps(file), SCORER.rubric)
    assert assessment is not None
    assert findings == []
    return assessment


def test_gates_are_grouped_by_the_answer_that_leaves_them_out() -> None:
    left = LeftOut("Does the workshop use machines?", "None", ("tools-tested",))
    assert left_out_by_profile(SCORER, {"machines": "none"}) == [left]
    assert left_out_by_profile(SCORER, {"machines": "many"}) == []
    assert left_out_by_profile(SCORER, {}) == []


def test_the_report_says_why_gates_are_left_out() -> None:
    answers = {"tools-shared": {"answer": "not-applicable", "reason": "One team."}}
    text = explain(SCORER, said({**TESTED, **answers}, machines="none"))
    left = text.partition("Left out because they do not apply\n")[2].splitlines()
    assert left[:3] == [
        "  Does the workshop use machines? None: Tools are tested",
        "  Tools are shared: One team.",
        "",
    ]
    assert "2 of 2 gates answered, 0 of them with “I do not know” and 1 with" in text
    assert text.count("1 gate is left out because of what is said about the product.") == 1
    assert "Left out" not in explain(SCORER, said(TESTED, machines="many"))


def test_the_result_as_data_says_why_gates_are_left_out() -> None:
    answers = {"tools-shared": {"answer": "not-applicable", "reason": "One team."}}
    data = result_data(SCORER, said({**TESTED, **answers}, machines="none"))
    assert data["left_out"] == {
        "profile": [{"question": "machines", "answer": "none", "gates": ["tools-tested"]}],
        "answers": [{"gate": "tools-shared", "reason": "One team."}],
    }
    assert "left_out" not in result_data(SCORER, said(TESTED, machines="many"))


def test_beside_others_it_counts_as_not_applicable() -> None:
    team = view_team(SCORER, [said(TESTED), said(TESTED, machines="none")])
    [tested] = [one for one in team.gates if one.gate == "tools-tested"]
    assert dict(tested.counts) == {"low": 1, "not-applicable": 1}


def test_a_comparison_names_what_is_said_otherwise() -> None:
    compared = compare_assessments(SCORER, said(TESTED), said(TESTED, machines="none"))
    assert compared.profile == (ProfileMove("machines", None, "none"),)
    assert [move.gate for move in compared.gates] == ["tools-tested"]


def test_a_team_counts_for_each_respondent_what_applies() -> None:
    team = view_team(SCORER, [said(TESTED, machines="none"), said(TESTED, machines="many")])
    words = TeamWords(SCORER, team)
    assert [*map(words.answered, team.respondents)] == ["1/2", "2/3"]
