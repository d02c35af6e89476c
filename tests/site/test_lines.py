"""Lines of a page are joined as the rule says, in one pass over them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from stagebook.site.markdown_page import join_lines

PIECES = st.sampled_from(
    ["<p>", "</p>", "word", " ", "\n", "\t", "\n\n", "\r\n", "\x85", "> ", " <"]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_line_breaks_go_between_tags_and_become_spaces_elsewhere(page: str) -> None:
    between = re.sub(r">\s*\n\s*<", "><", page)
    assert join_lines(page) == re.sub(r"\s*\n\s*", " ", between).strip()
