"""Rubrics of every shape build strictly: each optional part left out, and each case people met."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from building import mkdocs, site_of
from folders import ROOT
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site import Site, render_tree, single_file
from stagebook.site.addresses import url_of

pytestmark = pytest.mark.slow

SAMPLE = load_rubric(ROOT / "tests/rubrics/good/sample.yml").source.data
SHAPES = load_rubric(ROOT / "tests/rubrics/good/shapes.yml").source.data
REQUIRED = {"format", "id", "title", "version", "stages", "dimensions", "gates"}
KEPT = {
    *("level", "title", "dimension", "stage", "test", "label", "score", "kind", "observation"),
    *("gates", "opens", "term", "meaning", "name", "notes", "of", "size", "weeks", "unit", "text"),
    *("at", "answer"),
}
"""Keys that their records need."""


def optional_parts(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every part of a rubric that may be left out."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = (*path, key)
            if (len(here) == 1 and key not in REQUIRED) or (
                len(here) > 2 and key not in KEPT and path[-1] != "measure"
            ):
                yield here
            yield from optional_parts(value, here)


def dumped(data: Any) -> str:
    """Return data as JSON, which is YAML too and is written faster, in its order."""
    return json.dumps(data, ensure_ascii=False)


def without(data: Any, path: tuple[Any, ...]) -> Any:
    """Return a copy of data without what stands at a path."""
    [key, *rest] = path
    if not rest:
        return {one: value for one, value in data.items() if one != key}
    return {**data, key: without(data[key], tuple(rest))}


def only_required(data: Any) -> Any:
    """Return the least that a rubric may say."""
    bare = {key: data[key] for key in REQUIRED}
    for name in ("stages", "dimensions", "gates"):
        bare[name] = {
            id_: {key: value for key, value in entry.items() if key in KEPT}
            for id_, entry in data[name].items()
        }
    return bare


def shapes() -> dict[str, Rubric]:
    """Return both models in every shape that `check` lets through, by what they lack."""
    found: dict[str, Rubric] = {}
    candidates = {
        "/".join(map(str, (data["id"], *path))): without(data, path)
        for data in (SAMPLE, SHAPES)
        for path in optional_parts(data)
    }
    candidates["all"] = only_required(SAMPLE)
    for name, data in candidates.items():
        number = len(found)
        reading = read_rubric(dumped({**data, "id": f"r{number}"}), "x.yml")
        if reading.records is not None and not any(f.level == "error" for f in reading.findings):
            found[name] = reading.rubric
    return found


class Anchors(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values and tag == "a" else []


def assert_sound(tree: dict[str, str]) -> None:
    """Assert that ids are unique and that links to pages and anchors of the tree lead there."""
    pages: dict[str, tuple[set[str], list[str]]] = {}
    for path, text in tree.items():
        if not path.endswith(".md"):
            pages[path] = (set(), [])
            continue
        assert_no_empty_heading(path, text)
        headings = re.findall(r"^#+ .*\{ (#\S+)", text, re.MULTILINE)
        page = Anchors(text)
        every = [*page.ids, *(one[1:] for one in headings)]
        ids = set(every)
        assert len(every) == len(ids), (path, [one for one in every if every.count(one) > 1])
        pages[url_of(path, False)] = (ids, page.links)
    for path, (ids, links) in pages.items():
        for link in links:
            target, _, anchor = link.partition("#")
            target, _, _ = target.partition("?")
            if re.match(r"[a-z]+:", target) or target.endswith((".yml", ".json", ".txt")):
                continue
            there = (Path("/") / path).parent / target if target else Path("/") / path
            name = str(Path(re.sub(r"/[^/]+/\.\.", "", str(there.resolve()))).relative_to("/"))
            if name.endswith("assess.html"):
                continue
            assert name in pages, (path, link)
            assert not anchor or anchor in (pages[name][0] if target else ids), (path, link)


def assert_no_empty_heading(path: str, text: str) -> None:
    """Assert that something stands below every heading but those of a higher level."""
    lines = [line for line in text.splitlines() if line]
    levels = [len(re.match(r"#*", line).group()) for line in lines]  # type: ignore[union-attr]
    for number, level in enumerate(levels):
        below = levels[number + 1] if number + 1 < len(levels) else 1
        # The title of a source or a protocol is all that some of them say.
        is_entry = path.endswith(("sources.md", "protocols.md")) and level == 2
        assert not level or not below or below > level or is_entry, (path, lines[number])
    assert not re.search(r"<(?:dl|ul|ol|tbody|p|dd|small)></", text), path


def tree_of(rubric: Rubric) -> dict[str, str]:
    tree = render_tree(rubric, "", Site(directory_urls=False))
    kinds = (".md", ".svg")
    return {path: page.content.decode() for path, page in tree.items() if path.endswith(kinds)}


@pytest.mark.long
def test_every_optional_part_can_be_missing() -> None:
    """Each alone and all together: no link leads to what is only there under another condition."""
    found = shapes()
    assert len(found) > 120
    assert "all" in found
    for rubric in found.values():
        assert_sound(tree_of(rubric))


def test_shapes_build_strictly(tmp_path: Path) -> None:
    """A real strict build of the barest shape, and of those whose pages differ most."""
    bare = {**only_required(SAMPLE), "id": "bare"}
    texts = {"bare": dumped(bare)}
    for key in ("symptoms", "remediations", "protocols", "measures", "quick_check", "sources"):
        data = without(SAMPLE, (key,)) if key in SAMPLE else SAMPLE
        text = dumped({**data, "id": f"no-{key.replace('_', '-')}"})
        if not any(f.level == "error" for f in read_rubric(text, "x.yml").findings):
            texts[key] = text
    folder = site_of(tmp_path, texts)
    result = mkdocs("build", cwd=folder)
    assert result.returncode == 0, result.stderr
    # What is incomplete is said of the rubric; nothing is said of its pages.
    said = [line for line in result.stderr.splitlines() if "WARNING" in line]
    assert [line for line in said if "rubrics/" not in line] == []


MINIMAL = """\
format: stagebook/1
id: desk
title: Support desk
version: 1.0.0
stages:
  ad-hoc: {level: 1, title: Ad hoc}
  steady: {level: 2, title: Steady}
dimensions:
  answers: {title: Answers, question: Do people get the right answer?}
gates:
  answers-reviewed:
    dimension: answers
    stage: steady
    title: Answers are reviewed
    test: Ten closed tickets are read every week, and the findings are on record.
"""


def test_a_stage_without_plays_has_no_button_to_them(tmp_path: Path) -> None:
    result = mkdocs("build", "--strict", cwd=site_of(tmp_path, {"desk": MINIMAL}))
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site/desk/stages/ad-hoc/index.html").read_text()
    assert "#exit-gates" in page
    assert "#plays" not in page


CLASHES = """\
format: stagebook/1
id: desk
title: Desk
version: 1.0.0
stages:
  start: {level: 1, title: Start}
  gates: {level: 2, title: Stage called gates}
dimensions:
  symptoms: {title: Symptom handling}
  result: {title: Results for customers}
  quiz-begin: {title: How a quiz begins}
measures:
  days: {title: Days to answer, unit: days}
  weekly: {title: Weekly count, unit: times}
protocols:
  measures: {title: Weekly measures, steps: [Count.], gates: [symptoms]}
  weekly: {title: A week, steps: [Wait.]}
gates:
  symptoms: {dimension: symptoms, stage: gates, title: Logged, test: A log exists., blocking: true}
  gates:
    dimension: symptoms
    stage: gates
    title: A gate called like its stage
    test: It is.
    measure: {of: days, "yes": "<= 2"}
  outcome:
    dimension: result
    stage: gates
    title: Outcome
    test: It is.
    measure: {of: weekly, "yes": "<= 2"}
  begun: {dimension: quiz-begin, stage: gates, title: Begun, test: It is.}
symptoms:
  late: {observation: Late., kind: stuck, dimension: symptoms, gates: [symptoms]}
  stuck: {observation: Stuck., kind: stuck, dimension: symptoms, gates: [symptoms]}
frameworks:
  levels: {title: Levels, levels: [{stage: gates, level: L1}]}
"""


def test_ids_of_authors_and_of_pages_do_not_clash() -> None:
    rubric = read_rubric(CLASHES, "x.yml").rubric
    tree = tree_of(rubric)
    assert_sound(tree)
    # An author's id keeps its address; what is Stagebook's own gives way.
    assert "### Logged { #symptoms .sb-gate-title }" in tree["desk/dimensions/symptoms.md"]
    assert "## Symptoms { #symptoms--page }" in tree["desk/dimensions/symptoms.md"]
    assert "## Weekly measures { #measures }" in tree["desk/protocols.md"]
    assert "### Weekly count { #weekly--measure }" in tree["desk/protocols.md"]
    assert 'id="result"' in tree["desk/assessment.md"]
    assert 'id="result--page"' in tree["desk/assessment.md"]
    # Where nothing clashes, old addresses stay.
    plain = tree_of(read_rubric(MINIMAL, "x.yml").rubric)
    assert 'id="result"' in plain["desk/assessment.md"]


TEXTS = ROOT / "tests" / "rubrics" / "good" / "texts.yml"


@pytest.fixture(scope="module")
def texts() -> Rubric:
    return load_rubric(TEXTS).rubric


def items(html: str) -> list[str]:
    return re.findall(r"<li>(.*?)</li>(?=\s*<li>|\s*</[ou]l>\s*(?:$|<(?!/li)))", html, re.DOTALL)


def test_every_entry_of_a_list_is_an_item(texts: Rubric) -> None:
    page = tree_of(texts)["texts/remediations/r.md"]
    [steps] = re.findall(r"^<ol>(.*)</ol>$", page, re.MULTILINE)
    assert steps.count("<li>First, do:") + steps.count("<li><p>First, do:</p>") == 1
    assert steps.endswith("<li>Second.</li>")
    evidence = re.findall(
        r"<dt>Evidence</dt> ?<dd>(.*?)</dd>", tree_of(texts)["texts/dimensions/d.md"]
    )
    assert "</table>" in evidence[0]
    assert "<p>A list:</p>" in evidence[0].split("</table>")[1]


def test_one_text_has_one_look(texts: Rubric) -> None:
    """The page, the quiz and the single file show the same blocks."""
    code = "<pre><code>make &lt;target&gt; &#124; tee &#123;log&#125;</code></pre>"
    tree = tree_of(texts)
    assert code in tree["texts/dimensions/d.md"]
    assert code in tree["texts/assessment.md"]
    single = single_file(texts)
    assert "<pre><code>make &lt;target&gt; | tee {log}</code></pre>" in single
    for page in (tree["texts/index.md"], single):
        assert re.search(r"<th>answer</th>\s*<th>means</th>", page)


def test_a_path_is_right_on_every_page(texts: Rubric) -> None:
    tree = tree_of(texts)
    assert '<a href="../policy.html#keep">policy</a>' in tree["texts/index.md"]
    assert '<a href="../../policy.html#keep">policy</a>' in tree["texts/dimensions/d.md"]
    assert '<a href="../policy.html#keep">policy</a>' in tree["texts/assessment.md"]
    assert "policy (policy.md#keep)" in single_file(texts)


def test_a_path_that_leads_nowhere_is_said_of_its_line(tmp_path: Path) -> None:
    folder = site_of(tmp_path, {"texts": TEXTS.read_text(encoding="utf-8")})
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 1
    lines = TEXTS.read_text(encoding="utf-8").splitlines()
    line = next(n for n, one in enumerate(lines, 1) if "policy.md" in one)
    assert f"texts.yml:{line}:" in result.stderr
    assert "warning[link-missing]: the site has no file 'policy.md'" in result.stderr
    (folder / "docs" / "policy.md").write_text("# Policy\n\n## Keep { #keep }\n")
    (folder / "docs" / "plan.png").write_bytes(b"")
    result = mkdocs("build", "--strict", cwd=folder)
    assert result.returncode == 0, result.stderr
