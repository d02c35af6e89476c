"""Score batches in several processes, in order, with few batches in memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice

import pyarrow as pa

Score = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]

FEW = 4
"""Batches that one process has scored before others have started."""
AHEAD = 3
"""Batches for each process that wait or are being scored."""

_score: Score | None = None


def processors() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows.
        return os.cpu_count() or 1


def score_all(
    score: Score, batches: Iterable[pa.RecordBatch], workers: int
) -> Iterator[pa.RecordBatch]:
    """Yield what `score` makes of each batch, in order, in so many processes."""
    first = list(islice(batches, FEW + 1))
    if workers < 2 or len(first) <= FEW:
        for batch in chain(first, batches):
            with _no_collector():
                scored = next(iter(score([batch])))
            yield scored
        return
    # Arrow has threads, which a fork would copy in the middle of their work.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _prepare, (score,)) as pool:
        waiting: deque[Future[pa.RecordBatch]] = deque()
        try:
            for batch in chain(first, batches):
                waiting.append(pool.submit(_run, batch))
                if len(waiting) > AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


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


def _prepare(score: Score) -> None:
    global _score
    _score = score
    gc.freeze()
    gc.disable()  # As in `_no_collector`; nothing else happens here.


def _run(batch: pa.RecordBatch) -> pa.RecordBatch:
    assert _score is not None
    return next(iter(_score([batch])))
