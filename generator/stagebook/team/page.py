"""A team view as one self-contained page, to print or to send."""

from __future__ import annotations

from ..scoring.scorer import Scorer
from ..site.rendering import render_file
from ..site.single import asset, fingerprint
from .view import Team
from .words import FIRST, TeamWords


def team_page(scorer: Scorer, team: Team) -> str:
    """Return a team view as an HTML file in the rubric's language.

    Its Content-Security-Policy allows only its own styles: no scripts and no network connections.
    """
    styles = "".join(asset(name) for name in ("single.css", "stagebook.css"))
    policy = (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {fingerprint(styles)}"
    )
    language = scorer.rubric.language
    words = TeamWords(scorer, team, language)
    context = {"team": team, "words": words, "first": FIRST}
    return render_file("team.html.jinja", scorer.rubric, styles=styles, policy=policy, **context)
