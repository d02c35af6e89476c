"""Random rubrics and assessments for the properties of scoring."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from stagebook.rubric.model import Rubric

REDUCERS = st.sampled_from(["mean", "sum", "min", "max"])
SCALES: dict[str, Any] = {
    "practice": {"no": 0, "partly": 0.5, "yes": 1},
    "samm": {"none": 0, "some": 0.25, "half": 0.5, "full": 1},
    "grade": {"a": 1, "b": 2, "c": 3, "d": 4},
    "negative": {"worse": -1, "same": 0, "better": 2},
}
PROFILES: list[dict[str, str]] = [{}, {"acts": "no"}, {"acts": "yes", "kind": "classic"}]
WEIGHTS = st.sampled_from([0, 0.1, 0.5, 1, 1, 1, 2, 3])


def scale(choices: dict[str, float]) -> dict[str, Any]:
    return {id_: {"label": id_, "score": score} for id_, score in choices.items()}


@st.composite
def rubrics(draw: st.DrawFn, *, ladder: bool | None = None) -> Rubric:
    """Draw a small rubric that uses any part of the algebra."""
    by = draw(st.sampled_from(["ladder", "mean", "sum", "min", "max"]))
    if ladder is not None:
        by = "ladder" if ladder else draw(REDUCERS)
    floor = draw(st.integers(0, 1))
    stages = [f"s{level}" for level in range(floor, floor + draw(st.integers(1, 4)))]
    dimensions = [f"d{number}" for number in range(draw(st.integers(1, 4)))]
    groups = draw(st.sampled_from([[], ["g0"], ["g0", "g1"]]))
    topics: list[str] = draw(st.sampled_from([[], [], ["t0", "t1"]]))
    overall = draw(overalls(by))
    bands = draw(
        st.sampled_from(
            [
                None,
                {"edge": "lower", "of": {"a": {"at": 0}, "b": {"at": 0.5, "stage": stages[0]}}},
                {"edge": "upper", "of": {"a": {"at": 0}, "b": {"at": 2.5}, "c": {"at": 400}}},
            ]
        )
    )
    gates: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 12))):
        gate: dict[str, Any] = {
            "dimension": draw(st.sampled_from(dimensions)),
            "title": "T",
            "test": "T.",
            "weight": draw(WEIGHTS),
            "blocking": draw(st.booleans()),
            "scale": draw(st.sampled_from(list(SCALES))),
        }
        stage = draw(st.sampled_from(stages[1:]) if stages[1:] else st.none())
        if by == "ladder" and stage is None:
            continue
        if by == "ladder" or draw(st.booleans()):
            gate["stage"] = stage
            if draw(st.integers(0, 3)) == 0:
                gate["stages"] = draw(st.lists(st.sampled_from(stages[1:] or stages), unique=True))
        if draw(st.booleans()) and topics:
            gate["topic"] = draw(st.sampled_from(topics))
        rare = draw(st.integers(0, 9))
        if rare == 0 or draw(st.integers(0, 19)) == 0:
            gate["bonus"] = True
        if rare == 1:
            gate["cap"] = {"score": draw(st.sampled_from([0, 0.5, 2, 60]))}
        elif rare == 2 and bands:
            gate["cap"] = {"band": draw(st.sampled_from(list(bands["of"])))}
        if draw(st.integers(0, 4)) == 0:
            gate["applies"] = draw(st.sampled_from([{"acts": "yes"}, {"kind": ["app", "agent"]}]))
        if draw(st.integers(0, 4)) == 0:
            choices = list(SCALES[gate["scale"]])
            gate["criteria"] = ["One.", "Two.", "Three."]
            gate["ticks"] = {choices[-1]: 3, choices[1]: 1}
        gate["status"] = draw(st.sampled_from(["active"] * 8 + ["retired", "draft"]))
        kind = draw(st.sampled_from([None, None, None, "conditions", "points", "rules out"]))
        if kind == "conditions":
            choices = list(SCALES[gate["scale"]])
            gate["measure"] = {"of": "days", choices[-1]: "<= 10", choices[1]: "< 30.5"}
        elif kind == "rules out":
            gate["measure"] = {"of": "days", next(iter(SCALES[gate["scale"]])): "> 30.5"}
        elif kind == "points":
            gate.pop("ticks", None)  # Points are the only answer.
            gate.pop("criteria", None)
            gate["measure"] = {"of": "share", "points": [[0, 0], [40, 3], [100, 10]]}
        if gates and draw(st.integers(0, 3)) == 0:
            gate["requires"] = [draw(st.sampled_from(list(gates)))]
        gates[f"q{number}"] = gate
    retired = {id_: gate for id_, gate in gates.items() if gate["status"] == "retired"}
    gates = {id_: gate for id_, gate in gates.items() if id_ not in retired}
    for gate in gates.values():
        gate["requires"] = [id_ for id_ in gate.get("requires", []) if id_ not in retired]
    if not gates:
        gates["q0"] = {"dimension": "d0", "title": "T", "test": "T.", "stage": stages[-1]}
    plays = {
        f"p{number}": {
            "title": "P",
            "opens": draw(st.lists(st.sampled_from(list(gates)), min_size=1, unique=True)),
            **(
                {
                    "effort": {
                        "weeks": sorted(draw(st.tuples(WEIGHTS, WEIGHTS))),
                        "ratings": draw(st.sampled_from([{}, {"cost": 2}, {"cost": 0, "use": 3}])),
                    }
                }
                if draw(st.booleans())
                else {}
            ),
        }
        for number in range(draw(st.integers(0, 4)))
    }
    return Rubric.model_validate(
        {
            "format": "stagebook/1",
            "id": "random",
            "title": "Random",
            "version": "1.0.0",
            "scales": {id_: scale(choices) for id_, choices in SCALES.items()},
            "stages": {
                id_: {
                    "level": floor + index,
                    "title": id_,
                    **draw(st.sampled_from([{}, {}, {"share": 0.34}, {"share": 1}])),
                }
                for index, id_ in enumerate(stages)
            },
            "dimensions": {
                id_: {
                    "title": id_,
                    "core": draw(st.booleans()),
                    "weight": draw(WEIGHTS),
                    **draw(st.sampled_from([{}, {}, {}, {"applies": {"acts": "no"}}])),
                    **({"group": draw(st.sampled_from(groups))} if groups else {}),
                }
                for id_ in dimensions
            },
            "groups": {group: group for group in groups},
            "topics": {
                topic: {
                    "title": topic,
                    **draw(st.sampled_from([{}, {}, {"applies": {"kind": ["classic"]}}])),
                }
                for topic in topics
            },
            "gates": {**retired, **gates},
            "profile": {
                "acts": {"question": "Does it act?"},
                "kind": {
                    "question": "What is it?",
                    "choices": {id_: {"label": id_} for id_ in ("app", "agent", "classic")},
                },
            },
            "ratings": draw(
                st.sampled_from(
                    [
                        {},
                        {"cost": {"title": "Cost"}},
                        {
                            "cost": {"title": "Cost", "weight": 0.5},
                            "use": {"title": "Use", "counts": "value"},
                        },
                    ]
                )
            ),
            "measures": {
                "days": {"title": "Days", "unit": "days"},
                "share": {"title": "Share", "unit": "%"},
            },
            "symptoms": {
                "y0": {
                    "observation": "O.",
                    "kind": "stuck",
                    "gates": draw(st.lists(st.sampled_from(list(gates)), min_size=1, unique=True)),
                }
            },
            "remediations": plays,
            "scoring": {
                "pass": draw(st.sampled_from([1, 0.5, 0.66])),
                "not_applicable": draw(st.sampled_from(["exclude", "zero"])),
                "cell": draw(REDUCERS),
                "dimension": by,
                "share": draw(st.sampled_from([0, 0.5, 0.66, 1])),
                "group": draw(REDUCERS),
                "ladder": draw(st.sampled_from(["nested", "nested", "apart"])),
                "overall": overall,
                "dimension_weight": draw(st.sampled_from(["own", "own", "gates"])),
                "plan": draw(st.sampled_from(["weeks", "ratings", "risk", "rubric"])),
                "levels": draw(
                    st.sampled_from(
                        [
                            {},
                            {},
                            {"group": {"times": 100}, "topic": {"times": 0.1, "unit": "%"}},
                            {"dimension": {"times": 10}, "group": {"times": 0.5}},
                        ]
                    )
                ),
                "times": draw(st.sampled_from([1, 100, 0.1])),
                "bands": bands,
                "team": draw(st.sampled_from(["median", "mean"])),
            },
        }
    )


@st.composite
def overalls(draw: st.DrawFn, by: str) -> dict[str, Any] | None:
    """Draw how the overall score is made, or that there is none."""
    if draw(st.integers(0, 9)) == 0:
        return None
    only = draw(st.sampled_from(["core", "all"]))
    if draw(st.integers(0, 3 if by == "ladder" else 9)) == 0:
        return {"of": "gates", "by": "ladder", "only": only}
    of = draw(st.sampled_from(["gates", "dimensions", "groups"]))
    blocking = draw(st.sampled_from(["counted", "all"]))
    return {"of": of, "by": draw(REDUCERS | st.just("min")), "only": only, "blocking": blocking}


def answers_of(rubric: Rubric, gate: str) -> list[str]:
    """Return the answers that a gate takes, lowest score first, `unknown` before all."""
    record = rubric.gates[gate]
    if record.measure and record.measure.points:
        return ["unknown", "not-applicable"]
    choices = rubric.scales[record.scale or next(iter(rubric.scales))]
    return ["unknown", *sorted(choices, key=lambda id_: choices[id_].score), "not-applicable"]


@st.composite
def assessments(draw: st.DrawFn, rubric: Rubric, *, measures: bool = True) -> dict[str, Any]:
    """Draw an assessment of a rubric, as it stands in a file."""
    answers: dict[str, Any] = {}
    for id_ in rubric.gates:
        answer = draw(st.sampled_from([None, None, *answers_of(rubric, id_)]))
        if answer is not None:
            answers[id_] = {"answer": answer}
        elif draw(st.booleans()) and rubric.gates[id_].criteria:
            ticked = [["2"], ["1", "2", "3"]]
            answers[id_] = {"ticks": draw(st.sampled_from(ticked))}
    numbers = st.floats(-10, 150) | st.integers(0, 100)
    said: dict[str, Any] = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "answers": answers,
        "symptoms": draw(st.sampled_from([[], ["y0"]])),
    }
    if profile := draw(st.sampled_from(PROFILES)):
        said["profile"] = profile
    if measures:
        said["measures"] = {id_: draw(numbers) for id_ in rubric.measures if draw(st.booleans())}
    for key in ("believed_stage", "target_stage"):
        stage = draw(st.sampled_from([None, *rubric.stages]))
        if stage:
            said[key] = stage
    return said
