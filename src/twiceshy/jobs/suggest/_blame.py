"""Which commit made the mistake that a fix mends: as somebody says, as the fix says, else by blame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from twiceshy.errors import GitError
from twiceshy.guards._scope import enclosing_function
from twiceshy.jobs.messages.blame import blamed_in
from twiceshy.jobs.suggest._swaps import Swap
from twiceshy.model.change import ChangedFile
from twiceshy.model.ports import History

_MOST_FILES = 8


class Commits(Protocol):
    """What a repository tells about single commits."""

    def has(self, revision: str) -> bool:
        """Whether it is here."""

    def resolve(self, revision: str) -> str:
        """Its full id. Raises GitError."""

    def told(self, revision: str) -> tuple[list[str], str]:
        """Its parents and its message."""

    def diff_commit(self, sha: str) -> Iterable[ChangedFile]:
        """What it changed against its first parent."""

    def blame(self, revision: str, path: str, lines: Iterable[tuple[int, int]]) -> list[tuple[str, int]]:
        """For each of some lines of a file the commit that wrote it, and when."""


def culprit_of(fix: str, message: str, swaps: Sequence[Swap], commits: Commits, history: History) -> tuple[str, str]:
    """The commit that made the mistake, with how it is known; ("", why not) if nobody can tell."""
    for name, words in blamed_in(message):
        sha = _brought_by(name, history) if name.startswith("#") else name
        if sha and commits.has(sha) and commits.resolve(sha) != fix:
            return commits.resolve(sha), f"the fix says: {words}"
    parents, _ = commits.told(fix)
    if not parents:
        return "", "it is the first commit of all"
    try:
        return _blamed(parents[0], swaps, commits)
    except GitError as error:
        return "", error.message


def _brought_by(number: str, history: History) -> str:
    """The first commit that says it came with this pull request, "" if none does."""
    return next((one.sha for one in history.commits() if f"({number})" in one.subject), "")


def _blamed(before: str, swaps: Sequence[Swap], commits: Commits) -> tuple[str, str]:
    """Who wrote most of the lines that the fix took out; else who touched last the functions it added to."""
    wrote: Counter[str] = Counter()
    touched: dict[str, int] = {}
    for path, mine in _by_file(swaps):
        taken = [(s.hunk.old_start, s.hunk.old_start + len(s.hunk.removed) - 1) for s in mine if s.hunk.removed]
        wrote.update(sha for sha, _ in commits.blame(before, path, taken))
        if not taken:
            text = mine[0].file.old_text() or ""
            around = [enclosing_function(path, text, max(s.hunk.old_start, 1)) for s in mine]
            touched |= commits.blame(before, path, around)
    if wrote:
        sha, count = wrote.most_common(1)[0]
        return sha, f"it wrote {count} of the {wrote.total()} lines that the fix took out"
    if touched:
        return max(touched, key=lambda sha: touched[sha]), "it was the last to touch the function that the fix added to"
    return "", "the fix changes no code that anybody wrote before"


def _by_file(swaps: Sequence[Swap]) -> Iterator[tuple[str, list[Swap]]]:
    files: dict[str, list[Swap]] = {}
    for swap in swaps:
        if swap.file.status in ("modified", "renamed"):
            files.setdefault(swap.file.old_path or swap.file.path, []).append(swap)
    yield from list(files.items())[:_MOST_FILES]
