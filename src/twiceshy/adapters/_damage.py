"""What to do when SQLite cannot go on with the index: it is derived, so nothing is ever lost with it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from typing import Any

from twiceshy.errors import TwiceshyError
from twiceshy.model.guard import Guard, unpack

# What a damaged file can make of a question; a message that quotes damaged text cannot always be decoded.
FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)
_OURS = (sqlite3.ProgrammingError, sqlite3.NotSupportedError)


def is_refused(error: BaseException) -> bool:
    """Whether the disk, its permissions or another process stand in the way, and not what is in the file."""
    return any(word in str(error) for word in ("readonly", "unable to open", "full", "I/O", "locked"))


def forget(path: str) -> None:
    """Remove a database that is no good."""
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            os.unlink(path + ending)


def explain(path: str, error: BaseException | None, what: str = "the index") -> None:
    """Raise what to tell a person whose index failed in the middle of a question, unless the fault is ours.

    `path` is empty for an index in memory, which has no file to blame; `what` names another database than the index.
    """
    if not path or not isinstance(error, FAILURES) or isinstance(error, _OURS):
        return
    if is_refused(error):
        raise TwiceshyError(f"{what} cannot be used: {error}", f"if it stays so, delete {path}") from error
    forget(path)
    raise TwiceshyError(f"{what} was damaged and has been removed", "run it again: it is made anew") from error


def no_room(error: BaseException) -> TwiceshyError:
    """What to say where not even a temporary store of history can be made."""
    return TwiceshyError(f"there is no room to read history: {error}", "make room on the disk, and for temporary files")


def loaded(text: str) -> Any:
    """What was kept as JSON. Raises DatabaseError if it is no longer that."""
    if text == "[]":  # what most documents have
        return []
    try:
        return json.loads(text)
    except ValueError as error:
        raise sqlite3.DatabaseError("malformed record") from error


def guard_of(text: str) -> Guard:
    """A guard as it was kept. Raises DatabaseError if it is no longer that."""
    try:
        return unpack(loaded(text))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise sqlite3.DatabaseError("malformed record") from error
