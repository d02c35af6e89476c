"""A rubric as one Markdown document, to read, print or review."""

from __future__ import annotations

from collections.abc import Iterator

from ..rubric.model import Gate, Rubric


def markdown(rubric: Rubric) -> str:
    """Return the model as Markdown: stages, then each dimension with its gates, plays, sources."""
    return "\n".join(_lines(rubric)).rstrip() + "\n"


def _lines(rubric: Rubric) -> Iterator[str]:
    yield from (f"# {rubric.title}", "")
    about = [f"Version {rubric.version}", *filter(None, [rubric.licence, rubric.url])]
    yield from (" · ".join(about), "")
    yield from _paragraph(rubric.summary)
    if rubric.stages:
        yield from ("## Stages", "")
        for id_ in rubric.ladder:
            stage = rubric.stages[id_]
            yield from (f"### {stage.level}. {stage.title}", "")
            yield from _paragraph(stage.summary)
            yield from _bullets(stage.signs)
    for id_, dimension in rubric.dimensions.items():
        code = f"{dimension.code} " if dimension.code else ""
        yield from (f"## {code}{dimension.title}", "")
        yield from _paragraph(dimension.question)
        yield from _paragraph(dimension.summary)
        for gate_id, gate in rubric.gates.items():
            if gate.dimension == id_:
                yield from _gate(rubric, gate_id, gate)
    yield from _plays(rubric)
    if rubric.sources:
        yield from ("## Sources", "")
        for source in rubric.sources.values():
            parts = [source.by, source.title, source.date, source.url or source.via]
            yield "- " + ", ".join(part for part in parts if part)


def _gate(rubric: Rubric, id_: str, gate: Gate) -> Iterator[str]:
    code = f"{gate.code} " if gate.code else ""
    yield from (f"### {code}{gate.title}", "")
    stages = [rubric.stages[one].title for one in gate.at if one]
    marks = [f"`{id_}`", *stages, *(["blocking"] if gate.blocking else [])]
    yield from (" · ".join(marks), "")
    yield from _paragraph(gate.test)
    choices = rubric.scale_of(gate).values()
    yield from _bullets(
        [f"{one.label}: {one.meaning}" if one.meaning else one.label for one in choices]
    )
    yield from _bullets(gate.evidence)


def _plays(rubric: Rubric) -> Iterator[str]:
    if rubric.remediations:
        yield from ("## Plays", "")
    for play in rubric.remediations.values():
        yield from (f"### {play.title}", "")
        yield from _paragraph(play.summary)
        yield from _bullets(play.steps)
        yield from _paragraph(play.done_when)


def _paragraph(text: str | None) -> Iterator[str]:
    if text:
        yield from (text.rstrip("\n"), "")


def _bullets(texts: list[str]) -> Iterator[str]:
    for text in texts:
        yield "- " + text.rstrip("\n").replace("\n", "\n  ")
    if texts:
        yield ""
