"""Lines and columns are those that an editor shows, whatever line ends a text holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from folders import TESTS
from hypothesis import given
from hypothesis import strategies as st
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.text import place
from stagebook.rubric.yaml_source import read_yaml
from stagebook.site import expand_blocks

ENDS = ["\n", "\r\n", "\r"]
INSIDE = ["\x85", "\u2028", "\u2029", "\u2029\u2028", "é", "😀", ""]
"""What a line may hold: YAML 1.1 takes the first ones for line ends, editors do not."""


def editor_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text)


def editor_place(text: str, offset: int) -> tuple[int, int]:
    lines = editor_lines(text[:offset])
    return len(lines), len(lines[-1]) + 1


@given(st.text(alphabet="ab\r\n\x85\u2028\u2029é😀"), st.data())
def test_a_place_is_where_an_editor_shows_it(text: str, data: st.DataObject) -> None:
    # Between CR and LF nothing can stand.
    inside = [i for i in range(len(text) + 1) if text[i - 1 : i + 1] != "\r\n" or i == 0]
    offset = data.draw(st.sampled_from(inside))
    line, column = place(text, offset)
    assert (line + 1, column + 1) == editor_place(text, offset)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    """Return a mapping with a wrong key somewhere in it, and that key."""
    lines = []
    for number in range(draw(st.integers(1, 8))):
        inside = draw(st.sampled_from(INSIDE))
        form = draw(
            st.sampled_from(
                ["# note{i} here", "k{n}: 'some{i} text'", 'k{n}: "{i}"', "k{n}: [{{a: '{i}'}}, b]"]
            )
        )
        lines.append(form.format(n=number, i=inside))
    lines.insert(draw(st.integers(0, len(lines))), "wrong: 1")
    return "".join(line + draw(st.sampled_from(ENDS)) for line in lines), "wrong"


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@given(made=texts())
def test_a_finding_names_the_line_of_the_editor(loader: str, made: tuple[str, str]) -> None:
    text, key = made
    with pytest.MonkeyPatch.context() as patch:
        if loader == "SafeLoader":
            patch.delattr(yaml, "CSafeLoader", raising=False)
        source = read_yaml(text, "x.yml")
    assert source.position((key,), key=True) == editor_place(text, text.index(key + ":"))


@given(texts())
def test_an_error_of_syntax_is_at_the_line_of_the_editor(made: tuple[str, str]) -> None:
    text = made[0] + "broken: [1\n"
    [finding] = read_yaml(text, "x.yml").findings
    assert finding.code == "yaml-syntax"
    assert finding.line in (len(editor_lines(text)) - 1, len(editor_lines(text)))


def test_characters_that_end_no_line_stay_in_the_text() -> None:
    text = '# a\u2028b\na: b\x85c\u2029\nd\u2028: |\n  x\u2028y\ne: "\\L\\U000F0000"\n'
    data = {"a": "b\x85c\u2029", "d\u2028": "x\u2028y\n", "e": "\u2028\U000f0000"}
    assert read_yaml(text, "x.yml").data == data


def test_findings_of_every_step_count_alike(tmp_path: Path) -> None:
    head = "# a\u2028b\x85c\u2029d\rformat: stagebook/1\r\nid: x\n"
    rubric = read_rubric(head + "titel: T\n", "x.yml")
    assert ("unknown-key", 4, 1) in {(f.code, f.line, f.column) for f in rubric.findings}
    [control] = read_yaml(head + "a: \x01\n", "x.yml").findings
    assert (control.code, control.line, control.column) == ("control-character", 4, 4)
    path = tmp_path / "r.yml"
    for mark in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(mark + head.encode() + b"\xc3\xa9a: \xff\n")
        [finding] = load_rubric(path).findings
        assert (finding.code, finding.line, finding.column) == ("not-utf-8", 4, 5)
        assert "0xFF" in finding.message


def test_a_block_in_a_page_is_where_the_editor_shows_it() -> None:
    page = "# Home\u2028\r\n\rText\x85\n\n```stagebook\nshow: laddr\n```\n"
    rubric = load_rubric(TESTS / "rubrics" / "good" / "sample.yml").rubric
    _, [finding] = expand_blocks(page, "index.md", {rubric.id: rubric})
    assert (finding.line, finding.column) == editor_place(page, page.index("laddr"))


def test_a_byte_order_mark_takes_no_column(tmp_path: Path) -> None:
    path = tmp_path / "r.yml"
    path.write_bytes(b"\xef\xbb\xbftitel: x\n")
    assert {(f.line, f.column) for f in load_rubric(path).findings} == {(1, 1)}
