"""What `git log` says of commits, brought into the line cache: new heads, lost ones, and which commits a head sees.

Grafts and replaced objects are left aside (`GIT_NO_REPLACE_OBJECTS`): what is kept is what the commits' ids stand for.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from typing import BinaryIO

from twiceshy.adapters._linestore import BOUNDARY, MERGE, MISSING, READ, UNREAD
from twiceshy.adapters._process import Git
from twiceshy.errors import GitError
from twiceshy.model.history import Coverage, PastCommit

_LOG = (
    *("log", "--topo-order", "--reverse", "-z", "--no-color", "--no-show-signature", "--no-notes", "--encoding=UTF-8"),
    "--format=%H%n%P%n%ct%n%cs%n%aN%n%aE%n%B",
)
_MOST_HEADS = 32
_LAST_SECOND = 253_402_300_799  # of the year 9999; git writes what 64 bits hold, which no database takes
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TABLES = ("heads", "commits", "paths", "files", "chunks", "fires")
_REASONS = {BOUNDARY: "shallow boundary", MISSING: "missing objects", UNREAD: "not read yet"}
_COLUMNS = "number, sha, parents, time, day, author, email, message"


class PastLog:
    """The commits of one repository as far as one head sees them."""

    def __init__(self, connection: sqlite3.Connection, git: Git, folder: str) -> None:
        self._connection = connection
        self._git = git
        self._folder = folder
        self._elsewhere: frozenset[int] = frozenset()

    def update(self, head: str) -> bool:
        """Take in what `head` (a full id) sees and the store does not have yet; whether anything was new.

        Raises GitError if git cannot tell.
        """
        self._notice_boundary()
        self._notice_packs()
        known = [bytes(sha).hex() for (sha,) in self._connection.execute("SELECT sha FROM heads")]
        if head in known and len(known) == 1:
            self._elsewhere = frozenset()
            return False
        others = [sha for sha in known if sha != head]
        try:
            if len(others) >= _MOST_HEADS:
                raise GitError("too many heads")
            lines = self._git.run("rev-list", *others, "--not", head, "--").decode().split() if others else []
        except GitError:  # history was rewritten and git has forgotten a head, or there are too many to go on with
            self._forget_all_but(head)
            known, others, lines = [], [], []
        added = head not in known and self._take_in(head, others)
        with self._connection:
            self._connection.execute("INSERT OR IGNORE INTO heads VALUES (?)", (bytes.fromhex(head),))
            if others and not lines:  # the head sees all that the others saw
                self._connection.execute("DELETE FROM heads WHERE sha <> ?", (bytes.fromhex(head),))
        self._elsewhere = frozenset(self._numbers(lines))
        return added

    def _notice_boundary(self) -> None:
        """Begin anew when a shallow clone has been deepened: what was its edge has parents now."""
        try:
            with open(os.path.join(self._folder, "shallow"), encoding="ascii", errors="replace") as file:
                boundary = " ".join(sorted(file.read().split()))
        except OSError:
            boundary = ""
        if self._meta("boundary") != boundary:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                for table in _TABLES:
                    self._connection.execute(f"DELETE FROM {table}")
                self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('boundary', ?)", (boundary,))

    def _notice_packs(self) -> None:
        """Try again what could not be read, once there are other packs of objects than before."""
        packs = os.path.join(self._folder, "objects", "pack")
        now = str(os.stat(packs).st_mtime_ns) if os.path.isdir(packs) else ""
        if now != self._meta("packs"):
            self._connection.execute("UPDATE commits SET state = ? WHERE state = ?", (UNREAD, MISSING))
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('packs', ?)", (now,))

    def _meta(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _take_in(self, head: str, others: list[str]) -> bool:
        boundary = set((self._meta("boundary") or "").split())
        number = int(self._connection.execute("SELECT ifnull(max(number), 0) FROM commits").fetchone()[0])
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            before = self._connection.total_changes
            command = (*_LOG, head, *(("--not", *others) if others else ()), "--")
            with self._git.stream(*command) as output:
                rows = ((number + at, *row) for at, row in enumerate(_parsed(output, boundary), 1))
                self._connection.executemany("INSERT OR IGNORE INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            return self._connection.total_changes > before

    def _numbers(self, shas: list[str]) -> Iterator[int]:
        for sha in shas:
            row = self._connection.execute("SELECT number FROM commits WHERE sha = ?", (bytes.fromhex(sha),)).fetchone()
            if row:
                yield row[0]

    def _forget_all_but(self, head: str) -> None:
        """Drop commits that `head` does not see; their lines stay where they are, as commit 0 that nobody sees."""
        seen = {bytes.fromhex(sha) for sha in self._git.run("rev-list", head, "--").decode().split()}
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            rows = self._connection.execute("SELECT number, sha FROM commits").fetchall()
            gone = [(number,) for number, sha in rows if sha not in seen]
            self._connection.executemany("DELETE FROM commits WHERE number = ?", gone)
            self._connection.executemany("UPDATE files SET number = 0 WHERE number = ?", gone)
            self._connection.execute("DELETE FROM heads")

    def sees(self, number: int) -> bool:
        """Whether the head sees this commit of the store."""
        return number > 0 and number not in self._elsewhere

    def commits(self) -> list[PastCommit]:
        """Every commit the head sees, parents before children."""
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM commits ORDER BY number")
        return [_commit(row) for row in rows if row[0] not in self._elsewhere]

    def commit(self, revision: str) -> PastCommit | None:
        """The commit that an id of seven or more digits names; None if the head sees none, or several."""
        digits = revision.lower()
        if len(digits) < 7 or digits.strip("0123456789abcdef"):
            return None
        low, high = (bytes.fromhex(digits.ljust(64, fill)) for fill in "0f")
        where = f"SELECT {_COLUMNS} FROM commits WHERE sha BETWEEN ? AND ?"
        found = self._connection.execute(where, (low[: len(digits) // 2], high))
        rows = [row for row in found if bytes(row[1]).hex().startswith(digits) and self.sees(row[0])]
        return _commit(rows[0]) if len(rows) == 1 else None

    def unread(self, numbers: list[int] | None) -> list[tuple[int, str]]:
        """Number and id of every commit the head sees whose lines can be read and are not; of `numbers` if given."""
        rows = self._connection.execute("SELECT number, sha FROM commits WHERE state = 0 ORDER BY number")
        wanted = None if numbers is None else set(numbers)
        return [
            (number, bytes(sha).hex())
            for number, sha in rows
            if self.sees(number) and (wanted is None or number in wanted)
        ]

    def coverage(self) -> Coverage:
        """How many there are, and of how many the lines are here."""
        counts = dict.fromkeys(range(5), 0)
        for state, count in self._connection.execute("SELECT state, count(*) FROM commits GROUP BY state"):
            counts[state] = count
        for number in self._elsewhere:
            row = self._connection.execute("SELECT state FROM commits WHERE number = ?", (number,)).fetchone()
            counts[row[0]] -= 1
        unread = {reason: counts[state] for state, reason in _REASONS.items() if counts[state]}
        return Coverage(sum(counts.values()), counts[MERGE], counts[READ], unread)


def _parsed(output: BinaryIO, boundary: set[str]) -> Iterator[tuple[object, ...]]:
    tail = b""
    while block := output.read(1 << 20):
        *records, tail = (tail + block).split(b"\0")
        for record in records:
            yield _row(record, boundary)
    if tail.strip():
        yield _row(tail, boundary)


def _row(record: bytes, boundary: set[str]) -> tuple[object, ...]:
    sha, parents, time, day, author, email, message = record.decode("utf-8", "replace").split("\n", 6)
    state = BOUNDARY if sha in boundary else MERGE if " " in parents else UNREAD
    digits = bytes.fromhex(parents.replace(" ", ""))
    return bytes.fromhex(sha), digits, *_when(time, day), author, email, message.rstrip("\n"), state


def _when(time: str, day: str) -> tuple[int, str]:
    """Seconds and day of a commit; what no calendar has is put at the end of time, as git puts nonsense at 1970."""
    seconds = int(time or 0)
    if seconds > _LAST_SECOND:
        return _LAST_SECOND, "9999-12-31"
    return seconds, day if _DAY.fullmatch(day) else "1970-01-01"


def _commit(row: tuple[int, bytes, bytes, int, str, str, str, str]) -> PastCommit:
    number, sha, parents, *rest = row
    width, digits = 2 * len(sha), parents.hex()
    ids = (digits,) if len(digits) == width else tuple(digits[at : at + width] for at in range(0, len(digits), width))
    return PastCommit._make((number, sha.hex(), ids, *rest))
