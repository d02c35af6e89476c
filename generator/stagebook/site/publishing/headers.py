"""The file `_headers`, which hosts such as Netlify and Cloudflare Pages read."""

from __future__ import annotations

import re
from collections.abc import Iterable

FILE = "_headers"
_HASHED = re.compile(r"assets/.*\.[0-9a-f]{8}\.min\.(?:js|css)")
"""Files of Material that have a hash of their content in their name."""


def headers(policy: str, paths: Iterable[str]) -> str:
    """Return the rules for all files of a site; the policy may be empty.

    Files whose name changes with their content may be kept for a year. All else keeps what the
    host says, which is to ask again each time.
    """
    rules = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    if policy:
        rules = {"Content-Security-Policy": policy, **rules}
    blocks = [_block("/*", rules)]
    for path in sorted(filter(_HASHED.fullmatch, paths)):
        blocks.append(_block(f"/{path}", {"Cache-Control": "public, max-age=31536000, immutable"}))
    return "\n".join(blocks)


def _block(path: str, rules: dict[str, str]) -> str:
    return "\n".join([path, *(f"  {name}: {value}" for name, value in rules.items()), ""])
