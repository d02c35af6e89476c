"""What a roadmap leads to: the score of the answers in which its plays have opened their gates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import exact
from stagebook.assessment.reader import read_assessment
from stagebook.checks.loader import read_rubric
from stagebook.report.data import overall_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data
from strategies import assessments, rubrics


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


@st.composite
def roadmaps(draw: st.DrawFn, rubric: Rubric) -> list[dict[str, Any]]:
    """Draw phases that hold some of the plays of a rubric, each once."""
    phases: list[dict[str, Any]] = [{"remediations": []} for _ in range(draw(st.integers(1, 4)))]
    for play in draw(st.permutations(list(rubric.remediations))):
        if draw(st.booleans()):
            draw(st.sampled_from(phases))["remediations"].append({"id": play})
    return phases


def with_opened(
    rubric: Rubric, scorer: Scorer, said: dict[str, Any], plays: list[str]
) -> dict[str, Any] | None:
    """Return an assessment in which plays have opened their gates; None if no answer says so."""
    assessment, _ = read_assessment(json.dumps(said), rubric)
    assert assessment
    states = scorer.score(assessment).states
    answers = dict(said["answers"])
    for id_ in {gate for play in plays for gate in rubric.remediations[play].opens}:
        gate, state = rubric.gates[id_], states[id_]
        if state.is_open or state.answer == "not-applicable":
            continue
        if gate.measure is not None and gate.measure.points:
            return None
        scale = rubric.scales[rubric.scale_id(gate)]
        answers[id_] = {"answer": max(scale, key=lambda one: scale[one].score)}
    return {**said, "answers": answers}


@given(st.data())
def test_a_forecast_is_the_score_of_the_answers_with_open_gates(
    server: ScoringServer, data: st.DataObject
) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(assessments(rubric))
    roadmap = data.draw(roadmaps(rubric))
    scorer = Scorer(rubric)
    theirs = server.ask(ask="forecast", data=quiz_data(rubric), assessment=said, roadmap=roadmap)
    assert len(theirs) == len(roadmap)
    plays: list[str] = []
    for phase, overall in zip(roadmap, theirs, strict=True):
        plays += [one["id"] for one in phase["remediations"]]
        changed = with_opened(rubric, scorer, said, plays)
        if changed is None:
            return
        assessment, _ = read_assessment(json.dumps(changed), rubric)
        assert assessment
        ours = overall_data(scorer.score(assessment).overall)
        assert exact(json.loads(json.dumps(ours))) == exact(overall)


LEFT_OUT = """
format: stagebook/1
id: left-out
title: Left out
version: 1.0.0
scoring: {not_applicable: zero, dimension: mean, overall: {by: mean}}
dimensions: {craft: {title: Craft}}
profile:
  acts: {question: Does it act?, choices: {"yes": {label: Yes}, "no": {label: No}}}
gates:
  reviewed:
    dimension: craft
    title: Acts are reviewed
    test: A record is there.
    applies: {acts: "yes"}
remediations:
  review: {title: Review acts, opens: [reviewed]}
"""


def test_no_play_helps_with_a_gate_that_the_profile_leaves_out(server: ScoringServer) -> None:
    """Not even where such a gate counts as nothing: no answer to it would count."""
    rubric = read_rubric(LEFT_OUT, "left-out.yml").rubric
    said = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "left-out", "version": "1.0.0"},
        "profile": {"acts": "no"},
    }
    [overall] = server.ask(
        ask="forecast",
        data=quiz_data(rubric),
        assessment=said,
        roadmap=[{"remediations": [{"id": "review"}]}],
    )
    assert (overall["low"], overall["high"]) == (0, 0)
