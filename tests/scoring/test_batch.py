"""Scoring many assessments gives the numbers of scoring one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from stagebook.assessment.reader import Answer, Assessment, read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.scoring import batch as batching
from stagebook.scoring import batch_cells
from stagebook.scoring.batch import BatchScorer
from stagebook.scoring.diagnosis import diagnose
from stagebook.scoring.gates import State
from stagebook.scoring.scorer import Scorer, coverage
from strategies import assessments, rubrics


def assert_same(rubric: Rubric, entries: list[dict[str, Any]]) -> None:
    scorer = Scorer(rubric)
    batch = BatchScorer(scorer)
    # The first one again: what is remembered changes nothing.
    for said in [*entries, entries[0]]:
        assessment, _ = read_assessment(json.dumps(said), rubric)
        assert assessment is not None
        result = scorer.score(assessment)
        diagnosis = diagnose(scorer, assessment, result)
        brief = batch.score(assessment)
        # Equal texts are equal doubles, and -0.0 is not 0.0.
        assert repr(batch.states.by_gate(brief.states)) == repr(result.states)
        assert batch.states.coverage(brief.states) == coverage(result.states)
        assert repr(brief.overall) == repr(result.overall)
        assert repr(dict(brief.dimensions)) == repr(result.dimensions)
        cells = [(id_, key, one) for id_, row in result.cells.items() for key, one in row.items()]
        assert batch.cell_names == [one[:2] for one in cells]
        assert repr([one.score for one in brief.cells]) == repr([one for _, _, one in cells])
        plan = tuple(batch.planner.step(one) for one in brief.plan)
        unopened = batch.planner.ids_of(brief.unopened)
        assert repr((plan, unopened)) == repr((diagnosis.plan, diagnosis.plan_unopened))
        assert (brief.believed, brief.target) == (diagnosis.believed, diagnosis.target)


def several(data: st.DataObject, rubric: Rubric) -> list[dict[str, Any]]:
    return data.draw(st.lists(assessments(rubric), min_size=1, max_size=3))


@given(st.data())
def test_many_are_scored_as_one_on_a_ladder(data: st.DataObject) -> None:
    rubric = data.draw(rubrics(ladder=True))
    assert_same(rubric, several(data, rubric))


@given(st.data())
def test_many_are_scored_as_one_by_any_model(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    assert_same(rubric, several(data, rubric))


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (batching, batch_cells):
        monkeypatch.setattr(module, "REMEMBERED", 30)
    rubric = load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric
    batch, fresh = BatchScorer(Scorer(rubric)), BatchScorer(Scorer(rubric))
    for number in range(60):
        batch.forget()
        assert len(batch.cells.listed) <= 30
        assert len(batch.states.listed) <= 30
        choices = ["no", "partly", "yes", "unknown", "not-applicable"]
        # A new state for each, as a measure on a scale of points makes one.
        batch.states.number(State("measured", number / 7, True, False))
        answers = {id_: Answer(choices[(len(id_) + number) % 5]) for id_ in rubric.gates}
        assessment = Assessment(answers=answers)
        made, wanted = batch.score(assessment), fresh.score(assessment)
        assert batch.states.by_gate(made.states) == fresh.states.by_gate(wanted.states)
        assert made[1:] == wanted[1:]
