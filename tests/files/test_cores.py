"""Work on several cores gives what it gives on one, whatever happens to a copy of the process."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HELPED = """
import os, sys
from stagebook.files import cores

cores.helpers = lambda: 2
copies, start = [], cores.start_copy
cores.start_copy = lambda work: copies.append(start(work)) or copies[-1]
here = os.getpid()
{}
print([*cores.spread(work, 40)] == [str(number) for number in range(40)], len(copies))
"""
WORKS = {
    "all goes well": "work = str",
    "each copy ends at its first part": (
        "work = lambda number: str(number) if os.getpid() == here else os._exit(1)"
    ),
    "a copy fails": "work = lambda number: str(number) if os.getpid() == here else 1 / 0",
    "a copy sends what cannot be sent": (
        "work = lambda number: str(number) if os.getpid() == here else (lambda: number)"
    ),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes"),
]


def run(work: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", HELPED.format(work)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("name", WORKS)
def test_results_come_in_order_whatever_happens_to_copies(name: str) -> None:
    done = run(WORKS[name])
    assert (done.stdout, done.stderr) == ("True 2\n", "")


def test_more_parts_than_a_pipe_holds_are_all_done() -> None:
    code = """
print([*cores.spread(str, 40_000)] == [*map(str, range(40_000))], len(copies))
sys.exit()
"""
    assert run(f"work = str\n{code}").stdout == "True 2\n"


def test_what_fails_in_every_process_fails_here() -> None:
    done = run("work = lambda number: 1 / 0")
    assert done.stderr.endswith("ZeroDivisionError: division by zero\n")


def test_no_copy_is_left_when_the_work_fails() -> None:
    """A copy that would take a minute is ended with the process that it helps."""
    work = """
import time
work = lambda number: 1 / 0 if os.getpid() == here else time.sleep(60)
try:
    [*cores.spread(work, 40)]
except ZeroDivisionError:
    print([process for process in copies if os.path.exists(f"/proc/{process}")])
sys.exit()
"""
    assert run(work).stdout == "[]\n"


def test_few_parts_and_many_threads_get_no_copies() -> None:
    work = "work = str; print([*cores.spread(work, 3)], len(copies))"
    assert run(work).stdout.startswith("['0', '1', '2'] 0\n")
    code = """
import threading
from stagebook.files.cores import helpers
done = threading.Event()
threading.Thread(target=done.wait).start()
print(helpers())
done.set()
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "0\n"


def test_copies_are_as_many_as_other_cores() -> None:
    code = "from stagebook.files.cores import helpers; print(helpers())"
    found = int(subprocess.check_output([sys.executable, "-c", code], text=True))
    assert found == min(len(os.sched_getaffinity(0)) - 1, 3)
