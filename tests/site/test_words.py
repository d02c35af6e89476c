"""The words of the pages: each stands in a table of its language, and nowhere else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import markdown
import pytest
from engines import USUAL_EXTENSIONS
from folders import GOOD, ROOT
from jinja2 import Environment
from stagebook.checks.loader import read_rubric
from stagebook.files.rubrics import load_rubric
from stagebook.i18n import LANGUAGES, _tables, page_word
from stagebook.rubric import prose
from stagebook.rubric.model import DEFAULT_SCALE, Rubric
from stagebook.rubric.model.scales import default_scale
from stagebook.site import Site, expand_blocks, navigation
from stagebook.site.relations import Relations
from stagebook.site.rendering import condition, effort, render_page
from stagebook.site.tree import _entries

PACKAGE = ROOT / "generator" / "stagebook"

WORDLESS = sorted(path.name for path in (PACKAGE / "site" / "templates").glob("*.jinja"))
"""Templates that take every word from the tables."""

NO_PAGES = {
    "assess.html.jinja",
    "embed.md.jinja",
    "form.jinja",
    "gate.jinja",
    "parts.jinja",
    "pictures.jinja",
    "presenter.jinja",
    "quiz.jinja",
    "roadmap.jinja",
    "share.jinja",
    "team.html.jinja",
    "compare.jinja",
    "redirect.html.jinja",
    "team-panel.jinja",
    "what-if.jinja",
    "portfolio.html.jinja",
    "portfolio.jinja",
    "portfolio.md.jinja",
}
"""Templates that are parts of pages, or another kind of file."""

READ_OUT = r'\b(?:alt|aria-label|data-label|placeholder|title|without-data)="([^"]*)"'
"""Attributes whose values people see or hear."""


def own_words(template: str) -> list[str]:
    """Return the words that stand in a template itself."""
    text, constants = "", []
    for _, kind, value in Environment().lex(template):  # noqa: S701 (nothing is rendered)
        if kind == "data":
            text += value
        elif kind in ("variable_begin", "block_begin"):
            text += "¦"
        elif kind == "string":
            constants.append(value[1:-1])
    text = re.sub(r"<script>.*?</script>", " ", text)
    # Keys, ids, paths and links of them; a word of its own has a capital or a space somewhere.
    found = [one for one in constants if not re.fullmatch(r"[a-z0-9#@:./_()\[\]-]*", one)]
    for part in re.findall(r"<[^<>]*>", text):
        found += re.findall(READ_OUT, part)
    text = re.sub(r"<[^<>]*>", " ", text)
    found.append(re.sub(r"&#?\w+;", " ", text))
    return [word for part in found for word in re.findall(r"[^\W\d_]{3,}", part)]


@pytest.mark.parametrize("name", WORDLESS)
def test_template_holds_no_words_of_its_own(name: str) -> None:
    assert own_words((PACKAGE / "site" / "templates" / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<h1>Stage {{ n }}</h1>", ["Stage"]),
        ("<td>a</td><td>Opens</td>{% if x %}", ["Opens"]),
        ('{% for title in ["False maturity"] %}', ["False", "maturity"]),
        ('<p class="sb-lead" title="See it">{{ x }}</p>', ["See"]),
        ('<td data-label="Level {{ n }}">{{ x }}</td>', ["Level"]),
        ('{# A note #}<div class="sb-gate">{{ t("gates", n=3) }}</div>', []),
    ],
)
def test_words_of_a_template_are_found(template: str, words: list[str]) -> None:
    assert own_words(template) == words


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of the pages with their keys, forms one by one."""
    table: dict[str, Any] = _tables(language, ())["pages"]
    for key, words in table.items():
        for text in words.values() if isinstance(words, dict) else [words]:
            yield key, text


def stands_in(words: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def english_words() -> list[str]:
    """Return what the pages say in English and nowhere in German."""
    german = "\n".join(text for _, text in texts("de"))
    parts = {part.strip(" .,;:") for _, text in texts("en") for part in re.split(r"\{\w+\}", text)}
    return sorted(part for part in parts if re.search(r"\w", part) and not stands_in(part, german))


def seen(page: str) -> str:
    """Return what a reader of a page sees and hears."""
    made = markdown.markdown(page, extensions=USUAL_EXTENSIONS)
    heard = re.findall(READ_OUT, made)
    return html.unescape("\n".join([re.sub(r"<[^>]*>", "\n", made), *heard]))


@pytest.fixture(scope="module")
def german() -> Rubric:
    return load_rubric(GOOD / "german.yml").rubric


def english_by_page(rubric: Rubric) -> dict[str, list[str]]:
    """Return the English words on every page whose template takes its words from the tables."""
    relations, found = Relations(rubric), {}
    for template, path, _, _, context in _entries(relations):
        if template in WORDLESS:
            page = seen(render_page(template, rubric, path, Site(), relations=relations, **context))
            found[path] = [words for words in english_words() if stands_in(words, page)]
    return found


@pytest.mark.long
@pytest.mark.slow
def test_german_pages_hold_no_english_word(german: Rubric) -> None:
    assert {path: words for path, words in english_by_page(german).items() if words} == {}
    # The same rubric, marked as English: each of its pages says something in English.
    english = english_by_page(german.model_copy(update={"language": "en"}))
    assert [path for path, words in english.items() if not words] == []
    shown = {template for template, path, *_ in _entries(Relations(german)) if path in english}
    assert shown == set(WORDLESS) - NO_PAGES


@pytest.mark.parametrize("show", ["stages", "matrix", "ladder", "symptoms"])
def test_german_blocks_hold_no_english_word(german: Rubric, show: str) -> None:
    block = f"```stagebook\nshow: {show}\n```\n"
    page, findings = expand_blocks(block, "x.md", {german.id: german})
    assert not findings
    assert [words for words in english_words() if stands_in(words, seen(page))] == []


def test_sections_are_named_in_the_language_of_the_rubric(german: Rubric) -> None:
    sections = [name for item in navigation(german) if isinstance(item, dict) for name in item]
    assert sections == ["Bewerten", "Stufen", "Dimensionen", "Maßnahmen", "Nachschlagen"]


@pytest.mark.parametrize("name", ["german", "sample"])
def test_every_placeholder_is_filled(name: str) -> None:
    rubric = load_rubric(GOOD / f"{name}.yml").rubric
    relations = Relations(rubric)
    for template, path, _, _, context in _entries(relations):
        page = seen(render_page(template, rubric, path, Site(), relations=relations, **context))
        # The quiz fills this one in.
        assert set(re.findall(r"\{\w+\}", page)) <= {"{file}"}, path


def test_open_is_said_of_gates_and_doors_alone() -> None:
    """Unanswered is not open, the assessment at work is current, and a gate that holds is met."""
    for language, states in (
        ("en", r"\b(?:is|are|now|keep\w*) (?:open|shut)\b|^open\w*: |^shut: "),
        ("de", r"\b(?:ist|sind|jetzt|als) (?:offen|geöffnet|geschlossen)\b|geschlossen"),
    ):
        path = PACKAGE / "strings" / f"{language}.json"
        table = json.loads(path.read_text(encoding="utf-8"))
        words = [*table["quiz"].items(), *table["pages"].items()]
        texts = [
            (key, text)
            for key, entry in words
            for text in (entry.values() if isinstance(entry, dict) else [entry])
        ]
        assert [(key, text) for key, text in texts if re.search(states, text)] == []
        coverage = table["quiz"]["coverage"]
        assert "{unanswered}" in coverage
        assert not re.search(r"open|offen", coverage)


def test_what_a_model_may_call_otherwise_is_marked() -> None:
    """A model can have words of its own for these, which take the place of what is marked."""
    tables = json.loads((PACKAGE / "strings" / "en.json").read_text("utf-8"))
    terms = "gate|dimension|stage|symptom|play|remediation|assessment"
    bare = re.compile(rf"\b(?:{terms})s?\b", re.IGNORECASE)
    words = [
        text
        for name in ("quiz", "pages", "portfolio")
        for value in tables[name].values()
        for text in (value.values() if isinstance(value, dict) else [value])
    ]
    assert len(words) > 500
    found = [text for text in words if bare.search(re.sub(r"<[^>]*>|\{[^}]*\}", "", text))]
    assert not found


def test_no_sentence_is_said_twice() -> None:
    for language in LANGUAGES:
        said: dict[str, str] = {}
        for key, text in texts(language):
            for sentence in re.findall(r"[^.]{30,}\.", text):
                assert said.setdefault(sentence, key) == key


def test_no_sentence_of_a_template_is_repeated() -> None:
    """A reader meets each sentence once on a site, and once in each file that stands alone."""
    sentences = {key for key, text in texts("en") if re.search(r"[^.]{30,}\.", text)}
    said: dict[tuple[str, str], list[str]] = {}
    for name in WORDLESS:
        template = (PACKAGE / "site" / "templates" / name).read_text(encoding="utf-8")
        alone = name if name.endswith(".html.jinja") else "site"
        for key in re.findall(r"""\bt\(\s*["']([\w-]+)["']""", template):
            if key in sentences:
                said.setdefault((alone, key), []).append(name)
    looked_at = {key for _, key in said}
    assert len(looked_at) > len(sentences) / 2, "templates ask for their words in another way"
    assert {key: names for key, names in said.items() if len(names) > 1} == {}


def test_values_fill_words_once() -> None:
    assert page_word("de", "gate-place", dimension="{stage}", stage="B") == "{stage}, zu B"
    assert page_word("en", "quick-check-of", n=1) == "Quick check: 1 question"
    assert page_word("de-CH", "quick-check-of", n=2) == "Schnelltest: 2 Fragen"
    filled = prose.fill(page_word("en", "gate-place"), dimension="<b>", stage="{dimension}")
    assert filled == "&lt;b&gt;, to {dimension}"
    with pytest.raises(KeyError):
        prose.fill(page_word("en", "gate-place"), dimension="a")
    with pytest.raises(KeyError):
        page_word("en", "no-such-word")


def test_numbers_are_written_as_the_language_writes_them(german: Rubric) -> None:
    half = german.remediations["plaketten-kleben"].effort
    assert half
    assert [effort(language, half) for language in LANGUAGES] == ["S, 0.5 weeks", "S, 0,5 Wochen"]
    assert condition("en", "<= 0.5") == "at most 0.5"
    assert condition("de", ">-1000000.50") == "über -1000000,50"


def test_the_default_scale_speaks_the_language_of_the_rubric() -> None:
    text = (
        "format: stagebook/1\nid: x\ntitle: X\nversion: 1.0.0\n{language}"
        "stages: {{a: {{level: 0, title: A}}, b: {{level: 1, title: B}}}}\n"
        "dimensions: {{d: {{title: D}}}}\n"
        "gates: {{g: {{dimension: d, stage: b, title: G, test: T}}}}\n"
    )

    def labels(language: str) -> list[str]:
        reading = read_rubric(text.format(language=language), "x.yml")
        assert not reading.findings
        [scale] = reading.rubric.scales.values()
        return [choice.label for choice in scale.values()]

    assert labels("language: de-CH\n") == ["Nein", "Teilweise", "Ja"]
    assert labels("") == labels("language: en\n") == labels("language: fr\n")
    assert labels("") == ["No", "Partly", "Yes"]
    assert default_scale("en") == DEFAULT_SCALE
