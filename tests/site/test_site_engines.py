"""The written site in the engines that can build it: addresses, ids, and the quiz in a browser.

Each engine gets an environment of its own in `build/sites`, from the package index.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from browser import Quiz, Visitor, reload, serve
from click.testing import CliRunner
from folders import ROOT
from stagebook.cli import main

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("STAGEBOOK_SITES"), reason="`make sites` builds with other engines"
    ),
]

Visit = Callable[..., Visitor]
PLACE = ROOT / "build" / "sites"
ENGINES = {
    "mkdocs": [],
    "properdocs": ["properdocs", "mkdocs-material"],
    "zensical": ["zensical"],
}
"""What to install for each engine; MkDocs is here already."""
GATE = "data-input-inventory"
THEME = {("assets", "javascripts"), ("assets", "stylesheets")}
"""The folders of the theme's own files."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the shipped site as plain files."""
    folder = tmp_path_factory.mktemp("written")
    wrote = CliRunner().invoke(main, ["write", str(folder), "-f", str(ROOT / "mkdocs.yml")])
    assert wrote.exit_code == 0, wrote.output
    return folder


def installed(engine: str) -> tuple[str, list[str]]:
    """Return the version of an engine and the command that starts it; installs the newest."""
    if not ENGINES[engine]:
        return version("mkdocs"), [sys.executable, "-m", engine]
    place = PLACE / engine
    python = place / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--upgrade", *ENGINES[engine]]
    subprocess.run(install, check=True)
    ask = f"from importlib.metadata import version; print(version({engine!r}))"
    said = subprocess.run([str(python), "-c", ask], check=True, capture_output=True, text=True)
    return said.stdout.strip(), [str(place / "bin" / engine)]


def build(command: list[str], folder: Path) -> float:
    """Build a site strictly; return the seconds by the clock."""
    start = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "build", "--strict", "-f", "mkdocs.yml"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - start


def ids_of(path: Path) -> set[str]:
    return set(re.findall(r'\sid="?([a-z0-9-]+)"?[\s>]', path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_builds_the_written_site(
    engine: str, written: Path, built: Path, visit: Visit, capfd: pytest.CaptureFixture[str]
) -> None:
    number, command = installed(engine)
    seconds = build(command, written), build(command, written)
    site = written / "site"
    pages = {path.relative_to(built) for path in built.rglob("*.html")}
    assert pages <= {path.relative_to(site) for path in site.rglob("*.html")}
    # What links from other sites lead to is where it was.
    rubric = json.loads((built / "ai-product" / "rubric.json").read_text(encoding="utf-8"))
    for dimension in rubric["dimensions"]:
        path = Path("ai-product", "dimensions", f"{dimension}.html")
        gates = {id_ for id_, gate in rubric["gates"].items() if gate["dimension"] == dimension}
        assert gates <= ids_of(site / path) & ids_of(built / path)
    with serve(site) as address:
        quiz = Quiz(visit(address).open("ai-product/assessment.html"))
        quiz.answer(GATE, "yes")
        reload(quiz.page)
        assert quiz.answered(GATE) == "yes"
        quiz.page.screenshot(path=PLACE / f"{engine}.png")
    with capfd.disabled():
        cold, again = seconds
        print(f"\n{engine} {number}: {len(pages)} pages, {cold:.1f} s, again {again:.1f} s")  # noqa: T201


def test_properdocs_runs_the_plugin(built: Path, tmp_path: Path, visit: Visit) -> None:
    """It is a fork of MkDocs that takes its plugins as they are, so it needs no written files."""
    _, [command] = installed("properdocs")
    python = PLACE / "properdocs" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(ROOT)], check=True)
    environment = {name: one for name, one in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [command, "build", "--strict", "-f", str(ROOT / "mkdocs.yml"), "-d", str(tmp_path)],
        env={**environment, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

    def files(site: Path) -> set[Path]:
        # The theme may be a newer one, whose files have other names.
        found = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
        return {path for path in found if path.parts[:2] not in THEME}

    assert files(built) == files(tmp_path)
    assert (built / "llms.txt").read_bytes() == (tmp_path / "llms.txt").read_bytes()
    with serve(tmp_path) as address:
        quiz = Quiz(visit(address).open("ai-product/assessment.html"))
        quiz.answer(GATE, "yes")
        reload(quiz.page)
        assert quiz.answered(GATE) == "yes"
