"""What axe finds in a page, and pages made ready for it."""

from __future__ import annotations

from typing import Any, Literal

from folders import ROOT
from playwright.sync_api import Page

AXE = ROOT / "generator" / "quiz" / "node_modules" / "axe-core" / "axe.min.js"


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome depends on the palette; all others are settled by the light one."""


def show_all(page: Page) -> None:
    """Open everything folded, and draw everything below the fold."""
    page.evaluate(
        """() => {
          for (const one of document.querySelectorAll('details')) one.open = true;
          for (const one of document.querySelectorAll('.sb-quiz, .sb-quiz *')) {
            one.style.contentVisibility = 'visible';
          }
        }"""
    )


def keep_few_questions(page: Page) -> None:
    """Take all but the first questions off the page: one is like the other, and axe is slow."""
    page.evaluate(
        "() => [...document.querySelectorAll('fieldset[data-gate]')].slice(8)"
        ".forEach((one) => one.closest('.sb-step').remove())"
    )


def keep_few_rows(page: Page) -> None:
    """Take all but the first rows of long tables off the page, for the same reason."""
    page.evaluate(
        "() => document.querySelectorAll('tbody > tr:nth-child(n + 13)')"
        ".forEach((row) => row.remove())"
    )


def paint(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Turn a page to a palette, and end what fades from one colour to the other."""
    page.emulate_media(color_scheme=scheme)
    if page.locator("[data-md-color-media]").count():
        theme = {"light": "default", "dark": "slate"}[scheme]
        page.locator(f"body[data-md-color-scheme={theme}]").wait_for()
    page.evaluate(
        """() => new Promise((shown) => requestAnimationFrame(() => {
          for (const one of document.getAnimations()) one.finish();
          shown();
        }))"""
    )


def axe(page: Page, part: str, rules: list[str]) -> list[dict[str, Any]]:
    """Return the violations that axe finds in a part of a page.

    Only an experimental rule, which is off, would load styles anew; files may not load files.
    What passes is not described, which would take as long as to find it.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """([part, rules]) =>
          axe.run(part, {runOnly: rules, preload: false, resultTypes: ["violations"]})
            .then((r) => r.violations)""",
        [part, rules],
    )
    return found


MARK_NEW = """
  (known) => {
    const addresses = ["data-kept", "href", "rubric", "src", "without-data"];
    const numbers = new Map(known.map((text, number) => [text, number]));
    const number = (...parts) => {
      const text = parts.join(" ");
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return numbers.get(text);
    };
    const isNew = (...parts) => number(...parts) >= known.length;
    const own = (one) => {
      const values = [...one.attributes]
        .filter(({ name }) => !addresses.includes(name))
        .map(({ name, value }) => `${name}=${value}`);
      const texts = [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
      return number(one.tagName, values, texts.length);
    };
    const whole = (one) => number("whole", own(one), [...one.children].map(whole));
    const see = (one, place) => {
      const here = number("place", place, own(one));
      const isKnown = !isNew("element", here);
      if (!isNew("part", here, whole(one))) return;
      if (!isKnown) one.dataset.new = "";
      for (const child of one.children) see(child, here);
    };
    see(document.querySelector("article"), 0);
    return [...numbers.keys()];
  }
"""


def mark_new(page: Page, known: list[str]) -> str:
    """Mark what is in an article and was in none before; return how axe finds it, if there is any.

    Alike is what has the same elements, attributes but for addresses, and texts somewhere, below
    the same elements. `known` is what was seen so far, and grows.
    """
    known[:] = page.evaluate(MARK_NEW, known)
    return "[data-new]" if page.locator("[data-new]").count() else ""
