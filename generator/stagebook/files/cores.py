"""Do the parts of a long work on several cores, in copies of this process.

A copy has all that is in memory already, so nothing is sent to it, and only results come back. What
a copy does not finish is done here: helpers save time and decide nothing.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 3
"""More helpers than that have little left to do."""
WORTH = 12
"""A copy does first what all parts share, once more: fewer parts are done here."""
_PATIENCE, _PAUSE = 500, 0.002
_SIZE = 4


def helpers() -> int:
    """Return how many copies of this process may help.

    A process with several threads cannot be copied, also if a library has started them, and other
    systems than Linux do not copy what their own libraries hold.
    """
    if sys.platform != "linux" or _threads() != 1:
        return 0
    return min(len(os.sched_getaffinity(0)) - 1, MOST)


def _threads() -> int:
    try:
        return len(os.listdir("/proc/self/task"))  # noqa: PTH208 (a path is made of each)
    except OSError:
        return 0


def start_copy(work: Callable[[], None]) -> int:
    """Do some work in a copy of this process, which ends with it; return the number of the copy."""
    process = os.fork()
    if process:
        return process
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    logging.disable()  # What is wrong is found here, too, and said once.
    with suppress(BaseException):
        work()
    # Without the end of a program: what waits to be written belongs to the process before.
    os._exit(0)


def await_copy(process: int) -> None:
    """Wait until a copy ends by itself, but not for long: nothing depends on it."""
    for _ in range(_PATIENCE):
        if os.waitpid(process, os.WNOHANG)[0]:
            return
        time.sleep(_PAUSE)
    end_copy(process)


def end_copy(process: int) -> None:
    """End a copy, which may have ended."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def spread(work: Callable[[int], T], count: int) -> Iterator[T]:
    """Yield what `work` returns for 0, 1, 2 … up to a count; results are sent as pickles."""
    copies = helpers() if count >= WORTH else 0
    done: dict[int, T] = {}
    if copies:
        done = _together(work, count, copies)
    for number in range(count):
        yield done.pop(number) if number in done else work(number)


def _together(work: Callable[[int], T], count: int, copies: int) -> dict[int, T]:
    """Take numbers from one queue, here and in copies, until it is empty; return all results."""
    queue, filled = os.pipe()
    # Where a pipe holds less, only a part of the numbers is there to be taken.
    os.set_blocking(filled, False)
    os.write(filled, b"".join(number.to_bytes(_SIZE, "big") for number in range(count)))
    os.close(filled)

    def take() -> dict[int, T]:
        taken = {}
        while len(number := os.read(queue, _SIZE)) == _SIZE:
            index = int.from_bytes(number, "big")
            taken[index] = work(index)
        return taken

    begun = []
    try:
        for _ in range(copies):
            results, told = os.pipe()
            begun.append((start_copy(partial(_tell, take, told)), results))
            os.close(told)
        done = take()
        for _, results in begun:
            done |= _heard(results)
    finally:
        os.close(queue)
        for process, results in begun:
            os.close(results)
            end_copy(process)
    return done


def _tell(work: Callable[[], dict[int, T]], told: int) -> None:
    results = work()
    with os.fdopen(told, "wb") as file:
        pickle.dump(results, file, pickle.HIGHEST_PROTOCOL)


def _heard(results: int) -> dict[int, Any]:
    """Return the results of a copy; none if it ended early."""
    with os.fdopen(results, "rb", closefd=False) as file, suppress(EOFError, pickle.PickleError):
        told: dict[int, Any] = pickle.load(file)  # noqa: S301 (this program has written it)
        return told
    return {}
