"""The Content-Security-Policy: what it allows, and that no page of the site breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visitor
from stagebook.site.publishing.policy import PLACE, Policy, with_place, with_policy
from stagebook.site.single import fingerprint

Visit = Callable[..., Visitor]

VIOLATIONS = """
  addEventListener("securitypolicyviolation", (event) =>
    console.error(`Refused: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


def policy_of(*pages: str) -> dict[str, list[str]]:
    policy = Policy()
    for page in pages:
        policy.add(page)
    parts = [part.split() for part in str(policy).split("; ")]
    return {name: sources for name, *sources in parts}


def test_inline_scripts_of_all_pages_are_allowed_and_no_others() -> None:
    policy = policy_of("<script>a()</script><script src=x.js></script>", "<script>b()</script>")
    assert policy["script-src"] == ["'self'", *sorted(map(fingerprint, ("a()", "b()")))]
    assert policy["style-src"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]


def test_data_in_a_script_element_is_no_script() -> None:
    page = '<script id="__config" type="application/json">{}</script>'
    assert policy_of(page)["script-src"] == ["'self'"]


def test_hosts_are_allowed_for_what_a_page_loads_from_them() -> None:
    page = (
        '<script src="https://a.example/x.js"></script><link rel="stylesheet" '
        'href="https://b.example/x.css"><img src="//c.example/x.png"><iframe '
        'src="https://d.example:8443/x?y"></iframe><a href="https://e.example/">x</a>'
        '<link rel="canonical" href="https://f.example/">'
    )
    policy = policy_of(page)
    assert policy["script-src"][1:] == ["https://a.example"]
    assert policy["style-src"][1:] == ["https://b.example"]
    assert policy["img-src"][-1] == "//c.example"
    assert policy["frame-src"][1:] == ["https://d.example:8443"]
    assert "e.example" not in str(policy)
    assert "f.example" not in str(policy)


def test_styles_are_allowed_by_hash_unless_an_element_has_its_own() -> None:
    block = "<style>p{}</style>"
    assert policy_of(block)["style-src"][1:] == [fingerprint("p{}")]
    # A hash would switch the permission for attributes off.
    assert policy_of(block, '<p style="x">')["style-src"][1:] == ["'unsafe-inline'"]
    assert policy_of("<p>an attribute style= in words</p>")["style-src"] == ["'self'"]


def test_the_policy_stands_before_what_it_could_stop() -> None:
    page = '<head><meta charset="utf-8"><script>a()</script></head>'
    placed = with_place(page)
    assert placed.index(PLACE) < placed.index("<script>")
    assert with_policy(placed, "default-src 'self'").count("default-src 'self'") == 1
    own = '<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="x">'
    assert with_place(own) == own
    told = '<head><meta charset="utf-8"></head><p>A Content-Security-Policy</p>'
    assert PLACE in with_place(told)


@pytest.mark.slow
def test_every_page_of_the_site_has_a_policy(built: Path) -> None:
    found = set()
    for page in built.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        if page.name != "assess.html":
            found.add(policy)
    [policy] = found
    rules = (built / "_headers").read_text(encoding="utf-8")
    # In a header, it is for the single files as well, and is the same.
    assert f"  Content-Security-Policy: {policy}\n" in rules


@pytest.mark.browser
def test_no_page_breaks_the_policy(visit: Visit, address: str) -> None:
    """The visitor fails the test for any error in the console, and a request to another port."""
    visitor = visit(address, hear_requests=True)
    visitor.context.add_init_script(VIOLATIONS)
    page = visitor.open("index.html")
    for path in ("stages/scaled", "dimensions/memory", "quick-check", "assess", "symptoms"):
        page.goto(f"{address}ai-product/{path}.html")
        page.wait_for_load_state()
    page.goto(f"{address}ai-product/remediations/index.html")
    # Material shows the next pages without loading them, and runs their scripts again.
    page.locator(".md-content td a[href$='.html'], .md-content li a[href$='.html']").first.click()
    page.locator(".md-content a[href*='dimensions']").first.click()
    page.locator(".md-header__button.md-logo").first.click()
    page.locator(".md-content a[href$='assessment.html']").first.click()
    page.locator(".sb-quiz.sb-live").first.wait_for()
    if address.startswith("file:"):  # The test server keeps the index to itself.
        page.locator(".md-search__input").fill("memory")
        page.locator(".md-search-result__item").first.wait_for()
