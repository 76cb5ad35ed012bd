"""What became of a change: the commits made since, and what is not committed yet."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from twiceshy.adapters._process import Git
from twiceshy.adapters.git import GitRepository
from twiceshy.adapters.place import Place
from twiceshy.model.change import ChangedFile
from twiceshy.model.event import UNBORN

_MOST_COMMITS = 100
_NEAR = 300


class Afterwards:
    """One working tree, asked about changes that were judged in it some time ago. Methods raise GitError."""

    def __init__(self, repository: GitRepository, place: Place) -> None:
        self._repository = repository
        self._place = place
        self._git = Git(str(repository.root), GIT_DIR=str(repository.git_dir), GIT_WORK_TREE=str(repository.root))

    def head(self) -> str:
        """The commit that is checked out, `UNBORN` if there is none."""
        return self._repository.head() or UNBORN

    def is_ours(self, worktree: str) -> bool:
        """Whether what was judged in `worktree` can be looked for here: no other worktree may still hold it."""
        return worktree == self._place.worktree or not os.path.isdir(os.path.join(self._place.common_dir, worktree))

    def commits_since(self, head: str, paths: Sequence[str]) -> list[str]:
        """The first hundred commits, oldest first, that `head` does not hold, some local branch does, and touch a path.

        Merges bring nothing of their own and are left out.
        """
        if self.head() == UNBORN:
            return []
        options = ("--reverse", "--no-merges", "--full-history", "--branches")
        return self._listed(*options, *self._beyond(head), "--", *paths)[:_MOST_COMMITS]

    def moved_on(self, head: str) -> bool:
        """Whether work went on from `head`: what is checked out now holds it and more, or has taken its place.

        A head that some other branch holds waits there.
        """
        if self.head() == UNBORN or not self._listed("--max-count=1", *self._beyond(head)):
            return False
        if head == UNBORN or self._git.ask("merge-base", "--is-ancestor", head, "HEAD")[0] == 0:
            return True
        return not self._git.run("for-each-ref", "--count=1", f"--contains={head}", "refs/heads")

    def is_near(self, head: str) -> bool:
        """Whether so little happened since `head` that looking at it takes no time worth naming."""
        if self.head() == UNBORN or not self._repository.has(head):
            return False
        return len(self._listed(f"--max-count={_NEAR}", *self._beyond(head))) < _NEAR

    def commit_changes(self, sha: str) -> Iterator[ChangedFile]:
        """What a commit changed."""
        return self._repository.diff_commit(sha)

    def changes_since(self, base: str) -> Iterator[ChangedFile]:
        """What lies between `base` and the commit that is checked out."""
        return self._repository.diff_range(base, "HEAD")

    def pending(self, paths: Sequence[str]) -> Iterator[ChangedFile]:
        """What is not committed yet in these files."""
        return self._repository.diff_worktree(paths)

    def count(self, since: int, *, own: bool) -> int:
        """How many commits, merges left out, this history holds since a time (seconds); only one's `own`, if wanted."""
        author = self._git.run("config", "user.email", fine=(0, 1)).decode("utf-8", "replace").strip() if own else ""
        mine = ("--fixed-strings", f"--author=<{author}>") if author else ()
        if self.head() == UNBORN:
            return 0
        return int(self._git.run("rev-list", "--count", "--no-merges", f"--since={since}", *mine, "HEAD", "--"))

    def _beyond(self, head: str) -> tuple[str, ...]:
        return ("HEAD",) if head == UNBORN else ("HEAD", f"^{head}")

    def _listed(self, *arguments: str) -> list[str]:
        return self._git.run("rev-list", *arguments).decode("ascii").split()
