"""Texts and dates as the tables have them, and the hashes that name assessments."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from unicodedata import normalize

from ..assessment.days import read_day


def content_of(text: str) -> str:
    """Return a hash of an assessment's text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def id_of(source: str, content: str) -> str:
    """Return the id of an assessment: the same file with the same text has the same one."""
    named = f"{source}\0{content}".encode("utf-8", "surrogatepass")
    return blake2b(named, digest_size=12).hexdigest()


def day_and_round(text: str) -> tuple[date | None, str | None]:
    """Return the day of a date, as `read_day` reads it, and its quarter, or None."""
    # Many assessments share a few days, but no text that is longer.
    return _recall_day(text) if len(text) < 30 else _read_day(text)


def _read_day(text: str) -> tuple[date | None, str | None]:
    day = read_day(text)
    return day, None if day is None else f"{day.year}-Q{(day.month + 2) // 3}"


_recall_day = lru_cache(10_000)(_read_day)


def one_spelling(name: str) -> str:
    """Return a name without blanks at its ends, with one between words, and accents composed."""
    return " ".join(name.split() if name.isascii() else normalize("NFC", name).split())


def clean(text: str) -> str:
    """Return text that can be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
