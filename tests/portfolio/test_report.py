"""The report on a portfolio: its figures, what it hides, and the page in a browser."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations, combinations_with_replacement, product
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import Visitor
from folders import GOOD
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from portfolios import RUBRIC, SAMPLE, lines, make, run, said
from stagebook.files.rubrics import load_rubric
from stagebook.portfolio.figures import Figures, Row, Section, Teller, shade
from stagebook.portfolio.hiding import hide_small
from stagebook.portfolio.query import open_tables
from stagebook.portfolio.report import bars, csv_address, report_page, write_report
from strategies import answers_of

pytestmark = pytest.mark.slow

GERMAN = load_rubric(GOOD / "german.yml").rubric


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a portfolio of some teams, one of which has the name of an element."""
    folder = tmp_path_factory.mktemp("report")
    entries = [
        said(number, team=f"</script><b>{number % 7}", tags=[f"tag {number % 3}"])
        for number in range(40)
    ]
    (folder / "a.jsonl").write_text(lines(entries))
    make(folder / "out", folder / "a.jsonl")
    write_report(folder / "out", RUBRIC)
    return folder / "out"


def figures(out: Path) -> Figures:
    with open_tables(out) as tables:
        return Teller(RUBRIC, tables).figures()


def test_each_count_of_units_sums_up_to_all(out: Path) -> None:
    made = figures(out)
    assert (made.units, made.assessments) == (7, 40)
    for section in made.sections:
        if section.id in ("standing", "plays", "belief", "gates"):
            count = len(section.shades)
            sums = {sum(filter(None, map(int, row.values[:count]))) for row in section.rows}  # type: ignore[arg-type]
            assert sums == {7}, section.id
    assert [row.label for row in made.sections[0].rows][1:] == [
        one.title for one in RUBRIC.dimensions.values()
    ]


def test_levels_of_belief_are_numbers_in_a_table(out: Path) -> None:
    [section] = [one for one in figures(out).sections if one.id == "believers"]
    assert {row.values[3] for row in section.rows} == {-2, 1, 2}
    rows = [*csv.reader(unquote(csv_address(RUBRIC, section)).splitlines())][1:]
    assert {row[4] for row in rows} == {"-2", "1", "2"}


def test_bars_are_as_long_as_the_counts() -> None:
    section = Section("x", ("a", "b", "c"), (Row("r", (1, 3, 9)), Row("s", (0, 0, 1))), (5, 0))
    assert bars(section) == [[(5, 0.0, 25.0), (0, 25.0, 75.0)], []]
    assert bars(section._replace(rows=(Row("r", (1, None, 9)),))) == [[]]
    assert [shade(place, 5) for place in range(5)] == [1, 2, 3, 4, 5]
    assert shade(0, 1) == 3


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(1, 8))
def test_a_small_count_is_hidden_and_is_no_rest(counts: list[int], least: int) -> None:
    total = sum(counts)
    section = Section("x", ("",) * len(counts), (Row("r", tuple(counts)),), (1,) * len(counts))
    made = hide_small(Figures(max(total, least, 3), 1, (section,)), least)
    shown = made.sections[0].rows[0].values
    hidden = [place for place, one in enumerate(shown) if one is None]
    assert all(count == 0 or count >= least for count in shown if isinstance(count, int))
    assert all(one in (None, count) for one, count in zip(shown, counts, strict=True))
    # Of a row without small counts, nothing is hidden.
    assert bool(hidden) == any(0 < count < least for count in counts)


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((8, 1, 1, 0), (None,) * 4),
        ((30, 1, 2, 6), (None,) * 4),
        ((30, 4, 1, 0), (30, None, None, 0)),
        ((30, 2, 2, 6), (30, None, None, 6)),
        ((30, 1, 1, 1, 1, 1), (None,) * 6),
        ((30, 4, 4, 4), (None,) * 4),
        ((30, 7, 4), (None,) * 3),
        ((4, 20, 20), (None,) * 3),
        ((5, 5, 4), (None,) * 3),
        ((30, 6, 7), (30, 6, 7)),
        ((5, 0, 0), (5, 0, 0)),
    ],
)
def test_small_counts_do_not_follow_from_the_sum(
    counts: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    section = Section("rounds", (), (Row("", counts),), tuple(range(len(counts))))
    made = hide_small(Figures(sum(counts), 1, (section,)), 5)
    assert made.sections[0].rows[0].values == shown


@pytest.mark.parametrize(
    ("columns", "least", "most"),
    [(2, 3, 14), (2, 5, 24), (3, 3, 14), (3, 5, 24), (4, 3, 12), (4, 5, 18)],
)
def test_no_row_tells_a_small_count_to_who_knows_the_rule(
    columns: int, least: int, most: int
) -> None:
    """Try all rows of each sum; the reader may also know which counts cannot but be 0."""
    for total in range(least, most + 1):
        alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
        for counts in product(range(total + 1), repeat=columns):
            if sum(counts) == total:
                section = Section("standing", (), (Row("", counts),), (1,) * columns)
                made = hide_small(Figures(total, 1, (section,)), least)
                alike.setdefault(made.sections[0].rows[0].values, []).append(counts)  # type: ignore[arg-type]
        for shown, own in alike.items():
            for never in powerset(range(columns)):
                known = [counts for counts in own if not any(counts[place] for place in never)]
                told = {
                    values.pop()
                    for values in map(set, zip(*known, strict=True))
                    if len(values) == 1
                }
                assert not any(0 < count < least for count in told), (shown, never, known)


def test_of_two_units_nothing_is_shown_where_one_would_tell_of_the_other() -> None:
    section = Section("standing", ("", ""), (Row("r", (1, 1)),), (1, 1))
    assert not hide_small(Figures(2, 2, (section,)), 2).sections
    assert hide_small(Figures(3, 3, (section,)), 2).sections


def powerset(places: Iterable[int]) -> Iterator[tuple[int, ...]]:
    every = [*places]
    return chain.from_iterable(combinations(every, count) for count in range(len(every)))


def by_round(
    least: int,
    units: int,
    standing: tuple[int, ...],
    *rounds: tuple[tuple[int, ...], ...],
    newest: tuple[int, ...] = (),
) -> dict[str, list[tuple[int | None, ...]]]:
    """Return what is shown of rounds, each with its stages and its movement."""
    names = [f"2026-Q{number}" for number, _ in enumerate(rounds, 1)]
    rows = [*zip(names, rounds, strict=True)]
    sections = (
        Section("standing", (), (Row("", standing),), (1,) * len(standing)),
        Section("rounds", (), tuple(Row(name, one) for name, (one, _) in rows), (1, 2)),
        Section("movement", (), tuple(Row(name, one) for name, (_, one) in rows), (4, 2, 5, 0)),
    )
    # Unless told, all of a round stand in the last one that has them.
    counts = newest or (units - sum(rounds[-1][0]), sum(rounds[-1][0]))
    by_name = dict(zip(names, counts, strict=True)) if len(names) > 1 else {names[0]: units}
    made = hide_small(Figures(units, units, sections, by_name), least)
    return {one.id: [row.values for row in one.rows] for one in made.sections}  # type: ignore[misc]


def test_who_misses_a_round_does_not_follow_from_the_others() -> None:
    # 48 of 50 are in the second round, and all have been in the first.
    made = by_round(5, 50, (20, 30), ((25, 25), (0, 0, 0, 50)), ((20, 28), (10, 30, 8, 0)))
    assert made["standing"] == [(20, 30)]
    assert made["rounds"] == [(25, 25), (None, None)]
    assert made["movement"] == [(0, 0, 0, 50), (None,) * 4]
    # 10 of 50 are not in the newest round: one of these stands at the first stage.
    made = by_round(5, 50, (21, 29), ((25, 25), (0, 0, 0, 50)), ((20, 20), (10, 20, 10, 0)))
    assert made["rounds"] == [(25, 25), (None, None)]
    assert made["movement"] == [(0, 0, 0, 50), (None,) * 4]


def test_where_all_stand_does_not_tell_of_the_few_in_a_hidden_round() -> None:
    # 3 of 20 are in the second round, and all of these rose.
    made = by_round(5, 20, (7, 13), ((10, 10), (0, 0, 0, 20)), ((0, 3), (3, 0, 0, 0)))
    assert made["standing"] == [(7, 13)]
    assert made["rounds"] == [(None, None), (None, None)]
    assert made["movement"] == [(None,) * 4, (None,) * 4]
    # With 5 of whom none has been there before, and who are in no later round, both are shown.
    made = by_round(5, 25, (15, 10), ((10, 10), (0, 0, 0, 20)), ((5, 0), (0, 0, 0, 5)))
    assert made["rounds"] == [(10, 10), (5, 0)]
    # 3 others have no date, so that they are in neither.
    few = by_round(
        5, 28, (15, 13), ((10, 10), (0, 0, 0, 20)), ((5, 0), (0, 0, 0, 5)), newest=(20, 5)
    )
    assert few["rounds"] == [(None, None), (None, None)]


def test_how_few_are_new_or_come_back_does_not_follow_from_the_others() -> None:
    # All are new once: 50 less 47 would be those that are new in the second round.
    made = by_round(5, 50, (25, 25), ((27, 20), (0, 0, 0, 47)), ((25, 25), (10, 27, 10, 3)))
    assert made["movement"] == [(None,) * 4, (None,) * 4]
    # Of 27 and 26 rounds of 50 units, 3 are in both.
    made = by_round(5, 50, (25, 25), ((15, 12), (0, 0, 0, 27)), ((13, 13), (1, 1, 1, 23)))
    assert made["rounds"] == [(15, 12), (None, None)]
    # With one that fell, the stages of both rounds would tell how many that was.
    made = by_round(5, 50, (26, 24), ((25, 25), (0, 0, 0, 50)), ((26, 24), (0, 49, 1, 0)))
    assert made["movement"] == [(0, 0, 0, 50), (None,) * 4]
    made = by_round(5, 50, (25, 25), ((25, 25), (0, 0, 0, 50)), ((25, 25), (10, 30, 10, 0)))
    assert made["movement"] == [(0, 0, 0, 50), (10, 30, 10, 0)]


def told(least: int, units: int) -> tuple[int, int]:
    """Count small portfolios of two rounds and two stages, and those that tell a small count.

    A reader knows the rules of hiding, what is shown, and that each round has somebody.
    """
    kinds = [(None, 0), (None, 1), (0, None), (1, None), (0, 0), (0, 1), (1, 0), (1, 1)]
    alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = {}
    for chosen in combinations_with_replacement(kinds, units):
        stages, moves, now, newest = [[0, 0], [0, 0]], [[0] * 4, [0] * 4], [0, 0], [0, 0]
        for one, other in chosen:
            for place, stage in enumerate((one, other)):
                if stage is not None:
                    stages[place][stage] += 1
            if one is not None:
                moves[0][3] += 1
            if other is not None:
                moves[1][3 if one is None else 1 if other == one else 0 if other > one else 2] += 1
            now[one if other is None else other] += 1  # type: ignore[index]
            newest[other is not None] += 1
        if not all(map(any, stages)):
            continue
        rounds = [(tuple(a), tuple(b)) for a, b in zip(stages, moves, strict=True)]
        made = by_round(least, units, tuple(now), *rounds, newest=tuple(newest))
        shown = tuple(one for rows in made.values() for row in rows for one in row)
        counts = (*now, *(one for both in rounds for row in both for one in row))
        alike.setdefault(shown, []).append((*counts, *map(sum, stages)))
    every = sum(map(len, alike.values()))
    found = 0
    for own in alike.values():
        values = [set(column) for column in zip(*own, strict=True)]
        found += len(own) * any(len(one) == 1 and 0 < min(one) < least for one in values)
    return found, every


def test_hardly_a_portfolio_tells_a_small_count() -> None:
    found, every = told(3, 8)
    # Several tables together may tell a count in so small a portfolio.
    assert found < every / 200


def test_where_counts_are_hidden_nothing_tells_of_one_team(out: Path) -> None:
    with open_tables(out) as tables:
        page = report_page(RUBRIC, tables, hide_below=5)
        assert "<small>hidden</small>" in page
        # With the number of teams, that of assessments tells how many were in a hidden round.
        assert "7 teams. A team stands" in page
        assert "40 assessments" not in page
        # Sums of gates tell how many teams have met a gate whose count is hidden.
        for id_ in ("coverage", "evidence", "findings"):
            assert f'data-pf="{id_}"' not in page
        assert "&lt;/script&gt;&lt;b&gt;" not in page
        assert "application/json" not in page
        assert 'data-pf="believers"' not in page
        none = report_page(RUBRIC, tables, hide_below=8)
        assert "fewer than 8 teams" in none
        assert "<table" not in none


def test_the_report_speaks_the_language_of_the_rubric(tmp_path: Path) -> None:
    entry = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": GERMAN.id, "version": GERMAN.version},
        "answers": {gate: answers_of(GERMAN, gate)[1] for gate in GERMAN.gates},
    }
    (tmp_path / "a.json").write_text(json.dumps(entry))
    result = run("portfolio", GOOD / "german.yml", tmp_path / "a.json", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Wo die Teams stehen" in page
    for words in ("Where teams", "Table (CSV)", "Chart", "All teams"):
        assert words not in page.partition('<script type="application/json"')[0]


def shown(page: Page) -> dict[str, str]:
    made: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-pf]")].map((one) => [
          one.dataset.pf,
          [...one.querySelectorAll("tr")].map((row) => row.innerText).join("\\n")
            + decodeURIComponent(one.querySelector("a").href)
            + [...one.querySelectorAll("tbody rect")].map((bar) =>
              [bar.dataset.step, Math.round(bar.getAttribute("width"))]).join(" "),
        ]))"""
    )
    return made


def test_of_a_model_without_stages_nothing_counts_them(tmp_path: Path) -> None:
    rubric = load_rubric(GOOD / "capability.yml").rubric
    entries = [
        {
            "format": "stagebook-assessment/1",
            "rubric": {"id": rubric.id, "version": rubric.version},
            "team": "A",
            "date": f"2026-0{month}-10",
            "answers": {"review-all": answer},
        }
        for month, answer in ((1, "none"), (5, "most"))
    ]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    out = tmp_path / "out"
    assert run("portfolio", GOOD / "capability.yml", tmp_path / "a.jsonl", "-o", out).exit_code == 0
    with open_tables(out) as tables:
        made = Teller(rubric, tables).figures()
    told = {"standing", "rounds", "movement", "belief", "believers"}
    assert {section.id for section in made.sections}.isdisjoint(told)
    page = (out / "report.html").read_text(encoding="utf-8")
    seen = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.search(r"\bstages?\b", seen, re.IGNORECASE)


SCORING = "scoring: {pass: 1, share: 0.5, overall: {of: dimensions, by: min, only: core}}"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scoring", "has_overall", "has_dimensions"),
    [
        ("dimension: mean, overall: {of: gates, by: ladder, only: all}", True, False),
        ("dimension: ladder, overall: null", False, True),
    ],
)
def test_only_what_is_scored_as_a_ladder_stands_at_a_stage(
    tmp_path: Path,
    visit: Callable[..., Visitor],
    scoring: str,
    has_overall: bool,
    has_dimensions: bool,
) -> None:
    text = SAMPLE.read_text("utf-8")
    assert SCORING in text
    (tmp_path / "a.yml").write_text(text.replace(SCORING, f"scoring: {{{scoring}}}"), "utf-8")
    (tmp_path / "a.jsonl").write_text(lines([said(number) for number in range(3)]))
    run("portfolio", tmp_path / "a.yml", tmp_path / "a.jsonl", "-o", tmp_path / "out", "-j", 1)
    page = visit(f"{tmp_path.as_uri()}/out/").open("report.html")
    dimensions = [one.title for one in RUBRIC.dimensions.values()]
    expected = ["Overall"] * has_overall + dimensions * has_dimensions
    heads = page.locator("[data-pf=standing] tbody th")
    assert heads.all_inner_texts() == expected
    page.locator("[name=one]").select_option(index=1)
    about = page.locator(".sb-pf-shown")
    assert ("Overall: " in about.inner_text()) == has_overall
    assert (f"{dimensions[0]}: " in about.inner_text()) == has_dimensions
    before = shown(page)
    page.locator("form").dispatch_event("input")
    assert shown(page) == before


@pytest.mark.browser
def test_filters_show_what_no_team_has_any_more(
    tmp_path: Path, visit: Callable[..., Visitor]
) -> None:
    entries = [
        said(0, date=day, answers={gate: answers_of(RUBRIC, gate)[place] for gate in RUBRIC.gates})
        for day, place in (("2026-01-01", 1), ("2026-04-01", -2))
    ]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    write_report(tmp_path / "out", RUBRIC)
    page = visit(f"{tmp_path.as_uri()}/out/").open("report.html")
    assert "2 assessments of one team." in page.locator(".sb-lead").inner_text()
    gates = page.locator("[data-pf=gates]")
    assert not gates.is_visible()
    page.locator("[name=to]").select_option("2026-Q1")
    assert gates.locator("tbody tr").count() == len(RUBRIC.gates)
    assert gates.is_visible()
    assert page.locator("[data-pf=plays]").is_visible()


@pytest.mark.browser
def test_filters_choose_rounds_and_not_what_they_are_compared_with(
    tmp_path: Path, visit: Callable[..., Visitor]
) -> None:
    entries = [
        said(
            0,
            team=team,
            date=day,
            tags=[day],
            answers={gate: answers_of(RUBRIC, gate)[place] for gate in RUBRIC.gates},
        )
        for team, days in (("A", ("2025-05-01", "2026-05-01")), ("B", ("2026-05-02",)))
        for day, place in zip(days, (1, -2), strict=False)
    ]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    write_report(tmp_path / "out", RUBRIC)
    page = visit(f"{tmp_path.as_uri()}/out/").open("report.html")
    rows = page.locator("[data-pf=movement] tbody tr")
    whole = rows.last.inner_text()
    assert whole.split() == ["2026-Q2", "1", "0", "0", "1"]
    page.locator("[name=from]").select_option("2026-Q2")
    assert rows.count() == 1
    assert rows.inner_text() == whole
    page.locator("[name=tag]").select_option("2026-05-01")
    assert rows.inner_text().split() == ["2026-Q2", "1", "0", "0", "0"]


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 390])
def test_long_names_do_not_make_the_page_wider_than_a_phone(
    tmp_path: Path, visit: Callable[..., Visitor], width: int
) -> None:
    words, word = "of a long name " * 8, "w" * 90
    entries = [said(number, team=f"{words}{word}", tags=[words, word]) for number in range(3)]
    (tmp_path / "a.jsonl").write_text(lines(entries))
    make(tmp_path / "out", tmp_path / "a.jsonl")
    write_report(tmp_path / "out", RUBRIC)
    page = visit(f"{tmp_path.as_uri()}/out/", width=width).open("report.html")
    page.locator("[name=one]").select_option(index=1)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_the_page_counts_as_the_queries_do(out: Path, visit: Callable[..., Visitor]) -> None:
    page = visit(f"{out.as_uri()}/").open("report.html")
    before = shown(page)
    assert len(before) >= 9
    page.locator("form").dispatch_event("input")
    after = shown(page)
    assert after == before
    # What is filtered is counted: the tags are of a third each, the teams of a seventh.
    page.locator("[name=tag]").select_option("tag 1")
    assert "13 assessments of 7 teams" in page.get_by_role("status").inner_text()
    assert shown(page) != before
    page.locator("[name=team]").fill("b>3")
    assert "of one team" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Show all").click()
    page.get_by_text("40 assessments of 7 teams.", exact=True).wait_for()
    assert shown(page) == before
    page.locator("[name=from]").select_option("2026-Q3")
    page.locator("[name=one]").select_option(index=1)
    assert page.locator(".sb-pf-shown").inner_text().startswith("</script><b>")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    found: list[dict[str, Any]] = axe(page, "html", TAGS)
    paint(page, "dark")
    found += axe(page, "html", COLOURS)
    assert [(one["id"], one["nodes"]) for one in found] == []
