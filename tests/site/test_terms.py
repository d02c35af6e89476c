"""What a model calls its gates, stages and so on: said everywhere, and nothing else is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from folders import GOOD, ROOT
from stagebook.assessment.reader import Assessment, read_assessment
from stagebook.checks.loader import read_rubric
from stagebook.diagnostics import Diagnostic
from stagebook.files.rubrics import load_rubric
from stagebook.i18n import LANGUAGES, page_word, quiz_words
from stagebook.report.text import explain
from stagebook.rubric.model import Rubric
from stagebook.rubric.model.terms import Noun, Terms
from stagebook.scoring.scorer import Scorer
from stagebook.site import expand_blocks, navigation, render_tree
from stagebook.team.page import team_page
from stagebook.team.view import view_team
from stagebook.team.words import explain_team

pytestmark = pytest.mark.slow

QUESTIONS = load_rubric(GOOD / "questions.yml").rubric
GERMAN_TERMS = {
    "gate": ("Frage", "Fragen"),
    "dimension": ("Thema", "Themen"),
    "stage": ("Schritt", "Schritte"),
    "group": ("Feld", "Felder"),
    "topic": ("Aspekt", "Aspekte"),
    "symptom": ("Anzeichen", "Anzeichen"),
    "remediation": ("Übung", "Übungen"),
    "subject": ("Betrieb", "Betriebe"),
    "assessment": ("Befragung", "Befragungen"),
}
FRAGEN = load_rubric(GOOD / "german.yml").rubric.model_copy(
    update={"terms": Terms(**{key: Noun(one=a, many=b) for key, (a, b) in GERMAN_TERMS.items()})}
)
USUAL = {
    "en": r"(?i)\b(?:gate|dimension|stage|play|symptom|product|assessment)s?\b",
    "de": r"(?i)gates?\b|dimension|stufe|maßnahme|symptom|produkt|assessment",
}
"""What the tables call things if a model does not say it: in German, within words too."""


def table(language: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a table with their keys, forms one by one."""
    path = ROOT / "generator" / "stagebook" / "strings" / f"{language}.json"
    tables: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    for key, words in [*tables["quiz"].items(), *tables["pages"].items()]:
        for text in words.values() if isinstance(words, dict) else [words]:
            yield key, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_name_things_by_terms_alone(language: str) -> None:
    texts = [(key, re.sub(r"<\w+>|\{\w+\}", "", text)) for key, text in table(language)]
    assert [one for one in texts if re.search(USUAL[language], one[1])] == []


def test_english_needs_no_article_before_a_term() -> None:
    """Whether it is a or an depends on the word."""
    found = [text for _, text in table("en") if re.search(r"(?i)\ban? <", text)]
    assert found == []


def test_german_needs_no_gender_of_a_term() -> None:
    """Before one thing stands nothing that has a gender, and before several no preposition."""
    ending = r"(?i)\b(?:d(?:er|ie|as|en|em|es)|\w*ein\w*|dies\w*|jede\w*|ihr\w*|zu[mr]|nächst\w*)"
    one = rf"{ending} <\w+[^s\W]>"
    several = r"\b(?:den|zu|in|mit|von|aus|bei|nach|vor|unter) (?:den |allen )?<\w+s>"
    found = [text for _, text in table("de") if re.search(f"{one}|{several}", text)]
    assert found == []


def answered(rubric: Rubric) -> Assessment:
    """Return an assessment in which everything that a report can say happens."""
    gates = iter(rubric.gates)
    symptoms = list(rubric.symptoms)
    said = {
        "format": "stagebook-assessment/1",
        "rubric": {"id": rubric.id, "version": rubric.version},
        "subject": "X",
        "believed": rubric.ladder[-1],
        "symptoms": symptoms,
        "answers": {
            gate: {"answer": answer}
            for gate, answer in zip(gates, ("no", "yes", "no"), strict=False)
        },
    }
    assessment, _ = read_assessment(json.dumps(said), rubric)
    assert assessment
    return assessment


def seen(page: str) -> str:
    """Return what a reader of a page sees and hears: without elements, scripts and front matter."""
    heard = re.findall(r'\b(?:alt|aria-label|data-label|title|label|without-data)="([^"]*)"', page)
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>|\{ [^}]*#[^}]*\}|<[^>]*>", "\n", page)
    return html.unescape("\n".join([page, *heard]))


def everything(rubric: Rubric) -> dict[str, str]:
    """Return all that a model's readers can read, by where it is."""
    scorer, assessment = Scorer(rubric), answered(rubric)
    team = view_team(scorer, [assessment, assessment])
    tree = render_tree(rubric, "").items()
    blocks = "\n".join(
        f"```stagebook\nshow: {show}\n```\n" for show in ("stages", "matrix", "symptoms", "gates")
    )
    words = quiz_words(rubric.language, rubric.terms.words)
    return {
        **{path: seen(page.content.decode()) for path, page in tree if path.endswith((".md", "l"))},
        "blocks": seen(expand_blocks(blocks, "x.md", {rubric.id: rubric})[0]),
        "navigation": "\n".join(
            name for item in navigation(rubric) if isinstance(item, dict) for name in item
        ),
        "quiz": re.sub(
            r"\{\w+\}", "", "\n".join(json.dumps(one, ensure_ascii=False) for one in words.values())
        ),
        "report": explain(scorer, assessment),
        "team": explain_team(scorer, team),
        "team page": seen(team_page(scorer, team)),
    }


@pytest.mark.parametrize("rubric", [QUESTIONS, FRAGEN], ids=["English", "German"])
def test_a_model_is_told_in_its_own_terms(rubric: Rubric) -> None:
    texts = everything(rubric)
    usual = USUAL[rubric.language[:2]]
    found = {
        path: hits
        for path, text in texts.items()
        if (hits := sorted({m.group() for m in re.finditer(usual, text)}))
    }
    assert found == {}
    whole = "\n".join(texts.values()).lower()
    for key, one, many in rubric.terms.words:
        said = one.lower() in whole, many.lower() in whole
        assert all(said) or key in ("group", "topic", "subject"), key
    # The same model without terms: the usual words are looked for where they are.
    plain = everything(rubric.model_copy(update={"terms": Terms()}))
    hits_by_path = {path: bool(re.search(usual, text)) for path, text in plain.items()}
    places = ["blocks", "navigation", "quiz", "report", "team", "team page"]
    places += [f"{rubric.id}/{page}" for page in ("index.md", "assessment.md", "assess.html")]
    assert [place for place in places if not hits_by_path[place]] == []
    assert sum(hits_by_path.values()) > 15


def test_terms_begin_as_a_sentence_does() -> None:
    terms = (("gate", "open question", "open questions"), ("symptom", "sign", "signs"))
    assert page_word("en", "gates", terms) == "Open questions"
    assert page_word("en", "count-gates", terms, n=1) == "1 open question"
    assert page_word("en", "finder", terms) == "Sign finder"
    assert page_word("en", "gates") == "Gates"
    assert page_word("de-AT", "count-gates", terms, n=2) == "2 open questions"


@pytest.mark.parametrize(
    ("title", "term", "heading"),
    [
        ("Level 1", "level", "Level 1"),
        ("Level one", "level", "Level one"),
        ("Maturity level 1", "stage", "Maturity level 1"),
        ("Levelled", "level", "Level 1: Levelled"),
        ("Level 10", "stage", "Stage 1: Level 10"),
        ("Habit", "level", "Level 1: Habit"),
    ],
)
def test_a_stage_is_not_named_twice(title: str, term: str, heading: str) -> None:
    stage = QUESTIONS.stages["one"].model_copy(update={"title": title})
    rubric = QUESTIONS.model_copy(
        update={
            "stages": {**QUESTIONS.stages, "one": stage},
            "terms": Terms(stage=Noun(one=term, many=f"{term}s")),
        }
    )
    tree = {path: seen(page.content.decode()) for path, page in render_tree(rubric, "").items()}
    assert tree["access/stages/one.md"].startswith(f'---\ntitle: "{heading}"')
    pages = ("index.md", "assessment.md", "symptoms.md", "assess.html")
    shown = "\n".join(" ".join(tree[f"access/{page}"].split()) for page in pages)
    numbered = re.search(rf"(?<!Level )(?<!level )\b1 {title}", shown)
    assert bool(numbered) is (heading != title)


def findings(terms: str) -> list[Diagnostic]:
    text = (GOOD / "sample.yml").read_text(encoding="utf-8") + f"terms: {terms}\n"
    return list(read_rubric(text, "x.yml").findings)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ("{gates: {one: a, many: b}}", "unknown-key"),
        ("{gate: {one: question}}", "missing-key"),
        ("{gate: question}", "wrong-type"),
        ("{gate: {one: '', many: questions}}", "wrong-length"),
        ("{gate: {one: 'a {n}', many: questions}}", "bad-form"),
        ("{gate: {one: 'a; b', many: questions}}", "bad-form"),
        ("{gate: {one: a, many: b}, stage: {one: c, many: d}}", ""),
    ],
)
def test_wrong_terms_are_findings(terms: str, code: str) -> None:
    assert [finding.code for finding in findings(terms)] == [code] * bool(code)


def test_terms_are_text_and_nothing_else() -> None:
    hostile = Noun(one="<b>&\"'`*x*", many="<img src=x onerror=alert(1)>")
    terms = Terms(**{key: hostile for key in Terms.model_fields})
    rubric = QUESTIONS.model_copy(update={"terms": terms})
    for path, page in render_tree(rubric, "").items():
        text = page.content.decode()
        if path.endswith((".md", ".html")):
            assert not re.search(r"<b>&|<img src=x", text), path
        elif path.endswith("access.js"):
            assert "<img" not in text
    [*sections] = [name for item in navigation(rubric) if isinstance(item, dict) for name in item]
    assert "&lt;img src=x onerror=alert(1)&gt;" in sections
