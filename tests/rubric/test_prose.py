"""The reader of an author's Markdown: what people write shows, and nothing else comes alive."""

from __future__ import annotations

import re
import typing
from html import unescape
from html.parser import HTMLParser
from typing import Any, get_args

import markdown
import pytest
from engines import MANY_EXTENSIONS
from hostile_texts import HIT, MARKDOWN, PLAIN
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from pydantic import BaseModel
from stagebook.checks.texts import PROSE
from stagebook.rubric import prose
from stagebook.rubric.model import Rubric
from stagebook.rubric.model.base import Prose
from stagebook.site import Site
from stagebook.site.addresses import address, to_path, url_of
from stagebook.site.markdown_page import join_lines, to_markdown

ALLOWED: dict[str, set[str]] = {
    **{key: set() for key in ("p", "strong", "em", "s", "code", "pre", "blockquote")},
    **{key: set() for key in ("ul", "li", "table", "thead", "tbody", "tr", "br", "hr")},
    "ol": {"start"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "th": {"class"},
    "td": {"class"},
}


class Elements(HTMLParser):
    """Collect the elements of HTML with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def elements(made: str) -> Elements:
    parser = Elements()
    parser.feed(made)
    parser.close()
    return parser


def assert_harmless(made: str) -> None:
    """Assert that HTML of the reader holds what it may, and no address that runs or asks."""
    for tag, attributes in elements(made).found:
        assert tag in ALLOWED, made
        assert set(attributes) <= ALLOWED[tag], made
        href, src = attributes.get("href", ""), attributes.get("src", "")
        assert re.match(
            r"(https?://|mailto:|#|\?|\x00[^:]*(?:[/?#]|\x00)|\x00[^/?#]*\x00|$)", href, re.I
        ), made
        assert not src or src.startswith("\x00"), made
        assert attributes.get("class", "sb-left") in ("sb-left", "sb-right", "sb-center")


def left_alone(block: str) -> str:
    """Return what a site's engine with every extension makes of a page of one block."""
    page = to_markdown(f"<div>{block}</div>")
    [line] = page.strip().split("\n")
    made = markdown.markdown(page, extensions=MANY_EXTENSIONS)
    assert made.strip() == line
    return line


@pytest.mark.parametrize("value", MARKDOWN, ids=range(len(MARKDOWN)))
def test_hostile_markdown_stays_text(value: str) -> None:
    made = str(prose.html(value))
    assert_harmless(made)
    left_alone(prose.resolve_links(made, lambda path: f"../{path}"))
    phrase = {tag for tag, _ in elements(str(prose.phrase(value))).found}
    assert phrase <= {"strong", "em", "s", "code", "br", "a", "img"}


@pytest.mark.parametrize("value", PLAIN)
def test_hostile_titles_stay_text_in_headings(value: str) -> None:
    [line] = to_markdown(f'<h2 id="x" class="a" data-step="2">{escape(value)}</h2>').splitlines()
    made = markdown.markdown(line, extensions=MANY_EXTENSIONS)
    found = elements(made)
    assert [(tag, set(attributes)) for tag, attributes in found.found] == [
        ("h2", {"id", "class", "data-step"})
    ]
    assert found.text == " ".join(value.split())


FRAGMENTS = st.sampled_from(
    [
        *MARKDOWN,
        *PLAIN,
        "\n",
        "\n\n",
        "    ",
        "- ",
        "> ",
        "`",
        "```\n",
        "|",
        "<",
        "](",
        "[",
        "*",
        "\\",
    ]
)
MIXED = st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=8).map("".join)


@given(MIXED)
def test_mixtures_of_hostile_texts_stay_text(value: str) -> None:
    made = str(prose.html(value))
    assert_harmless(made)
    left_alone(prose.resolve_links(made, lambda path: f"../{path}"))
    assert not re.search(r"[\x00-\x08\ud800-\udfff]", prose.plain(value))


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(TEXT.filter(lambda value: bool(prose.one_line(value))))
def test_text_shows_exactly_itself(value: str) -> None:
    made = markdown.markdown(f"## x {prose.text(value)} y", extensions=MANY_EXTENSIONS)
    found = elements(made)
    assert [tag for tag, _ in found.found] == ["h2"]
    assert " ".join(found.text.split()) == " ".join(f"x {prose.one_line(value)} y".split())


@given(st.text(alphabet="ab Z9.,;:!?'\"()-+=#|{}%/\u00e9\u2013&<>*_~`[]\\\n ", max_size=40))
def test_plain_paragraphs_are_what_the_parser_makes(value: str) -> None:
    parser = prose._reader()
    made = parser.renderer.render(prose._parse(value.strip()), parser.options, {})
    if value.strip():
        assert prose.html(value) == made.strip()


BLOCKS = [
    ("A:\n- one\n- two", "<p>A:</p><ul><li>one</li><li>two</li></ul>"),
    ("- a\n  - b\n- c", "<ul><li>a <ul><li>b</li></ul></li><li>c</li></ul>"),
    ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    (
        "```sh\nmake <x> | tee {log}\n\n  y\n```",
        "<pre><code>make &lt;x&gt; | tee {log}&#10;&#10;  y</code></pre>",
    ),
    ("    a\n    b", "<pre><code>a&#10;b</code></pre>"),
    (
        "| a | b |\n| :-: | --- |\n| 1 | `x` |",
        '<table><thead><tr><th class="sb-center">a</th><th>b</th></tr></thead>'
        '<tbody><tr><td class="sb-center">1</td><td><code>x</code></td></tr></tbody></table>',
    ),
    ("*a*\n*b*", "<p><em>a</em> <em>b</em></p>"),
    ("a  \nb", "<p>a<br> b</p>"),
    ("# Why\nso", "<p><strong>Why</strong></p><p>so</p>"),
    (
        "~~old~~ [n](https://a.example/b_(c))",
        '<p><s>old</s> <a href="https://a.example/b_(c)">n</a></p>',
    ),
    (
        "![The plan](img/plan.png)",
        '<p><img src="\x00img/plan.png\x00" alt="The plan" loading="lazy"></p>',
    ),
    (
        "![The plan](https://a.example/p.png)",
        '<p><a href="https://a.example/p.png">The plan</a></p>',
    ),
]


@pytest.mark.parametrize(("value", "expected"), BLOCKS)
def test_blocks_that_people_use(value: str, expected: str) -> None:
    assert join_lines(str(prose.html(value))) == expected


def test_a_text_that_nests_too_deep_is_shown_as_typed() -> None:
    made = prose.html("> " * 70 + "deep")
    assert unescape(str(made)) == f"<p>{'> ' * 70}deep</p>"


def test_plain_text_of_markdown() -> None:
    value = "A *b* `c` [d](x.md) ![e](y.png)\nf\n\n- g\n- h\n\n"
    value += "| i | j |\n|---|---|\n| k | l |\n\n```sh\nm\n```"
    assert prose.plain(value) == "A b c d e f g h i j k l m"


PAGES = [
    # page, path from the content root, its address on the page: as folders, as files
    ("desk/index.md", "policy.md", "../policy/", "../policy.html"),
    ("desk/dimensions/d.md", "policy.md#keep", "../../../policy/#keep", "../../policy.html#keep"),
    ("desk/dimensions/d.md", "desk/stages/a.md", "../../stages/a/", "../stages/a.html"),
    ("desk/assessment.md", "img/plan.png", "../../img/plan.png", "../img/plan.png"),
    ("desk/assessment.md", "guides/", "../../guides/", "../guides/index.html"),
    ("desk/assessment.md", "guides/README.md?x=1", "../../guides/?x=1", "../guides/index.html?x=1"),
    ("desk/assessment.md", "index.md", "../../", "../index.html"),
    ("index.md", "javascript:1", "./javascript:1", "./javascript:1"),
    ("a.md", "a.md#x", "./#x", "a.html#x"),
]


@pytest.mark.parametrize(("page", "path", "folders", "files"), PAGES)
def test_a_path_from_the_root_leads_there_from_every_page(
    page: str, path: str, folders: str, files: str
) -> None:
    assert to_path(Site(directory_urls=True), page, path) == folders
    assert to_path(Site(directory_urls=False), page, path) == files


def test_addresses_are_those_of_mkdocs() -> None:
    from mkdocs.structure.files import File

    for path in (
        "index.md",
        "a.md",
        "a/index.md",
        "a/README.md",
        "a/b.markdown",
        "a/b.png",
        "README.md",
    ):
        for directory_urls in (True, False):
            file = File(path, "docs", "site", directory_urls)
            assert url_of(path, directory_urls) == file.url.removeprefix("./"), path
            for page in ("index.md", "x.md", "x/y.md"):
                other = File(page, "docs", "site", directory_urls)
                mine = address(Site(directory_urls), page, path)
                assert mine.removeprefix("./") == file.url_relative_to(other).removeprefix("./")


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("https://a.example", "link"),
        ("MAILTO:a@b.example", "link"),
        ("javascript:x", "scheme"),
        ("JaVaScRiPt:x", "scheme"),
        ("//a.example", "host"),
        ("/%5Ca.example", "host"),
        ("a/b.md", "path"),
        ("a:b", "scheme"),
        ("./a:b", "path"),
        ("#x", "link"),
    ],
)
def test_addresses_are_judged(href: str, kind: str) -> None:
    assert prose.check_address(href).kind == kind
    assert bool(prose.link(href)) is (kind in ("link", "path"))


def test_where_there_is_no_site_paths_are_written_out() -> None:
    made = prose.html("[a *b*](policy.md#x) ![c](d.png) [e](https://f.example)")
    assert prose.name_links(str(made)) == (
        '<p>a <em>b</em> (policy.md#x) c (d.png) <a href="https://f.example">e</a></p>'
    )


def prose_keys(record: type[BaseModel], seen: set[type]) -> set[str]:
    """Return the keys of a record and those below it whose text is Markdown."""
    seen.add(record)
    found: set[str] = set()

    def look(kind: Any, name: str) -> None:
        if kind is Prose:
            found.add(name)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                found.update(prose_keys(kind, seen))
        else:
            for one in get_args(kind):
                look(one, name)

    for name, kind in typing.get_type_hints(record, include_extras=True).items():
        look(kind, name)
    return found


def test_the_rules_know_every_key_of_markdown() -> None:
    assert prose_keys(Rubric, set()) == PROSE


def test_the_list_of_hostile_texts_is_long_and_hostile() -> None:
    assert len(set(MARKDOWN)) >= 80
    assert sum(HIT in one for one in MARKDOWN) >= 30
