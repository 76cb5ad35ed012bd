"""What is checked out, as far as a result speaks for it: when its commit was made, whether there is more than that."""

from __future__ import annotations

from twiceshy.adapters._process import Git


def commit_time(folder: str, sha: str) -> int:
    """The second since 1970 in which the commit `sha` was made."""
    return int(Git(folder).run("rev-list", "--max-count=1", "--format=%ct", sha).split(b"\n")[1])


def is_dirty(folder: str) -> bool:
    """Whether a tracked file differs from the commit that is checked out, as `git describe --dirty` asks it."""
    return bool(Git(folder).run("status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=dirty"))
