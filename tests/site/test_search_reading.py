"""Entries of the search that are made without Material's parser are those that it makes."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import markdown
import pytest
from folders import GOOD, ROOT
from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search import plugin as material  # type: ignore[import-untyped]
from mkdocs.structure.toc import get_toc
from stagebook.checks.loader import read_rubric
from stagebook.plugin.headings import Headings
from stagebook.plugin.searching import Search
from stagebook.site.finished import for_search, put_back, take_out
from stagebook.site.search_reading import is_parser_of, search_entries
from stagebook.site.tree import render_tree

MODELS = [ROOT / "rubrics" / "ai-product.yml", GOOD / "sample.yml"]
EXTENSIONS: dict[str, Any] = {"attr_list": {}, "toc": {"permalink": True}}


def engine() -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS], extension_configs=EXTENSIONS)


def theirs(html: str, toc: Any) -> list[dict[str, Any]]:
    index = material.SearchIndex()
    page = SimpleNamespace(meta={}, content=html, toc=toc, url="a/", title="Title")
    index.add_entry_from_context(page)
    return list(index.entries)


def pages_of(path: Path) -> dict[str, str]:
    reading = read_rubric(path.read_text(encoding="utf-8"), path.name)
    tree = render_tree(reading.rubric, reading.text)
    return {
        name: page.content.decode().split("\n---\n", 1)[1].strip()
        for name, page in tree.items()
        if name.endswith(".md")
    }


def test_the_file_of_the_installed_search_is_known() -> None:
    """After an update of Material, compare its parser, then add the digest to `KNOWN`."""
    assert is_parser_of(Path(material.__file__).read_bytes())
    assert not is_parser_of(Path(material.__file__).read_bytes() + b"\n")


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_each_page_has_the_entries_that_material_finds(path: Path) -> None:
    converter = engine()
    for name, text in pages_of(path).items():
        short, blocks = take_out(text)
        converter.reset()
        html = put_back(converter.convert(short), [for_search(block) for block in blocks])
        toc = get_toc(converter.toc_tokens)  # type: ignore[attr-defined]
        assert search_entries(html, "a/", "Title") == theirs(html, toc), name


TAGS = st.sampled_from(["p", "div", "li", "ul", "span", "code", "pre", "h2", "h3", "a", "td"])
ATTRIBUTES = st.sampled_from(
    ["", ' id="x"', ' data-search-exclude="true"', ' class="headerlink"', ' title="a > b"']
)
TEXT = st.sampled_from(["", " ", "\n", "words ", " & more", "&lt;b&gt;", "a\nb", "\t"])


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, attributes, parts: f"<{tag}{attributes}>{''.join(parts)}</{tag}>",
        TAGS,
        ATTRIBUTES,
        st.lists(inner, max_size=4),
    )


HTML = st.recursive(TEXT | st.just("<br>"), element, max_leaves=20)


@given(st.lists(HTML, max_size=6).map("".join))
def test_whatever_is_nested_is_read_in_the_same_way(html: str) -> None:
    html = f'<h1 id="top">Top</h1>\n{html}'
    expected: list[dict[str, Any]] | None
    try:
        expected = theirs(html, get_toc([]))
    except ValueError:  # Their parser fails where a heading ends inside what it leaves out.
        expected = None
    assert search_entries(html, "a/", "Title") == expected


@pytest.mark.parametrize("html", ["<p>a <b", "<svg></svg>", "<textarea><p></p></textarea>"])
def test_what_no_page_has_is_left_to_material(html: str) -> None:
    assert search_entries(f'<h1 id="top">Top</h1>{html}', "a/", "Title") is None


def test_a_search_that_is_not_materials_reads_pages_itself() -> None:
    page: Any = SimpleNamespace(meta={}, url="a/", title="T")
    html = '<h1 id="top">Top</h1>'
    other = SimpleNamespace(search_index=SimpleNamespace(entries=[]))
    assert Search({"search": other}).read(page, html) is None
    known = Search({"material/search": SimpleNamespace(search_index=material.SearchIndex())})
    assert known.read(page, html) == [{"location": "a/", "title": "Top", "text": ""}]
    page.meta["tags"] = ["one"]
    assert known.read(page, html) is None
    assert Search({}).read(page, html) == []


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_page_put_together_from_its_lines_is_the_page(path: Path) -> None:
    config: Any = SimpleNamespace(markdown_extensions=[*EXTENSIONS], mdx_configs=EXTENSIONS)
    headings, converter = Headings(config), engine()
    pages = [take_out(text)[0] for text in pages_of(path).values()]
    for text in pages:
        converter.reset()
        html = converter.convert(text)
        assert headings.convert(text) == (html, converter.toc_tokens)  # type: ignore[attr-defined]
    assert headings.may_join
    lines = {line for text in pages for line in text.split("\n") if line.startswith("#")}
    assert headings.converted <= len(lines) + 2


def test_headings_that_depend_on_each_other_are_made_together() -> None:
    config: Any = SimpleNamespace(markdown_extensions=[*EXTENSIONS], mdx_configs=EXTENSIONS)
    headings = Headings(config)
    headings.convert("# One")
    html, _ = headings.convert("# Two\n\n## Same\n\nstagebookblock0end\n\n## Same\n")
    assert 'id="same_1"' in html
    html, _ = headings.convert("# Two\n\n- a list\n")
    assert "<li>" in html


def test_an_extension_that_reads_more_than_a_line_gets_whole_pages() -> None:
    config: Any = SimpleNamespace(markdown_extensions=[Count(), "toc"], mdx_configs={})
    headings = Headings(config)
    html, _ = headings.convert("# One\n\n## Two")
    assert html == '<h1 id="one-2">One 2</h1>\n<h2 id="two-2">Two 2</h2>'
    assert headings.may_join is False
    assert headings.convert("# A")[0] == '<h1 id="a-1">A 1</h1>'


class Count(markdown.Extension):
    """Adds the number of headings of a page to each."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        class Preprocessor(markdown.preprocessors.Preprocessor):
            def run(self, lines: list[str]) -> list[str]:
                count = sum(line.startswith("#") for line in lines)
                return [f"{line} {count}" if line.startswith("#") else line for line in lines]

        md.preprocessors.register(Preprocessor(md), "count", 1)
