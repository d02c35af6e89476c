"""A site as an app: it works without its server, changes only when asked to, and goes when told."""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml
from browser import Quiz, Server, Visitor, reload
from building import mkdocs, site_of
from folders import GOOD, ROOT
from playwright.sync_api import Page
from stagebook.files.rubrics import load_rubric
from stagebook.site import Site
from stagebook.site.editions import Edition
from stagebook.site.publishing.app import MAX_BYTES, WORKER, kept_files, manifest, worker
from waiting import expect, until

Visit = Callable[..., Visitor]
QUIZ, GATE = "sample/assessment/", "drill-done"
SETTINGS: dict[str, Any] = {
    "theme": {"name": "material", "font": False, "features": ["navigation.instant"]},
    "plugins": ["search", {"stagebook": {"publish": {"policy": True, "service_worker": True}}}],
}


class Host(SimpleHTTPRequestHandler):
    """A host that keeps no log and lets browsers keep nothing of their own."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Hosted:
    """A site below `/docs/` of a host, which may stop; another site is beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "host"
        self.root.mkdir()
        (self.root / "beside.html").write_text("<!doctype html><title>Beside</title><p>Here</p>")
        site_of(folder, {"sample": (GOOD / "sample.yml").read_text("utf-8")}, **SETTINGS)
        self.publish()
        handler = functools.partial(Host, directory=str(self.root))
        self.server = Server(("127.0.0.1", 0), handler)
        self.host = f"http://127.0.0.1:{self.server.server_port}/"
        self.address = f"{self.host}docs/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self, heading: str = "Home", **changes: Any) -> None:
        """Build the site, which may have changed, into the folder of the host."""
        (self.folder / "docs" / "index.md").write_text(
            f"# {heading}\n\n[The model](sample/index.md)\n"
        )
        config = yaml.safe_load((self.folder / "mkdocs.yml").read_text()) | changes
        (self.folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
        built = mkdocs("build", "--strict", "-d", str(self.root / "docs"), cwd=self.folder)
        assert built.returncode == 0, built.stderr

    def stop(self) -> None:
        """Answer nothing any more."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    """Publish a site."""
    hosted = Hosted(tmp_path)
    yield hosted
    with suppress(OSError):
        hosted.stop()


def reader_of(visit: Visit, hosted: Hosted, **options: Any) -> Visitor:
    return visit(hosted.address, service_workers="allow", **options)


def settle(page: Page) -> None:
    """Wait until the worker serves this page."""
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")


def kept(page: Page) -> list[str]:
    """Return the addresses of what the browser keeps for this host."""
    found: list[str] = page.evaluate(
        """async () => {
          const names = await caches.keys();
          const caught = await Promise.all(names.map((name) => caches.open(name)));
          const keys = await Promise.all(caught.map((cache) => cache.keys()));
          return keys.flat().map(({ url }) => url);
        }"""
    )
    return found


def registrations(page: Page) -> int:
    found: int = page.evaluate(
        "async () => (await navigator.serviceWorker.getRegistrations()).length"
    )
    return found


def notice(page: Page) -> Any:
    return page.locator(".sb-version")


@pytest.mark.browser
def test_a_site_works_without_its_server_after_the_first_visit(
    hosted: Hosted, visit: Visit
) -> None:
    # The console tells that the theme finds no sitemap, without which it loads each page whole.
    page = reader_of(visit, hosted, expect_errors=True).open("")
    settle(page)
    assert notice(page).count() == 0, "the first version is no new one"
    hosted.stop()
    quiz = Quiz(page)
    page.goto(f"{hosted.address}{QUIZ}")
    page.locator(".sb-live").wait_for()
    page.locator("[data-act=all]").click()
    quiz.answer(GATE, "yes")
    reload(page)
    assert quiz.answered(GATE) == "yes"
    # What the quiz loads later is there as well.
    page.locator(".sb-places").get_by_role("link", name="Your assessments").click()
    page.locator("#quiz-assessments .sb-saved > li").first.wait_for()
    expect(page.locator(".md-search-result__meta")).to_contain_text("Type to start")
    page.locator(".md-search__input").click()
    page.keyboard.type("craft")
    page.locator(".md-search-result__item").first.wait_for()
    # As hosts write addresses: with a page's file, without the slash, with what a link carries.
    for path in ("sample/gates/", "sample/assessment/index.html?a=1", "sample?b=2"):
        answer = page.goto(hosted.address + path)
        assert answer is not None
        assert answer.ok
    assert page.url == f"{hosted.address}sample/?b=2"
    page.locator(".md-content a[href*='assessment']").first.click()
    page.locator(".sb-live").wait_for()


@pytest.mark.long
@pytest.mark.browser
def test_a_worker_keeps_its_own_site_alone(hosted: Hosted, visit: Visit) -> None:
    page = reader_of(visit, hosted).open("")
    settle(page)
    found = kept(page)
    assert all(url.startswith(hosted.address) for url in found)
    assert not [url for url in found if "assess.html" in url or ".md?" in url]
    page.goto(f"{hosted.host}beside.html")
    assert page.evaluate("() => navigator.serviceWorker.controller") is None


@pytest.mark.browser
def test_a_new_version_waits_until_the_reader_wants_it(hosted: Hosted, visit: Visit) -> None:
    reader = reader_of(visit, hosted)
    page = reader.open("")
    settle(page)
    page.goto(f"{hosted.address}{QUIZ}")
    page.locator("[data-act=all]").click()
    quiz = Quiz(page)
    quiz.answer(GATE, "yes")
    # So that it says less of what has changed.
    hosted.publish("Changed")
    page.reload()
    expect(notice(page)).to_contain_text("There is a new version of this site")
    assert quiz.answered(GATE) == "yes"
    other = reader.context.new_page()
    other.goto(hosted.address)
    assert other.locator("h1").inner_text() == "Home"
    # Two tabs must not be of two versions.
    notice(page).get_by_role("button", name="Show it").click()
    expect(notice(page)).to_contain_text("also open in another tab")
    assert quiz.answered(GATE) == "yes"
    notice(other).get_by_role("button", name="Later").click()
    expect(notice(other)).to_have_count(0)
    other.close()
    # A worker hears a moment later that a tab is closed.
    [one, *_] = reader.context.service_workers
    is_alone = "async () => (await clients.matchAll({ includeUncontrolled: true })).length === 1"
    for _ in range(100):
        if one.evaluate(is_alone):
            break
        page.wait_for_timeout(50)
    page.evaluate("() => { globalThis.before = true; }")
    notice(page).get_by_role("button", name="Show it").click()
    page.wait_for_function("() => !globalThis.before && document.querySelector('.sb-live')")
    assert quiz.answered(GATE) == "yes"
    expect(notice(page)).to_have_count(0)
    page.goto(hosted.address)
    assert page.locator("h1").inner_text() == "Changed"
    # Nothing of the earlier version is left.
    home = [url for url in kept(page) if "/docs/index.html?" in url]
    assert len(home) == 1


@pytest.mark.long
@pytest.mark.browser
def test_a_new_version_is_there_when_all_pages_were_closed(hosted: Hosted, visit: Visit) -> None:
    reader = reader_of(visit, hosted)
    page = reader.open("")
    settle(page)
    hosted.publish("Changed")
    page.reload()
    notice(page).wait_for()
    page.goto(f"{hosted.host}beside.html")
    again = reader.context.new_page()
    page.close()
    again.goto(hosted.address)
    expect(again.locator("h1")).to_have_text("Changed")


@pytest.mark.long
@pytest.mark.browser
def test_a_host_that_changes_pages_on_the_way_gets_no_worker(hosted: Hosted, visit: Visit) -> None:
    """What is kept is the site as it was built, whole, or nothing."""
    home = hosted.root / "docs" / "index.html"
    home.write_text(home.read_text("utf-8") + "<!-- seen by a host -->", encoding="utf-8")
    page = reader_of(visit, hosted).open("")
    until(
        page,
        """async () => {
          const found = await navigator.serviceWorker.getRegistration();
          return found === undefined || !(found.installing || found.waiting || found.active);
        }""",
    )
    assert page.locator("h1").inner_text() == "Home"


@pytest.mark.long
@pytest.mark.browser
def test_a_worker_that_is_switched_off_goes(hosted: Hosted, visit: Visit) -> None:
    page = reader_of(visit, hosted).open("")
    settle(page)
    hosted.publish("Changed", plugins=["search", "stagebook"])
    page.reload()
    notice(page).get_by_role("button", name="Show it").click()
    expect(page.locator("h1")).to_have_text("Changed")
    assert kept(page) == []
    assert registrations(page) == 0
    page.reload()
    assert registrations(page) == 0
    assert page.locator("script[src*='stagebook/app.js']").count() == 0


@pytest.mark.long
@pytest.mark.browser
def test_a_worker_that_its_host_has_no_more_goes(hosted: Hosted, visit: Visit) -> None:
    page = reader_of(visit, hosted, expect_errors=True).open("")
    settle(page)
    (hosted.root / "docs" / WORKER).unlink()
    (hosted.root / "docs" / "index.html").write_text("<!doctype html><h1>Another site</h1>")
    page.reload()
    until(page, "async () => (await caches.keys()).length === 0")
    until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    page.reload()
    assert page.locator("h1").inner_text() == "Another site"
    assert registrations(page) == 0
    assert page.evaluate("() => caches.keys()") == []


@pytest.mark.long
@pytest.mark.browser
def test_the_assessment_can_be_installed(hosted: Hosted, visit: Visit) -> None:
    page = reader_of(visit, hosted).open("")
    settle(page)
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{hosted.address}sample/app.webmanifest"
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    read = json.loads(found["data"])
    for icon in read["icons"]:
        answer = page.request.get(f"{hosted.address}sample/{icon['src']}")
        assert answer.ok
    # Instant navigation replaces what it finds in the head.
    page.locator(".md-content a[href$='sample/']").click()
    page.wait_for_url(f"{hosted.address}sample/")
    expect(page.locator("link[rel=manifest]")).to_have_count(1)
    assert session.send("Page.getAppManifest")["url"] == found["url"]


def test_a_manifest_opens_the_assessment_in_the_language_of_its_rubric() -> None:
    reading = load_rubric(ROOT / "rubrics" / "ai-product.yml")
    rubric = reading.rubric
    made = manifest(Edition(reading, ""), Site(directory_urls=False))
    assert made["start_url"] == "assessment.html"
    assert made["scope"] == "../"
    assert (made["lang"], made["dir"], made["name"]) == ("en", "ltr", rubric.title)
    arabic = reading._replace(records=rubric.model_copy(update={"language": "ar"}))
    made = manifest(Edition(arabic, "ar"), Site())
    assert (made["lang"], made["dir"], made["scope"]) == ("ar", "rtl", "../../")
    assert made["start_url"] == "assessment/"
    assert made["icons"][0]["src"] == "../../assets/stagebook/app.svg"
    assert made["description"].startswith("Five stages")
    brief = reading._replace(records=rubric.model_copy(update={"summary": None}))
    assert "description" not in manifest(Edition(brief, ""), Site())


def test_a_manifest_says_nothing_of_a_rubric_without_a_summary() -> None:
    reading = load_rubric(GOOD / "german.yml")
    bare = reading._replace(records=reading.rubric.model_copy(update={"summary": None}))
    assert "description" not in manifest(Edition(bare, ""), Site())


def test_a_worker_keeps_what_readers_open() -> None:
    paths = (
        *(
            "index.html",
            "m/assess.html",
            "404.html",
            "m/rubric.json",
            "m/index.html.md",
            "llms.txt",
        ),
        *("assets/a.js", "assets/a.js.map", ".well-known/x.html", "m/.x/a.js", "pictures/a.webp"),
        *("search/search_index.json", "search/search_index.js", WORKER, "m/badges/a.svg"),
        *("de/m/assess.html", "pt-br/m/badges/a.svg"),
        *("assets/javascripts/lunr/min/lunr.de.min.js", "assets/javascripts/lunr/tinyseg.js"),
    )
    found = kept_files(dict.fromkeys(paths, 1))
    assert found == ["assets/a.js", "index.html", "pictures/a.webp", "search/search_index.json"]


def test_a_worker_keeps_the_stemmers_that_the_search_loads() -> None:
    folder = "assets/javascripts/lunr"
    paths = [f"{folder}/min/lunr.{one}.min.js" for one in ("de", "fr", "multi", "stemmer.support")]
    sizes = dict.fromkeys([*paths, f"{folder}/tinyseg.js"], 1)
    index = '{"config":{"lang":["en","de"],"separator":"[\\\\s]+"},"docs":[]}'
    assert kept_files(sizes, index) == [one for one in paths if "fr" not in one]
    assert kept_files(sizes, index.replace("de", "ja")) == [*paths[2:], f"{folder}/tinyseg.js"]
    assert kept_files(sizes, '{"docs":[{"text":"\\"lang\\":[\\"de\\"]"}]}') == []


def test_of_a_large_site_a_worker_keeps_the_assessments_first() -> None:
    third = MAX_BYTES // 3
    pages = ["m/plays/a.html", "m/assessment/index.html", "a.html", "assets/stagebook/m.js"]
    found = kept_files(dict.fromkeys(pages, third))
    assert found == ["a.html", "assets/stagebook/m.js", "m/assessment/index.html"]


def test_the_version_is_that_of_the_content() -> None:
    def version(*files: tuple[str, bytes]) -> str:
        return str(re.findall(r'"version":"(\w{16})"', worker(files))[0])

    assert version(("a", b"1")) == version(("a", b"1"))
    assert len({version(("a", b"1")), version(("a", b"2")), version(("b", b"1"))}) == 3
    assert '"files":null' in worker(None)
