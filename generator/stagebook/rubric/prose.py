"""Read an author's Markdown for pages, quiz, single file, team page and exports.

This is CommonMark with tables and strikethrough, as on GitHub, but without raw HTML: tags are text.
The output is finished HTML that nothing parses again. Links and images are checked here, after all
escapes and character references have been decoded.

An address without a scheme is a path from the content root of the site. In the HTML, two marks
enclose it, because the pages that show the text are in different folders: `resolve_links` replaces
it with the address for one page, and `name_links` shows it as text if there is no site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("https", "http", "mailto")
"""The allowed schemes of addresses; others could run scripts or open programs."""
MAX_NESTING = 50
"""The deepest nesting of blocks; a text with deeper nesting is shown as typed."""

_ONE_PLAIN_PARAGRAPH = re.compile(r"[^\W\d_][^\\`*_\[\]<>&~\n\r\t\x00-\x1f\x7f-\x9f\ud800-\udfff]*")
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_BLOCKS = re.compile(r"<(?:p|ul|ol|pre|table|blockquote|hr)\b")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of surrogate pairs, which HTML does not allow."""
_MARK = "\x00"
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_MARKED_LINK = re.compile(r'<a href="\x00([^"\x00]*)\x00"[^>]*>(.*?)</a>', re.DOTALL)
_MARKED_PICTURE = re.compile(r'<img src="\x00([^"\x00]*)\x00" alt="([^"]*)"[^>]*>')
_MARKED = re.compile(r"\x00([^\x00]*)\x00")


@lru_cache(4096)  # A gate's test appears on several pages.
def html(value: str) -> Markup:
    """Return Markdown as HTML blocks."""
    value = _BLANK_LINES.sub("", value).rstrip()
    if _ONE_PLAIN_PARAGRAPH.fullmatch(value):
        return Markup(f"<p>{value}</p>")  # noqa: S704 (it contains nothing to escape)
    parser = _reader()
    made = parser.renderer.render(_parse(value), parser.options, {})
    return Markup(made.strip())  # noqa: S704 (raw HTML is off, and text is escaped)


def inline(value: str) -> Markup:
    """Return Markdown as HTML; a single paragraph is returned without its `<p>`."""
    block = html(value)
    return Markup(block[3:-4]) if _is_paragraph(block) else block  # noqa: S704 (finished HTML)


def phrase(value: str) -> Markup:
    """Return Markdown as HTML for a place that does not allow blocks, such as a label."""
    block = html(value)
    if _is_paragraph(block):
        return Markup(block[3:-4])  # noqa: S704 (a part of finished HTML)
    return Markup(escape(plain(value), quote=False))  # noqa: S704


def _is_paragraph(block: str) -> bool:
    return block.startswith("<p>") and _BLOCKS.search(block, 3) is None


def link(address: str) -> Markup:
    """Return an address from a record for an attribute, or nothing if it is not allowed."""
    checked = check_address(address)
    return Markup(_address(checked) if checked.kind in ("link", "path") else "")  # noqa: S704


@lru_cache(4096)
def plain(value: str) -> str:
    """Return Markdown as plain text on one line."""
    if _ONE_PLAIN_PARAGRAPH.fullmatch(value):
        return value.rstrip()
    texts = (_text_of(token) for token in _parse(value))
    return " ".join(" ".join(texts).split())


class Address(NamedTuple):
    """A checked address from a text; `kind` says how it is shown.

    `link`: as a link; `path`: as a link from the content root; `picture`: as an image; `elsewhere`:
    as a link, because it is an image on another host; `scheme` and `host`: as text.
    """

    href: str
    kind: str


def check_address(href: str, *, picture: bool = False) -> Address:
    """Check an address that the parser has decoded and normalised."""
    scheme = _SCHEME.match(href)
    if scheme and scheme.group(1).lower() not in SCHEMES:
        return Address(href, "scheme")
    if href.startswith(("//", "/%5C", "%5C", "\\")):
        return Address(href, "host")
    if scheme:
        external = scheme.group(1).lower() != "mailto"
        return Address(href, ("elsewhere" if external else "scheme") if picture else "link")
    if href.startswith("#") and not picture:
        return Address(href, "link")
    return Address(from_root(href), "picture" if picture else "path")


def from_root(href: str) -> str:
    """Return a path from the content root; a path cannot leave the root."""
    path, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)", href, re.DOTALL).groups()  # type: ignore[union-attr]
    folder = "/" if path.endswith("/") else ""
    clean = posixpath.normpath(f"/{path}").lstrip("/")
    return f"{clean}{folder if clean else ''}{mark}{rest}"


def resolve_links(made: str, resolve: Callable[[str], str]) -> str:
    """Return HTML in which each path from the root is replaced by its address for one page."""
    return _MARKED.sub(lambda match: escape(resolve(_unescape(match.group(1)))), made)


def name_links(made: str) -> str:
    """Return HTML in which paths from the root are shown as text instead of links."""
    made = _MARKED_PICTURE.sub(lambda m: f"{m.group(2)} ({m.group(1)})".lstrip(), made)
    return _MARKED_LINK.sub(lambda m: f"{m.group(2)} ({m.group(1)})", made)


def paths(value: str) -> Iterator[str]:
    """Yield the paths from the content root that a text links to or shows, without anchors."""
    if "](" in value or "]:" in value or "<" in value:
        for href in _MARKED.findall(html(value)):
            yield unquote(urlsplit(_unescape(href)).path)


def text(value: str) -> str:
    """Return plain text as one line of Markdown that every engine shows as plain text."""
    return _TO_MARKDOWN.sub(lambda match: f"&#{ord(match.group())};", one_line(value))


def escaped(value: str) -> str:
    """Return plain text as one line of Markdown that people can read as it is written, too."""
    return _ALIVE.sub(r"\\\g<0>", one_line(value))


def fill(words: str, **markup: str) -> Markup:
    """Return words as HTML with their placeholders filled; text is escaped, HTML is not."""
    parts = _PLACEHOLDER.split(words)
    kind = Markup if isinstance(words, Markup) else str
    filled = (markup[part] if odd % 2 else kind(part) for odd, part in enumerate(parts))
    return Markup().join(filled)


def one_line(value: str) -> str:
    """Return text on one line, without characters that HTML does not allow."""
    return " ".join(_UNFIT.sub("\ufffd", value).split())


_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TO_MARKDOWN = re.compile(r"[!-/:-@\[-`{-~]")
"""All ASCII punctuation: most of it has a meaning in some engine."""
_ALIVE = re.compile(r"[\\`*_\[\]<>]")


def parse_strictly(value: str) -> list[Token]:
    """Return the tokens of a text as GitHub reads it, with raw HTML and links of every scheme."""
    return _every_link().parse(_UNFIT.sub("\ufffd", value))


def _parse(value: str) -> list[Token]:
    value = _UNFIT.sub("\ufffd", value)
    tokens = _reader().parse(value)
    if nests_too_deep(tokens):
        return _reader().parse(_TO_MARKDOWN.sub(r"\\\g<0>", value.replace("\n", " ")))
    return tokens


def nests_too_deep(tokens: list[Token]) -> bool:
    """Return whether the parser may have left out deeper blocks."""
    return any(token.level >= MAX_NESTING - 1 for token in tokens)


def _text_of(token: Token) -> str:
    if token.type == "inline":
        return "".join(_text_of(child) for child in token.children or ())
    if token.type == "image":
        return "".join(_text_of(child) for child in token.children or ())
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content


def _unescape(value: str) -> str:
    return value.replace("&amp;", "&").replace("&quot;", '"').replace("&lt;", "<")


@cache
def _reader() -> MarkdownIt:
    parser = _parser(html=False)

    def is_fit(url: str) -> bool:
        return check_address(url).kind not in ("scheme", "host")

    parser.validateLink = is_fit  # type: ignore[method-assign]
    for name, rule in RULES.items():
        parser.add_render_rule(name, rule)
    return parser


@cache
def _every_link() -> MarkdownIt:
    parser = _parser(html=True)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _parser(*, html: bool) -> MarkdownIt:
    # Imported here because most runs of `check` need no parser, and the import is slow.
    from markdown_it import MarkdownIt

    options: dict[str, Any] = {"html": html, "maxNesting": MAX_NESTING, "xhtmlOut": False}
    return MarkdownIt("commonmark", options).enable(["table", "strikethrough"])


# Render rules that differ from those of the library. The first argument is the renderer.


def _text(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    return escape(tokens[at].content, quote=False)


def _soft_break(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    return " "


def _heading(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    # A heading in a text would break the order of the headings of the page.
    return "<p><strong>" if tokens[at].nesting == 1 else "</strong></p>\n"


def _code(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    # Line breaks are escaped, because the HTML of a block is one line for the site's engine.
    lines = escape(tokens[at].content.removesuffix("\n"), quote=False).replace("\n", "&#10;")
    return f"<pre><code>{lines}</code></pre>\n"


def _code_span(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    return f"<code>{escape(tokens[at].content, quote=False)}</code>"


def _link(self: Any, tokens: list[Token], at: int, options: object, env: object) -> str:
    token = tokens[at]
    address = check_address(str(token.attrGet("href") or ""))
    return f'<a href="{_address(address)}"{_title(token)}>'


def _picture(self: Any, tokens: list[Token], at: int, options: object, env: object) -> str:
    token = tokens[at]
    described = escape("".join(_text_of(child) for child in token.children or ()))
    address = check_address(str(token.attrGet("src") or ""), picture=True)
    if address.kind == "picture":
        return f'<img src="{_address(address)}" alt="{described}"{_title(token)} loading="lazy">'
    # Pages load nothing from other hosts, so the image becomes a link.
    if address.kind == "elsewhere":
        return f'<a href="{_address(address)}"{_title(token)}>{described or _address(address)}</a>'
    return described


def _address(address: Address) -> str:
    href = escape(address.href)
    return f"{_MARK}{href}{_MARK}" if address.kind in ("path", "picture") else href


def _title(token: Token) -> str:
    title = token.attrGet("title")
    return f' title="{escape(str(title))}"' if title else ""


def _cell(self: object, tokens: list[Token], at: int, options: object, env: object) -> str:
    # A class, because content security policies do not allow styles in attributes.
    style = str(tokens[at].attrGet("style") or "")
    side = f' class="sb-{style.removeprefix("text-align:")}"' if style else ""
    return f"<{tokens[at].tag}{side}>"


RULES = {
    "text": _text,
    "softbreak": _soft_break,
    "heading_open": _heading,
    "heading_close": _heading,
    "code_block": _code,
    "fence": _code,
    "code_inline": _code_span,
    "link_open": _link,
    "image": _picture,
    "th_open": _cell,
    "td_open": _cell,
}
