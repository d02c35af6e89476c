"""A build leaves files as they are that it would write with the same content again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from building import mkdocs, site_of
from folders import GOOD
from mkdocs import utils
from stagebook.plugin.standing import StandingFiles

FUNCTIONS = ("clean_directory", "copy_file", "write_file")


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[StandingFiles]:
    """Begin a build of a folder with a page, a file and a folder that nobody expects."""
    for path in ("page/index.html", "page/old.html", "gone/deep/index.html", "kept.html", ".git/a"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    files = StandingFiles()
    files.begin(tmp_path)
    yield files
    files.end()


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def expected(folder: Path) -> set[str]:
    return {str(folder / path) for path in ("page/index.html", "kept.html", "new.html")}


def test_what_is_not_expected_is_removed_before_anything_is_written(
    standing: StandingFiles, tmp_path: Path
) -> None:
    before = below(tmp_path)
    utils.clean_directory(str(tmp_path))
    assert below(tmp_path) == before
    standing.keep_only(tmp_path, expected(tmp_path))
    assert below(tmp_path) == {"page", "page/index.html", "kept.html", ".git", ".git/a"}


def test_only_what_differs_is_written(standing: StandingFiles, tmp_path: Path) -> None:
    kept, page = tmp_path / "kept.html", tmp_path / "page" / "index.html"
    os.link(page, tmp_path / ".git" / "page")
    os.utime(kept, (1, 1))
    utils.clean_directory(str(tmp_path))
    standing.keep_only(tmp_path, expected(tmp_path))
    utils.write_file(b"kept.html", str(kept))
    utils.write_file(b"page/another", str(page))
    utils.write_file(b"new", str(tmp_path / "new.html"))
    standing.finish()
    assert kept.stat().st_mtime == 1
    assert page.read_text() == "page/another"
    # Somebody keeps the site of yesterday by a second name of each file.
    assert (tmp_path / ".git" / "page").read_text() == "page/index.html"
    assert (tmp_path / "new.html").read_text() == "new"


def test_a_copy_is_compared_as_well(standing: StandingFiles, tmp_path: Path) -> None:
    kept, source = tmp_path / "kept.html", tmp_path / ".git" / "a"
    source.write_text("kept.html")
    os.utime(kept, (1, 1))
    utils.clean_directory(str(tmp_path))
    standing.keep_only(tmp_path, expected(tmp_path))
    utils.copy_file(str(source), str(kept))
    assert kept.stat().st_mtime == 1
    # What is written twice has its last content.
    utils.write_file(b"again", str(kept))
    standing.finish()
    assert kept.read_text() == "again"


def test_what_was_expected_and_not_written_is_removed(
    standing: StandingFiles, tmp_path: Path
) -> None:
    utils.clean_directory(str(tmp_path))
    standing.keep_only(tmp_path, expected(tmp_path))
    standing.finish()
    assert below(tmp_path) == {".git", ".git/a"}


def test_links_out_of_the_site_are_removed_and_not_followed(
    standing: StandingFiles, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "index.html").write_text("other")
    (tmp_path / "kept.html").unlink()
    (tmp_path / "kept.html").symlink_to(other / "index.html")
    (tmp_path / "linked").symlink_to(other)
    utils.clean_directory(str(tmp_path))
    standing.keep_only(tmp_path, {*expected(tmp_path), str(tmp_path / "linked" / "index.html")})
    utils.write_file(b"new", str(tmp_path / "kept.html"))
    standing.finish()
    assert (other / "index.html").read_text() == "other"
    assert (tmp_path / "kept.html").read_text() == "new"
    assert not (tmp_path / "linked").exists()


def test_nothing_is_removed_unless_mkdocs_has_left_the_folder(tmp_path: Path) -> None:
    """An engine with functions of its own has emptied it, and writes what nobody hears of."""
    page = tmp_path / "kept.html"
    page.write_text("kept.html")
    standing = StandingFiles()
    standing.begin(tmp_path)
    standing.keep_only(tmp_path, expected(tmp_path))
    standing.finish()
    assert page.exists()


def test_the_functions_of_mkdocs_come_back(tmp_path: Path) -> None:
    before = [getattr(utils, name) for name in FUNCTIONS]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("")
    standing = StandingFiles()
    standing.begin(tmp_path)
    standing.begin(tmp_path)
    utils.clean_directory(str(tmp_path / "other"))
    assert below(tmp_path) == {"other"}
    standing.end()
    assert [getattr(utils, name) for name in FUNCTIONS] == before


@pytest.mark.slow
def test_an_edit_gives_a_new_time_to_the_pages_that_change(tmp_path: Path) -> None:
    sample = (GOOD / "sample.yml").read_text(encoding="utf-8")
    site = site_of(tmp_path, {"sample": sample})
    (site / "docs" / "old.md").write_text("# Old\n")
    out = site / "site"

    def built() -> dict[str, tuple[int, bytes]]:
        done = mkdocs("build", "--strict", cwd=site, STAGEBOOK_CACHE_DIR=str(tmp_path / "cache"))
        assert done.returncode == 0, done.stderr
        pages = [*out.rglob("*.html"), *out.rglob("*.md"), *(out / "assets").rglob("*.js")]
        return {
            path.relative_to(out).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in pages
        }

    before = built()
    rubric = site / "rubrics" / "sample.yml"
    rubric.write_text(sample.replace("names an owner and", "names two owners and"))
    (site / "docs" / "old.md").unlink()
    (out / "stray").mkdir()
    (out / "stray" / "index.html").write_text("stray")
    after = built()
    assert before.keys() - after.keys() == {"old/index.html"}
    assert after.keys() <= before.keys()
    again = {path for path in after if after[path][0] != before[path][0]}
    assert "sample/dimensions/craft/index.html" in again
    assert "sample/plays/run-the-drill/index.html" not in again
    assert len(again) < len(after) / 2
    assert {path for path in after if after[path][1] != before[path][1]} <= again
    config = yaml.safe_load((site / "mkdocs.yml").read_text())
    (site / "mkdocs.yml").write_text(yaml.safe_dump({**config, "site_dir": "other"}))
    out = site / "other"
    assert {path: content for path, (_, content) in built().items()} == {
        path: content for path, (_, content) in after.items()
    }
