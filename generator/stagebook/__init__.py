"""Stagebook: turn one YAML rubric into a maturity playbook with a self-scoring quiz."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.assessments import AssessmentError, load_assessments, read_assessments
    from .api.overlays import diff, resolve
    from .api.pages import render
    from .api.results import compare, compare_team, explain, score
    from .api.rubrics import check, load
    from .api.translations import (
        TranslationRefused,
        export_translation,
        import_translation,
        translation_states,
    )
    from .api.upgrades import UpgradeRefused, upgrade
    from .assessment.reader import Assessment
    from .diagnostics import RubricError
    from .rubric.model import Rubric
    from .scoring.scorer import Scorer

__version__ = "1.0.0"

__all__ = [
    "Assessment",
    "AssessmentError",
    "Rubric",
    "RubricError",
    "Scorer",
    "TranslationRefused",
    "UpgradeRefused",
    "check",
    "compare",
    "compare_team",
    "diff",
    "explain",
    "export_translation",
    "import_translation",
    "load",
    "load_assessments",
    "read_assessments",
    "render",
    "resolve",
    "score",
    "translation_states",
    "upgrade",
]

_HOMES = {
    "api.assessments": ("AssessmentError", "load_assessments", "read_assessments"),
    "api.overlays": ("diff", "resolve"),
    "api.pages": ("render",),
    "api.results": ("compare", "compare_team", "explain", "score"),
    "api.rubrics": ("check", "load"),
    "api.translations": (
        "TranslationRefused",
        "export_translation",
        "import_translation",
        "translation_states",
    ),
    "api.upgrades": ("UpgradeRefused", "upgrade"),
    "assessment.reader": ("Assessment",),
    "diagnostics": ("RubricError",),
    "rubric.model": ("Rubric",),
    "scoring.scorer": ("Scorer",),
}
"""The public names by the module that they are imported from, when they are first used."""


def __getattr__(name: str) -> object:
    """Import a public name: a command needs few of them, and starts in less time."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module 'stagebook' has no attribute {name!r}")
