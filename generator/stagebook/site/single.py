"""The assessment as one self-contained file, for a USB stick or an email."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

from ..rubric.model import Rubric
from .data import quiz_json, script_of
from .questions import Questions
from .relations import Relations
from .rendering import render_file

MARK = 'document.documentElement.className = "sb-js"'
"""Tells the styles that the script will run, so that they hide questions until it shows one."""


def single_file(rubric: Rubric, quiz: str = "", questions: Questions | None = None) -> str:
    """Return the full assessment with plays and sources as one HTML file.

    `quiz` is the data of the quiz, and `questions` are their forms, where somebody has them.

    Its Content-Security-Policy allows only its own scripts and styles, and no network connections.
    """
    styles = "".join(asset(name) for name in ("single.css", "stagebook.css"))
    script = asset("stagebook.js")
    later = [asset(f"stagebook-{name}.js") for name in ("extras", "several", "meeting")]
    data = script_of(quiz or quiz_json(rubric), rubric.id)
    allowed = " ".join(map(fingerprint, (MARK, data, script, *later)))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"style-src {fingerprint(styles)}; script-src {allowed}"
    )
    scripts = {"mark": MARK, "data": data, "script": script}
    context = {"styles": styles, "policy": policy, "later": later, **scripts}
    relations = Relations(rubric, questions=questions or Questions())
    page = render_file("assess.html.jinja", rubric, relations=relations, **context)
    # A browser creates a node for every line break between elements, and there are thousands.
    return page.replace(">\n<", "><")


def asset(name: str) -> str:
    """Return a script or styles of the package; the text must not close its HTML element."""
    text = (resources.files("stagebook") / "assets" / name).read_text("utf-8").strip()
    assert not re.search("</(?:script|style)|<!--|>\n<", text, re.IGNORECASE)
    return text


def fingerprint(text: str) -> str:
    """Return the source expression that allows an inline element with exactly this content."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
