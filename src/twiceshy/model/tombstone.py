"""A tombstone: words that a commit took out of a file for good, which are a reason to stop when they come back."""

from __future__ import annotations

from dataclasses import dataclass

SHIELD = 14
"""Days after a removal in which putting its words back is a planned return: in ten histories, 36 of 36 returns within
nine days were second attempts, none came between the 9th and the 15th day, and later ones were mixed."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What one commit took out of one file; `words` are the strongest first.

    `id` is that of the removal, and of the file if the commit changed several.

    `commit` is the removing commit's full id, made on `day` (YYYY-MM-DD) by `author`; `what` is the subject of what it
    reverted, or its own; `reason` are its own words beyond that, `issues` what it names ("#12"). `named` is the file's
    path then, `path` where it is now. `lesson` is the id of the lesson whose fix the commit is, "" for a revert, and
    stands at `line` of the document `document`.
    """

    id: str
    commit: str
    day: str
    author: str
    what: str
    reason: str
    issues: tuple[str, ...]
    named: str
    path: str
    words: tuple[str, ...]
    lesson: str = ""
    document: str = ""
    line: int = 0

    @property
    def removal(self) -> str:
        """The id under which all tombstones of one commit speak together, and can be buried together."""
        return removal_id(self.commit)


def removal_id(commit: str) -> str:
    """The id of what the commit with this full id took out."""
    return f"tombstone-{commit[:8]}"


@dataclass(frozen=True, slots=True)
class Burial:
    """A person's word that a tombstone is to be silent: why, who (`Name <email>`), and when (YYYY-MM-DD)."""

    id: str
    reason: str
    by: str
    on: str
