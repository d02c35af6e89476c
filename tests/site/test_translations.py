"""One rubric in several languages: where its pages are, what leads to them, and shared answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import stagebook
import yaml
from browser import Quiz, Visitor, name, serve
from building import mkdocs
from click.testing import CliRunner
from node import ScoringServer
from playwright.sync_api import Page
from stagebook.checks.loader import Reading
from stagebook.cli import main
from stagebook.diagnostics import RubricError
from stagebook.files.rubrics import load_rubric
from stagebook.site.addresses import Site
from stagebook.site.editions import find_editions, language_name
from stagebook.site.language_switch import search_languages
from stagebook.site.quiz_data import form_of, quiz_data
from stagebook.site.single import single_file
from two_languages import GERMAN, SAMPLE, make_site
from waiting import expect

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("two"))


@pytest.fixture(scope="module")
def pages(site: Path) -> Path:
    """Build the site as files."""
    result = mkdocs("build", "--strict", cwd=site)
    assert result.returncode == 0, result.stderr
    return site / "site"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with an address of its own, and a folder for each page."""
    site = make_site(
        tmp_path_factory.mktemp("published"),
        plugins=["search", "stagebook"],
        site_url="https://example.org/two/",
        extra={"alternate": [{"name": "Auf Deutsch", "link": "/x/", "lang": "de"}]},
    )
    result = mkdocs("build", "--strict", cwd=site)
    assert result.returncode == 0, result.stderr
    return site / "site"


@pytest.fixture(scope="module")
def written(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site as plain files."""
    folder = tmp_path_factory.mktemp("written") / "out"
    wrote = CliRunner().invoke(main, ["write", str(folder), "-f", str(site / "mkdocs.yml")])
    assert wrote.exit_code == 0, wrote.output
    return folder


@pytest.fixture(scope="module")
def served(pages: Path) -> Iterator[str]:
    with serve(pages) as address:
        yield address


@pytest.fixture(params=[pytest.param("http", marks=pytest.mark.long), "file"])
def address(request: pytest.FixtureRequest, pages: Path, served: str) -> str:
    return served if request.param == "http" else f"{pages.as_uri()}/"


def switch_of(page: Path) -> dict[str, str]:
    """Return where the switch of a built page leads, by language."""
    html = page.read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)" hreflang="([^"]*)" class="md-select__link"', html)
    return {language: href for href, language in links}


def language_of(page: Path) -> str:
    found = re.search(r'<html lang="([^"]*)"', page.read_text(encoding="utf-8"))
    assert found
    return found.group(1)


def readings(folder: Path, **texts: str) -> list[Reading]:
    (folder / "sample.yml").write_text(SAMPLE, encoding="utf-8")
    found = []
    for file, text in texts.items():
        path = folder / f"{file}.yml"
        path.write_text(text, encoding="utf-8")
        found.append(load_rubric(path))
    return found


def folders(found: list[Reading], language: str = "en") -> list[str]:
    return [edition.home for edition in find_editions(found, language)]


FRENCH = GERMAN.replace("language: de", "language: fr")
SWISS = (
    'extends: de.yml\nlanguage: de-CH\ntitle: Chochichästli\nchecks: {translation-gaps: "off"}\n'
)


def test_the_original_has_the_bare_folder_whatever_comes_first(tmp_path: Path) -> None:
    german, original, swiss = readings(tmp_path, de=GERMAN, en=SAMPLE, ch=SWISS)
    assert folders([german, original, swiss]) == ["de/sample", "sample", "de-ch/sample"]
    assert folders([original, german]) == ["sample", "de/sample"]
    assert folders([german]) == ["sample"], "alone, it needs no other folder"


def test_without_an_original_the_language_of_the_site_stands_for_it(tmp_path: Path) -> None:
    german, french = readings(tmp_path, de=GERMAN, fr=FRENCH)
    assert folders([german, french], "fr") == ["de/sample", "sample"]
    assert folders([german, french], "en") == ["sample", "fr/sample"]


def test_two_rubrics_of_one_id_in_one_language_are_refused(tmp_path: Path) -> None:
    german, again, original = readings(tmp_path, de=GERMAN, again=GERMAN, en=SAMPLE)
    copy = readings(tmp_path, other=SAMPLE.replace("version: 1.2.0", "version: 2.0.0"))
    for found in ([german, original, again], [german, again], [original, *copy]):
        with pytest.raises(RubricError) as raised:
            find_editions(found)
        [finding] = raised.value.findings
        assert (finding.code, "also has the id 'sample'" in finding.message) == (
            "duplicate-id",
            True,
        )


def test_a_rubric_named_like_a_language_is_refused(tmp_path: Path) -> None:
    found = readings(tmp_path, de=GERMAN, en=SAMPLE, named=SAMPLE.replace("id: sample", "id: de"))
    with pytest.raises(RubricError) as raised:
        find_editions(found)
    assert "need the folder of the rubric 'de'" in raised.value.findings[0].message


def test_languages_call_themselves_what_their_speakers_do() -> None:
    assert [language_name(tag) for tag in ("en", "de", "fr", "pt-BR", "xx-none")] == [
        *("English", "Deutsch", "Français", "Português (Brasil)", "xx-none"),
    ]


def test_the_search_learns_what_it_can() -> None:
    assert search_languages(["en"], ["de-CH", "xx", "de", "fr"]) == ["en", "de", "fr"]


def test_pages_are_below_the_folder_of_their_language() -> None:
    assert Site(edition="de").folder("sample") == "de/sample"
    assert Site().script("sample") != Site(edition="de").script("sample")


def test_what_the_quiz_stores_has_one_form_in_all_languages(tmp_path: Path) -> None:
    """What is stored in one language is read at once in another, and after a change anew."""
    german, original = (one.rubric for one in readings(tmp_path, de=GERMAN, en=SAMPLE))
    assert form_of(german) == form_of(original)
    # This one says its scale in German only: in English it is that of the format.
    shipped, translated = (stagebook.load(name) for name in ("ai-product", "ai-product.de"))
    assert form_of(shipped) == form_of(translated)
    changes = [
        ("id: sample", "id: other"),
        ("version: 1.2.0", "version: 1.3.0"),
        ("aliases: [work-read]", "aliases: [work-seen]"),
        ("min: 0}", "min: 1}"),
        ("    weight: 3\n", "    weight: 3\n    criteria: {made: Made}\n"),
        ("grade:\n    low:", "grade:\n    least:"),
    ]
    for old, new in changes:
        assert old in SAMPLE
        [changed] = readings(tmp_path, changed=SAMPLE.replace(old, new))
        assert changed.records is not None
        assert form_of(changed.records) != form_of(original), new


def test_files_and_links_are_the_same_in_all_languages(tmp_path: Path) -> None:
    german, original = (one.rubric for one in readings(tmp_path, de=GERMAN, en=SAMPLE))
    answers = tmp_path / "answers.json"
    said: dict[str, Any] = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": "sample", "version": "1.2.0"},
        "subject": "Checkout",
        "answers": {"plan-kept": {"answer": "yes", "note": "Ja."}},
        "measures": {"plan-days": 12.5},
    }
    answers.write_text(json.dumps(said), encoding="utf-8")
    [english] = stagebook.load_assessments(original, answers)
    [reading] = stagebook.read_assessments(german, answers)
    assert reading.findings == []
    assert reading.assessment == english
    assert (
        stagebook.score(german, english)["overall"] == stagebook.score(original, english)["overall"]
    )
    assert stagebook.explain(german, english).startswith(
        "Musterleiter 1.2.0: Checkout\n\nMindestens Erste\n"
    )
    result = CliRunner().invoke(main, ["score", str(tmp_path / "de.yml"), str(answers)])
    assert (result.exit_code, result.stdout) == (0, stagebook.explain(german, english))
    server = ScoringServer()
    try:
        link = server.ask(ask="link", data=quiz_data(original), assessment=said, notes=True)
        opened = server.ask(ask="unlink", data=quiz_data(german), fragment=link)
    finally:
        server.close()
    assert opened["findings"] == opened["unknown"] == []
    for key in ("answers", "measures", "subject"):
        assert opened["assessment"][key] == said[key]


@pytest.mark.slow
def test_the_switch_leads_to_the_same_page_and_its_languages_are_named(pages: Path) -> None:
    for path in ("gates", "stages/first", "remediations/write-plan", "assessment", "index"):
        ups = "../" * path.count("/")
        english, german = pages / f"sample/{path}.html", pages / f"de/sample/{path}.html"
        assert switch_of(english)["de"] == f"{ups}../de/sample/{path}.html"
        assert switch_of(german)["en"] == f"{ups}../../sample/{path}.html"
        for page, language in ((english, "en"), (german, "de")):
            assert language_of(page) == language
            for href in switch_of(page).values():
                assert (page.parent / href).resolve().is_file(), href
    header = (pages / "de/sample/gates.html").read_text(encoding="utf-8")
    assert '<span lang="en" dir="ltr">English</span>' in header
    assert 'rel="alternate"' not in header, "Material's script would ask for a sitemap there"
    assert "sb-languages" not in header, "the header has the switch"
    # The theme's own words.
    assert "Zum Inhalt" in header


@pytest.mark.slow
def test_hand_written_pages_pair_by_their_path(pages: Path) -> None:
    assert switch_of(pages / "about.html") == {"en": "about.html", "de": "de/about.html"}
    assert switch_of(pages / "de/about.html") == {"en": "../about.html", "de": "about.html"}
    assert switch_of(pages / "only.html") == {}
    assert language_of(pages / "de/about.html") == "de"
    assert "Erste" in (pages / "de/about.html").read_text(encoding="utf-8"), "a block in German"
    # The first page of the site, and that of a language that has none.
    assert switch_of(pages / "index.html")["de"] == "de/sample/index.html"
    assert switch_of(pages / "de/sample/index.html")["en"] == "../../sample/index.html"


@pytest.mark.slow
def test_navigation_has_the_pages_of_the_language(pages: Path) -> None:
    def tabs(path: str) -> list[str]:
        html = (pages / path).read_text(encoding="utf-8")
        [part] = re.findall(r'<ul class="md-tabs__list">(.*?)</ul>', html, re.DOTALL)
        return [" ".join(one.split()) for one in re.findall(r"<a [^>]*>(.*?)</a>", part, re.DOTALL)]

    assert tabs("sample/gates.html") == ["Home", "About us", "Only in English", "Sample model"]
    assert tabs("de/sample/gates.html") == ["Über uns", "Musterleiter"]
    logo = re.search(
        r'<a href="([^"]*)"[^>]*data-md-component="logo"',
        (pages / "de/sample/gates.html").read_text(encoding="utf-8"),
    )
    assert logo
    assert logo.group(1) == "index.html"
    order = [pages / "de/sample/index.html"]
    while found := re.search(r'<link rel="next" href="([^"]*)"', order[-1].read_text("utf-8")):
        order.append((order[-1].parent / found.group(1)).resolve())
    assert len(order) > 10
    assert all("/de/" in one.as_posix() for one in order)
    assert all(one != other for one, other in pairwise(order))


@pytest.mark.slow
def test_paths_in_a_translation_lead_to_its_own_pages(pages: Path) -> None:
    page = (pages / "de/sample/dimensions/craft.html").read_text(encoding="utf-8")
    [href] = set(re.findall(r'<a[^>]* href="([^"]*)"[^>]*>auf der Seite</a>', page))
    assert href == "../gates.html"


@pytest.mark.slow
def test_search_reads_both_languages(pages: Path) -> None:
    index = json.loads((pages / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["en", "de"]


@pytest.mark.slow
def test_a_published_site_says_its_languages_to_search_engines(published: Path) -> None:
    text = (published / "sitemap.xml").read_text(encoding="utf-8")
    place = "https://example.org/two/"
    entry = re.search(rf"<loc>{place}sample/gates/</loc>(.*?)</url>", text, re.DOTALL)
    assert entry
    for language, path in (("en", "sample/gates/"), ("de", "de/sample/gates/")):
        assert f'rel="alternate" hreflang="{language}" href="{place}{path}"' in entry.group(1)
    # Only pages that lead to each other are the same page.
    home = re.search(rf"<loc>{place}</loc>(.*?)</url>", text, re.DOTALL)
    assert home
    assert "alternate" not in home.group(1)


@pytest.mark.slow
def test_an_entry_of_the_author_keeps_its_name_and_leads_to_the_page(published: Path) -> None:
    html = (published / "sample/gates/index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)" hreflang="de"[^>]*>\s*(.*?)\s*</a>', html, re.DOTALL)
    assert links == [("../../de/sample/gates/", "Auf Deutsch")]
    only = (published / "only/index.html").read_text(encoding="utf-8")
    assert 'href="/x/" hreflang="de"' in only


@pytest.mark.slow
def test_instant_navigation_would_keep_the_header_of_another_language(pages: Path) -> None:
    html = (pages / "sample/gates.html").read_text(encoding="utf-8")
    settings = re.search(r'<script id="__config" type="application/json">(.*?)</script>', html)
    assert settings
    assert json.loads(settings.group(1))["features"] == ["navigation.tabs"]


@pytest.mark.slow
def test_the_written_site_lists_the_languages_on_each_page(written: Path, tmp_path: Path) -> None:
    config: dict[str, Any] = yaml.safe_load((written / "mkdocs.yml").read_text(encoding="utf-8"))
    assert {"search": {"lang": ["en", "de"]}} in config["plugins"]
    assert "navigation.instant" in config["theme"]["features"], "no header to go stale"
    built = tmp_path / "built"
    result = mkdocs("build", "--strict", "-d", str(built), cwd=written)
    assert result.returncode == 0, result.stderr
    page = built / "de/sample/stages/first.html"
    [links] = re.findall(
        r'<nav class="sb-languages".*?</nav>', page.read_text(encoding="utf-8"), re.DOTALL
    )
    assert 'hreflang="en" lang="en"' in links
    [href] = re.findall(r'href="([^"]*)"', links)
    assert (page.parent / href).resolve() == (built / "sample/stages/first.html").resolve()


def choose(page: Page, language: str) -> None:
    """Change the language in the header with the keyboard."""
    page.locator(".md-select button").focus()
    page.keyboard.press("Tab")
    for _ in range(4):
        if page.evaluate("document.activeElement.hreflang") == language:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # A document that is being opened has no root element yet, which a locator waits for.
    page.locator(f"html[lang={language}]").wait_for()


@pytest.mark.browser
def test_an_assessment_begun_in_english_goes_on_in_german(visit: Visit, address: str) -> None:
    visitor = visit(address)
    page = visitor.open("sample/assessment.html")
    quiz = Quiz(page)
    quiz.answer("plan-kept", "partly")
    quiz.note("work-checked", "Read by nobody.")
    quiz.measure("plan-days", "12")
    name(quiz, "Checkout")
    kept = quiz.stored()
    page.wait_for_load_state("networkidle")
    choose(page, "de")
    page.locator(".sb-quiz.sb-live").wait_for()
    german = Quiz(page)
    assert "/de/sample/assessment.html" in page.url
    assert german.answered("plan-kept") == "partly"
    assert "Es gibt einen Plan" in german.shows("plan-kept")
    expect(page.locator("[data-measure='plan-days']")).to_have_value("12")
    note = german.question("work-checked").locator("[data-field=note]")
    assert note.input_value() == "Read by nobody."
    assert page.locator("[data-about=subject]").first.input_value() == "Checkout"
    expect(page.get_by_text("hat sich seit")).to_have_count(0)
    assert german.stored() == kept, "looking at it in another language changes nothing"
    german.answer("plan-kept", "yes")
    choose(page, "en")
    page.locator(".sb-quiz.sb-live").wait_for()
    assert Quiz(page).answered("plan-kept") == "yes"


@pytest.mark.long
@pytest.mark.browser
def test_the_switch_works_without_javascript(visit: Visit, pages: Path) -> None:
    visitor = visit(f"{pages.as_uri()}/", java_script_enabled=False, unfold=False)
    page = visitor.open("sample/gates.html", wait=False)
    page.locator(".md-select button").hover()
    page.locator(".md-select__link[hreflang=de]").click()
    page.wait_for_url("**/de/sample/gates.html")
    assert page.locator("html").get_attribute("lang") == "de"


@pytest.mark.long
@pytest.mark.browser
def test_search_finds_german_words(visit: Visit, pages: Path) -> None:
    visitor = visit(f"{pages.as_uri()}/")  # The test server keeps the index to itself.
    page = visitor.open("de/sample/index.html", wait=False)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("Handwerk")
    page.locator(".md-search-result__item").first.wait_for()
    links = page.locator(".md-search-result__link")
    assert "de/sample/" in (links.first.get_attribute("href") or "")


@pytest.mark.long
@pytest.mark.browser
def test_a_quiz_takes_the_answers_to_what_its_rubric_extends(visit: Visit, tmp_path: Path) -> None:
    text = 'extends: sample.yml\nid: sample-acme\ngates: {plan-kept: {title: "A plan is there"}}\n'
    [reading] = readings(tmp_path, acme=text)
    (tmp_path / "assess.html").write_text(single_file(reading.rubric), encoding="utf-8")
    visitor = visit(f"{tmp_path.as_uri()}/")
    quiz = Quiz(visitor.open("assess.html"))
    answers = {"plan-kept": {"answer": "yes"}}
    head = {"format": "stagebook-assessment/1", "rubric": {"id": "sample", "version": "0.9.0"}}
    quiz.load(json.dumps({**head, "answers": answers}))
    assert "answers to the rubric that this one is based on" in quiz.said()
    assert quiz.answered("plan-kept") == "yes"
    assert quiz.download()["rubric"] == {"id": "sample-acme", "version": "1.2.0"}
    expect(quiz.page.get_by_text("The rubric has changed")).to_have_count(0)
    quiz.load(json.dumps({**head, "rubric": {"id": "other"}, "answers": answers}))
    assert "different rubric" in quiz.said()
