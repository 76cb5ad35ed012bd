"""prove: may this guard block? Only if it fires on the commit that made the mistake and not on its fix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from twiceshy.errors import TwiceshyError
from twiceshy.guards import fires, validate
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.guard import Guard

UNKNOWN = "unknown: "


class Commits(Protocol):
    """The part of a repository that this job reads."""

    def has(self, revision: str) -> bool:
        """Whether the commit is in this history."""

    def diff_commit(self, revision: str) -> Iterable[ChangedFile]:
        """What the commit changed against its first parent."""


def prove(guard: Guard, commits: Commits) -> str:
    """Why `guard` may not block, "" if it may; starts with UNKNOWN where another clone could tell."""
    if not guard.culprit or not guard.fix:
        return f"it names no {'culprit' if not guard.culprit else 'fix'} commit"
    try:
        validate(guard)
        for name, commit, must in (("culprit", guard.culprit, True), ("fix", guard.fix, False)):
            if not commits.has(commit):
                return f"{UNKNOWN}its {name} {commit} is not in this history"
            if any(True for _ in fires(guard, Change(commits.diff_commit(commit)))) != must:
                return f"it {'is silent on its culprit' if must else 'fires on its fix'} {commit}"
    except TwiceshyError as error:
        return f"{UNKNOWN}{error.message}"
    return ""
