"""What is published beside the pages: Markdown, `llms.txt`, redirects, rules for hosts, badges."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import Visitor
from building import mkdocs, site_of
from folders import ROOT
from hostile_texts import MARKDOWN
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.rubric import prose
from stagebook.site import Site, render_tree
from stagebook.site.mkdocs_config import read_config
from stagebook.site.publishing.head import with_open_graph
from stagebook.site.publishing.headers import headers
from stagebook.site.publishing.llms import Entry, index, markdown_path, read_page
from stagebook.site.publishing.readable import readable

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"


def rubric_with_aliases() -> dict[str, Any]:
    data: dict[str, Any] = deepcopy(load_rubric(SAMPLE).source.data)
    data["dimensions"]["craft"]["aliases"] = ["making", "old-craft"]
    first = next(iter(data["stages"]))
    data["stages"][first]["aliases"] = ["zeroth"]
    for dimension in data["dimensions"].values():
        dimension["group"] = "trade"
    data["groups"] = {"trade": {"title": "Trade", "aliases": ["guild"]}}
    return data


def words_of(markdown: str) -> str:
    """Return the words of Markdown as a reader of CommonMark sees them."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = reader.render(markdown)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_page_is_readable_markdown() -> None:
    page = (
        '---\ntitle: "A"\n---\n\n# A &#38; b { #x .y }\n\n'
        '<div class="sb-ladder"><ul><li>1</li></ul></div>\n\n'
        "<div><dl><dt>Test</dt> <dd>Is it <strong>so</strong>?</dd> <dt>Evidence</dt> "
        "<dd><ul><li>one<ul><li>two</li></ul></li></ul></dd></dl></div>\n\n"
        "<table><thead><tr><th>K</th></tr></thead><tbody><tr><td>a<br>b</td></tr></tbody></table>"
        '\n\n<p><a href="x.html">X</a><a href="y z.html">Y</a> <button>Press</button></p>\n'
    )
    assert readable(page) == (
        "# A & b\n\n**Test:** Is it **so**?\n\n**Evidence:**\n\n- one\n\n  - two\n\n"
        "| K |\n| --- |\n| a; b |\n\n[X](x.html) [Y](<y z.html>)\n"
    )


@pytest.mark.parametrize("text", MARKDOWN)
def test_hostile_text_stays_text(text: str) -> None:
    block = f"<div>{str(prose.html(text)).replace(chr(10), ' ')}</div>"
    made = readable(f"# x\n\n{block}\n")
    html = MarkdownIt("commonmark").enable("table").render(made)
    assert "html_block" not in {one.type for one in MarkdownIt("commonmark").parse(made)}
    assert not re.search(r"<(?:script|svg|iframe|style|details|input)\b", html)


@example("1. a")
@example("2019) a")
@given(st.text(st.sampled_from("ab *_[]()<>`#-+1.&;!|~\\ "), min_size=1))
def test_words_are_the_same_in_markdown(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    made = readable(f"# x\n\n<p>{escaped}</p>\n")
    assert words_of(made.removeprefix("# x\n")) == " ".join(text.split())


def test_no_line_of_a_paragraph_begins_a_block() -> None:
    made = readable("# x\n\n<ul><li>a<br>- b<br># c<br>4. d</li></ul>\n")
    assert MarkdownIt("commonmark").render(made).count("<li>") == 1
    assert words_of(made.removeprefix("# x\n")) == "a - b # c 4. d"


@pytest.mark.long
@pytest.mark.slow
def test_every_page_of_a_rubric_is_free_of_html() -> None:
    reading = load_rubric(ROOT / "rubrics" / "ai-product.yml")
    tree = render_tree(reading.rubric, reading.text)
    for path, page in tree.items():
        if path.endswith(".md"):
            made = readable(page.content.decode())
            kinds = {token.type for token in MarkdownIt("commonmark").parse(made)}
            assert "html_block" not in kinds, path
            assert not re.search(r"(?<!\\)</?[a-z]+[ >]", made), path
            assert made.startswith("# ")
    # Of a quiz, the questions are left.
    quiz = readable(tree["ai-product/assessment.md"].content.decode())
    for gate in reading.rubric.gates.values():
        assert prose.plain(gate.title) in words_of(f"{quiz}")


def test_the_name_of_a_site_may_hold_references() -> None:
    assert index("Us &amp; Co", "", {}).startswith("# Us & Co\n")


@pytest.mark.parametrize("set_by_hook", ["https://e.example/x/1.0", "https://e.example/x/1.0/"])
def test_an_address_that_a_hook_sets_needs_no_slash_at_its_end(
    tmp_path: Path, set_by_hook: str
) -> None:
    sample = (ROOT / "tests/rubrics/good/sample.yml").read_text("utf-8")
    site = site_of(tmp_path, {"sample": sample}, hooks=["hook.py"])
    (site / "hook.py").write_text(
        f"def on_config(config):\n    config.site_url = {set_by_hook!r}\n    return config\n"
    )
    built = mkdocs("build", cwd=site)
    assert built.returncode == 0, built.stderr
    page = (site / "site" / "sample" / "index.html").read_text("utf-8")
    assert '"og:url" content="https://e.example/x/1.0/sample/"' in page
    assert "(https://e.example/x/1.0/sample/" in (site / "site" / "llms.txt").read_text("utf-8")


def test_the_index_has_a_line_for_each_page() -> None:
    page = '---\ntitle: "A"\ndescription: "B &#38;amp; c"\n---\n\n# A\n\n<p>First.</p>\n'
    _, entry = read_page(page, "m/a/")
    assert entry == Entry("A", "m/a/index.html.md", "B & c")
    _, bare = read_page("# A\n\n<p>First <b>one</b>.</p>\n", "m/a.html")
    assert bare == Entry("A", "m/a.html.md", "First one.")
    assert index("S [x]", "", {"M": [entry, bare]}, "https://x.example/") == (
        "# S \\[x\\]\n\n## M\n\n"
        "- [A](https://x.example/m/a/index.html.md): B & c\n"
        "- [A](https://x.example/m/a.html.md): First one.\n"
    )
    assert markdown_path("") == "index.html.md"


def test_an_earlier_id_leads_to_the_page() -> None:
    reading = read_rubric(json.dumps(rubric_with_aliases()), "x.yml")
    for folders in (True, False):
        tree = render_tree(reading.rubric, reading.text, Site(directory_urls=folders))
        end = "/index.html" if folders else ".html"
        page = tree[f"sample/dimensions/old-craft{end}"].content.decode()
        target = "../craft/" if folders else "craft.html"
        assert f'<link rel="canonical" href="{target}">' in page
        assert f'content="0; url={target}"' in page
        assert f'<a href="{target}">' in page
        assert tree.keys() >= {f"sample/dimensions/making{end}", f"sample/stages/zeroth{end}"}
        assert f"sample/groups/guild{end}" in tree
    assert tree[f"sample/stages/zeroth{end}"].origin[:1] == ("stages",)
    plain = render_tree(reading.rubric, reading.text, Site(redirects=False))
    assert not [path for path in plain if "old-craft" in path]


def test_written_sites_have_redirects_unless_they_want_none() -> None:
    config = "site_name: x\nplugins:\n  - stagebook:\n      publish: {redirects: %s}\n"
    assert not read_config(config % "false").site.redirects
    assert read_config(config % "true").site.redirects
    assert read_config("site_name: x\nplugins: [stagebook]\n").site.redirects


def test_only_files_with_a_hash_in_their_name_are_kept() -> None:
    rules = headers("", ["assets/javascripts/bundle.0123abcd.min.js", "assets/stagebook/s.js"])
    assert "Content-Security-Policy" not in rules
    assert re.findall(r"^/.*", rules, re.MULTILINE) == [
        "/*",
        "/assets/javascripts/bundle.0123abcd.min.js",
    ]
    assert "  X-Content-Type-Options: nosniff\n" in rules


def test_open_graph_of_another_plugin_is_kept() -> None:
    values = {"title": "A", "description": "", "site": 'S"'}
    made = with_open_graph("<head></head>", **values)
    assert '<meta property="og:site_name" content="S&quot;">' in made
    assert "og:description" not in made
    assert "og:url" not in made
    assert with_open_graph(made, **values) == made


@pytest.mark.parametrize("name", ["Research & more", "Research &amp; more"])
def test_the_name_of_a_site_is_escaped_once(name: str) -> None:
    html = with_open_graph("<head></head>", title="T", description="", site=name)
    assert '<meta property="og:site_name" content="Research &amp; more">' in html


def test_each_stage_has_a_badge() -> None:
    reading = load_rubric(SAMPLE)
    tree = render_tree(reading.rubric, reading.text)
    badges = [page for path, page in tree.items() if path.startswith("sample/badges/")]
    assert len(badges) == len(reading.rubric.stages)
    assert all(b'role="img" aria-label="Sample model: ' in badge.content for badge in badges)


@pytest.mark.slow
def test_a_site_publishes_what_it_wants(tmp_path: Path) -> None:
    text = json.dumps(rubric_with_aliases())
    off = dict.fromkeys(("llms", "redirects", "headers", "open_graph"), False)
    plugins = ["search", {"stagebook": {"publish": off}}]
    settings = {"site_url": "https://x.example/docs/", "exclude_docs": "sample/glossary.md\n"}
    folder = site_of(tmp_path, {"sample": text}, **settings)
    (folder / "docs" / "_headers").write_text("/*\n  X-Mine: 1\n")
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    site = folder / "site"
    assert "(https://x.example/docs/sample/dimensions/craft/index.html.md)" in (
        (site / "llms.txt").read_text()
    )
    assert "glossary" not in (site / "llms.txt").read_text()
    assert not (site / "sample" / "glossary").exists()
    assert (site / "sample/dimensions/craft/index.html.md").read_text().startswith("# ")
    assert (site / "_headers").read_text() == "/*\n  X-Mine: 1\n"
    craft = (site / "sample/dimensions/craft/index.html").read_text()
    assert 'property="og:url" content="https://x.example/docs/sample/dimensions/craft/"' in craft
    # A site with scripts of its own is not changed unless it wants to be.
    assert "Content-Security-Policy" not in craft
    moved = "sample/dimensions/old-craft/"
    assert (site / moved / "index.html").is_file()
    assert moved not in (site / "sitemap.xml").read_text()
    assert moved not in (site / "search" / "search_index.json").read_text()
    assert "old-craft" not in craft
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**config, "plugins": plugins}))
    (folder / "docs" / "_headers").unlink()
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    assert not [path for path in site.rglob("*") if path.name in ("llms.txt", "_headers")]
    assert not [*site.rglob("*.html.md"), *site.rglob("old-craft")]
    assert "og:" not in (site / "sample/dimensions/craft/index.html").read_text()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "refresh"])
def test_a_redirect_takes_the_answers_along(
    tmp_path: Path, visit: Callable[..., Visitor], scripts: bool
) -> None:
    reading = read_rubric(json.dumps(rubric_with_aliases()), "x.yml")
    tree = render_tree(reading.rubric, reading.text, Site(directory_urls=False))
    moved = tree["sample/dimensions/old-craft.html"]
    folder = tmp_path / "sample" / "dimensions"
    folder.mkdir(parents=True)
    (folder / "old-craft.html").write_bytes(moved.content)
    (folder / "craft.html").write_text("<!doctype html><title>Craft</title><p>Here</p>")
    visitor = visit(f"{tmp_path.as_uri()}/", java_script_enabled=scripts)
    page = visitor.open("sample/dimensions/old-craft.html?a=1#plan-kept", wait=False)
    page.locator("text=Here").wait_for()
    rest = "?a=1#plan-kept" if scripts else ""
    assert page.url == f"{tmp_path.as_uri()}/sample/dimensions/craft.html{rest}"
