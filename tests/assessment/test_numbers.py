"""Numbers as people write them: both implementations read and write them alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from folders import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from node import ScoringServer
from scored import exact
from stagebook.assessment.numbers import (
    AMBIGUOUS,
    read_measure,
    read_number,
    readings,
    write_number,
)
from stagebook.rubric.model import Measure

CASES = json.loads((ROOT / "tests" / "vectors" / "numbers.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def both(server: ScoringServer, text: Any, **entries: Any) -> tuple[Any, list[str]]:
    """Read a text for a measure in both languages; return what both make of it."""
    unit = entries.get("unit", "days")
    bounds = {key: entries.get(key) for key in ("min", "max")}
    measure = Measure.model_validate({"title": "M", "unit": unit, **bounds})
    value, either = read_measure(text, measure), readings(text) if isinstance(text, str) else []
    asked = {"texts": [text], "unit": unit, **bounds, "mark": "."}
    if isinstance(text, str):
        [theirs] = server.ask(ask="numbers", **asked)
        assert exact([value, either]) == exact(theirs)
    return value, either


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["text"])[:40])
def test_both_read_what_is_expected(server: ScoringServer, case: dict[str, Any]) -> None:
    bounds = {key: case[key] for key in ("unit", "min", "max") if key in case}
    found, either = both(server, case["text"], **bounds)
    assert exact(found) == exact(case["expect"])
    if found == AMBIGUOUS:
        assert either == case["readings"]


PARTS = [
    *"0123456789.,'’+-eE% ",
    *"\u2212\u00a0\u202f\u0665\uff15\u066b\u066c",
    *("000", "500", "day", "days"),
]
WRITTEN = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)
UNITS = st.sampled_from(["", "days", "%", "per cent", "MW", "Stunden", "1000 hours"])


@given(WRITTEN | st.text(max_size=30), UNITS)
@example("İ", "İİİİ")
def test_both_read_any_text_alike(server: ScoringServer, text: str, unit: str) -> None:
    both(server, text, unit=unit or "x")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
@example(1.125, ".")
@example(-12.345, ",")
@example(1.234e21, ",")
@example(1e-6, ".")
@example(9.5e-7, ".")
@example(1e16, ".")
@example(-0.0, ".")
def test_a_number_shown_reads_back_to_itself(
    server: ScoringServer, number: float, mark: str
) -> None:
    [shown] = server.ask(ask="write", numbers=[number], mark=mark)
    assert write_number(number, mark) == shown
    assert read_number(shown) == number
    assert write_number(float(read_number(shown)), mark) == shown


@given(st.integers(-(10**6), 10**6), st.integers(0, 999), st.sampled_from("eE"))
def test_an_ambiguous_text_has_two_readings(whole: int, part: int, mark: str) -> None:
    text = f"{whole},{part:03}"
    found = read_number(text)
    if found == AMBIGUOUS:
        thousands, decimals = (read_number(one) for one in readings(text))
        assert thousands == int(f"{whole}{part:03}")
        assert decimals == float(f"{whole}.{part:03}")
    else:
        assert found == float(f"{whole}.{part:03}")
        assert whole == 0 or abs(whole) >= 1000


def test_a_long_text_is_refused_in_time_that_grows_with_its_length(server: ScoringServer) -> None:
    for text in ("1" * 10**6, "1 " * 10**6, "1," * 10**6, " " * 10**6, "-" * 10**6, "é" * 10**6):
        both(server, text)
