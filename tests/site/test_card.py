"""The picture beside a link to a rubric: it fits what it says, and pages name it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import yaml
from building import mkdocs, site_of
from click.testing import CliRunner
from folders import GOOD
from PIL import Image
from stagebook.checks.loader import read_rubric
from stagebook.cli import main
from stagebook.files.rubrics import load_rubric
from stagebook.rubric.model import Rubric
from stagebook.site.publishing import card as module
from stagebook.site.publishing.card import HEIGHT, WIDTH, card, has_letters

SAMPLE = GOOD / "sample.yml"


def rubric_with(**changes: object) -> Rubric:
    return load_rubric(SAMPLE).rubric.model_copy(update=changes)


def rows_with_ink(picture: bytes) -> list[int]:
    """Return the rows in which something is white, as the words are."""
    image = Image.open(BytesIO(picture)).convert("L")
    assert image.size == (WIDTH, HEIGHT)
    table = image.load()
    assert table is not None
    return [y for y in range(HEIGHT) if any(table[x, y] > 240 for x in range(WIDTH))]


def test_a_card_is_the_same_picture_each_time() -> None:
    rubric = load_rubric(SAMPLE).rubric
    assert card(rubric) == card(rubric)
    assert card(rubric) != card(rubric_with(title="Another"))
    assert len(card(rubric)) < 60_000


@pytest.mark.parametrize("words", ["w" * 300, "many words " * 30, "W"])
def test_a_title_of_any_length_stays_on_the_card(words: str) -> None:
    rows = rows_with_ink(card(rubric_with(title=words)))
    image = Image.open(BytesIO(card(rubric_with(title=words)))).convert("L")
    assert image.crop((WIDTH - 60, 0, WIDTH, HEIGHT)).getextrema()[1] < 240
    assert min(rows) > 40
    assert max(rows) < HEIGHT - 60


def test_a_card_without_stages_has_its_title() -> None:
    assert rows_with_ink(card(rubric_with(stages={})))


def test_letters_that_the_font_lacks_give_no_card() -> None:
    assert has_letters(rubric_with(title="Größe – «ça» … łódź"))
    assert not has_letters(rubric_with(title="成熟度"))


@pytest.mark.slow
def test_pages_name_the_card_by_its_address(tmp_path: Path) -> None:
    publish = {"social_image": True}
    folder = site_of(
        tmp_path,
        {"sample": SAMPLE.read_text("utf-8")},
        plugins=["search", {"stagebook": {"publish": publish}}],
        site_url="https://x.example/docs/",
    )
    assert mkdocs("build", "--strict", cwd=folder).returncode == 0
    page = (folder / "site" / "sample" / "gates" / "index.html").read_text("utf-8")
    named = '<meta property="og:image" content="https://x.example/docs/sample/card.png">'
    assert named in page
    assert f'<meta property="og:image:width" content="{WIDTH}">' in page
    shown = (folder / "site" / "sample" / "card.png").read_bytes()
    assert shown == card(read_rubric(SAMPLE.read_text("utf-8"), "x.yml").rubric)
    # In a site that another engine builds, the picture is one of the written files.
    out, config = tmp_path / "out", str(folder / "mkdocs.yml")
    assert CliRunner().invoke(main, ["write", str(out), "-f", config]).exit_code == 0
    assert (out / "content" / "sample" / "card.png").read_bytes() == shown
    assert mkdocs("build", "--strict", cwd=out).returncode == 0
    assert CliRunner().invoke(main, ["finish", str(out / "site"), "-f", config]).exit_code == 0
    assert named in (out / "site" / "sample" / "gates" / "index.html").read_text("utf-8")


def test_without_pillow_the_configuration_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    config = {
        "site_name": "A",
        "plugins": [{"stagebook": {"publish": {"social_image": True}}}],
    }
    path = tmp_path / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config))
    ran = CliRunner().invoke(main, ["write", str(tmp_path / "out"), "-f", str(path)])
    assert ran.exit_code == 2
    assert "mkdocs.yml:4:21: 'social_image' needs Pillow" in ran.output
