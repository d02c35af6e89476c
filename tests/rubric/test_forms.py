"""Versions and languages are what their standards say; other text gets a hint."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from folders import ROOT
from hypothesis import given
from hypothesis import strategies as st
from stagebook.checks.loader import read_rubric
from stagebook.i18n import language_of
from stagebook.rubric.json_schema import schema
from stagebook.rubric.model import FORMS

FORMS_OF = json.loads(
    (ROOT / "tests" / "vectors" / "forms" / "forms.json").read_text(encoding="utf-8")
)
SAMPLE = (ROOT / "tests" / "rubrics" / "good" / "sample.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("tag", FORMS_OF["language"]["well_formed"])
def test_every_well_formed_tag_is_a_language(tag: str) -> None:
    assert codes_of(f"language: {tag}") == []


@pytest.mark.parametrize("tag", FORMS_OF["language"]["other"])
def test_other_tags_are_none(tag: str) -> None:
    assert codes_of(f"language: '{tag}'") == ["bad-form"]


@pytest.mark.parametrize(
    ("tag", "hint"), [("en_US", "en-US"), ("de_DE.UTF-8", "de-DE"), ("zh_Hant_TW", "zh-Hant-TW")]
)
def test_a_locale_gets_the_tag_as_a_hint(tag: str, hint: str) -> None:
    [finding] = findings_of(f"language: {tag}")
    assert finding.suggestion == hint


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        *(("zh-Hant-TW", "en"), ("sr-Latn", "en"), ("de-1996", "de"), ("DE-ch", "de")),
        *(("x-klingon", "en"), ("i-default", "en"), ("x-de", "en"), ("den", "en")),
    ],
)
def test_a_tag_gets_the_words_of_its_language(tag: str, words: str) -> None:
    assert language_of(tag) == words


@pytest.mark.parametrize("version", FORMS_OF["version"]["well_formed"])
def test_a_version_is_what_semver_says(version: str) -> None:
    assert codes_of(f"version: '{version}'") == []


@pytest.mark.parametrize("version", FORMS_OF["version"]["other"])
def test_other_versions_are_none(version: str) -> None:
    assert codes_of(f"version: '{version}'") == ["bad-form"]


@pytest.mark.parametrize(
    ("version", "hint"), [("01.2.3", "1.2.3"), ("v2.0", "2.0.0"), ("7", "7.0.0"), ("latest", "")]
)
def test_a_near_version_gets_a_hint(version: str, hint: str) -> None:
    [finding] = findings_of(f"version: '{version}'")
    assert finding.suggestion == hint


@pytest.mark.parametrize("condition", ["<=\t10", "<=\n10", "<= \u0661\u0660", "<= " + "9" * 400])
def test_a_condition_is_one_that_pages_and_quiz_can_read(condition: str) -> None:
    form = FORMS["condition"]
    assert re.fullmatch(form.pattern, "<= 10")
    assert not re.fullmatch(form.pattern, condition)


PROPERTIES = schema()["properties"]
VALIDATORS = {key: jsonschema.Draft7Validator(PROPERTIES[key]) for key in ("version", "language")}


@given(st.sampled_from(["version", "language"]), st.text(max_size=12))
def test_the_schema_and_the_reader_agree(key: str, value: str) -> None:
    pattern = FORMS[key].pattern
    by_schema = VALIDATORS[key].is_valid(value)
    # Python's `$` also stands before a last line break; those of editors and of Rust do not.
    assert (by_schema and "\n" not in value) == bool(re.fullmatch(pattern, value))


def findings_of(line: str) -> list[Any]:
    key = line.partition(":")[0]
    text = re.sub(rf"^{key}:.*\n", "", SAMPLE, flags=re.MULTILINE)
    return list(read_rubric(f"{text}\n{line}\n", "x.yml").findings)


def codes_of(line: str) -> list[str]:
    return [finding.code for finding in findings_of(line)]
