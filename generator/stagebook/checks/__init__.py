"""Rules that compare the records of a rubric; each module has one subject."""

from __future__ import annotations

from ..diagnostics import Diagnostic
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


def check(subject: Subject) -> list[Diagnostic]:
    """Return the findings of all rules for a rubric, in the order of the rules."""
    return [finding for rule in RULES for finding in rule(subject)]


__all__ = ["RULES", "Subject", "check", "links_lead_somewhere"]
