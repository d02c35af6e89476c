"""A Content-Security-Policy for a whole site, from what its pages contain.

One policy serves all pages: Material's instant navigation shows the next page under the policy of
the page that was loaded first, and runs the next page's inline scripts under it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape

from ..single import fingerprint

PLACE = '<meta http-equiv="Content-Security-Policy" content="@stagebook">'
"""Stands in a page until all pages are known."""
_CHARSET = re.compile(r'<meta charset="?[\w-]+"?\s*/?>', re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*\sstyle\s*=", re.IGNORECASE)
_STYLED = re.compile(r"\sstyle\s*=", re.IGNORECASE)
_OWN = re.compile(r"http-equiv=[\"']?Content-Security-Policy", re.IGNORECASE)
_ELEMENT = re.compile(r"<(script|link|img|iframe)\b([^<>]*)>", re.IGNORECASE)
_HOST = re.compile(r"\s(?:src|href)=[\"']?((?:https?:)?//[^/\"'\s>;,]+)")
_DATA = re.compile(r"\btype=[\"']?(?:application/(?:ld\+)?json|text/(?!javascript))", re.IGNORECASE)
_HOLDERS = {"script": "script-src", "link": "style-src", "img": "img-src", "iframe": "frame-src"}


class Policy:
    """What the pages of a site need; add each page, then ask for the policy."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.hosts: defaultdict[str, set[str]] = defaultdict(set)
        self.has_style_attributes = False

    def add(self, html: str) -> None:
        """Allow the inline scripts and styles of a page, and the hosts that its elements name."""
        for attributes, script in _SCRIPT.findall(html):
            if not re.search(r"\bsrc=", attributes) and not _DATA.search(attributes):
                self.scripts.add(fingerprint(script))
        self.styles.update(map(fingerprint, _STYLE.findall(html)))
        if not self.has_style_attributes and _STYLED.search(html):
            self.has_style_attributes = _ATTRIBUTE.search(html) is not None
        for tag, attributes in _ELEMENT.findall(html):
            is_link = tag.lower() == "link"
            if (host := _HOST.search(attributes)) and (not is_link or "stylesheet" in attributes):
                self.hosts[_HOLDERS[tag.lower()]].add(host.group(1))

    def __str__(self) -> str:
        """Return the policy."""
        styles = ["'unsafe-inline'"] if self.has_style_attributes else sorted(self.styles)
        parts = {
            "default-src": ["'self'"],
            "script-src": ["'self'", *sorted(self.scripts)],
            "style-src": ["'self'", *styles],
            "img-src": ["'self'", "data:", "blob:"],
            "font-src": ["'self'", "data:"],
            "frame-src": ["'self'"],
            "worker-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'self'"],
            "form-action": ["'self'"],
        }
        return "; ".join(
            " ".join([name, *sources, *sorted(self.hosts[name])]) for name, sources in parts.items()
        )


def with_place(html: str) -> str:
    """Return a page with a place for the policy, before anything that it could stop."""
    if _OWN.search(html):
        return html
    return _CHARSET.sub(lambda match: match.group() + PLACE, html, count=1)


def with_policy(html: str, policy: str) -> str:
    """Return a page with the policy in its place."""
    return html.replace(PLACE, PLACE.replace("@stagebook", escape(policy, quote=False)), 1)
