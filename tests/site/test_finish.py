"""A site that was built from the written files and completed: as the plugin gives it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import mkdocs, site_of
from click.testing import CliRunner
from folders import GOOD
from stagebook.cli import main
from stagebook.files.rubrics import read_folder
from stagebook.site.mkdocs_config import read_config

pytestmark = pytest.mark.slow

PUBLISH = {"policy": True, "service_worker": True}
SAMPLE = (GOOD / "sample.yml").read_text(encoding="utf-8")


def run(*arguments: object) -> str:
    ran = CliRunner().invoke(main, list(map(str, arguments)))
    assert ran.exit_code == 0, ran.output
    return ran.output


def heads(html: str) -> list[str]:
    return re.findall(r"<(?:meta|title|script)\b[^>]*>", html)


@pytest.mark.parametrize("folders", [True, False], ids=["folders", "files"])
def test_a_finished_site_publishes_what_the_plugin_does(tmp_path: Path, folders: bool) -> None:
    folder = site_of(
        tmp_path,
        {"sample": SAMPLE},
        plugins=["search", {"stagebook": {"publish": PUBLISH}}],
        site_url="https://x.example/docs/",
        site_description="What we know",
        use_directory_urls=folders,
    )
    (folder / "docs" / "sample").mkdir()
    (folder / "docs" / "sample" / "glossary.md").write_text("# Words of ours\n")
    config, out = folder / "mkdocs.yml", tmp_path / "out"
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    run("write", out, "-f", config)
    assert mkdocs("build", "--strict", cwd=out).returncode == 0
    run("finish", out / "site", "-f", config)
    plugin, finished = read_folder(folder / "site"), read_folder(out / "site")
    assert plugin.keys() == finished.keys()
    for path, data in plugin.items():
        if path.endswith((".md", ".txt", ".webmanifest")) or path == "_headers":
            assert finished[path] == data, path
        elif path.endswith(".html"):
            mine, theirs = heads(finished[path].decode()), heads(data.decode())
            assert sorted(mine) == sorted(theirs), path
    assert (
        b'property="og:url"'
        in finished["sample/gates/index.html" if folders else "sample/gates.html"]
    )
    # All but the worker itself, and what differs by the place of a script, is the same for good.
    assert "0 files" in run("finish", out / "site", "-f", config)


def test_what_the_author_wrote_stays(tmp_path: Path) -> None:
    folder = site_of(tmp_path, {"sample": SAMPLE})
    for name in ("_headers", "llms.txt", "stagebook-worker.js"):
        (folder / "docs" / name).write_text(f"mine: {name}\n")
    out = tmp_path / "out"
    run("write", out, "-f", folder / "mkdocs.yml")
    assert mkdocs("build", "--strict", cwd=out).returncode == 0
    run("finish", out / "site", "-f", folder / "mkdocs.yml")
    for name in ("_headers", "llms.txt", "stagebook-worker.js"):
        assert (out / "site" / name).read_text() == f"mine: {name}\n"
    assert (out / "site" / "sample" / "index.html.md").is_file()


def test_a_folder_that_is_not_the_built_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    folder = site_of(tmp_path / "project", {"sample": SAMPLE})
    config, out = folder / "mkdocs.yml", tmp_path / "out"
    run("write", out, "-f", config)
    (out / "site" / "sample").mkdir(parents=True)
    (out / "site" / "sample" / "index.html").write_text("<p>A page of the rubric")
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("<p>A page of another site")
    before = read_folder(tmp_path)
    for wrong in (tmp_path, out, out / "site", other, folder):
        ran = CliRunner().invoke(main, ["finish", str(wrong), "-f", str(config)])
        assert ran.exit_code == 2, wrong
        assert f"{wrong} is not the built site of {config}" in ran.output
    (folder / "rubrics" / "sample.yml").write_text(SAMPLE.replace("stage: first", "stage: frist"))
    ran = CliRunner().invoke(main, ["finish", str(other), "-f", str(config)])
    assert ran.exit_code == 1
    assert "did you mean 'first'?" in ran.output
    after = read_folder(tmp_path)
    assert after.keys() == before.keys()


def test_what_is_published_is_read_from_the_configuration() -> None:
    config = read_config(
        "site_name: A\nsite_url: !ENV [NOT_SET, 'https://x.example/']\n"
        "plugins:\n  - stagebook: {publish: {llms: false, policy: true}}\n"
    )
    assert config.facts == ("A", "", "https://x.example/")
    assert (config.publish.llms, config.publish.policy, config.publish.headers) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("given", "address"),
    [("https://x.example/docs", "https://x.example/docs/"), ('""', ""), ("null", "")],
)
def test_the_address_of_a_site_ends_with_a_slash(given: str, address: str) -> None:
    config = read_config(f"site_name: A\nsite_url: {given}\nplugins: [stagebook]\n")
    assert config.facts.address == address
