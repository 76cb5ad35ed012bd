"""Writers take turns: what one has compared with the disk is still there when it writes."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

_PATIENCE = 5.0  # seconds; a turn takes milliseconds, and a stuck process must not stop everybody
_PAUSE = 0.005


@contextlib.contextmanager
def in_turn(folder: str) -> Iterator[None]:
    """Hold the folder's lock, which goes with the process; on systems and disks without locks nobody waits."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        end = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):
            while not _locked(fcntl, handle) and time.monotonic() < end:
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)
