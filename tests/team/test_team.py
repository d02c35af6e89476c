"""Several respondents side by side: the numbers, the team file, and `stagebook team`."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from node import ScoringServer
from scored import assert_holds, exact, read, whole
from stagebook.assessment.reader import IdIndex, read_assessment
from stagebook.assessment.record import MAX_FINDINGS
from stagebook.assessment.team_file import MAX_ASSESSMENTS, split_team, team_text
from stagebook.cli import main
from stagebook.files.assessments import AssessmentText
from stagebook.files.rubrics import load_rubric
from stagebook.report.data import overall_data
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data
from stagebook.team.report import MAX_LINES, report_team
from stagebook.team.view import LEADER, PRACTITIONER, Team, view_team
from stagebook.team.words import TeamWords
from strategies import assessments, rubrics

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((ROOT / "tests" / "vectors" / "team").glob("*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
CAPABILITY = ROOT / "tests" / "rubrics" / "good" / "capability.yml"
HOSTILE = ROOT / "tests" / "rubrics" / "good" / "hostile.yml"
RUBRIC = load_rubric(CAPABILITY).rubric


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def view(rubric: Rubric, said: list[dict[str, Any]], *, hide_names: bool = False) -> Team:
    taken = [read_assessment(json.dumps(one), rubric)[0] for one in said]
    return view_team(Scorer(rubric), [one for one in taken if one], hide_names=hide_names)


def plain(team: Team) -> dict[str, Any]:
    """Return a team as data."""
    data = {
        "respondents": [
            {**one._asdict(), "overall": overall_data(one.overall)} for one in team.respondents
        ],
        "gates": [
            {**one._asdict(), "roles": [role._asdict() for role in one.roles]} for one in team.gates
        ],
        "discuss": team.discuss,
        "apart": team.apart,
    }
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found


def both(server: ScoringServer, rubric: Rubric, team: list[dict[str, Any]]) -> list[Any]:
    """Return what the page shows of a team, made by either implementation."""
    ours = view(rubric, team)
    theirs = server.ask(ask="team", data=quiz_data(rubric), assessments=team)
    told = {
        "respondents": [(one.coverage, overall_data(one.overall)) for one in ours.respondents],
        "gates": [
            {
                "gate": one.gate,
                "counts": one.counts,
                "n": one.n,
                "ends": (one.lowest, one.highest),
                "place": one.position,
                "disagreement": one.disagreement,
                "roles": [
                    {role.role: role.position for role in one.roles}.get(role)
                    for role in (LEADER, PRACTITIONER)
                ],
            }
            for one in ours.gates
        ],
        "discuss": ours.discuss,
        "apart": ours.apart,
    }
    shown = {
        "respondents": [(one["coverage"], one["overall"]) for one in theirs["respondents"]],
        "gates": [
            {
                "gate": one["gate"]["id"],
                "counts": one["counts"],
                "n": len(one["ranked"]),
                "ends": (one["ranked"][0], one["ranked"][-1]) if one["ranked"] else (None, None),
                "place": one["position"],
                **{key: one[key] for key in ("disagreement", "roles")},
            }
            for one in theirs["gates"]
        ],
        **{key: [one["gate"]["id"] for one in theirs[key]] for key in ("discuss", "apart")},
    }
    return [exact(json.loads(json.dumps(one))) for one in (told, shown)]


def said(rubric: Rubric = RUBRIC, **entries: Any) -> dict[str, Any]:
    head = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
    }
    return head | entries


# The numbers.


@pytest.mark.parametrize("case", CASES)
def test_both_implementations_see_what_is_expected(
    server: ScoringServer, case: dict[str, Any]
) -> None:
    rubric, hide = whole(case["rubric"]), case.get("hide_names", False)
    team = [
        said(rubric, **one)
        | {"answers": {id_: {"answer": answer} for id_, answer in one["answers"].items()}}
        for one in case["team"]
    ]
    ours = plain(view(rubric, team, hide_names=hide))
    python, javascript = both(server, rubric, team)
    assert python == javascript
    by_id = {**ours, "gates": {one["gate"]: one for one in ours["gates"]}}
    assert_holds(by_id, case["expect"], "$", False)


@st.composite
def teams(draw: st.DrawFn, rubric: Rubric) -> list[dict[str, Any]]:
    people = st.fixed_dictionaries(
        {
            "respondent": st.sampled_from(["", "A", "B", "__proto__"]),
            "role": st.sampled_from(["", "leader", "practitioner", "1", "__proto__"]),
            "date": st.sampled_from(["", "2026-01-01"]),
        }
    )
    size = draw(st.integers(0, 7))
    return [{**draw(assessments(rubric)), **draw(people)} for _ in range(size)]


@given(st.data())
def test_both_implementations_agree_on_any_team(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    python, javascript = both(server, rubric, data.draw(teams(rubric)))
    assert python == javascript


def told(rubric: Rubric, team: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what is said of a team in words, without how many answered a gate."""
    seen, scorer = view(rubric, team), Scorer(rubric)
    words = TeamWords(scorer, seen, rubric.language)
    gates = []
    for one in seen.gates:
        facts = words.facts(one).partition(", ")[2]
        lines = (words.distribution(one), facts, words.roles(one))
        gates.append("\n".join(filter(None, lines)))
    overall = [one.overall for one in seen.respondents]
    return {"people": [[words.stage(one), words.score(one)] for one in overall], "gates": gates}


@given(st.data())
def test_both_say_the_same_of_any_team(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    team = data.draw(teams(rubric))
    theirs = server.ask(ask="team_words", data=quiz_data(rubric), assessments=team)
    assert told(rubric, team) == theirs


def with_measure() -> Rubric:
    """Return a rubric with a measured gate, and one with two answers of one score."""
    answers = ("none", 0), ("late", 0), ("some", 1), ("all", 2)
    return Rubric.model_validate(
        {
            **{"format": "stagebook/1", "id": "measured", "title": "M", "version": "1.0.0"},
            **{"language": "de", "dimensions": {"d": {"title": "D"}}},
            "scales": {"s": {id_: {"label": id_.title(), "score": n} for id_, n in answers}},
            "scoring": {"dimension": "mean", "overall": {"by": "mean"}, "times": 100, "unit": "%"},
            "measures": {"days": {"title": "Days", "unit": "days", "how": "Count."}},
            "gates": {
                "a": {
                    **{"dimension": "d", "title": "A", "test": "A."},
                    "measure": {"of": "days", "points": [[0, 1], [10, 0]]},
                },
                "b": {"dimension": "d", "title": "B", "test": "B.", "scale": "s"},
            },
        }
    )


def test_numbers_scores_and_answers_of_one_score_are_said_alike(server: ScoringServer) -> None:
    rubric = with_measure()
    team = [
        said(rubric, measures={"days": days}, answers={"b": {"answer": answer}})
        for days, answer in ((1, "late"), (1, "none"), (9, "some"), (9, "some"))
    ]
    ours = told(rubric, team)
    assert ours == server.ask(ask="team_words", data=quiz_data(rubric), assessments=team)
    assert ours["people"][0] == ["", "45,00\u00a0% von 150\u00a0%"]
    assert ours["gates"] == [
        "4 × gemessen\nMedian von 4: 50\u00a0%, von 10\u00a0% bis 90\u00a0%",
        "1 × None, 1 × Late, 2 × Some\nMedian von 4: Zwischen None und Some, von None bis Some",
    ]


@given(st.data())
def test_disagreement_is_the_mean_distance_of_all_pairs(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    team = data.draw(teams(rubric))
    scorer = Scorer(rubric)
    results = [scorer.score(read(rubric, one)).states for one in team]
    for gate, seen in zip(scorer.gates, view(rubric, team).gates, strict=True):
        given_ = [states[gate.id] for states in results if states[gate.id].answer]
        width = gate.top - gate.bottom
        distances = []
        for one, other in itertools.combinations(given_, 2):
            aside = {one.answer, other.answer} & {"unknown", "not-applicable"}
            if aside:
                distances.append(0.0 if one.answer == other.answer else 0.5)
            else:
                assert one.score is not None
                assert other.score is not None
                distances.append(abs(one.score - other.score) / width)
        mean = sum(distances) / len(distances) if distances else 0.0
        assert seen.disagreement == pytest.approx(mean, abs=1e-12)
        assert 0 <= seen.disagreement <= 1 + 1e-12
        assert sum(count for _, count in seen.counts) == len(given_)


def test_what_is_wrong_all_over_is_counted() -> None:
    wrong = {f"gone-{number}": {"answer": "half"} for number in range(500)}
    each = (json.dumps(said(answers=wrong, respondent=f"R{number}")) for number in range(30))
    texts = (AssessmentText(f"{number}.json", one, 1, 1) for number, one in enumerate(each))
    report = report_team(RUBRIC, texts, "text", hide_names=False)
    assert report.has_errors
    assert len(report.findings) == MAX_LINES + 1
    # Each assessment says 100 and how many more; the report says 1,000 and how many more.
    assert report.findings[MAX_FINDINGS].endswith("$: error[more]: and 400 more")
    assert report.findings[-1] == "and 10,409 more"


# The team file.

LOSSLESS = [
    said(respondent="A", x_own={"deep": [1, {"respondent": "kept"}], "Ünï": "\ud83d"}),
    said(answers={"gone": {"answer": "half", "note": "Mine."}}, measures={"gone-days": 1.10}),
    {
        "respondent": "C",
        "roadmap": [{"owner": "C"}],
        **said(unread={"respondent": {"first": "C"}, "date": 3, "roadmap[1].owner": ["C"]}),
    },
]


def test_a_team_file_loses_nothing() -> None:
    text = team_text("capability", "2.1.0", map(json.dumps, LOSSLESS))
    data = json.loads(text)
    assert data["format"] == "stagebook-team/1"
    assert data["rubric"] == {"id": "capability", "version": "2.1.0"}
    assert data["assessments"] == LOSSLESS
    assert split_team(text) == ([json.dumps(one) for one in LOSSLESS], [])


def test_numbers_that_no_browser_reads_stay_readable() -> None:
    text = team_text("c", "1.0.0", ['{"a": NaN, "b": 1e999, "c": -Infinity, "d": 1e3}'])
    found = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    assert found["assessments"] == [{"a": "NaN", "b": "1e999", "c": "-Infinity", "d": 1000}]


def test_both_write_the_same_team_file(server: ScoringServer) -> None:
    for hide in (False, True):
        ours = team_text("capability", "2.1.0", map(json.dumps, LOSSLESS), hide_names=hide)
        theirs = server.ask(
            ask="team_text", data=quiz_data(RUBRIC), assessments=LOSSLESS, hide_names=hide
        )
        assert json.loads(ours) == json.loads(theirs)


def test_hidden_names_are_removed_and_nothing_else_is() -> None:
    text = team_text("capability", "2.1.0", map(json.dumps, LOSSLESS), hide_names=True)
    first, second, third = json.loads(text)["assessments"]
    assert first == {key: one for key, one in LOSSLESS[0].items() if key != "respondent"}
    assert second == LOSSLESS[1]
    assert third == said(unread={"date": 3})


FILES = [
    ("not JSON", '{"assessments": [', ["file-not-json"]),
    ("no team", json.dumps(said()), ["taken"]),
    (
        "nothing in it",
        json.dumps({"format": "stagebook-team/1", "assessments": []}),
        ["file-other"],
    ),
    ("no list", json.dumps({"format": "stagebook-team/1", "assessments": {}}), ["file-other"]),
    ("newer", json.dumps({"format": "stagebook-team/2", "assessments": []}), ["file-newer"]),
    (
        "one bad, one of another rubric",
        json.dumps(
            {
                "format": "stagebook-team/1",
                "assessments": [3, said(), {**said(), "rubric": {"id": "other"}}, said()],
            }
        ),
        ["file-other", "taken", "file-rubric", "taken"],
    ),
    (
        "too many",
        json.dumps({"format": "stagebook-team/1", "assessments": [said()] * 1001}),
        ["taken"] * 1000 + ["team-too-many"],
    ),
    ("null", "null", ["file-other"]),
    ("a list", "[]", ["file-other"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [one[1:] for one in FILES], ids=[f[0] for f in FILES]
)
def test_both_read_files_of_any_quality(
    server: ScoringServer, tmp_path: Path, text: str, expected: list[str]
) -> None:
    read_ = server.ask(ask="split_team", data=quiz_data(RUBRIC), text=text)
    assert [one.get("refused", "taken") for one in read_] == expected
    (tmp_path / "team.json").write_text(text)
    result = CliRunner().invoke(
        main, ["score", str(CAPABILITY), str(tmp_path / "team.json"), "--format", "jsonl"]
    )
    assert len(result.stdout.splitlines()) == expected.count("taken")
    refused = [one for one in expected if one != "taken"]
    assert len(result.stderr.splitlines()) == len(refused)
    assert result.exit_code == bool(refused)


def test_what_the_browser_keeps_is_what_came(server: ScoringServer) -> None:
    text = team_text("capability", "2.1.0", map(json.dumps, LOSSLESS))
    read_ = server.ask(ask="split_team", data=quiz_data(RUBRIC), text=text)
    assert [one["came"] for one in read_] == LOSSLESS


# The command.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    answers = tmp_path / "answers"
    answers.mkdir()
    people = [
        ("Ada Lovelace", "leader", {"review-all": "most", "watch-users": "half"}, 0),
        ("Bo <img src=x>", "practitioner", {"review-all": "none", "watch-users": "half"}, 30),
        ("=HYPERLINK(1)", "@role", {"review-all": "unknown", "review-fast": "half"}, 5),
    ]
    for name, role, given_, days in people:
        one = said(respondent=name, role=role, date="2026-05-04", measures={"release-days": days})
        one["answers"] = {
            id_: {"answer": answer, "note": "Seen."} for id_, answer in given_.items()
        }
        (answers / f"{len(list(answers.iterdir()))}.json").write_text(json.dumps(one))
    return answers


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["team", *map(str, arguments)], input=stdin)


def test_text_is_for_people(folder: Path) -> None:
    result = run(CAPABILITY, folder)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "Capability score 2.1.0"
    assert lines[3].startswith("Ada Lovelace leader, 2026-05-04 3/6")
    discussed = lines[lines.index("Discuss these first") + 1 :]
    assert discussed[:4] == [
        "1. All changes are reviewed",
        "1 × None, 1 × Most or all, 1 × I do not know",
        "3 of 3 answered, median of 2: At least half, from None to Most or all",
        "Median of the leaders: Most or all; of the practitioners: None.",
    ]
    assert "3 of 3 answered, median of 3: 63%, from 0% to 100%" in discussed
    assert "Where leaders and practitioners differ" in discussed


def test_json_is_unrounded_and_keyed_by_id(folder: Path) -> None:
    result = json.loads(run(CAPABILITY, folder, "--format", "json").stdout)
    assert result["format"] == "stagebook-team-result/1"
    assert result["rubric"] == {"id": "capability", "version": "2.1.0"}
    assert result["respondents"][0]["name"] == "Ada Lovelace"
    assert result["respondents"][0]["coverage"]["answered"] == 3
    gate = result["gates"]["review-all"]
    assert gate["answers"] == ["most", "none", "unknown"]
    assert gate["counts"] == {"none": 1, "most": 1, "unknown": 1}
    assert (gate["n"], gate["median"], gate["spread"]) == (2, 0.5, 1)
    assert gate["disagreement"] == 2 / 3
    assert result["discuss"][0] == "review-all"
    assert set(result["apart"]) == {"review-all", "release-time"}


def test_csv_has_a_row_a_gate_and_no_formula(folder: Path) -> None:
    content = (
        CliRunner()
        .invoke(main, ["team", str(CAPABILITY), str(folder), "--format", "csv"])
        .stdout_bytes
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + len(RUBRIC.gates)
    rows = [*csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    assert rows[0][-3:] == ["Ada Lovelace", "Bo <img src=x>", "'=HYPERLINK(1)"]
    assert [row[0] for row in rows[1:]] == list(RUBRIC.gates)
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["n"] == "2"
    assert first["count unknown"] == "1"
    assert first["Ada Lovelace"] == "most"
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_and_no_head_of_the_table_begins_a_formula(tmp_path: Path, start: str) -> None:
    rubric = tmp_path / "r.yml"
    text = CAPABILITY.read_text().replace("Users are heard", "'-1+1|cmd'")
    rubric.write_text(text)
    one = tmp_path / "a.json"
    one.write_text(json.dumps(said(respondent=f'{start}1+1,"x"\n=2')))
    shown = run(rubric, one, "--format", "csv").stdout
    for row in csv.reader(io.StringIO(shown.removeprefix("\ufeff"), newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]


def test_the_page_has_no_script_and_takes_no_name_for_markup(folder: Path) -> None:
    page = run(CAPABILITY, folder, "--format", "html").stdout
    assert "<script" not in page
    assert "<img" not in page
    assert "Bo &lt;img src=x&gt;" in page
    assert "default-src 'none'" in page
    assert "script-src" not in page
    assert "unsafe" not in page


def test_the_page_of_a_hostile_rubric_is_text(tmp_path: Path) -> None:
    rubric = load_rubric(HOSTILE).rubric
    one = said(rubric, respondent='"><script>x</script>', role="</style><b>", date="<i>")
    one["answers"] = {id_: {"answer": "unknown"} for id_ in rubric.gates}
    (tmp_path / "a.json").write_text(json.dumps(one))
    page = run(HOSTILE, tmp_path, tmp_path, "--format", "html").stdout
    body = page.partition("</style>")[2]
    assert body
    for tag in ("<script", "</style", "<img", "<iframe", "<b>&lt;", "<i>&lt;"):
        assert tag not in body


@pytest.mark.parametrize(
    ("overall", "bands", "heads"),
    [
        ("{of: dimensions, by: mean}", "", ["Answered", "Score"]),
        ("null", "", ["Answered"]),
        ("{of: dimensions, by: mean}", "  bands: {of: {a: {at: 0, label: A}}}", ["Band", "Score"]),
    ],
)
def test_without_stages_or_overall_score_nothing_is_said_of_them(
    tmp_path: Path, overall: str, bands: str, heads: list[str]
) -> None:
    rubric = tmp_path / "r.yml"
    rubric.write_text(
        f"""\
format: stagebook/1
id: capability
title: T
version: 2.1.0
dimensions: {{d: {{title: D}}}}
gates: {{review-all: {{dimension: d, title: G, test: Is it so?}}}}
scoring:
  dimension: mean
  overall: {overall}
{bands}
"""
    )
    given_ = json.dumps(said(answers={"review-all": "yes"}))
    text = run(rubric, "-", stdin=given_).stdout.splitlines()[2]
    page = run(rubric, "-", "--format", "html", stdin=given_).stdout
    [first, *_] = re.findall(r"<thead>(.*?)</thead>", page)
    assert text.split()[-len(heads) :] == heads
    assert re.findall(r"<th[^>]*>([^<]*)", first)[-len(heads) :] == heads
    row = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)[0]
    assert len(re.findall(r"<t[hd]\b", row)) == len(re.findall(r"<th\b", first))
    for shown in (text, first):
        assert "Stage" not in shown


def test_the_page_speaks_the_language_of_the_rubric(folder: Path, tmp_path: Path) -> None:
    rubric = tmp_path / "r.yml"
    rubric.write_text(
        CAPABILITY.read_text().replace("version: 2.1.0", "version: 2.1.0\nlanguage: de")
    )
    page = run(rubric, folder, "--format", "html").stdout
    assert 'lang="de"' in page
    assert "Zuerst darüber sprechen" in page
    assert "Discuss" not in page


@pytest.mark.parametrize("form", ["text", "json", "csv", "html"])
def test_hidden_names_appear_nowhere(folder: Path, tmp_path: Path, form: str) -> None:
    out, team = tmp_path / "out", tmp_path / "team.json"
    result = run(CAPABILITY, folder, "--hide-names", "--format", form, "-o", out, "--save", team)
    assert result.exit_code == 0
    for text in (out.read_text(), team.read_text(), result.output):
        for name in ("Ada", "Lovelace", "<img", "&lt;img", "HYPERLINK"):
            assert name not in text
    assert "Respondent 3" in out.read_text()
    assert team.read_text().count("Seen.") == 6


def test_what_is_saved_can_be_read_again(folder: Path, tmp_path: Path) -> None:
    team = tmp_path / "team.json"
    once = run(CAPABILITY, folder, "--format", "json", "--save", team).stdout
    assert run(CAPABILITY, team, "--format", "json").stdout == once
    piped = run(CAPABILITY, "-", "--format", "json", stdin=team.read_text()).stdout
    assert piped == once
    lines = tmp_path / "team.jsonl"
    lines.write_text("\n".join(map(json.dumps, json.loads(team.read_text())["assessments"])))
    assert run(CAPABILITY, lines, "--format", "json").stdout == once
    files = sorted(folder.iterdir())
    assert run(CAPABILITY, *files, "--format", "json").stdout == once
    scored = CliRunner().invoke(main, ["score", str(CAPABILITY), str(team), "--format", "jsonl"])
    named = [json.loads(line)["respondent"] for line in scored.stdout.splitlines()]
    assert named == ["Ada Lovelace", "Bo <img src=x>", "=HYPERLINK(1)"]


def test_a_bad_file_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    (folder / "9.json").write_text("{oops")
    team = {"format": "stagebook-team/1", "assessments": [said(answers={"gone": "half"}), []]}
    (folder / "8.json").write_text(json.dumps(team))
    out = tmp_path / "out.json"
    result = run(CAPABILITY, folder, "--format", "json", "-o", out)
    assert result.exit_code == 1
    assert len(json.loads(out.read_text())["respondents"]) == 4
    assert "9.json: $: error[not-json]" in result.stderr
    assert "8.json:assessments[0]: $.answers.gone: error[unknown-gate]" in result.stderr
    assert "8.json:assessments[1]: $: error[wrong-type]" in result.stderr


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    out = tmp_path / "out.txt"
    out.write_text("mine")
    result = run(CAPABILITY, tmp_path / "a.json", "-o", out, "--save", tmp_path / "t.json")
    assert result.exit_code == 1
    assert "error[missing-key]" in result.stderr
    assert "no assessment could be read" in result.stderr
    assert out.read_text() == "mine"
    assert not (tmp_path / "t.json").exists()


def test_the_same_respondent_and_date_count_twice_with_a_warning(
    folder: Path, tmp_path: Path
) -> None:
    result = run(CAPABILITY, folder, folder / "0.json", "--format", "json")
    assert result.exit_code == 0
    assert "0.json: $.respondent: warning[same-respondent]" in result.stderr
    assert len(json.loads(result.stdout)["respondents"]) == 4


def test_a_file_without_a_name_that_is_given_twice_counts_twice_with_a_warning(
    tmp_path: Path,
) -> None:
    for name, level in (("a", "most"), ("b", "some")):
        one = said(answers={"review-all": level}) | {"rubric": {"id": "capability"}}
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
    result = run(CAPABILITY, tmp_path)
    assert "same-assessment" not in result.stderr
    result = run(CAPABILITY, tmp_path, tmp_path / "a.json")
    assert result.exit_code == 0
    found = "a.json: $: warning[same-assessment]: the same assessment as in"
    assert result.stderr.count(found) == 1


def test_another_version_is_a_warning(tmp_path: Path) -> None:
    one = said(answers={"review-all": "most"}) | {
        "rubric": {"id": "capability", "version": "1.0.0"}
    }
    result = run(CAPABILITY, "-", stdin=json.dumps(one))
    assert result.exit_code == 0
    assert "warning[other-version]" in result.stderr
    assert "You need two assessments" in result.stdout


def test_where_nobody_disagrees_that_is_said(tmp_path: Path) -> None:
    team = [said(respondent=name, answers={"review-all": "most"}) for name in "AB"]
    text = team_text("capability", "2.1.0", map(json.dumps, team))
    assert "Nobody disagrees" in run(CAPABILITY, "-", stdin=text).stdout


def test_a_model_that_asks_for_the_mean_gets_it_in_words_data_and_table(tmp_path: Path) -> None:
    rubric = tmp_path / "r.yml"
    rubric.write_text(CAPABILITY.read_text().replace("scoring:\n", "scoring:\n  team: mean\n"))
    team = [
        said(answers={"review-all": answer}, role=role)
        for answer, role in (("most", "leader"), ("none", "practitioner"), ("none", "practitioner"))
    ]
    text = team_text("capability", "2.1.0", map(json.dumps, team))
    shown = run(rubric, "-", stdin=text).stdout
    assert "mean of 3: Between Some and At least half, from None to Most or all" in shown
    assert "Mean of the leaders: Most or all; of the practitioners: None." in shown
    data = json.loads(run(rubric, "-", "--format", "json", stdin=text).stdout)
    assert data["gates"]["review-all"]["mean"] == 1 / 3
    assert [one["mean"] for one in data["gates"]["review-all"]["roles"]] == [1, 0]
    table = run(rubric, "-", "--format", "csv", stdin=text).stdout.splitlines()
    assert '"mean","spread","disagreement","mean leader","mean practitioner"' in table[0]


def test_a_median_between_two_answers_is_said_as_such() -> None:
    team = [said(answers={"review-all": answer}) for answer in ("half", "most")]
    text = team_text("capability", "2.1.0", map(json.dumps, team))
    shown = run(CAPABILITY, "-", stdin=text).stdout
    assert "median of 2: Between At least half and Most or all, from At least half to" in shown


def test_no_team_is_larger_than_a_team_file_can_be(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text(f"{json.dumps(said())}\n" * (MAX_ASSESSMENTS + 5))
    result = run(CAPABILITY, path, "--format", "json", "--save", tmp_path / "team.json")
    assert result.exit_code == 1
    assert f"many.jsonl:{MAX_ASSESSMENTS + 1}: $: error[too-large]" in result.stderr
    assert len(json.loads(result.stdout)["respondents"]) == MAX_ASSESSMENTS
    parts = split_team((tmp_path / "team.json").read_text())
    assert parts is not None
    texts, findings = parts
    assert (len(texts), findings) == (MAX_ASSESSMENTS, [])


def test_a_team_file_may_be_larger_than_an_assessment(tmp_path: Path) -> None:
    long = [said(respondent=str(n), x_long="x" * 2_000_000) for n in range(3)]
    path = tmp_path / "team.json"
    path.write_text(team_text("capability", "2.1.0", map(json.dumps, long)))
    assert len(json.loads(run(CAPABILITY, path, "--format", "json").stdout)["respondents"]) == 3


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = "[" * 100_000
    team = f'{{"format": "stagebook-team/1", "assessments": [{deep}'
    result = run(CAPABILITY, "-", stdin=team)
    assert result.exit_code == 1
    assert "error[not-json]" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.json"], "missing.json does not exist"),
        ([], "Missing argument"),
        (["-", "-o", "no/such/place"], "no/such is not a directory"),
        (["-", "--save", "no/such/place"], "no/such is not a directory"),
        (["-", "--format", "xlsx"], "'xlsx' is not one of"),
        (["-", "-o", "team.json", "--save", "./team.json"], "name the same file"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], words: str) -> None:
    result = run(CAPABILITY, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_names_cannot_move_the_cursor_or_fill_the_screen(tmp_path: Path) -> None:
    team = [said(respondent="\x1b[2J\n" + "n" * 5000), said(role="\x07" * 5000)]
    text = team_text("capability", "2.1.0", map(json.dumps, team))
    shown = run(CAPABILITY, "-", stdin=text).stdout
    assert all(line.isprintable() for line in shown.splitlines())
    assert max(map(len, shown.splitlines())) < 1000


@pytest.mark.slow
def test_a_team_of_hundreds_and_a_thousand_gates_is_one_walk() -> None:
    """Two hundred respondents and a thousand gates would be twenty million pairs."""
    gates: dict[str, Any] = {f"g{n}": {} for n in range(1000)}
    rubric = whole({"gates": gates})
    known = IdIndex(rubric)
    answers = ["no", "partly", "yes", "unknown"]
    team = [
        said(rubric, answers={f"g{n}": answers[(who + n) % 4] for n in range(1000)})
        for who in range(200)
    ]
    taken = [read_assessment(json.dumps(one), known)[0] for one in team]
    seen = view_team(Scorer(rubric), [one for one in taken if one])
    assert len(seen.respondents) == 200
    # 50 of each answer, and of pairs: 2500 at a distance of 1, 12,500 at a half, of 19,900.
    assert {view_.disagreement for view_ in seen.gates} == {8750 / 19900}
