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
from conftest import ROOT, Golden
from hypothesis import example, given
from hypothesis import strategies as st
from node import ScoringServer
from stagebook.assessment import MAX_CHARACTERS, read_assessment
from stagebook.files import load_rubric
from stagebook.model import Rubric
from stagebook.quiz_data import quiz_data
from stagebook.words import LANGUAGES, quiz_words
from strategies import assessments, rubrics

CONTRACTS = ROOT / "tests" / "contracts"
PAGE = (ROOT / "content" / "guides" / "files.md").read_text(encoding="utf-8")
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
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
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


def link(server: ScoringServer, data: Any, said: Any, notes: bool, **options: Any) -> str:
    made = server.ask(ask="link", data=data, assessment=said, notes=notes, **options)
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
    return said


@given(st.data())
def test_a_link_brings_back_what_was_put_in(server: ScoringServer, data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    said = data.draw(wordy(rubric))
    quiz = quiz_data(rubric)
    brief = {
        gate: {key: answer[key] for key in ("answer", "rev") if key in answer}
        for gate, answer in said["answers"].items()
    }
    for notes in (True, False):
        made = link(server, quiz, said, notes)
        assert re.fullmatch(r"stagebook=1\.[0-9a-f]{8}\.[\w-]+", made, re.ASCII)
        read = server.ask(ask="unlink", data=quiz, fragment=f"#{made}")
        assert read["unknown"] == []
        answers = said["answers"] if notes else brief
        kept = {gate: answer for gate, answer in answers.items() if answer}
        left_out = set() if notes else {"respondent"}
        expected = {key: said[key] for key in said if key not in left_out}
        expected.setdefault("measures", {})
        assert read["assessment"] == {**expected, "answers": kept}


def test_without_notes_no_free_text_is_in_a_link(server: ScoringServer) -> None:
    texts = {key: f"secret {key}" for key in ("note", "reason")}
    evidence = [{"title": "secret", "url": "https://secret", "date": "2026-01-01"}]
    answer = {"answer": "yes", **texts, "evidence": evidence, "flag": True, "other": "secret"}
    said = {**SAID, "answers": {"drill-done": answer}, "respondent": "secret", "other": "secret"}
    assert "secret" not in json.dumps(unpack(link(server, DATA, said, notes=False)))
    state = unpack(link(server, DATA, said, notes=True))
    assert state["details"]["drill-done"] == {k: v for k, v in answer.items() if k != "answer"}
    assert state["respondent"] == "secret"


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
    file, state = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assessment, findings = read_assessment(file, MODEL)
    assert assessment
    assert findings == []
    assert len(assessment.answers) == 2
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
    damaged += [whole + "A", whole + ".", whole + ".x"]
    found = server.ask(ask="unlinkAll", data=DATA, fragments=[whole, *damaged])
    assert "assessment" in found[0]
    reasons = {one and one.get("refused") for one in found[1:]}
    assert reasons == {False, "link-damaged", "link-newer"}


def test_what_cannot_be_taken_says_why(server: ScoringServer) -> None:
    state = {"rubric": {"id": "sample", "version": "1"}}
    filling = b'{"rubric":{"id":"sample"},"subject":"%s"}'
    room = MAX_CHARACTERS - len(filling % b"")
    cases: list[tuple[str, str, str]] = [
        (pack({"rubric": {"id": "x" * 99}}), "link-rubric", "x" * 60),
        (wrap(b"{}", 2), "link-newer", "2"),
        ("stagebook=12.whatever", "link-newer", "12"),
        ("stagebook=", "link-damaged", ""),
        (wrap(json.dumps(state).encode()), "link-damaged", ""),
        (pack(b"{"), "link-damaged", ""),
        (pack(b"[" * 100_000), "link-damaged", ""),
        (pack(filling % (b"x" * (room + 1))), "link-too-large", ""),
        (pack(b" " * 200_000_000), "link-too-large", ""),
        ("stagebook=1." + "x" * MAX_CHARACTERS, "link-too-large", ""),
        *((pack(one), "link-damaged", "") for one in (None, 3, [], {}, {"rubric": None})),
        (pack({"rubric": {"id": {"toString": 1}}}), "link-damaged", ""),
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
    refusals = [key for key in words if key.startswith(("link-", "file-"))]
    assert len(refusals) == 10
    assert all(str(words[key]).endswith(ends[language]) for key in refusals)


def test_a_hostile_link_gives_an_assessment_in_shape(server: ScoringServer) -> None:
    state = b"""{"rubric": {"id": "sample"}, "subject": 3, "symptoms": {"a": 1}, "measures": [1],
      "answers": {"yes": "drill-done", "__proto__": ["work-checked"], "no": [["x"], null, 7]},
      "details": {"__proto__": {"note": "x"}, "drill-done": {"note": 1}, "work-checked": "no"}}"""
    read = server.ask(ask="unlink", data=DATA, fragment=pack(state))
    assessment = read["assessment"]
    assert assessment["answers"].pop("work-checked")["answer"] == "__proto__"
    assert assessment["answers"] == {name: {"answer": "no"} for name in ("x", "null", "7")}
    assert assessment["measures"] == {}
    assert assessment["symptoms"] == []
    assert "subject" not in assessment
    assert assessment["unread"]["subject"] == 3
    assert assessment["unread"]["answers.drill-done"] == {"answer": "yes", "note": 1}
    assert sorted(read["unknown"]) == ["7", "null", "x"]


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


def test_a_browser_that_cannot_pack_still_makes_and_reads_links(server: ScoringServer) -> None:
    plain = link(server, DATA, SAID, notes=True, without="CompressionStream")
    assert plain.startswith("stagebook=0.")
    read = server.ask(ask="unlink", data=DATA, fragment=plain, without="DecompressionStream")
    assert read["assessment"] == SAID
    assert unpack(plain) == unpack(link(server, DATA, SAID, notes=True))
    packed = link(server, DATA, SAID, notes=True)
    read = server.ask(ask="unlink", data=DATA, fragment=packed, without="DecompressionStream")
    assert read == {"refused": "link-browser", "found": ""}


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
    assert full == {"assessment": known, "unknown": []}
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


def exports(server: ScoringServer, data: Any, said: Any) -> dict[str, str]:
    made: dict[str, str] = server.ask(ask="exports", data=data, assessment=said)
    return made


# CSV.


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return [*csv.reader(io.StringIO(text[1:], newline=""), strict=True)]


def test_csv_has_a_row_for_each_gate(server: ScoringServer) -> None:
    text = exports(server, DATA, SAID)["csv"]
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    head, *rows = rows_of(text)
    named = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Id"] for row in named] == list(SAMPLE.gates)
    by_id = {row["Id"]: row for row in named}
    assert by_id["plan-kept"] == {
        **{"Code": "CR-1", "Id": "plan-kept", "Dimension": "Craft", "Stage": "First"},
        **{"Gate": "A plan is kept", "Answer id": "partly", "Answer": "In part", "Score": "0.5"},
        **{"Open": "no", "Blocking": "yes", "Reason": "", "Note": "", "Evidence": ""},
        "Flagged": "no",
    }
    assert by_id["work-checked"]["Note"] == "Soon."
    assert (by_id["drill-done"]["Open"], by_id["drill-done"]["Flagged"]) == ("yes", "yes")
    unanswered = next(row for row in named if not row["Answer id"])
    assert unanswered["Answer"] == unanswered["Score"] == unanswered["Open"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_has_a_name_for_each_column(server: ScoringServer, language: str) -> None:
    data = {**DATA, "words": quiz_words(language), "language": language}
    head, *rows = rows_of(exports(server, data, SAID)["csv"])
    assert {len(row) for row in rows} == {len(head)}
    assert len(set(head)) == len(head)


def test_the_guide_names_the_columns(server: ScoringServer) -> None:
    head, *_ = rows_of(exports(server, DATA, SAID)["csv"])
    part = PAGE[PAGE.index("{ #csv }") : PAGE.index("{ #markdown }")]
    named = re.findall(r"^\| ([A-Z][^|]+?) \|", part, re.MULTILINE)
    assert [one for line in named for one in line.split(", ")] == head


def is_unseen(character: str) -> bool:
    return character in '"' or character.isspace() or unicodedata.category(character)[0] == "C"


def begins_a_formula(cell: str) -> bool:
    while cell and is_unseen(cell[0]):
        cell = cell[1:]
    return cell.startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20"))


@with_hostile_words
def test_no_text_becomes_a_formula_or_breaks_the_table(server: ScoringServer, text: str) -> None:
    data, said = hostile(text)
    # A header is a text of the words like any other.
    data["words"]["csv-columns"] = data["words"]["csv-columns"].replace("Code", "=1")
    made = exports(server, data, said)["csv"]
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


def test_markdown_is_as_expected(server: ScoringServer, golden: Golden) -> None:
    made = exports(server, DATA, SAID)
    golden(ROOT / "tests" / "golden" / "result.md", made["markdown"])
    assert made["markdown"].endswith(f"\n\n{made['plan']}")


def shown(line: str) -> str:
    """Return what GitHub shows of a text that was escaped, and nothing else, on a line."""
    line = line.replace("<span>$</span>", "$")
    parts = re.split(r"(\\[!-/:-@\[-`{-~]|&#\d+;)", line)
    return "".join(
        one[1:] if one.startswith("\\") and len(one) == 2 else
        chr(int(one[2:-1])) if re.fullmatch(r"&#\d+;", one) else one
        for one in parts
    )  # fmt: skip


def one_line(text: str) -> str:
    """Return a text as it stands on one line, without what no file may hold."""
    return re.sub(r"[\s\ufeff\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+", " ", text).strip()


MARKUP = re.compile(r"[`*_\[\]~#<>|$\\]|&[#\w]|^([-+=]|\d+[.)]( |$))", re.ASCII)
"""What Markdown takes as more than text."""
REFERENCE = re.compile(r"@[^\s\u200b]|#\d|GH-\d|://|www\.|:[\w+-]+:", re.IGNORECASE | re.ASCII)
"""What GitHub links or replaces in the text that Markdown gave."""


@with_hostile_words
def test_text_in_markdown_stays_text(server: ScoringServer, text: str) -> None:
    data, said = hostile("")
    data["title"] = text
    [heading, *_] = exports(server, data, {**said, "date": ""})["markdown"].splitlines()
    escaped = heading.removeprefix("##").strip(" ")
    inert = re.sub(r"\\[!-/:-@\[-`{-~]|&#\d+;|<span>\$</span>", "¤", escaped)
    assert not MARKUP.search(inert)
    assert not REFERENCE.search(shown(escaped))
    assert shown(escaped).replace("\u200b", "") == one_line(text).replace("\u200b", "")


@with_hostile_words
def test_no_text_changes_the_shape_of_the_markdown(server: ScoringServer, text: str) -> None:
    def shape(words: str) -> list[str]:
        lines = exports(server, *hostile(words))["markdown"].splitlines()
        return [re.match(r"[-#| ]*(\[ \] \*\*|\*\*)?", line)[0] for line in lines]  # type: ignore[index]

    assert shape(f"x{text}x") == shape("xx")


def test_each_play_is_a_task(server: ScoringServer) -> None:
    plan = exports(server, DATA, SAID)["plan"].splitlines()
    tasks = [line for line in plan if line.startswith("- ")]
    assert tasks
    assert all(re.fullmatch(r"- \[ \] \*\*.+\*\* \(.+ weeks?\): opens .+", one) for one in tasks)


# The badge.

SVG = "{http://www.w3.org/2000/svg}"


def badge(server: ScoringServer, title: str, value: str, share: Any) -> ET.Element:
    return ET.fromstring(server.ask(ask="badge", title=title, value=value, share=share))  # noqa: S314


@with_hostile_words
def test_a_badge_is_xml_whatever_it_says(server: ScoringServer, text: str) -> None:
    root = badge(server, text, f"{text} 2", 0.5)
    assert root.get("role") == "img"
    assert {one.tag for one in root.iter()} == {
        f"{SVG}{n}" for n in ("svg", "title", "rect", "text")
    }
    texts = [one.text or "" for one in root.iter(f"{SVG}text")]
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == ": ".join(texts)
    for drawn, said in zip(texts, (text, f"{text} 2"), strict=True):
        assert len(drawn) <= 40
        plain = one_line(said)
        assert drawn == plain if len(plain) <= 40 else drawn == f"{plain[:39]}…"
    first, second = root.iter(f"{SVG}rect")
    assert float(first.get("width", "")) == float(second.get("x", ""))
    total = float(first.get("width", "")) + float(second.get("width", ""))
    assert total == float(root.get("width", ""))
    assert all(float(one.get("textLength", "-1")) >= 0 for one in root.iter(f"{SVG}text"))


def test_a_long_badge_is_cut_between_characters(server: ScoringServer) -> None:
    root = badge(server, "😀" * 1000, "x" * 1_000_000, 1)
    title, value = (one.text for one in root.iter(f"{SVG}text"))
    assert title == "😀" * 39 + "…"
    assert value == "x" * 39 + "…"


def luminance(colour: str) -> float:
    if colour.startswith("#"):
        parts = [int(digit * 2, 16) for digit in colour[1:]]
    else:
        parts = [int(number) for number in colour[4:-1].split(",")]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in
              (part / 255 for part in parts)]  # fmt: skip
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_badges_are_readable_and_darken_with_the_share(server: ScoringServer) -> None:
    before = 1.0
    for step in range(201):
        root = badge(server, "t", "v", step / 200)
        fills = [luminance(one.get("fill", "")) for one in root.iter(f"{SVG}rect")]
        inks = [luminance(one.get("fill", "")) for one in root.iter(f"{SVG}text")]
        for pair in zip(fills, inks, strict=True):
            assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5
        assert fills[1] <= before
        before = fills[1]
    for share, same in ((-3, 0), (7, 1), (None, 0)):
        left, right = (ET.tostring(badge(server, "t", "v", one)) for one in (share, same))
        assert left == right
