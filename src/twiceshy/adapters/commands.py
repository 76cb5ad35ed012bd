"""Runs a command that a person asked for, with their terminal and their environment."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from twiceshy.errors import UsageError


class Ran(NamedTuple):
    """How a command ended: its exit code (128 + n if signal n killed it), when it began (ns), how long it took (s)."""

    exit_code: int
    began: int
    seconds: Decimal


def run(command: Sequence[str]) -> Ran:
    """Run `command` here and wait for it. Raises UsageError if it cannot be started.

    Ctrl-C reaches the command as well: it decides how to end, and we tell how it did.
    """
    began, clock = time.time_ns(), time.monotonic()
    try:
        with subprocess.Popen(command) as process:
            while True:
                try:
                    code = process.wait()
                    break
                except KeyboardInterrupt:
                    continue
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"{command[0]} cannot be started: {reason.lower()}", "nothing was bound") from error
    seconds = Decimal(f"{time.monotonic() - clock:.3f}")
    return Ran(128 - code if code < 0 else code, began, seconds)
