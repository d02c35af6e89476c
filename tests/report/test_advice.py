"""What follows from a result: the same in both languages, and never at odds with itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import read, whole
from stagebook.assessment.reader import Assessment
from stagebook.checks.loader import read_rubric
from stagebook.report.advice import Advice
from stagebook.report.fewest import fewest_section
from stagebook.report.headline import Headline
from stagebook.report.listing import Section
from stagebook.report.scores import ScoreWords
from stagebook.report.text import Report, explain
from stagebook.rubric.model import Rubric
from stagebook.scoring.diagnosis import diagnose
from stagebook.scoring.fewest import find_fewest
from stagebook.scoring.gates import may_be_met
from stagebook.scoring.scale import find_tops, top_of
from stagebook.scoring.scorer import Scorer
from stagebook.scoring.trace import find_calculations
from stagebook.site.quiz_data import quiz_data
from strategies import assessments, rubrics


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def advice_on(rubric: Rubric, assessment: Assessment) -> tuple[Advice, Headline]:
    scorer = Scorer(rubric)
    result = scorer.score(assessment)
    words = ScoreWords(scorer, rubric.language)
    advice = Advice(scorer, result, diagnose(scorer, assessment, result), words)
    return advice, Headline(scorer, result, words)


def fewest_on(advice: Advice) -> Iterator[Section]:
    fewest = find_fewest(advice.reasons.scorer, advice.reasons.result)
    return fewest_section(fewest, advice.listing, advice.plan)


def said(rubric: Rubric, answers: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": {id_: {"answer": answer} for id_, answer in answers.items()},
        **more,
    }


@given(st.data())
def test_both_say_the_same_in_the_same_order(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    one = data.draw(assessments(rubric))
    advice, head = advice_on(rubric, read(rubric, one))
    theirs = server.ask(ask="advise", data=quiz_data(rubric), assessment=one)
    assert theirs["headline"] == head.headline()
    assert theirs["lead"] == [advice.belief(), advice.reasons.decisive(), advice.plan.next_step()]
    remarks = (*head.remarks(), head.numbers(), head.coverage(one.get("profile", {})))
    assert theirs["remarks"] == [line for line in remarks if line]
    assert theirs["sections"] == [
        [section.title, [*section.leads], [[one.text, [*one.below]] for one in section.entries]]
        for section in (*advice.sections(), *fewest_on(advice))
    ]


@given(st.data())
def test_what_holds_a_result_back_has_a_play_or_is_said_to_have_none(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    assessment = read(rubric, data.draw(assessments(rubric)))
    advice, _ = advice_on(rubric, assessment)
    scorer, result, diagnosis = advice.reasons.scorer, advice.reasons.result, advice.diagnosis
    shut = {
        gate.gate
        for one in advice.reasons.told.holding
        for gate in one.gates
        if gate.answer is not None
    }
    shut |= {gate for gate in diagnosis.lowering if not result.states[gate].is_open}
    # What does not apply may count as 0, and nobody can open it.
    shut = {gate for gate in shut if may_be_met(result.states[gate])}
    helped = {gate for step in diagnosis.plan for gate in step.opens}
    levels, reached = scorer.ladder.levels, result.overall.stage.low
    chosen = assessment.target_stage
    if chosen and reached and levels[chosen] <= levels[reached]:
        assert "is reached" in "".join(lead for one in advice.sections() for lead in one.leads)
        return
    assert shut <= helped | {*diagnosis.plan_unopened}
    for reason in advice.reasons.told.others:
        entry = advice.reasons._entry(reason).text
        counts = reason.dimension in scorer.counted
        assert ("does not count" in entry) is not counts
        assert reason.dimension not in {one.dimension for one in advice.reasons.told.holding}


@given(st.data())
def test_no_headline_is_a_range_and_no_score_is_above_what_it_is_out_of(
    server: ScoringServer, data: st.DataObject
) -> None:
    rubric = data.draw(rubrics())
    scorer = Scorer(rubric)
    tops = find_tops(scorer)
    theirs = server.ask(ask="tops", data=quiz_data(rubric))
    assert theirs["overall"] == top_of(tops, "overall", "")
    for of in ("group", "dimension", "topic"):
        for id_, top in theirs[f"{of}s"].items():
            assert top == top_of(tops, of, id_)
    _, head = advice_on(rubric, read(rubric, data.draw(assessments(rubric))))
    assert not any(word in head.headline() for word in ("Between", " to "))


@pytest.mark.parametrize(
    ("answers", "lead"),
    [
        ({"a": "yes", "c": "yes"}, "One gate is enough for two."),
        ({"c": "yes"}, "One gate is enough for one."),
        ({"a": "no"}, "2 gates are enough for one, and no fewer. One of them is not answered yet."),
    ],
)
def test_of_a_single_gate_only_its_entry_says_that_it_is_not_answered(
    server: ScoringServer, answers: dict[str, str], lead: str
) -> None:
    rubric = whole(LADDER)
    one = said(rubric, answers)
    advice, _ = advice_on(rubric, read(rubric, one))
    [section] = fewest_on(advice)
    assert section.leads == (lead,)
    theirs = server.ask(ask="advise", data=quiz_data(rubric), assessment=one)["sections"][-1]
    assert theirs[1] == [lead]


@given(st.data())
def test_both_say_the_same_sums(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    one = data.draw(assessments(rubric))
    theirs = server.ask(ask="arithmetic", data=quiz_data(rubric), assessment=one)
    report = Report(Scorer(rubric), read(rubric, one))
    made = find_calculations(report.scorer, report.result)
    assert theirs == [report._calculation(step) for step in made]


def test_sums_name_the_factor_and_the_cap(server: ScoringServer) -> None:
    rubric = whole(
        {
            **STEPS,
            "gates": {
                "a": {"stage": "one"},
                "b": {"stage": "two", "title": "B"},
                "c": {"stage": "two", "title": "C", "cap": {"score": 12}},
            },
            "scoring": {"times": 10, "overall": {"of": "gates", "by": "ladder"}},
        }
    )
    one = said(rubric, {"a": "yes", "b": "yes", "c": "no"})
    lines = sums(rubric, one)
    assert lines == [
        "Overall 12.00: 1, plus 0.5 towards two, the mean of B 1, C 0, times 10, limited to 12",
        "d 1.5: 1, plus 0.5 towards two, the mean of B 1, C 0",
    ]
    assert server.ask(ask="arithmetic", data=quiz_data(rubric), assessment=one) == lines
    full = said(rubric, {"a": "yes", "b": "yes", "c": "yes"})
    assert sums(rubric, full)[0] == (
        "Overall 30.00: the stage that is reached, with nothing added, times 10"
    )


STEPS: dict[str, Any] = {"stages": {"zero": 0, "one": 1, "two": 2, "three": 3}}


def sums(rubric: Rubric, one: dict[str, Any]) -> list[str]:
    lines = explain(Scorer(rubric), read(rubric, one)).splitlines()
    return [line.strip() for line in lines[lines.index("How each number is calculated") + 1 :]]


def held_back(rubric: Rubric, answers: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return what decides, and the cells that hold a result back."""
    advice, _ = advice_on(rubric, read(rubric, said(rubric, answers)))
    held = [(one.dimension, one.stage) for one in advice.reasons.told.holding]
    leads = [lead for one in advice.sections() for lead in one.leads]
    assert "None of your answers holds the result back." not in leads
    return advice.reasons.decisive(), held


def test_where_stages_are_apart_the_next_one_with_gates_holds_back() -> None:
    rubric = whole(
        {
            **STEPS,
            "gates": {"a": {"stage": "one"}, "b": {"stage": "three"}},
            "scoring": {"ladder": "apart"},
        }
    )
    decides, held = held_back(rubric, {"a": "yes", "b": "no"})
    assert held == [("d", "three")]
    assert decides.startswith("What decides: d is at one: 0 of 1 gates to three are met.")


def test_one_ladder_of_all_gates_is_held_back_at_its_own_next_stage() -> None:
    gates = {
        "a": {"dimension": "d", "stage": "one"},
        "b": {"dimension": "d", "stage": "two"},
        "c": {"dimension": "e", "stage": "one"},
        "f": {"dimension": "e", "stage": "two"},
    }
    rubric = whole(
        {
            **STEPS,
            "dimensions": {"d": {}, "e": {}},
            "gates": gates,
            "scoring": {"ladder": "apart", "overall": {"of": "gates", "by": "ladder"}},
        }
    )
    _, held = held_back(rubric, {"a": "no", "b": "yes", "c": "yes", "f": "no"})
    assert held == [("d", "one")]


def test_a_cap_that_decides_is_what_holds_back() -> None:
    rubric = whole(
        {
            **STEPS,
            "gates": {
                "a": {"stage": "one"},
                "b": {"stage": "two"},
                "c": {"stage": "three", "blocking": True, "title": "C"},
                "k": {"stage": "three", "title": "K", "cap": {"score": 0.5}},
            },
        }
    )
    decides, held = held_back(rubric, {"a": "yes", "b": "yes", "c": "no", "k": "no"})
    assert (decides, held) == ("What decides: “K” is not met, and this limits the result.", [])


def test_a_maximum_is_not_said_to_be_the_lowest_score() -> None:
    rubric = whole(
        {
            "dimensions": {"d": {}, "e": {}},
            "gates": {"a": {"dimension": "d"}, "b": {"dimension": "e"}},
            "scoring": {"dimension": "mean", "overall": {"by": "max"}},
        }
    )
    assert held_back(rubric, {"a": "partly", "b": "no"})[0] == ""


LADDER: dict[str, Any] = {
    "stages": {"zero": 0, "one": 1, "two": 2},
    "dimensions": {"main": {"core": True}, "side": {}},
    "gates": {
        "a": {"stage": "one", "blocking": True, "title": "A"},
        "b": {"stage": "two", "title": "B"},
        "c": {"dimension": "side", "stage": "one", "blocking": True, "title": "C"},
    },
    "remediations": {"p": {"opens": ["c"], "owner": "Lead", "effort": {"weeks": [1, 2]}}},
    "scoring": {"overall": {"blocking": "all"}},
}


def test_a_dimension_that_does_not_count_may_decide_by_its_blocking_gate() -> None:
    rubric = whole(LADDER)
    text = explain(Scorer(rubric), read(rubric, said(rubric, {"a": "yes", "b": "yes", "c": "no"})))
    lines = text.splitlines()
    assert lines[2:5] == [
        "zero",
        "What decides: side does not count towards the result but limits it. "
        "Its blocking gate “C” is not met.",
        "What to do first: P (Lead, 1 to 2 weeks).",
    ]
    assert (
        "  side does not count towards the result but limits it: "
        "0 of 1 blocking gates to one are met." in lines
    )
    assert "Next steps in dimensions that do not hold the result back" not in text


def test_at_the_top_nothing_holds_back_and_nothing_is_to_do() -> None:
    rubric = whole(LADDER)
    text = explain(Scorer(rubric), read(rubric, said(rubric, dict.fromkeys("abc", "yes"))))
    assert "\ntwo\n" in text
    assert "None of your answers holds the result back." in text
    assert "two is the highest stage" in text


def test_a_band_above_a_dimension_does_not_hide_its_plan() -> None:
    """The stage of a band is no position on the ladder: what holds back is planned all the same."""
    rubric = whole(
        {
            **LADDER,
            "scoring": {"bands": {"of": {"low": {"at": 0, "stage": "one"}}}},
        }
    )
    advice, _ = advice_on(rubric, read(rubric, said(rubric, {"a": "no", "b": "no"})))
    assert [reason.dimension for reason in advice.reasons.told.holding] == ["main"]
    assert "a" in advice.diagnosis.plan_unopened


@pytest.mark.parametrize(
    ("scoring", "shown"),
    [
        ({"times": 100, "unit": "%"}, "50%"),
        ({"times": 4}, "2 of 4"),
        ({"times": 4, "unit": "points"}, "2 of 4 points"),
        ({"times": 120, "unit": "%"}, "60% of 120%"),
    ],
)
def test_a_score_says_what_it_is_out_of(scoring: dict[str, Any], shown: str) -> None:
    rubric = whole(
        {
            "gates": {"a": {}, "b": {}},
            "scoring": {
                "dimension": "mean",
                "overall": {"of": "gates", "by": "mean"},
                "decimals": 0,
                "levels": {"dimension": scoring},
                **scoring,
            },
        }
    )
    text = explain(Scorer(rubric), read(rubric, said(rubric, {"a": "yes", "b": "no"})))
    assert text.splitlines()[2] == shown
    assert any(line.split("  ")[0] == "d" and line.endswith(shown) for line in text.splitlines())


def test_gates_without_plays_are_the_next_step() -> None:
    rubric = whole(
        {
            "dimensions": {"d": {}, "e": {}},
            "gates": {
                "a": {"title": "A"},
                "b": {"title": "B", "dimension": "e"},
                "c": {"title": "C", "dimension": "e"},
            },
            "scoring": {"dimension": "mean", "overall": None},
        }
    )
    answers = {"a": "partly", "b": "no", "c": "yes"}
    text = explain(Scorer(rubric), read(rubric, said(rubric, answers)))
    assert "What to do first: meet “A”." in text
    _, plan = text.split("What to do next\n")
    assert plan.startswith(
        "  Begin with these gates; their test and evidence say what to do:\n"
        "  1. A (d)\n  2. B (e)\n"
    )
    assert "Overall" not in text
    assert "stage" not in text


SCREENED: dict[str, Any] = {
    **LADDER,
    "gates": {
        **LADDER["gates"],
        "d": {"stage": "one", "title": "D", "blocking": True},
        "e": {"dimension": "side", "stage": "two", "title": "E", "blocking": True},
    },
}


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        ({"e": "yes"}, "Nothing here rules out two"),
        ({"b": "no"}, "Not above one"),
        ({"a": "yes", "c": "yes", "d": "yes"}, "At least one"),
    ],
)
def test_a_headline_says_what_is_certain(
    server: ScoringServer, answers: dict[str, str], headline: str
) -> None:
    rubric = whole(SCREENED)
    one = said(rubric, answers)
    assert advice_on(rubric, read(rubric, one))[1].headline() == headline
    told = server.ask(ask="advise", data=quiz_data(rubric), assessment=one)
    assert told["headline"] == headline


@pytest.mark.parametrize(
    ("answers", "headline", "lead"),
    [
        ({"a": "yes"}, "Nothing here rules out two", ""),
        ({"b": "no"}, "Not above one", "This gate is not met: “B”."),
        ({"c": "yes", "e": "no"}, "Not above one", "This gate is not met: “E”."),
        ({"a": "no"}, "zero", "What decides: one in main needs “A”, which is not met."),
        (dict.fromkeys("abcde", "yes"), "two", ""),
    ],
)
def test_a_screening_says_what_a_few_answers_rule_out(
    server: ScoringServer, answers: dict[str, str], headline: str, lead: str
) -> None:
    rubric = whole(SCREENED)
    one = said(rubric, answers)
    told = server.ask(ask="advise", data=quiz_data(rubric), assessment=one, what="quick-check")
    assert (told["headline"], told["lead"][1]) == (headline, lead)


def test_groups_and_topics_stand_with_their_scores() -> None:
    rubric = whole(
        {
            "dimensions": {"x": {"group": "g"}, "y": {}, "z": {"group": "g"}},
            "groups": {"g": "Group"},
            "topics": {"t": {"title": "Topic"}},
            "gates": {
                "a": {"dimension": "x", "topic": "t"},
                "b": {"dimension": "y"},
                "c": {"dimension": "z"},
            },
            "scoring": {
                "dimension": "mean",
                "overall": None,
                "decimals": 0,
                "levels": {"group": {"times": 100, "unit": "%"}},
            },
        }
    )
    answers = {"a": "yes", "b": "no", "c": "no"}
    lines = explain(Scorer(rubric), read(rubric, said(rubric, answers))).splitlines()
    start = lines.index("y        0 of 1")
    assert lines[start : start + 5] == [
        "y        0 of 1",
        "Group    50%",
        "x        1 of 1",
        "  Topic  1 of 1",
        "z        0 of 1",
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_without_stages_and_overall_score_nothing_speaks_of_them(
    server: ScoringServer, language: str
) -> None:
    text = """\
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
language: %s
dimensions: {d: {title: Tickets}}
gates:
  g: {dimension: d, title: Read, test: Tickets are read.}
  h: {dimension: d, title: Kept, test: Tickets are kept.}
quick_check: [g]
scoring: {dimension: mean, overall: null}
"""
    rubric = read_rubric(text % language, "desk.yml").rubric
    one = said(rubric, {"g": "no"})
    data = quiz_data(rubric)
    for what in ("assessment", "quick-check"):
        told = server.ask(ask="advise", data=data, assessment=one, what=what)
        assert told["headline"] == ""
        assert "Read" in json.dumps(told)
        words = json.dumps(told) + explain(Scorer(rubric), read(rubric, one))
        assert not re.search(r"(?i)stage|stufe|overall|gesamt|believed|sahen sich", words)
    head = server.ask(ask="csv", data=data, assessment=one).splitlines()[0]
    assert not re.search("Stage|Stufe", head)
    assert head.count(",") == 12
