"""Scoring many assessments gives the numbers of scoring one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from stagebook.assessment.reader import read_assessment
from stagebook.rubric.model import Rubric
from stagebook.scoring.batch import BatchScorer
from stagebook.scoring.diagnosis import diagnose
from stagebook.scoring.scorer import Scorer, coverage
from strategies import assessments, rubrics


def assert_same(rubric: Rubric, said: dict[str, Any]) -> None:
    assessment, _ = read_assessment(json.dumps(said), rubric)
    assert assessment is not None
    scorer = Scorer(rubric)
    result = scorer.score(assessment)
    diagnosis = diagnose(scorer, assessment, result)
    batch = BatchScorer(scorer)
    brief = batch.score(assessment)
    # Equal texts are equal doubles, and -0.0 is not 0.0.
    assert repr(batch.states.by_gate(brief.states)) == repr(result.states)
    assert batch.states.coverage(brief.states) == coverage(result.states)
    assert repr(brief.overall) == repr(result.overall)
    assert repr(dict(brief.dimensions)) == repr(result.dimensions)
    cells = [(id_, key, one) for id_, row in result.cells.items() for key, one in row.items()]
    assert [one[:2] for one in cells] == batch.cell_names
    assert repr([one.score for one in brief.cells]) == repr([one for _, _, one in cells])
    plan = tuple(batch.planner.step(one) for one in brief.plan)
    unopened = batch.planner.ids_of(brief.unopened)
    assert repr((plan, unopened)) == repr((diagnosis.plan, diagnosis.plan_unopened))
    # What is remembered changes nothing.
    assert repr(batch.score(assessment)) == repr(brief)
    assert (brief.believed, brief.target) == (diagnosis.believed, diagnosis.target)


@given(st.data())
def test_many_are_scored_as_one_on_a_ladder(data: st.DataObject) -> None:
    rubric = data.draw(rubrics(ladder=True))
    assert_same(rubric, data.draw(assessments(rubric)))


@given(st.data())
def test_many_are_scored_as_one_by_any_model(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    assert_same(rubric, data.draw(assessments(rubric)))
