"""Met gates with dated evidence: both languages count them alike, and the report says how many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import read
from stagebook.files.rubrics import load_rubric
from stagebook.report.dated import Dated, count_dated, dated_section
from stagebook.report.scores import ScoreWords
from stagebook.report.text import explain
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data
from strategies import assessments, rubrics

SCORER = Scorer(load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric)


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def said(rubric: Rubric, answers: dict[str, Any]) -> dict[str, Any]:
    header = {"id": rubric.id, "version": rubric.version}
    return {"format": "stagebook-assessment/1", "rubric": header, "answers": answers}


EVIDENCE = st.sampled_from([[], [{"title": "X"}], [{"date": "2026-11-23"}], [{"date": "soon"}]])


@given(st.data())
def test_both_count_alike_and_never_more_than_are_met(
    server: ScoringServer, data: st.DataObject
) -> None:
    rubric = data.draw(rubrics())
    file = data.draw(assessments(rubric))
    for answer in file["answers"].values():
        answer["evidence"] = data.draw(EVIDENCE) + data.draw(EVIDENCE)
    scorer, assessment = Scorer(rubric), read(rubric, file)
    result = scorer.score(assessment)
    counts = count_dated(scorer, assessment, result)
    words = ScoreWords(scorer, rubric.language)
    ours = {
        "counts": {id_: one._asdict() for id_, one in counts.items()},
        "lines": [entry.text for one in dated_section(counts, words) for entry in one.entries],
    }
    assert server.ask(ask="dated", data=quiz_data(rubric), assessment=file) == ours
    assert all(0 <= one.dated <= one.met and one.met for one in counts.values())
    assert sum(one.met for one in counts.values()) == sum(
        state.is_open for state in result.states.values()
    )


def test_the_report_says_how_many_of_each_dimension() -> None:
    gates = [id_ for id_, one in SCORER.rubric.gates.items() if one.dimension == "evaluation"]
    dated, undated, unmet, *_ = gates
    answers = {
        dated: {"answer": "yes", "evidence": [{"title": "Run"}, {"date": "2026-11-23"}]},
        undated: {"answer": "yes", "evidence": [{"title": "Run"}]},
        unmet: {"answer": "no", "evidence": [{"date": "2026-11-23"}]},
    }
    assessment = read(SCORER.rubric, said(SCORER.rubric, answers))
    result = SCORER.score(assessment)
    assert count_dated(SCORER, assessment, result) == {"evaluation": Dated(2, 1)}
    title = SCORER.rubric.dimensions["evaluation"].title
    lines = explain(SCORER, assessment).splitlines()
    at = lines.index("Met gates with dated evidence")
    assert lines[at + 1 : at + 3] == [f"  {title}: 1 of 2", ""]


def test_where_no_gate_is_met_nothing_is_said() -> None:
    [gate, *_] = SCORER.rubric.gates
    assessment = read(SCORER.rubric, said(SCORER.rubric, {gate: {"answer": "no"}}))
    assert "dated evidence" not in explain(SCORER, assessment)
