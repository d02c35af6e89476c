"""Reading and checking rubrics."""

from __future__ import annotations

from pathlib import Path

from ..checks.loader import Reading
from ..files.rubrics import load_rubric
from ..rubric.model import Rubric


def check(path: str | Path, shown: str | None = None) -> Reading:
    """Read and check a rubric; a file that cannot be read is a finding like any other.

    The rubric may be an overlay; a path that does not exist may be the name of a shipped rubric.

    `findings` of what is returned has all findings, sorted by line; `rubric` is the rubric, and
    raises RubricError where a finding is an error. `shown` names the file in findings.
    """
    return load_rubric(Path(path), shown)


def load(path: str | Path) -> Rubric:
    """Return the rubric of a file; raises RubricError with its findings where it has errors."""
    return check(path).rubric
