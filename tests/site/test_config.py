"""Sites from any working directory, and any `mkdocs.yml`: a site or a message, no traceback."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from building import mkdocs, serving
from click.testing import CliRunner, Result
from folders import ROOT
from stagebook.cli import main
from stagebook.files.rubrics import find_rubrics, shown_path
from stagebook.plugin.caches import OptionalCache

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"
CONFIG = """\
site_name: Mono
repo_url: https://git.example.org/team/mono
edit_uri: edit/main/site/docs/
theme: {name: material, font: false, custom_dir: theme, features: [content.action.edit]}
plugins:
  - search
  - stagebook: {rubrics: [../models/sample.yml]}
markdown_extensions: [attr_list, def_list, md_in_html, tables]
"""
CRAFT = SAMPLE.read_text(encoding="utf-8").splitlines().index("  craft:") + 1


@pytest.fixture
def mono(tmp_path: Path) -> Path:
    """Make a repository whose site and rubric live in folders beside each other."""
    for folder in ("site/docs", "site/theme", "models", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(SAMPLE, tmp_path / "models")
    (tmp_path / "site" / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "site" / "theme" / "main.html").write_text('{% extends "base.html" %}\n')
    (tmp_path / "site" / "docs" / "index.md").write_text(
        "# Home\n\n```stagebook\nshow: ladder\n```\n"
    )
    return tmp_path


PLACES = [".", "site", "site/docs", "elsewhere"]


@pytest.mark.parametrize("place", PLACES)
def test_a_site_is_built_from_any_working_directory(mono: Path, place: str) -> None:
    here = mono / place
    config = os.path.relpath(mono / "site" / "mkdocs.yml", here)
    out = mono / "built"
    result = mkdocs("build", "--strict", "-f", config, "-d", str(out), cwd=here)
    assert result.returncode == 0, result.stderr
    page = (out / "sample" / "dimensions" / "craft" / "index.html").read_text()
    repository = "https://git.example.org/team/mono/edit/main"
    assert f"{repository}/models/sample.yml#L{CRAFT}" in page
    assert f"{repository}/site/docs/index.md" in (out / "index.html").read_text()


@pytest.mark.parametrize("place", PLACES)
def test_a_site_is_written_from_any_working_directory(
    mono: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mono / place)
    config = os.path.relpath(mono / "site" / "mkdocs.yml")
    result = write(mono / "out", "-f", config)
    assert result.exit_code == 0, result.output
    assert (mono / "out" / "content" / "sample" / "index.md").is_file()
    assert (mono / "out" / "overrides" / "main.html").is_file()


@pytest.mark.parametrize(
    ("place", "rubric", "page"),
    [
        (".", "models/sample.yml", "site/docs/index.md"),
        ("site", "{mono}/models/sample.yml", "docs/index.md"),
        ("elsewhere", "{mono}/models/sample.yml", "{mono}/site/docs/index.md"),
    ],
)
def test_findings_name_files_as_one_can_open_them(
    mono: Path, place: str, rubric: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = mono / place
    monkeypatch.chdir(here)
    config = os.path.relpath(mono / "site" / "mkdocs.yml", here)
    (mono / "site" / "docs" / "index.md").write_text(
        "---\ntitle: Home\nhide: [toc]\n---\n\n# Home\n\n```stagebook\nshow: laddr\n```\n"
    )
    wanted = f"{page.format(mono=mono)}:9:7: error[unknown-value]"
    build = mkdocs("build", "-f", config, cwd=here)
    assert build.returncode == 1
    assert f"\n{wanted}" in build.stderr
    assert wanted in write(mono / "out", "-f", config).output.splitlines()[0]
    model = mono / "models" / "sample.yml"
    model.write_text(model.read_text().replace("stage: first", "stage: frist"))
    wanted = f"{rubric.format(mono=mono)}:"
    assert f"\n{wanted}" in mkdocs("build", "-f", config, cwd=here).stderr
    assert write(mono / "out", "-f", config).output.startswith(wanted)


def test_a_path_is_shown_relative_below_the_working_directory_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a")
    assert shown_path(tmp_path / "a" / "b" / "c.yml") == os.path.join("b", "c.yml")  # noqa: PTH118
    assert shown_path(Path("b/c.yml")) == os.path.join("b", "c.yml")  # noqa: PTH118
    assert shown_path(tmp_path / "c.yml") == str(tmp_path / "c.yml")


@pytest.mark.parametrize(
    ("key", "template", "address"),
    [
        (
            "edit_uri",
            "?file=site/docs/",
            "https://git.example.org/team/mono?file=models/sample.yml",
        ),
        (
            "edit_uri_template",
            "https://edit.example.org/main/site/docs/{path}",
            "https://edit.example.org/main/models/sample.yml",
        ),
    ],
)
def test_edit_links_of_other_forms_lead_to_the_rubric(
    mono: Path, key: str, template: str, address: str
) -> None:
    config = mono / "site" / "mkdocs.yml"
    config.write_text(CONFIG.replace("edit_uri: edit/main/site/docs/", f"{key}: '{template}'"))
    assert mkdocs("build", "-f", str(config), "-d", str(mono / "out"), cwd=mono).returncode == 0
    page = (mono / "out" / "sample" / "dimensions" / "craft" / "index.html").read_text()
    assert f"{address}#L{CRAFT}" in page.replace("&amp;", "&")


def test_a_server_elsewhere_follows_the_rubric(mono: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    rubric = mono / "models" / "sample.yml"
    with serving(mono / "elsewhere", "-f", "../site/mkdocs.yml", "-a", address) as lines:
        until(lambda: "Serving on" in "".join(lines))
        rubric.write_text(rubric.read_text().replace("Sample model", "Another model"))
        page = f"http://{address}/sample/"
        until(lambda: "Another model" in urlopen(page).read().decode())
    assert "Traceback" not in "".join(lines)


def until(value: Callable[[], Any]) -> Any:
    """Return a value as soon as it is true."""
    end = time.monotonic() + 60
    while not (found := value()):
        assert time.monotonic() < end
        time.sleep(0.2)
    return found


def test_names_with_a_dot_are_left_out_of_patterns(tmp_path: Path) -> None:
    (tmp_path / "rubrics" / ".hidden").mkdir(parents=True)
    for name in ("mine.yml", "._mine.yml", ".DS_Store.yml", ".hidden/x.yml"):
        (tmp_path / "rubrics" / name).touch()
    mine = tmp_path / "rubrics" / "mine.yml"
    for pattern in ("rubrics/*.yml", "**/*.yml", f"{tmp_path}/rubrics/*.yml", "rubrics/?mine.yml"):
        assert find_rubrics(tmp_path, [pattern]) == [mine] * ("?" not in pattern), pattern
    hidden = tmp_path / "rubrics" / "._mine.yml"
    assert find_rubrics(tmp_path, ["rubrics/._mine.yml"]) == [hidden]
    odd = tmp_path / "a[1].yml"
    odd.touch()
    assert find_rubrics(tmp_path, ["a[1].yml"]) == [odd]


def test_hidden_files_are_left_out_of_folders(mono: Path) -> None:
    (mono / "site" / "docs" / "._index.md").write_bytes(b"\x00\x05\x16\x07")
    (mono / "site" / "theme" / ".DS_Store").write_bytes(b"\x00")
    result = write(mono / "out", "-f", str(mono / "site" / "mkdocs.yml"))
    assert result.exit_code == 0, result.output
    assert not [path for path in (mono / "out").rglob("*") if path.name.startswith("._")]
    assert [path.name for path in (mono / "out" / "overrides").iterdir()] == ["main.html"]


def write(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["write", str(out), *arguments])


@pytest.mark.parametrize("name", ["docs/out", "docs", "theme/a/b", ".", "linked/out"])
def test_a_target_is_not_among_what_is_read(mono: Path, name: str) -> None:
    site = mono / "site"
    (site / "linked").symlink_to("docs")
    (site / ".stagebook").touch()  # As if it could be replaced.
    before = sorted(mono.rglob("*"))
    result = write(site / name, "-f", str(site / "mkdocs.yml"))
    assert result.exit_code == 2
    assert "which is read: choose a folder beside it" in result.output
    assert sorted(mono.rglob("*")) == before


# Configurations that nothing can be written from, with the line and the words of the message.
WRONG = {
    "empty": ("", "1:1: the file contains no YAML"),
    "comment": ("# nothing\n", "1:1: the file contains no YAML"),
    "list": ("- a\n- b\n", "1:1: mkdocs.yml must be a mapping of keys to values"),
    "text": ("just text\n", "1:1: mkdocs.yml must be a mapping of keys to values"),
    "syntax": ("a: [1\nb: 2\n", "2:2: "),
    "control": ("a: 1\nb: \x01\n", "2:4: character U+0001 is not allowed"),
    "rubrics-text": (
        "plugins:\n  - stagebook:\n      rubrics: rubrics/x.yml\n",
        "3:16: 'rubrics' must be a list",
    ),
    "rubrics-mapping": ("plugins:\n  stagebook: {rubrics: {a: b}}\n", "2:24: 'rubrics' must be"),
    "rubrics-nested": (
        "plugins:\n  - stagebook: {rubrics: [[a]]}\n",
        "2:27: 'rubrics' must be text",
    ),
    "rubrics-none": ("plugins: [stagebook: {rubrics: []}]\n", "1:10: the list of rubrics is empty"),
    "rubrics-unmatched": (
        "plugins: [stagebook: {rubrics: [x*.yml]}]\n",
        "1:10: no rubric",
    ),
    "plugins-text": ("a: 1\nplugins: x\n", "2:10: 'plugins' must be a list or a mapping"),
    "plugins-nested": ("plugins:\n  - [a, b]\n", "2:5: a plugin must be a name"),
    "plugins-empty": ("plugins:\n  - {}\n", "2:5: a plugin must be a name"),
    "theme-list": ("theme: [material]\n", "1:8: 'theme' must be a name or a mapping"),
    "nav-deep": (
        "nav:\n" + "".join(f"{'  ' * i}- a:\n" for i in range(2_000)),
        "51:101: collections are nested",
    ),
    "nav-text": ("nav: x\n", "1:6: 'nav' must be a list"),
    "nav-tag": ("nav:\n  - !ENV [A, b.md]\n", "2:3: 'nav' contains tags"),
    "nav-bomb": (
        "nav:\n  - &a [x, x, x, x, x, x, x, x]\n"
        + "".join(f"  - &{b} [{', '.join(['*' + a] * 8)}]\n" for a, b in pairwise("abcdefg")),
        "2:3: 'nav' has more than",
    ),
    "nav-circle": ("nav: &n\n  - a: *n\n", "1:6: 'nav' has more than"),
    "docs-dir-missing": ("docs_dir: absent\n", "1:11: 'docs_dir': absent is not a directory"),
    "docs-dir-file": ("docs_dir: mkdocs.yml\n", "1:11: 'docs_dir': mkdocs.yml is not a dir"),
    "docs-dir-tag": ("docs_dir: !ENV [DOCS, docs]\n", "1:11: 'docs_dir' must be text"),
    "docs-dir-variable": ("docs_dir: !ENV DOCS\n", "1:11: 'docs_dir' has the tag !ENV; tags are"),
    "rubrics-variable": (
        "plugins: [stagebook: {rubrics: [!ENV RUB]}]\n",
        "1:33: 'rubrics' has the tag !ENV",
    ),
    "extra-css-variable": (
        "extra_css: !ENV [CSS, [b.css]]\n",
        "1:12: 'extra_css' has the tag !ENV",
    ),
    "extensions-variable": (
        "markdown_extensions: !ENV [E, [toc]]\n",
        "1:22: 'markdown_extensions' ",
    ),
    "plugins-variable": ("plugins: !ENV [P, [search]]\n", "1:10: 'plugins' has the tag !ENV"),
    "options-variable": (
        "plugins: [stagebook: !ENV [O, {}]]\n",
        "1:22: 'stagebook' has the tag !ENV",
    ),
    "options-text": ("plugins: [stagebook: x]\n", "1:22: the options of 'stagebook' must be a map"),
    "option-unknown": (
        "plugins: [stagebook: {rubric: x}]\n",
        "1:23: 'stagebook' has no option 'rubric' (did you mean 'rubrics'?)",
    ),
    "publish-unknown": (
        "plugins: [stagebook: {publish: {llm: true}}]\n",
        "1:33: 'publish' has no option 'llm' (did you mean 'llms'?)",
    ),
    "publish-text": (
        "plugins: [stagebook: {publish: {llms: 'yes'}}]\n",
        "1:39: 'llms' must be true or false",
    ),
    "redirects-text": (
        "plugins: [stagebook: {publish: {redirects: 1}}]\n",
        "1:44: 'redirects' must be true or false",
    ),
    "site-url": ("site_url: example.org\n", "1:11: 'site_url' must be an address such as"),
    "site-url-number": ("site_url: 5\n", "1:11: 'site_url' must be an address such as"),
    "docs-dir-list": ("docs_dir: [docs]\n", "1:11: 'docs_dir' must be text"),
    "custom-dir-missing": (
        "theme:\n  name: material\n  custom_dir: absent\n",
        "3:15: 'custom_dir': absent is not a directory",
    ),
    "extra-css": ("extra_css: a.css\n", "1:12: 'extra_css' must be a list"),
    "inherit": ("site_name: x\nINHERIT: base.yml\n", "2:10: INHERIT is not supported"),
    "alias": ("a: *b\n", "1:4: "),
    "merge": ("a: 1\n<<: 3\n", "2:5: "),
    "anchor-circle": ("a: &a [*a]\nplugins: x\n", "2:10: 'plugins' must be"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a site whose configuration each test writes."""
    for folder in ("docs", "rubrics"):
        (tmp_path / folder).mkdir()
    shutil.copy(SAMPLE, tmp_path / "rubrics")
    (tmp_path / "docs" / "index.md").write_text("# Home\n")
    return tmp_path


@pytest.mark.parametrize("name", WRONG)
def test_an_odd_configuration_is_a_message_at_its_line(project: Path, name: str) -> None:
    text, words = WRONG[name]
    config = project / "mkdocs.yml"
    config.write_text(text)
    result = write(project / "out", "-f", str(config))
    assert (result.exit_code, type(result.exception)) == (2, SystemExit), result.output
    assert f"{config}:{words}" in result.output
    assert not (project / "out").exists()


def test_a_configuration_in_another_encoding_is_a_finding(project: Path) -> None:
    config = project / "mkdocs.yml"
    for content in ("site_name: é\n".encode("latin-1"), "site_name: é\n".encode("utf-16")):
        config.write_bytes(content)
        result = write(project / "out", "-f", str(config))
        assert result.exit_code == 2
        assert re.search(r"mkdocs\.yml:1:\d+: error\[not-utf-8\]", result.output)


def test_a_configuration_that_is_no_file_is_refused(project: Path) -> None:
    os.mkfifo(project / "pipe.yml")
    for name in ("pipe.yml", "docs", "absent.yml", "n" * 300):
        result = write(project / "out", "-f", str(project / name))
        assert (result.exit_code, type(result.exception)) == (2, SystemExit), name


# Configurations that MkDocs takes too, with what the written one must hold.
RIGHT: dict[str, tuple[str, dict[str, Any]]] = {
    "byte-order-mark": ("\ufeffsite_name: x\n", {}),
    "theme-text": ("theme: material\n", {"theme": "material"}),
    "plugins-null": ("plugins:\n", {}),
    "options-null": ("plugins: [stagebook: ]\n", {"plugins": []}),
    "rubrics-null": ("plugins: [stagebook: {rubrics: }]\n", {"plugins": []}),
    "plugins-mapping": ("plugins: {search: {}, stagebook: {}}\n", {"plugins": {"search": {}}}),
    "duplicate-keys": ("docs_dir: absent\ndocs_dir: docs\n", {"docs_dir": "content"}),
    "merge-key": ("x: &x {docs_dir: docs}\n<<: *x\n", {"docs_dir": "content"}),
    "anchors": ("x: &p [search, stagebook]\nplugins: *p\n", {"plugins": ["search"]}),
    "nav-null": ("nav:\n", {}),
    "nav-empty": ("nav: []\n", {}),
    "template": ("edit_uri_template: 'https://e.org/{path}'\n", {"edit_uri": ""}),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_mkdocs_takes_is_written(project: Path, name: str) -> None:
    text, wanted = RIGHT[name]
    config = project / "mkdocs.yml"
    config.write_text(text, encoding="utf-8")
    result = write(project / "out", "-f", str(config))
    assert result.exit_code == 0, result.output
    written = yaml.safe_load((project / "out" / "mkdocs.yml").read_text(encoding="utf-8"))
    assert {key: written[key] for key in wanted} == wanted
    assert written["nav"][0] == "index.md"
    assert "edit_uri_template" not in written


def test_pages_that_no_navigation_shall_list_are_not_listed(project: Path) -> None:
    for name in ("draft.md", "kept.md", "old/a.md", "other.md"):
        (project / "docs" / name).parent.mkdir(exist_ok=True)
        (project / "docs" / name).write_text("# Page\n")
    patterns = "not_in_nav: |\n  /old/\n  kept.md\n  !kept.md\ndraft_docs: draft.md\n"
    (project / "mkdocs.yml").write_text(patterns)
    assert write(project / "out", "-f", str(project / "mkdocs.yml")).exit_code == 0
    written = yaml.safe_load((project / "out" / "mkdocs.yml").read_text())
    assert {"kept.md", "other.md"} <= {*filter(str, map(str, written["nav"]))}
    assert not {"draft.md", "{'Old': ['old/a.md']}"} & {*map(str, written["nav"])}
    assert written["not_in_nav"].split() == ["/old/", "kept.md", "!kept.md"]


def test_tags_stay_in_the_written_configuration(project: Path) -> None:
    tags = (
        "site_url: !ENV [URL, '']\nmarkdown_extensions:\n  - toc: {slugify: !!python/name:x.y }\n"
    )
    (project / "mkdocs.yml").write_text(tags)
    assert write(project / "out", "-f", str(project / "mkdocs.yml")).exit_code == 0
    text = (project / "out" / "mkdocs.yml").read_text()
    assert "!ENV" in text
    theme = "theme: {name: material, language: !ENV [NO_SUCH, de]}\nplugins: [search, stagebook]\n"
    (project / "rubrics" / "sample.fr.yml").write_text("extends: sample.yml\nlanguage: fr\n")
    (project / "mkdocs.yml").write_text(theme)
    assert write(project / "out", "-f", str(project / "mkdocs.yml")).exit_code == 0
    assert "lang: [de, " in (project / "out" / "mkdocs.yml").read_text(), "the search's"
    assert "!!python/name:x.y" in text


def test_a_page_in_another_encoding_is_a_finding(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\n")
    (project / "docs" / "latin.md").write_bytes(b"# a\n\na\xe9\n")
    result = write(project / "out", "-f", str(project / "mkdocs.yml"))
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "docs/latin.md:3:2: error[not-utf-8]" in result.output


def test_a_wrong_block_is_told_beside_warnings_of_the_rubric(project: Path) -> None:
    rubric = project / "rubrics" / "sample.yml"
    rubric.write_text(rubric.read_text().replace("The load of", "The <b>load</b> of"))
    (project / "docs" / "index.md").write_text("```stagebook\nshow: laddr\n```\n")
    (project / "mkdocs.yml").write_text("site_name: x\n")
    result = write(project / "out", "-f", str(project / "mkdocs.yml"))
    assert result.exit_code == 1
    assert "error[unknown-value]" in result.output
    assert "warning[raw-html]" in result.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("{rubrics: rubrics/sample.yml}", "Expected a list of items"),
        ("{rubrics: [1]}", "Expected type: <class 'str'>"),
        ("{rubrics: []}", "the list of rubrics is empty"),
        ("{rubrics: ['x*.yml']}", "no rubric matches 'x*.yml'"),
        ("{rubrics: [absent.yml]}", "absent.yml:1:1: error[unreadable]: No such file"),
        ("{rubrics: [rubrics]}", "rubrics:1:1: error[unreadable]: the path is a directory"),
        ('{rubrics: ["a\\0b.yml"]}', "not a valid file name"),
        ('{rubrics: ["a\\0*.yml"]}', "stagebook"),
        (f"{{rubrics: [{'n' * 300}.yml]}}", "error[unreadable]: File name too long"),
        ("{rubric: [a.yml]}", "Unrecognised configuration name: rubric"),
    ],
)
def test_the_plugin_refuses_odd_options_as_mkdocs_does(
    project: Path, options: str, words: str
) -> None:
    config = f"site_name: x\nplugins:\n  - stagebook: {options}\n"
    (project / "mkdocs.yml").write_text(config)
    result = mkdocs("build", "--strict", cwd=project)
    assert result.returncode == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("folder", ["/dev/null", "absent"])
def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path, folder: str) -> None:
    """Neither reading nor writing compiled templates may stop a build."""
    from jinja2 import DictLoader, Environment

    cache = OptionalCache(str(tmp_path / folder))
    environment = Environment(loader=DictLoader({"a": "{{ 1 + 1 }}"}), bytecode_cache=cache)  # noqa: S701
    assert environment.get_template("a").render() == "2"


def test_a_build_does_without_a_folder_for_temporary_files(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: x\nplugins: [stagebook]\n")
    blocked = project / "tmp"
    # Where Jinja keeps compiled templates stands a folder that nothing can be written to.
    code = (
        "import jinja2, sys\n"
        f"jinja2.FileSystemBytecodeCache._get_default_cache_dir = lambda self: {str(blocked)!r}\n"
        "from mkdocs.__main__ import cli\ncli(['build'])\n"
    )
    blocked.write_text("a file, not a folder")
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
