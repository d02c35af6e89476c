"""Take the pictures of the gallery: one page of each model, from a site that is built for it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from browser import Quiz, Visitor, start_chromium
from playwright.sync_api import Browser, Page, sync_playwright
from stagebook.files.rubrics import load_rubric

ROOT = Path(__file__).resolve().parent.parent
RUBRICS = ROOT / "rubrics" / "gallery"
PICTURES = ROOT / "content" / "gallery"
WIDTH, HEIGHT = 960, 640
"""The window, in pixels: below the width at which the theme shows its navigation beside a page."""
SHOWN_WIDTH = 640
"""Width of the pictures in pixels, as `content/gallery.md` shows them."""
MAX_BYTES = 40_000


class Shot(NamedTuple):
    """What a picture shows: a page, how it is answered, and what is at the top of the window."""

    page: str
    answers: tuple[str, ...]
    """The answers of the gates in their order, again and again; with none, nothing is answered."""
    top: str


SHOTS = {
    "devops-practices": Shot("assessment.html", ("yes", "yes", "yes", "no"), ".sb-results"),
    "platform-engineering": Shot("assessment.html", (), "fieldset[data-gate]"),
    "open-source-security": Shot("index.html", (), "h1"),
    "delivery-capabilities": Shot(
        "assessment.html",
        ("usually", "always", "sometimes", "usually", "rarely"),
        ".sb-results",
    ),
    "agent-security": Shot("assessment.html", ("yes", "yes", "yes", "partly"), ".sb-results"),
}


def build(folder: Path) -> None:
    """Build the site of this repository."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def take(browser: Browser, site: Path, name: str, shot: Shot) -> bytes:
    """Return a picture of a page as WebP."""
    visitor = Visitor(browser, f"{site.as_uri()}/", color_scheme="light", reduced_motion="reduce")
    page = visitor.open(f"{name}/{shot.page}")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    if shot.answers:
        gates = load_rubric(RUBRICS / f"{name}.yml").rubric.gates
        answers = {id_: shot.answers[n % len(shot.answers)] for n, id_ in enumerate(gates)}
        Quiz(page).answer_all(answers)
        Quiz(page).settled()
    data = capture(page, shot.top)
    visitor.context.close()
    return data


def capture(page: Page, top: str) -> bytes:
    """Return the window as WebP, with an element at its top."""
    page.add_style_tag(content=".md-header, .md-tabs, .md-top { display: none !important }")
    element = page.locator(f"{top}:visible").first
    element.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
    offset = page.evaluate("scrollY")
    page.wait_for_timeout(500)  # Panels are drawn when they become visible.
    clip = {"x": 0, "y": offset, "width": WIDTH, "height": HEIGHT, "scale": SHOWN_WIDTH / WIDTH}
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 80, "clip": clip})
    return base64.b64decode(taken["data"])


def main() -> None:
    """Build the site and write all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        start_chromium(playwright) as browser,
    ):
        build(Path(folder))
        for name, shot in SHOTS.items():
            data = take(browser, Path(folder), name, shot)
            if len(data) > MAX_BYTES:
                sys.exit(f"{name}: {len(data)} bytes are too many")
            (PICTURES / f"{name}.webp").write_bytes(data)
            print(f"{name}: {len(data) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
