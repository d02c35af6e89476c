"""The links of a page to the same page in other languages, for engines without a switch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from ..i18n import direction_of, page_word
from .addresses import Site, address
from .editions import Alternate, language_name

_HEADING = re.compile(r"^# .*\n", re.MULTILINE)
_LINKS = re.compile(r'\n<nav class="sb-languages".*</nav>\n')


def with_links(content: bytes, path: str, alternates: Iterable[Alternate], site: Site) -> bytes:
    """Return a generated page with links to the others below its heading."""
    own = next(one.language for one in alternates if one.path == path)
    links = " ".join(
        f'<a href="{escape(address(site, path, one.path))}" hreflang="{one.language}"'
        f' lang="{one.language}" dir="{direction_of(one.language)}">'
        f"{escape(language_name(one.language))}</a>"
        for one in alternates
        if one.path != path
    )
    label = escape(page_word(own, "languages"))
    block = (
        f'\n<nav class="sb-languages" lang="{own}" dir="{direction_of(own)}"'
        f' aria-label="{label}" data-search-exclude="true">{links}</nav>\n'
    )
    return _HEADING.sub(lambda match: match.group() + block, content.decode(), count=1).encode()


def without_links(markdown: str) -> str:
    """Return a page without these links: its theme has a switch in its header."""
    return _LINKS.sub("", markdown, count=1)
