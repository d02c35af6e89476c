"""A person at a browser: opens pages, answers questions, reads results."""

from __future__ import annotations

import functools
import io
import json
import os
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
)
from waiting import expect

# The pages that people visit most, and questions on them.
FULL = "ai-product/assessment.html"
QUICK = "ai-product/quick-check.html"
STAGE = "ai-product/stages/opportunistic.html"
FIRST, SECOND = "data-input-inventory", "data-access-time-recorded"
SNAPSHOT = "data-snapshot-named"
"""The first question of the quick check."""

# The four questions of a small rubric in a file of their own: half the work of a page of the site.
SMALL = "assess.html"
ONE, TWO = "drill-done", "work-checked"

DENY = """Object.defineProperty(window, "%s", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); },
});"""
SESSION_ONLY = DENY % "localStorage"
NOTHING = SESSION_ONLY + DENY % "sessionStorage"
"""Scripts that refuse a page one storage, or both."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",  # Else a graphics card is emulated, at four times the work of all the rest.
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium_path(*, whole: bool = False) -> str | None:
    """Return where Debian's Chromium is; without one, Playwright takes its own.

    The shell without windows is the same engine and takes half the time, but knows no settings of
    a profile: for those the `whole` browser is needed.
    """
    named = os.environ.get("STAGEBOOK_CHROMIUM")
    shell = () if whole else ("chromium-headless-shell",)
    paths = map(shutil.which, (*shell, "chromium", "google-chrome"))
    return named or next(filter(None, paths), None)


class Elsewhere:
    """All other hosts: a proxy that answers nothing and keeps what it was asked for.

    To hear of every request from the browser instead takes a twentieth of the time to open a page.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            line, _ = self._socket.accept()
            with line:
                self.asked.append(_first_line(line))


def _first_line(line: socket.socket) -> str:
    """Return what somebody asks for, or why that is not known: who hangs up has asked, too."""
    line.settimeout(1)
    try:
        return line.recv(512).decode(errors="replace").split("\r\n")[0]
    except OSError as error:
        return str(error)


@functools.cache
def elsewhere() -> Elsewhere:
    """Return what stands for all other hosts; this machine is asked without it."""
    return Elsewhere()


@contextmanager
def start_chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start Debian's Chromium, or the one that Playwright installed."""
    arguments = [*ARGUMENTS, f"--proxy-server={elsewhere().address}"]
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
    yield browser
    browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """A server that keeps no log, and answers every request with the file as it is now.

    Times in HTTP have whole seconds: a file that changed within one would be called unchanged. The
    theme reads its search index on every page, which is a quarter of all work; no test searches.
    """

    def send_head(self) -> Any:
        """Answer without regard to what the browser has kept."""
        if self.path.endswith("/search_index.json"):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            index = json.loads(Path(self.translate_path(self.path)).read_text(encoding="utf-8"))
            return io.BytesIO(json.dumps({**index, "docs": index["docs"][:1]}).encode())
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        """Ask the browser to keep nothing."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that lets many wait: a call that is turned away is made again seconds later."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where a browser hangs up, as it may when a page is left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


RECORD = """
const tell = (...words) => console.debug("seen:", Math.round(performance.now()), ...words);
tell("start", location.href);
const kinds = ["mousedown", "mouseup", "click", "change", "popstate", "beforeunload", "pagehide"];
for (const kind of kinds) {
  addEventListener(kind, (event) => {
    const target = event.target?.outerHTML?.slice(0, 120) ?? "";
    tell(kind, target.replaceAll(/\\s+/g, " "), event.clientX ?? "", event.clientY ?? "");
  }, true);
}
addEventListener("click", (event) => event.defaultPrevented && tell("click was taken"));
"""
"""Tells what happened in a page, for the report of a test that failed."""


UNFOLD = """
const unfold = () => {
  for (const menu of document.querySelectorAll(".sb-quiz-menu:not([data-unfolded])")) {
    menu.dataset.unfolded = "";
    menu.open = true;
  }
};
new MutationObserver(unfold).observe(document, { childList: true, subtree: true });
"""
"""Opens the menu of each quiz, which one test opens as a person does."""
LATE = int(os.environ.get("STAGEBOOK_LATE", 0))
"""By how many milliseconds the second and the third script come late in all tests."""


def hold_up(release: str) -> str:
    """Return a script that has the second and the third script of the quiz come late.

    `release` is a function that is given what lets them come.
    """
    return f"""
const append = Element.prototype.append;
Element.prototype.append = function (...nodes) {{
  const go = () => append.apply(this, nodes);
  if (/stagebook-(extras|several)/.test(nodes[0]?.src)) ({release})(go);
  else go();
}};
"""


class Visitor:
    """One browser profile; `expect_errors` is for tests that break something on purpose.

    Only with `hear_requests` it keeps the address of each request.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        expect_errors: bool = False,
        unfold: bool = True,
        hear_requests: bool = False,
        **options: Any,
    ) -> None:
        self.address = address
        self.expect_errors = expect_errors
        self.hear_requests = hear_requests
        viewport = {"width": options.pop("width", 1280), "height": 900}
        # A worker would load the whole site behind the back of each test.
        options = {"service_workers": "block", **options}
        self.context = browser.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(30_000)  # Busy machines are slow, not wrong.
        self.context.grant_permissions([])
        self.context.add_init_script(RECORD)
        if unfold:
            self.context.add_init_script(UNFOLD)
        if LATE:
            self.context.add_init_script(hold_up(f"(go) => setTimeout(go, {LATE})"))
        self.seen: list[str] = []
        self.errors: list[str] = []
        self.requests: set[str] = set()

    def open(self, path: str, *, wait: bool = True, one: bool = False) -> Page:
        """Open a page in a new tab, and wait for the quiz on it, if there is one.

        Its questions are then shown all on the page, unless one at a time is wanted.
        """
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._told)
        if self.hear_requests:
            page.on("request", lambda request: self.requests.add(request.url))
        self.go(page, path, wait=wait, one=one)
        return page

    def go(self, page: Page, path: str, *, wait: bool = True, one: bool = False) -> None:
        """Go to another page in a tab that is open, in a third less time than a new one takes."""
        page.goto(self.address + path)
        if wait and page.locator("stagebook-quiz").count():
            page.locator(".sb-quiz.sb-live").first.wait_for()
            if not one and page.locator(".sb-one").count():
                page.locator("[data-act='all']").click()

    def _told(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)
        elif message.text.startswith("seen:"):
            self.seen.append(message.text)

    def leave(self) -> None:
        """Close the profile; nothing may have gone wrong, and nothing may have left the site."""
        self.context.close()
        print(*self.seen, sep="\n")  # noqa: T201 - shown where a test fails
        own = urlsplit(self.address)
        foreign = [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own.netloc
        ]
        while elsewhere().asked:
            foreign.append(elsewhere().asked.pop())
        assert foreign == []
        assert self.expect_errors or self.errors == [], self.errors


def scroll_to(element: Locator) -> None:
    """Scroll to an element; where it is drawn anew meanwhile, to the one in its place.

    Playwright's own call takes what it finds first, and fails where that is replaced.
    """
    while True:
        try:
            element.scroll_into_view_if_needed()
        except Error as error:
            if "not attached" not in error.message:
                raise
        else:
            return


def read(element: Locator) -> str:
    """Scroll to an element and return its text, once it has one."""
    scroll_to(element)
    expect(element).to_have_text(re.compile(r"\S"), use_inner_text=True)
    return element.inner_text()


def press_seen(element: Locator) -> None:
    """Scroll to an element and press it once the page is painted there, as a person does.

    Playwright presses in the very moment in which it scrolls, before questions above are laid out.
    """
    scroll_to(element)
    element.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    element.click()


@contextmanager
def visiting(browser: Browser, kind: type[Visitor] = Visitor) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: each a browser profile, that must see no error and no other host."""
    visitors: list[Visitor] = []

    def make(address: str, **options: Any) -> Visitor:
        visitors.append(kind(browser, address, **options))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()


class Quiz:
    """The quiz of a page, as a person sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.head = page.locator("stagebook-quiz")
        self.results = page.locator(".sb-results")

    def question(self, gate: str) -> Locator:
        return self.page.locator(f"fieldset[data-gate='{gate}']")

    def shows(self, gate: str) -> str:
        """Return what one reads at a question; off the screen it is not even drawn."""
        return read(self.question(gate))

    def answer(self, gate: str, answer: str) -> None:
        """Click the label of an answer, given by its id."""
        choices = self.question(gate).locator(".sb-choices label")
        choices.filter(has=self.page.locator(f"input[value='{answer}']")).click()
        assert self.answered(gate) == answer, "the click was lost"

    def answer_all(self, answers: dict[str, str]) -> None:
        """Choose many answers at once, which saves the way of the mouse to each."""
        self.page.evaluate(
            """(answers) => {
              for (const [gate, answer] of Object.entries(answers)) {
                const choices = `fieldset[data-gate="${gate}"] .sb-choices`;
                document.querySelector(`${choices} input[value="${answer}"]`).click();
              }
            }""",
            answers,
        )

    def answered(self, gate: str) -> str | None:
        """Return the answer that shows as chosen."""
        checked = self.question(gate).locator(".sb-choices input:checked")
        return checked.get_attribute("value") if checked.count() else None

    def believe(self, stage: str) -> None:
        """Say which stage one believes to be at."""
        radio = self.page.locator(f"input[value='{stage}']")
        self.page.locator("[data-believed] label").filter(has=radio).click()

    def measure(self, measure: str, number: str) -> None:
        field = self.page.locator(f"[data-measure='{measure}']")
        field.fill(number)
        field.blur()

    def note(self, gate: str, text: str) -> None:
        question = self.question(gate)
        details = question.locator("details.sb-note")
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        question.locator("[data-field=note]").fill(text)
        question.locator("[data-field=note]").blur()

    def settled(self) -> str:
        """Return what the result says, once it is drawn."""
        self.page.locator(".sb-results:not([aria-busy])").wait_for()
        return self.results.inner_text()

    def press(self, name: str) -> None:
        self.head.get_by_role("button", name=name).click()

    def said(self) -> str:
        return self.head.locator("[data-el=said]").inner_text()

    def download(self) -> dict[str, Any]:
        with self.page.expect_download() as started:
            self.press("Download answers")
        data: dict[str, Any] = json.loads(Path(started.value.path()).read_text("utf-8"))
        return data

    def load(self, text: str | bytes, name: str = "answers.json") -> None:
        content = text.encode() if isinstance(text, str) else text
        file = {"name": name, "mimeType": "application/json", "buffer": content}
        self.head.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        self.page.wait_for_function(
            "() => document.querySelector('stagebook-quiz [data-el=said]').textContent"
        )

    def stored(self) -> dict[str, Any]:
        """Return what the browser keeps of the rubric of this page."""
        found = self.page.evaluate(
            "() => Object.entries(localStorage).filter(([k]) => /assessment.1.[a-z-]+$/.test(k))"
        )
        [(_, text)] = found
        data: dict[str, Any] = json.loads(text)
        return data


def listed(page: Page) -> list[str]:
    """Return the names of the assessments kept here, as their list shows them."""
    place = page.locator("#quiz-assessments")
    page.locator(".sb-places").get_by_role("link", name="Your assessments").click()
    page.locator("#quiz-assessments:not([aria-busy])").wait_for()
    return place.locator(".sb-saved > li > b").all_inner_texts()


def row(page: Page, name: str) -> Any:
    listed(page)
    return page.locator(".sb-saved > li").filter(has=page.get_by_text(name, exact=True))


def name(quiz: Quiz, subject: str) -> None:
    quiz.page.locator("[data-about=subject]").fill(subject)
    quiz.page.locator("[data-about=subject]").blur()


def start_new(page: Page) -> None:
    page.get_by_role("button", name="New assessment").click()


def reload(page: Page) -> None:
    page.reload()
    page.locator(".sb-live").wait_for()


def reload_calmly(page: Page) -> None:
    """Load a page anew a second after the last change.

    Where two tabs show the same file, Chromium gives the next page at times nothing of what its
    tab has in `sessionStorage`: on a busy machine in one of fifteen tries, whether that was written
    just before or a second; it is there again seconds later. With one tab, and from a server, it
    was there in each of 200 tries.
    """
    page.wait_for_timeout(1000)
    reload(page)


def work_over_reloads(quiz: Quiz, gate: str) -> None:
    """Do what a person does in a workshop, loading the page anew again and again."""
    page = quiz.page
    name(quiz, "Alpha")
    quiz.answer(gate, "partly")
    quiz.note(gate, "Two rows lack an owner.")
    reload_calmly(page)
    assert quiz.answered(gate) == "partly"
    start_new(page)
    expect(quiz.head).to_contain_text("This is a new assessment")
    # Not even left the field.
    page.locator("[data-about=subject]").fill("Beta")
    reload_calmly(page)
    assert sorted(listed(page)) == ["Alpha", "Beta"]
    quiz.answer(gate, "no")
    page.evaluate("() => scrollTo(0, 900)")
    page.wait_for_timeout(300)  # The theme writes that into the history.
    reload_calmly(page)
    assert quiz.answered(gate) == "no"
    row(page, "Alpha").get_by_role("button", name="Open: Alpha").click()
    assert quiz.answered(gate) == "partly"
    reload_calmly(page)
    note = quiz.question(gate).locator("[data-field=note]")
    assert note.input_value() == "Two rows lack an owner."
    row(page, "Alpha").get_by_role("button", name="Delete: Alpha").click()
    reload_calmly(page)
    assert listed(page) == ["Beta"]
    page.get_by_role("button", name="Restore it").click()
    assert sorted(listed(page)) == ["Alpha", "Beta"]


def open_result(visit: Callable[..., Visitor], address: str, **options: Any) -> Page:
    """Answer some questions of the small quiz, and see its result."""
    page = visit(address, **options).open(SMALL)
    quiz = Quiz(page)
    quiz.answer_all({ONE: "no", TWO: "yes", "plan-kept": "no"})
    scroll_to(quiz.results)
    quiz.settled()
    return page
