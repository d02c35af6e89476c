"""Run tests many times over on busy processors, to find those that fail by chance.

As many tests run at once as there are processors, and a busy process beside them. The first run
that fails ends it: its tests and what pytest printed are shown, and the exit code is 1. Each run
adds a line of figures to `build/flakes.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

KEPT = Path("build") / "flakes.jsonl"
SUMMARY = re.compile(r"(\d+) (passed|failed|errors?)")


def spin() -> None:
    """Keep one processor busy, until somebody ends this process or starts it no more."""
    parent = os.getppid()
    while os.getppid() == parent:
        sum(range(100_000))


@contextmanager
def load(processes: int) -> Iterator[None]:
    """Keep processors busy."""
    spinning = [multiprocessing.Process(target=spin, daemon=True) for _ in range(processes)]
    for process in spinning:
        process.start()
    yield
    for process in spinning:
        process.terminate()
        process.join()


def run(tests: list[str]) -> tuple[str, dict[str, object]]:
    """Run the tests once; return what pytest printed, and the figures."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=long", "-p", "no:cacheprovider"]
    command += ["-n", "auto", "--dist", "worksteal"]
    begun = time.monotonic()
    ran = subprocess.run([*command, *tests], capture_output=True, text=True, check=False)
    printed = ran.stdout + ran.stderr
    counts = {word: int(number) for number, word in SUMMARY.findall(printed)}
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", printed, re.MULTILINE)
    return printed, {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "exit": ran.returncode,
        "seconds": round(time.monotonic() - begun),
        "load": round(os.getloadavg()[0], 1),
        **counts,
        "tests": failed,
    }


def main() -> int:
    """Run the tests as often as asked; return 1 at the first failure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--load", type=int, default=1, help="busy processes")
    parser.add_argument("tests", nargs="+", help="arguments for pytest")
    asked = parser.parse_args()
    KEPT.parent.mkdir(exist_ok=True)
    with load(asked.load), KEPT.open("a", encoding="utf-8") as kept:
        for number in range(1, asked.runs + 1):
            printed, figures = run(asked.tests)
            kept.write(json.dumps({"run": number, "of": asked.runs, **figures}) + "\n")
            kept.flush()
            print(f"run {number} of {asked.runs}: {figures}", flush=True)
            if figures["exit"]:
                print(printed)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
