"""Embedded blocks wherever Markdown finds a fence, in sites of other people."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import mkdocs, site_of
from click.testing import CliRunner
from folders import ROOT
from markdown import markdown
from mkdocs.exceptions import PluginError
from stagebook.cli import main
from stagebook.diagnostics import RubricError
from stagebook.files.rubrics import load_rubric
from stagebook.plugin import UNABLE, StagebookPlugin
from stagebook.site import Page, Site, expand_blocks
from stagebook.site.assembly import drop_taken, missing_extensions, paths_of, place_navigation
from stagebook.site.editions import Edition
from stagebook.site.fences import find_fences

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
RUBRIC = load_rubric(SAMPLE).rubric
RUBRICS = {RUBRIC.id: RUBRIC}
EDITIONS = [Edition(load_rubric(SAMPLE), "")]
PAGE = """\
# Home

=== "One"

    ```stagebook
    show: stage
    stage: second
    ```

!!! note

    ~~~ stagebook
    show: ladder
    ~~~

1. Item

    ```{.stagebook}
    show: matrix
    ```

> ```stagebook
> show: stages
> ```

````
```stagebook
show: an example, which stays
```
````
"""
WHERE = {
    ".tabbed-block": "sb-quiz",
    ".admonition": "sb-ladder",
    "ol > li": "sb-matrix",
    "blockquote": "<table",
}


@pytest.mark.parametrize("prefix", ["", "    ", "\t", "> ", ">> ", "  > "])
def test_a_block_is_found_behind_any_prefix(prefix: str) -> None:
    block = ["```stagebook", "show: ladder", "```"]
    page = "\n".join(["Before.", "", *(prefix + line for line in block), "", "After.", ""])
    shown, findings = expand_blocks(page, "index.md", RUBRICS)
    assert findings == []
    assert f'\n{prefix}<div class="sb-ladder"' in shown
    assert shown.startswith("Before.\n\n")
    assert shown.endswith("\n\nAfter.\n")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("# Home\n\n```stagebook\nshow: ladder\n", 3),
        ("# Home\n\n    ```stagebook show: ladder\n    ```\n", 3),
        ("~~~stagebook\nshow: ladder\n```\n", 1),
        ("> ```stagebook\n> show: ladders\n> ```\n", 2),
    ],
    ids=["not closed", "options behind the name", "closed by other marks", "in a quote"],
)
def test_a_block_that_cannot_be_read_is_an_error_at_its_line(page: str, line: int) -> None:
    _, [finding] = expand_blocks(page, "index.md", RUBRICS)
    assert (finding.level, finding.line) == ("error", line)


BARE = """\
format: stagebook/1
id: bare
title: Bare
version: 1.0.0
dimensions: {dim: {title: Dim}, other: {title: Other}}
gates: {g1: {dimension: dim, title: G1, test: Is it so?}}
scoring: {dimension: mean, overall: {of: gates, by: mean}}
checks: {incomplete: off, dimension-without-gates: off}
"""


@pytest.mark.parametrize(
    ("options", "lacks"),
    [
        ("show: symptoms", "symptoms"),
        ("show: ladder", "stages"),
        ("show: stages", "stages"),
        ("show: matrix", "stages with gates"),
        ("show: support", "gates whose support is stated"),
        ("show: quick-check", "quick check"),
        ("dimension: other", "gates at this stage or in this dimension"),
    ],
)
def test_a_block_with_nothing_to_show_is_a_warning_at_its_line(
    options: str, lacks: str, tmp_path: Path
) -> None:
    (tmp_path / "bare.yml").write_text(BARE)
    known = {"bare": load_rubric(tmp_path / "bare.yml").rubric}
    page = f"# Home\n\n```stagebook\n{options}\n```\n"
    shown, [finding] = expand_blocks(page, "index.md", known)
    assert (finding.level, finding.code, finding.line) == ("warning", "block-empty", 4)
    assert finding.message == f"nothing to show: the rubric 'bare' has no {lacks}"
    assert "```" not in shown
    (tmp_path / "bare.yml").write_text(BARE.replace("{incomplete", "{block-empty: off, incomplete"))
    known = {"bare": load_rubric(tmp_path / "bare.yml").rubric}
    assert expand_blocks(page, "index.md", known)[1] == []


def test_a_block_with_nothing_to_show_is_reported_by_builds(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"bare": BARE})
    (site / "docs" / "index.md").write_text("# Home\n\n```stagebook\nshow: symptoms\n```\n")
    built = mkdocs("build", "--strict", cwd=site)
    said = "docs/index.md:4:7: warning[block-empty]: nothing to show: the rubric 'bare' has no"
    assert said in built.stderr
    assert built.returncode == 1
    result = CliRunner().invoke(
        main, ["write", str(tmp_path / "out"), "--config-file", str(site / "mkdocs.yml")]
    )
    assert result.exit_code == 0
    assert said in result.output


@pytest.mark.parametrize(
    "heading",
    ["# Result", "#Result", "## *Result* ##", "Result\n===", "Result\n---", "## [Result](a.md)"],
)
def test_an_id_of_a_block_is_not_that_of_a_heading(heading: str) -> None:
    block = "```stagebook\nshow: gates\n```\n"
    shown, findings = expand_blocks(f"{heading}\n\n{block}", "index.md", RUBRICS)
    assert findings == []
    ids = re.findall(r'\bid="([^"]+)"', markdown(shown, extensions=["toc"]))
    assert len(ids) == len(set(ids)) > 3


@pytest.mark.parametrize(
    ("options", "line", "message"),
    [
        ("ladder", 3, "needs keys with values"),
        ("- show: ladder", 3, "needs keys with values"),
        ("# Later.", 3, "needs keys with values"),
        ("rubric: [sample]", 3, "no rubric has the id ['sample']"),
        ("show: matrix\nshow: ladder", 4, "duplicate key 'show' (first on line 3)"),
    ],
    ids=["a word", "a list", "nothing", "a list as id", "a key twice"],
)
def test_odd_options_of_a_block_are_an_error(options: str, line: int, message: str) -> None:
    page = f"Before.\n```stagebook\n{options}\n```\n"
    _, [finding] = expand_blocks(page, "index.md", RUBRICS)
    assert (finding.level, finding.line) == ("error", line)
    assert message in finding.message


def test_what_is_fenced_is_not_searched() -> None:
    page = "````md\n```stagebook\n```\n````\n\n~~~\n```stagebook\n~~~\n\n`` ```stagebook ``\n"
    assert expand_blocks(page, "index.md", RUBRICS) == (page, [])
    assert [fence.is_ours for fence in find_fences(page)] == [False, False]


def test_pages_in_the_navigation_are_not_appended_again() -> None:
    nav: list[Any] = ["index.md", {"Model": [{"Start": "sample/index.md"}]}]
    assert place_navigation(nav, EDITIONS, []) == nav
    assert len(place_navigation(["index.md"], EDITIONS, [])) == 2


def test_without_a_navigation_pages_stay_in_sections_of_their_folders() -> None:
    pages = ["zed.md", "our-guide/b.md", "index.md", "our-guide/deep/c.md", "our-guide/index.md"]
    pages += ["sample/index.md", "sample/notes.md", "de/index.md", "de/API/a.md", "de/sample/x.md"]
    german = EDITIONS[0]._replace(folder="de")
    *written, own, translated = place_navigation(None, [*EDITIONS, german], pages)
    assert written == [
        "index.md",
        "zed.md",
        "de/index.md",
        {"API": ["de/API/a.md"]},
        {"Sample": ["de/sample/x.md"]},
        {"Our guide": ["our-guide/index.md", "our-guide/b.md", {"Deep": ["our-guide/deep/c.md"]}]},
        {"Sample": ["sample/notes.md"]},
    ]
    # The page that replaces a generated one is in the section of its rubric alone.
    assert "sample/index.md" in paths_of([own])
    assert "de/sample/index.md" in paths_of([translated])


@pytest.mark.parametrize(
    ("page", "folders"),
    [("sample.md", True), ("sample/README.md", False), ("sample/gates/index.md", True)],
)
def test_a_page_with_the_address_of_another_is_an_error(page: str, folders: bool) -> None:
    site = Site(directory_urls=folders)
    tree = {path: Page(path, b"") for path in ("sample/index.md", "sample/gates.md")}
    with pytest.raises(RubricError, match=f"docs/{page}:1:1: error.duplicate-id"):
        drop_taken(tree, ["index.md", page], site, "docs/{}".format)
    same = ["index.md", "sample/index.md", "sample/gates.md", "sample/notes.md"]
    assert drop_taken(tree, same, site, str) == tree


def test_a_page_at_an_earlier_address_takes_the_place_of_the_redirect() -> None:
    moved, page = "sample/stages/old/index.html", "sample/stages/new.md"
    tree = {path: Page(path, b"") for path in (moved, page)}
    assert list(drop_taken(tree, ["sample/stages/old.md"], Site(), str)) == [page]


@pytest.mark.slow
def test_a_build_never_loses_a_page_of_the_author(tmp_path: Path) -> None:
    folder = site_of(tmp_path, {"sample": SAMPLE.read_text("utf-8")})
    (folder / "docs" / "sample.md").write_text("# Mine\n")
    built = mkdocs("build", cwd=folder)
    assert built.returncode == 1
    wrote = CliRunner().invoke(main, ["write", str(tmp_path / "out"), "-f", f"{folder}/mkdocs.yml"])
    assert wrote.exit_code == 1
    for said in (built.stderr, wrote.output):
        assert "docs/sample.md:1:1: error[duplicate-id]: this page and 'sample/index.md'" in said


@pytest.mark.slow
def test_without_a_navigation_what_another_plugin_leaves_out_stays_out(tmp_path: Path) -> None:
    plugins = ["search", "blog", "stagebook"]
    folder = site_of(tmp_path, {"sample": SAMPLE.read_text("utf-8")}, plugins=plugins)
    posts = folder / "docs" / "blog" / "posts"
    posts.mkdir(parents=True)
    (folder / "docs" / "blog" / "index.md").write_text("# Blog\n")
    (posts / "one.md").write_text("---\ndate: 2024-01-31\n---\n# Post\n\nText\n")
    built = mkdocs("build", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "blog/posts/one.md" not in built.stderr
    page = (folder / "site" / "index.html").read_text("utf-8")
    links = set(re.findall(r'href="((?:blog|sample)/[^"]*)"', page))
    assert {"blog/", "sample/", "sample/assessment/"} <= links
    assert "blog/2024/01/31/post/" not in links


@pytest.mark.parametrize("name", ["attr_list", "markdown.extensions.attr_list", "extra"])
def test_the_extension_of_headings_is_added_where_it_is_missing(name: str) -> None:
    assert missing_extensions(["toc", "tables"]) == ["attr_list"]
    assert missing_extensions(["toc", name]) == []


@pytest.mark.parametrize("name", UNABLE)
def test_a_plugin_that_cannot_work_beside_it_is_named(name: str) -> None:
    class Site:  # What the plugin looks at first.
        plugins = (name,)

    with pytest.raises(PluginError, match=name):
        StagebookPlugin()._read_rubrics(Site())  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_plain_site_of_somebody_else_shows_the_same_both_ways(tmp_path: Path, ends: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "rubrics").mkdir()
    shutil.copy(SAMPLE, tmp_path / "rubrics")
    (tmp_path / "docs" / "index.md").write_bytes(PAGE.replace("\n", ends).encode())
    extensions = ["admonition", "pymdownx.superfences"]
    tabs = {"pymdownx.tabbed": {"alternate_style": True}}
    config = {
        "site_name": "Handbook",
        "theme": {"name": "material", "font": False},
        "plugins": ["stagebook"],
        "markdown_extensions": [*extensions, tabs],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config))
    assert mkdocs("build", "--strict", cwd=tmp_path).returncode == 0
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    for mark in WHERE.values():
        assert mark in article
    assert "show: an example" in article
    assert not re.search(r"\{ #", (tmp_path / "site/sample/index.html").read_text("utf-8"))
    out = tmp_path / "out"
    wrote = CliRunner().invoke(main, ["write", str(out), "-f", str(tmp_path / "mkdocs.yml")])
    assert wrote.exit_code == 0, wrote.output
    assert mkdocs("build", "--strict", cwd=out).returncode == 0
    assert (out / "site" / "index.html").read_text(encoding="utf-8") == page
