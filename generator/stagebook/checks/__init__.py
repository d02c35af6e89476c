"""Rules that compare the records of a rubric; each module has one subject."""

from __future__ import annotations

from ..diagnostics import Diagnostic
from ..rubric.model import Rubric
from ..rubric.source import Source
from . import (
    answers,
    bands,
    content,
    details,
    ladder,
    links,
    measures,
    overlays,
    profile,
    references,
    sample,
)
from .links import links_lead_somewhere
from .subject import Subject

RULES = (
    *references.RULES,
    *ladder.RULES,
    *answers.RULES,
    *measures.RULES,
    *bands.RULES,
    *profile.RULES,
    *details.RULES,
    *links.RULES,
    *content.RULES,
    *sample.RULES,
    *overlays.RULES,
)


def check(rubric: Rubric, source: Source) -> list[Diagnostic]:
    """Return the findings of all rules for a rubric, in the order of the rules."""
    subject = Subject(rubric, source)
    return [finding for rule in RULES for finding in rule(subject)]


__all__ = ["RULES", "Subject", "check", "links_lead_somewhere"]
