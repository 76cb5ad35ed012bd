"""Worlds made of dicts, for jobs that ask for one through a port."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from twiceshy.model.change import ChangedFile
from twiceshy.model.history import Coverage, PastCommit, PastFile, Query

Made = TypeVar("Made")


def past_commit(number: int, message: str, *, author: str = "Ada", time: int = 0, parents: int = 1) -> PastCommit:
    """A commit with an id that its number decides; without a time, one day lies between two numbers."""
    at = time or 1_600_000_000 + 86_400 * number
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    before = tuple(f"{number:07d}{parent:033d}" for parent in range(parents))
    sha = f"{number + 0xABCDE00:07x}" + "0" * 33
    return PastCommit(number, sha, before, at, day, author, f"{author.lower()}@example.org", message)


class FakeHistory:
    """A history of messages and of paths: `changed` are the files that a number touched; it has no lines."""

    def __init__(self, commits: Sequence[PastCommit], changed: Mapping[int, Sequence[str]] | None = None) -> None:
        self._commits = list(commits)
        self._changed = changed or {}
        self.was_read: set[int] = set()

    @property
    def coverage(self) -> Coverage:
        merges = sum(commit.is_merge for commit in self._commits)
        return Coverage(len(self._commits), merges, len(self.was_read), {})

    def commits(self) -> Sequence[PastCommit]:
        return self._commits

    def commit(self, revision: str) -> PastCommit | None:
        found = [commit for commit in self._commits if commit.sha.startswith(revision)]
        return found[0] if len(found) == 1 else None

    def read(self, numbers: Iterable[int] | None = None) -> None:
        self.was_read |= {commit.number for commit in self._commits} if numbers is None else set(numbers)

    def files(self, numbers: Iterable[int]) -> Iterator[PastFile]:
        for number in numbers:
            for path in self._changed.get(number, ()) if number in self.was_read else ():
                yield PastFile(0, number, path, "", "modified", 3, 1, "")

    def touching(self, paths: Iterable[str]) -> Iterator[PastFile]:
        wanted = set(paths)
        yield from (file for file in self.files(sorted(self.was_read)) if file.path in wanted)

    def changed_file(self, file: PastFile) -> ChangedFile:
        return ChangedFile(file.path, [], old_path=file.old_path, status=file.status)

    def each(
        self, queries: Sequence[Query], task: Callable[[int, PastFile, ChangedFile], list[Made]]
    ) -> Iterator[tuple[int, PastFile, list[Made]]]:
        yield from ()
