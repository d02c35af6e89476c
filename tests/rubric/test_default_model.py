"""The default model: its stages agree with its gates, and no number or example is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
import stagebook
from folders import ROOT, TESTS
from stagebook.rubric.model import Rubric

EXPERT = TESTS / "assessments" / "expert"


def model() -> Rubric:
    return stagebook.load(ROOT / "rubrics" / "ai-product.yml")


MODEL = model()
LEVELS = {id_: stage.level for id_, stage in MODEL.stages.items()}

SIGNS: dict[str, tuple[str, str]] = {
    # Experimental
    "The best results come from inputs": ("", "eval-starter-set"),
    "Everything that matters is on one laptop": (
        *("", "deliv-reproduced-by-second data-shared-store"),
    ),
    "Success means that people": ("", "eval-outcome-and-baseline"),
    "Nobody has written down which result": ("", "eval-outcome-and-baseline"),
    # Opportunistic
    "A release waits until one": ("", "deliv-runbook-used people-second-driver"),
    "Outages raise an alarm": (*("ops-named-person-alerted", "ops-one-view ops-time-to-detect"),),
    "Prompts and settings are in version": (
        *("deliv-reproduced-by-second", "people-second-driver"),
    ),
    "The second use case starts as a copy": ("", "data-computed-once deliv-shared-template"),
    # Repeatable
    "A release is an ordinary event": ("deliv-merge-to-production deliv-rollback-practised", ""),
    "A monitor found the last loss": ("ops-time-to-detect", ""),
    "Every blocked change names the case": ("eval-regression-blocks", ""),
    "A person new to the team ships": ("deliv-runbook-used", ""),
    "The next team still builds": ("", "data-computed-once deliv-shared-template"),
    # Scaled
    "New use cases start from a template": ("deliv-shared-template", ""),
    "Controls leave evidence": ("gov-controls-in-pipeline", ""),
    "Products share features": (
        *("data-computed-once mem-context-service data-purpose-enforced", ""),
    ),
    "Something was stopped": ("people-stop-rule-used", ""),
    "Routine corrections still wait": ("", "align-corrections-bounded eval-results-promote"),
    # Transformational
    "A bad change is reverted": ("deliv-canary-reverts eval-results-promote", ""),
    "Limits, approvals and exceptions": ("gov-status-continuous gov-autonomy-ceilings", ""),
    "Systems have outlived": ("people-outlive-founders people-retirement-planned", ""),
    "The work around the product has fewer": ("people-work-redesigned", ""),
}
"""How each sign begins, and the gates that it presupposes and excludes."""

NUMBER_IS_THE_TEST = {
    *("data-access-time-recorded", "data-access-on-time", "eval-failures-become-cases"),
    *("align-flags-closed", "align-feedback-ships", "deliv-provider-swap"),
    *("ops-loss-found-in-a-day", "gov-review-clock"),
}
"""The gates whose whole test is a number: only here a measure may answer yes."""

EARLY = {"opportunistic", "repeatable"}


def test_signs_of_a_stage_agree_with_the_gates_that_lead_into_it() -> None:
    told = {sign: id_ for id_, stage in MODEL.stages.items() for sign in stage.signs}
    named = {sign: begin for begin in SIGNS for sign in told if sign.startswith(begin)}
    assert named.keys() == told.keys()
    assert sorted(named.values()) == sorted(SIGNS)
    for sign, begin in named.items():
        presupposed, excluded = SIGNS[begin]
        level = LEVELS[told[sign]]
        for gate in presupposed.split():
            assert LEVELS[MODEL.gates[gate].stage or ""] <= level, (sign, gate)
        for gate in excluded.split():
            assert LEVELS[MODEL.gates[gate].stage or ""] > level, (sign, gate)


def test_every_gate_says_why_and_begins_its_evidence_with_an_example() -> None:
    for id_, gate in MODEL.gates.items():
        assert gate.why, id_
        assert gate.partly, id_
        assert gate.evidence[0].startswith("For example, "), id_
        assert len(gate.evidence) >= 2, id_


def test_a_number_proves_only_what_it_measures() -> None:
    answered = {id_ for id_, gate in MODEL.gates.items() if "yes" in conditions(gate)}
    assert answered == NUMBER_IS_THE_TEST
    for id_, gate in MODEL.gates.items():
        found = " ".join(threshold.text for threshold in gate.thresholds)
        for answer, condition in conditions(gate).items():
            assert not condition.startswith(">= 0"), id_
            assert answer in {"yes", "partly", "no"}
            number = condition.split()[-1]
            assert re.search(rf"(?<!\d){number}(?!\d)|\bhalf\b", found), (id_, answer, condition)


DIGITS = {
    **{"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"},
    **{"ten": "10", "hundred": "100", "half": "50"},
}
COUNTED = r"one in five|(?:some|one or two) of the (?:three|five)|at least one\b"
"""Numbers that only count what the sentence has listed, and a fifth, which is 20%."""


def numbers_in(text: str) -> set[str]:
    plain = re.sub(COUNTED, "", text.lower())
    words = {DIGITS[word] for word in re.findall("[a-z]+", plain) if word in DIGITS}
    return words | set(re.findall(r"\d+(?:\.\d+)?", plain))


def test_every_number_that_decides_has_a_basis() -> None:
    """A threshold has a basis by its form; each number of a question is in a threshold."""
    for id_, gate in MODEL.gates.items():
        assert gate.basis, id_
        based = set().union(*(numbers_in(threshold.text) for threshold in gate.thresholds))
        for text in (gate.test, gate.partly or ""):
            assert numbers_in(text) <= based, (id_, text)


ASIDE = re.compile(r"(?:aim|for comparison): ")
"""How a number begins that decides nothing."""


def test_a_number_that_decides_nothing_says_so() -> None:
    """Where a measure can only rule a gate out, the number that would be good is an aim."""
    for id_, gate in MODEL.gates.items():
        for threshold in gate.thresholds:
            assert bool(ASIDE.match(threshold.text)) != threshold.decides, (id_, threshold.text)
        texts = [threshold.text for threshold in gate.thresholds]
        if conditions(gate).keys() == {"no"}:
            limits = [text for text in texts if "rules the gate out" in text]
            assert limits, id_
            for text in limits:
                only_a_limit = re.fullmatch(r"a [\w ]+ above \d+ days rules the gate out", text)
                settled = "counts as partly" in text or id_ == "gov-one-list"
                assert ASIDE.match(text) or only_a_limit or settled, id_
        # What surveys found about others is never asked of a team.
        found = [text for text in texts if re.search(r"surveyed|high performers|employees", text)]
        assert all(ASIDE.match(text) for text in found), id_


def conditions(gate: Any) -> dict[str, str]:
    return gate.measure.conditions if gate.measure else {}


def test_no_gate_requires_one_of_a_later_stage() -> None:
    for id_, gate in MODEL.gates.items():
        for needed in gate.requires:
            stage = MODEL.gates[needed].stage
            assert LEVELS[stage or ""] <= LEVELS[gate.stage or ""], (id_, needed)


def test_every_symptom_has_a_quick_look() -> None:
    assert [id_ for id_, symptom in MODEL.symptoms.items() if not symptom.disproof] == []


def test_the_plays_of_the_first_two_steps_bring_a_filled_example() -> None:
    files: list[str] = []
    for id_, play in MODEL.remediations.items():
        if any(MODEL.gates[gate].stage in EARLY for gate in play.opens):
            assert play.templates, id_
        for template in play.templates:
            assert template.text.startswith("# "), id_
            assert len(template.text.splitlines()) >= 6, id_
            files.append(template.file)
    assert len(files) == len(set(files))


def result(name: str) -> dict[str, Any]:
    [answers] = stagebook.load_assessments(MODEL, EXPERT / f"{name}.json")
    return stagebook.score(MODEL, answers)


def held(said: dict[str, Any]) -> set[str]:
    return {gate["gate"] for reason in said["reasons"] for gate in reason["gates"]}


PAGE = (ROOT / "content" / "method" / "scoring.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "stage", "gates", "sentence"),
    [
        # Four core dimensions alone do not make a product: no version control, no list, no class.
        (
            *("e1", "experimental", "deliv-reproduced-by-second gov-one-list gov-risk-class"),
            "Blocking gates of every dimension limit the stage.",
        ),
        # Numbers alone prove nothing but themselves.
        ("e2", "experimental", "", "A number answers *Yes* only where it is the whole test."),
        # A product without attack suite, off switch, way out or notice can hurt people.
        (
            *(
                "e3",
                "experimental",
                "ops-off-switch align-way-out mem-users-told eval-attack-suite",
            ),
            "No share makes up for a blocking gate.",
        ),
        # Nor may it act irreversibly on its own.
        (
            *("e5", "experimental", "align-irreversible-held eval-attack-suite"),
            "Irreversible acts must wait for a person from *Opportunistic* on.",
        ),
    ],
)
def test_an_absurd_product_has_no_high_stage(
    name: str, stage: str, gates: str, sentence: str
) -> None:
    """The page on scoring defends each of these results in a sentence."""
    said = result(name)
    assert sentence in PAGE
    assert said["overall"]["stage"]["low"] == stage
    assert set(gates.split()) <= held(said)


def test_numbers_alone_lift_no_dimension() -> None:
    stages = {one["stage"]["low"] for one in result("e2")["dimensions"].values()}
    assert stages == {"experimental"}


AMERICAN = re.compile(
    r"\b(?!\w*(?:size|prize|seize))\w*[a-z]iz(?:e[sdr]?|ing|ations?|able)\b|\b\w*yz(?:e[sdr]?|ing)\b"
    r"|\b(?:colors?|behaviors?|favorites?|centers?|defense|judgments?|artifacts?|percent|catalogs?"
    r"|grays?|labeled|labeling|canceled|modeling|fulfill|practicing|practiced)\b",
    re.IGNORECASE,
)
"""American spellings: -ize and -yze, and words that such texts use."""

NAMES = (
    r"https?://\S+|`[^`]*`|level: Optimized|Azure Architecture Center|Agent Patterns Catalog"
    r"|Organizational Assessment Tool Guide|C9\.[35]: .*|D403: .*|OSPS-BR-05: .*|\bArize\b"
)
"""What keeps the spelling that others gave it."""

DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")


def english_texts() -> dict[str, str]:
    """Return what readers of English see: models, pages, documents, and the words of both."""
    paths = [*(ROOT / "rubrics").rglob("*.yml"), *(ROOT / "content").rglob("*.md")]
    texts = {str(path): path.read_text("utf-8") for path in paths if ".de." not in path.name}
    texts |= {name: (ROOT / name).read_text("utf-8") for name in DOCUMENTS}
    words = ROOT / "generator" / "stagebook" / "strings" / "en.json"
    # Only what is said, not the keys, which are names of the code.
    said = re.findall(r": (\".*\")", words.read_text("utf-8"))
    assert len(said) > 500
    return {**texts, "words": "\n".join(said)}


def test_the_spelling_is_british() -> None:
    texts = english_texts()
    assert len(texts) > 30
    for name, text in texts.items():
        assert AMERICAN.findall(re.sub(NAMES, "", text)) == [], name


@pytest.mark.parametrize("word", ["organization", "analyze", "behavior", "Customized", "artifacts"])
def test_american_spelling_is_noticed(word: str) -> None:
    assert AMERICAN.search(f"The {word} of it.")
    for british in ("the size of a prize", "it seizes", "an organisation's artefacts, analysed"):
        assert not AMERICAN.search(british)
