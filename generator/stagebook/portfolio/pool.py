"""Score batches in several processes, in order, with few batches in memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import chain, cycle, islice

from .making import Batch, Making, PartMaker, Told

FEW = 12
"""Batches that one process has scored before others have started."""
AHEAD = 3
"""Batches for each process that wait or are being scored."""

_maker: PartMaker | None = None


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows.
        return os.cpu_count() or 1


def make_parts(making: Making, batches: Iterable[Batch], workers: int) -> Iterator[Told]:
    """Write the rows of batches in so many processes; yield what there is to tell, in order."""
    first = list(islice(batches, FEW + 1))
    every = chain(first, batches)
    alone = workers < 2 or len(first) <= FEW
    yield from _make_alone(making, every) if alone else _make_together(making, every, workers)


def _make_alone(making: Making, batches: Iterable[Batch]) -> Iterator[Told]:
    with _no_collector():
        maker = making.start()
    try:
        for batch in batches:
            with _no_collector():
                told = maker.add(batch)
            yield told
        maker.flush()
    finally:
        maker.writer.close()


def _make_together(making: Making, batches: Iterable[Batch], workers: int) -> Iterator[Told]:
    # Arrow has threads, which a fork would copy in the middle of their work.
    context = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        # A pool for each process: who gets which batch, and so each file, is always the same.
        pools = [
            stack.enter_context(ProcessPoolExecutor(1, context, _prepare, (making, place, workers)))
            for place in range(workers)
        ]
        waiting: deque[Future[Told]] = deque()
        try:
            for pool, batch in zip(cycle(pools), batches, strict=False):
                waiting.append(pool.submit(_add, batch))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            closing = [pool.submit(_close) for pool in pools]
            while waiting:
                yield waiting.popleft().result()
            for one in closing:
                one.result()
        finally:
            for pool in pools:
                pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _no_collector() -> Iterator[None]:
    # What a process makes of an assessment has no circles: looking for them takes a tenth longer.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _prepare(making: Making, place: int, workers: int) -> None:
    global _maker
    _maker = making.start(place, workers)
    gc.freeze()
    gc.disable()  # As in `_no_collector`; nothing else happens here.


def _add(batch: Batch) -> Told:
    assert _maker is not None
    return _maker.add(batch)


def _close() -> None:
    assert _maker is not None
    _maker.close()
