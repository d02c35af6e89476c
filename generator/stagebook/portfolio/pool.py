"""Score batches in several processes, in order, with few batches in memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
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
        yield from score(chain(first, batches))
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


def _prepare(score: Score) -> None:
    global _score
    _score = score
    # What a process makes of an assessment has no circles: looking for them takes a fifth longer.
    gc.freeze()
    gc.disable()


def _run(batch: pa.RecordBatch) -> pa.RecordBatch:
    assert _score is not None
    return next(iter(_score([batch])))
