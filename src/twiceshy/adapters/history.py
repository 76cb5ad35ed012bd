"""The past of a repository: one pass of `git diff-tree` over it, kept as a line cache and searched many times.

Messages of all commits are known at once (`git log`, a second for 80,000), lines are read when somebody needs them, in
batches that are whole or not there: a process that is killed loses a batch, and two that read at once take turns. A
merge has no lines here, because each of its lines is in the commit that wrote it; what resolving a conflict wrote is
not seen. Renames are git's (`-M`, up to 400 candidates a commit).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any, TypeVar

from twiceshy.adapters._absent import is_partial, unreadable
from twiceshy.adapters._damage import FAILURES, explain, forget, is_refused, no_room
from twiceshy.adapters._linestore import MISSING, NAME, READ, Chunk, Writer, connect, sweep
from twiceshy.adapters._pastfiles import FILES, Row, Rows, meant
from twiceshy.adapters._pastlog import PastLog
from twiceshy.adapters._patches import FORMAT, read_patches
from twiceshy.adapters._process import Git, Objects
from twiceshy.adapters._texts import decoded
from twiceshy.adapters.cores import spread
from twiceshy.errors import GitError
from twiceshy.guards import matches_path
from twiceshy.model.change import ChangedFile
from twiceshy.model.generated import GENERATED
from twiceshy.model.history import Coverage, PastCommit, PastFile, Query

Made = TypeVar("Made")
Task = Callable[[int, PastFile, ChangedFile], list[Made]]
_DIFF = (
    *("-c", "core.bigFileThreshold=32m"),  # git holds a smaller file, and what it was before, in memory
    *("diff-tree", "--stdin", "--root", "-r", "--raw", "-p", "-U0", "-z", "-M", "-l400", "--full-index"),
    *("--inter-hunk-context=0", "--diff-algorithm=myers", "-O/dev/null", "--no-color", "--no-ext-diff"),
    *("--no-textconv", "--submodule=short", "--src-prefix=a/", "--dst-prefix=b/", f"--format={FORMAT}"),
)
_BATCH = 2000  # commits that one turn reads: under a second on most histories
_MOST_BROKEN = 200
_WHOLE = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}


class History:
    """The port `History` (`model/ports.py`) over a line cache; `notes` says what a person should know about it."""

    def __init__(self, root: str, git_dir: str, common_dir: str) -> None:
        self._root = root
        self._folder = common_dir
        self._git = Git(root, GIT_DIR=git_dir, GIT_WORK_TREE=root, **_WHOLE)
        self.path = os.path.join(common_dir, "twiceshy", NAME)
        self.notes: list[str] = []
        self.progress: Callable[[int, int], None] = lambda _done, _of: None
        self._open()

    def _open(self) -> None:
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            sweep(os.path.dirname(self.path))
            self._connection = connect(self.path)
            self._connection.execute("SELECT * FROM heads LIMIT 1").fetchall()
        except (OSError, *FAILURES) as error:
            self._give_way(error)
        self._pid = os.getpid()
        self._chunk: tuple[tuple[int, int], Chunk] | None = None
        self._objects = Objects(self._git)
        self._log = PastLog(self._connection, self._git, self._folder)

    def _give_way(self, error: BaseException) -> None:
        """Begin anew with a store that is no good; work in a temporary one where the disk refuses."""
        if not is_refused(error) and isinstance(error, FAILURES):
            forget(self.path)
            self._connection = connect(self.path)
            return
        self.notes.append(f"what was read of history is not kept: {error}")
        self.path = ""
        try:
            self._connection = connect("")
        except FAILURES as refused:
            raise no_room(refused) from refused

    @contextmanager
    def _kept(self) -> Iterator[sqlite3.Connection]:
        """The store of this process: one that was forked off reads through a connection of its own.

        Raises TwiceshyError if the store turns out to be damaged or the disk full.
        """
        if self._pid != os.getpid():
            self._inherited = self._connection, self._objects  # never closed here: both belong to the parent
            self._pid = os.getpid()
            self._connection = connect(self.path, writes=False)
            self._objects = Objects(self._git)
        try:
            yield self._connection
        except FAILURES as error:
            explain(self.path, error, "the cache of history")
            if not self.path and is_refused(error):
                raise no_room(error) from error
            raise

    def close(self) -> None:
        """Let go of the store and of git."""
        self._objects.close()
        self._connection.close()

    def update(self, head: str) -> None:
        """Take in what the commit `head` (a full id) sees. Raises GitError, TwiceshyError."""
        try:
            self._log.update(head)
        except FAILURES as error:
            self._connection.close()
            self._give_way(error)
            self._log = PastLog(self._connection, self._git, self._folder)
            with self._kept():
                self._log.update(head)

    @property
    def coverage(self) -> Coverage:
        """How much there is to look at."""
        with self._kept():
            return self._log.coverage()

    def commits(self) -> Sequence[PastCommit]:
        """Every commit, oldest first, merges included."""
        with self._kept():
            return self._log.commits()

    def commit(self, revision: str) -> PastCommit | None:
        """The commit that an id of seven or more digits names; None if this history has none, or several."""
        with self._kept():
            return self._log.commit(revision)

    # Reading ---------------------------------------------------------------------------------------------------------

    def read(self, numbers: Iterable[int] | None = None) -> None:
        """Read the lines of these commits, or of all, as far as they are not read yet. Raises TwiceshyError."""
        wanted = None if numbers is None else list(numbers)
        with self._kept() as connection:
            todo = self._without_absent(self._log.unread(wanted))
            broken = 0
            for start in range(0, len(todo), _BATCH):
                self.progress(start, len(todo))
                connection.execute("BEGIN IMMEDIATE")
                with connection:  # another process may have read some of them meanwhile
                    still = [pair for pair in todo[start : start + _BATCH] if self._is_unread(pair[0])]
                    broken += self._read_all(still, _MOST_BROKEN - broken)
            if todo:
                self.progress(len(todo), len(todo))

    def _without_absent(self, todo: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """`todo` without what a partial clone has not got, which is marked as missing."""
        if not todo or not is_partial(self._git):
            return todo
        gone = unreadable(self._git, [sha for _, sha in todo], todo[-1][1])
        missing = [(MISSING, number) for number, sha in todo if sha in gone]
        self._connection.executemany("UPDATE commits SET state = ? WHERE number = ?", missing)
        return [pair for pair in todo if pair[1] not in gone]

    def _is_unread(self, number: int) -> bool:
        row = self._connection.execute("SELECT state FROM commits WHERE number = ?", (number,)).fetchone()
        return row is not None and row[0] == 0

    def _read_all(self, batch: list[tuple[int, str]], patience: int) -> int:
        """Read a batch; where git fails, each half of it, down to commits that cannot be read. How many those are."""
        if not batch or patience <= 0:
            return 0
        self._connection.execute("SAVEPOINT batch")
        try:
            self._take_in({sha: number for number, sha in batch})
        except GitError:
            self._connection.execute("ROLLBACK TO batch")
            if len(batch) > 1:
                middle = len(batch) // 2
                broken = self._read_all(batch[:middle], patience)
                return broken + self._read_all(batch[middle:], patience - broken)
            self._connection.execute("UPDATE commits SET state = ? WHERE number = ?", (MISSING, batch[0][0]))
            return 1
        finally:
            self._connection.execute("RELEASE batch")
        return 0

    def _take_in(self, numbers: dict[str, int]) -> None:
        writer = Writer(self._connection)
        with self._git.stream(*_DIFF, question="".join(f"{sha}\n" for sha in numbers).encode()) as output:
            for sha, files in read_patches(output.read):
                writer.add(numbers[sha], files)
        writer.finish()
        done = [(READ, number) for number in numbers.values()]
        self._connection.executemany("UPDATE commits SET state = ? WHERE number = ?", done)

    # Asking ----------------------------------------------------------------------------------------------------------

    def files(self, numbers: Iterable[int]) -> Iterator[PastFile]:
        """What these commits did to files, as far as they are read, in the order of the numbers."""
        with self._kept() as connection:
            for number in numbers:
                rows = connection.execute(FILES + "WHERE files.number = ? ORDER BY key", (number,)).fetchall()
                yield from (Row(*row).file() for row in rows)

    def touching(self, paths: Iterable[str]) -> Iterator[PastFile]:
        """Everything that read commits did to files at these paths (new or old), oldest first."""
        found: dict[int, Row] = {}
        with self._kept() as connection:
            for path in paths:
                name = path.encode("utf-8", "surrogateescape")
                ident = connection.execute("SELECT id FROM paths WHERE name = ?", (name,)).fetchone()
                for column in ("path", "old_path") if ident else ():
                    rows = map(Row._make, connection.execute(FILES + f"WHERE files.{column} = ?", ident))
                    found |= {row.key: row for row in rows if self._log.sees(row.number)}
        yield from (row.file() for row in sorted(found.values(), key=lambda row: (row.number, row.key)))

    def changed_file(self, file: PastFile) -> ChangedFile:
        """`file` with its lines; its texts before and after are read from the repository when asked for."""
        with self._kept() as connection:
            row = Row._make(connection.execute(FILES + "WHERE files.key = ?", (file.key,)).fetchone())
            if self._chunk is None or self._chunk[0] != (row.chunk, self._pid):  # whoever asks for one asks for more
                self._chunk = (row.chunk, self._pid), Chunk(connection, row.chunk)
            return self._changed(self._chunk[1], row)

    def _changed(self, chunk: Chunk, row: Row) -> ChangedFile:
        file = row.file()
        return ChangedFile(
            file.path,
            list(chunk.hunks(row.first, row.last)),
            old_path=file.old_path or None,
            status=file.status,
            skipped=file.skipped,
            new=partial(self._text, row.new) if row.new else None,
            old=partial(self._text, row.old) if row.old else None,
        )

    def _text(self, blob: bytes) -> str | None:
        return decoded(self._objects.read(blob.hex()))

    def each(self, queries: Sequence[Query], task: Task[Made]) -> Iterator[tuple[int, PastFile, list[Made]]]:
        """For each query's place and each file it means, what `task` makes of them, where that is not empty."""
        with self._kept() as connection:
            chunks = [ident for (ident,) in connection.execute("SELECT id FROM chunks ORDER BY id")]
            self._objects.close()
            work = partial(self._in_chunk, queries, task)
            for found in spread(work, chunks, many=2) if self.path else map(work, chunks):
                yield from found

    def _in_chunk(
        self, queries: Sequence[Query], task: Task[Made], ident: int
    ) -> list[tuple[int, PastFile, list[Made]]]:
        with self._kept() as connection:
            chunk = Chunk(connection, ident)
            rows = Rows(connection, ident, self._log.sees)
            changed: dict[int, ChangedFile] = {}
            found = []
            for place, query in enumerate(queries):
                for row in meant(query, chunk, rows):
                    if row.key not in changed:
                        changed[row.key] = self._changed(chunk, row)
                    made = task(place, row.file(), changed[row.key])
                    if made:
                        found.append((place, row.file(), made))
            return found

    def is_generated(self, path: str) -> bool:
        """Whether a file is made by a tool or brought in from elsewhere, by `.gitattributes` or by its name."""
        said = self._attributes.get(path)
        return matches_path(path, GENERATED) if said is None else said

    @cached_property
    def _attributes(self) -> dict[str, bool]:
        """What `linguist-generated` and `linguist-vendored` say of the paths for which they say something."""
        with self._kept() as connection:
            names = b"\0".join(bytes(name) for (name,) in connection.execute("SELECT name FROM paths"))
        marks = ("linguist-generated", "linguist-vendored")
        with self._git.stream("check-attr", "-z", "--stdin", *marks, question=names + b"\0") as output:
            fields = iter(output.read().decode("utf-8", "surrogateescape").split("\0"))
        said: dict[str, bool] = {}
        for path, _, value in zip(fields, fields, fields, strict=False):
            if value != "unspecified":
                said[path] = said.get(path, False) or value not in ("unset", "false")
        return said

    # What guards that read whole files said --------------------------------------------------------------------------

    def known_fires(self, digest: str) -> dict[int, list[Any]]:
        """What was kept for a guard, by the key of a file."""
        with self._kept() as connection:
            rows = connection.execute("SELECT key, found FROM fires WHERE digest = ?", (digest,))
            return {key: json.loads(found) for key, found in rows}

    def keep_fires(self, digest: str, rows: Iterable[tuple[int, list[Any]]]) -> None:
        """Keep for a guard what it said about files, also where that is nothing."""
        with self._kept() as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                values = ((digest, key, json.dumps(found)) for key, found in rows)
                connection.executemany("INSERT OR REPLACE INTO fires VALUES (?, ?, ?)", values)
