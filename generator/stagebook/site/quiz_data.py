"""The data of a rubric that the quiz needs, as JSON.

Collections are lists of objects with an `id`, because JavaScript reorders keys that look like
numbers. The data includes the defaults of the format, so that the quiz need not know them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ..assessment.record import FORMAT as ASSESSMENT_FORMAT
from ..i18n import direction_of, has_words, language_of, page_word, quiz_words
from ..overlay.translation import skeleton
from ..rubric.model import Gate, MeasureAnswer, Record, Rubric
from ..rubric.prose import plain
from ..scoring.positions import does_climb, position_factors

SECONDS_A_QUESTION = 17
"""Seconds per question until the quiz knows the reader's pace: judgement, shown as "about"."""

KEPT: dict[str, tuple[str, ...]] = {
    "stages": ("level", "title", "share", "aliases"),
    "topics": ("title",),
    "dimensions": ("title", "core", "group", "weight"),
    "measures": ("title", "unit", "min", "max", "aliases"),
    "symptoms": ("observation", "looks_like", "gates", "disproof", "aliases"),
    "remediations": ("title", "opens", "owner", "aliases"),
    "ratings": ("counts", "weight"),
    "gates": (
        *("code", "title", "dimension", "stage", "topic", "blocking", "bonus", "weight"),
        *("requires", "rev", "aliases"),
    ),
}
PROSE = {"observation", "looks_like", "disproof"}


def quiz_data(rubric: Rubric) -> dict[str, Any]:
    """Return the data of a rubric's quiz, ready for JSON."""
    data: dict[str, Any] = {
        "id": rubric.id,
        "title": rubric.title,
        "version": rubric.version,
        "form": form_of(rubric),
        "bases": list(rubric.bases),
        "language": language_of(rubric.language),
        "text": _text_language(rubric.language),
        "words": quiz_words(rubric.language, rubric.terms.words),
        "scales": [
            {"id": id_, "choices": _entries(scale, ("label", "score"))}
            for id_, scale in rubric.scales.items()
        ],
        "groups": [{"id": id_, "title": one.title} for id_, one in rubric.groups.items()],
        "profile": [
            {
                "id": id_,
                "question": plain(one.question),
                "choices": _entries(one.choices, ("label",)),
                "aliases": one.aliases,
            }
            for id_, one in rubric.profile.items()
        ],
        "retired": [
            name for id_, gate in rubric.retired_gates.items() for name in (id_, *gate.aliases)
        ],
        "scoring": _scoring(rubric),
        "quick_check": rubric.quick_check,
        "sample": _sample(rubric),
        "pace": SECONDS_A_QUESTION,
        "changes": [
            {"version": version, "date": one.date, "notes": [plain(note) for note in one.notes]}
            for version, one in rubric.changes.items()
        ],
    }
    for collection, keys in KEPT.items():
        data[collection] = _entries(getattr(rubric, collection), keys)
    for entry in data["dimensions"]:
        entry["weight"] = rubric.dimension_weights[entry["id"]]
    for entry, gate in zip(data["gates"], rubric.gates.values(), strict=True):
        entry["stages"] = [stage for stage in gate.at if stage]
        entry["cap"] = gate.cap.model_dump() if gate.cap else None
        entry["scale"] = rubric.scale_id(gate)
        entry["measure"] = _measure(gate)
        entry["applies"] = [
            {"question": question, "answers": sorted(answers)}
            for question, answers in rubric.applies(gate).items()
        ]
        entry["criteria"] = list(gate.criteria)
        if gate.target:
            entry["target"] = gate.target
        entry["ticks"] = [{"answer": key, "needed": n} for key, n in gate.ticks.items()]
    for entry, play in zip(data["remediations"], rubric.remediations.values(), strict=True):
        entry["weeks"] = play.effort.weeks if play.effort else None
        entry["ratings"] = play.effort.ratings if play.effort else {}
    if rubric.glossary:
        data["glossary"] = _glossary(rubric)
    return data


def _glossary(rubric: Rubric) -> list[dict[str, str]]:
    """Return what words mean: those of the glossary, and those of a result that it leaves open.

    All of them, because which of them the texts of gates use changes with each edit of one.
    """
    meanings = {one.term: plain(one.meaning) for one in rubric.glossary.values()}
    own = {term.casefold() for term in meanings}
    for word, meaning in _words_of_results(rubric).items():
        if word.casefold() not in own:
            meanings[word] = meaning
    return [{"term": term, "meaning": meaning} for term, meaning in meanings.items()]


def _words_of_results(rubric: Rubric) -> dict[str, str]:
    """Return what the words mean that a result uses for gates and dimensions."""

    def word(key: str) -> str:
        return page_word(rubric.language, key, rubric.terms.words)

    words = {word("gates"): word("meaning-gates")}
    if any(gate.blocking for gate in rubric.gates.values()):
        words[word("reason-blocking")] = word("meaning-blocking")
    if rubric.scoring.rule.only == "core" and any(one.core for one in rubric.dimensions.values()):
        words[word("core")] = word("map-core-limited" if rubric.limiting_dimensions else "map-core")
    return words


def _sample(rubric: Rubric) -> dict[str, Any] | None:
    """Return the example as an assessment, without what an overlay has removed."""
    sample = rubric.sample
    if sample is None:
        return None
    answers = {
        id_: {"answer": answer, "rev": rubric.gates[id_].rev}
        for id_, answer in sample.answers.items()
        if id_ in rubric.gates
    }
    believed = sample.believed_stage
    return {
        "format": ASSESSMENT_FORMAT,
        "rubric": {"id": rubric.id, "version": rubric.version},
        "subject": page_word(
            rubric.language, "sample-of", rubric.terms.words, subject=sample.subject
        ),
        **({"believed_stage": believed} if believed in rubric.stages else {}),
        "profile": {id_: one for id_, one in sample.profile.items() if id_ in rubric.profile},
        "answers": answers,
        "measures": {id_: one for id_, one in sample.measures.items() if id_ in rubric.measures},
        "symptoms": [id_ for id_ in sample.symptoms if id_ in rubric.symptoms],
    }


def form_of(rubric: Rubric) -> str:
    """Return a hash of all but the texts of a rubric: what it stores in one language, others read.

    The quiz marks what it stores with it.
    """
    # With the defaults: what one language may leave out, such as the scale, another must say.
    data = rubric.model_dump(mode="json", by_alias=True)
    apart = ("language", "checks", "sample")
    bare = {key: one for key, one in skeleton(data).items() if key not in apart}
    return sha256(json.dumps(bare).encode()).hexdigest()[:8]


def _text_language(language: str) -> dict[str, str] | None:
    """Return the language of the rubric's texts if the words around them have another one."""
    return None if has_words(language) else {"lang": language, "dir": direction_of(language)}


def _entries(records: Mapping[str, Record], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"id": id_, **_kept(record, keys)} for id_, record in records.items()]


def _kept(record: Record, keys: tuple[str, ...]) -> dict[str, Any]:
    values = {key: getattr(record, key) for key in keys}
    return {key: plain(text) if key in PROSE and text else text for key, text in values.items()}


def _measure(gate: Gate) -> dict[str, Any] | None:
    if gate.measure is None:
        return None
    if gate.measure.points:
        return {"of": gate.measure.of, "points": gate.measure.points}
    return {"of": gate.measure.of, "conditions": _conditions(gate.measure)}


def _conditions(measure: MeasureAnswer) -> list[dict[str, Any]]:
    return [
        {"answer": answer, "op": operator, "value": value}
        for answer, operator, value in measure.parsed
    ]


def _scoring(rubric: Rubric) -> dict[str, Any]:
    scoring = rubric.scoring.model_dump(by_alias=True)
    scoring["overall"] = rubric.scoring.rule.model_dump()
    scoring["has_overall"] = rubric.scoring.overall is not None
    scoring["factors"] = position_factors(rubric.scoring)
    scoring["climbs"] = does_climb(rubric.scoring)
    if "dimension" in scoring["levels"]:  # What limits dimensions is compared with them.
        scoring["levels"]["limit"] = scoring["levels"]["dimension"]
    if rubric.scoring.bands:
        bands = [{"id": id_, **band.model_dump()} for id_, band in rubric.scoring.bands.of.items()]
        scoring["bands"] = {"edge": rubric.scoring.bands.edge, "of": bands}
    return scoring
