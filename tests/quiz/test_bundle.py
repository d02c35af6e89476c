"""The quiz's script and styles: built from their sources, small, and safe by construction."""

from __future__ import annotations

import binascii
import gzip
import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from bundle import QUIZ, npm_script
from folders import ROOT
from stagebook.i18n import LANGUAGES
from stagebook.rubric.model.scoring import PlanOrder
from stagebook.rubric.support import IDEAS, NUMBERS

ASSETS = ROOT / "generator" / "stagebook" / "assets"
SOURCES = sorted(path for path in QUIZ.rglob("*.js") if "node_modules" not in path.parts)
KB = 1024
SCRIPTS = (
    *("stagebook.js", "stagebook-extras.js"),
    *("stagebook-several.js", "stagebook-meeting.js"),
)
LIMITS = {
    **dict.fromkeys(SCRIPTS, 20 * KB),
    "stagebook.css": 7 * KB,
    **dict.fromkeys(("app.js", "service-worker.js"), 2 * KB),
}


@pytest.mark.slow
def test_what_is_shipped_is_what_the_sources_make(tmp_path: Path) -> None:
    build = json.loads((QUIZ / "package.json").read_text())["scripts"]["build"]
    for command in build.split(" && "):
        tool, *arguments = command.split()
        npm_script(tool, *(one.replace("../stagebook", str(tmp_path)) for one in arguments))
    made = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 10
    for path in made:
        shipped = ASSETS.parent / path
        assert (tmp_path / path).read_bytes() == shipped.read_bytes(), f"run make quiz: {path}"


@pytest.mark.long
@pytest.mark.slow
def test_types_hold() -> None:
    npm_script("tsc")
    npm_script("tsc", "-p", "tsconfig.worker.json")


def test_style_holds() -> None:
    npm_script("biome", "check", "--error-on-warnings")


@pytest.mark.parametrize("path", sorted(ASSETS.glob("*.js")), ids=lambda path: path.name)
def test_shortening_leaves_a_script_strict(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith('"use strict";')


@pytest.mark.parametrize("name", LIMITS)
def test_size_stays_in_its_limit(name: str) -> None:
    assert len(gzip.compress((ASSETS / name).read_bytes(), 9, mtime=0)) <= LIMITS[name]


PUBLISHED = [
    ("core.js", "core-published.js"),
    ("extras-shared.js", "extras-published.js"),
    ("several-shared.js", "several-published.js"),
]


@pytest.mark.parametrize("files", PUBLISHED, ids=lambda files: files[0])
def test_both_scripts_list_the_same_names_under_one_mark(files: tuple[str, str]) -> None:
    lists = []
    for name in files:
        _, _, code = (QUIZ / name).read_text(encoding="utf-8").partition("export const ")
        listed = code.partition("[")[2].partition("]")[0]
        names = [one for one in re.findall(r'(?<!")\b\w+\b(?!")', listed) if one != "mark"]
        mark = f"{binascii.crc32(' '.join(names).encode()):08x}"
        assert re.findall(r'"([0-9a-f]{8})"', code) == [mark], f"the mark of {name} is {mark}"
        lists.append(names)
    assert lists[0] == lists[1]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_text_never_becomes_markup_or_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in text
    # The service worker loads the files of its own site, and nothing else.
    asks = () if path.name == "service-worker.js" else ("fetch(",)
    for word in (*asks, "XMLHttpRequest", "sendBeacon", "WebSocket", "import("):
        assert word not in text, "the quiz makes no request"


def tables(language: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        (ASSETS.parent / "strings" / f"{language}.json").read_text(encoding="utf-8")
    )
    return found


def test_every_word_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    # Keys put together from a prefix: of-min, of-mean, …
    code += " ".join(f'"of-{by}"' for by in ("min", "max", "mean", "sum"))
    code += " ".join(f'"evidence-{part}"' for part in ("title", "url", "date"))
    code += " ".join(f'"lasts-{lasting}"' for lasting in ("tab", "page", "memory"))
    moves = ("opened", "shut", "answered", "changed", "cleared")
    code += " ".join(f'"gates-{kind}"' for kind in moves)
    code += " ".join(f'"team-{role}"' for role in ("leader", "practitioner"))
    code += " ".join(f'"order-{order}"' for order in get_args(PlanOrder))
    kinds = ("sourced", "reported", "judgement")
    templates = " ".join(f'"basis-{kind}"' for kind in kinds)
    templates += " ".join(f'"version-{name}"' for name in ("ready", "others", "show", "later"))
    templates += " ".join(f'"support-{kind}"' for kind in {*IDEAS, *NUMBERS})
    package = ASSETS.parent
    makers = [*(package / "site" / "templates").glob("*"), *(package / "site").rglob("*.py")]
    makers += [package / "i18n.py", *(package / "team").glob("*.py")]
    makers += (package / "workbook").glob("*.py")
    makers += [package / "scaffold" / "site" / "overrides" / "404.html"]
    makers += (package / "rubric" / "model").glob("*.py")
    templates += "\n".join(path.read_text(encoding="utf-8") for path in makers)
    for name, text in (("quiz", code), ("pages", templates)):
        words = tables("en")[name]
        assert [key for key in words if not re.search(rf"[\"'`]{re.escape(key)}[\"'`]", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_words_and_fill_in_the_same_values(language: str) -> None:
    def values(text: Any) -> Any:
        if isinstance(text, dict):
            return {form: values(one) for form, one in text.items()}
        return sorted(re.findall(r"\{(\w+)\}", text))

    for name, words in tables("en").items():
        others = tables(language)[name]
        assert list(others) == list(words)
        for key, text in words.items():
            mine, theirs = values(others[key]), values(text)
            assert mine == theirs, key
