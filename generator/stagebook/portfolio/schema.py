"""The tables of a portfolio and their columns, which the guide lists.

Text columns with the mark `names` or `notes` are empty unless a person asks for them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

SCHEMA = "stagebook-portfolio/1"
"""New columns and tables may come under this name; a change of what is there needs another."""

Kind = Literal["text", "int", "float", "bool", "date"]


class Column(NamedTuple):
    """A column: its name, its type, what it contains, and what must be asked for to fill it."""

    name: str
    kind: Kind
    about: str
    mark: Literal["", "names", "notes"] = ""


def _columns(*columns: tuple[str, Kind, str]) -> tuple[Column, ...]:
    return tuple(Column(*one) for one in columns)


_SCORES = _columns(
    ("low", "float", "the score if missing answers turn out lowest"),
    ("high", "float", "the score if they turn out best"),
    ("so_far", "float", "the score of the answers so far"),
)
_STAGES = _columns(
    ("stage_low", "text", "the stage that `low` reaches: the settled one"),
    ("stage_high", "text", "the stage that `high` reaches"),
    ("stage_so_far", "text", "the stage that `so_far` reaches"),
)
_ID = Column("assessment", "text", "the id of the assessment, which joins the tables")

ASSESSMENTS = (
    _ID,
    Column("content", "text", "a hash of the file's text"),
    Column("source", "text", "the file, with the place in it", "names"),
    *_columns(
        ("version", "text", "the version of the rubric that the file names"),
        ("unit", "text", "who is assessed: team and subject as far as they are given, else the id"),
        ("team", "text", "the team"),
        ("subject", "text", "the product"),
    ),
    Column("respondent", "text", "the name of the person who answered", "names"),
    *_columns(
        ("role", "text", "the person's role"),
        ("day", "date", "the date; empty if it is not one"),
        ("round", "text", "the year and quarter of the date, such as `2026-Q4`"),
        ("gates", "int", "the gates of the rubric"),
        ("answered", "int", "how many have an answer on their scale"),
        ("unknown", "int", "how many have the answer *I do not know*"),
        ("not_applicable", "int", "how many do not apply"),
        ("unanswered", "int", "how many have no answer"),
        ("evidence", "int", "how many answers name evidence"),
    ),
    *_SCORES,
    *_STAGES,
    *_columns(
        ("level_low", "int", "the level of `stage_low`"),
        ("band_low", "text", "the band in which `low` lies"),
        ("band_high", "text", "the band in which `high` lies"),
        ("believed", "text", "the stage that the respondent believes in"),
        ("belief_gap", "int", "levels of belief above the result; empty until it is settled"),
        ("target", "text", "the stage that the plan is for"),
        ("errors", "int", "findings that are errors"),
    ),
)
TAGS = (_ID, Column("tag", "text", "a tag of the assessment or of its team"))
DIMENSIONS = (
    _ID,
    Column("dimension", "text", "the dimension"),
    *_SCORES,
    *_STAGES,
    Column("level_low", "int", "the level of `stage_low`"),
    Column("shut", "int", "gates known to hold the dimension at its stage"),
)
CELLS = (
    _ID,
    Column("dimension", "text", "the dimension"),
    Column("stage", "text", "the stage; `*` for gates without one"),
    *_SCORES,
    Column("gates", "int", "gates that apply"),
    Column("open", "int", "gates that are met"),
    Column("shut", "int", "gates known not to be met"),
)
ANSWERS = (
    _ID,
    *_columns(
        ("gate", "text", "the gate"),
        ("answer", "text", "the answer's id; empty if there is none"),
        ("score", "float", "its score; empty if it has none"),
        ("applies", "bool", "whether the gate counts"),
        ("met", "bool", "whether it is met; empty if that is not known"),
        ("flag", "bool", "whether the question is flagged"),
        ("evidence", "int", "entries of evidence"),
        ("evidence_day", "date", "the newest date of the evidence"),
    ),
    Column("reason", "text", "why the gate does not apply", "notes"),
    Column("note", "text", "the note", "notes"),
)
PLAYS = (
    _ID,
    *_columns(
        ("play", "text", "a play of the plan"),
        ("position", "int", "its place in the plan, from 1"),
        ("opens", "int", "gates that it would newly open"),
        ("blocking", "int", "how many of these are blocking"),
        ("weeks_low", "float", "the fewest weeks; empty if the play has no effort"),
        ("weeks_high", "float", "the most weeks"),
    ),
)
FINDINGS = (
    Column("assessment", "text", "the id of the assessment; empty if it could not be read"),
    Column("source", "text", "the file, with the place in it; always filled"),
    Column("level", "text", "`error` or `warning`"),
    Column("code", "text", "the name of the rule"),
    Column("path", "text", "the JSON path", "notes"),
    Column("message", "text", "what is wrong", "notes"),
)
TITLES = _columns(
    ("kind", "text", "`stage`, `dimension`, `gate` or `play`"),
    ("id", "text", "the id in the other tables"),
    ("title", "text", "its title"),
    ("position", "int", "its place in the rubric, from 1; of a stage, its level"),
    ("dimension", "text", "of a gate, its dimension"),
    ("stage", "text", "of a gate, its stage"),
    ("code", "text", "of a gate, its code"),
)
NESTED = {
    "tags": TAGS,
    "dimensions": DIMENSIONS,
    "cells": CELLS,
    "answers": ANSWERS,
    "plays": PLAYS,
    "findings": FINDINGS,
}
"""Tables with several rows for an assessment."""
TABLES = {"assessments": ASSESSMENTS, **NESTED, "titles": TITLES}
"""All tables by name."""
