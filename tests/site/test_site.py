"""The site as MkDocs builds it: by the plugin, and from the tree that `stagebook write` wrote."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from building import mkdocs
from click.testing import CliRunner
from folders import ROOT
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.site import Site
from stagebook.site.assembly import merge_trees
from stagebook.site.notice import Notice

pytestmark = pytest.mark.slow

SAMPLE = ROOT / "tests" / "rubrics" / "good" / "sample.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a small site of one rubric, as a newcomer would."""
    (tmp_path / "content").mkdir()
    (tmp_path / "rubrics").mkdir()
    shutil.copy(SAMPLE, tmp_path / "rubrics" / "sample.yml")
    block = "```stagebook\nshow: ladder\n```\n"
    (tmp_path / "content" / "index.md").write_text(f"# Home\n\n[Go](sample/index.md)\n\n{block}")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: !ENV [SITE, Sample]\ndocs_dir: content\n"
        "theme: {name: material, font: false, features: [content.action.edit]}\n"
        "edit_uri: https://example.org/edit/main/content/\n"
        "plugins: [search, {stagebook: {publish: {policy: true}}}]\n"
        "markdown_extensions: [attr_list, def_list, md_in_html, tables]\n"
        "validation: {links: {anchors: warn}}\n"
    )
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the shipped site as plain files."""
    folder = tmp_path_factory.mktemp("written")
    config = str(ROOT / "mkdocs.yml")
    wrote = CliRunner().invoke(main, ["write", str(folder), "-f", config])
    assert wrote.exit_code == 0, wrote.output
    return folder


@pytest.fixture
def in_english(tmp_path: Path) -> Path:
    """Make the shipped site without its translation: other engines draw one language only."""
    for name in ("content", "overrides", "rubrics"):
        (tmp_path / name).symlink_to(ROOT / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    line = "        - rubrics/ai-product.de.yml\n"
    assert line in config
    (tmp_path / "mkdocs.yml").write_text(config.replace(line, ""), encoding="utf-8")
    return tmp_path


@pytest.mark.long
def test_both_builds_give_the_same_site(in_english: Path) -> None:
    folders = {"plugin": in_english, "plain": in_english / "out"}
    wrote = CliRunner().invoke(
        main, ["write", str(folders["plain"]), "-f", f"{in_english}/mkdocs.yml"]
    )
    assert wrote.exit_code == 0, wrote.output
    for name, folder in folders.items():
        result = mkdocs("build", "--strict", "-d", str(in_english / name), cwd=folder)
        assert result.returncode == 0, result.stderr
    plugin, plain = (files_of(in_english / name) for name in folders)
    # What the plugin publishes after the build, no other engine writes.
    published = {name for name in plugin if name.endswith((".html.md", "/app.webmanifest"))}
    assert len(published) > 90
    icons = {
        f"assets/stagebook/{name}" for name in ("app.js", "app.svg", "app-192.png", "app-512.png")
    }
    for name in (*published, *icons, "llms.txt", "_headers", "stagebook-worker.js"):
        del plugin[name]
    assert plugin.keys() == plain.keys()
    # MkDocs lists generated files after those on disk: the index holds the same in another order.
    index, script = "search/search_index.json", "search/search_index.js"
    assert entries(plugin.pop(index)) == entries(plain.pop(index))
    assert len(plugin.pop(script)) == len(plain.pop(script))
    # The compressed sitemap holds the time of the build.
    for name in plugin.keys() - {"sitemap.xml.gz", "sitemap.xml"}:
        assert PUBLISHED.sub(b"", plugin[name]) == PUBLISHED.sub(b"", plain[name]), name


PUBLISHED = re.compile(
    rb'<meta (?:property="og:|http-equiv="Content-Security-Policy")[^>]*>'
    rb'|\s*<script src="[^"]*assets/stagebook/app\.js"></script>'
)
"""What the plugin adds to pages."""


def entries(index: bytes) -> list[str]:
    return sorted(json.dumps(entry) for entry in json.loads(index)["docs"])


def test_written_pages_are_those_of_the_plugin(written: Path) -> None:
    files = files_of(written / "content")
    readings = [load_rubric(path) for path in sorted((ROOT / "rubrics").glob("*.yml"))]
    assert {reading.rubric.language for reading in readings} == {"en", "de"}
    site = Site(directory_urls=False)  # As the plugin `offline` wants it.
    for page in merge_trees(readings, site).values():
        assert files[page.path] == page.content, page.path


class Addresses(HTMLParser):
    """Collect what a page links to and loads, and the ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif "src" in values:
            self.loads.append(values["src"])
        elif tag == "link" and values.get("rel") not in ("canonical", "prev", "next"):
            self.loads.append(values.get("href", ""))


def read(page: Path) -> Addresses:
    addresses = Addresses()
    addresses.feed(page.read_text(encoding="utf-8"))
    return addresses


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[Path, Addresses]:
    """Read all pages of the shipped site."""
    return {page: read(page) for page in built.rglob("*.html")}


def test_no_page_loads_anything_from_another_host(pages: dict[Path, Addresses]) -> None:
    for page, addresses in pages.items():
        for load in addresses.loads:
            assert not urlsplit(load).netloc, (page.name, load)


def test_every_link_leads_to_a_page_and_an_anchor(pages: dict[Path, Addresses]) -> None:
    ids = {page: set(addresses.ids) for page, addresses in pages.items()}
    for page, addresses in pages.items():
        if page.name == "404.html":
            continue  # Its links are absolute: it is shown at any address.
        for link in addresses.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("https", "http", "mailto"), (page.name, link)
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), (page.name, link)
            if parts.fragment and target in ids:
                assert unquote(parts.fragment) in ids[target], (page.name, link)


def test_ids_are_unique(pages: dict[Path, Addresses]) -> None:
    for page, addresses in pages.items():
        twice = {id_ for id_ in addresses.ids if addresses.ids.count(id_) > 1}
        assert not twice, page.name


def test_edit_links_open_the_rubric_at_the_line(project: Path) -> None:
    result = mkdocs("build", "--strict", cwd=project)
    assert result.returncode == 0, result.stderr
    page = (project / "site" / "sample" / "dimensions" / "craft" / "index.html").read_text()
    lines = SAMPLE.read_text().splitlines()
    line = lines.index("  craft:") + 1
    assert f"https://example.org/edit/main/rubrics/sample.yml#L{line}" in page


def test_hand_written_page_replaces_a_generated_one(project: Path) -> None:
    folder = project / "content" / "sample"
    folder.mkdir()
    (folder / "index.md").write_text("# By hand\n")
    assert mkdocs("build", "--strict", cwd=project).returncode == 0
    assert "By hand" in (project / "site" / "sample" / "index.html").read_text()
    result = CliRunner().invoke(
        main, ["write", str(project / "out"), "-f", str(project / "mkdocs.yml")]
    )
    assert result.exit_code == 0, result.output
    assert (project / "out" / "content" / "sample" / "index.md").read_text() == "# By hand\n"


def test_rubric_errors_end_the_build_as_one_message(project: Path) -> None:
    assert mkdocs("build", cwd=project).returncode == 0
    before = files_of(project / "site")
    rubric = project / "rubrics" / "sample.yml"
    rubric.write_text(rubric.read_text().replace("    stage: first", "    stage: frist"))
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    found = re.findall(r"rubrics/sample\.yml:\d+:\d+: error\[dangling-id\]", result.stderr)
    assert len(found) == 2
    assert files_of(project / "site") == before


def test_wrong_block_ends_the_build_with_its_line(project: Path) -> None:
    page = project / "content" / "index.md"
    page.write_text("# Home\n\n```stagebook\nshow: laddr\n```\n")
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "index.md:4:7: error[unknown-value]" in result.stderr
    assert "Traceback" not in result.stderr


def test_two_rubrics_with_one_id_are_refused(project: Path) -> None:
    shutil.copy(SAMPLE, project / "rubrics" / "twin.yml")
    result = mkdocs("build", cwd=project)
    assert result.returncode == 1
    assert "error[duplicate-id]: rubrics/sample.yml also has the id 'sample'" in result.stderr


def test_warnings_stop_a_strict_build_only(project: Path) -> None:
    rubric = project / "rubrics" / "sample.yml"
    rubric.write_text(rubric.read_text().replace("The load of", "The <b>load</b> of"))
    assert mkdocs("build", cwd=project).returncode == 0
    result = mkdocs("build", "--strict", cwd=project)
    assert result.returncode == 1
    assert "warning[raw-html]" in result.stderr


def test_write_refuses_what_it_did_not_write(project: Path) -> None:
    out = project / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    config = str(project / "mkdocs.yml")
    result = CliRunner().invoke(main, ["write", str(out), "-f", config])
    assert result.exit_code == 2
    assert (out / "thesis.txt").read_text() == "years of work"


def test_write_replaces_the_whole_tree_or_nothing(project: Path) -> None:
    out, config = project / "out", str(project / "mkdocs.yml")
    assert CliRunner().invoke(main, ["write", str(out), "-f", config]).exit_code == 0
    (out / "stale.md").write_text("old")
    before = files_of(out)
    rubric = project / "rubrics" / "sample.yml"
    sound = rubric.read_text()
    rubric.write_text(sound.replace("stage: first", "stage: frist"))
    result = CliRunner().invoke(main, ["write", str(out), "-f", config])
    assert result.exit_code == 1
    assert files_of(out) == before
    rubric.write_text(sound)
    assert CliRunner().invoke(main, ["write", str(out), "-f", config]).exit_code == 0
    assert not (out / "stale.md").exists()
    assert not [path.name for path in project.iterdir() if path.name.startswith(".out")]


def test_written_config_keeps_tags_and_drops_the_plugin(project: Path) -> None:
    out, config = project / "out", str(project / "mkdocs.yml")
    assert CliRunner().invoke(main, ["write", str(out), "-f", config]).exit_code == 0
    text = (out / "mkdocs.yml").read_text()
    assert "!ENV" in text
    assert "- stagebook\n" not in text
    assert mkdocs("build", "--strict", cwd=out).returncode == 0


@pytest.fixture
def server(project: Path) -> Iterator[tuple[Path, list[str]]]:
    """Run `mkdocs serve` on the project and collect what it prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stderr=subprocess.PIPE, text=True
    )
    lines: list[str] = []
    assert process.stderr
    reader = threading.Thread(target=lambda: lines.extend(process.stderr or []), daemon=True)
    reader.start()
    yield project, lines
    process.terminate()
    process.wait(10)
    reader.join(10)
    process.stderr.close()


def wait_for(lines: list[str], word: str) -> None:
    """Wait for a line: for its first time, for MkDocs may leave out a line that it had before."""
    for _ in range(300):
        if any(word in line for line in lines):
            return
        time.sleep(0.1)
    pytest.fail(f"{word!r} not seen in:\n{''.join(lines)}")


def fetched(address: str, word: str) -> str:
    """Return a page as soon as it has a word."""
    page = ""
    for _ in range(200):
        with urllib.request.urlopen(address, timeout=30) as response:  # noqa: S310
            page = str(response.read(), "utf-8")
        if word in page:
            return page
        time.sleep(0.1)
    pytest.fail(f"{word!r} not seen in:\n{page}")


def test_server_follows_the_rubric_and_shows_errors(server: tuple[Path, list[str]]) -> None:
    project, lines = server
    wait_for(lines, "Serving on")
    [root] = re.findall(r"Serving on (http\S+)", "".join(lines))
    address = f"{root}sample/dimensions/craft/"
    # The server writes a script into each page: no policy may stop it.
    assert "Content-Security-Policy" not in fetched(address, "livereload(")
    rubric = project / "rubrics" / "sample.yml"
    sound = rubric.read_text()
    rubric.write_text(sound.replace("stage: first", "stage: <i>frist"))
    page = fetched(address, "error[bad-id]")
    wait_for(lines, "error[bad-id]")
    # The last good page, below what is wrong, as text.
    line = sound[: sound.index("stage: first")].count("\n") + 1
    assert f"rubrics/sample.yml:{line}:" in page
    assert "<i>frist" not in page
    assert "<h1" in page
    # What breaks when pages were made already, MkDocs has removed the old ones for.
    rubric.write_text(sound)
    home = project / "content" / "index.md"
    sound_home = home.read_text()
    home.write_text(sound_home.replace("show: ladder", "show: laddr"))
    assert "<h1" in fetched(address, "index.md:6:7: error[unknown-value]")
    home.write_text(sound_home)
    rubric.write_text(sound.replace("Sample model", "Another model"))
    assert "error[" not in fetched(address, "Another model")
    assert "Traceback" not in "".join(lines)


def test_a_notice_stands_on_pages_alone() -> None:
    notice = Notice()

    def site(environ: dict[str, str], start: Callable[..., None]) -> list[bytes]:
        kind = environ["kind"]
        start("200 OK", [("Content-Type", kind), ("Content-Length", "25")])
        return [b"<html><body class=x>", b"Hello"]

    def get(kind: str) -> tuple[bytes, dict[str, str]]:
        headers: dict[str, str] = {}
        body = notice.around(site)({"kind": kind}, lambda _, pairs: headers.update(pairs))
        return b"".join(body), headers

    plain = b"<html><body class=x>Hello"
    assert get("text/html") == (plain, {"Content-Type": "text/html", "Content-Length": "25"})
    notice.message = "r.yml:1:1: error[x]: <script>"
    page, headers = get("text/html")
    assert page.startswith(b'<html><body class=x><div role="alert"')
    assert page.endswith(b"</div>Hello")
    assert b"r.yml:1:1: error[x]: &lt;script&gt;" in page
    assert headers["Content-Length"] == str(len(page))
    assert get("text/css")[0] == plain
