"""Each optional part of the format alone in a small model: a strict build, and a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from axe import COLOURS, TAGS, axe, mark_new, show_all
from browser import Visitor
from building import mkdocs, site_of
from shared import made_once
from stagebook.checks.loader import read_rubric
from stagebook.i18n import page_word
from stagebook.site import Site, render_tree

Visit = Callable[..., Visitor]
GATE = "gates/plan-kept"
FEATURES: dict[str, dict[str, Any]] = {
    "terms": {"terms": {"gate": {"one": "question", "many": "questions"}}},
    "no-stages": {
        "scoring": {"dimension": "mean", "overall": None},
        "stages": None,
        f"{GATE}/stage": None,
        "gates/drill-done/stage": None,
    },
    "no-overall": {"scoring": {"overall": None}},
    "share": {"stages/second/share": 0.5},
    "several-stages": {f"{GATE}/stage": None, f"{GATE}/stages": ["first", "second"]},
    "groups": {"groups": {"work": {"title": "Work"}}, "dimensions/craft/group": "work"},
    "topics": {
        "topics": {"plans": {"title": "Plans", "summary": "What comes next."}},
        f"{GATE}/topic": "plans",
    },
    "cells": {"dimensions/craft/cells": {"first": "A plan is on the wall."}},
    "why": {f"{GATE}/why": "Without a plan, nobody knows what is late."},
    "criteria": {
        f"{GATE}/criteria": ["It has a date.", "It has an owner."],
        f"{GATE}/ticks": {"partly": 1, "yes": 2},
    },
    "tags": {f"{GATE}/tags": ["first month"]},
    "target": {f"{GATE}/target": "partly"},
    "retired": {
        "gates/old-plan": {
            "dimension": "craft",
            "stage": "first",
            "title": "An old plan",
            "test": "The plan of last year is on file.",
            "status": "retired",
        }
    },
    "meanings": {f"{GATE}/meanings": {"no": "There is none.", "yes": "It is of this week."}},
    "profile": {
        "profile": {
            "machines": {
                "question": "Are there machines?",
                "choices": {"many": {"label": "Some"}, "none": {"label": "None"}},
            }
        },
        f"{GATE}/applies": {"machines": "many"},
    },
    "bonus": {f"{GATE}/bonus": True},
    "cap": {f"{GATE}/cap": {"score": 1}},
}


def model_with(name: str, feature: dict[str, Any]) -> str:
    """Return a small model with one feature: the paths of its keys; None takes one away."""
    gate = {"dimension": "craft", "stage": "first", "test": "A record of this month is on file."}
    model: dict[str, Any] = {
        "format": "stagebook/1",
        "id": name,
        "title": "A small model",
        "version": "1.0.0",
        "summary": "One sentence about it.",
        "stages": {
            "ground": {"level": 0, "title": "Ground", "summary": "Work begins."},
            "first": {"level": 1, "title": "First", "summary": "Work is planned."},
            "second": {"level": 2, "title": "Second", "summary": "Work is tried."},
        },
        "dimensions": {"craft": {"title": "Craft"}},
        "gates": {
            "plan-kept": {**gate, "title": "A plan is kept"},
            "drill-done": {**gate, "title": "A drill is done", "stage": "second"},
        },
        "checks": {"unused-id": "off", "incomplete": "off", "test-form": "off"},
    }
    for path, value in feature.items():
        *parents, key = path.split("/")
        record = model
        for parent in parents:
            record = record[parent]
        record[key] = value
        if value is None:
            del record[key]
    return yaml.safe_dump(model, sort_keys=False)


def test_a_model_without_stages_speaks_of_none() -> None:
    reading = read_rubric(model_with("no-stages", FEATURES["no-stages"]), "x.yml")
    tree = render_tree(reading.rubric, "", Site())
    pages = [page.content.decode() for path, page in tree.items() if path.endswith(".md")]
    assert len(pages) > 4
    for page in pages:
        # The script shows pictures and the way to the next stage where there are any.
        seen = re.sub(r"<(script|style|option)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
        seen = seen.replace(page_word("en", "fewest"), "")
        assert not re.search(r"\bstages?\b", seen, re.IGNORECASE), seen


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site strictly of the models with one feature each."""
    models = {name: model_with(name, feature) for name, feature in FEATURES.items()}

    def build(folder: Path) -> None:
        result = mkdocs("build", "--strict", cwd=site_of(folder, models, use_directory_urls=False))
        assert result.returncode == 0, result.stderr

    return made_once(tmp_path_factory, "features", build) / "site"


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("path", ["index", "dimensions/craft", "assessment"])
def test_each_feature_alone_is_accessible(visit: Visit, features: Path, path: str) -> None:
    visitor = visit(f"{features.as_uri()}/")
    wrong: list[object] = []
    known: list[str] = []
    shown = 0
    page = visitor.open(f"terms/{path}.html")
    for name in FEATURES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        visitor.go(page, f"{name}/{path}.html")
        show_all(page)
        new = mark_new(page, known)
        if new:
            shown += 1
            wrong += [(name, one["id"]) for one in axe(page, new, TAGS)]
        page.set_viewport_size({"width": 320, "height": 900})
        for media in ("print", "screen"):
            page.emulate_media(media=media, color_scheme="dark")
            if page.evaluate("() => document.documentElement.scrollWidth") > 320:
                wrong.append((name, media))
        page.evaluate("() => document.body.dataset.mdColorScheme = 'slate'")
        if new:
            wrong += [(name, one["id"], "dark") for one in axe(page, new, COLOURS)]
    assert wrong == []
    assert visitor.errors == []
    assert shown > 3  # Features that are not seen would be tested in vain.
