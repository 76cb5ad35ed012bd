"""Whole texts of changed files, wherever they lie: None stands for what is missing, binary or not UTF-8."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from twiceshy.model.change import ChangedFile, Hunk

BLOB_LIMIT = 20 * 1024 * 1024
_PIECE = 256 * 1024

Loader = Callable[[str], str | None]


def decoded(raw: bytes | None) -> str | None:
    """`raw` as text; None if it holds NUL bytes or is not UTF-8."""
    if raw is None or b"\0" in raw:
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def on_disk(root: Path, path: str) -> str | None:
    """The text of a file as it lies there, up to 20 MiB; a symbolic link's is where it points, as for git."""
    file = root / path
    try:
        status = file.lstat()
        if stat.S_ISLNK(status.st_mode):
            return decoded(os.fsencode(os.readlink(file)))
        if stat.S_ISREG(status.st_mode) and status.st_size <= BLOB_LIMIT:
            return decoded(file.read_bytes())
    except (OSError, ValueError):
        pass
    return None


def is_hidden(file: ChangedFile, mark: str) -> bool:
    """Whether text is behind what git calls binary: by the attribute `diff` (its value is `mark`), or a byte 0 in it.

    What was text before a change that makes it binary counts as text; a new file with a byte 0 does not.
    """
    is_deleted = file.status == "deleted"
    if mark != "unspecified" and (file.old_text() if is_deleted else file.new_text()) is not None:
        return True
    return file.status in ("modified", "renamed") and file.old_text() is not None and file.new_text() is None


def shown(output: BinaryIO) -> Iterator[bytes]:
    """Pieces of a diff with U+FFFD for each byte 0, as for whatever else is no text."""
    return (piece.replace(b"\0", b"\xef\xbf\xbd") for piece in iter(partial(output.read, _PIECE), b""))


def untracked(path: str, load: Loader) -> ChangedFile:
    """A file git does not know yet, as a change that adds all of it."""
    text = load(path)
    if text is None:
        return ChangedFile(path, [], status="added", skipped="binary")
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    return ChangedFile(path, [Hunk(0, [], 1, lines)] if text else [], status="added", new=partial(load, path))
