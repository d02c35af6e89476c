"""A badge for each stage, as the quiz makes it of a result."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ..rubric.model import Rubric
from ..rubric.prose import one_line
from .addresses import Site
from .relations import Relations

LETTER = 7
"""About as wide is a letter; the text is then fitted to exactly that."""


def badges(relations: Relations, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the badge of each stage."""
    rubric: Rubric = relations.rubric
    for id_ in relations.ladder:
        words = f"{rubric.title}: {relations.level(id_)}{relations.stage(id_).title}"
        yield f"{site.folder(rubric.id)}/badges/{id_}.svg", f"{to_badge(words)}\n".encode()


def to_badge(words: str) -> str:
    """Return a badge as SVG."""
    text = escape(one_line(words))
    width = len(one_line(words)) * LETTER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 12}" height="20" role="img" '
        f'aria-label="{text}"><rect width="100%" height="100%" fill="#0b617a"/>'
        f'<text x="6" y="14" textLength="{width}" lengthAdjust="spacingAndGlyphs" fill="#fff" '
        f'font-family="sans-serif" font-size="11">{text}</text></svg>'
    )
