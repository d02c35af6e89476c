"""Print how many lines of the quiz its tests in JavaScript ran, room by room."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = "generator/quiz/"


def rooms(lcov: str) -> dict[str, tuple[int, int]]:
    """Return lines run and all lines of each room, by its name, from a report in LCOV's format."""
    ran: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    room = ""
    for line in lcov.splitlines():
        key, _, value = line.partition(":")
        if key == "SF":
            inside = value.replace("\\", "/").rpartition(ROOT)[2]
            room = inside.rpartition("/")[0] or "quiz"
        elif key == "LH":
            ran[room] += int(value)
        elif key == "LF":
            all_[room] += int(value)
    return {room: (ran[room], all_[room]) for room in sorted(all_)}


def main() -> None:
    """Print a line for each room, and one for all."""
    found = rooms(Path(sys.argv[1]).read_text(encoding="utf-8"))
    total = tuple(map(sum, zip(*found.values(), strict=True)))
    print(f"{'JavaScript':<12}{'run':>7}{'lines':>7}")
    for room, (ran, lines) in [*found.items(), ("all", total)]:
        print(f"{room:<12}{ran:>7}{lines:>7}{ran / lines:>7.0%}")


if __name__ == "__main__":
    main()
