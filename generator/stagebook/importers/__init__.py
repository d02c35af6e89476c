"""Published models in their own layouts, as the data of a rubric.

Nothing of a source is left out: what the format has no key for is kept under a key that begins
with `x-`, in the record that it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import dsomm, osps, samm
from .documents import Documents
from .samm_toolbox import rubric_of_workbook

__all__ = ["LAYOUTS", "import_model", "rubric_of_workbook"]

LAYOUTS: dict[str, Callable[[Documents], dict[str, Any]]] = {
    "samm": samm.rubric_of,
    "dsomm": dsomm.rubric_of,
    "osps": osps.rubric_of,
}


def import_model(layout: str, files: Mapping[str, str], shown: str) -> dict[str, Any]:
    """Return the rubric of a model's files by path; raises RubricError if they are not of it."""
    return LAYOUTS[layout](Documents(files, shown))
