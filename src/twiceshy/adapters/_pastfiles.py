"""Which files of the line cache a query means: text is searched a chunk at a time, names are looked at one by one."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from twiceshy.adapters._linestore import Chunk
from twiceshy.guards import matches_path
from twiceshy.guards._regex import searcher
from twiceshy.model.history import PastFile, Query

FILES = """SELECT files.key, files.number, path.name, old.name, status, added, removed, skipped, chunk, first, last,
  files.old, files.new FROM files JOIN paths path ON path.id = files.path LEFT JOIN paths old ON old.id = old_path """
"""What a `Row` is made of; a condition follows."""


class Row(NamedTuple):
    """One row of `files`, as it is stored."""

    key: int
    number: int
    path: bytes
    old_path: bytes | None
    status: str
    added: int
    removed: int
    skipped: str
    chunk: int
    first: int
    last: int
    old: bytes | None
    new: bytes | None

    def file(self) -> PastFile:
        """The row as others see it."""
        path, old_path = (name.decode("utf-8", "surrogateescape") for name in (self.path, self.old_path or b""))
        return PastFile(self.key, self.number, path, old_path, self.status, self.added, self.removed, self.skipped)


class Rows:
    """The files of one chunk that the head sees, read when somebody asks."""

    def __init__(self, connection: sqlite3.Connection, ident: int, sees: Callable[[int], bool]) -> None:
        self._ask = partial(connection.execute, FILES + "WHERE files.chunk = ? ORDER BY key", (ident,))
        self._sees = sees
        self._all: list[Row] | None = None
        self._firsts: list[int] = []

    def all(self) -> list[Row]:
        """Every file, in the order of their hunks."""
        if self._all is None:
            self._all = [Row._make(row) for row in self._ask()]
            self._firsts = [row.first for row in self._all]
        return self._all

    def visible(self) -> Iterator[Row]:
        """The files of commits that the head sees."""
        return (row for row in self.all() if self._sees(row.number))

    def holding(self, hunk: int) -> Row:
        """The file that a hunk belongs to: the last one that begins at it or before."""
        rows = self.all()
        return rows[bisect_right(self._firsts, hunk) - 1]

    def sees(self, row: Row) -> bool:
        """Whether the head sees the file's commit."""
        return self._sees(row.number)


def meant(query: Query, chunk: Chunk, rows: Rows) -> Iterator[Row]:
    """The files of a chunk that a query means, each once."""
    if not query.patterns:
        yield from (row for row in rows.visible() if row.key not in query.known and _is_at(row, query.globs))
        return
    text = chunk.text(query.side)
    seen: set[int] = set()
    for pattern in query.patterns:
        find = searcher(pattern, text)
        byte = find(0) if find else -1
        while find and byte >= 0:
            row = rows.holding(chunk.hunk_at(query.side, byte))
            if row.key not in seen and rows.sees(row) and _is_at(row, query.globs):
                seen.add(row.key)
                if row.key not in query.known:
                    yield row
            byte = find(chunk.start(query.side, row.last))


def _is_at(row: Row, globs: tuple[str, ...]) -> bool:
    names = (name.decode("utf-8", "surrogateescape") for name in (row.path, row.old_path) if name)
    return not globs or any(matches_path(name, globs) for name in names)
