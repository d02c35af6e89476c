"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("browser", "quiz_page")  # Before they are imported.

# ruff: noqa: E402
from browser import SMALL, Visitor, serve, start_chromium, visiting
from building import mkdocs
from folders import ROOT
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, sync_playwright
from shared import made_once
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site import single_file

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites expected files instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with an expected file, or rewrite that file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """Return the AI Product Maturity Model."""
    return load_rubric(ROOT / "rubrics" / "ai-product.yml").rubric


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shipped site."""

    def build(folder: Path) -> None:
        result = mkdocs("build", "--strict", "-d", str(folder), cwd=ROOT)
        assert result.returncode == 0, result.stderr

    return made_once(tmp_path_factory, "site", build)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start the driver of both browsers, once for all tests."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium, once for all tests."""
    with start_chromium(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def served(built: Path) -> Iterator[str]:
    """Serve the shipped site; return its address."""
    with serve(built) as address:
        yield address


@pytest.fixture(params=["http", pytest.param("file", marks=pytest.mark.long)])
def address(request: pytest.FixtureRequest, built: Path, served: str) -> str:
    """Return the address of the site, once on a server and once as files."""
    return served if request.param == "http" else f"{built.as_uri()}/"


@pytest.fixture(scope="session")
def stick(built: Path) -> str:
    """Return the address of the site on a stick, for what does not depend on a server."""
    return f"{built.as_uri()}/"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the quiz of a small rubric, which behaves like that of a large one and is fast."""
    folder = tmp_path_factory.mktemp("small")
    sample = load_rubric(ROOT / "tests" / "rubrics" / "good" / "sample.yml").rubric
    (folder / SMALL).write_text(single_file(sample), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_served(small: Path) -> Iterator[str]:
    """Serve the small quiz; return its address."""
    with serve(small) as address:
        yield address


@pytest.fixture(scope="session")
def small_stick(small: Path) -> str:
    """Return the address of the small quiz as a file."""
    return f"{small.as_uri()}/"


@pytest.fixture(params=[pytest.param("http", marks=pytest.mark.long), "file"])
def small_address(request: pytest.FixtureRequest, small_stick: str, small_served: str) -> str:
    """Return the address of the small quiz, once on a server and once as a file."""
    return small_served if request.param == "http" else small_stick


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Make visitors in Chromium."""
    with visiting(chromium) as make:
        yield make


os.environ["STAGEBOOK_CACHE_DIR"] = ""  # Builds of tests reuse nothing; those of the cache set it.
settings.register_profile("few", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=5_000, deadline=None)
settings.load_profile(os.environ.get("STAGEBOOK_EXAMPLES", "quick"))
