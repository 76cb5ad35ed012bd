"""Which commits removed which paths: read once per repository, kept append-only beside git's own data.

`removals-1.log` lies in `<git common dir>/twiceshy/` and belongs to all worktrees:

    twiceshy removals 1 <what the shallow boundary was>
    <commit> <bytes>            a head, and how many bytes follow of what `git log` says that no head before it had
    …                           \\x01 commit, tab, day, tab, subject, NUL, then each removed path and NUL; newest first

A new HEAD reads `git log HEAD --not <the heads before>` and appends that. Commits of other branches, or of a history
that has been rewritten since, are left out at each look: `git rev-list <the heads before> --not HEAD` names them. A
torn or foreign file, a head that git has forgotten, another shallow boundary: made anew. A file that cannot be written
is done without.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable

from twiceshy.errors import GitError
from twiceshy.model.freshness import Commit

Removals = list[tuple[Commit, tuple[str, ...]]]
_LOG = (
    *("log", "--no-renames", "--diff-filter=D", "--name-only", "-z", "--no-color", "--no-show-signature"),
    *("--topo-order", "--format=%x01%H%x09%cs%x09%s"),
)
_MOST_HEADS = 32
_COMMIT = re.compile(rb"\x01(?=[0-9a-f]{40,64}\t)")


def read_removals(run: Callable[..., bytes], folder: str, head: str) -> Removals:
    """Every commit that `head` can see and that removed a path, newest first, with the paths.

    `run` is git, `folder` the common git directory. Raises GitError if history cannot be read.
    """
    path = os.path.join(folder, "twiceshy", "removals-1.log")
    magic = f"twiceshy removals 1 {_boundary(folder)}\n".encode()
    segments = _segments(path, magic)
    others = [known for known in segments if known != head]
    try:
        if len(segments) >= _MOST_HEADS:
            raise GitError("too many heads")
        elsewhere = set(run("rev-list", *others, "--not", head, "--").decode().split()) if others else set()
    except GitError:  # git has forgotten one of them
        segments, others, elsewhere = {}, [], set()
    if head not in segments:
        fresh = run(*_LOG, head, *(("--not", *others) if others else ()), "--")
        _keep(path, magic, head, fresh, anew=not segments)
        segments[head] = fresh
    parsed = [_parsed(segments[known]) for known in reversed(segments)]
    return [removal for part in parsed for removal in part if removal[0].sha not in elsewhere]


def _boundary(folder: str) -> str:
    try:
        status = os.stat(os.path.join(folder, "shallow"))
    except OSError:
        return "whole"
    return f"{status.st_mtime_ns}-{status.st_size}"


def _segments(path: str, magic: bytes) -> dict[str, bytes]:
    """What is kept for each head, oldest first; nothing if the file is not whole."""
    try:
        with open(path, "rb") as file:
            if file.readline() != magic:
                return {}
            found: dict[str, bytes] = {}
            while line := file.readline():
                head, _, size = line.decode("ascii").partition(" ")
                found[head] = file.read(int(size))
                if len(found[head]) != int(size) or file.read(1) != b"\n":
                    return {}
            return found
    except (OSError, ValueError):
        return {}


def _keep(path: str, magic: bytes, head: str, fresh: bytes, *, anew: bool) -> None:
    segment = f"{head} {len(fresh)}\n".encode() + fresh + b"\n"
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if not anew:
            with open(path, "ab", buffering=0) as file:
                file.write(segment)
            return
        temporary = f"{path}.{os.getpid()}.tmp"
        with open(temporary, "wb") as file:
            file.write(magic + segment)
        os.replace(temporary, path)


def _parsed(raw: bytes) -> Removals:
    found: Removals = []
    for block in _COMMIT.split(raw)[1:]:
        header, _, names = block.partition(b"\0")
        sha, _, rest = header.decode("utf-8", "replace").partition("\t")
        date, _, subject = rest.partition("\t")
        paths = tuple(name.decode("utf-8", "surrogateescape") for name in names.lstrip(b"\n").split(b"\0") if name)
        found.append((Commit(sha, date, subject), paths))
    return found
