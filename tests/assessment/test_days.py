"""Both languages read the same days, and none where browsers would find one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from stagebook.assessment.days import read_day

DAYS = {
    **{text: text for text in ("2026-11-23", "2024-02-29", "0001-01-01", "1970-01-01")},
    **{"2026-11": "2026-11-01", "2026": "2026-01-01", "9999-12-31": "9999-12-31"},
    **{"2026-11-23T08:00Z": "2026-11-23", "2026-11-23T23:30-08:00": "2026-11-23"},
    **{"2026T\n": "2026-01-01"},
    **dict.fromkeys(("", "soon", "2026-11-31", "2026-02-29", "2026-13", "2026-00-01")),
    **dict.fromkeys(("0000-01-01", "26-11-23", "2026-1-2", "20261123", "2026\n", " 2026")),
    **dict.fromkeys(("٢٠٢٦", "2026-11-23 08:00", "2026-11-00", "2026-06-31")),
    **dict.fromkeys(("Round 2", "soon 1", "11/12/2026", "23 Nov 2026", "Q3")),
}
MILLISECONDS = 24 * 60 * 60 * 1000


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def milliseconds(text: str) -> int | None:
    """Return a day as the quiz has it."""
    day = read_day(text)
    return None if day is None else (day - date(1970, 1, 1)).days * MILLISECONDS


def test_a_day_a_month_or_a_year_is_one_that_exists(server: ScoringServer) -> None:
    found = {text: read_day(text) for text in DAYS}
    assert {text: day and day.isoformat() for text, day in found.items()} == DAYS
    assert server.ask(ask="days", texts=[*DAYS]) == [milliseconds(text) for text in DAYS]


@given(days=st.lists(st.from_regex(r"\A\d{4}-[01]\d-[0-3]\d\Z") | st.text("0123456789-T ")))
def test_both_read_days_alike(server: ScoringServer, days: list[str]) -> None:
    assert server.ask(ask="days", texts=days) == [milliseconds(day) for day in days]
