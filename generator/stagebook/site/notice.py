"""Show in the browser that a rubric is broken, above the last pages that were not.

Nothing here knows of MkDocs: the server is any application of WSGI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, TypeAlias

App: TypeAlias = Callable[..., Iterable[bytes]]

_BODY = re.compile(rb"<body\b[^>]*>")
_STYLE = (
    "position:sticky;top:0;z-index:99;max-height:60vh;overflow:auto;padding:1em;"
    "background:#8c1d18;color:#fff;border:2px solid;font:16px/1.4 sans-serif;text-align:left"
)
_PRE = "margin:.5em 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 monospace"
_LEAD = "Not up to date: the last change could not be built."


class Notice:
    """What is wrong with the site that is served; nothing if `message` is empty."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.message = ""

    def around(self, app: App) -> App:
        """Return an application that shows the message on each page of another."""

        def shown(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if not self.message:
                return app(environ, start_response)
            started: list[Any] = []
            body = app(environ, lambda *arguments: started.extend(arguments))
            status, headers = started[:2]
            kinds = [value for name, value in headers if name.lower() == "content-type"]
            if not kinds or not kinds[0].startswith("text/html"):
                start_response(status, headers)
                return body
            page = with_notice(b"".join(body), self.message)
            kept = [one for one in headers if one[0].lower() != "content-length"]
            start_response(status, [*kept, ("Content-Length", str(len(page)))])
            return [page]

        return shown


def with_notice(page: bytes, message: str) -> bytes:
    """Return a page that begins with a message; its text is escaped."""
    notice = (
        f'<div role="alert" lang="en" dir="ltr" style="{_STYLE}"><strong>{_LEAD}</strong>'
        f'<pre style="{_PRE}">{escape(message)}</pre></div>'
    ).encode()
    found = _BODY.search(page)
    end = found.end() if found else 0
    return page[:end] + notice + page[end:]
