"""The team view in the page and as a page: files of any quality, readable by all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe import COLOURS, TAGS, axe, paint
from browser import Visitor
from bundle import QUIZ, npm_script, part_of_page
from click.testing import CliRunner
from folders import ROOT
from playwright.sync_api import Page
from stagebook.assessment.team_file import team_text
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site.data import data_script

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
SAMPLE = load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric
ANSWERS = json.loads((ROOT / "tests" / "assessments" / "ai-product.json").read_text("utf-8"))
GATES = list(SAMPLE.gates)

ENTRY = f"""
import {{ Names }} from "{QUIZ}/render/names.js";
import {{ Pages }} from "{QUIZ}/render/pages.js";
import {{ findTops }} from "{QUIZ}/render/scale.js";
import {{ Scorer }} from "{QUIZ}/scoring/scorer.js";
import {{ TeamPanel }} from "{QUIZ}/parts/team.js";
import {{ wordsFor }} from "{QUIZ}/render/words.js";
const [data] = Object.values(globalThis.stagebookRubrics);
const scorer = new Scorer(data);
const names = new Names(data, new Pages("#"), wordsFor(data), findTops(scorer));
const section = document.querySelector("section");
const kept = {{}};
const keep = (what, text = kept[what] ?? null) => (kept[what] = text);
new TeamPanel(section, scorer, names, () => own, keep).draw();
"""
PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Team</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="single.css"><link rel="stylesheet" href="index.css">
<body class="md-typeset"><main class="sb-quiz"><h1>Team</h1>
<section><h2>Side by side</h2>{panel}</section></main>
<script>globalThis.own = {own}</script>
<script src="{language}.js"></script><script src="panel.js"></script>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundle the script and the styles of the page."""
    folder = tmp_path_factory.mktemp("panel")
    entry = folder / "entry.js"
    entry.write_text(ENTRY, encoding="utf-8")
    npm_script("esbuild", str(entry), "--bundle", f"--outfile={folder / 'panel.js'}")
    styles = ("styles/single.css", "styles/index.css")
    npm_script("esbuild", *styles, "--bundle", f"--outdir={folder}")
    return folder


Open = Callable[..., Page]


@pytest.fixture
def open_panel(visit: Visit, folder: Path) -> Open:
    """Return a function that opens a page which holds nothing but the panel."""

    def make(rubric: Rubric = SAMPLE, own: Any = (), **options: Any) -> Page:
        (folder / f"{rubric.language}.js").write_text(data_script(rubric), encoding="utf-8")
        panel = part_of_page("team-panel.jinja", "team_panel", rubric, rubric)
        given = json.dumps([*own]).replace("<", "\\u003c")
        page = PAGE.format(language=rubric.language, panel=panel, own=given)
        (folder / "index.html").write_text(page, encoding="utf-8")
        return visit(f"{folder.as_uri()}/", **options).open("index.html", wait=False)

    return make


def person(name: str, role: str = "", **answers: str) -> dict[str, Any]:
    told = {id_.replace("_", "-"): {"answer": answer} for id_, answer in answers.items()}
    answered = {**ANSWERS["answers"], **told}
    return {**ANSWERS, "respondent": name, "role": role, "answers": answered}


LEADER = person("Ada <b>L</b>", "leader", data_input_inventory="yes", mem_test_set="unknown")
PRACTITIONER = person("Bo", "practitioner", data_input_inventory="no", mem_test_set="no")


def file(name: str, content: Any) -> Any:
    text = content if isinstance(content, str) else json.dumps(content)
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def add(page: Page, *files: Any) -> str:
    """Choose files; return what the panel says of them."""
    status = page.locator(".sb-team [role=status]")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files([*files])
    status.locator("ul").wait_for(state="attached")
    return status.inner_text()


def discussed(page: Page) -> list[str]:
    return page.locator(".sb-team ol > li").all_inner_texts()


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Return what axe finds in the light and in the dark palette."""
    wrong: list[tuple[str, str, str]] = []
    palettes: list[tuple[Literal["light", "dark"], list[str]]] = [
        ("light", TAGS),
        ("dark", COLOURS),
    ]
    for scheme, rules in palettes:
        paint(page, scheme)
        found = axe(page, "html", rules)
        wrong += [(scheme, one["id"], node["html"]) for one in found for node in one["nodes"]]
    return wrong


@pytest.fixture
def panel(open_panel: Open) -> Page:
    return open_panel()


def test_files_are_put_side_by_side(panel: Page) -> None:
    assert "never leave it" in panel.locator(".sb-team").inner_text()
    said = add(panel, file("a.json", LEADER), file("b.json", PRACTITIONER))
    assert "2 assessments added, 0 rejected." in said
    rows = panel.locator(".sb-answers tbody tr").all_inner_texts()
    assert rows[0].startswith("Ada <b>L</b>\nleader, 2026-11-23\n\t107/110\tOpportunistic\t")
    first, second = discussed(panel)
    assert first.splitlines()[0] == SAMPLE.gates["data-input-inventory"].title
    assert "1 × No, 1 × Yes" in first
    assert "median of 2: Partly, from No to Yes" in first
    assert "Median of the leaders: Yes; of the practitioners: No." in first
    assert "1 × No, 1 × I do not know" in second
    assert "median of 1: No" in second
    assert "the leaders" not in second
    panel.locator("summary", has_text="All gates").click()
    assert panel.locator(".sb-team details li").count() == len(GATES)
    apart = panel.locator(".sb-subtitle", has_text="Where leaders and").locator("+ ul > li")
    assert [one.splitlines()[0] for one in apart.all_inner_texts()] == [first.splitlines()[0]]
    assert not panel.get_by_text("Nobody disagrees").is_visible()
    assert not panel.get_by_text("Nowhere").is_visible()
    assert panel.evaluate("() => localStorage.length + sessionStorage.length") == 0


@pytest.mark.long
def test_where_nobody_disagrees_that_is_said(panel: Page) -> None:
    add(panel, file("a.json", LEADER), file("b.json", {**LEADER, "respondent": "Other"}))
    assert panel.get_by_text("Nobody disagrees").is_visible()
    assert panel.get_by_text("Nowhere").is_visible()


@pytest.mark.long
def test_another_version_of_the_rubric_is_told(panel: Page) -> None:
    add(panel, file("a.json", {**LEADER, "rubric": {"id": SAMPLE.id, "version": "0.0.1"}}))
    row = panel.locator(".sb-answers tbody tr").inner_text()
    assert "leader, 2026-11-23, made with version 0.0.1" in row


@pytest.mark.long
def test_each_file_says_what_became_of_it(panel: Page) -> None:
    team = {
        "format": "stagebook-team/1",
        "assessments": [LEADER, 3, {**PRACTITIONER, "rubric": {"id": "other"}}],
    }
    said = add(
        panel,
        file("team.json", team),
        file("oops.json", "{oops"),
        {**file("latin.json", ""), "buffer": '{"team": "Bäd"}'.encode("latin-1")},
        file("newer.json", {"format": "stagebook-assessment/7"}),
        file("<img src=x onerror=alert(1)>.json", '"text"'),
        file("large.json", json.dumps({"x": "y" * 5_000_001})),
        file("added.json", PRACTITIONER),
    ).splitlines()
    assert said[0] == "2 assessments added, 7 rejected."
    assert len(said) == 8
    assert "team.json: This file is not a Stagebook assessment. Nothing was changed." in said
    assert any(line.startswith("team.json: These answers are for a different") for line in said)
    assert any(line.startswith("oops.json: This file holds no assessment: it") for line in said)
    assert any(line.startswith("latin.json: This file is not UTF-8.") for line in said)
    assert any("stagebook-assessment/7" in line for line in said)
    assert any(line.startswith("<img src=x onerror=alert(1)>.json: ") for line in said)
    assert any(line.startswith("large.json: This is larger than 5 MB") for line in said)
    assert panel.locator(".sb-team img").count() == 0


@pytest.mark.long
def test_files_can_be_dropped(panel: Page) -> None:
    drop = """(texts) => {
      const transfer = new DataTransfer();
      texts.forEach((text, n) => transfer.items.add(new File([text], `${n}.json`)));
      const place = document.querySelector(".sb-team");
      const options = {dataTransfer: transfer, cancelable: true, bubbles: true};
      const over = new DragEvent("dragover", options);
      place.dispatchEvent(over);
      const dropped = new DragEvent("drop", options);
      place.dispatchEvent(dropped);
      return over.defaultPrevented && dropped.defaultPrevented;
    }"""
    assert panel.evaluate(drop, [json.dumps(LEADER), json.dumps(PRACTITIONER)])
    panel.locator(".sb-team ol > li").first.wait_for()
    assert len(discussed(panel)) == 2


def test_the_team_file_holds_what_came_and_hidden_names_are_nowhere(panel: Page) -> None:
    odd = {**PRACTITIONER, "x_own": [1, {"y": None}], "unread": {"respondent": ["Bo"], "k": 1}}
    add(panel, file("ada.json", LEADER), file("bo.json", odd))
    saved = {}
    for hidden in (False, True):
        if hidden:
            panel.get_by_label("Hide names").check()
        with panel.expect_download() as started:
            panel.get_by_role("button", name="Save as one team file").click()
        saved[hidden] = json.loads(Path(started.value.path()).read_text("utf-8"))
        assert started.value.suggested_filename == "ai-product-team.json"
    assert saved[False]["assessments"] == [LEADER, odd]
    assert saved[True]["rubric"] == {"id": SAMPLE.id, "version": SAMPLE.version}
    nameless = [{k: v for k, v in one.items() if k != "respondent"} for one in (LEADER, odd)]
    nameless[1]["unread"] = {"k": 1}
    assert saved[True]["assessments"] == nameless
    html = panel.locator(".sb-team").evaluate("(one) => one.outerHTML")
    for name in ("Ada", "Bo<", "Bo ", "ada.json", "bo.json"):
        assert name not in html
    assert "Respondent 2" in html


@pytest.mark.long
def test_a_team_file_of_the_command_is_taken(panel: Page) -> None:
    text = team_text(SAMPLE.id, SAMPLE.version, map(json.dumps, [LEADER, PRACTITIONER]))
    assert "2 assessments added" in add(panel, file("team.json", text))
    assert len(discussed(panel)) == 2


@pytest.mark.long
def test_by_keyboard_alone(panel: Page) -> None:
    add(panel, file("a.json", LEADER), file("b.json", PRACTITIONER))
    panel.get_by_role("button", name="Remove Bo").focus()
    panel.keyboard.press("Enter")
    status = panel.locator(".sb-team [role=status]")
    assert status.inner_text() == "Bo is removed."
    assert status.evaluate("(one) => one === document.activeElement")
    assert panel.locator(".sb-answers tbody tr").count() == 1
    panel.keyboard.press("Tab")
    panel.keyboard.press("Enter")
    assert not panel.locator(".sb-answers").is_visible()


@pytest.mark.long
def test_own_assessments_take_part_when_ticked(open_panel: Open) -> None:
    page = open_panel(own=[{"id": "one", "assessment": {**LEADER, "subject": "Checkout"}}])
    assert not page.locator(".sb-answers").is_visible()
    add(page, file("b.json", PRACTITIONER))
    tick = page.get_by_label("Checkout, Ada <b>L</b>, 2026-11-23")
    tick.check()
    assert tick.evaluate("(one) => one === document.activeElement")
    assert len(discussed(page)) == 2
    page.get_by_role("button", name="Remove Ada").click()
    assert not tick.is_checked()
    assert page.locator(".sb-answers").locator("tbody tr").count() == 1
    page.get_by_label("Hide names").check()
    assert page.get_by_label("Checkout, 2026-11-23").is_visible()


@pytest.mark.long
def test_hundreds_of_files_are_taken_at_once(panel: Page) -> None:
    files = [file(f"{n}.json", {**LEADER, "respondent": str(n)}) for n in range(200)]
    said = add(panel, *files, file("b.json", PRACTITIONER))
    assert said.startswith("201 assessments added, 0 rejected.")
    assert panel.locator(".sb-answers tbody tr").count() == 201
    assert "1 × No, 200 × Yes" in discussed(panel)[0]


@pytest.mark.long
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(open_panel: Open) -> None:
    own = [{"id": "one", "assessment": {**LEADER, "respondent": "x" * 300}}]
    page = open_panel(own=own, width=320)
    add(page, file("a.json", LEADER), file("b.json", PRACTITIONER), file("c.json", "{"))
    page.locator(".sb-team fieldset input").check()
    page.locator("summary", has_text="All gates").click()
    assert page.locator(".sb-team details li").first.is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll(".sb-team :is(button, summary, label)")]
             .map((one) => [one.textContent, one.getBoundingClientRect()])
             .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
             .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []
    assert violations(page) == []


@pytest.mark.long
def test_the_page_of_the_command_is_readable_by_all(visit: Visit, tmp_path: Path) -> None:
    team = tmp_path / "team.json"
    long = {**LEADER, "respondent": "x" * 300, "role": "y" * 300}
    team.write_text(team_text("ai-product", "1.0.0", map(json.dumps, [long, PRACTITIONER])))
    out = tmp_path / "team.html"
    rubric = ROOT / "rubrics" / "ai-product.yml"
    arguments = ["team", str(rubric), str(team), "--format", "html", "-o", str(out)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    page = visit(f"{tmp_path.as_uri()}/", width=320).open("team.html")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert page.locator("script").count() == 0
    assert violations(page) == []


@pytest.mark.long
def test_the_panel_speaks_german(open_panel: Open) -> None:
    page = open_panel(SAMPLE.model_copy(update={"language": "de"}))
    files = [file("a.json", LEADER), file("b.json", {**PRACTITIONER, "respondent": ""})]
    page.locator(".sb-team input[type=file]").set_input_files(files)
    page.locator(".sb-team ol > li").first.wait_for()
    shown = page.locator(".sb-team").inner_text()
    for words in ("Zuerst darüber sprechen", "Person 2", "Median der Leitung", "Namen verbergen"):
        assert words in shown
