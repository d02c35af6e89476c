"""The forms of versions and language tags, by their standards."""

import re
from typing import Annotated

from .base import Form

_NUMBER = "(0|[1-9][0-9]*)"
_MARK = "([0-9a-zA-Z-]+)"
_PRERELEASE = f"({_NUMBER}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"


def _suggest_version(text: str) -> str:
    numbers = re.fullmatch(r"v?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?", text.strip())
    return ".".join(str(int(number or 0)) for number in numbers.groups()) if numbers else ""


VERSION = Form(
    "version",
    rf"^{_NUMBER}\.{_NUMBER}\.{_NUMBER}"
    rf"(-{_PRERELEASE}(\.{_PRERELEASE})*)?(\+{_MARK}(\.{_MARK})*)?$",
    "a version follows semver.org, such as '1.0.0' or '1.1.0-rc.1'",
    suggest=_suggest_version,
)
"""Semantic Versioning 2.0.0: the regular expression from semver.org, with ASCII digits."""

Version = Annotated[str, VERSION]


def _either_case(tag: str) -> str:
    return "".join(f"[{c}{c.upper()}]" if c.islower() else c for c in tag.lower())


_ALNUM = "[0-9a-zA-Z]"
_LANGUAGE = "([a-zA-Z]{2,3}(-[a-zA-Z]{3}){0,3}|[a-zA-Z]{4,8})"
_SCRIPT = "(-[a-zA-Z]{4})?"
_REGION = "(-([a-zA-Z]{2}|[0-9]{3}))?"
_VARIANTS = f"(-({_ALNUM}{{5,8}}|[0-9]{_ALNUM}{{3}}))*"
_EXTENSIONS = f"(-[0-9a-wy-zA-WY-Z](-{_ALNUM}{{2,8}})+)*"
_PRIVATE = f"[xX](-{_ALNUM}{{1,8}})+"
_IRREGULAR = (
    *("en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux"),
    *("i-mingo", "i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu"),
    *("sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE"),
)


def _suggest_language(text: str) -> str:
    tag = text.strip().partition(".")[0].replace("_", "-")
    return tag if tag != text and re.fullmatch(LANGUAGE.pattern, tag) else ""


LANGUAGE = Form(
    "language",
    f"^({_LANGUAGE}{_SCRIPT}{_REGION}{_VARIANTS}{_EXTENSIONS}(-{_PRIVATE})?|{_PRIVATE}"
    f"|{'|'.join(map(_either_case, _IRREGULAR))})$",
    "a language is a BCP 47 tag, such as 'en', 'pt-BR' or 'zh-Hant'",
    suggest=_suggest_language,
)
"""A well-formed tag by RFC 5646, section 2.1, which includes all regular grandfathered tags.

Letters may be upper or lower case. Subtags need not be registered.
"""

Language = Annotated[str, LANGUAGE]
