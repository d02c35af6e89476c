"""Rules about ids: each id that is used exists and is unique."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..diagnostics import Path
from ..rubric.naming import LISTS, SINGLES
from .subject import Findings, Rule, Subject, singular

_ALIASED = (
    "stages",
    "dimensions",
    "groups",
    "topics",
    "profile",
    "gates",
    "measures",
    "symptoms",
    "remediations",
    "protocols",
    "sources",
)

_CODED = ("dimensions", "groups", "topics", "gates", "symptoms", "remediations")


def ids_exist(subject: Subject) -> Findings:
    """Find references to ids that do not exist."""
    for collection, key, target in SINGLES:
        for id_, entry in _entries(subject, collection):
            if (word := getattr(entry, key)) is not None:
                yield from subject.dangling(target, (collection, id_, key), word)
    for collection, key, target in LISTS:
        for id_, entry in _entries(subject, collection):
            yield from _each(subject, target, (collection, id_, key), getattr(entry, key))
    for id_, gate in subject.rubric.gates.items():
        if gate.measure:
            yield from subject.dangling(
                "measures", ("gates", id_, "measure", "of"), gate.measure.of
            )
    yield from _each(subject, "gates", ("quick_check",), subject.rubric.quick_check)
    for path, basis in subject.bases:
        yield from _each(subject, "sources", (*path, "sources"), basis.sources)
    for id_, framework in subject.rubric.frameworks.items():
        for index, level in enumerate(framework.levels):
            path = ("frameworks", id_, "levels", index, "stage")
            yield from subject.dangling("stages", path, level.stage)
    if subject.rubric.groups:
        for id_, dimension in subject.rubric.dimensions.items():
            if dimension.group:
                path = ("dimensions", id_, "group")
                yield from subject.dangling("groups", path, dimension.group)


def ids_are_named_once(subject: Subject) -> Findings:
    """Find ids that a list contains twice."""
    lists: list[tuple[Path, list[str]]] = [(("quick_check",), subject.rubric.quick_check)]
    for collection, key, _ in LISTS:
        for id_, entry in _entries(subject, collection):
            lists.append(((collection, id_, key), getattr(entry, key)))
    lists += [((*path, "sources"), basis.sources) for path, basis in subject.bases]
    for path, words in lists:
        seen: set[str] = set()
        for index, word in enumerate(words):
            if word in seen:
                yield subject.finding("duplicate-id", (*path, index), f"duplicate {word!r}")
            seen.add(word)


def codes_are_of_one(subject: Subject) -> Findings:
    """Find codes that several entries of a collection have."""
    for collection in _CODED:
        first: dict[str, str] = {}
        for id_, entry in _entries(subject, collection):
            code = (entry.code or "").strip().casefold()
            if code in first:
                what = singular(collection)
                message = f"{what} {id_!r} has the code {entry.code!r} of {what} {first[code]!r}"
                yield subject.finding("duplicate-code", (collection, id_, "code"), message)
            if code:
                first.setdefault(code, id_)


def aliases_are_free(subject: Subject) -> Findings:
    """Find aliases that are already an id or an alias."""
    for collection in _ALIASED:
        taken = dict.fromkeys(subject.ids(collection), "is already an id")
        for id_, entry in _entries(subject, collection):
            for index, alias in enumerate(entry.aliases):
                if alias in taken:
                    path: Path = (collection, id_, "aliases", index)
                    message = f"alias {alias!r} of {singular(collection)} {id_!r} {taken[alias]}"
                    yield subject.finding("duplicate-id", path, message)
                taken.setdefault(alias, f"is already an alias of {id_!r}")


def ids_are_not_reserved(subject: Subject) -> Findings:
    """Find ids whose address on the site is reserved for a page or a script of Stagebook."""
    if subject.rubric.id == "stagebook":
        message = "the id 'stagebook' is reserved for the address of the quiz's script"
        yield subject.finding("reserved-id", ("id",), message)
    if "index" in subject.rubric.remediations:
        message = "the id 'index' is reserved for the address of the list of remediations"
        yield subject.finding("reserved-id", ("remediations", "index"), message, key=True)


def mappings_are_known(subject: Subject) -> Findings:
    """Find mappings to frameworks, or to ids of a framework, that do not exist."""
    for collection in ("stages", "groups", "dimensions", "topics", "gates"):
        for id_, entry in _entries(subject, collection):
            for name, words in entry.maps.items():
                path: Path = (collection, id_, "maps", name)
                framework = subject.rubric.frameworks.get(name)
                if framework is None:
                    yield from subject.dangling("frameworks", path, name, key=True)
                    continue
                for index, word in enumerate(words):
                    if framework.ids and word not in framework.ids:
                        message = f"framework {name!r} has no id {word!r}"
                        hint = subject.source.suggest(word, framework.ids)
                        yield subject.finding(
                            "unknown-mapping", (*path, index), message, suggestion=hint
                        )


def _entries(subject: Subject, collection: str) -> Iterable[tuple[str, Any]]:
    entries: dict[str, Any] = getattr(subject.rubric, collection)
    return entries.items()


def _each(subject: Subject, target: str, path: Path, words: Iterable[str]) -> Findings:
    for index, word in enumerate(words):
        yield from subject.dangling(target, (*path, index), word)


RULES: tuple[Rule, ...] = (
    ids_exist,
    ids_are_named_once,
    ids_are_not_reserved,
    codes_are_of_one,
    aliases_are_free,
    mappings_are_known,
)
