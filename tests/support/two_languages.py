"""A site that shows the sample in English and in German."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from building import site_of
from folders import ROOT

SAMPLE = (ROOT / "tests" / "rubrics" / "good" / "sample.yml").read_text(encoding="utf-8")
GERMAN = """\
extends: {rubric: sample.yml, version: 1.2.0}
language: de
title: Musterleiter
summary: Klein, aber fein.
checks: {translation-gaps: "off"}
scales:
  practice: {"no": {label: Nein}, partly: {label: Zum Teil}, "yes": {label: Ja}}
stages:
  first: {title: Erste}
dimensions:
  craft: {title: Handwerk}
gates:
  plan-kept:
    title: Es gibt einen Plan
    test: "Der Plan steht [auf der Seite](sample/gates.md) mit Namen und Datum."
remediations:
  write-plan: {title: Den Plan schreiben}
"""


def make_site(folder: Path, **config: Any) -> Path:
    """Make a site in two languages; `de.yml` comes before `yml` in the order of names."""
    config = {
        "theme": {
            "name": "material",
            "font": False,
            "features": ["navigation.instant", "navigation.tabs"],
        },
        "plugins": ["search", "offline", "stagebook"],
        **config,
    }
    config.setdefault("extra", {"polyfills": ["iframe-worker.js"]})
    site = site_of(folder, {"sample": SAMPLE, "sample.de": GERMAN}, **config)
    worker = ROOT / "overrides" / "assets" / "javascripts" / "iframe-worker.js"
    (site / "docs" / "iframe-worker.js").write_bytes(worker.read_bytes())
    (site / "docs" / "about.md").write_text("# About us\n", encoding="utf-8")
    (site / "docs" / "only.md").write_text("# Only in English\n", encoding="utf-8")
    (site / "docs" / "de").mkdir()
    about = "# Über uns\n\n```stagebook\nshow: ladder\n```\n"
    (site / "docs" / "de" / "about.md").write_text(about, encoding="utf-8")
    return site
