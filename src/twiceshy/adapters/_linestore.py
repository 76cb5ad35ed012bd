"""The line cache's file: every added and removed line of a history, packed for searching and found by commit and path.

`history-1.db` (SQLite) lies in `<git common dir>/twiceshy/`, belongs to all worktrees, is derived and can be deleted.

    heads     the commits whose whole past is known
    commits   what each commit says; `state` tells whether its lines are here, and if not, why not
    paths     names of files
    files     what a commit did to a file: blobs, counts, and where in its chunk its hunks are
    chunks    about 1 MiB of lines of neighbouring commits: all `added` ones, all `removed` ones, and an array of hunks
    fires     what guards that read whole files said, by guard and file

A chunk's hunks are rows of six 32-bit numbers: first old line, lines removed, first new line, lines added, and the
bytes at which its lines begin in `removed` and in `added`. Rows are added and, except for a history that has been
rewritten, never changed.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from twiceshy.adapters._patches import PatchFile
from twiceshy.model.change import Hunk, lines_of

NAME = "history-1.db"
UNREAD, READ, MERGE, BOUNDARY, MISSING = range(5)
_CHUNK = 1 << 20
_WIDTH = 6
_SCHEMA = """
CREATE TABLE IF NOT EXISTS heads (sha BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commits (number INTEGER PRIMARY KEY, sha BLOB UNIQUE, parents BLOB, time INTEGER, day TEXT,
  author TEXT, email TEXT, message TEXT, state INTEGER);
CREATE INDEX IF NOT EXISTS unread ON commits (number) WHERE state = 0;
CREATE TABLE IF NOT EXISTS paths (id INTEGER PRIMARY KEY, name BLOB UNIQUE);
CREATE TABLE IF NOT EXISTS files (key INTEGER PRIMARY KEY, number INTEGER, path INTEGER, old_path INTEGER, status TEXT,
  old BLOB, new BLOB, added INTEGER, removed INTEGER, skipped TEXT, chunk INTEGER, first INTEGER, last INTEGER);
CREATE INDEX IF NOT EXISTS by_commit ON files (number);
CREATE INDEX IF NOT EXISTS by_path ON files (path);
CREATE INDEX IF NOT EXISTS by_old_path ON files (old_path) WHERE old_path IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_chunk ON files (chunk);
CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, hunks BLOB, added BLOB, removed BLOB);
CREATE TABLE IF NOT EXISTS fires (digest TEXT, key INTEGER, found TEXT, PRIMARY KEY (digest, key)) WITHOUT ROWID;
"""


def connect(path: str, *, writes: bool = True) -> sqlite3.Connection:
    """The store at `path`, made if it is not there; a temporary one if `path` is empty. Raises sqlite3.DatabaseError.

    `synchronous=OFF` survives a killed process and not a power failure, after which a damaged store is made anew.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    if writes:
        connection.execute("PRAGMA page_size=16384")
        if path:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_size_limit=4000000")
        connection.executescript(_SCHEMA)
    else:
        connection.execute("PRAGMA query_only=1")
    return connection


def sweep(folder: str) -> None:
    """Remove stores of other versions."""
    for name in os.listdir(folder):
        if name.startswith("history-") and name.split(".db")[0] + ".db" != NAME and not name.endswith(".lock"):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


class Writer:
    """Puts commits with their files into the store, a chunk at a time; `finish` writes what is left."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._paths: dict[bytes, int] = {}
        self._key = self._next("files", "key")
        self._chunk = self._next("chunks", "id")
        self._begin()

    def _next(self, table: str, column: str) -> int:
        return int(self._connection.execute(f"SELECT ifnull(max({column}), 0) + 1 FROM {table}").fetchone()[0])

    def _begin(self) -> None:
        self._hunks = array("I")
        self._added: list[bytes] = []
        self._removed: list[bytes] = []
        self._sizes = [0, 0]
        self._rows: list[tuple[object, ...]] = []

    def add(self, number: int, files: Sequence[PatchFile]) -> None:
        """One commit's files."""
        for file in files:
            first = len(self._hunks) // _WIDTH
            for hunk in file.hunks:
                self._hunks.extend((hunk.old_start, hunk.removed, hunk.new_start, hunk.added, *self._sizes))
                for side, texts, text, count in (
                    (0, self._removed, hunk.before, hunk.removed),
                    (1, self._added, hunk.after, hunk.added),
                ):
                    if count:
                        texts.append(text)
                        self._sizes[side] += len(text) + 1
            self._rows.append(
                (
                    self._key,
                    number,
                    self._path(file.path),
                    self._path(file.old_path) if file.old_path else None,
                    file.status,
                    _blob(file.old),
                    _blob(file.new),
                    sum(hunk.added for hunk in file.hunks),
                    sum(hunk.removed for hunk in file.hunks),
                    file.skipped,
                    self._chunk,
                    first,
                    first + len(file.hunks),
                )
            )
            self._key += 1
        if sum(self._sizes) >= _CHUNK:
            self.finish()

    def finish(self) -> None:
        """Write the chunk that has been gathered."""
        if not self._rows:
            return
        values = (self._chunk, self._hunks.tobytes(), _joined(self._added), _joined(self._removed))
        self._connection.execute("INSERT INTO chunks VALUES (?, ?, ?, ?)", values)
        self._connection.executemany(f"INSERT INTO files VALUES ({', '.join('?' * 13)})", self._rows)
        self._chunk += 1
        self._begin()

    def _path(self, name: bytes) -> int:
        known = self._paths.get(name)
        if known is None:
            self._connection.execute("INSERT OR IGNORE INTO paths (name) VALUES (?)", (name,))
            row = self._connection.execute("SELECT id FROM paths WHERE name = ?", (name,)).fetchone()
            known = self._paths[name] = int(row[0])
        return known


def _blob(oid: bytes) -> bytes | None:
    return bytes.fromhex(oid.decode("ascii")) if oid.strip(b"0") else None


def _joined(parts: list[bytes]) -> bytes:
    return b"\n".join((*parts, b"")) if parts else b""


class Chunk:
    """One chunk as it is read: texts to search, and the hunks that their bytes belong to."""

    def __init__(self, connection: sqlite3.Connection, ident: int) -> None:
        self._connection = connection
        self._ident = ident

    @cached_property
    def _hunks(self) -> array[int]:
        numbers = array("I")
        numbers.frombytes(self._blob("hunks"))
        return numbers

    def text(self, side: str) -> bytes:
        """All lines of one side (`added` or `removed`), each with its line end."""
        return self._added if side == "added" else self._removed

    @cached_property
    def _added(self) -> bytes:
        return self._blob("added")

    @cached_property
    def _removed(self) -> bytes:
        return self._blob("removed")

    def _blob(self, column: str) -> bytes:
        row = self._connection.execute(f"SELECT {column} FROM chunks WHERE id = ?", (self._ident,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("malformed: a chunk is missing")
        return bytes(row[0])

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each hunk's lines begin, by side."""
        return {side: list(self._hunks[at::_WIDTH]) for side, at in (("removed", 4), ("added", 5))}

    def hunk_at(self, side: str, byte: int) -> int:
        """The number of the hunk whose lines hold this byte of the side's text."""
        return bisect_right(self._starts[side], byte) - 1

    def start(self, side: str, hunk: int) -> int:
        """The byte at which the lines of a hunk begin; the text's length for the one after the last."""
        starts = self._starts[side]
        return starts[hunk] if hunk < len(starts) else len(self.text(side))

    def hunks(self, first: int, last: int) -> Iterator[Hunk]:
        """The hunks from `first` up to `last`, that one not included, as a diff has them."""
        for number in range(first, last):
            old_start, _, new_start, _, removed_at, added_at = self._hunks[number * _WIDTH : (number + 1) * _WIDTH]
            before = self._removed[removed_at : self.start("removed", number + 1)].decode("utf-8", "replace")
            after = self._added[added_at : self.start("added", number + 1)].decode("utf-8", "replace")
            yield Hunk(old_start, lines_of(before), new_start, lines_of(after))
