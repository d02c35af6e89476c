"""Findings: what is wrong, where, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
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
    # References between the records.
    "dangling-id": "error",
    "duplicate-id": "error",
    "unknown-mapping": "error",
    # The ladder.
    "floor-gate": "error",
    "level-skip": "error",
    "level-twice": "error",
    "stage-needed": "error",
    "requires-cycle": "error",
    "requires-higher": "error",
    "stage-without-gates": "warning",
    "dimension-without-gates": "warning",
    # Scales, measures, weights and bands.
    "reserved-answer": "error",
    "scale-order": "error",
    "scale-flat": "error",
    "measure-form": "error",
    "points-order": "error",
    "weight-mismatch": "error",
    "weight-unused": "warning",
    "dimension-weightless": "warning",
    "key-unused": "warning",
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
    "blocking-unopened": "warning",
    "basis-unsourced": "warning",
    "unused-id": "warning",
    "incomplete": "warning",
    "test-form": "warning",
}
"""Every code and its level. Structure and reference are errors; gaps in content are warnings."""


class Diagnostic(NamedTuple):
    """One finding; line and column count from 1, columns in characters."""

    path: str
    line: int
    column: int
    level: Level
    code: str
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        """Return the finding as `file:line:column: level[code]: message (did you mean …?)`."""
        place = f"{printable(self.path)}:{self.line}:{self.column}"
        return f"{place}: {self.level}[{self.code}]: {self.sentence()}"

    def sentence(self) -> str:
        """Return the message, with the suggestion where there is one."""
        hint = f" (did you mean {self.suggestion!r}?)" if self.suggestion else ""
        return printable(self.message) + hint

    def github(self) -> str:
        """Return the finding as a workflow command of GitHub Actions."""
        place = f"file={_property(self.path)},line={self.line},col={self.column}"
        return f"::{self.level} {place},title={_property(self.code)}::{_data(self.sentence())}"

    def as_dict(self) -> dict[str, Any]:
        """Return the finding for `--format json`."""
        return self._asdict()


class RubricError(Exception):
    """A rubric with errors; `findings` holds all of them, sorted."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        """Keep the findings, sorted by place."""
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(map(str, self.findings)))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return the choice that is closest to the word, or nothing."""
    import difflib  # Most runs have nothing to suggest.

    close = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return close[0] if close else ""


def has_errors(findings: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Return whether the findings stop the work; with `strict` warnings do too."""
    return any(strict or finding.level == "error" for finding in findings)


def printable(text: str, limit: int = 400) -> str:
    """Return text that is safe on a terminal: control characters escaped, length bounded."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
