"""The files of a new site."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import Any

from ..i18n import page_word
from ..rubric.json_schema import schema_text
from .providers import PROVIDERS
from .rubrics import NewRubric
from .templates import fill, template_names


def new_site(
    title: str, rubric: NewRubric, ci: str, requirements: Sequence[str], polyfill: bytes
) -> dict[str, bytes]:
    """Return all files of a new site by path; `ci` is one of PROVIDERS."""
    records = rubric.records
    values: dict[str, Any] = {
        "title": title,
        "id": rubric.id,
        "ci": ci,
        "requirements": requirements,
        "original": rubric.original,
        "is_overlay": rubric.is_overlay,
        "theme_language": theme_language(records.language),
        "word": lambda key: page_word(records.language, key, records.terms.words),
        "has_quick_check": bool(records.quick_check),
        "has_symptoms": bool(records.symptoms),
        "has_stages": bool(records.stages),
    }
    files = {_written(name): fill(name, **values) for name in template_names() if _is_in(name, ci)}
    files |= rubric.files(schema_text())
    texts = {path: text.encode() for path, text in sorted(files.items())}
    return {**texts, "content/javascripts/iframe-worker.js": polyfill}


def theme_language(tag: str) -> str:
    """Return the language of the theme's own words: that of a rubric, or else English."""
    folder = resources.files("material") / "templates" / "partials" / "languages"
    known = (tag, tag.partition("-")[0].lower())
    return next((name for name in known if (folder / f"{name}.html").is_file()), "en")


def _is_in(name: str, ci: str) -> bool:
    others = [start for provider, start in PROVIDERS.items() if start and provider != ci]
    return not name.startswith(("rubrics/", *others))


def _written(name: str) -> str:
    return "/".join(
        f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part
        for part in name.split("/")
    )
