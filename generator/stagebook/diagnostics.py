"""Findings: errors and warnings with a position, a code and a suggestion."""

from __future__ import annotations

import reprlib
from collections.abc import Container, Iterable
from itertools import islice
from typing import Any, Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["error", "warning"]
Key: TypeAlias = str | int
Path: TypeAlias = tuple[Key, ...]

CODES: dict[str, Level] = {
    # The file and its YAML.
    "unreadable": "error",
    "too-large": "error",
    "not-utf-8": "error",
    "control-character": "error",
    "yaml-syntax": "error",
    "yaml-empty": "error",
    "yaml-documents": "error",
    "yaml-tag": "error",
    "yaml-merge-key": "error",
    "yaml-complex-key": "error",
    "yaml-alias": "error",
    "yaml-depth": "error",
    "duplicate-key": "error",
    "yaml-1-1": "warning",
    # The shape of the records.
    "unknown-format": "error",
    "unknown-key": "error",
    "missing-key": "error",
    "wrong-type": "error",
    "unquoted": "error",
    "unknown-value": "error",
    "bad-id": "error",
    "reserved-id": "error",
    "bad-form": "error",
    "out-of-range": "error",
    "wrong-length": "error",
    # Overlays and translations.
    "base-unreadable": "error",
    "base-circle": "error",
    "base-changed": "warning",
    "patch-unknown": "error",
    "patch-idle": "warning",
    "order-unknown": "error",
    "removed-in-use": "error",
    "translation-form": "error",
    "translation-gaps": "warning",
    # References between the records.
    "dangling-id": "error",
    "duplicate-id": "error",
    "duplicate-code": "warning",
    "unknown-mapping": "error",
    # The ladder.
    "floor-gate": "error",
    "level-skip": "error",
    "level-twice": "error",
    "stage-needed": "error",
    "requires-cycle": "error",
    "requires-higher": "error",
    "overall-ladder": "error",
    "topic-spread": "error",
    "gate-off-ladder": "warning",
    "never-applies": "warning",
    "stage-without-gates": "warning",
    "dimension-without-gates": "warning",
    # Scales, measures, weights and bands.
    "reserved-answer": "error",
    "scale-order": "error",
    "scale-flat": "error",
    "measure-form": "error",
    "measure-bounds": "warning",
    "points-order": "error",
    "condition-unmet": "warning",
    "condition-gap": "warning",
    "weight-mismatch": "error",
    "weight-unused": "warning",
    "dimension-weightless": "warning",
    "cap-form": "error",
    "ticks-form": "error",
    "key-unused": "warning",
    "file-name": "error",
    "effort-form": "warning",
    "group-needed": "error",
    "band-order": "error",
    "band-hole": "error",
    "band-overlap": "error",
    "band-unnamed": "error",
    "band-unreachable": "warning",
    # Links and prose.
    "link-scheme": "error",
    "link-form": "error",
    "link-outside": "warning",
    "link-missing": "warning",
    "picture-elsewhere": "warning",
    "raw-html": "warning",
    "markdown-differs": "warning",
    # Content.
    "block-empty": "warning",
    "blocking-unopened": "warning",
    "basis-unsourced": "warning",
    "unused-id": "warning",
    "incomplete": "warning",
    "test-form": "warning",
    # Workbooks.
    "workbook-sheet": "warning",
    "workbook-heading": "warning",
    "workbook-link": "warning",
    # Catalogues of translations.
    "po-syntax": "error",
    "po-entry": "warning",
}
"""Every code and its level: structure and references are errors, gaps in content warnings."""


MAX_PATH = 4_096
"""The most characters of a path to show: more than operating systems allow."""


class Diagnostic(NamedTuple):
    """One finding; line and column start at 1, and columns count characters.

    In a workbook they are the row and the column of a cell of `sheet`.
    """

    path: str
    line: int
    column: int
    level: Level
    code: str
    message: str
    suggestion: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        """Return the finding as `file:line:column: level[code]: message (did you mean …?)`."""
        place = f"{self.line}:{self.column}" if not self.sheet else printable(self.cell())
        return f"{printable(self.path, MAX_PATH)}:{place}: {self.level}[{self.code}]: " + (
            self.sentence()
        )

    def cell(self) -> str:
        """Return the place in a workbook as its formulas write it, such as `Gates!C7`."""
        return f"{self.sheet}!{column_letters(self.column)}{self.line}"

    def sentence(self) -> str:
        """Return the message, with the suggestion if there is one."""
        hint = f" (did you mean {quoted(self.suggestion)}?)" if self.suggestion else ""
        return printable(self.message) + hint

    def github(self) -> str:
        """Return the finding as a GitHub Actions workflow command."""
        place = f"file={_property(self.path)},line={self.line},col={self.column}"
        message = self.sentence()
        if self.sheet:
            place, message = f"file={_property(self.path)}", f"{printable(self.cell())}: {message}"
        return f"::{self.level} {place},title={_property(self.code)}::{_data(message)}"

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for `--format json`."""
        message, suggestion = shortened(self.message, 1_000), shortened(self.suggestion)
        data = self._replace(message=message, suggestion=suggestion)._asdict()
        if not self.sheet:
            del data["sheet"]
        return data


class RubricError(Exception):
    """A rubric with errors; `findings` has all of them, sorted by position."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        """Sort the findings by position."""
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))


MAX_WORD = 80
"""The most characters of an id; for a longer word there are no suggestions."""
MAX_CHOICES = 5_000
"""The most choices to compare one word with: each comparison takes some microseconds."""
MAX_COMPARISONS = 200_000
"""The most comparisons for all words of one text: they take a second or two."""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return the choice that is closest to the word, or an empty string."""
    import difflib  # Imported here because most runs need no suggestions.

    if len(word) > MAX_WORD:
        return ""
    near = [choice for choice in islice(choices, MAX_CHOICES) if len(choice) <= MAX_WORD]
    close = difflib.get_close_matches(word, near, n=1, cutoff=0.6)
    return close[0] if close else ""


class Suggestions:
    """Suggestions for the words of one text, up to a limit of comparisons for the whole text."""

    def __init__(self) -> None:
        """Start with the full number of comparisons."""
        self._left = MAX_COMPARISONS

    def closest(self, word: str, choices: Iterable[str]) -> str:
        """Return the choice that is closest to the word, or an empty string."""
        if self._left <= 0:
            return ""
        near = list(islice(choices, MAX_CHOICES))
        self._left -= len(near)
        return did_you_mean(word, near)


def without_codes(findings: Iterable[Diagnostic], codes: Container[str]) -> list[Diagnostic]:
    """Return findings without warnings of some codes; an error stays, whatever its code."""
    return [one for one in findings if one.level == "error" or one.code not in codes]


def has_errors(findings: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Return whether there are errors; with `strict`, warnings count as errors."""
    return any(strict or finding.level == "error" for finding in findings)


def printable(text: str, limit: int = 400) -> str:
    """Return text that is safe in a terminal: control characters escaped, length limited."""
    start = text[: limit + 1]
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in start)
    return shortened(shown, limit)


def shortened(text: str, limit: int = 200) -> str:
    """Return text of at most `limit` characters; a longer text ends in `…`."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def quoted(value: object) -> str:
    """Return the shortened value as Python writes it, with quotation marks around text."""
    return repr(shortened(value)) if isinstance(value, str) else shortened(reprlib.repr(value))


def column_letters(number: int) -> str:
    """Return the name of a column of a sheet: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
