"""A rubric as one Markdown document, to read, print or review."""

from __future__ import annotations

from collections.abc import Iterator

from ..i18n import page_word
from ..rubric.model import Gate, Rubric, meanings_of
from ..rubric.prose import escaped


def markdown(rubric: Rubric) -> str:
    """Return the model as Markdown: stages, then each dimension with its gates, plays, sources."""
    return "\n".join(_lines(rubric)).rstrip() + "\n"


def _word(rubric: Rubric, key: str, **values: str) -> str:
    return page_word(rubric.language, key, rubric.terms.words, **values)


def _lines(rubric: Rubric) -> Iterator[str]:
    yield from _heading(1, rubric.title)
    version = _word(rubric, "version-is", version=rubric.version)
    yield from (" · ".join([version, *filter(None, [rubric.licence, rubric.url])]), "")
    yield from _paragraph(rubric.summary)
    if rubric.stages:
        yield from _heading(2, _word(rubric, "section-stages"))
        for id_ in rubric.ladder:
            stage = rubric.stages[id_]
            level = "" if rubric.says_its_level(id_) else f"{stage.level}. "
            yield from _heading(3, f"{level}{stage.title}")
            yield from _paragraph(stage.summary)
            yield from _bullets(stage.signs)
    for id_, dimension in rubric.dimensions.items():
        yield from _heading(2, dimension.title, dimension.code)
        yield from _paragraph(dimension.question)
        yield from _paragraph(dimension.summary)
        for gate_id, gate in rubric.gates.items():
            if gate.dimension == id_:
                yield from _gate(rubric, gate_id, gate)
    yield from _plays(rubric)
    if rubric.sources:
        yield from _heading(2, _word(rubric, "sources"))
        for source in rubric.sources.values():
            texts = [escaped(text) for text in (source.by, source.title, source.date) if text]
            yield "- " + ", ".join([*texts, *filter(None, [source.url or source.via])])


def _gate(rubric: Rubric, id_: str, gate: Gate) -> Iterator[str]:
    yield from _heading(3, gate.title, gate.code)
    stages = [escaped(rubric.stages[one].title) for one in gate.at if one]
    blocking = [_word(rubric, "reason-blocking")] if gate.blocking else []
    yield from (" · ".join([f"`{id_}`", *stages, *blocking]), "")
    yield from _paragraph(gate.test)
    yield from _answers(rubric, gate)
    yield from _listed(_word(rubric, "criteria"), list(gate.criteria.values()))
    yield from _listed(f"{_word(rubric, 'evidence')}:", gate.evidence)


def _answers(rubric: Rubric, gate: Gate) -> Iterator[str]:
    """Yield the answers with what they mean; only a measure answers a gate with points."""
    if gate.measure and gate.measure.points:
        return
    scale = rubric.scale_of(gate)
    own = meanings_of(gate, scale)
    meanings = {id_: own.get(id_, choice.meaning) for id_, choice in scale.items()}
    yield from _bullets(
        [
            escaped(choice.label) + (f": {meanings[id_]}" if meanings[id_] else "")
            for id_, choice in scale.items()
        ]
    )


def _plays(rubric: Rubric) -> Iterator[str]:
    if rubric.remediations:
        yield from _heading(2, _word(rubric, "plays"))
    for play in rubric.remediations.values():
        yield from _heading(3, play.title, play.code)
        yield from _paragraph(play.summary)
        yield from _bullets(play.steps)
        if play.done_when:
            yield from _paragraph(f"{_word(rubric, 'done-when')} {play.done_when}")


def _heading(level: int, title: str, code: str | None = None) -> Iterator[str]:
    yield from (f"{'#' * level} {escaped(' '.join(filter(None, (code, title))))}", "")


def _paragraph(text: str | None) -> Iterator[str]:
    if text:
        yield from (text.rstrip("\n"), "")


def _listed(title: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield from (f"**{title}**", "")
    yield from _bullets(texts)


def _bullets(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield "- " + text.rstrip("\n").replace("\n", "\n  ")
    if texts:
        yield ""
