"""The files that `init` writes to: read with care, written safely, removed only as they were read."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress
from importlib import metadata

from twiceshy.adapters.files import Unreadable, read, write
from twiceshy.errors import CannotWrite, ChangedMeanwhile, UsageError

_SOURCES = ("source", "source code", "repository", "github")


def text_at(path: str, inside: tuple[str, ...]) -> str | None:
    """The text of the file at `path`, None if there is none.

    Raises CannotWrite if it really lies outside of the folders `inside`, UsageError if it cannot be read.
    """
    real = os.path.realpath(path)
    if not any(real.startswith(os.path.join(os.path.realpath(folder), "")) for folder in inside):
        link = f" (a link to {real})" if os.path.normpath(path) != real else ""
        raise CannotWrite(f"it lies outside of this repository{link} and may serve others, so it was left")
    if not os.path.lexists(path):
        return None
    try:
        return read(path).text
    except Unreadable as error:
        raise UsageError(f"it cannot be read: {error}") from error


def carry_out(path: str, before: str | None, after: str | None, *, executable: bool = False) -> None:
    """Put `after` in the place of `before` at `path`; None is no file. Raises CannotWrite or ChangedMeanwhile."""
    read_as = None if before is None else hashlib.sha256(before.encode()).hexdigest()
    if after is None:
        _delete(path, before)
        return
    write(path, after, read_as=read_as)
    if executable:
        _make_executable(path)


def installed() -> dict[str, str]:
    """The interpreter that runs this and the script of the agent's hook, as a shell takes them; "" if it might not."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = {"python": sys.executable, "script": os.path.join(package, "surfaces", "hook", "_fast.py")}
    return {what: path.replace(os.sep, "/") if path.isprintable() else "" for what, path in found.items()}


def published_at() -> str:
    """Where this package says its source is; "" if it does not."""
    try:
        links = metadata.metadata("twiceshy").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return ""
    named = {label.strip().lower(): link.strip() for label, _, link in (entry.partition(",") for entry in links)}
    return next((named[label] for label in _SOURCES if label in named), "")


def _delete(path: str, before: str | None) -> None:
    """Remove the file, and its folder if nothing else is in it."""
    try:
        if read(path).text != before:
            raise ChangedMeanwhile(f"{path} changed since it was read", "nothing was removed; run the command again")
        os.unlink(os.path.realpath(path))
    except (OSError, Unreadable) as error:
        raise CannotWrite(f"{path} cannot be removed: {error}", "look at its permissions") from error
    with suppress(OSError):
        os.rmdir(os.path.dirname(path))


def _make_executable(path: str) -> None:
    """Whoever may read it may run it."""
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode)
        os.chmod(path, mode | (mode & 0o444) >> 2)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be made executable: {error.strerror}", "try: chmod +x on it") from error
