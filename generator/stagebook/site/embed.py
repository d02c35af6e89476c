"""Embedded blocks: fenced blocks in hand-written pages that show a part of a rubric."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..diagnostics import Diagnostic, did_you_mean, without_codes
from ..rubric.model import Rubric
from ..rubric.source import Source
from ..rubric.yaml_source import read_yaml
from .addresses import ASSETS, Site, address
from .fences import Fence, find_fences
from .markdown_page import slugify
from .relations import Relations
from .rendering import render_page

QUIZZES = ("gates", "quick-check", "stage", "dimension")
SHOWS = (*QUIZZES, "symptoms", "ladder", "stages", "matrix", "support", "portfolio")
"""The parts that a block can show."""
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]*(?P<marked>.*?)[ \t#]*(?:\{.*\}[ \t]*)?$"
    r"|(?P<underlined>.+)\n(?:=+|-+)[ \t]*$)",
    re.MULTILINE,
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LINE = re.compile(r"(\(first on line )(\d+)")
KEYS = ("rubric", "show", "stage", "dimension", "tables", "hide_below")

Tables = Callable[[Rubric, str, int], Mapping[str, Any] | str]
"""Reads the figures of a portfolio: of a rubric, from a path, with small counts hidden.

Returns what the template needs, or why they cannot be read.
"""


def expand_blocks(
    markdown: str,
    page: str,
    rubrics: Mapping[str, Rubric],
    site: Site | None = None,
    tables: Tables | None = None,
    folders: Mapping[str, str] | None = None,
) -> tuple[str, list[Diagnostic]]:
    """Return the page with its blocks replaced, and the findings of the blocks.

    `page` is the path from the content root; `tables` reads those that blocks of portfolios name;
    `folders` are those of the languages of translations, by id of the rubric. A block may stand in
    a list, a tab, a note or a quote. A block inside a longer fence is an example and stays.
    """
    if "stagebook" not in markdown:
        return markdown, []
    findings: list[Diagnostic] = []
    parts: list[str] = []
    end, number = 0, 0
    taken = _ids_of(markdown)
    for fence in find_fences(markdown):
        if not fence.is_ours:
            continue
        number += 1
        found = _wrong_fence(fence, page)
        shown = ""
        if not found:
            source = read_yaml(fence.body, page)
            known = _Known(rubrics, site or Site(), folders or {})
            shown, found = _show(source, page, known, number, taken, tables)
        findings.extend(_moved(finding, fence.line) for finding in found)
        parts += [markdown[end : fence.start], fence.placed(shown)]
        end = fence.end
    return "".join([*parts, markdown[end:]]), findings


def _wrong_fence(fence: Fence, page: str) -> list[Diagnostic]:
    """Find a block that is not closed, or that has more than its name in its first line."""
    message = ""
    if not fence.is_closed:
        message = f"the stagebook block is not closed: end it with a line of {fence.marks}"
    elif fence.info.strip("{. }") != "stagebook":
        message = f"write the options on lines of their own, not after {fence.marks}stagebook"
    return [Diagnostic(page, 0, 1, "error", "bad-form", message)] if message else []


def _ids_of(markdown: str) -> frozenset[str]:
    """Return the ids of a hand-written page: those of its headings, and explicit ones."""
    found = [match["marked"] or match["underlined"] or "" for match in _HEADING.finditer(markdown)]
    headings = [_LINK.sub(r"\1", heading) for heading in found]
    given = re.findall(r"\{[^}\n]*#([\w-]+)|\bid=[\"']([^\"']+)", markdown)
    return frozenset([slugify(one) for one in headings] + [id_ for pair in given for id_ in pair])


def _moved(finding: Diagnostic, line: int) -> Diagnostic:
    """Return a finding of a block whose lines, also those in its message, are of the page."""
    message = _LINE.sub(lambda match: f"{match[1]}{int(match[2]) + line}", finding.message)
    return finding._replace(line=finding.line + line, message=message)


class _Known(NamedTuple):
    """What a block can show, and where its pages are."""

    rubrics: Mapping[str, Rubric]
    site: Site
    folders: Mapping[str, str]


def _show(
    source: Source,
    page: str,
    known: _Known,
    number: int,
    taken: frozenset[str],
    tables: Tables | None,
) -> tuple[str, list[Diagnostic]]:
    """Return the content of one block, and its findings."""
    needed = "a stagebook block needs keys with values, such as 'show: ladder'"
    findings = [
        one._replace(message=needed) if one.code == "yaml-empty" else one for one in source.findings
    ]
    data = source.data if isinstance(source.data, dict) else {}
    if not findings and data is not source.data:
        findings.append(source.finding("wrong-type", (), needed))
    if not findings:
        findings += _wrong_options(source, data, known.rubrics)
    if findings:
        return "", findings
    only = next(iter(known.rubrics))
    rubric = known.rubrics[data.get("rubric", only)]
    site = known.site._replace(edition=known.folders.get(rubric.id, ""))
    relations = Relations(rubric)
    show = data.get("show", "gates")
    if show == "portfolio":
        return _show_portfolio(source, page, rubric, site, number, taken, tables)
    context: dict[str, Any] = {"relations": relations, "number": number, "show": show}
    context |= {"stage_id": data.get("stage"), "dimension_id": data.get("dimension")}
    stage, dimension = context["stage_id"], context["dimension_id"]
    context["sections"] = _sections(relations, show, stage, dimension)
    context["symptoms"] = _symptoms(relations, stage, dimension)
    found = []
    if lacking := _lacking(relations, show, context):
        where = " at this stage or in this dimension" if stage or dimension else ""
        message = f"nothing to show: the rubric {rubric.id!r} has no {lacking}{where}"
        found.append(source.finding("block-empty", ("show",), message))
    shown = render_page("embed.md.jinja", rubric, page, site, taken=taken, **context)
    return shown, without_codes(found, rubric.checks)


def _lacking(relations: Relations, show: str, context: Mapping[str, Any]) -> str:
    """Return what the rubric has none of, where a block shows nothing."""
    rubric = relations.rubric
    things: Mapping[str, tuple[object, str]] = {
        "symptoms": (context["symptoms"], "symptoms"),
        "ladder": (rubric.stages, "stages"),
        "stages": (rubric.stages, "stages"),
        "matrix": (relations.steps, "stages with gates"),
        "support": (relations.support, "gates whose support is stated"),
        "quick-check": (rubric.quick_check, "quick check"),
    }
    shown, name = things.get(show, (context["sections"], "gates"))
    return "" if shown else name


def _symptoms(relations: Relations, stage: str | None, dimension: str | None) -> list[str]:
    """Return the symptoms that a block lists."""
    felt = relations.symptoms_at(stage) if stage else [*relations.rubric.symptoms]
    symptoms = relations.rubric.symptoms
    return [id_ for id_ in felt if dimension in (None, symptoms[id_].dimension)]


def _show_portfolio(
    source: Source,
    page: str,
    rubric: Rubric,
    site: Site,
    number: int,
    taken: frozenset[str],
    tables: Tables | None,
) -> tuple[str, list[Diagnostic]]:
    """Return the figures of a portfolio."""
    data: dict[str, Any] = source.data
    found = tables(rubric, data["tables"], data.get("hide_below", 0)) if tables else "no tables"
    if isinstance(found, str):
        return "", [source.finding("unreadable", ("tables",), found)]
    styles = address(site, page, f"{ASSETS}/portfolio.css")
    context = {"styles": styles, "number": number, **found}
    return render_page("portfolio.md.jinja", rubric, page, site, taken=taken, **context), []


def _sections(
    relations: Relations, show: str, stage: str | None, dimension: str | None
) -> list[tuple[str, list[str]]]:
    """Return the dimensions and gates that a block asks about."""
    rubric = relations.rubric
    if show == "quick-check":
        return [("", rubric.quick_check)]
    if show not in QUIZZES:
        return []

    def wanted(id_: str) -> bool:
        gate = rubric.gates[id_]
        return (stage is None or stage in gate.at) and dimension in (None, gate.dimension)

    by_dimension = {
        id_: [g for g in rubric.gates if rubric.gates[g].dimension == id_ and wanted(g)]
        for id_ in rubric.dimensions
    }
    return [(id_, gates) for id_, gates in by_dimension.items() if gates]


def _wrong_options(
    source: Source, data: dict[str, Any], rubrics: Mapping[str, Rubric]
) -> list[Diagnostic]:
    """Find unknown or missing options of a block."""
    found: list[Diagnostic] = []
    for key in data:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            message = f"unknown key {key!r} in a stagebook block"
            found.append(source.finding("unknown-key", (key,), message, key=True, suggestion=hint))
    name = data.get("rubric", next(iter(rubrics), ""))
    if not isinstance(name, str) or name not in rubrics:
        hint = did_you_mean(str(name), rubrics)
        message = f"no rubric has the id {name!r}"
        return [*found, source.finding("dangling-id", ("rubric",), message, suggestion=hint)]
    if "rubric" not in data and len(rubrics) > 1:
        message = f"a block must name its rubric: one of {', '.join(rubrics)}"
        found.append(source.finding("missing-key", (), message))
    rubric = rubrics[name]
    choices = {"show": SHOWS, "stage": tuple(rubric.stages), "dimension": tuple(rubric.dimensions)}
    for key, known in choices.items():
        if key in data and data[key] not in known:
            hint = did_you_mean(str(data[key]), known)
            message = f"{data[key]!r} is not one of {', '.join(known)}"
            if not known:
                message = f"the rubric {name!r} has no {key}s"
            found.append(source.finding("unknown-value", (key,), message, suggestion=hint))
    for key in ("stage", "dimension"):
        if data.get("show") == key and key not in data:
            found.append(
                source.finding("missing-key", (), f"'show: {key}' requires the key {key!r}")
            )
    return found + _wrong_tables(source, data)


def _wrong_tables(source: Source, data: dict[str, Any]) -> list[Diagnostic]:
    """Find options of a portfolio that are missing or have the wrong type."""
    if data.get("show") != "portfolio":
        return []
    if "tables" not in data:
        message = "'show: portfolio' requires the key 'tables'"
        return [source.finding("missing-key", (), message)]
    least = data.get("hide_below", 0)
    if not isinstance(data["tables"], str):
        return [source.finding("wrong-type", ("tables",), "tables must be a path")]
    if not isinstance(least, int) or isinstance(least, bool) or least < 0:
        message = "hide_below must be a whole number, 0 or more"
        return [source.finding("wrong-type", ("hide_below",), message)]
    return []
