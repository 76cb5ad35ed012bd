"""What a git repository tells about its commits: which one a name means, what it says, what came before it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from twiceshy.adapters._process import Git, Objects, refusal
from twiceshy.errors import GitError

_BLAMED = re.compile(rb"^([0-9a-f]{40,64}) \d+ \d+.*\n(?:(?!\t).*\n)*?committer-time (\d+)$", re.MULTILINE)


class Commits:
    """The commits of one repository; `shallow` says that a part of them is not here."""

    def __init__(self, git: Git, shallow: bool) -> None:
        self.shallow = shallow
        self._git = git
        self._objects = Objects(git)

    def head(self) -> str:
        """The full id of the commit that is checked out; empty before the first commit."""
        return self._commit("HEAD")

    def has(self, revision: str) -> bool:
        """Whether `revision` names a commit that is here."""
        return bool(self._commit(revision))

    def resolve(self, revision: str) -> str:
        """The full id of the commit that `revision` (gitrevisions(7)) names. Raises GitError if there is none, or two.

        A tag that is called like a branch goes before it in git, so whoever may push a tag could choose the base.
        """
        sha = self._commit(revision)
        if not sha:
            raise GitError(f"no such revision: {revision}", self._where_history_is())
        if sha == revision:
            return sha
        settings = ("-c", "core.warnAmbiguousRefs=true")
        _, _, said = self._git.ask(*settings, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        if "is ambiguous" in said:
            raise GitError(
                f"{revision} is ambiguous: a tag and a branch, for example", "say refs/heads/… or the commit"
            )
        return sha

    def short(self, revision: str) -> str:
        """The shortest id that is clear for the commit `revision` names, 7 characters or more; "" if there is none."""
        sha = self._commit(revision)
        return self._git.run("rev-parse", "--short", sha).decode("ascii").strip() if sha else ""

    def commit_date(self, revision: str) -> str:
        """The day (YYYY-MM-DD, in the committer's time zone) on which a commit was made; 1970 if it does not say."""
        output = self._git.run("rev-list", "--max-count=1", "--format=%cs", self.resolve(revision))
        day = output.decode().split("\n")[1]
        return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else "1970-01-01"

    def author(self) -> str:
        """Who a commit made now would be by, as "Name <email>". Raises GitError if git does not know."""
        code, output, _ = self._git.ask("var", "GIT_AUTHOR_IDENT")
        if code:
            raise GitError("git does not know who you are", "tell it: git config user.name, git config user.email")
        return output.decode("utf-8", "replace").rpartition(">")[0] + ">"

    def merge_base(self, a: str, b: str) -> str:
        """The id of the commit where `a` and `b` parted. Raises GitError if they have nothing in common."""
        code, output, error = self._git.ask("merge-base", self.resolve(a), self.resolve(b))
        if code > 1:
            raise refusal(error)
        if code:
            raise GitError(f"{a} and {b} have no common ancestor here", self._where_history_is())
        return output.decode().strip()

    def between(self, old: str, new: str) -> list[str]:
        """The full ids of the commits that `new` sees and `old` does not, newest first. Raises GitError."""
        return self._git.run("rev-list", "--topo-order", new, "--not", old, "--").decode("ascii").split()

    def sees(self, revision: str, commit: str) -> bool:
        """Whether `commit` (a full id) is `revision` or comes before it."""
        return self._git.ask("merge-base", "--is-ancestor", commit, revision)[0] == 0

    def told(self, revision: str) -> tuple[list[str], str]:
        """The ids of a commit's parents and its message; git hides neither, a shallow clone may lack the parents."""
        head, _, message = (self._objects.read(self.resolve(revision), "commit") or b"").partition(b"\n\n")
        parents = re.findall(rb"^parent ([0-9a-f]+)$", head, re.MULTILINE)
        return [parent.decode() for parent in parents], message.decode("utf-8", "replace")

    def blame(self, revision: str, path: str, lines: Iterable[tuple[int, int]]) -> list[tuple[str, int]]:
        """For each of some lines (first to last, 1-based) of a file the commit that wrote it, and when (seconds)."""
        spans = [f"-L{first},{last}" for first, last in lines]
        if not spans:
            return []
        output = self._git.run("blame", "-w", "--line-porcelain", *spans, self.resolve(revision), "--", path)
        return [(sha.decode(), int(time)) for sha, time in _BLAMED.findall(output)]

    def _commit(self, revision: str) -> str:
        if not revision.isprintable():
            return ""
        code, output, _ = self._git.ask("rev-parse", "-q", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        return "" if code else output.decode().strip()

    def _where_history_is(self) -> str:
        if self.shallow:
            return "this is a shallow clone; get the rest with: git fetch --unshallow (in CI: fetch-depth 0)"
        return "see what there is with: git log --oneline --all"
