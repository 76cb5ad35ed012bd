"""Which commits of a partial clone cannot be read, found out without asking its remote for what is missing."""

from __future__ import annotations

from twiceshy.adapters._process import Git
from twiceshy.errors import GitError

_PARTIAL = r"^(extensions\.partialclone|remote\..*\.promisor)$"


def is_partial(git: Git) -> bool:
    """Whether the repository was cloned with a filter."""
    return bool(git.run("config", "--get-regexp", _PARTIAL, fine=(0, 1)))


def unreadable(git: Git, shas: list[str], head: str) -> set[str]:
    """Those of the commits `shas` that touch a file whose content is not here, before or after."""
    listed = git.run("rev-list", "--objects", "--missing=print", "--no-object-names", head, "--")
    missing = {line[1:].decode("ascii") for line in listed.split(b"\n") if line.startswith(b"?")}
    question = "".join(f"{sha}\n" for sha in shas).encode()
    trees: dict[str, str] = {}
    parents: dict[str, list[str]] = {}
    with git.stream("rev-list", "--no-walk=unsorted", "--stdin", "--format=%H %T %P", question=question) as output:
        for line in output:
            if not line.startswith(b"commit "):
                sha, tree, *above = line.decode("ascii").split()
                trees[sha], parents[sha] = tree, above
    bare = {sha for sha, tree in trees.items() if tree in missing}
    gone = bare | {sha for sha, above in parents.items() if not bare.isdisjoint(above)}
    rest = "".join(f"{sha}\n" for sha in shas if sha not in gone).encode()
    sha = ""
    try:
        with git.stream("diff-tree", "--stdin", "--root", "-r", "--raw", "--no-renames", question=rest) as output:
            for line in output:
                if not line.startswith(b":"):
                    sha = line.strip().decode("ascii")
                elif not missing.isdisjoint(line.decode("utf-8", "replace").split(" ", 4)[2:4]):
                    gone.add(sha)
    except GitError:  # folders are missing as well: whoever reads will find out which
        return gone
    return gone
