"""Read the roadmap of an assessment: plays in phases.

Its twin is `generator/quiz/assessment/roadmap.js`. A play counts once, where it stands first.
"""

from __future__ import annotations

from typing import Any

from .record import Phase, PhasePlay
from .values import ValueReader

MAX_PHASES = 4
"""The most phases of a roadmap; more would not fit a page, nor be looked at."""
TEXTS = ("title", "owner", "date")


def read_roadmap(raw: Any, reader: ValueReader) -> tuple[Phase, ...]:
    """Return the phases of a roadmap; `reader` gets a finding for each value that is not valid."""
    if not isinstance(raw, list | None):
        reader.wrong_type("$.roadmap", "a roadmap", "a list", raw)
        return ()
    placed: set[str] = set()
    phases: list[Phase] = []
    for index, value in enumerate(raw or ()):
        where = f"$.roadmap[{index}]"
        if value is None:
            continue
        if not isinstance(value, dict):
            reader.wrong_type(where, "a phase", "an object", value)
        elif len(phases) == MAX_PHASES:
            message = f"a roadmap has at most {MAX_PHASES} phases"
            reader.found(where, "too-many-phases", message)
        else:
            phases.append(_phase(value, where, placed, reader))
    return tuple(phases)


def _phase(value: dict[str, Any], where: str, placed: set[str], reader: ValueReader) -> Phase:
    texts = {key: reader.text(value.get(key), f"{where}.{key}", key) for key in TEXTS}
    return Phase(
        **texts,
        target_stage=_stage(value.get("target_stage"), f"{where}.target_stage", reader),
        remediations=_plays(value.get("remediations"), f"{where}.remediations", placed, reader),
    )


def _stage(name: Any, where: str, reader: ValueReader) -> str | None:
    if name is None or name == "":
        return None
    stages = reader.known.stages
    id_ = stages.get(name) if isinstance(name, str) else None
    if id_ is None:
        message = f"no stage has the id {name!r}"
        reader.found(where, "unknown-stage", message, reader.suggest(name, stages))
    return id_


def _plays(value: Any, where: str, placed: set[str], reader: ValueReader) -> tuple[PhasePlay, ...]:
    if not isinstance(value, list | None):
        reader.wrong_type(where, "remediations", "a list", value)
        return ()
    plays = []
    for index, entry in enumerate(value or ()):
        play = _play(entry, f"{where}[{index}]", placed, reader)
        if play:
            placed.add(play.id)
            plays.append(play)
    return tuple(plays)


def _play(entry: Any, where: str, placed: set[str], reader: ValueReader) -> PhasePlay | None:
    """Return a play; text is short for an object with only an id."""
    if entry is None or entry == "":
        return None
    if isinstance(entry, str):
        entry = {"id": entry}
    if not isinstance(entry, dict):
        reader.wrong_type(where, "an entry of a phase", "an object", entry)
        return None
    name, known = entry.get("id"), reader.known.remediations
    id_ = known.get(name) if isinstance(name, str) else None
    if id_ is None:
        message = f"no remediation has the id {name!r}"
        reader.found(where, "unknown-remediation", message, reader.suggest(name, known))
        return None
    if id_ in placed:
        reader.found(where, "duplicate-remediation", f"{id_!r} is in the roadmap already")
        return None
    return PhasePlay(id_, reader.text(entry.get("owner"), f"{where}.owner", "an owner"))
