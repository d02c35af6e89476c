"""Take the pictures of the site, from one that is built for it.

They are the pictures of the gallery, one page of each model, and that of a result at the start.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple

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
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


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


RESULT = ROOT / "content" / "result"
"""The picture of a result, in the light and the dark palette."""
RESULT_WIDTH, RESULT_HEIGHT, RESULT_SCALE = 640, 556, 1.1


def build(folder: Path) -> None:
    """Build the site of this repository."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def take(browser: Browser, site: Path, name: str, shot: Shot) -> bytes:
    """Return a picture of a page as WebP."""
    visitor = Visitor(
        browser,
        f"{site.as_uri()}/",
        bypass_csp=True,
        color_scheme="light",
        reduced_motion="reduce",
    )
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


def take_result(browser: Browser, site: Path, scheme: Literal["light", "dark"]) -> bytes:
    """Return a picture of the result of the default model's example, as WebP."""
    visitor = Visitor(browser, f"{site.as_uri()}/", color_scheme=scheme, bypass_csp=True)
    page = visitor.open("ai-product/assessment.html?sample#result", one=True)
    page.set_viewport_size({"width": RESULT_WIDTH, "height": RESULT_HEIGHT})
    Quiz(page).settled()
    page.add_style_tag(content=".sb-sample-note { display: none !important }")
    size = (RESULT_WIDTH, RESULT_HEIGHT, RESULT_SCALE)
    data = capture(page, ".sb-results .sb-headline", *size)
    visitor.context.close()
    return data


def capture(
    page: Page,
    top: str,
    width: int = WIDTH,
    height: int = HEIGHT,
    scale: float = SHOWN_WIDTH / WIDTH,
) -> bytes:
    """Return the window as WebP, with an element at its top."""
    page.add_style_tag(content=".md-header, .md-tabs, .md-top { display: none !important }")
    element = page.locator(f"{top}:visible").first
    element.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
    offset = page.evaluate("scrollY")
    page.wait_for_timeout(500)  # Panels are drawn when they become visible.
    clip = {"x": 0, "y": offset, "width": width, "height": height, "scale": scale}
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 72, "clip": clip})
    return base64.b64decode(taken["data"])


def main() -> None:
    """Build the site and write all pictures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        start_chromium(playwright) as browser,
    ):
        site = Path(folder)
        build(site)
        for scheme in SCHEMES:
            keep(RESULT / f"{scheme}.webp", take_result(browser, site, scheme))
        for name, shot in SHOTS.items():
            keep(PICTURES / f"{name}.webp", take(browser, site, name, shot))


def keep(path: Path, data: bytes) -> None:
    """Write a picture, unless it is too large for a page."""
    if len(data) > MAX_BYTES:
        sys.exit(f"{path.name}: {len(data)} bytes are too many")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    print(f"{path.name}: {len(data) / 1000:.0f} KB")


if __name__ == "__main__":
    main()
