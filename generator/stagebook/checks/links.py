"""Rules about addresses and prose: what may be linked, and what will be shown as text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..diagnostics import Path
from .subject import Findings, Rule, Subject

SCHEMES = ("https", "http", "mailto")

PLAIN = frozenset(("title", "label", "owner", "unit", "term", "name", "by", "date", "code"))
"""Keys whose text is plain: an angle bracket in it is just that."""

_MARKDOWN_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s>]+)>")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_CODE = re.compile(r"(`+)[^`].*?\1", re.DOTALL)
_HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?|!--.*?--)>", re.DOTALL)


def links_are_safe(subject: Subject) -> Findings:
    """Find addresses with other schemes than https, http, mailto or none, and broken ones."""
    for path, text in subject.texts:
        if path[-1] in ("url", "via"):
            yield from _link(subject, path, text)
            continue
        if "](" not in text and "<" not in text and "]:" not in text:
            continue  # Most texts hold no link.
        prose = _CODE.sub("", text)
        for pattern in (_MARKDOWN_LINK, _AUTOLINK, _REFERENCE):
            for link in pattern.findall(prose):
                yield from _link(subject, path, link)


def prose_has_no_html(subject: Subject) -> Findings:
    """Find raw HTML, which pages show as text."""
    for path, text in subject.texts:
        if path[-1] in PLAIN or "<" not in text:
            continue
        found = _HTML.search(_CODE.sub("", text))
        if found and not _AUTOLINK.match(found.group()):
            message = f"{found.group()!r} is shown as text: raw HTML is not read"
            yield subject.finding("raw-html", path, message)


def _link(subject: Subject, path: Path, link: str) -> Findings:
    try:
        parts = urlsplit(link)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        yield subject.finding("link-form", path, f"{link!r} is no well-formed address")
        return
    if parts.scheme and parts.scheme.lower() not in SCHEMES:
        message = f"address {link!r} has the scheme {parts.scheme!r}: use https, http or mailto"
        yield subject.finding("link-scheme", path, message)
    elif link.startswith(("//", "\\")):
        yield subject.finding("link-scheme", path, f"address {link!r} names a host but no scheme")
    elif re.search(r"[\s<>\"\\]", link) or not port_is_sound:
        yield subject.finding("link-form", path, f"{link!r} is no well-formed address")
    elif parts.scheme in ("http", "https") and "." not in (parts.hostname or ""):
        yield subject.finding("link-form", path, f"address {link!r} names no host")


RULES: tuple[Rule, ...] = (links_are_safe, prose_has_no_html)
