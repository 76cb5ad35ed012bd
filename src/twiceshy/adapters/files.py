"""Files of the working tree: read whole, written safely or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from twiceshy.errors import CannotWrite, ChangedMeanwhile

# What bounds the memory: the worst document of this size, nothing but table cells, takes about 1.3 GiB.
READ_LIMIT = 10 * 1024 * 1024
LINE_LIMIT = 500_000
_TOO_LARGE = f"larger than {READ_LIMIT // 1024 // 1024} MiB"
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe must not be waited for
_TRIES = 3
_RACY_NS = 50_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its text, and the SHA-256 of its bytes to notice if it changes before it is written."""

    path: str
    text: str
    sha256: str


class Unreadable(Exception):
    """Why a file cannot be read as a document, in words for people."""


def read(path: str) -> Source:
    """The UTF-8 text of the file at `path`, line ends and BOM kept. Raises Unreadable with the reason."""
    try:
        _refuse_odd(os.stat(path))  # to open a device can do things
        with open(os.open(path, _FLAGS), "rb") as file:
            raw = _whole(file)
    except OSError as error:
        raise Unreadable((error.strerror or str(error)).lower()) from error
    return Source(path, decode(raw), _sha256(raw))


def _whole(file: BinaryIO) -> bytes:
    """All bytes of a file, read again if somebody writes to it at this moment."""
    raw = b""
    for _ in range(_TRIES):
        before = os.fstat(file.fileno())
        _refuse_odd(before)
        file.seek(0)
        raw = file.read(READ_LIMIT + 1)
        after = os.fstat(file.fileno())
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(raw)):
            break
    if len(raw) > READ_LIMIT:
        raise Unreadable(_TOO_LARGE)
    return raw


def _refuse_odd(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("a folder" if stat.S_ISDIR(status.st_mode) else "not a regular file")
    if status.st_size > READ_LIMIT:
        raise Unreadable(_TOO_LARGE)


def decode(raw: bytes) -> str:
    """`raw` as text. Raises Unreadable if it is not UTF-8, holds NUL bytes, or has more lines than anybody reads."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("UTF-16, not UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 (byte {error.start})") from error
    if "\0" in text:
        raise Unreadable("binary (a NUL byte)")
    if max(raw.count(b"\n"), raw.count(b"\r")) > LINE_LIMIT:
        raise Unreadable(f"more than {LINE_LIMIT:,} lines")
    return text


def stats(root: str, paths: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Modification time (ns) and size of those `paths` under `root` that are regular files, for all that can be seen.

    One touched this very moment gets the time 0: it may change again without its time changing, so it is read again.
    """
    now = time.time_ns()
    found: dict[str, tuple[int, int]] = {}
    for path in paths:
        try:
            status = os.lstat(os.path.join(root, path))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:  # whoever reads it will know why
            found[path] = 0, 0
            continue
        if stat.S_ISREG(status.st_mode):
            racy = now - status.st_mtime_ns < _RACY_NS
            found[path] = (0 if racy else status.st_mtime_ns, status.st_size)
    return found


def write(path: str, text: str, *, read_as: str | None) -> None:
    """Put `text` (UTF-8) at `path`: a temporary file in the same folder, fsync, rename; the mode stays.

    `read_as` is the SHA-256 of the bytes the caller read, None if the file must not exist yet. Raises ChangedMeanwhile
    if that is no longer so, CannotWrite if the disk says no; in both cases the old file stands untouched.
    """
    import tempfile

    target = os.path.realpath(path)
    mode = _check_unchanged(target, read_as)
    if read_as is not None and not os.access(target, os.W_OK):
        raise CannotWrite(f"{path} is read-only", "allow writing to it first; nothing was changed")
    temporary = ""
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".twiceshy-", dir=os.path.dirname(target))
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        _check_unchanged(target, read_as)
        os.replace(temporary, target)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}", "nothing was changed") from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def remove(path: str, read_as: str) -> None:
    """Remove the file at `path`, a symbolic link itself, if its bytes still have the SHA-256 `read_as`.

    Raises ChangedMeanwhile if they have not, CannotWrite if the disk says no.
    """
    _check_unchanged(os.path.realpath(path), read_as)
    try:
        os.unlink(path)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be removed: {error.strerror or error}", "remove it by hand") from error


def _check_unchanged(target: str, read_as: str | None) -> int:
    """The mode the file has, or a new one gets. Raises ChangedMeanwhile."""
    try:
        with open(target, "rb") as file:
            now = _sha256(file.read())
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
    except FileNotFoundError:
        now, mode = None, 0o666 & ~_umask()
    except OSError as error:
        raise CannotWrite(f"{target} cannot be read: {error.strerror or error}", "nothing was changed") from error
    if now != read_as:
        what = "was made by somebody else" if read_as is None else "changed since it was read"
        raise ChangedMeanwhile(f"{target} {what}", "nothing was written; look at it and run the command again")
    return mode


def _sha256(raw: bytes) -> str:
    import hashlib

    return hashlib.sha256(raw).hexdigest()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
