"""The fewest gates to the next stage: enough, and as few as a search of all sets finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from node import ScoringServer
from scored import exact, read, whole
from stagebook.report.data import fewest_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.fewest import STEPS, Fewest, find_fewest, is_of_ladders
from stagebook.scoring.gates import State, is_missing, may_be_met, may_cap
from stagebook.scoring.holding import next_stage
from stagebook.scoring.scorer import Result, Scorer
from stagebook.site.quiz_data import quiz_data


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


MOST = 8
"""Gates that are not met in what is searched by trying every set of them."""


@st.composite
def ladders(draw: st.DrawFn) -> Rubric:
    """Draw a small rubric whose gates hang together: by requirements, stages and caps."""
    stages = ["s1", "s2", "s3"][: draw(st.integers(2, 3))]
    dimensions = draw(st.sampled_from([["d0"], ["d0", "d1"], ["d0", "d1", "d2"]]))
    ids = [f"q{number}" for number in range(draw(st.integers(2, 10)))]
    by = draw(st.sampled_from(["min", "min", "ladder"]))
    gates: dict[str, dict[str, Any]] = {}
    bonus, capping = {"bonus": True}, {"cap": {"score": 1}}
    for id_ in ids:
        gates[id_] = {
            "dimension": draw(st.sampled_from(dimensions)),
            "stages": draw(
                st.lists(st.sampled_from(stages[1:]), min_size=1, max_size=2, unique=True)
            ),
            "blocking": draw(st.sampled_from([False, False, False, True])),
            "weight": draw(st.sampled_from([1, 1, 1, 2, 0])),
            "requires": draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
            **draw(st.sampled_from([{}] * 6 + [bonus, capping, {**bonus, **capping}])),
        }
        gates[id_]["requires"] = [one for one in gates[id_]["requires"] if one != id_]
    return whole(
        {
            "stages": {stage: level for level, stage in enumerate(stages, 1)},
            "dimensions": {id_: {"core": draw(st.booleans())} for id_ in dimensions},
            "gates": gates,
            "remediations": {"p": {"opens": ids[:2]}},
            "scoring": {
                "share": draw(st.sampled_from([0, 0.34, 0.5, 0.66, 1])),
                "ladder": draw(st.sampled_from(["nested", "nested", "apart"])),
                "times": draw(st.sampled_from([1, 1, 100])),
                "not_applicable": draw(st.sampled_from(["exclude", "zero"])),
                "overall": {
                    "of": "gates" if by == "ladder" else "dimensions",
                    "by": by,
                    "only": draw(st.sampled_from(["core", "all"])),
                    "blocking": draw(st.sampled_from(["counted", "all"])),
                },
            },
        }
    )


@st.composite
def said_of(draw: st.DrawFn, rubric: Rubric) -> dict[str, Any]:
    """Draw what is said of a rubric of which much is not met."""
    answers = st.sampled_from([None, "no", "no", "partly", "unknown", "yes", "not-applicable"])
    said = {id_: draw(answers) for id_ in rubric.gates}
    return {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": {id_: {"answer": answer} for id_, answer in said.items() if answer},
    }


def with_open(scorer: Scorer, result: Result, gates: Any) -> Result:
    """Score a result as it would be with more gates open."""
    tops = {gate.id: gate.top for gate in scorer.gates}
    opened = {id_: State("open", tops[id_], True, True) for id_ in gates}
    return scorer.score_states({**result.states, **opened})


def at_least(scorer: Scorer, result: Result, gates: Any, stage: str) -> bool:
    levels, reached = scorer.ladder.levels, with_open(scorer, result, gates).overall.stage.low
    return reached is not None and levels[reached] >= levels[stage]


def try_all(scorer: Scorer, result: Result, stage: str) -> int | None:
    """Return how many gates are enough, by trying all sets from the smallest up."""
    states = result.states
    missing = [
        gate.id
        for gate in scorer.gates
        if may_be_met(states[gate.id])
        if (may_cap if gate.bonus and gate.cap else is_missing)(states[gate.id])
        if not gate.bonus or gate.cap
    ]
    assume(len(missing) <= MOST)
    bonus = {gate.id for gate in scorer.gates if gate.bonus}
    requires = {id_: {*scorer.rubric.gates[id_].requires} & {*missing} - bonus for id_ in missing}
    for number in range(len(missing) + 1):
        for gates in combinations(missing, number):
            if all(requires[id_] <= {*gates} for id_ in gates if id_ not in bonus) and at_least(
                scorer, result, gates, stage
            ):
                return number
    return None


def solved(rubric: Rubric, said: dict[str, Any]) -> tuple[Scorer, Result, Fewest | None]:
    scorer = Scorer(rubric)
    result = scorer.score(read(rubric, said))
    return scorer, result, find_fewest(scorer, result)


@given(st.data())
def test_no_smaller_set_of_gates_is_enough(data: st.DataObject) -> None:
    rubric = data.draw(ladders())
    scorer, result, fewest = solved(rubric, data.draw(said_of(rubric)))
    stage = next_stage(scorer, result)
    if stage is None:
        assert fewest is None
        return
    assert is_of_ladders(scorer)
    number = try_all(scorer, result, stage)
    if fewest is None:
        assert number is None
    else:
        assert fewest.is_proven
        assert fewest.stage == stage
        assert len(fewest.gates) == number
        assert at_least(scorer, result, fewest.gates, stage)


@given(st.data())
def test_both_implementations_find_the_same(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(ladders())
    said = data.draw(said_of(rubric))
    steps = data.draw(st.sampled_from([1, 2, 3, 5, STEPS]))
    scorer = Scorer(rubric)
    ours = fewest_data(find_fewest(scorer, scorer.score(read(rubric, said)), steps))
    asked = {"data": quiz_data(rubric), "assessments": [said], "steps": steps}
    [theirs] = server.ask(ask="fewest", **asked)
    assert exact(ours.get("fewest")) == exact(theirs)


@pytest.mark.parametrize(
    ("aside", "found"), [({}, ("b",)), ({"blocking": True}, None), ({"cap": {"score": 1}}, None)]
)
def test_what_does_not_apply_is_not_to_be_opened_even_if_it_counts_as_nothing(
    server: ScoringServer, aside: dict[str, Any], found: tuple[str, ...] | None
) -> None:
    gates = {id_: {"dimension": "d", "stages": ["s2"]} for id_ in "ab"}
    rubric = whole(
        {
            "stages": {"s1": 1, "s2": 2},
            "gates": {**gates, "a": {**gates["a"], **aside}},
            "scoring": {"share": 0.5, "not_applicable": "zero"},
        }
    )
    assert both(server, rubric, {"a": "not-applicable", "b": "no"}) == found


def test_a_cap_is_a_score_after_the_factor(server: ScoringServer) -> None:
    gates = {id_: {"dimension": "d", "stages": ["s2"]} for id_ in "ab"}
    rubric = whole(
        {
            "stages": {"s1": 1, "s2": 2},
            "gates": {**gates, "b": {**gates["b"], "cap": {"score": 100}}},
            "scoring": {"share": 0.5, "times": 100},
        }
    )
    assert both(server, rubric, {"a": "no", "b": "no"}) == ("b",)


def test_gates_that_all_weigh_nothing_are_not_needed(server: ScoringServer) -> None:
    gates = {
        "a": {"dimension": "d", "stages": ["s2"]},
        "b": {"dimension": "d", "stages": ["s3"], "weight": 0},
        "c": {"dimension": "e", "stages": ["s3"]},
    }
    rubric = whole(
        {
            "stages": {"s1": 1, "s2": 2, "s3": 3},
            "dimensions": {"d": {}, "e": {}},
            "gates": gates,
        }
    )
    assert both(server, rubric, {"a": "yes", "b": "no", "c": "no"}) == ("c",)


def both(server: ScoringServer, rubric: Rubric, answers: dict[str, str]) -> tuple[str, ...] | None:
    """Return the fewest gates, on which both implementations must agree."""
    said = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": {id_: {"answer": answer} for id_, answer in answers.items()},
    }
    ours = solved(rubric, said)[2]
    asked = {"data": quiz_data(rubric), "assessments": [said], "steps": STEPS}
    [theirs] = server.ask(ask="fewest", **asked)
    assert (theirs and theirs["gates"]) == (ours and list(ours.gates))
    return ours and ours.gates
