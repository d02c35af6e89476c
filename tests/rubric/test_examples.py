"""The examples of fictional products: complete, and told with the numbers that scoring gives."""

from __future__ import annotations

import re
from typing import Any

import pytest
import stagebook
from folders import ROOT

FOLDER = ROOT / "content" / "examples"
PRODUCTS = ["claims-assistant", "demand-forecast", "service-desk-agent"]
MODEL = stagebook.load(ROOT / "rubrics" / "ai-product.yml")


def said(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    path = FOLDER / f"{name}.json"
    [reading] = stagebook.read_assessments(MODEL, path)
    assert reading.findings == []
    assert reading.assessment
    answers = {id_: one.answer for id_, one in reading.assessment.answers.items()}
    return answers, stagebook.score(MODEL, reading.assessment)


@pytest.mark.parametrize("product", PRODUCTS)
def test_an_example_tells_what_its_assessments_give(product: str) -> None:
    page = (FOLDER / f"{product}.md").read_text("utf-8")
    assert "fictional" in page
    assert page.count(f"({product}-") == 2
    heads = re.search(r"^\| \| Overall \|(.*)\|$", page, re.MULTILINE)
    assert heads
    columns = [head.strip().lower() for head in heads[1].split("|")]
    rows = re.findall(r"^\| [a-z ]+ \| (\w+), (\d\.\d\d) \|(.*)\|$", page, re.MULTILINE)
    raters = []
    for (stage, overall, cells), rater in zip(rows, ("lead", "assessor"), strict=True):
        answers, result = said(f"{product}-{rater}")
        raters.append(answers)
        assert result["coverage"]["unanswered"] == 0
        assert stage.lower() == result["overall"]["stage"]["so_far"]
        assert overall == f"{result['overall']['so_far']:.2f}"
        for column, cell in zip(columns, cells.split("|"), strict=True):
            assert cell.strip() == f"{result['dimensions'][column]['so_far']:.2f}", column
    lead, assessor = raters
    assert lead.keys() == assessor.keys()
    differ = sum(lead[gate] != assessor[gate] for gate in lead)
    assert f"disagreed on {differ} of {len(lead)} gates" in page


def test_the_overview_has_the_agreement_of_each_example() -> None:
    page = (FOLDER / "index.md").read_text("utf-8")
    shares = []
    for product in ("claims-assistant", "service-desk-agent", "demand-forecast"):
        lead, assessor = (said(f"{product}-{rater}")[0] for rater in ("lead", "assessor"))
        shares.append(f"{sum(lead[gate] == assessor[gate] for gate in lead)} of {len(lead)}")
    assert f"that is {shares[0]}, {shares[1]} and {shares[2]}." in page
