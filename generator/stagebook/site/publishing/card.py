"""The picture of a rubric that programs show beside a link to it: its title above its ladder.

Programs take no SVG for this, so Pillow draws it, which the extra `social` installs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...rubric.model import Rubric
from ..editions import Edition
from .app import COLOUR

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

NAME = "card.png"
WIDTH, HEIGHT = 1200, 630
"""What https://ogp.me and the programs that read it expect."""
NEEDED = "'social_image' needs Pillow: pip install 'stagebook[social]'"
LAST = "\u024f"
"""The last letter that the font of Pillow may have: Latin, with the marks of European languages."""
_EDGE, _TITLE, _STEP = 72, 76, 22
_LINES = 3
_INK, _STEPS = "#ffffff", "#2c6b81"


def is_possible() -> bool:
    """Return whether Pillow is installed."""
    return find_spec("PIL") is not None


def card_path(edition: Edition) -> str:
    """Return where the picture of a rubric lies."""
    return f"{edition.home}/{NAME}"


def cards(editions: Iterable[Edition]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the picture of each rubric that can have one."""
    for edition in editions:
        if has_letters(edition.rubric):
            yield card_path(edition), card(edition.rubric)


def has_letters(rubric: Rubric) -> bool:
    """Return whether the picture can show the title and the stages, which the font must have."""
    texts = [rubric.title, *(stage.title for stage in rubric.stages.values())]
    return all(letter <= LAST or letter in "–—’“”…" for text in texts for letter in text)


def card(rubric: Rubric) -> bytes:
    """Return the picture as PNG, if that `is_possible`."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (WIDTH, HEIGHT), COLOUR)
    draw = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(_TITLE), ImageFont.load_default(_STEP)
    for number, line in enumerate(_lines(rubric.title, large, WIDTH - 2 * _EDGE)):
        draw.text((_EDGE, _EDGE + number * _TITLE * 1.2), line, _INK, large)
    _draw_ladder(draw, [stage.title for stage in rubric.stages.values()], small)
    out = _Written()
    picture.save(out, "PNG", optimize=True)
    return bytes(out)


class _Written(bytearray):
    """Takes what Pillow writes; nothing in `site` touches files."""

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self.extend(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all bytes are here."""


def _lines(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Return a title in lines that fit; what is too long for all of them ends with an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [line for line in lines if line]
    if len(lines) > _LINES:
        last = lines[_LINES - 1]
        while " " in last and font.getlength(f"{last} …") > width:
            last = last.rpartition(" ")[0]
        lines = [*lines[: _LINES - 1], f"{last} …"]
    return [_fitted(line, font, width) for line in lines]


def _fitted(text: str, font: FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _draw_ladder(draw: ImageDraw, titles: Sequence[str], font: FreeTypeFont) -> None:
    """Draw the stages as steps that rise to the right, with their titles if there is room."""
    if not titles:
        return
    width = (WIDTH - 2 * _EDGE) / len(titles)
    for number, title in enumerate(titles):
        left, top = _EDGE + number * width, HEIGHT - _EDGE - 60 - number * 150 / len(titles)
        draw.rectangle((left, top, left + width - 4, HEIGHT - _EDGE), _STEPS)
        shown = _fitted(title, font, width - 24)
        if len(shown) > 3:
            draw.text((left + 10, top + 14), shown, _INK, font)
