"""A person at Firefox, which keeps what each file stores apart from all other files."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import Visitor
from playwright.sync_api import Browser, Page, Playwright

RELAY = Path(__file__).parent / "firefox_relay.py"
PREFERENCES: dict[str, str | float | bool] = {
    # Playwright lets every file see every other one; people's Firefox does not.
    "security.fileuri.strict_origin_policy": True,
    # Firefox does not tell Playwright when a page comes back from its cache.
    "browser.sessionhistory.max_total_viewers": 0,
}
# Firefox does not tell Playwright of files that are missing, nor of all that a policy refuses.
TELL = """
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`Refused by the policy: ${event.blockedURI}`));
  addEventListener("error", ({target}) =>
    target !== window && console.error(`Not loaded: ${target.src ?? target.href}`), true);
"""


def firefox_binary() -> str:
    """Return the path of a Firefox, or fail the test."""
    named = os.environ.get("STAGEBOOK_FIREFOX")
    found = named or shutil.which("firefox-esr") or shutil.which("firefox")
    if found is None:
        pytest.fail("no Firefox: `make test` installs Debian's, or says what to install")
    return found


@contextmanager
def start_firefox(playwright: Playwright, **preferences: float) -> Iterator[Browser]:
    """Start Debian's Firefox, or the one that is named, by way of the relay."""
    with tempfile.TemporaryDirectory(prefix="stagebook-firefox-") as folder:
        start = Path(folder) / "firefox"
        command = shlex.join([sys.executable, str(RELAY), firefox_binary()])
        start.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
        start.chmod(0o700)
        wanted = PREFERENCES | {key.replace("__", "."): one for key, one in preferences.items()}
        browser = playwright.firefox.launch(
            channel="moz-firefox", executable_path=start, firefox_user_prefs=wanted
        )
        yield browser
        browser.close()


class FirefoxVisitor(Visitor):
    """One profile of Firefox."""

    def __init__(self, firefox: Browser, address: str, **options: Any) -> None:
        super().__init__(firefox, address, hear_requests=True, **options)
        self.context.add_init_script(TELL)


def go_back(page: Page, address: str) -> None:
    """Go back to a page, or to a place on this one, given by its address.

    Firefox does not tell Playwright when it goes back within a page to where there was no fragment.
    """
    page.evaluate("() => history.back()")
    page.wait_for_function("(address) => location.href === address", arg=address)
