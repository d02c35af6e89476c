"""What a cell of a column holds, and how a value of a rubric becomes a cell and a cell a value.

`encode` returns None for a value that its cell cannot hold. `decode` understands what people type;
a cell that it does not understand stays as it is, so that validation can say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .grid import Cell, is_blank

_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_RANGE = re.compile(r"\s*(\S+?)\s*(?:to|-|–|…)\s*(\S+?)\s*")
_YES = {"yes", "y", "x", "true", "1", "✓", "ja"}
_NO = {"no", "n", "false", "0", "nein"}


class Kind(NamedTuple):
    """A kind of cell, with the width of its column in characters."""

    name: str
    encode: Callable[[Any], Cell]
    decode: Callable[[Cell], Any]
    width: int = 16


def written(cell: Cell) -> str:
    """Return a cell as text, a whole number without a point, line ends as LF."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n")


def _text(value: Any) -> Cell:
    return value if isinstance(value, str) and value else None


def _read_number(cell: Cell) -> Any:
    if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        cell = float(cell.strip().replace(",", "."))
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell


def _number(value: Any) -> Cell:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 2**53 else None


def _read_yes(cell: Cell) -> Any:
    word = written(cell).strip().lower()
    return True if word in _YES else False if word in _NO else cell


def _yes(value: Any) -> Cell:
    return ("yes" if value else "no") if isinstance(value, bool) else None


def _texts(value: Any) -> list[str] | None:
    is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return value if is_texts else None


def _joined(separator: str) -> Callable[[Any], Cell]:
    def encode(value: Any) -> Cell:
        texts = _texts(value)
        return separator.join(texts) if texts else None

    return encode


def _read_words(cell: Cell) -> Any:
    return [word.strip() for word in re.split(r"[,;\n]", written(cell)) if word.strip()]


def _read_lines(cell: Cell) -> Any:
    lines = (re.sub(r"^\s*[•▪◦–*-]\s+", "", line).strip() for line in written(cell).split("\n"))
    return [line for line in lines if line]


def _range(value: Any) -> Cell:
    if not isinstance(value, list) or len(value) != 2:
        return None
    return f"{written(value[0])} to {written(value[1])}"


def _read_range(cell: Cell) -> Any:
    number = _read_number(cell)
    if isinstance(number, int | float) and not isinstance(number, bool):
        return [number, number]
    found = _RANGE.fullmatch(written(cell))
    return [_read_number(part) for part in found.groups()] if found else cell


def _maps(value: Any) -> Cell:
    if not isinstance(value, dict) or not all(_texts(ids) for ids in value.values()):
        return None
    return "\n".join(f"{framework}: {'; '.join(ids)}" for framework, ids in value.items())


def _read_maps(cell: Cell) -> Any:
    found: dict[str, list[str]] = {}
    for line in written(cell).split("\n"):
        framework, mark, ids = line.partition(":")
        if not mark and line.strip():
            return cell
        if mark:
            found[framework.strip()] = [one.strip() for one in ids.split(";") if one.strip()]
    return found


def _measure(value: Any) -> Cell:
    if not isinstance(value, dict) or not isinstance(value.get("of"), str):
        return None
    lines = [value["of"]]
    for key, item in value.items():
        if key == "points" and isinstance(item, list):
            pairs = [" = ".join(map(written, pair)) for pair in item if isinstance(pair, list)]
            lines.append(f"points: {'; '.join(pairs)}")
        elif key != "of":
            lines.append(f"{key}: {item}")
    return "\n".join(lines)


def _read_measure(cell: Cell) -> Any:
    first, *lines = written(cell).strip().split("\n")
    found: dict[str, Any] = {"of": first.strip()}
    for line in lines:
        key, _, text = (part.strip() for part in line.partition(":"))
        if key == "points":
            pairs = [pair.split("=") for pair in text.split(";")]
            found[key] = [[_read_number(part.strip()) for part in pair] for pair in pairs]
        elif key:
            found[key] = text
    return found


def _plain(kind: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    """Return None for a blank cell, whatever its kind."""
    return lambda cell: None if is_blank(cell) else kind(cell)


LINE = Kind("line", _text, _plain(lambda cell: written(cell).strip()), 28)
PROSE = Kind("prose", _text, _plain(written), 60)
ID = Kind("id", _text, _plain(lambda cell: written(cell).strip()), 24)
NUMBER = Kind("number", _number, _plain(_read_number), 10)
YES = Kind("yes-no", _yes, _plain(_read_yes), 10)
IDS = Kind("ids", _joined(", "), _plain(_read_words), 28)
LINES = Kind("lines", _joined("\n"), _plain(_read_lines), 50)
RANGE = Kind("range", _range, _plain(_read_range), 12)
MAPS = Kind("maps", _maps, _plain(_read_maps), 28)
MEASURE = Kind("measure", _measure, _plain(_read_measure), 24)
