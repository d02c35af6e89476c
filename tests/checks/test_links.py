"""A text is parsed only where it may have something to remark on."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from stagebook.checks.links import _remarks, may_say_something

PIECES = st.lists(
    st.sampled_from(
        [*"abc 1.\n\r\t-=#*+>[]()<>:@$!/_x", "www.", "https://", "    ", "[^1]", ":tada:"]
    ),
    max_size=30,
).map("".join)


@given(PIECES)
@example("A www.example.com in a line")
@example(" " * 24 + "a")
@example("- " * 12 + "a")
@example("1. " * 12 + "a")
@example("   ---")
@example("-:tada:")
@example("_:tada:_")
@example("- a\n\n  > # b")
@example("a\n===")
def test_a_text_that_is_not_parsed_has_nothing_to_remark_on(text: str) -> None:
    assert may_say_something(text) or not _remarks(text)
