"""The guides: every command runs, every file is what it claims to be, and the reference is true."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest
import yaml
from folders import ROOT
from guides import fences, follow
from stagebook import check, load
from stagebook.rubric.json_schema import schema
from stagebook.rubric.yaml_source import read_yaml

REFERENCE = runpy.run_path(str(ROOT / "tools" / "reference.py"))
GUIDES = [
    "branding",
    "bring-your-model",
    "editor",
    "engines",
    "fork",
    "publishing",
    "several-rubrics",
]


@pytest.mark.long
@pytest.mark.slow
def test_fork(tmp_path: Path) -> None:
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "mkdocs.yml").write_text("site_name: Handbook\n")
    assert follow("fork", tmp_path) == tmp_path / "handbook"
    end = tmp_path / "acme-ai"
    assert load(end / "rubrics" / "acme-ai.yml").title == "Acme AI"
    assert check(end / "rubrics" / "support-desk.yml").rubric.id == "support-desk"
    assert (end / "site" / "acme-ai" / "quick-check.html").is_file()


@pytest.mark.slow
def test_branding(tmp_path: Path) -> None:
    end = follow("branding", tmp_path)
    home = (end / "site" / "index.html").read_text(encoding="utf-8")
    assert "Acme Playbooks" in home
    assert 'href="brand/logo.svg"' in home
    assert "#5b2333" in (end / "site" / "brand" / "colours.css").read_text()
    overview = (end / "site" / "acme-ai" / "index.html").read_text(encoding="utf-8")
    assert "How we work" in overview


@pytest.mark.long
@pytest.mark.slow
def test_publishing(tmp_path: Path) -> None:
    end = follow("publishing", tmp_path)
    assert (end / ".github" / "workflows" / "site.yml").is_file()
    assert (end / "acme-gitlab" / ".gitlab-ci.yml").is_file()
    assert (end / "assess.html").is_file()
    page = (end / "site" / "acme-ai" / "index.html").read_text(encoding="utf-8")
    edit = "https://git.example.org/acme/playbook/edit/main/rubrics/acme-ai.yml#L"
    assert edit in page


@pytest.mark.slow
def test_engines(tmp_path: Path) -> None:
    end = follow("engines", tmp_path)
    config = (end / "build" / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    assert "- stagebook:" not in config
    assert "acme-ai/index.md" in config


@pytest.mark.slow
def test_several_rubrics(tmp_path: Path) -> None:
    end = follow("several-rubrics", tmp_path)
    home = (end / "site" / "index.html").read_text(encoding="utf-8")
    assert re.search(r">\s*Support\s*<", home)
    for name in ("support-desk", "on-call"):
        assert (end / "site" / name / "assess.html").is_file()
        assert f'href="{name}/' in home


@pytest.mark.long
@pytest.mark.slow
def test_translations(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    theme = "theme: {name: material, font: false}"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Two\n{theme}\nplugins:\n  - search\n")
    end = follow("translations", tmp_path)
    german = (end / "rubrics" / "ml-test-score.de.yml").read_text(encoding="utf-8")
    assert "x-translated:" in german
    for language in ("de", "fr"):
        page = end / "site" / language / "ml-test-score" / "gates" / "index.html"
        assert f'<html lang="{language}"' in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_editor(tmp_path: Path) -> None:
    (tmp_path / "rubrics").mkdir()
    sample = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
    (tmp_path / "rubrics" / "sample.yml").write_bytes(sample.read_bytes())
    follow("editor", tmp_path)
    assert json.loads((tmp_path / "rubrics" / "schema.json").read_text()) == schema()
    assert json.loads((tmp_path / ".vscode" / "settings.json").read_text())
    config = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text())
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert config["repos"][0]["hooks"] == [{"id": offered[0]["id"]}]
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "rubrics.yml").read_text())
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    assert set(workflow["jobs"]["check"]["steps"][-1]["with"]) <= set(inputs)


@pytest.mark.parametrize("name", GUIDES)
def test_snippets_use_keys_that_exist(name: str) -> None:
    document = schema()
    records = [document, *document["definitions"].values()]
    known = {key for record in records for key in record.get("properties", {})}
    for fence in fences(name):
        if fence.language == "yaml":
            data = read_yaml(fence.body, name).data
            if not fence.title:
                assert {key for key in data if not key.startswith("x-")} <= known
        else:
            assert fence.language in ("sh", "css", "json", "markdown")


def test_the_reference_is_that_of_the_records() -> None:
    """`make golden` writes it."""
    page = REFERENCE["PAGE"].read_text(encoding="utf-8")
    assert page == REFERENCE["reference"]()


def test_the_reference_has_a_meaning_and_an_example_for_every_key() -> None:
    page = REFERENCE["PAGE"].read_text(encoding="utf-8")
    document = schema()
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(sections) == {"Rubric", *document["definitions"]}
    for name, record in {"Rubric": document, **document["definitions"]}.items():
        rows = re.findall(r"^\| \**`(\w+)`\** \| (.+) \| (.+) \| (.*) \|$", sections[name], re.M)
        assert [row[0] for row in rows] == list(record["properties"])
        for key, kind, meaning, example in rows:
            assert kind, (name, key)
            assert meaning, (name, key)
            assert example.startswith(f"`{key}: "), (name, key)


def test_every_guide_is_in_the_navigation() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in (ROOT / "content" / "guides").glob("*.md"):
        assert f"- guides/{path.name}\n" in config
