"""Work on many documents, spread over the processor's cores; where that cannot be done, one after the other."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_MANY = 400  # below this, one process is done before others have started
_AT_ONCE = 1000  # how many results may wait for whoever takes them: what bounds the memory
_TOGETHER = 16
_held: list[Callable[[Any], Any]] = []


def spread(task: Callable[[T], R], items: Sequence[T], *, many: int = _MANY) -> Iterator[R]:
    """`task` of each item, in order. A helping process that dies costs its speed and nothing else.

    It takes `many` items to make the start of other processes worth while.
    The others are forks of this process, so `task` need not be picklable, only its results; it must write nothing.
    """
    done = 0
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    if len(items) >= many and cores > 1 and threading.active_count() == 1:
        for result in _forked(task, items, cores, _TOGETHER if many >= _MANY else 1):
            yield result
            done += 1
    yield from map(task, items[done:])


def _forked(task: Callable[[T], R], items: Sequence[T], cores: int, together: int) -> Iterator[R]:
    """As many results as the processes come to."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    _held.append(task)
    pool = ProcessPoolExecutor(min(cores, 8), get_context("fork"), _begin, (os.getpid(),))
    try:
        for start in range(0, len(items), _AT_ONCE):
            yield from pool.map(_call, items[start : start + _AT_ONCE], chunksize=together)
    except (BrokenProcessPool, OSError):
        return
    finally:
        pool.shutdown(cancel_futures=True)
        _held.clear()


def _begin(parent: int) -> None:
    """A helper leaves Ctrl-C to its parent, and does not outlive it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=watch, daemon=True).start()


def _call(item: Any) -> Any:
    return _held[0](item)
