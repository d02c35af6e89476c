"""Rules about addresses and prose: unsafe links, and Markdown that differs from GitHub's."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from ..diagnostics import Diagnostic, Path
from ..rubric.prose import (
    MAX_NESTING,
    SCHEMES,
    check_address,
    from_root,
    nests_too_deep,
    parse_strictly,
    paths,
)
from .subject import Findings, Rule, Subject

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_PROSE = 20_000
"""Longer texts are already an error."""

_MAY_SAY_SOMETHING = re.compile(
    r"\]\(|\]:|[<$\r]|://|www\.|@|\[[ xX^!]|(?<![^\W_]):[a-z]"
    r"|^(?:[ \t>*+\-\d.)=]*#|[ \t>*+\-\d.)=]+$)|^ {20}|^(?:[ \t]*(?:[-*+>]|\d+[.)])){10}",
    re.MULTILINE,
)
_MAY_BE_MARKED = re.compile(r"[][<$@:#=\n\r]|www\.|\A[ \t\-*+>\d]")
"""What is in every text that the last pattern finds something in, and found much faster."""
_TAG = re.compile(r"<[^<>\n]{0,80}>?")
_BARE = re.compile(
    r"(?<![\w/.@])(?:https?://|www\.)[^\s<>\"'`*]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]")
_MATH = re.compile(r"\$\$.+?\$\$|(?<![\w$])\$(?![\s$])[^$\n]*[^\s$\\]\$(?![\w$])", re.DOTALL)
_EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])")

_TEXT_MARKS = (
    (_BARE, "is a link on GitHub but plain text here: put it in angle brackets"),
    (_FOOTNOTE, "is a footnote on GitHub but plain text here"),
    (_MATH, "is a formula on GitHub but plain text here"),
    (_EMOJI, "is an emoji on GitHub but plain text here"),
)


HEADING = "a heading is shown as a bold line"


class Remark(NamedTuple):
    """A finding in a text without its position; `fragment` is the text at its beginning."""

    code: str
    message: str
    fragment: str


def links_are_safe(subject: Subject) -> Findings:
    """Find addresses that are broken or have a scheme other than https, http and mailto."""
    for place, text in subject.texts.addresses:
        for remark in _address(text):
            yield subject.finding(remark.code, place.path, remark.message)


def prose_shows_as_on_github(subject: Subject) -> Findings:
    """Find unsafe links, and text that GitHub would show differently."""
    for place, text in subject.texts.prose:
        if len(text) > MAX_PROSE or not may_say_something(text):
            continue
        for remark in _remarks(text):
            # A template is a whole document, which readers get as a file.
            if remark.code != "markdown-differs" or "templates" not in place.path:
                yield _located(subject, place.path, remark)


def links_lead_somewhere(subject: Subject, files: Container[str]) -> Findings:
    """Find paths that are not among the files of the site, which only a build knows."""
    found = [
        (place, unquote(urlsplit(from_root(text)).path))
        for place, text in subject.texts.addresses
        if check_address(text).kind == "path"
    ]
    for place, text in subject.texts.prose:
        if len(text) <= MAX_PROSE:
            found += ((place, target) for target in dict.fromkeys(paths(text)))
    for place, target in found:
        names = (target, f"{target}index.md", f"{target}README.md")
        if not any(name in files for name in names):
            message = f"the site has no file {target!r}"
            yield _located(subject, place.path, Remark("link-missing", message, target))


def may_say_something(text: str) -> bool:
    """Return whether a text must be parsed to know that there is nothing to remark on."""
    return bool(_MAY_BE_MARKED.search(text) and _MAY_SAY_SOMETHING.search(text))


@lru_cache(4096)  # A server reads a rubric again and again, and few of its texts have changed.
def _remarks(text: str) -> tuple[Remark, ...]:
    return tuple(dict.fromkeys(_find_remarks(text)))


def _find_remarks(text: str) -> Iterator[Remark]:
    tokens = parse_strictly(text)
    if nests_too_deep(tokens):
        message = f"blocks are nested more than {MAX_NESTING} deep: the text is shown as typed"
        yield Remark("markdown-differs", message, "")
    tags = []
    for token in tokens:
        if token.type == "heading_open":
            yield Remark("markdown-differs", HEADING, token.markup)
        elif token.type == "html_block":
            tags.append(token.content)
        elif token.type == "inline":
            tags += [one.content for one in token.children or () if one.type == "html_inline"]
            yield from _inline(token)
    if tags:
        found = _TAG.search(tags[0])
        tag = found.group() if found else tags[0][:80]
        yield Remark("raw-html", f"{tag!r} is shown as text: raw HTML is not supported", tag)


def _inline(inline: Token) -> Iterator[Remark]:
    linked = 0
    for index, token in enumerate(inline.children or ()):
        if token.type in ("link_open", "link_close"):
            linked += token.nesting
        if token.type == "link_open":
            yield from _link(str(token.attrGet("href") or ""), picture=False)
        elif token.type == "image":
            yield from _link(str(token.attrGet("src") or ""), picture=True)
        elif token.type == "text" and not linked:
            yield from _text(token.content, first=index == 0)


def _text(text: str, *, first: bool) -> Iterator[Remark]:
    for pattern, message in _TEXT_MARKS:
        for match in pattern.finditer(text):
            shown = match.group() if pattern is _EMOJI else match.group().rstrip(".,;:!?)")
            yield Remark("markdown-differs", f"{shown!r} {message}", shown)
    for pattern, what in ((_TASK, "a task checkbox"), (_ALERT, "an alert")):
        if first and (mark := pattern.match(text)):
            message = f"{mark.group()!r} is {what} on GitHub but plain text here"
            yield Remark("markdown-differs", message, mark.group())


def _link(href: str, *, picture: bool) -> Iterator[Remark]:
    kind = check_address(href, picture=picture).kind
    if kind == "elsewhere":
        message = f"image {href!r} is on another host: it is linked, not shown"
        yield Remark("picture-elsewhere", message, href)
        return
    found = list(_address(href))
    yield from found
    if found or kind not in ("path", "picture", "link"):
        return
    path = urlsplit(href).path
    depth = 0
    for name in path.lstrip("/").split("/"):
        depth += -1 if name == ".." else name not in ("", ".")
        if depth < 0:
            message = (
                f"{href!r} leads outside the site: a path starts at the content root, "
                "wherever the text is shown"
            )
            yield Remark("link-outside", message, href)
            return
    if href.startswith("#"):
        message = (
            f"{href!r} names no page, but the text is shown on several: add the path of the page"
        )
        yield Remark("markdown-differs", message, href)


def _address(link: str) -> Iterator[Remark]:
    try:
        parts = urlsplit(link)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        yield Remark("link-form", f"{link!r} is not a well-formed address", link)
        return
    if parts.scheme and parts.scheme.lower() not in SCHEMES:
        message = f"address {link!r} has the scheme {parts.scheme!r}: use https, http or mailto"
        yield Remark("link-scheme", message, link)
    elif check_address(link).kind in ("host", "scheme"):
        yield Remark("link-scheme", f"address {link!r} names a host but no scheme", link)
    elif re.search(r"[\s<>\"\\{}]", link) or not port_is_sound:
        yield Remark("link-form", f"{link!r} is not a well-formed address", link)
    elif parts.scheme in ("http", "https") and "." not in (parts.hostname or ""):
        yield Remark("link-form", f"address {link!r} names no host", link)


def _located(subject: Subject, path: Path, remark: Remark) -> Diagnostic:
    """Return a finding at the position of the fragment, or of the text if it cannot be found."""
    finding = subject.finding(remark.code, path, remark.message)
    lines = subject.lines(finding.path)
    text_lines = lines[finding.line - 1 : finding.line + MAX_PROSE // 40]
    for offset, line in enumerate(text_lines):
        start = line.find(remark.fragment, finding.column - 1 if not offset else 0)
        if remark.fragment and start >= 0:
            return finding._replace(line=finding.line + offset, column=start + 1)
    return finding


RULES: tuple[Rule, ...] = (links_are_safe, prose_shows_as_on_github)
