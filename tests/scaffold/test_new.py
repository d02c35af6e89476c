"""`stagebook new`: a complete site that builds at once, and never at the cost of a file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml
from building import mkdocs
from folders import GOOD, ROOT
from new_sites import run, tree
from stagebook import check
from stagebook.cli import original
from stagebook.files import additions, shipped
from stagebook.files.additions import add_files
from stagebook.files.installed import pinned_requirements
from stagebook.files.refusals import OutputRefused
from stagebook.scaffold.rubrics import blank, id_for
from stagebook.scaffold.site import theme_language
from stagebook.scaffold.templates import template_names

pytestmark = pytest.mark.slow

TITLE = "R&D: *our* <b>model</b> “x” #1"


@pytest.mark.slow
def test_a_new_site_with_an_overlay_builds_too(tmp_path: Path) -> None:
    made = run("new", tmp_path / "x", "--title", "Acme", "--from", "ai-product", "--overlay")
    assert made.exit_code == 0, made.output
    built = mkdocs("build", "--strict", cwd=tmp_path / "x")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "x" / "site" / "acme" / "quick-check.html").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["blank", "german"])
def test_a_new_site_builds_at_once_without_a_warning(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "acme"
    begin = GOOD / "german.yml" if name == "german" else name
    made = run("new", folder, "--title", TITLE, "--from", begin, "--ci", "none")
    assert made.exit_code == 0, made.output
    built = mkdocs("build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    [rubric] = (folder / "rubrics").glob("*.yml")
    assert check(rubric).findings == ()
    home = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "R&amp;D: *our* &lt;b&gt;model&lt;/b&gt; “x” #1" in home
    assert "<b>model" not in home
    assert f'href="{rubric.stem}/assessment.html"' in home
    for address in re.findall(r'(?:src|href)="([^"#?]+)', home):
        if not address.startswith("https://"):  # Links that a reader may follow.
            assert (folder / "site" / address).exists(), address
    # The page for addresses that do not exist is shown at any of them.
    lost = (folder / "site" / "404.html").read_text(encoding="utf-8")
    assert f'<li><a href="/{rubric.stem}/index.html">' in lost
    assert ("Seite nicht gefunden" if name == "german" else "Page not found") in lost
    assert "Content-Security-Policy" in lost


def test_the_home_page_uses_the_terms_of_the_model(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text(
        (GOOD / "sample.yml").read_text("utf-8")
        + "terms: {assessment: {one: audit, many: audits}, symptom: {one: signal, many: signals}}\n"
    )
    assert run("new", tmp_path / "x", "--title", "T", "--from", own).exit_code == 0
    home = (tmp_path / "x" / "content" / "index.md").read_text(encoding="utf-8")
    assert re.findall(r"^\[(.+?)\]", home, re.MULTILINE) == [
        *("Quick check", "Full audit", "Signal finder"),
    ]


def test_our_own_site_uses_the_templates_of_a_new_one(tmp_path: Path) -> None:
    run("new", tmp_path / "x", "--title", "Acme", "--from", "blank")
    for name in ("404.html", "main.html"):
        page = Path("overrides") / name
        assert (ROOT / page).read_text("utf-8") == (tmp_path / "x" / page).read_text("utf-8")


@pytest.mark.long
@pytest.mark.slow
def test_a_shipped_rubric_gets_an_id_and_a_title_of_its_own(tmp_path: Path) -> None:
    for name in shipped.names():
        run("new", tmp_path / name, "--title", "Acme AI", "--from", name)
        reading = check(tmp_path / name / "rubrics" / "acme-ai.yml")
        assert (reading.rubric.id, reading.rubric.title) == ("acme-ai", "Acme AI")
        # Of an overlay, such as a translation, the copy is the whole rubric.
        original_text = check(shipped.path(name) or Path()).text
        body = original_text[original_text.index("\nversion:") :]
        assert reading.source.text.endswith(body)
        about = (tmp_path / name / "content" / "about.md").read_text(encoding="utf-8")
        assert (
            f"version {reading.rubric.version}, under the licence {reading.rubric.licence}" in about
        )


def test_a_file_of_ones_own_stays_as_it_is(tmp_path: Path) -> None:
    own = GOOD / "sample.yml"
    assert run("new", tmp_path / "x", "--title", "T", "--from", own).exit_code == 0
    first, _, rest = (tmp_path / "x" / "rubrics" / "sample.yml").read_text().partition("\n")
    assert first == "# yaml-language-server: $schema=schema.json"
    assert rest == own.read_text().partition("\n")[2]
    plain = tmp_path / "plain.yml"
    plain.write_text(blank("P", "plain").text.partition("\n")[2])
    assert run("new", tmp_path / "y", "--title", "T", "--from", plain).exit_code == 0
    written = (tmp_path / "y" / "rubrics" / "plain.yml").read_text()
    assert written == f"# yaml-language-server: $schema=schema.json\n{plain.read_text()}"


@pytest.mark.parametrize("name", ["ai-product", "devops-practices"])
def test_the_example_in_an_overlay_holds(tmp_path: Path, name: str) -> None:
    run("new", tmp_path / "x", "--title", "Acme", "--from", name, "--overlay")
    path = tmp_path / "x" / "rubrics" / "acme.yml"
    head, example = path.read_text("utf-8").split("#\n# gates:")
    path.write_text(f"{head}gates:" + example.replace("\n#", "\n"), encoding="utf-8")
    result = run("check", "--strict", path)
    assert (result.exit_code, result.stdout) == (0, "1 file checked: no findings\n")


def test_an_overlay_names_its_base_and_the_version_of_it(tmp_path: Path) -> None:
    run("new", tmp_path / "x", "--title", "Acme", "--from", "ai-product", "--overlay")
    overlay = yaml.safe_load((tmp_path / "x" / "rubrics" / "acme.yml").read_text())
    assert overlay == {
        "extends": {"rubric": "ai-product", "version": "2.0.0"},
        "id": "acme",
        "title": "Acme",
        "version": "0.1.0",
    }
    run("new", tmp_path / "y", "--title", "Acme", "--from", GOOD / "sample.yml", "--overlay")
    overlay = yaml.safe_load((tmp_path / "y" / "rubrics" / "acme.yml").read_text())
    base = tmp_path / "y" / "rubrics" / overlay["extends"]["rubric"]
    assert base.read_bytes() == (GOOD / "sample.yml").read_bytes()
    assert run("new", tmp_path / "z", "--from", "blank", "--overlay").exit_code == 2
    assert not (tmp_path / "z").exists()


@pytest.mark.parametrize("options", [(), ("--overlay",)])
def test_an_overlay_of_ones_own_is_written_whole_and_said(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    over = tmp_path / "acme.yml"
    over.write_text("extends: ai-product\nid: acme\n")
    made = run("new", tmp_path / "x", "--title", "T", "--from", over, "--ci", "none", *options)
    assert made.exit_code == 0
    said = f"{over} extends ai-product: it is written as a whole rubric, not as an overlay\n"
    assert said in made.stderr
    folder = tmp_path / "x" / "rubrics" / ("base" if options else "")
    assert check(folder / "acme.yml").rubric == check(over).rubric
    assert "extends" not in (folder / "acme.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("ci", "expected"), [("github", ".github/workflows/site.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_site_has_the_workflow_of_one_provider(tmp_path: Path, ci: str, expected: str) -> None:
    run("new", tmp_path / "x", "--from", "blank", "--ci", ci)
    files = tree(tmp_path / "x")
    found = {name for name in files if name.startswith((".github/", ".gitlab"))}
    assert found == {expected}
    workflow = files[expected].decode()
    yaml.safe_load(workflow)
    for part in ("pip install -r requirements.txt", "stagebook check --strict", "build --strict"):
        assert part in workflow
    assert expected in files["README.md"].decode()
    run("new", tmp_path / "none", "--from", "blank", "--ci", "none")
    assert not [name for name in tree(tmp_path / "none") if name.startswith((".github", ".gitl"))]


def test_workflows_use_the_same_actions_everywhere() -> None:
    """Pinned to commits, so that nobody can exchange them."""
    own = (ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+ # \S+)", own)
    for name in [one for one in template_names() if one.startswith("dot-github/")]:
        text = (ROOT / "generator" / "stagebook" / "scaffold" / "site" / name).read_text("utf-8")
        assert sorted(re.findall(r"uses: (\S+ # \S+)", text)) == sorted(used)


def test_editors_know_the_schema_of_a_new_rubric(tmp_path: Path) -> None:
    run("new", tmp_path / "x", "--from", "blank")
    assert (tmp_path / "x" / "rubrics" / "schema.json").read_bytes() == (
        ROOT / "rubrics" / "schema.json"
    ).read_bytes()
    settings = json.loads((tmp_path / "x" / ".vscode" / "settings.json").read_text())
    assert settings["yaml.schemas"] == {"./rubrics/schema.json": ["rubrics/*.yml"]}
    assert json.loads((tmp_path / "x" / ".vscode" / "extensions.json").read_text())
    rubric = (tmp_path / "x" / "rubrics" / "x.yml").read_text()
    assert rubric.startswith("# yaml-language-server: $schema=schema.json\n")


def test_nothing_is_overwritten_and_all_that_stands_in_the_way_is_listed(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("mine")
    (tmp_path / "README.md").symlink_to("nowhere")
    (tmp_path / "rubrics").write_text("a file, not a folder")
    before = tree(tmp_path)
    for more in ([], ["--dry-run"]):
        refused = run("new", tmp_path, "--from", "blank", *more)
        assert refused.exit_code == 2
        assert refused.output.endswith("written: README.md, content/index.md, rubrics\n")
        assert tree(tmp_path) == before
    refused = run("new", tmp_path / "rubrics", "--from", "blank")
    assert (refused.exit_code, "is not a directory" in refused.output) == (2, True)


def test_a_folder_with_other_files_is_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("[core]")
    (tmp_path / "content").mkdir()
    assert run("new", tmp_path, "--from", "blank").exit_code == 0
    assert (tmp_path / ".git" / "config").read_text() == "[core]"
    assert (tmp_path / "content" / "index.md").is_file()


def test_what_to_do_next_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    folder = tmp_path / "our model"
    made = run("new", folder, "--title", "Ours", "--from", "blank")
    assert f"Next: cd '{folder}' && mkdocs serve" in made.output


def test_a_dry_run_lists_what_a_run_writes(tmp_path: Path) -> None:
    listed = run("new", tmp_path / "x", "--from", "blank", "--dry-run")
    assert listed.exit_code == 0
    assert list(tmp_path.iterdir()) == []
    written = run("new", tmp_path / "x", "--from", "blank")
    assert written.stdout == listed.stdout
    files = {str(tmp_path / "x" / name) for name in tree(tmp_path / "x")}
    assert set(listed.stdout.splitlines()) == files


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mkdocs.yml").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(additions, "replace_file", full)
    with pytest.raises(OutputRefused, match="No space left"):
        add_files({"a/b/c": b"1"}, tmp_path / "there", changed={"mkdocs.yml": b"new"})
    assert tree(tmp_path / "there") == {"mkdocs.yml": b"old"}
    assert not (tmp_path / "there" / "a").exists()
    with pytest.raises(OutputRefused):
        add_files({"a": b"1", "a/b": b"not possible"}, tmp_path / "absent" / "deep")
    assert os.listdir(tmp_path / "absent") == []  # noqa: PTH208


def test_on_a_terminal_three_things_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(original, "is_asked", lambda: True)
    asked = run("new", tmp_path / "acme-ai", answers="\nblank\nnone\n")
    assert asked.exit_code == 0, asked.output
    assert asked.output.count("]:") == 3
    assert "Title [Acme ai]:" in asked.output
    assert check(tmp_path / "acme-ai" / "rubrics" / "acme-ai.yml").rubric.title == "Acme ai"
    told = ("--title", "T", "--from", "blank", "--ci", "none")
    assert "]:" not in run("new", tmp_path / "y", *told).output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--from", "ai-prodct"], 2, "is called 'ai-prodct' (did you mean 'ai-product'?)"),
        (["--title", " "], 2, "one line"),
        (["--title", "a\nb"], 2, "one line"),
        (["--from", ROOT / "tests" / "rubrics" / "bad" / "bad-id.yml"], 1, "error[bad-id]"),
        (["--from", ROOT], 1, "error[unreadable]"),
    ],
)
def test_what_cannot_be_begun_with_is_refused(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    refused = run("new", tmp_path / "x", *arguments)
    assert (refused.exit_code, type(refused.exception)) == (code, SystemExit)
    assert words in " ".join(refused.output.split())
    assert list(tmp_path.iterdir()) == []


def test_ids_are_made_of_titles() -> None:
    assert id_for("Acme’s AI ladder", "x") == "acme-s-ai-ladder"
    assert id_for("Größe & Élan, Œuvre") == "grosse-elan-oeuvre"
    assert id_for("Łódź İstanbul Ærø") == "lodz-istanbul-aero"
    assert id_for("成熟度", "x") == "x"
    assert id_for("成熟度", "モデル") == "model"
    assert id_for("Stagebook") == "my-model"
    assert id_for("About") == "my-model"


@pytest.mark.parametrize(
    ("title", "options"),
    [
        *((title, ["--from", "blank"]) for title in ("True", "null", "yes", "2026-11-30", "1e400")),
        ("2024", []),
        ("2024", ["--overlay"]),
    ],
)
def test_an_id_that_looks_like_something_else_is_quoted(
    tmp_path: Path, title: str, options: list[str]
) -> None:
    made = run("new", tmp_path / "site", "--title", title, "--ci", "none", *options)
    assert made.exit_code == 0, made.output
    reading = check(tmp_path / "site" / "rubrics" / f"{title.lower()}.yml")
    assert reading.findings == ()
    assert reading.rubric.id == title.lower()


def test_the_theme_speaks_the_language_if_it_can() -> None:
    wanted = {"en": "en", "de-CH": "de", "pt-BR": "pt-BR", "tlh": "en", "x-y": "en"}
    assert {tag: theme_language(tag) for tag in wanted} == wanted


def test_requirements_are_pinned_with_all_that_they_need() -> None:
    lines = pinned_requirements()
    names = {line.partition("==")[0] for line in lines}
    assert lines[0].startswith("stagebook==")
    assert {"mkdocs", "mkdocs-material", "pydantic-core", "markupsafe"} <= names
    assert not names & {"pytest", "hypothesis", "playwright"}
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+", line) for line in lines)
