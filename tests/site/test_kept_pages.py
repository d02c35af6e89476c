"""Builds that reuse pages give the same bytes as builds that do not, whatever was edited."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from building import mkdocs, site_of
from folders import GOOD, ROOT
from two_languages import make_site

pytestmark = pytest.mark.slow

Edit = Callable[[Path], None]
SAMPLE = (GOOD / "sample.yml").read_text(encoding="utf-8")
GERMAN = (GOOD / "german.yml").read_text(encoding="utf-8")
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site of two rubrics with edit links, the Markdown of pages and a policy."""
    return site_of(
        tmp_path,
        {"sample": SAMPLE, "german": GERMAN},
        repo_url="https://example.org/repo",
        edit_uri="edit/main/docs/",
        theme={
            "name": "material",
            "font": False,
            "features": ["content.action.edit", "navigation.footer", "navigation.indexes"],
        },
        plugins=["search", "offline", {"stagebook": {"publish": {"policy": True}}}],
        markdown_extensions=["attr_list", {"toc": {"permalink": True}}],
    )


def build(site: Path, cache: Path | str, **more: str) -> dict[str, bytes]:
    """Build the site; return its files."""
    done = mkdocs("build", "--strict", cwd=site, STAGEBOOK_CACHE_DIR=str(cache), **EPOCH, **more)
    assert done.returncode == 0, done.stderr
    out = site / "site"
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.*")}


def replace(path: str, old: str, new: str) -> Edit:
    def edit(site: Path) -> None:
        text = (site / path).read_text(encoding="utf-8")
        assert old in text, old
        (site / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def setting(key: str, value: object) -> Edit:
    def edit(site: Path) -> None:
        config = yaml.safe_load((site / "mkdocs.yml").read_text())
        (site / "mkdocs.yml").write_text(yaml.safe_dump({**config, key: value}))

    return edit


EDITS: dict[str, tuple[Edit, bool | None]] = {
    "nothing": (lambda site: None, True),
    "a gate": (replace("rubrics/sample.yml", "names an owner and", "names two owners and"), True),
    "lines before the others": (
        replace("rubrics/sample.yml", "format:", "# One.\n\nformat:"),
        True,
    ),
    "a title": (replace("rubrics/sample.yml", "title: Run the drill", "title: Drill"), False),
    "a page of the author": (replace("docs/index.md", "# Home", "# Start"), False),
    "the name of the site": (setting("site_name", "Other shapes"), False),
    "the language": (
        setting("theme", {"name": "material", "font": False, "language": "de"}),
        False,
    ),
    "an extension": (setting("markdown_extensions", ["attr_list", "toc", "smarty"]), False),
    "what disproves a symptom": (
        replace("rubrics/sample.yml", "Ask for the date.", "Ask for the day."),
        True,
    ),
    "what a word means": (replace("rubrics/sample.yml", "A rehearsal.", "A trial."), True),
    "a text of a play": (
        replace("rubrics/sample.yml", "A plan that nobody reads.", "A plan in a drawer."),
        True,
    ),
}


TRANSLATED_EDITS: dict[str, tuple[Edit, bool | None]] = {
    "nothing": (lambda site: None, True),
    "a gate of the original": (
        replace("rubrics/sample.yml", "names an owner and", "names two owners and"),
        True,
    ),
    "a text of the translation": (
        replace("rubrics/sample.de.yml", "mit Namen und Datum", "mit Namen"),
        True,
    ),
    "the name of a language": (
        setting("extra", {"alternate": [{"name": "Englisch", "link": "x/", "lang": "en"}]}),
        False,
    ),
    "a title that the navigation shows": (
        replace("rubrics/sample.de.yml", "title: Handwerk", "title: Werken"),
        False,
    ),
    "the language of the site": (
        setting("theme", {"name": "material", "font": False, "language": "fr"}),
        False,
    ),
    "no translation": (lambda site: (site / "rubrics" / "sample.de.yml").unlink(), None),
}


@pytest.mark.long
def test_every_edit_gives_the_bytes_of_a_build_without_a_cache(site: Path, tmp_path: Path) -> None:
    hold(site, tmp_path / "cache", EDITS)


@pytest.mark.long
def test_so_does_every_edit_of_a_site_with_translations(tmp_path: Path) -> None:
    hold(make_site(tmp_path, extra={}), tmp_path / "cache", TRANSLATED_EDITS)


def hold(site: Path, cache: Path, edits: dict[str, tuple[Edit, bool | None]]) -> None:
    build(site, cache)
    pages = len(entries_of(cache))
    for name, (edit, is_small) in edits.items():
        edit(site)
        known = entries_of(cache)
        kept = build(site, cache)
        shutil.rmtree(site / "site")
        fresh = build(site, "")
        differ = [path for path in fresh if kept.get(path) != fresh[path]]
        assert (differ, kept.keys() - fresh.keys()) == ([], set()), name
        # An edit that reuses nothing would pass in vain.
        new = len(entries_of(cache) - known)
        assert is_small is None or (new < pages / 2) is is_small, (name, new, pages)


def test_so_does_an_edit_of_a_site_with_the_templates_of_a_new_one(
    site: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "generator/stagebook/scaffold/site/overrides", site / "overrides")
    theme = {"name": "material", "font": False, "custom_dir": "overrides"}
    setting("theme", theme)(site)
    setting("extra", {"polyfills": []})(site)
    edits = {name: EDITS[name] for name in ("nothing", "a gate")}
    changed = replace("overrides/main.html", "{{ super()", "<!-- Own. -->{{ super()")
    edits["the template"] = (changed, None)
    hold(site, tmp_path / "cache", edits)


def entries_of(cache: Path) -> set[Path]:
    return {path for path in cache.rglob("*") if path.is_file()}


def test_a_damaged_cache_is_not_believed(site: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = build(site, cache)
    for number, path in enumerate(sorted(entries_of(cache))):
        content = path.read_bytes()
        path.write_bytes([b"", content[: len(content) // 2], content + b" ", b"[]"][number % 4])
    assert build(site, cache) == fresh
    assert build(site, cache) == fresh


def test_other_plugins_and_templates_get_pages_that_are_drawn(site: Path, tmp_path: Path) -> None:
    """What is not known to leave pages alone is given every page each time."""
    (site / "theme").mkdir()
    (site / "theme" / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}{{ page.content|length }}{% endblock %}'
    )
    setting("theme", {"name": "material", "font": False, "custom_dir": "theme"})(site)
    cache = tmp_path / "cache"
    fresh = build(site, "")
    assert build(site, cache) == fresh
    assert build(site, cache) == fresh
    page = fresh["sample/index.html"].decode()
    assert re.search(r"md-banner__inner[^>]*>\s*[1-9]", page)


def test_a_link_to_an_anchor_of_a_kept_page_is_checked(site: Path, tmp_path: Path) -> None:
    (site / "docs" / "index.md").write_text(
        "# Home\n\n[Plan](sample/dimensions/craft.md#plan-kept)\n"
    )
    cache = tmp_path / "cache"
    build(site, cache)
    build(site, cache)
    (site / "docs" / "index.md").write_text("# Home\n\n[Plan](sample/dimensions/craft.md#none)\n")
    done = mkdocs("build", "--strict", cwd=site, STAGEBOOK_CACHE_DIR=str(cache))
    assert "does not contain an anchor '#none'" in done.stderr


HELPED = """
import os
from stagebook.files import cores
from stagebook.plugin import drawing
from mkdocs.__main__ import cli

cores.helpers = drawing.helpers = lambda: 2
cores.WORTH = drawing.WORTH = 2
{}
cli()
"""
DRAWN = """
here, draw = os.getpid(), drawing.draw_unwritten
def told(page, **more):
    open("drawn", "a").write(page.url + "\\n")
    draw(page, **more)
drawing.draw_unwritten = told
import stagebook.plugin
stagebook.plugin.draw_unwritten = told
"""
GONE = "drawing._draw_until_met = cores._tell = lambda *parts: os._exit(1)"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes")
@pytest.mark.parametrize("what", ["copies that draw", "copies that end early"])
def test_copies_of_the_process_draw_the_same_pages(site: Path, tmp_path: Path, what: str) -> None:
    fresh = build(site, "")
    variables = {"NO_MKDOCS_2_WARNING": "1", "STAGEBOOK_CACHE_DIR": str(tmp_path / "cache")}
    code = HELPED.format(DRAWN if what == "copies that draw" else GONE)
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--strict"],
        cwd=site,
        env={**os.environ, **EPOCH, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    drawn = site / "drawn"
    assert drawn.is_file() == (what == "copies that draw")
    if drawn.is_file():
        urls = drawn.read_text(encoding="utf-8").split()
        assert len(urls) == len(set(urls)) > 5
        drawn.unlink()
    out = site / "site"
    made = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.*")}
    assert [path for path in fresh if made.get(path) != fresh[path]] == []
    assert made.keys() == fresh.keys()
