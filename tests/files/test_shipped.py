"""The rubrics that come with Stagebook."""

from __future__ import annotations

from folders import ROOT
from stagebook import load
from stagebook.files import shipped


def test_shipped_rubrics_are_found_by_their_ids() -> None:
    names = shipped.names()
    assert {"ai-product", "ml-test-score"} <= set(names)
    assert names == sorted(path.stem for path in (ROOT / "rubrics").rglob("*.yml"))
    for name in names:
        path = shipped.path(name)
        assert path is not None
        assert load(path).id == name.partition(".")[0], "a translation has its language behind it"


def test_an_unknown_name_has_no_file() -> None:
    assert shipped.path("ai-produkt") is None
    assert shipped.path("../mkdocs") is None
