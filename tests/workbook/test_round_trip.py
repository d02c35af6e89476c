"""What goes into a workbook comes out of it, whatever an author has written."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from folders import GOOD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from stagebook.checks.loader import Reading, read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.files.workbooks import read_grids as read_file
from stagebook.files.xlsx import xlsx_bytes
from stagebook.rubric.model import Rubric
from stagebook.rubric.yaml_writer import yaml_text
from stagebook.workbook.foreign import ColumnMap
from stagebook.workbook.grid import Grid, same
from stagebook.workbook.layout import MORE, sheets
from stagebook.workbook.reading import read_grids
from stagebook.workbook.tables import rubric_tables
from strategies import rubrics

SHIPPED = sorted((ROOT / "rubrics").glob("*.yml"))
RUBRICS = [*SHIPPED, *sorted(GOOD.glob("*.yml"))]
STRANGE = st.sampled_from(
    [
        *("=1+1", "+1", "-1", "@x", "'=x", "  blanks  ", "a\n\n- b\n", "\n", "1.50", "yes", "No"),
        *(
            "_x0041_",
            "x005F_",
            "a\r\nb",
            "x" * 40_000,
            "a, b; c: d",
            "~/~1",
            "2020-01-01",
            "💥\u2028",
        ),
    ]
)
TEXTS = STRANGE | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
OWN = st.dictionaries(st.sampled_from(["x-owner", "x-A b", "x-\n", "x-/~"]), VALUES, max_size=3)


def in_memory(data: dict[str, Any]) -> Reading:
    grids = [
        Grid(table.name, [[column.heading for column in table.columns], *table.rows])
        for table in rubric_tables(data)
    ]
    return read_grids(grids, "m.xlsx", "m", ColumnMap()).reading


def through_file(data: dict[str, Any], path: Path) -> Reading:
    path.write_bytes(xlsx_bytes(rubric_tables(data)))
    grids, findings = read_file(path)
    assert not findings
    return read_grids(grids, str(path), "m", ColumnMap()).reading


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_a_model_survives_a_workbook_completely(path: Path, tmp_path: Path) -> None:
    reading = load_rubric(path)
    again = through_file(reading.source.data, tmp_path / "model.xlsx")
    assert same(reading.source.data, again.source.data)
    assert again.records == reading.records


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_the_yaml_of_a_model_reads_back(path: Path) -> None:
    reading = load_rubric(path)
    again = read_rubric(yaml_text(reading.source.data), "again.yml")
    assert again.source.data == reading.source.data
    assert {one.code for one in again.findings} == {one.code for one in reading.findings}


def test_the_default_model_needs_no_row_of_more() -> None:
    tables = rubric_tables(load_rubric(SHIPPED[0]).source.data)
    [more] = [table for table in tables if table.name == MORE]
    assert not more.rows


@st.composite
def strange_rubrics(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rubric with strange texts and with keys of the author's own."""
    data: dict[str, Any] = json.loads(
        draw(rubrics()).model_dump_json(by_alias=True, exclude_unset=True)
    )
    data.update(draw(OWN))
    # A group that has nothing but a title is written as the title.
    data["groups"] = {id_: group["title"] for id_, group in data["groups"].items()}
    for gate in data["gates"].values():
        gate["test"] = draw(TEXTS)
        gate["evidence"] = draw(st.lists(TEXTS, max_size=2))
        gate.update(draw(OWN))
        gate["thresholds"] = [
            {"text": draw(TEXTS), "kind": "judgement", **draw(OWN)}
            for _ in range(draw(st.integers(0, 2)))
        ]
    data["frameworks"] = {"f": {"title": "F", "ids": draw(st.dictionaries(TEXTS, st.just("N")))}}
    for id_ in data["dimensions"]:
        data["dimensions"][id_]["maps"] = {"f": draw(st.lists(TEXTS.map(_line), max_size=2))}
    return data


def _line(text: str) -> str:
    return (text.replace("\n", " ").replace("\r", " ")[:300]) or "x"


@settings(max_examples=12)
@given(strange_rubrics())
def test_strange_texts_survive(data: dict[str, Any]) -> None:
    again = in_memory(data)
    assert same(data, again.source.data)
    assert not [one for one in again.findings if one.code.startswith("workbook")]


@settings(max_examples=4)
@given(strange_rubrics())
def test_strange_texts_survive_a_file(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        again = through_file(data, Path(folder) / "m.xlsx")
    assert same(data, again.source.data)


VALUES_OF_YAML = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(TEXTS, VALUES_OF_YAML, min_size=1, max_size=4))
def test_any_data_survives_yaml(data: dict[str, Any]) -> None:
    text = yaml_text(data)
    again = read_rubric(text, "again.yml").source
    assert not again.findings
    assert again.data == data
    assert list(again.data) == list(data)


def test_every_key_of_the_format_has_a_sheet_or_a_row() -> None:
    """A new key of a record gets a column by its type."""
    named = {sheet.path[0] for sheet in sheets()} | {"scoring", "terms"}
    plain = {"format", "id", "title", "version", "language", "licence", "url", "summary"}
    assert {field.alias or name for name, field in Rubric.model_fields.items()} == named | plain
