"""The past of a repository as guards are tried on it: commits, and what each of them did to which file."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple


class PastCommit(NamedTuple):
    """One commit; `number` is its place in the store, parents before children, and means nothing elsewhere.

    `time` is in seconds since 1970 and `day` (YYYY-MM-DD) in the zone of the committer, as that person's clock said: it
    may run backwards. `author` and `email` are as `.mailmap` has them. `message` is whole.
    """

    number: int
    sha: str
    parents: tuple[str, ...]
    time: int
    day: str
    author: str
    email: str
    message: str

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0].strip()

    @property
    def body(self) -> str:
        """The message without its first line."""
        return self.message.partition("\n")[2].strip()

    @property
    def is_merge(self) -> bool:
        """Whether it has several parents: its lines are its parents' commits', so the store holds none for it."""
        return len(self.parents) > 1


class PastFile(NamedTuple):
    """What commit number `commit` did to one file; `key` names it in the store.

    `old_path` is "" unless it was renamed; `status` is `added`, `modified`, `deleted` or `renamed`; `added` and
    `removed` count lines; `skipped` says why there are none ("binary", "submodule", "too large").
    """

    key: int
    commit: int
    path: str
    old_path: str
    status: str
    added: int
    removed: int
    skipped: str


class Query(NamedTuple):
    """Which files of the past to look at: those with a line that one of `patterns` (RE2) matches, on one `side`.

    `side` is `added` or `removed`; without `patterns` every file is meant. `globs` are paths as guards write them, none
    for all. Files whose keys are in `known` are left out.
    """

    side: str = "added"
    patterns: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    known: Container[int] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of history there is to look at: `commits` in all, `merges` among them, `read` ones with their lines.

    `unread` says of how many commits the lines cannot be had, by reason ("shallow boundary", "missing objects", …).
    """

    commits: int
    merges: int
    read: int
    unread: dict[str, int]
