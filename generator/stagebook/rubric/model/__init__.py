"""The records of the format `stagebook/1`."""

from .base import ID, LINE, Form, Record
from .forms import LANGUAGE, VERSION
from .gates import (
    CONDITION,
    Basis,
    BasisKind,
    Cap,
    Gate,
    MeasureAnswer,
    Threshold,
    meanings_of,
)
from .profile import DEFAULT_CHOICES, ProfileChoice, ProfileQuestion
from .references import Framework, FrameworkLevel, Source, Term
from .remediations import Effort, Rating, Remediation, Template, Tool
from .rubric import FORMAT, Change, Rubric
from .sample import Sample
from .scales import DEFAULT_SCALE, Choice, Scale, middle_of
from .scoring import Band, Bands, Overall, Scoring
from .stages import Dimension, Group, Stage, Topic
from .symptoms import Measure, Protocol, Symptom, SymptomKind
from .terms import TERM, Noun, Terms

FORMS = {form.name: form for form in (ID, LINE, VERSION, LANGUAGE, CONDITION, TERM)}
"""All forms of text, by their type of error."""

__all__ = [
    "CONDITION",
    "DEFAULT_CHOICES",
    "DEFAULT_SCALE",
    "FORMAT",
    "FORMS",
    "ID",
    "Band",
    "Bands",
    "Basis",
    "BasisKind",
    "Cap",
    "Change",
    "Choice",
    "Dimension",
    "Effort",
    "Form",
    "Framework",
    "FrameworkLevel",
    "Gate",
    "Group",
    "Measure",
    "MeasureAnswer",
    "Noun",
    "Overall",
    "ProfileChoice",
    "ProfileQuestion",
    "Protocol",
    "Rating",
    "Record",
    "Remediation",
    "Rubric",
    "Sample",
    "Scale",
    "Scoring",
    "Source",
    "Stage",
    "Symptom",
    "SymptomKind",
    "Template",
    "Term",
    "Terms",
    "Threshold",
    "Tool",
    "Topic",
    "meanings_of",
    "middle_of",
]
