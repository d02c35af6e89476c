"""The public interface for Python: few names, documented, and the guide's examples run."""

from __future__ import annotations

import inspect
import json
import re
import shutil
from pathlib import Path

import pytest
import stagebook
from folders import ROOT, TESTS
from stagebook.report.data import result_data

GUIDE = ROOT / "content" / "guides" / "python.md"
RUBRIC = ROOT / "rubrics" / "ai-product.yml"
ANSWERS = TESTS / "assessments" / "ai-product.json"
NAMES = [
    *("Assessment", "AssessmentError", "Rubric", "RubricError", "Scorer"),
    *("TranslationRefused", "UpgradeRefused", "check", "compare", "compare_team", "diff"),
    *("explain", "export_translation", "import_translation", "load", "load_assessments"),
    *("read_assessments", "render", "resolve", "score", "translation_states", "upgrade"),
]


def test_the_public_names_are_these() -> None:
    assert stagebook.__all__ == NAMES
    for name in NAMES:
        assert inspect.getdoc(getattr(stagebook, name)), name
    with pytest.raises(AttributeError, match="has no attribute 'Loader'"):
        stagebook.Loader  # noqa: B018


def test_the_guide_names_them_all() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for name in NAMES:
        assert re.search(rf"`(check\(|)?{name}\b", text) or f"`{name}" in text, name


@pytest.mark.slow
def test_the_examples_of_the_guide_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "answers").mkdir()
    shutil.copy(RUBRIC, tmp_path / "rubrics")
    (tmp_path / "rubrics" / "my-model.yml").write_text("format: stagebook/1\n")
    head = "extends: {rubric: ai-product.yml, version: 2.0.0}\n"
    acme = f"{head}id: acme\ndimensions: {{evaluation: {{title: Measuring}}}}\n"
    (tmp_path / "rubrics" / "acme.yml").write_text(acme)
    french = f"{head}language: fr\ntitle: Une échelle\n"
    (tmp_path / "rubrics" / "ai-product.fr.yml").write_text(french, encoding="utf-8")
    shutil.copy(ANSWERS, tmp_path / "checkout.json")
    shutil.copy(ANSWERS, tmp_path / "answers")
    (tmp_path / "answers" / "broken.json").write_text("{")
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 4
    names: dict[str, object] = {}
    for example in examples:
        exec(example, names)  # noqa: S102 - the project's own documentation
    printed = capsys.readouterr().out
    assert printed.startswith("opportunistic\n")
    assert "answers/ai-product.json 2.5 2.5" in printed
    assert "answers/broken.json: $: error[" in printed
    assert "rubrics/my-model.yml:1:1: error[missing-key]" in printed
    assert "('dimensions', 'evaluation', 'title')]" in printed
    assert "0 clashes" in printed
    assert "'current': 1" in printed
    assert "1 texts are translated" in printed
    assert "title: Measuring" in (tmp_path / "whole.yml").read_text(encoding="utf-8")


def test_a_path_may_be_text() -> None:
    for name in NAMES:
        if inspect.isfunction(function := getattr(stagebook, name)):
            for one in inspect.signature(function).parameters.values():
                assert "Path" not in str(one.annotation) or "str | Path" in str(one.annotation), one


def test_an_upgrade_takes_paths_as_text(tmp_path: Path) -> None:
    over = tmp_path / "acme.yml"
    over.write_text("extends: {rubric: ai-product, version: 2.0.0}\nid: acme\n")
    copied = shutil.copy(RUBRIC, tmp_path)
    found, text, _ = stagebook.upgrade(str(over), str(copied), "ai-product")
    assert found.clashes == ()
    assert "{rubric: ai-product.yml, version:" in text


def test_results_are_those_of_the_commands() -> None:
    rubric = stagebook.load(RUBRIC)
    [answers] = stagebook.load_assessments(rubric, str(ANSWERS))
    scorer = stagebook.Scorer(rubric)
    assert stagebook.score(rubric, answers) == result_data(scorer, answers)
    assert stagebook.score(scorer, answers) == stagebook.score(rubric, answers)
    assert "Opportunistic" in stagebook.explain(rubric, answers)
    assert stagebook.compare(scorer, answers, answers).gates == ()
    team = stagebook.compare_team(rubric, [answers, answers], hide_names=True)
    assert [one.repeats for one in team.respondents] == [None, 1]


def test_what_is_wrong_is_raised_with_all_findings(tmp_path: Path) -> None:
    path = tmp_path / "r.yml"
    path.write_text("format: stagebook/1\ntitel: X\n")
    with pytest.raises(stagebook.RubricError) as wrong:
        stagebook.load(path)
    assert len(wrong.value.findings) > 1
    rubric = stagebook.load(RUBRIC)
    answers = tmp_path / "a.json"
    answers.write_text(json.dumps({"format": "stagebook-assessment/1", "answers": {"no-such": 1}}))
    with pytest.raises(stagebook.AssessmentError) as refused:
        stagebook.load_assessments(rubric, answers)
    assert all(line.startswith(str(answers)) for line in refused.value.findings)


def test_pages_come_by_path() -> None:
    pages = stagebook.render(stagebook.check(RUBRIC))
    assert pages["ai-product/index.md"].startswith(b"---\n")
    assert any(path.endswith("stagebook.js") for path in pages)
