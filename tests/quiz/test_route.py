"""Addresses that were typed wrong, cut short or altered: the quiz starts, and reads what it can."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest
from browser import FIRST, FULL, ONE, QUICK, SMALL, STAGE, Quiz, Visitor
from waiting import expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]

DAMAGED = [
    "%",
    "%E0%A4%A",
    "%%%25%",
    "stagebook=%",
    "stagebook=1.",
    "stagebook%3D%",
    "\ud800",
    "[id]",
]


def link_to(state: bytes) -> str:
    """Return the fragment of a link that holds a state."""
    deflating = zlib.compressobj(9, wbits=-15)
    packed = deflating.compress(state) + deflating.flush()
    data = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return f"stagebook=1.{binascii.crc32(data.encode()):08x}.{data}"


STATE = b'{"rubric": {"id": "%s"}, "subject": "Checkout", "answers": {"yes": ["%s"]}}'
LINK = link_to(STATE % (b"ai-product", FIRST.encode()))
SMALL_LINK = link_to(STATE % (b"sample", ONE.encode()))


AT_START = ["%", "stagebook=%", "stagebook%3D%"]
"""Those with which the page is loaded anew; all are put into the address of an open page."""


@pytest.mark.parametrize(
    ("place", "path"),
    [
        pytest.param("served", QUICK, marks=pytest.mark.long),
        pytest.param("stick", STAGE, marks=pytest.mark.long),
        ("small_stick", SMALL),
    ],
)
def test_a_damaged_address_stops_nothing(
    request: pytest.FixtureRequest, visit: Visit, place: str, path: str
) -> None:
    # The theme looks for what stands in the address too, and says so when it cannot.
    visitor = visit(request.getfixturevalue(place), expect_errors=True)
    page = visitor.open(path)
    quiz = Quiz(page)
    question = page.locator("fieldset[data-gate]").first.get_attribute("data-gate") or ""
    go = "(fragment) => { location.hash = fragment; }"
    for answer, fragment in zip(("yes", "no") * len(DAMAGED), DAMAGED, strict=False):
        page.evaluate(go, fragment)
        if fragment in AT_START:
            page.reload()
            page.locator(".sb-live").wait_for()
        quiz.answer(question, answer)
        page.evaluate(go, f"{fragment}%")
        assert quiz.answered(question) == answer, fragment
    assert not [error for error in visitor.errors if "stagebook" in error.lower()]


@pytest.mark.parametrize(
    "fragment",
    [
        f"{SMALL_LINK}).",
        quote(quote(SMALL_LINK, safe=""), safe=""),
        f"{SMALL_LINK}&utm_source=mail",
    ],
    ids=["bracket", "encoded-twice", "tracker"],
)
def test_an_altered_link_is_read(visit: Visit, small_stick: str, fragment: str) -> None:
    quiz = Quiz(visit(small_stick).open(f"{SMALL}#{fragment}"))
    quiz.press("Add it to my assessments")
    assert quiz.answered(ONE) == "yes"
    assert "stagebook" not in quiz.page.evaluate("() => location.hash")


@pytest.mark.long
def test_a_link_put_into_the_address_of_an_open_page_is_offered(visit: Visit, address: str) -> None:
    quiz = Quiz(visit(address).open(FULL))
    quiz.page.evaluate("(fragment) => { location.hash = fragment; }", LINK)
    quiz.press("Add it to my assessments")
    assert quiz.answered(FIRST) == "yes"


COUNT = """
const Real = DecompressionStream;
window.made = 0;
window.DecompressionStream = class {
  constructor(kind) {
    const stream = new Real(kind);
    this.writable = stream.writable;
    this.readable = stream.readable.pipeThrough(new TransformStream({
      transform(piece, out) {
        made += piece.length;
        out.enqueue(piece);
      },
    }));
  }
};
"""


@pytest.mark.long
def test_a_link_that_unpacks_to_more_than_an_assessment_is_refused_early(
    visit: Visit, small_served: str
) -> None:
    fragment = link_to(b" " * 200_000_000)
    visitor = visit(small_served)
    visitor.context.add_init_script(COUNT)
    quiz = Quiz(visitor.open(SMALL))
    quiz.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    expect(quiz.head).to_contain_text("larger than 5 MB")
    assert quiz.page.evaluate("() => made") < 12_000_000
