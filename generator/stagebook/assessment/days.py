"""Days, as assessments and evidence name them.

`generator/quiz/scoring/days.js` reads them the same way.
"""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", re.ASCII | re.DOTALL)


def read_day(text: str) -> date | None:
    """Return the day that text begins with: of `2026-11-23`, also with a time, `2026-11` or `2026`.

    A month or a year stands for its first day. Return None for all else, and for days that do not
    exist.
    """
    match = _DAY.fullmatch(text)
    if not match:
        return None
    try:
        return date(*(int(part or 1) for part in match.groups()))
    except ValueError:
        return None
