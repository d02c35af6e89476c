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
import time
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
    notes = [_conditions("before")]
    with tempfile.TemporaryDirectory(prefix="stagebook-bench-") as name:
        folder = Path(name)
        for size in sizes:
            _write(folder / f"{size}.jsonl", size, changed=0)
        bytes_each = (folder / f"{sizes[0]}.jsonl").stat().st_size / sizes[0]
        repeat = arguments.repeat
        few, some, many = (_cost(folder, size, repeat if size < sizes[-1] else 1) for size in sizes)
        # The second round is measured before anything else replaces the folder.
        _write(folder / f"{sizes[-1]}.jsonl", sizes[-1], changed=100)
        again = _make(folder, sizes[-1], fresh=False)
        notes.append(_conditions("between"))
        processors = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(processors)[:1])
        few_alone, some_alone = (_cost(folder, size, repeat) for size in sizes[:2])
        # The start and the report are the same on one core and on two: few would say little.
        many_alone = _make(folder, sizes[-1])
        os.sched_setaffinity(0, processors)
        source, copy = folder / f"{sizes[1]}.jsonl", folder / "copy"
        peer = median(run([*PEER, str(source)], out=copy).cpu for _ in range(repeat))
    few_size, some_size, many_size = (f"{size:,}" for size in sizes)
    first, more = sizes[1] - sizes[0], sizes[2] - sizes[1]
    alone = some_alone.cpu - few_alone.cpu
    rows = [
        Row(f"assessments per second of CPU, {many_size}", sizes[2] / many.cpu, "/s", least=2_000),
        Row("  without the start and the report", more / (many.cpu - some.cpu), "/s"),
        Row(f"  on one core, {many_size}", sizes[2] / many_alone.cpu, "/s"),
        Row(f"  on one core, from {few_size} to {some_size}", first / alone, "/s"),
        Row(f"CPU to that of the peer, json alone, {some_size}", some_alone.cpu / peer, "times"),
        Row("  without the start", alone / (peer * first / sizes[1]), "times"),
        Row(f"one core to two, {many_size} by the clock", many_alone.wall / many.wall, least=1.8),
        Row(f"{many_size} to the report, two cores", many.wall, "s", most=60),
        Row("  CPU, a half of which is the least by the clock", many.cpu, "s", most=120),
        Row("  a second round, 1 % changed", again.wall, "s"),
        Row("  its CPU to that of the first", again.cpu / many.cpu, "times", most=0.1),
        Row("  its time to that of the first", again.wall / many.wall, "times"),
        Row(f"growth of CPU, {few_size} to {some_size}", _growth(few.cpu, some.cpu), most=1.1),
        Row(f"  {some_size} to {many_size}", _growth(some.cpu, many.cpu), most=1.1),
        Row(f"most memory of a process, {some_size}", some.peak, "MB"),
        Row(f"  {many_size}", many.peak, "MB"),
        Row("  growth of memory", _growth(some.peak, many.peak), most=0.3),
    ]
    notes = [f"{bytes_each:,.0f} bytes an assessment.", *notes, _conditions("after")]
    finish(rows, asserted=arguments.asserted, notes=notes)


def _conditions(when: str) -> str:
    """Return how busy the machine is: what other processes do makes CPU dearer, too."""
    line = json.dumps(next(_rounds(1)))
    took = []
    for _ in range(50):
        start = time.process_time()
        for _ in range(50):
            json.loads(line)
        took.append((time.process_time() - start) / 50 * 1e6)
    load = os.getloadavg()[0]
    return f"Load {when}: {load:.1f}; one assessment through json.loads: {median(took):.0f} µs."


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


def _growth(few: float, many: float) -> float:
    """Return the exponent with which a figure grows over ten times as many: 1 is in proportion."""
    return math.log10(many / few)


if __name__ == "__main__":
    main()
