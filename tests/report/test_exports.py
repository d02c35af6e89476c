"""What is made of a result to keep or share it: links, CSV, Markdown and badges."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
import string
import unicodedata
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bundle import QUIZ, npm_script
from conftest import Golden
from folders import ROOT
from hypothesis import example, given
from hypothesis import strategies as st
from node import ScoringServer
from playwright.sync_api import Browser, Page
from stagebook.assessment.reader import MAX_CHARACTERS, read_assessment
from stagebook.files.rubrics import load_rubric
from stagebook.i18n import LANGUAGES, quiz_words
from stagebook.report.csv_cells import neutral
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.site.quiz_data import quiz_data
from stagebook.team.data import team_csv
from stagebook.team.view import view_team
from strategies import assessments, rubrics

REFUSING = ("assessment/file-reader", "state/link", "state/route", "assessment/team-file")
"""The modules that say why something cannot be taken."""
CONTRACTS = ROOT / "tests" / "contracts"
GUIDE = (ROOT / "content" / "guides" / "files.md").read_text(encoding="utf-8")
TEXTS = st.text(max_size=20)


def load(path: Path) -> Rubric:
    return load_rubric(path).rubric


MODEL = load(ROOT / "rubrics" / "ai-product.yml")
SAMPLE = load(ROOT / "tests" / "rubrics" / "good" / "sample.yml")
DATA = quiz_data(SAMPLE)
SAID: dict[str, Any] = {
    "format": "stagebook-assessment/1",
    "rubric": {"id": "sample", "version": "1.2.0"},
    "subject": "Tool",
    "respondent": "B",
    "date": "2026-11-23",
    "believed_stage": "second",
    "answers": {
        "work-checked": {"answer": "partly", "note": "Soon.", "rev": 2},
        "drill-done": {"answer": "yes", "flag": True},
    },
    "measures": {"plan-days": 20},
    "symptoms": ["shiny"],
}


@pytest.fixture(scope="module")
def server() -> Iterator[ScoringServer]:
    started = ScoringServer()
    yield started
    started.close()


def unpack(fragment: str) -> dict[str, Any]:
    """Decode a link with the decoder that the guide prints."""
    [code] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102
    state: dict[str, Any] = space["read_link"](fragment)
    return state


def wrap(packed: bytes, version: int = 1) -> str:
    data = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"stagebook={version}.{binascii.crc32(data.encode()):08x}.{data}"


def pack(state: Any) -> str:
    text = state if isinstance(state, bytes) else json.dumps(state).encode()
    deflating = zlib.compressobj(9, wbits=-15)
    return wrap(deflating.compress(text) + deflating.flush())


def link(server: ScoringServer, data: Any, said: Any, notes: bool) -> str:
    made = server.ask(ask="link", data=data, assessment=said, notes=notes)
    assert isinstance(made, str)
    return made


# Links.


@st.composite
def wordy(draw: st.DrawFn, rubric: Rubric) -> dict[str, Any]:
    """Draw an assessment with texts of every kind in it."""
    said = draw(assessments(rubric))
    for key in ("subject", "respondent", "role", "date"):
        if draw(st.booleans()):
            said[key] = draw(TEXTS)
    evidence = st.fixed_dictionaries({}, optional={"title": TEXTS, "url": TEXTS, "date": TEXTS})
    more = {
        **{"note": TEXTS, "reason": TEXTS, "evidence": st.lists(evidence, max_size=2)},
        **{"flag": st.booleans(), "rev": st.integers(2, 9)},
    }
    for gate in rubric.gates:
        if draw(st.booleans()):
            answer = said["answers"].setdefault(gate, {})
            answer.update(draw(st.fixed_dictionaries({}, optional=more)))
    if draw(st.booleans()) and rubric.remediations:
        plays = [{"id": id_, "owner": draw(TEXTS)} for id_ in rubric.remediations]
        said["roadmap"] = [{"title": draw(TEXTS), "remediations": plays}, {"owner": draw(TEXTS)}]
    return said


@given(st.data())
def test_a_link_brings_back_what_was_put_in(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(wordy(rubric))
    quiz = quiz_data(rubric)
    brief = {
        gate: {key: answer[key] for key in ("answer", "rev", "ticks") if key in answer}
        for gate, answer in said["answers"].items()
    }
    for notes in (True, False):
        made = link(server, quiz, said, notes)
        assert re.fullmatch(r"stagebook=1\.[0-9a-f]{8}\.[\w-]+", made, re.ASCII)
        read = server.ask(ask="unlink", data=quiz, fragment=f"#{made}")
        assert read["unknown"] == []
        answers = said["answers"] if notes else brief
        kept = {gate: answer for gate, answer in answers.items() if answer}
        left_out = set() if notes else {"respondent", "roadmap"}
        expected = {key: said[key] for key in said if key not in left_out}
        expected.setdefault("measures", {})
        assert read["assessment"] == {**expected, "answers": kept}


def test_without_notes_no_free_text_is_in_a_link(server: ScoringServer) -> None:
    texts = {key: f"secret {key}" for key in ("note", "reason")}
    evidence = [{"title": "secret", "url": "https://secret", "date": "2026-01-01"}]
    answer = {"answer": "yes", **texts, "evidence": evidence, "flag": True, "other": "secret"}
    roadmap = [{"title": "secret", "remediations": [{"id": "write-plan", "owner": "secret"}]}]
    said = {**SAID, "answers": {"drill-done": answer}, "respondent": "secret", "other": "secret"}
    said["roadmap"] = roadmap
    assert "secret" not in json.dumps(unpack(link(server, DATA, said, notes=False)))
    state = unpack(link(server, DATA, said, notes=True))
    assert state["details"]["drill-done"] == {k: v for k, v in answer.items() if k != "answer"}
    assert state["respondent"] == "secret"
    assert state["roadmap"] == roadmap


def test_a_link_is_what_the_guide_says(server: ScoringServer) -> None:
    assert unpack(link(server, DATA, SAID, notes=False)) == {
        "rubric": {"id": "sample", "version": "1.2.0"},
        "subject": "Tool",
        "date": "2026-11-23",
        "believed_stage": "second",
        "measures": {"plan-days": 20},
        "symptoms": ["shiny"],
        "answers": {"partly": ["work-checked"], "yes": ["drill-done"]},
        "details": {"work-checked": {"rev": 2}},
    }


def test_the_examples_of_the_guide_are_read(server: ScoringServer) -> None:
    file, state = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    assessment, findings = read_assessment(file, MODEL)
    assert assessment
    assert findings == []
    assert len(assessment.answers) == 2
    assert [len(phase.remediations) for phase in assessment.roadmap] == [2]
    read = server.ask(ask="unlink", data=quiz_data(MODEL), fragment=pack(json.loads(state)))
    assert read["unknown"] == []
    reason = read["assessment"]["answers"]["gov-legal-clock"]
    assert reason == {"answer": "not-applicable", "reason": "No duty to report."}


def test_every_damage_of_one_character_is_refused(server: ScoringServer) -> None:
    whole = link(server, DATA, SAID, notes=False)
    signs = string.ascii_letters + string.digits + "-_.=#+/% "
    damaged = [
        whole[:at] + sign + whole[at + 1 :]
        for at in range(len(whole))
        for sign in signs
        if sign != whole[at]
    ]
    damaged += [whole[:at] + whole[at + 1 :] for at in range(len(whole))]
    damaged += [whole[:at] for at in range(len(whole))]
    damaged += [whole + "A", whole + "A."]
    found = server.ask(ask="unlinkAll", data=DATA, fragments=[whole, *damaged])
    assert "assessment" in found[0]
    reasons = {one and one.get("refused") for one in found[1:]}
    assert reasons == {False, "link-damaged", "file-newer"}


NO_RUBRIC: list[Any] = [3, [], {}, {"rubric": None}]


def test_what_cannot_be_taken_says_why(server: ScoringServer) -> None:
    state = {"rubric": {"id": "sample", "version": "1"}}
    filling = b'{"rubric":{"id":"sample"},"subject":"%s"}'
    room = MAX_CHARACTERS - len(filling % b"")
    cases: list[tuple[str, str, str]] = [
        (pack({"rubric": {"id": "x" * 99}}), "file-rubric", "x" * 60),
        (wrap(b"{}", 2), "file-newer", "stagebook=2"),
        ("stagebook=12.whatever", "file-newer", "stagebook=12"),
        ("stagebook=", "link-damaged", ""),
        (wrap(json.dumps(state).encode()), "link-damaged", ""),
        (pack(b"{"), "link-damaged", ""),
        (pack(b"[" * 100_000), "link-damaged", ""),
        (pack(filling % (b"x" * (room + 1))), "file-too-large", ""),
        (pack(b" " * 200_000_000), "file-too-large", ""),
        ("stagebook=1." + "x" * MAX_CHARACTERS, "file-too-large", ""),
        (pack(None), "link-damaged", ""),
        *((pack(one), "file-rubric", "") for one in NO_RUBRIC),
        (pack({"rubric": {"id": {"toString": 1}}}), "file-rubric", ""),
        (pack({**state, "answers": {"yes": [{"toString": 1}]}}), "link-damaged", ""),
    ]
    for fragment, refused, found in cases:
        answer = server.ask(ask="unlink", data=DATA, fragment=fragment)
        assert answer == {"refused": refused, "found": found}, fragment[:99]
    largest = server.ask(ask="unlink", data=DATA, fragment=pack(filling % (b"x" * room)))
    assert len(largest["assessment"]["subject"]) == room


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_says_that_nothing_was_changed(language: str) -> None:
    words = quiz_words(language)
    ends = {"en": "Nothing was changed.", "de": "Nichts wurde geändert."}
    sources = "".join((QUIZ / f"{name}.js").read_text() for name in REFUSING)
    refusals = {key for key in words if re.search(rf'"(?=file|link){key}"', sources)}
    assert refusals > {"file-newer", "file-rubric", "file-too-large", "link-damaged"}
    assert all(str(words[key]).endswith(ends[language]) for key in refusals)


def test_a_hostile_link_gives_an_assessment_in_shape(server: ScoringServer) -> None:
    state = b"""{"rubric": {"id": "sample"}, "subject": 3, "symptoms": {"a": 1}, "measures": [1],
      "answers": {"yes": "drill-done", "__proto__": ["work-checked"], "no": [["x"], null, 7]},
      "details": {"__proto__": {"note": "x"}, "drill-done": {"note": 1}, "work-checked": "no"}}"""
    read = server.ask(ask="unlink", data=DATA, fragment=pack(state))
    assessment = read["assessment"]
    assert assessment["answers"].pop("work-checked") == {"answer": "__proto__"}
    unknown = {name: {"answer": "no"} for name in ("x", "null", "7")}
    assert assessment["answers"] == {
        **unknown,
        "__proto__": {"note": "x"},
        "drill-done": {"answer": "yes"},
    }
    assert assessment["measures"] == {}
    assert assessment["symptoms"] == []
    assert "subject" not in assessment
    assert assessment["unread"]["subject"] == 3
    assert assessment["unread"]["answers.drill-done.note"] == 1
    assert sorted(read["unknown"]) == ["7", "__proto__", "null", "x"]


@pytest.mark.parametrize("kind", ['{"toString": 1}', "[1]", "7", "null", "true"])
def test_a_file_whose_format_or_rubric_is_no_text_is_refused(
    server: ScoringServer, kind: str
) -> None:
    for text, refused in (
        (f'{{"format": {kind}}}', "file-other"),
        (f'{{"format": "stagebook-assessment/1", "rubric": {{"id": {kind}}}}}', "file-rubric"),
    ):
        read = server.ask(ask="read", data=DATA, text=text)
        assert read == {"refused": refused, "found": ""}


def test_a_link_outlives_a_renamed_gate(server: ScoringServer) -> None:
    made = pack({"rubric": {"id": "sample"}, "answers": {"yes": ["work-read", "gone"]}})
    read = server.ask(ask="unlink", data=DATA, fragment=made)
    assert set(read["assessment"]["answers"]) == {"work-checked", "gone"}
    assert read["unknown"] == ["gone"]


def test_a_link_that_is_not_packed_is_read(server: ScoringServer) -> None:
    state = unpack(link(server, DATA, SAID, notes=True))
    plain = wrap(json.dumps(state).encode(), 0)
    assert unpack(plain) == state
    assert server.ask(ask="unlink", data=DATA, fragment=plain)["assessment"] == SAID


@pytest.mark.parametrize("path", sorted(CONTRACTS.glob("*.json")), ids=lambda path: path.stem)
def test_files_and_links_of_earlier_versions_are_read(server: ScoringServer, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kept = json.loads(text)
    data = quiz_data(MODEL)
    file = server.ask(ask="read", data=data, text=text)
    assert file["unknown"] == []
    assert len(file["assessment"]["answers"]) == len(kept["answers"])
    ours, findings = read_assessment(text, MODEL)
    assert ours
    assert {one.code for one in findings} <= {"other-version"}
    assert len(ours.answers) == len(kept["answers"])
    links = path.with_name(path.name.replace("assessment", "links")).with_suffix(".txt")
    brief, full, plain = (
        server.ask(ask="unlink", data=data, fragment=one) for one in links.read_text().split()
    )
    known = {key: file["assessment"][key] for key in full["assessment"]}
    assert full == {"assessment": known, "unknown": [], "findings": []}
    assert plain == brief
    given_ = {id_: one["answer"] for id_, one in known["answers"].items() if "answer" in one}
    assert {id_: one["answer"] for id_, one in brief["assessment"]["answers"].items()} == given_
    for key in ("measures", "symptoms", "subject", "believed_stage", "target_stage"):
        assert brief["assessment"][key] == known[key]


# Hostile words, put into everything that an export shows.

HOSTILE = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1", "\u200b=1", "\0=1", '"=1'),
    *("\tx", "\rx", "\nx", "x;=1+1;y", 'x;"=1', "a\n-b\n\n=c", "a\t@b", ", \r\n=x", "'=1"),
    *("# a", "a #", "- a", "+ a", "1. a", "2) a", "[ ] a", "> a", "a\n\n# b", "---", "    a"),
    *("*a* _b_ `c` ~~d~~", "[a](b)", "![a](b)", "<b>a</b>", "<!-- a", "a | b", "\\", "\\|", "&lt;"),
    *("@team", "a@b.co", "#12", "GH-12", "o/r#12", "https://x.y", "_www.x.y", ":smile:", "$a$"),
    *(
        "عربية",
        "日本語",
        "👩‍👩‍👧",
        "e\u0301\u0301",
        "\u202eabc",
        "",
        " ",
        "\ud800",
        "\uffff",
        "]]>",
    ),
]
ANY = st.lists(st.sampled_from(HOSTILE)).map("".join) | st.text()


def with_hostile_words(test: Callable[..., None]) -> Callable[..., None]:
    """Give a test each hostile text as `text`, and many made of them."""
    for text in HOSTILE:
        test = example(text=text)(test)
    return given(text=ANY)(test)


def hostile(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the sample with a text in place of every title and every entry."""
    data = json.loads(json.dumps(DATA))
    data["title"] = text
    for collection in ("stages", "dimensions", "gates", "remediations"):
        for one in data[collection]:
            one["title"] = text
    for gate in data["gates"]:
        gate["code"] = text
    for symptom in data["symptoms"]:
        symptom.update(looks_like=text, observation=text, disproof=text)
    for scale in data["scales"]:
        for choice in scale["choices"]:
            choice["label"] = text
    evidence = [{"title": text, "url": text, "date": text}] * 2
    extra = {"note": text, "reason": text, "evidence": evidence}
    answers = {id_: {**one, **extra} for id_, one in SAID["answers"].items()}
    return data, {**SAID, "subject": text, "date": text, "answers": answers}


def to_csv(server: ScoringServer, data: Any, said: Any) -> str:
    made: str = server.ask(ask="csv", data=data, assessment=said)
    return made


# CSV.


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return [*csv.reader(io.StringIO(text[1:], newline=""), strict=True)]


def test_csv_has_a_row_for_each_gate(server: ScoringServer) -> None:
    text = to_csv(server, DATA, SAID)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    head, *rows = rows_of(text)
    named = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Id"] for row in named] == list(SAMPLE.gates)
    by_id = {row["Id"]: row for row in named}
    assert by_id["plan-kept"] == {
        **{"Code": "CR-1", "Id": "plan-kept", "Dimension": "Craft", "Stage": "First"},
        **{"Gate": "A plan is kept", "Answer id": "partly", "Answer": "In part", "Score": "0.5"},
        **{"Met": "no", "Blocking": "yes", "Reason": "", "Note": "", "Evidence": ""},
        "Flagged": "no",
    }
    assert by_id["work-checked"]["Note"] == "Soon."
    assert (by_id["drill-done"]["Met"], by_id["drill-done"]["Flagged"]) == ("yes", "yes")
    unanswered = next(row for row in named if not row["Answer id"])
    assert unanswered["Answer"] == unanswered["Score"] == unanswered["Met"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_has_a_name_for_each_column(server: ScoringServer, language: str) -> None:
    data = {**DATA, "words": quiz_words(language), "language": language}
    head, *rows = rows_of(to_csv(server, data, SAID))
    assert {len(row) for row in rows} == {len(head)}
    assert len(set(head)) == len(head)


def test_the_guide_names_the_columns(server: ScoringServer) -> None:
    head, *_ = rows_of(to_csv(server, DATA, SAID))
    part = GUIDE[GUIDE.index("{ #csv }") : GUIDE.index("{ #markdown }")]
    _, *named = re.findall(r"^\| ([A-Z][^|]+?) \|", part, re.MULTILINE)
    assert [one for line in named for one in line.split(", ")] == head


def is_unseen(character: str) -> bool:
    return character in '"' or character.isspace() or unicodedata.category(character)[0] == "C"


def begins_a_formula(cell: str) -> bool:
    while cell and is_unseen(cell[0]):
        cell = cell[1:]
    return cell.startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


CELLS = json.loads((ROOT / "tests" / "vectors" / "csv.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CELLS, ids=lambda case: repr(case["text"]))
def test_both_neutralise_the_same_texts(server: ScoringServer, case: dict[str, str]) -> None:
    assert neutral(case["text"]) == case["cell"]
    assert server.ask(ask="neutral", texts=[case["text"]]) == [case["cell"]]


@with_hostile_words
def test_both_neutralise_any_text_alike(server: ScoringServer, text: str) -> None:
    [theirs] = server.ask(ask="neutral", texts=[text])
    assert neutral(text) == theirs
    assert not begins_a_formula(theirs)


@with_hostile_words
def test_no_name_in_the_table_of_a_team_becomes_a_formula(text: str) -> None:
    texts = [json.dumps({**SAID, "respondent": text}), json.dumps({**SAID, "respondent": "B"})]
    said = [read_assessment(one, SAMPLE)[0] for one in texts]
    scorer = Scorer(SAMPLE)
    made = team_csv(scorer, view_team(scorer, [one for one in said if one]))
    rows = rows_of(made)
    assert len(rows) == len(SAMPLE.gates) + 1
    assert len({len(row) for row in rows}) == 1
    for cell in [*rows[0], *re.split(r"[;\t\r\n]", made)]:
        assert not begins_a_formula(cell), cell


@with_hostile_words
def test_no_text_becomes_a_formula_or_breaks_the_table(server: ScoringServer, text: str) -> None:
    data, said = hostile(text)
    # A header is a text of the words like any other.
    data["words"]["csv-columns"] = data["words"]["csv-columns"].replace("Code", "=1")
    made = to_csv(server, data, said)
    head, *rows = rows_of(made)
    assert head[0] == "'=1"
    assert len(rows) == len(SAMPLE.gates)
    for row in rows:
        assert len(row) == len(head)
        for number, cell in enumerate(row):
            if head[number] != "Score":
                assert not begins_a_formula(cell)
                assert not cell.startswith(("\t", "\r", "\n"))
    column = head.index("Note")
    note = next(row[column] for row in rows if row[1] == "drill-done")
    assert note.replace("'", "") == text.replace("'", "")
    # A spreadsheet that splits at semicolons and lines wherever they are.
    for cell in re.split(r"[;\t\r\n]", made):
        assert not begins_a_formula(cell), cell


# Markdown.

SCRIPT = r"""
import { Conclusions } from "./parts/conclusions.js";
import { Results } from "./parts/results.js";
import { Names } from "./render/names.js";
import { Pages } from "./render/pages.js";
import { findTops } from "./render/scale.js";
import { wordsFor } from "./render/words.js";
import { leftOutByProfile } from "./report/left-out.js";
import { toBadge } from "./report/badge.js";
import { DatedBox } from "./parts/dated-box.js";
import { md, ResultMarkdown } from "./report/markdown.js";
import { Scorer } from "./scoring/scorer.js";

globalThis.badge = toBadge;

globalThis.markdown = ([data, assessment]) => {
  const scorer = new Scorer(data);
  const names = new Names(data, new Pages(null), wordsFor(data), findTops(scorer));
  const made = new ResultMarkdown(scorer, names);
  const result = scorer.score(assessment);
  return [made.whole(assessment, result, "assessment"), made.plan(assessment, result)];
};

/** What the page says of a result, read off the page and written as Markdown. */
globalThis.drawn = ([data, assessment]) => {
  const scorer = new Scorer(data);
  const names = new Names(data, new Pages(null), wordsFor(data), findTops(scorer));
  const conclusions = new Conclusions(scorer, names, { draw: () => [] });
  const place = document.createElement("div");
  const result = scorer.score(assessment);
  const results = new Results(scorer, names);
  const left = leftOutByProfile(assessment, names).flatMap((one) => one.gates);
  const isEmpty = result.coverage.unanswered + left.length === result.coverage.gates;
  if (isEmpty) results.drawEmpty(place);
  else {
    const drawn = conclusions.draw(assessment, result, "assessment");
    results.draw(place, assessment, result, "assessment", drawn);
    place.append(...datedOf(scorer, names, assessment));
  }
  unfold(place, [names.t("radar"), names.t("arithmetic")]);
  return read(place);
};

/** What stands below the result in a fold of its own, if a gate is met. */
function datedOf(scorer, names, assessment) {
  const box = document.createElement("details");
  box.className = "sb-about";
  box.open = true;
  box.append(document.createElement("summary"), document.createElement("div"));
  box.firstChild.textContent = names.t("dated");
  new DatedBox(box, scorer, names, { assessment, listen: () => {} });
  return box.querySelector("li") ? [box] : [];
}

/** Put what is folded where it belongs, and take away what the text does not have. */
function unfold(place, pictures) {
  for (const one of place.querySelectorAll(".sb-on-paper, .sb-rungs")) one.remove();
  for (const fold of place.querySelectorAll("details")) {
    const title = fold.firstChild.textContent;
    if (!fold.className) fold.previousElementSibling.append(...fold.lastChild.children);
    else if (!pictures.includes(title)) {
      const heading = document.createElement("h3");
      heading.textContent = title;
      fold.before(heading, ...[...fold.children].slice(1));
    }
    fold.remove();
  }
}

function read(root, indent = "") {
  const signs = { H3: "### ", LI: root.tagName === "OL" ? "- [ ] " : "- ", P: "" };
  const blocks = [...root.children].flatMap((one) => {
    const { tagName } = one;
    if (tagName === "TABLE") return readTable(one);
    if (/^(DIV|[OU]L)$/.test(tagName)) return read(one, indent);
    if (!(tagName in signs)) return [];
    return [indent + signs[tagName] + md(textOf(one)), read(one, `  ${indent}`)];
  });
  return blocks.filter(Boolean).join(/^([OU]L|LI)$/.test(root.tagName) ? "\n" : "\n\n");
}

function readTable({ caption, rows }) {
  const cells = (row) => [...row.cells].map((cell) => md(textOf(cell))).join(" | ");
  const lines = [...rows].map((row) => `| ${cells(row)} |`);
  lines.splice(1, 0, `${"| --- ".repeat(rows[0].cells.length)}|`);
  return [`### ${md(textOf(caption))}\n`, ...lines].join("\n");
}

/** Small print stands in parentheses; lists and fields stand apart. */
function textOf(element) {
  const texts = [...element.childNodes].map((one) => {
    if (/^(LABEL|[OU]L)$/.test(one.nodeName)) return "";
    const text = one.firstChild ? textOf(one) : one.textContent;
    return one.nodeName === "SMALL" ? ` (${text.trim()})` : text;
  });
  return texts.join("");
}
"""


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open a page that draws results and badges."""
    folder = tmp_path_factory.mktemp("exports")
    entry = folder / "entry.js"
    entry.write_text(SCRIPT.replace('"./', f'"{QUIZ.as_posix()}/'), encoding="utf-8")
    npm_script("esbuild", str(entry), "--bundle", "--format=iife", f"--outfile={folder}/script.js")
    page = chromium.new_page()
    page.add_script_tag(path=folder / "script.js")
    yield page
    page.close()


def markdown(page: Page, data: Any, said: Any) -> tuple[str, str]:
    result, plan = page.evaluate("given => markdown(given)", [data, said])
    return result, plan


@pytest.mark.long
@pytest.mark.browser
def test_markdown_is_what_the_page_says(page: Page, golden: Golden) -> None:
    result, plan = markdown(page, DATA, SAID)
    golden(ROOT / "tests" / "golden" / "result.md", f"{result}\n")
    assert f"\n\n{plan}" in result
    assert page.evaluate("given => drawn(given)", [DATA, SAID]) == result


@pytest.mark.browser
@given(st.data())
def test_markdown_of_any_result_is_what_the_page_says(page: Page, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    given_ = [quiz_data(rubric), data.draw(wordy(rubric))]
    assert page.evaluate("given => drawn(given)", given_) == markdown(page, *given_)[0]


def shown(line: str) -> str:
    """Return what GitHub shows of a text that was escaped, and nothing else, on a line."""
    line = line.replace("<span>$</span>", "$")
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)


def one_line(text: str) -> str:
    """Return a text as it stands on one line, without what no file may hold."""
    return re.sub(r"[\s\ufeff\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+", " ", text).strip()


MARKUP = re.compile(r"[`*_\[\]~#<>|$\\]|&[#\w]|^([-+=]|\d+[.)]( |$))", re.ASCII)
"""What Markdown takes as more than text."""
REFERENCE = re.compile(r"@[^\s\u200b]|#\d|GH-\d|://|www\.|:[\w+-]+:", re.IGNORECASE | re.ASCII)
"""What GitHub links or replaces in the text that Markdown gave."""


@with_hostile_words
def test_text_in_markdown_stays_text(server: ScoringServer, text: str) -> None:
    escaped = server.ask(ask="md", text=text)
    assert "\n" not in escaped
    inert = re.sub(r"\\[!-/:-@\[-`{-~]|<span>\$</span>", "¤", escaped)
    assert not MARKUP.search(inert)
    assert not REFERENCE.search(shown(escaped))
    assert shown(escaped).replace("\u200b", "") == one_line(text).replace("\u200b", "")


def shape(page: Page, words: str) -> list[str]:
    """Return what begins each line of the Markdown that holds some words everywhere."""
    lines = "\n".join(markdown(page, *hostile(words))).splitlines()
    return [re.match(r"[-#| ]*(\[ \] )?", line)[0] for line in lines]  # type: ignore[index]


@pytest.fixture(scope="module")
def plain_shape(page: Page) -> list[str]:
    return shape(page, "xx")


@pytest.mark.long
@pytest.mark.browser
@with_hostile_words
def test_no_text_changes_the_shape_of_the_markdown(
    page: Page, plain_shape: list[str], text: str
) -> None:
    assert shape(page, f"x{text}x") == plain_shape


@pytest.mark.long
@pytest.mark.browser
def test_each_play_is_a_task(page: Page) -> None:
    _, plan = markdown(page, DATA, SAID)
    tasks = [line for line in plan.splitlines() if line.startswith("- ")]
    assert tasks
    assert all(re.fullmatch(r"- \[ \] .+, .+ weeks? \(helps with .+\)", one) for one in tasks)


# The badge.

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.browser
@with_hostile_words
def test_a_badge_is_xml_whatever_it_says(page: Page, text: str) -> None:
    said = one_line(text)
    root = ET.fromstring(page.evaluate("text => badge(text)", text))  # noqa: S314
    assert (root.tag, root.get("role"), root.get("aria-label")) == (f"{SVG}svg", "img", said)
    rect, drawn = root
    assert (rect.tag, drawn.tag, drawn.text or "") == (f"{SVG}rect", f"{SVG}text", said)
    assert 0 <= float(drawn.get("textLength", "")) < float(root.get("width", ""))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in
              (part / 255 for part in bytes.fromhex(digits))]  # fmt: skip
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.long
@pytest.mark.browser
def test_a_badge_is_readable(page: Page) -> None:
    rect, drawn = ET.fromstring(page.evaluate("text => badge(text)", "t"))  # noqa: S314
    ground, ink = (luminance(one.get("fill", "")) for one in (rect, drawn))
    assert (ink + 0.05) / (ground + 0.05) >= 4.5
