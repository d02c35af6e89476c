"""Results of models without stages or an overall score, and with topics, as text."""

from __future__ import annotations

import json

import pytest
import stagebook
from stagebook.assessment.reader import read_assessment
from stagebook.checks.loader import read_rubric
from stagebook.site import navigation

TEXT = """\
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
%s
dimensions:
  d: {title: Tickets}
topics:
  t: {title: Reading}
gates:
  g: {dimension: d, topic: t, title: Read, test: Tickets are read. %s}
  h: {dimension: d, topic: t, title: Kept, test: Tickets are kept. %s}
scoring: {dimension: mean, overall: %s}
"""


@pytest.mark.parametrize("overall", ["null", "{by: mean}"])
def test_without_stages_the_report_speaks_of_none(overall: str) -> None:
    reading = read_rubric(TEXT % ("", "", "", overall), "desk.yml")
    assert reading.findings == ()
    answers = {"g": {"answer": "yes"}, "h": {"answer": "no"}}
    head = {"format": "stagebook-assessment/1", "rubric": {"id": "desk", "version": "1.0.0"}}
    text = json.dumps({**head, "answers": answers})
    assessment, _ = read_assessment(text, reading.rubric)
    assert assessment is not None
    report = stagebook.explain(reading.rubric, assessment)
    assert ("Overall" in report) is (overall != "null")
    assert "stage" not in report.lower()
    assert "Reading 0.5: the mean of Read 1, Kept 0" in report
    assert "Tickets 0.5: the mean of Read 1, Kept 0" in report


def test_without_stages_the_pages_have_no_heading_for_them() -> None:
    pages = stagebook.render(read_rubric(TEXT % ("", "", "", "null"), "desk.yml"))
    assert not any(path.startswith("desk/stages/") for path in pages)
    assert b"stages" not in pages["desk/index.md"].lower()
    assert b"believed" not in pages["desk/assessment.md"]


def test_the_cells_of_a_topic_are_named() -> None:
    stages = "stages: {a: {level: 0, title: A}, b: {level: 1, title: B}, c: {level: 2, title: C}}"
    rubric = read_rubric(
        (TEXT % (stages, "", "", "{by: mean}"))
        .replace("title: Read,", "title: Read, stage: b,")
        .replace("title: Kept,", "title: Kept, stage: c,"),
        "desk.yml",
    ).rubric
    head = {"format": "stagebook-assessment/1", "rubric": {"id": "desk", "version": "1.0.0"}}
    assessment, _ = read_assessment(json.dumps({**head, "answers": {"g": "yes"}}), rubric)
    assert assessment is not None
    assert "Reading, B 1: the mean of Read 1" in stagebook.explain(rubric, assessment)


def test_without_stages_the_navigation_has_no_empty_section() -> None:
    items = navigation(read_rubric(TEXT % ("", "", "", "null"), "desk.yml").rubric)
    sections = {
        name: below for item in items if isinstance(item, dict) for name, below in item.items()
    }
    assert all(sections.values())
    assert "Stages" not in sections
