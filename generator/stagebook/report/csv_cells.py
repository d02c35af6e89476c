"""CSV after RFC 4180 in which no text becomes a formula of a spreadsheet.

Its twin is `generator/quiz/report/csv-cells.js`. Spreadsheets take a text for a formula that begins
with a sign, after blanks and what is not seen too. Where lists are separated by semicolons they
split CSV there and at line breaks, so what follows one may begin a cell as well. Full-width signs
count as signs in Japanese editions.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable

SIGNS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_SEPARATORS = re.compile(r"([;\t\r\n])")


def neutral(text: str) -> str:
    """Return a text with an apostrophe before each part that could begin a formula."""
    first = "'" if text.startswith(("\t", "\r", "\n")) else ""
    return first + "".join(_neutral_part(part) for part in _SEPARATORS.split(text))


def _neutral_part(part: str) -> str:
    seen = next((index for index, one in enumerate(part) if not _is_unseen(one)), len(part))
    return f"'{part}" if part.startswith(SIGNS, seen) else part


def _is_unseen(character: str) -> bool:
    is_blank = character == '"' or character.isspace()
    return is_blank or unicodedata.category(character).startswith("C")


def csv_text(rows: Iterable[Iterable[str | float | None]]) -> str:
    """Return rows as CSV: a byte order mark for Excel, every text quoted, numbers with a point."""
    lines = _Lines()
    writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([neutral(one or "") if isinstance(one, str | None) else one for one in row])
    return "\ufeff" + "".join(lines)


class _Lines(list[str]):
    """Takes what is written, line by line."""

    def write(self, line: str) -> None:
        """Take a line."""
        self.append(line)
