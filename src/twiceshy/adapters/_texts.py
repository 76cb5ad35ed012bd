"""Whole texts of changed files, wherever they lie: None stands for what is missing, binary or not UTF-8."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from twiceshy.model.change import ChangedFile, Hunk

BLOB_LIMIT = 20 * 1024 * 1024

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


def is_text(file: ChangedFile) -> bool:
    """Whether `file` is text after the change, or was before it was deleted."""
    return (file.old_text() if file.status == "deleted" else file.new_text()) is not None


def was_text(file: ChangedFile) -> bool:
    """Whether `file` was text, and the change makes something of it that is none."""
    return file.status in ("modified", "renamed") and file.old_text() is not None and file.new_text() is None


def untracked(path: str, load: Loader) -> ChangedFile:
    """A file git does not know yet, as a change that adds all of it."""
    text = load(path)
    if text is None:
        return ChangedFile(path, [], status="added", skipped="binary")
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    return ChangedFile(path, [Hunk(0, [], 1, lines)] if text else [], status="added", new=partial(load, path))
