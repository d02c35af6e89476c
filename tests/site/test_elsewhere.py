"""The tests themselves hear of a page that asks another host."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Visitor
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "asking",
    [
        '<img src="http://elsewhere.example/" alt="">',
        '<script>fetch("https://elsewhere.example/").catch(() => {})</script>',
        '<script>navigator.sendBeacon("http://elsewhere.example/", "1")</script>',
        '<script>new WebSocket("ws://elsewhere.example/")</script>',
    ],
)
def test_who_asks_another_host_is_found(chromium: Browser, tmp_path: Path, asking: str) -> None:
    (tmp_path / "page.html").write_text(f"<title>Asks</title>{asking}", encoding="utf-8")
    visitor = Visitor(chromium, f"{tmp_path.as_uri()}/", expect_errors=True)
    visitor.open("page.html").wait_for_timeout(500)
    with pytest.raises(AssertionError, match=r"elsewhere\.example"):
        visitor.leave()
