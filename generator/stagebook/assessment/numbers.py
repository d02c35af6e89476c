"""Read numbers as people write them, or return why the text is not a number; and write them.

Its twin is `generator/quiz/assessment/numbers.js`, together with `written-numbers.js`, which
is loaded later: the same names in the same order.

Text is read in the same way in every language, so that a file means the same everywhere. Comma and
point are both decimal marks. If one of them comes before exactly three digits, as in `1,500`, it
means 1.5 in some countries and 1500 in others. Such text is ambiguous and is not read.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from ..rubric.model import Measure

FORM, AMBIGUOUS = "number-form", "number-ambiguous"
NOT_FINITE, OUT_OF_RANGE = "not-finite", "out-of-range"
"""Why a text or a number does not count: codes of findings, and keys of words."""

MAX_LENGTH = 100
"""The most characters of a number; longer text is not a number or not close to a double."""

_ZEROS = (
    "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0"
    "\u1810\uff10"
)
"""The zero of each script whose digits are read; the other nine digits follow it."""
_SPACES = (
    "\t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"
)
_UNSEEN = (
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN = {
    **{chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)},
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_UNSEEN, ""),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u00b4\u02bc\u2018\u2019\u066c\uff07`", "'"),
    **{"\uff0b": "+", "\uff0c": ",", "\uff0e": ".", "\uff05": "%", "\u066a": "%"},
}
"""Replacements for digits, spaces, signs and separators of other scripts."""
_TABLE = str.maketrans(_PLAIN)

_PERCENT = ("%", "per cent", "percent", "pct", "prozent")
"""Units that a per cent sign can replace."""
_WORD = 4
"""From this length, the case and the last letter of a unit do not matter, as in `1 day`."""

_WRITTEN = re.compile(
    r" *([+-]?) *((?:[.,\u066b]?[0-9])(?:[ '.,\u066b]?[0-9])*)(?:[eE]([+-]?[0-9]+))?(.*)", re.DOTALL
)
_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]*)[.,\u066b]([0-9]+)")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPS = re.compile(
    r"([1-9][0-9]{0,2}([ '.,])[0-9]{3}(?:\2[0-9]{3})*)(?:(?!\2)[.,\u066b]([0-9]+))?"
)
_INDIAN_GROUPS = re.compile(r"([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?")
_WORDS = re.compile(r" *[+-]? *(?:nan|inf|infinity|\u221e) *", re.IGNORECASE | re.ASCII)
_IN_JSON = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_READS_AS_EITHER = re.compile(r"^(-?[1-9][0-9]{0,2}\.[0-9]{3})(?![0-9])")


def read_number(text: str, unit: str = "") -> float | str:
    """Return the number that a person wrote, or the reason why it cannot be read.

    The text may have a sign, digits of any common script, a decimal comma or point, groups of
    thousands separated by a space, an apostrophe, a point or a comma, a complete exponent, and the
    unit at the end.
    """
    if len(text) > MAX_LENGTH:
        return NOT_FINITE if _IN_JSON.fullmatch(text) and to_finite(text) == NOT_FINITE else FORM
    plain = text.translate(_TABLE)
    if _WORDS.fullmatch(plain):
        return NOT_FINITE
    written = _WRITTEN.fullmatch(plain)
    if written is None or not _is_unit(written[4].strip(" "), unit):
        return FORM
    digits = _digits(written[2])
    if digits in (FORM, AMBIGUOUS):
        return digits
    return to_finite(f"{written[1]}{digits}e{written[3] or '0'}")


def _is_unit(text: str, unit: str) -> bool:
    own = unit.translate(_TABLE).strip(" ")
    word = own.lower()
    if text in ("", own) or (text == "%" and (word in _PERCENT or word.startswith("%"))):
        return True
    return len(own) >= _WORD and text.lower() in (word, word[:-1])


def _digits(body: str) -> str:
    if _WHOLE.fullmatch(body):
        return body
    if _EITHER.fullmatch(body):
        return AMBIGUOUS
    if decimal := _DECIMAL.fullmatch(body):
        return f"{decimal[1] or '0'}.{decimal[2]}"
    if groups := _GROUPS.fullmatch(body) or _INDIAN_GROUPS.fullmatch(body):
        return f"{re.sub('[^0-9]', '', groups[1])}.{groups[groups.re.groups] or '0'}"
    return FORM


def to_finite(digits: str) -> float | str:
    """Return ASCII digits as a number, -0 as 0, or a reason if no double is close to it."""
    number = float(digits)
    is_lost = number == 0 and re.search("[1-9]", digits.lower().partition("e")[0])
    return number + 0.0 if math.isfinite(number) and not is_lost else NOT_FINITE


def read_measure(value: float | str, measure: Measure) -> float | str:
    """Return the number for a measure, or why it cannot be read or is out of range."""
    number = read_number(value, measure.unit) if isinstance(value, str) else _as_double(value)
    if isinstance(number, str):
        return number
    low = -math.inf if measure.min is None else measure.min
    high = math.inf if measure.max is None else measure.max
    return number if low <= number <= high else OUT_OF_RANGE


def _as_double(value: float) -> float | str:
    try:
        number = float(value)
    except OverflowError:
        return NOT_FINITE
    return number + 0.0 if math.isfinite(number) else NOT_FINITE


def write_number(number: float, decimal_mark: str = ".") -> str:
    """Return a number as text that is read as the same number in any language.

    A number that would be ambiguous gets one more zero: `1.1250`.
    """
    number = float(number) + 0.0
    text = repr(number)
    if 1e-6 <= abs(number) < 1e21:
        text = f"{Decimal(text):f}"
    text = re.sub(r"e([+-])0+", r"e\1", text.removesuffix(".0"))
    return _READS_AS_EITHER.sub(r"\g<1>0", text).replace(".", decimal_mark)


def readings(text: str, decimal_mark: str = ".") -> list[str]:
    """Return both meanings of an ambiguous text, with thousands and with decimals; otherwise [].

    Each is written so that it is read as that number.
    """
    written = _WRITTEN.fullmatch(text.translate(_TABLE)) if len(text) <= MAX_LENGTH else None
    if written is None or not _EITHER.fullmatch(written[2]):
        return []
    marks = ("", ".")
    numbers = [
        to_finite(f"{written[1]}{re.sub('[.,]', mark, written[2])}e{written[3] or '0'}")
        for mark in marks
    ]
    return [write_number(one, decimal_mark) for one in numbers if not isinstance(one, str)]
