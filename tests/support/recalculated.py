"""Recalculate workbooks in LibreOffice, and compare what their formulas give with `Scorer`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from stagebook.assessment.reader import NOT_APPLICABLE, UNKNOWN, Answer, Assessment
from stagebook.files.xlsx import xlsx_bytes
from stagebook.i18n import page_word
from stagebook.rubric.model import Rubric
from stagebook.scoring.scorer import Scorer
from stagebook.workbook.resultsheet import scoring_sheets
from stagebook.workbook.scoresheet import ANSWER, Rows

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def filled(rubric: Rubric, assessment: Assessment) -> bytes:
    """Return the scoring workbook with the answers typed in."""
    book = load_workbook(BytesIO(xlsx_bytes([], scoring_sheets(rubric))))
    sheet, rows = book["Assessment"], Rows(rubric)
    aside = {key: page_word(rubric.language, key) for key in (UNKNOWN, NOT_APPLICABLE)}
    states = Scorer(rubric).score(Assessment(assessment.answers)).states
    for id_ in assessment.answers:
        labels = {key: choice.label for key, choice in rubric.scale_of(rubric.gates[id_]).items()}
        # Criteria that are ticked give an answer, which the sheet takes as such.
        if (answer := states[id_].answer) is not None:
            sheet[f"{ANSWER}{rows.gates[id_]}"] = {**labels, **aside}[answer]
    for id_, choice in assessment.profile.items():
        sheet[f"{ANSWER}{rows.profile[id_]}"] = rubric.profile[id_].choices[choice].label
    for id_, number in assessment.measures.items():
        if id_ in rows.measures:
            sheet[f"{ANSWER}{rows.measures[id_]}"] = number
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def recalculate(books: Sequence[bytes], folder: Path) -> Iterator[Any]:
    """Yield the workbooks with the values that LibreOffice calculates, in one run of it."""
    assert OFFICE
    for number, content in enumerate(books):
        (folder / f"{number}.xlsx").write_bytes(content)
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    names = [str(folder / f"{number}.xlsx") for number in range(len(books))]
    command = [OFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for number in range(len(books)):
        yield load_workbook(out / f"{number}.xlsx", data_only=True)


def settled(rubric: Rubric, assessment: Assessment) -> Assessment:
    """Return an assessment in which what is not answered is not known, as in the sheet."""
    states = Scorer(rubric).score(assessment).states
    missing = {id_: Answer(UNKNOWN) for id_, one in states.items() if one.answer is None}
    answers = {**assessment.answers, **missing}
    return Assessment(answers, assessment.measures, profile=assessment.profile)


def shown(book: Any) -> list[tuple[Any, Any, Any]]:
    """Return the rows of the result."""
    rows = book["Result"].iter_rows(min_row=2, max_col=3, values_only=True)
    return [(name, part, value) for name, part, value in rows]


def expected(rubric: Rubric, assessment: Assessment) -> list[float | str | None]:
    """Return what the rows of the result must show, in their order."""
    scorer = Scorer(rubric)
    result = scorer.score(settled(rubric, assessment))
    is_ladder = rubric.scoring.dimension == "ladder"
    items = result.items

    def cells(rows: Mapping[str, Mapping[str, Any]]) -> list[float | None]:
        return [
            one.low if is_ladder else one.item and one.item.low
            for row in rows.values()
            for one in row.values()
        ]

    found: list[float | str | None] = [
        *cells(items.cells),
        *(one.low for one in result.dimensions.values()),
        *cells(items.topic_cells),
        *(one.low for one in result.topics.values()),
        *(one.low for one in result.groups.values()),
    ]
    if rubric.scoring.overall is None:
        return found
    for id_ in scorer.limiting:
        limit = items.limits[id_]
        outcomes = scorer.outcomes("limit", id_, result.states)
        found += [*(one.low for one in outcomes.values()), limit and limit.low]
    if rubric.scoring.overall.by == "ladder":
        found += [one.low for one in scorer.outcomes("overall", "", result.states).values()]
    overall = result.overall
    found.append(overall.low)
    bands = rubric.scoring.bands
    if scorer.has_stage and not (bands and any(one.stage for one in bands.of.values())):
        stage = overall.stage.low
        place = scorer.ladder.stages.index(stage) + 1 if stage else None
        found += [place, rubric.stages[stage].title if stage else None]
    if bands:
        order = list(bands.of)
        low = overall.bands.low
        band = bands.of[low] if low else None
        title = rubric.stages[band.stage].title if band and band.stage else low
        found += [order.index(low) + 1 if low else 0, (band.label or title) if band else None]
    return found


def assert_same(rubric: Rubric, assessment: Assessment, book: Any) -> None:
    """Compare the rows of the result with what scoring gives."""
    for (name, part, value), wanted in zip(shown(book), expected(rubric, assessment), strict=True):
        place = (name, part, value, wanted)
        if isinstance(wanted, float | int):
            assert value == pytest.approx(wanted, abs=1e-9), place
        else:
            assert (value or None) == wanted, place
