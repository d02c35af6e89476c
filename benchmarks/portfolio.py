"""How fast `stagebook portfolio` is: a core, two cores, a second round, and how it grows.

Each figure is of the whole command: start, parsing, scoring, tables and report.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from processes import Cost, run
from scoring import PEER, RUBRIC, assessments
from table import Row, finish, options

MAKE = [sys.executable, "-m", "stagebook", "portfolio", str(RUBRIC)]
ROUNDS = ("2026-02-10", "2026-05-11", "2026-08-12", "2026-11-13")


def main() -> None:
    """Measure and print."""
    parser = options(__doc__ or "")
    parser.add_argument("--most", type=int, default=100_000, help="assessments (default: 100,000)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of the small ones (default: 3)")
    arguments = parser.parse_args()
    sizes = [arguments.most // 100, arguments.most // 10, arguments.most]
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as name:
        folder = Path(name)
        for size in sizes:
            _write(folder / f"{size}.jsonl", size, changed=0)
        bytes_each = (folder / f"{sizes[0]}.jsonl").stat().st_size / sizes[0]
        repeat = arguments.repeat
        costs = {size: _cost(folder, size, repeat if size < sizes[-1] else 1) for size in sizes}
        middle = sizes[1]
        # The second round is measured before anything else replaces the folder.
        _write(folder / f"{sizes[-1]}.jsonl", sizes[-1], changed=100)
        again = _make(folder, sizes[-1], fresh=False)
        pairs = []
        for _ in range(repeat):
            os.sched_setaffinity(0, cores[:1])
            single = _make(folder, middle)
            os.sched_setaffinity(0, cores[:2])
            pairs.append((single, _make(folder, middle)))
        os.sched_setaffinity(0, cores)
        source, copy = folder / f"{middle}.jsonl", folder / "copy"
        peer = median(run([*PEER, str(source)], out=copy).cpu for _ in range(repeat))
    few, some, many = (costs[size] for size in sizes)
    extra = sizes[2] - sizes[1]
    rows = [
        Row(f"assessments per second of CPU, {sizes[2]:,}", sizes[2] / many.cpu, "/s", least=2_000),
        Row("  without the start and the report", extra / (many.cpu - some.cpu), "/s"),
        Row(f"  CPU to that of the peer, json alone, {middle:,}", some.cpu / peer, "times"),
        Row(f"one core to two, {middle:,} by the clock", _ratio(pairs), "times", least=1.8),
        Row(f"{sizes[2]:,} to the report, two cores", many.wall, "s", most=60),
        Row("  a second round, 1 % changed", again.wall, "s"),
        Row("  its time to that of the first", again.wall / many.wall, "times", most=0.1),
        Row(
            f"growth of CPU, {sizes[0]:,} to {sizes[1]:,}", _growth(few.cpu, some.cpu), "", most=1.1
        ),
        Row(f"  {sizes[1]:,} to {sizes[2]:,}", _growth(some.cpu, many.cpu), "", most=1.1),
        Row(f"most memory of a process, {sizes[1]:,}", some.peak, "MB"),
        Row(f"  {sizes[2]:,}", many.peak, "MB"),
        Row("  growth of memory", _growth(some.peak, many.peak), most=0.3),
    ]
    finish(rows, asserted=arguments.asserted, notes=[f"{bytes_each:,.0f} bytes an assessment."])


def _write(path: Path, count: int, *, changed: int) -> None:
    """Write assessments of teams over four rounds; one in `changed` has another text."""
    with path.open("w") as file:
        for number, one in enumerate(_rounds(count)):
            if changed and number % changed == 0:
                one["believed_stage"] = None
            file.write(json.dumps(one) + "\n")


def _rounds(count: int) -> Iterator[dict[str, object]]:
    for number, one in enumerate(assessments(count)):
        yield {**one, "subject": f"Product {number // 4}", "date": ROUNDS[number % 4]}


def _cost(folder: Path, size: int, repeat: int) -> Cost:
    costs = [_make(folder, size) for _ in range(repeat)]
    return Cost(*(median(values) for values in zip(*costs, strict=True)))


def _make(folder: Path, size: int, *, fresh: bool = True) -> Cost:
    out = folder / f"out-{size}"
    if fresh and out.exists():
        shutil.rmtree(out)
    return run([*MAKE, str(folder / f"{size}.jsonl"), "-o", str(out)])


def _ratio(pairs: list[tuple[Cost, Cost]]) -> float:
    return median(single.wall / double.wall for single, double in pairs)


def _growth(few: float, many: float) -> float:
    """Return the exponent with which a figure grows over ten times as many: 1 is in proportion."""
    return math.log10(many / few)


if __name__ == "__main__":
    main()
