"""Overlays on files and on shipped rubrics: what they make, and where findings point."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import stagebook
from click.testing import CliRunner, Result
from folders import GOOD, ROOT
from hypothesis import given, settings
from mkdocs.config.base import load_config
from mkdocs.structure.files import Files
from stagebook.checks.loader import Reading, read_rubric
from stagebook.cli import main
from stagebook.files import shipped
from stagebook.overlay.resolving import Base
from stagebook.plugin import StagebookPlugin
from stagebook.rubric.model import Rubric
from strategies import rubrics

ANSWERS = ROOT / "tests" / "assessments" / "ai-product.json"
ACME = """\
extends: {rubric: ai-product, version: 2.0.0}
id: acme-ai
title: Acme's AI ladder
stages: {repeatable: {title: Defined}}
gates:
  eval-starter-set: {partly: "The tasks are synthetic only, or older than a year."}
  acme-budget:
    after: eval-starter-set
    dimension: evaluation
    stage: repeatable
    title: The budget for evaluation is known
    test: The team can name what one run of the evaluation costs.
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yml"
    path.write_text(ACME)
    return path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copy(GOOD / "sample.yml", tmp_path))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def lines(path: Path) -> list[str]:
    return [str(one).replace(f"{path.parent}/", "") for one in stagebook.check(path).findings]


def test_the_base_is_a_shipped_rubric_by_name(acme: Path) -> None:
    reading = stagebook.check(acme)
    assert reading.findings == ()
    base = stagebook.load(ROOT / "rubrics" / "ai-product.yml")
    rubric = stagebook.load(acme)
    assert (rubric.id, rubric.version) == ("acme-ai", base.version)
    assert rubric.stages["repeatable"].title == "Defined"
    ids = list(rubric.gates)
    assert ids.index("acme-budget") == ids.index("eval-starter-set") + 1
    assert len(ids) == len(base.gates) + 1
    assert rubric.remediations == base.remediations
    assert shipped.path("ai-product") in reading.files.values()
    assert stagebook.load("ai-product").gates == base.gates


def test_commands_take_overlays_and_shipped_names(acme: Path, tmp_path: Path) -> None:
    assert run("check", "--strict", acme, "ml-test-score").exit_code == 0
    answers = tmp_path / "answers.json"
    answers.write_text(ANSWERS.read_text(encoding="utf-8").replace('"ai-product"', '"acme-ai"'))
    ours, theirs = (
        json.loads(run("score", rubric, file, "--format", "json").stdout)["coverage"]["gates"]
        for rubric, file in ((acme, answers), ("ai-product", ANSWERS))
    )
    assert ours == theirs + 1
    page = tmp_path / "assess.html"
    assert run("assess", acme, "-o", page).exit_code == 0
    assert "The budget for evaluation is known" in page.read_text(encoding="utf-8")


def answered(rubric: str, gate: str) -> str:
    head = {"format": "stagebook-assessment/1", "rubric": {"id": rubric, "version": "2.0.0"}}
    return json.dumps({**head, "answers": {gate: "yes"}})


def test_an_overlay_reads_the_answers_to_what_it_extends(acme: Path, tmp_path: Path) -> None:
    """Also those to the base of its base, and it says so; those to other rubrics are refused."""
    again = tmp_path / "again.yml"
    again.write_text("extends: acme.yml\nid: acme-two\ntitle: Two\n", encoding="utf-8")
    rubric = stagebook.load(again)
    assert rubric.bases == ("acme-ai", "ai-product")
    gate = next(iter(rubric.gates))
    answers = tmp_path / "answers.json"
    for id_, wanted in [("acme-ai", 1), ("ai-product", 1), ("acme-two", 1), ("acme-one", 0)]:
        answers.write_text(answered(id_, gate), encoding="utf-8")
        [reading] = stagebook.read_assessments(rubric, answers)
        assert len(reading.assessment.answers if reading.assessment else ()) == wanted
        codes = [one.code for one in reading.findings if one.code != "other-version"]
        expected = {"acme-two": [], "acme-one": ["other-rubric"]}.get(id_, ["base-rubric"])
        assert codes == expected
    result = CliRunner().invoke(main, ["score", str(again), str(answers)])
    assert result.exit_code == 1
    answers.write_text(answered("ai-product", gate), encoding="utf-8")
    result = CliRunner().invoke(main, ["score", str(again), str(answers)])
    assert result.exit_code == 0
    note = "$.rubric.id: warning[base-rubric]: made with 'ai-product', which 'acme-two' extends"
    assert note in result.stderr


def test_the_download_of_a_page_is_the_whole_rubric(acme: Path) -> None:
    pages = stagebook.render(stagebook.check(acme))
    whole = read_rubric(pages["acme-ai/rubric.yml"].decode(), "rubric.yml")
    assert whole.findings == ()
    assert whole.rubric == stagebook.load(acme)


def test_findings_point_into_the_file_that_wrote_the_value(sample: Path) -> None:
    over = sample.with_name("over.yml")
    sample.write_text(sample.read_text().replace("summary: It runs for one.", "summary: <b>x</b>"))
    over.write_text(
        "extends: sample.yml\n"
        "gates:\n  work-checked: {requires: [plan-kepd]}\n  drill-done:\n    partly: |\n"
        "      A line.\n      And <i>this</i>.\n"
    )
    assert lines(over) == [
        "over.yml:3:29: error[dangling-id]: no gate has the id 'plan-kepd' "
        "(did you mean 'plan-kept'?)",
        "over.yml:7:11: warning[raw-html]: '<i>' is shown as text: raw HTML is not supported",
        "sample.yml:22:14: warning[raw-html]: '<b>' is shown as text: raw HTML is not supported",
    ]


def test_overlays_may_extend_overlays(sample: Path) -> None:
    middle, top = sample.with_name("middle.yml"), sample.with_name("top.yml")
    middle.write_text(
        "extends: {rubric: sample.yml, version: 1.2.0}\nid: middle\nversion: 2.0.0\n"
        "title: Middle\ngates: {load-known: {title: Load, weight: 2}}\n"
        "sources: {own: {title: Ours}}\nchecks: {unused-id: off}\n"
    )
    top.write_text(
        "extends: {rubric: ./middle.yml, version: 2.0.0}\nid: top\n"
        "gates: {load-known: {weight: 3}}\nsources: {own: null}\n"
    )
    assert lines(top) == []
    rubric = stagebook.load(top)
    gate = rubric.gates["load-known"]
    assert (rubric.id, rubric.title, rubric.version) == ("top", "Middle", "2.0.0")
    assert (gate.title, gate.weight, gate.scale) == ("Load", 3, "grade")
    assert "own" not in rubric.sources
    text = run("resolve", top).output.replace(f"{sample.parent}/", "")
    assert text.startswith(
        "# resolved from top.yml\n# extends middle.yml\n# extends sample.yml\n"
        "# removed: source 'own'  top.yml:4, over middle.yml:6\n"
    )
    assert "title: Load  # middle.yml:5, over sample.yml:77\n" in text
    assert "weight: 3  # top.yml:3, over middle.yml:5\n" in text


def test_a_circle_through_several_files_is_refused(tmp_path: Path) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "./../{here}/b")):
        text = f"extends: {base.format(here=tmp_path.name)}.yml\n"
        (tmp_path / f"{name}.yml").write_text(text)
    [line] = lines(tmp_path / "a.yml")
    assert line == (
        "c.yml:1:10: error[base-circle]: the rubrics extend each other in a circle: "
        f"b.yml → c.yml → ./../{tmp_path.name}/b.yml"
    )


def test_a_base_with_faults_says_where(tmp_path: Path) -> None:
    over = tmp_path / "over.yml"
    over.write_text("extends: base.yml\n")
    (tmp_path / "base.yml").write_bytes(b"a: \xff\n")
    assert "base.yml: byte 0xFF is not valid UTF-8" in lines(over)[0]
    (tmp_path / "base.yml").write_text("a: [\n")
    assert lines(over)[0].startswith("base.yml:2:1: error[yaml-syntax]")
    (tmp_path / "base.yml").write_text("- a\n")
    assert "over.yml:1:10: error[base-unreadable]: the base is not a rubric" in lines(over)[0]


def test_a_text_without_a_file_cannot_extend() -> None:
    [finding] = read_rubric("extends: ai-product\n", "x.yml").findings
    assert finding.code == "base-unreadable"


def on(base: str, overlay: str) -> Reading:
    return read_rubric(overlay, "over.yml", lambda header, identity: Base("b", "base.yml", base))


@settings(max_examples=30)
@given(rubrics())
def test_an_empty_overlay_resolves_to_its_base_and_says_so(rubric: Rubric) -> None:
    text = rubric.model_dump_json(by_alias=True, exclude_defaults=True)
    text = json.dumps({"format": "stagebook/1", **json.loads(text)})
    base, empty = read_rubric(text, "base.yml"), on(text, "extends: base.yml\n")
    assert empty.records == base.records
    assert empty.source.data == base.source.data
    new = {one.code for one in empty.findings} - {one.code for one in base.findings}
    assert new == {"patch-idle"}
    again = read_rubric(empty.text, "again.yml")
    assert again.source.data == base.source.data, "and YAML gives it back"


def test_the_plugin_watches_the_base_and_links_to_where_a_page_is_written(sample: Path) -> None:
    folder = sample.parent
    (folder / "docs").mkdir()
    (folder / "rubrics").mkdir()
    (folder / "rubrics" / "over.yml").write_text(
        "extends: ../sample.yml\nid: over\nremediations: {write-plan: {title: Write}}\n"
    )
    (folder / "mkdocs.yml").write_text(
        "site_name: S\nedit_uri: https://example.org/edit/docs/\nplugins: [stagebook]\n"
    )
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = config.plugins["stagebook"]
    assert isinstance(plugin, StagebookPlugin)
    config = config.plugins.on_config(config)
    assert str(sample) in config.watch
    files = config.plugins.on_files(Files([]), config=config)
    edits = {file.src_uri: file.edit_uri for file in files if file.edit_uri}
    assert edits["over/index.md"] == "../rubrics/over.yml"
    assert edits["over/stages/ground.md"] == "../sample.yml"
    assert edits["over/remediations/write-plan.md"] == "../rubrics/over.yml"
