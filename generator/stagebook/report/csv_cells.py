"""Write CSV as in RFC 4180, in which a spreadsheet treats no text as a formula.

Its twin is `generator/quiz/report/csv-cells.js`. Spreadsheets treat text as a formula if it begins
with a sign, also after white space and invisible characters. In countries where semicolons separate
lists, they split CSV at semicolons and line breaks, so a cell may also begin there. Japanese
editions accept full-width signs.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable

SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_SEPARATORS = re.compile(r"([;\t\r\n])")


def neutral(text: str) -> str:
    """Return text with an apostrophe before each part that could be a formula."""
    first = "'" if text.startswith(("\t", "\r", "\n")) else ""
    return first + "".join(_neutral_part(part) for part in _SEPARATORS.split(text))


def _neutral_part(part: str) -> str:
    seen = next((index for index, one in enumerate(part) if not _is_unseen(one)), len(part))
    return f"'{part}" if part.startswith(SIGNS, seen) else part


def _is_unseen(character: str) -> bool:
    is_blank = character == '"' or character.isspace()
    return is_blank or unicodedata.category(character).startswith("C")


def csv_text(rows: Iterable[Iterable[str | float | None]]) -> str:
    """Return rows as CSV: a byte order mark for Excel, quoted text, numbers with a point."""
    lines = _Lines()
    writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(one or "") if isinstance(one, str | None) else one for one in row])
    return "\ufeff" + "".join(lines)


class _Lines(list[str]):
    """A file-like list of lines."""

    def write(self, line: str) -> None:
        """Add a line."""
        self.append(line)
