"""Decode bytes as text, and find lines and columns as editors count them.

A line ends with LF, CRLF or a lone CR. YAML 1.1 and Unicode have more line ends (NEL, U+2028,
U+2029), but editors show them inside a line.
"""

from __future__ import annotations

import re

from ..diagnostics import CODES, Diagnostic, RubricError

_LINE_END = re.compile(r"\r\n?|\n")


def place(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset in a text; both start at 0, columns count characters."""
    # Include the character at the offset, which may be the LF of a CRLF.
    ends = [match.end() for match in _LINE_END.finditer(text[: offset + 1])]
    ends = [end for end in ends if end <= offset]
    return len(ends), offset - (ends[-1] if ends else 0)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without their ends."""
    return _LINE_END.split(text)


def decode(content: bytes, path: str) -> str:
    """Return the text of a file without its byte order mark; raises RubricError if not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.start` does not count the byte order mark.
        content = error.object
        before = content[: error.start].decode("utf-8", "replace")
        line, column = place(before, len(before))
        message = f"byte 0x{content[error.start]:02X} is not valid UTF-8: save the file as UTF-8"
        finding = Diagnostic(path, line + 1, column + 1, CODES["not-utf-8"], "not-utf-8", message)
        raise RubricError([finding]) from error
