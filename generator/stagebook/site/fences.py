"""Find the fenced blocks of a Markdown page, wherever Markdown finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(
    r"(?P<prefix>[ \t]*(?:>[ \t]*)*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>[^\r\n]*)"
)
_NAME = re.compile(r"(?:\{\s*\.?)?stagebook\b")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block; `prefix` is the indentation and the quote marks before it."""

    start: int
    end: int
    line: int
    """Line of its first mark, from 1."""
    prefix: str
    marks: str
    info: str
    body: str
    is_closed: bool

    @property
    def is_ours(self) -> bool:
        """Return whether the block is one of Stagebook's."""
        return _NAME.match(self.info) is not None

    def placed(self, text: str) -> str:
        """Return a text with the prefix of the block on each line."""
        lines = text.rstrip("\n").split("\n")
        return "\n".join([f"{self.prefix}{line}".rstrip() for line in lines]) + "\n"


def find_fences(markdown: str) -> Iterator[Fence]:
    """Yield the fenced blocks of a page, whose lines are counted as editors do.

    A block ends at a line with at least as many of the same marks. What is fenced is not searched.
    """
    lines = _lines(markdown)
    offset, number = 0, 0
    while number < len(lines):
        opening = _OPENING.match(lines[number])
        if not opening or (opening["marks"][0] == "`" and "`" in opening["info"]):
            offset += len(lines[number])
            number += 1
            continue
        first, start = number, offset
        closing = re.compile(
            rf"[ \t>]*{opening['marks'][0]}{{{len(opening['marks'])},}}[ \t]*[\r\n]*"
        )
        offset += len(lines[number])
        number += 1
        body: list[str] = []
        while number < len(lines) and not closing.fullmatch(lines[number]):
            body.append(_without(opening["prefix"], lines[number]))
            offset += len(lines[number])
            number += 1
        is_closed = number < len(lines)
        if is_closed:
            offset += len(lines[number])
            number += 1
        yield Fence(
            start,
            offset,
            first + 1,
            opening["prefix"],
            opening["marks"],
            opening["info"].strip(),
            "".join(body),
            is_closed,
        )


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _without(prefix: str, line: str) -> str:
    """Return a line without the prefix of its block, or without as much of it as there is."""
    if line.startswith(prefix):
        return line[len(prefix) :]
    indent = len(prefix) - len(prefix.lstrip())
    return re.sub(rf"^[ \t]{{0,{indent}}}", "", line)
