"""The head of an overlay changes in its text; nothing else does."""

from __future__ import annotations

import pytest
from stagebook.overlay.editing import NotEditable, with_base, with_hashes

HEADS = [
    ("extends: old # x\nid: a\n", "extends: {rubric: new.yml, version: 2.0.0} # x\nid: a\n"),
    ("extends: 'old'\n", "extends: {rubric: new.yml, version: 2.0.0}\n"),
    ("extends: {rubric: old}\n", "extends: {rubric: new.yml, version: 2.0.0}\n"),
    (
        'a: 1\nextends: { version: "1.0.0" , rubric: old } # x\n',
        "a: 1\nextends: { version: 2.0.0 , rubric: new.yml } # x\n",
    ),
    (
        "extends:\r\n    # x\r\n    rubric: old  # y\r\nid: a\r\n",
        "extends:\r\n    # x\r\n    rubric: new.yml\r\n    version: 2.0.0  # y\r\nid: a\r\n",
    ),
    (
        "extends:\n  version: 1.0.0\n  rubric: 'old'\n# é\n",
        "extends:\n  version: 2.0.0\n  rubric: new.yml\n# é\n",
    ),
    (
        "extends:\n  rubric: old\n  version:\nid: a\n",
        "extends:\n  rubric: new.yml\n  version: 2.0.0\nid: a\n",
    ),
    ("{id: a, extends: old}", "{id: a, extends: {rubric: new.yml, version: 2.0.0}}"),
]


@pytest.mark.parametrize(("text", "result"), HEADS)
def test_base_and_version_are_replaced(text: str, result: str) -> None:
    assert with_base(text, "new.yml", "2.0.0") == result


def test_names_with_accents_stay_readable() -> None:
    text = "extends: {rubric: größe.yml, version: 1.0.0}\n"
    assert with_base(text, "größe.yml", "1.1.0") == (
        'extends: {rubric: "größe.yml", version: 1.1.0}\n'
    )


def test_odd_names_are_quoted() -> None:
    assert with_base("extends: a\n", "my base.yml", "1.0.0+1") == (
        'extends: {rubric: "my base.yml", version: 1.0.0+1}\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "x-a: &a old\nextends: *a\n",
        "x-a: &a old\nextends: {rubric: *a}\n",
        "extends: >-\n  old\nid: a\n",
        "extends:\n  rubric: |-\n    old\n  version: 1.0.0\n",
        "- a\n",
        "extends: [a]\n",
    ],
)
def test_what_is_not_written_out_is_refused(text: str) -> None:
    with pytest.raises(NotEditable):
        with_base(text, "new.yml", "2.0.0")


HASHES = {"title": "00000001", "gates.a.title": "1e500000"}
BLOCK = 'x-translated:\n  title: "00000001"\n  gates.a.title: "1e500000"'


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("title: A\n", f"title: A\n{BLOCK}\n"),
        ("title: A", f"title: A\n{BLOCK}\n"),
        ("x-translated: {a: b}\n# y\ntitle: A\n", f"{BLOCK}\n# y\ntitle: A\n"),
        ("x-translated:\n  a: b # x\n  c: d\n\n# y\ntitle: A\n", f"{BLOCK}\n\n# y\ntitle: A\n"),
        ("title: A\nx-translated:\n", f"title: A\n{BLOCK}\n"),
    ],
)
def test_hashes_come_last_or_where_they_were(text: str, result: str) -> None:
    assert with_hashes(text, HASHES) == result


def test_a_flow_mapping_takes_no_hashes() -> None:
    with pytest.raises(NotEditable):
        with_hashes("{title: A}", HASHES)
