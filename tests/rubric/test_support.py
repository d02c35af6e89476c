"""Where the idea of a gate comes from is told apart from where its numbers do, for any rubric."""

from __future__ import annotations

import re

import pytest
import stagebook
from folders import ROOT, TESTS
from stagebook.rubric.model import Gate
from stagebook.rubric.support import Support, SupportCounts, count_support, support_of
from stagebook.site.embed import expand_blocks

SAMPLE = stagebook.load(TESTS / "rubrics" / "good" / "sample.yml")


def gate(idea: str | None, *numbers: str) -> Gate:
    thresholds = [{"text": "5 days", "kind": kind} for kind in numbers]
    basis = {"kind": idea} if idea else None
    return Gate.model_validate(
        {"dimension": "d", "title": "T", "test": "Is it?", "basis": basis, "thresholds": thresholds}
    )


@pytest.mark.parametrize(
    ("one", "support"),
    [
        (gate("sourced"), Support("sourced", "none")),
        (gate("sourced", "judgement", "judgement"), Support("sourced", "judgement")),
        (gate("sourced", "sourced", "judgement"), Support("sourced", "partly")),
        (gate("sourced", "sourced", "reported"), Support("sourced", "reported")),
        (gate("judgement", "sourced"), Support("judgement", "sourced")),
        (gate(None, "judgement"), Support("unstated", "judgement")),
        (gate(None), Support("unstated", "none")),
    ],
)
def test_a_judged_number_is_not_hidden_by_a_sourced_idea(one: Gate, support: Support) -> None:
    assert support_of(one) == support


def test_a_number_that_decides_nothing_does_not_improve_the_label() -> None:
    aside = {"text": "for comparison: 5", "kind": "sourced", "decides": False}
    thresholds = [{"text": "5 days", "kind": "judgement"}, aside]
    said = {"dimension": "d", "title": "T", "test": "Is it?", "basis": {"kind": "sourced"}}
    one = Gate.model_validate({**said, "thresholds": thresholds})
    assert support_of(one) == Support("sourced", "judgement")
    assert support_of(Gate.model_validate({**said, "thresholds": [aside]})).numbers == "none"


def test_gates_are_counted_by_both() -> None:
    gates = [gate("sourced", "judgement"), gate("sourced"), gate("reported", "sourced"), gate(None)]
    counts = SupportCounts(count_support(gates))
    assert counts.ideas == ["sourced", "reported", "unstated"]
    assert counts.kinds == ["none", "sourced", "judgement"]
    assert (counts.gates, counts.numbered, counts.judged) == (4, 2, 1)
    assert counts.with_idea("sourced") == 2
    assert counts.table["sourced"] == {
        **{"none": 1, "sourced": 0, "reported": 0, "partly": 0, "judgement": 1}
    }


def test_a_block_counts_the_gates_of_its_rubric() -> None:
    block = "```stagebook\nshow: support\n```\n"
    page, findings = expand_blocks(block, "x.md", {SAMPLE.id: SAMPLE})
    assert not findings
    cells = re.findall(r"<td>(\d+)</td>", page)
    rows, columns = len(re.findall("<th scope", page)), page.count("<th>") - 1
    assert len(cells) == rows * columns
    totals = [int(cells[index]) for index in range(columns - 1, len(cells), columns)]
    assert sum(totals[:-1]) == totals[-1] == len(SAMPLE.gates)


def test_no_page_of_the_default_model_calls_a_gate_sourced_alone() -> None:
    """The label of a gate names its idea and its numbers; `Sourced:` alone is of one number."""
    model = stagebook.load(ROOT / "rubrics" / "ai-product.yml")
    pages = stagebook.render(stagebook.check(ROOT / "rubrics" / "ai-product.yml"))
    for id_ in model.dimensions:
        page = pages[f"{model.id}/dimensions/{id_}.md"].decode()
        labels = re.findall(r"<dt>Basis</dt> ?<dd>(.{60})", page)
        gates = [one for one in model.gates.values() if one.dimension == id_]
        assert len(labels) == len(gates)
        assert all(re.match("<strong[^>]*>Idea: ", label) for label in labels)
