"""The result as data: the format `stagebook-result/1`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..assessment.reader import NOT_APPLICABLE, Assessment
from ..scoring.diagnosis import Diagnosis, Reason, diagnose
from ..scoring.fewest import Fewest, find_fewest
from ..scoring.intervals import Score
from ..scoring.planning import PlanItem
from ..scoring.scorer import Overall, Result, Scorer, coverage
from ..scoring.trace import Calculation, find_calculations
from .dated import count_dated
from .left_out import gates_left_out
from .roadmap import roadmap_data

FORMAT = "stagebook-result/1"


def result_data(scorer: Scorer, assessment: Assessment) -> dict[str, Any]:
    """Score and diagnose an assessment; return the result as data, unrounded and by id."""
    result = scorer.score(assessment)
    return {
        **_header(scorer, assessment, result),
        **scores_data(result),
        **diagnosis_data(diagnose(scorer, assessment, result)),
        **fewest_data(find_fewest(scorer, result)),
        **_dated_data(scorer, assessment, result),
        **_left_out_data(scorer, assessment, result),
        **({"roadmap": roadmap_data(assessment.roadmap)} if assessment.roadmap else {}),
        "arithmetic": [_calculation_data(one) for one in find_calculations(scorer, result)],
    }


def brief_data(scorer: Scorer, assessment: Assessment) -> dict[str, Any]:
    """Score an assessment; return a short result for a portfolio, without cells and diagnosis."""
    result = scorer.score(assessment)
    return {
        **_header(scorer, assessment, result),
        "overall": overall_data(result.overall),
        "groups": {id_: score._asdict() for id_, score in result.groups.items()},
        "dimensions": {
            id_: {"low": one.low, "high": one.high, "so_far": one.so_far, "stage": one.stage.low}
            for id_, one in result.dimensions.items()
        },
    }


def _header(scorer: Scorer, assessment: Assessment, result: Result) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "rubric": {"id": scorer.rubric.id, "version": scorer.rubric.version},
        "subject": assessment.subject,
        "respondent": assessment.respondent,
        "date": assessment.date,
        "coverage": coverage(result.states),
    }


def _dated_data(scorer: Scorer, assessment: Assessment, result: Result) -> dict[str, Any]:
    """Return how many of the met gates have dated evidence, if any is met."""
    counts = count_dated(scorer, assessment, result)
    return {"evidence": {id_: one._asdict() for id_, one in counts.items()}} if counts else {}


def _left_out_data(scorer: Scorer, assessment: Assessment, result: Result) -> dict[str, Any]:
    """Return why gates are left out, if any are: answers about the subject, and reasons given."""
    by_profile = gates_left_out(scorer, assessment.profile)
    told = {id_ for gates in by_profile.values() for id_ in gates}
    profile = [
        {"question": question, "answer": assessment.profile[question], "gates": gates}
        for question, gates in by_profile.items()
    ]
    answers = [
        {"gate": id_, "reason": assessment.answers[id_].reason}
        for id_, state in result.states.items()
        if state.answer == NOT_APPLICABLE and id_ not in told
    ]
    return {"left_out": {"profile": profile, "answers": answers}} if profile or answers else {}


def scores_data(result: Result) -> dict[str, Any]:
    """Return the numbers of a result; topics and stages only where the model scores them."""
    optional = {"topics": result.topics, "stages": result.stages}
    return {
        "overall": overall_data(result.overall),
        "groups": {id_: score._asdict() for id_, score in result.groups.items()},
        **{
            key: {id_: score._asdict() for id_, score in scores.items()}
            for key, scores in optional.items()
            if scores
        },
        "dimensions": {
            id_: {**Score(*one[:3])._asdict(), "stage": one.stage._asdict(), "shut": [*one.shut]}
            for id_, one in result.dimensions.items()
        },
        "cells": {
            id_: {stage: score._asdict() for stage, score in row.items()}
            for id_, row in result.cells.items()
        },
    }


def _calculation_data(calculation: Calculation) -> dict[str, Any]:
    data = calculation._asdict()
    if calculation.cap is None:
        del data["cap"]
    return {**data, "parts": [part._asdict() for part in calculation.parts]}


def overall_data(overall: Overall) -> dict[str, Any]:
    """Return an overall score; `band` is None if it can still change."""
    settled = overall.bands.low == overall.bands.high
    return {
        **Score(*overall[:3])._asdict(),
        "stage": overall.stage._asdict(),
        "band": overall.bands.low if settled else None,
        "bands": overall.bands._asdict(),
    }


def _reason_data(reason: Reason) -> dict[str, Any]:
    return {**asdict(reason), "gates": [asdict(gate) for gate in reason.gates]}


def diagnosis_data(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return the reasons and the plan of a result."""
    believed = diagnosis.believed
    return {
        "believed": {"stage": believed[0], "levels_above": believed[1]} if believed else None,
        "target": diagnosis.target,
        "reasons": [_reason_data(reason) for reason in diagnosis.reasons],
        **({"limits": [_reason_data(one) for one in diagnosis.limits]} if diagnosis.limits else {}),
        "holding": [*diagnosis.holding],
        "lowering": [*diagnosis.lowering],
        "second_look": [
            {"gate": gate, "symptom": symptom} for gate, symptom in diagnosis.second_look
        ],
        "second_look_requires": [
            {"gate": gate, "requires": required}
            for gate, required in diagnosis.second_look_requires
        ],
        "plan": _plan_data(diagnosis.plan),
        "plan_total": {"weeks": [*diagnosis.plan_total]},
        "plan_unestimated": diagnosis.plan_unestimated,
        "plan_unopened": [*diagnosis.plan_unopened],
    }


def fewest_data(fewest: Fewest | None) -> dict[str, Any]:
    """Return the fewest gates to the next stage; nothing where that cannot be told."""
    if fewest is None:
        return {}
    return {
        "fewest": {
            "stage": fewest.stage,
            "gates": [*fewest.gates],
            "plan": _plan_data(fewest.plan),
            "unopened": [*fewest.unopened],
            "proven": fewest.is_proven,
        }
    }


def _plan_data(plan: Iterable[PlanItem]) -> list[dict[str, Any]]:
    return [
        {
            "remediation": step.remediation,
            "opens": [*step.opens],
            "blocking": step.blocking,
            "weeks": None if step.weeks is None else [*step.weeks],
        }
        for step in plan
    ]
