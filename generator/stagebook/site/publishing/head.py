"""What a page says of itself in its head, for programs that show links to it."""

from __future__ import annotations

from html import escape, unescape

from .card import HEIGHT, WIDTH

_END = "</head>"


def with_open_graph(
    html: str, *, title: str, description: str, site: str, address: str = "", image: str = ""
) -> str:
    """Return a page with OpenGraph elements at the end of its head.

    `title` and `description` are escaped already; `address` is the page's own, if it is known,
    and `image` that of a picture. A page that has OpenGraph elements, from another plugin, keeps
    those.
    """
    if 'property="og:' in html:
        return html
    values = {
        "og:type": "website",
        # Themes print the name as HTML, so it may have references for `&` and the like already.
        "og:site_name": escape(unescape(site)),
        "og:title": title,
        "og:description": description,
        "og:url": escape(address),
        "og:image": escape(image),
    }
    if image:
        values |= {"og:image:width": str(WIDTH), "og:image:height": str(HEIGHT)}
    tags = [f'<meta property="{key}" content="{one}">' for key, one in values.items() if one]
    return html.replace(_END, "".join(tags) + _END, 1)
