"""The adaptive assessment: it asks what can change the stage, and gets the stage of all answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from node import ScoringServer
from scored import read
from stagebook.assessment.reader import Assessment
from stagebook.rubric.model import Rubric
from stagebook.scoring.adaptive import WIDTH, Adaptive, width_of
from stagebook.scoring.scorer import Result, Scorer
from stagebook.site.quiz_data import quiz_data
from strategies import answers_of, assessments, rubrics


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def take(rubric: Rubric, full: dict[str, Any]) -> tuple[Adaptive, Result, list[str]]:
    """Answer what is asked until nothing is; return the last result and what was asked."""
    scorer = Scorer(rubric)
    result = scorer.score(Assessment())
    adaptive = Adaptive(scorer, result)
    said: dict[str, Any] = {**full, "answers": {}}
    asked: list[str] = []
    left = len(rubric.gates) + 1
    while gates := adaptive.next_gates(result):
        assert len(gates) < left, "one question more may still be asked than before"
        left = len(gates)
        asked.append(gates[0])
        said["answers"][gates[0]] = full["answers"][gates[0]]
        result = scorer.score(read(rubric, said))
    return adaptive, result, asked


@st.composite
def full_assessments(draw: st.DrawFn, rubric: Rubric) -> dict[str, Any]:
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": {
            id_: {"answer": draw(st.sampled_from(answers_of(rubric, id_)))} for id_ in rubric.gates
        },
    }


@given(st.data())
def test_its_stage_is_that_of_the_full_assessment(data: st.DataObject) -> None:
    rubric = data.draw(rubrics(ladder=True))
    full = data.draw(full_assessments(rubric))
    whole = Scorer(rubric).score(read(rubric, full))
    assume(whole.overall.low is not None)  # Something applies.
    _, result, asked = take(rubric, full)
    assert len(set(asked)) == len(asked)
    assert result.overall.stage.low == result.overall.stage.high == whole.overall.stage.low


@given(st.data())
def test_both_implementations_ask_alike(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics(ladder=data.draw(st.sampled_from([True, True, False]))))
    said = data.draw(assessments(rubric))
    scorer = Scorer(rubric)
    adaptive = Adaptive(scorer, scorer.score(Assessment()))
    ours = adaptive.next_gates(scorer.score(read(rubric, said)))
    assert server.ask(ask="next_gates", data=quiz_data(rubric), assessments=[said]) == [ours]


@given(st.data())
def test_without_a_ladder_the_interval_is_narrow_in_the_end(data: st.DataObject) -> None:
    rubric = data.draw(rubrics(ladder=False))
    assume(rubric.scoring.overall)
    full = data.draw(full_assessments(rubric))
    adaptive, result, _ = take(rubric, full)
    assert adaptive.is_settled(result)
    stage, bands = result.overall.stage, result.overall.bands
    is_told = stage.low is not None or (rubric.scoring.bands and bands.low == bands.high)
    assert is_told or width_of(result) <= WIDTH * adaptive.whole
