"""List all files of a rubric's part of the site, by path.

`_entries` decides which pages there are, `render_page` fills the template of each, and what readers
download, scripts and badges are added. The plugin puts the files into MkDocs' memory; `export`
writes them to disk.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import unescape
from importlib import resources
from itertools import starmap
from typing import Any, NamedTuple, TypeAlias

from ..diagnostics import Path
from ..rubric.model import Rubric
from ..rubric.prose import plain
from .addresses import ASSETS, Site
from .badges import badges
from .data import quiz_json, script_of
from .markdown_page import front_matter
from .plays import template_path
from .publishing.redirects import redirects
from .questions import Questions
from .relations import Relations
from .rendering import render_page
from .reuse import Kept, Memory, Reads
from .single import single_file

SCRIPT = f"{ASSETS}/stagebook.js"
LATER = tuple(f"{ASSETS}/stagebook-{name}.js" for name in ("extras", "several", "meeting"))
"""What the script loads when it is wanted."""
STYLES, PORTFOLIO_STYLES = f"{ASSETS}/stagebook.css", f"{ASSETS}/portfolio.css"


class Page(NamedTuple):
    """One file of the tree; `origin` is the path in the rubric that an edit link opens."""

    path: str
    content: bytes
    origin: Path = ()


Spread: TypeAlias = Callable[[Callable[[int], Any], int], Iterable[Any]]
"""Returns what a function returns for 0, 1, 2 … up to a count, in that order."""


def one_by_one(work: Callable[[int], Any], count: int) -> Iterable[Any]:
    """Do the parts of a work here, one after the other."""
    return map(work, range(count))


def render_tree(
    rubric: Rubric,
    text: str,
    site: Site | None = None,
    memory: Memory | None = None,
    spread: Spread = one_by_one,
) -> dict[str, Page]:
    """Return the pages and files of a rubric by path; `text` is the text of the rubric.

    Pages that are in the memory, and have not changed, are not rendered again. `spread` may render
    pages in other processes.
    """
    site, questions = site or Site(), memory.questions if memory else Questions()
    quiz = (memory and memory.quiz) or quiz_json(rubric)
    if memory:
        memory.quiz = quiz
    single, pages = _rendered(rubric, site, quiz, questions, memory, spread)
    made = starmap(Page, badges(Relations(rubric), site))
    files = [single, *_downloads(rubric, text, site, quiz), *shared_assets(), *made]
    moved = starmap(Page, redirects(rubric, site) if site.redirects else ())
    return {page.path: page for page in (*pages, *files, *moved)}


def _rendered(
    rubric: Rubric,
    site: Site,
    quiz: str,
    questions: Questions,
    memory: Memory | None,
    spread: Spread,
) -> tuple[Page, list[Page]]:
    """Return the whole model as one file, and its pages."""
    folder = site.folder(rubric.id)
    relations = Relations(memory.watched(rubric) if memory else rubric, rubric, questions)
    entries = [one._replace(path=f"{folder}/{one.path}") for one in _entries(relations)]
    contents = dict[str, bytes]()
    for one in entries:
        if memory and (known := memory.recall(one.path, one.description)) is not None:
            contents[one.path] = known
    wanted = [one for one in entries if one.path not in contents]
    # The longest first, so that the last to end is not late.
    works = [partial(single_file, rubric, quiz, questions)]
    works += [partial(_page, relations, site, one) for one in wanted]

    def make(number: int) -> tuple[bytes, Reads, dict[str, str]]:
        count = len(questions.made)
        content = works[number]().encode()
        return content, memory.take_reads() if memory else {}, questions.made_after(count)

    (single, _, forms), *made = spread(make, len(works))
    questions.made |= forms
    for one, (content, reads, forms) in zip(wanted, made, strict=True):
        contents[one.path] = content
        questions.made |= forms
        if memory:
            memory.made[one.path] = Kept(content, one.description, reads)
    pages = [Page(one.path, contents[one.path], one.origin) for one in entries]
    return Page(f"{folder}/assess.html", single), pages


def shared_assets() -> list[Page]:
    """Return the scripts and the styles that the pages of all rubrics share.

    A page names the first script; that one loads the others when something in them is wanted.
    """
    folder = resources.files("stagebook") / "assets"
    paths = (SCRIPT, *LATER, STYLES, PORTFOLIO_STYLES)
    return [Page(path, (folder / path.rpartition("/")[2]).read_bytes()) for path in paths]


def fingerprint(content: bytes) -> str:
    """Return a short hash of a file's content."""
    return hashlib.sha256(content).hexdigest()[:8]


class Entry(NamedTuple):
    """A page to render, from its template and what that is given."""

    template: str
    path: str
    origin: Path
    description: str | None
    context: dict[str, Any]


def _entries(relations: Relations) -> Iterator[Entry]:
    """Yield every page of the rubric, in no order that matters."""
    yield from starmap(Entry, _listed(relations))


def _listed(relations: Relations) -> Iterator[tuple[str, str, Path, str | None, dict[str, Any]]]:
    rubric = relations.rubric
    yield "overview.md.jinja", "index.md", (), rubric.summary, {}
    yield "assessment.md.jinja", "assessment.md", ("gates",), None, {}
    if rubric.quick_check:
        yield "quick-check.md.jinja", "quick-check.md", ("quick_check",), None, {}
    yield "gates.md.jinja", "gates.md", ("gates",), None, {}
    for id_, stage in rubric.stages.items():
        path = f"stages/{id_}.md"
        yield "stage.md.jinja", path, ("stages", id_), stage.summary, {"id": id_, "stage": stage}
    for id_, group in rubric.groups.items():
        path, origin = f"groups/{id_}.md", ("groups", id_)
        yield "group.md.jinja", path, origin, group.summary, {"id": id_, "group": group}
    for id_, dimension in rubric.dimensions.items():
        path, origin = f"dimensions/{id_}.md", ("dimensions", id_)
        context: dict[str, Any] = {"id": id_, "dimension": dimension}
        yield "dimension.md.jinja", path, origin, dimension.question, context
    if rubric.symptoms:
        yield "symptoms.md.jinja", "symptoms.md", ("symptoms",), None, {}
    if rubric.remediations:
        yield "remediations.md.jinja", "remediations/index.md", ("remediations",), None, {}
    for id_ in rubric.remediations:
        path, origin, play = (
            f"remediations/{id_}.md",
            ("remediations", id_),
            rubric.remediations[id_],
        )
        yield "remediation.md.jinja", path, origin, play.summary, {"id": id_, "play": play}
    for name in ("protocols", "sources", "glossary", "changes"):
        if getattr(rubric, name) or (name == "protocols" and rubric.measures):
            yield f"{name}.md.jinja", f"{name}.md", (name,), None, {}
    if rubric.frameworks:
        yield "crosswalk.md.jinja", "crosswalk.md", ("frameworks",), None, {}
    yield "downloads.md.jinja", "downloads.md", (), None, {}


def _page(relations: Relations, site: Site, entry: Entry) -> str:
    template, path, _, description, context = entry
    body = render_page(template, relations.rubric, path, site, relations=relations, **context)
    summary = plain(description) if description else None
    return front_matter(_title(body), summary, is_wide=template == "gates.md.jinja") + body


def _title(body: str) -> str:
    """Return the heading of a page as plain text."""
    heading = re.match(r"# (.*?)(?: \{ .* \})?\n", body)
    assert heading, "a page begins with its heading"
    return unescape(heading.group(1))


def _downloads(rubric: Rubric, text: str, site: Site, quiz: str) -> list[Page]:
    data = rubric.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"format": rubric.format, **data}
    whole = json.dumps(data, ensure_ascii=False) + "\n"
    folder, script = site.folder(rubric.id), site.script(rubric.id)
    return [
        Page(f"{folder}/rubric.yml", text.encode()),
        Page(f"{folder}/rubric.json", whole.encode()),
        Page(f"{ASSETS}/{script}.js", script_of(quiz, script).encode()),
        *_templates(rubric, folder),
    ]


def _templates(rubric: Rubric, folder: str) -> Iterator[Page]:
    """Yield the texts to copy of all plays."""
    for id_, play in rubric.remediations.items():
        for template in play.templates:
            path = f"{folder}/{template_path(id_, template.file)}"
            yield Page(path, template.text.encode())
