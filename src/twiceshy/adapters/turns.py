"""Writers take turns: what one of them compared with the disk is still there when it writes."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

_PATIENCE = 5.0  # seconds: a turn takes milliseconds, and one stuck process must not stop everybody
_PAUSE = 0.005


@contextlib.contextmanager
def in_turn(folder: str) -> Iterator[None]:
    """Hold the lock on a folder; it ends with the process. Where there are no such locks, nobody waits.

    The lock is advisory (flock(2), on the folder itself, so that no file is left behind): it orders our own processes.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError:
                break
        yield
    finally:
        os.close(handle)
