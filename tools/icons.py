"""Draw the icons of an installed assessment as PNG, from `app.svg`: not all systems take SVG."""

from __future__ import annotations

from pathlib import Path

from browser import start_chromium
from playwright.sync_api import sync_playwright

ASSETS = Path(__file__).resolve().parent.parent / "generator" / "stagebook" / "assets"
SIZES = (192, 512)


def main() -> None:
    """Draw the icon in each size."""
    drawing = (ASSETS / "app.svg").as_uri()
    with sync_playwright() as playwright, start_chromium(playwright) as browser:
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.goto(drawing)
            page.screenshot(path=ASSETS / f"app-{size}.png")


if __name__ == "__main__":
    main()
