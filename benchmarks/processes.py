"""Processes and what they cost."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Cost(NamedTuple):
    """Seconds by the clock, seconds of CPU, and the most memory held, in MB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str], *, cwd: Path = ROOT, out: Path | None = None) -> Cost:
    """Run a command to its end and return its cost; its output goes to a file, or nowhere.

    Ends this process where the command fails, with what the command said.
    """
    with Path(out or os.devnull).open("wb") as file, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=environment(), stdout=file, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            said = errors.read(10_000).decode(errors="replace")
            raise SystemExit(f"{' '.join(command)}: exit {process.returncode}\n{said}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """Return the variables of measured processes, which find their modules compiled."""
    kept = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def own_peak() -> float:
    """Return the most memory, in MB, that this process has held.

    Linux counts it as a child's too, since a child shares it until it has become its own program:
    a smaller figure of a child is none.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alternate(
    first: Callable[[], Cost], second: Callable[[], Cost], repeat: int
) -> list[tuple[Cost, Cost]]:
    """Measure two things in turn, so that both meet the same weather; each is warmed up once."""
    first(), second()
    pairs = []
    for number in range(repeat):
        # Which one goes first changes too: a machine that slows down favours neither.
        if number % 2:
            later = second()
            pairs.append((first(), later))
        else:
            pairs.append((first(), second()))
    return pairs


def median_wall(costs: Sequence[Cost]) -> float:
    """Return the median of the seconds by the clock."""
    return median(cost.wall for cost in costs)


def paired_ratio(pairs: Sequence[tuple[Cost, Cost]]) -> float:
    """Return the median over the pairs of how much more time the first took than the second."""
    return median(first.wall / second.wall for first, second in pairs)
