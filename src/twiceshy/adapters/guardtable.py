"""The guard table: every guard of a working tree in one file that the agent's hook can ask without reading it all.

    magic       one line: format number and byte order
    8 bytes     length and CRC-32 of the header
    header      marshal of (meta, watched, keys, offsets)
    bodies      marshal of one guard each, at `offsets` (four bytes each), read only when one of its keys occurs

`keys` says for each text an event can offer (`command`, the `added` and `removed` lines, the `whole` new file, the
`path`s) which words, grams and shorts (`adapters/guardkeys.py`) lead to which guards, and which guards have no key.
`watched` are directories and documents as (path, modification time in ns, size): some to compare at each look, the rest
in chunks that take turns. The file is derived and belongs to one machine, one person and one Python: a reader
that finds anything else takes it for absent. On the agent hook's hot path.
"""

# pathlib alone costs the hook more than a table of ten thousand guards.
# ruff: noqa: PTH
from __future__ import annotations

import marshal
import os
import sys
import time
from io import FileIO

from twiceshy.adapters.guardkeys import Offer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from twiceshy.model.card import LessonCard
    from twiceshy.model.guard import Guard

FORMAT = 1
FIELDS = ("level", "lesson", "title", "takeaway", "instead", "path", "line")
_MAGIC = f"twiceshy guards {FORMAT} {sys.byteorder}\n".encode()
_ABANDONED_NS = 3600 * 10**9
_CAP = 2000
_TRIES = 5


class Entry:
    """A guard as the hook uses it: `level` is what it may do today; its lesson stands at `line` of the document `path`."""

    __slots__ = ("guard", "instead", "lesson", "level", "line", "path", "takeaway", "title")

    def __init__(self, guard: Guard, level: str, card: LessonCard) -> None:
        self.guard = guard
        self.level = level
        self.lesson = card.id
        self.title = card.title[:_CAP]
        self.takeaway = card.takeaway[:_CAP]
        self.instead = card.instead[:_CAP]
        self.path = card.path
        self.line = card.line


def table_path(caches: str) -> str:
    """The table's file in `caches`, a working tree's folder for what is derived."""
    return os.path.join(caches, f"guards-{FORMAT}-{sys.implementation.cache_tag}.bin")


def is_stale(caches: str, root: str) -> bool:
    """Whether there is no table, or one quick look at the working tree `root` shows that it is old."""
    table = open_table(caches)
    if table is None:
        return True
    try:
        return not table.is_fresh(root)
    finally:
        table.close()


def stamp(caches: str) -> str:
    """What the writer said of the settings and the code the table was made with; empty if there is no table."""
    table = open_table(caches)
    if table is None:
        return ""
    table.close()
    return str(table.meta["stamp"])


class Table:
    """An open table; `meta` has `lessons` (how many hold guards), `sys_path` (where the libraries are) and `stamp`."""

    __slots__ = ("_file", "_is_marked", "_keys", "_offsets", "_start", "_watched", "meta")

    def __init__(self, file: FileIO) -> None:
        status = os.fstat(file.fileno())
        if hasattr(os, "geteuid") and status.st_uid not in (0, os.geteuid()):
            raise ValueError("somebody else's table")
        preface = file.read(len(_MAGIC) + 8)
        length = int.from_bytes(preface[-8:-4], "little")
        header = file.read(length)
        if preface[:-8] != _MAGIC or preface[-4:] != _checksum(header):
            raise ValueError("no guard table of this format")
        self.meta, self._watched, self._keys, self._offsets = marshal.loads(header)
        self._file = file
        self._start = len(preface) + length
        self._is_marked = status.st_mtime_ns == 0

    def is_fresh(self, root: str, turn: int | None = None) -> bool:
        """Whether all that one look takes in is as it was; `turn` picks the chunk, by the clock if none is given."""
        first, rest = self._watched
        turn = time.time_ns() // 1000 if turn is None else turn
        chunk = marshal.loads(rest[turn % len(rest)]) if rest else ()
        base = os.path.join(root, "")
        return not self._is_marked and all(
            stat_of(base + path) == (mtime, size) for stats in (first, chunk) for path, mtime, size in stats
        )

    def candidates(self, texts: dict[str, Callable[[], str]]) -> Iterator[Entry]:
        """The guards that can have something to say about `texts` (by name), each once; no text is made in vain."""
        offers: dict[str, Offer] = {}
        numbers: set[int] = set()
        for name, text in texts.items():
            if name in self._keys or name == "path":
                offers[name] = Offer(text())
            if name in self._keys:
                numbers.update(_reached(marshal.loads(self._keys[name]), offers[name]))
        for number in sorted(numbers):
            name, words, pieces, globs, plain = marshal.loads(self._body(number))
            meets = not (words or pieces) or offers[name].meets(words, pieces)
            if meets and (not globs or any(offers["path"].meets(*glob) for glob in globs)):
                yield _entry(plain)

    def close(self) -> None:
        """Let go of the file: nothing more can be read."""
        self._file.close()

    def _body(self, number: int) -> bytes:
        begin, end = (int.from_bytes(self._offsets[4 * n : 4 * n + 4], "little") for n in (number, number + 1))
        self._file.seek(self._start + begin)
        body: bytes = self._file.read(end - begin)
        return body


def stat_of(path: str) -> tuple[int, int]:
    """Modification time in nanoseconds and size; both -1 if there is nothing."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return -1, -1
    return status.st_mtime_ns, status.st_size


def open_table(caches: str) -> Table | None:
    """The table in `caches`; None if there is none, or none that this Python wrote for this person."""
    try:
        file = FileIO(table_path(caches))
    except OSError:
        return None
    try:
        return Table(file)
    except (OSError, ValueError, EOFError, TypeError):
        file.close()
        return None


def mark_stale(caches: str) -> None:
    """Let the next reader take the table for old: something it was made from is about to change."""
    try:
        os.utime(table_path(caches), ns=(0, 0))
    except OSError:  # a read-only disk: the look at what is watched has to do
        return


def write_table(
    caches: str, root: str, entries: Iterable[Entry], found: Mapping[str, tuple[int, int]], stamp: str, **watch: Any
) -> None:
    """Put a new table in the place of the one in `caches`, whole or not at all; several writers at once do no harm.

    `found` are modification time (ns) and size of every document by its path in the working tree `root`, as they were
    before it was read; `watch` is what `guardcompile.watched` takes beside them. Raises CannotWrite.
    """
    from twiceshy.adapters.guardcompile import compiled, watched
    from twiceshy.errors import CannotWrite

    header, bodies = compiled(entries, watched(root, found, **watch), stamp)
    path = table_path(caches)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        os.makedirs(caches, exist_ok=True)
        _sweep(caches)
        with open(temporary, "wb") as file:
            file.writelines((_MAGIC, len(header).to_bytes(4, "little"), _checksum(header), header, *bodies))
        _replace(temporary, path)
    except OSError as error:
        _forget(temporary)
        raise CannotWrite(f"{path} cannot be written: {error.strerror}", "make room, or allow writing there") from error


def _checksum(header: bytes) -> bytes:
    from zlib import crc32

    return crc32(header).to_bytes(4, "little")


def _reached(keys: tuple[Any, ...], offer: Offer) -> Iterator[int]:
    words, grams, shorts, always = keys
    yield from always
    for leads, keyed in (
        (words, words.keys() & offer.words),
        (grams, offer.grams_among(grams.keys()) if grams else ()),
        (shorts, (short for short in shorts if short in offer.joined)),
    ):
        for key in keyed:
            numbers = leads[key]
            if isinstance(numbers, int):
                yield numbers
            else:
                yield from numbers


def _entry(plain: tuple[Any, ...]) -> Entry:
    from twiceshy.model.guard import unpack

    entry = Entry.__new__(Entry)
    entry.guard = unpack(plain[0])
    for name, value in zip(FIELDS, plain[1:], strict=True):
        setattr(entry, name, value)
    return entry


def _replace(temporary: str, path: str) -> None:
    """Windows refuses while a reader has the old file open, which is a matter of milliseconds."""
    for left in reversed(range(_TRIES)):
        try:
            os.replace(temporary, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(0.02)


def _sweep(folder: str) -> None:
    """Remove what a writer that was killed left behind."""
    oldest = time.time_ns() - _ABANDONED_NS
    for name in os.listdir(folder):
        leftover = os.path.join(folder, name)
        if name.startswith("guards-") and name.endswith(".tmp") and stat_of(leftover)[0] < oldest:
            _forget(leftover)


def _forget(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return
