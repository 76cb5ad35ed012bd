"""Where the repository is, found without starting git: a hook and a search cannot afford the process."""

from __future__ import annotations

import os

from twiceshy.errors import NotARepository, UsageError

_HINT = "go into a git repository, or make one with: git init"


class Place:
    """A working tree: `root` is its top folder, `git_dir` its own git directory, `common_dir` the one all share.

    All are absolute paths. A plain class, because the agent's hook needs it on every event.
    """

    __slots__ = ("common_dir", "git_dir", "root")

    def __init__(self, root: str, git_dir: str, common_dir: str) -> None:
        self.root = root
        self.git_dir = git_dir
        self.common_dir = common_dir

    @property
    def worktree(self) -> str:
        """The folder name that keeps one worktree's caches from another's, as git itself keeps them apart."""
        return "main" if self.git_dir == self.common_dir else os.path.join("worktrees", os.path.basename(self.git_dir))

    @property
    def caches(self) -> str:
        """The folder for everything derived; deleting it costs one rebuild."""
        return os.path.join(self.common_dir, "twiceshy", self.worktree)

    def relative(self, path: str) -> str:
        """`path` as a person gave it (relative to the current folder), relative to the root, with slashes.

        A symbolic link to a file is that link, as for git; what lies outside stays as it is.
        """
        folder, name = os.path.split(path)
        is_link = os.path.islink(path) and not os.path.isdir(path)
        real = os.path.join(os.path.realpath(folder), name) if is_link else os.path.realpath(path)
        try:
            inside = os.path.relpath(real, self.root)
        except ValueError:  # another drive
            return path
        return path if inside.split(os.sep)[0] == os.pardir else inside.replace(os.sep, "/")

    def inside(self, path: str) -> str:
        """`path` as a person gave it, relative to the root. Raises UsageError if no document can stand there."""
        top, real = os.path.realpath(self.root), os.path.realpath(path)
        if not real.startswith(os.path.join(top, "")):
            raise UsageError(f"{path} is not in this repository", f"choose a place under {self.root}")
        inside = os.path.relpath(real, top).replace(os.sep, "/")
        if ".git" in inside.lower().split("/"):
            raise UsageError(f"{path} is git's own", "choose a place in the working tree")
        return inside


def find_place(start: str) -> Place:
    """The working tree around the file or folder `start`, as git finds it (gitrepository-layout(5)).

    Raises NotARepository if there is none, if it is bare, or if `start` is inside the git directory itself.
    """
    at = os.path.realpath(start if os.path.isdir(start) else os.path.dirname(start))
    if os.environ.get("GIT_DIR"):
        return _from_environment(at)
    while True:
        git = os.path.join(at, ".git")
        git_dir = git if os.path.isdir(git) else _pointed(git)
        if git_dir:
            return Place(at, git_dir, _common(git_dir))
        if os.path.isfile(os.path.join(at, "HEAD")) and os.path.isdir(os.path.join(at, "objects")):
            raise NotARepository(f"{at} is a bare repository or a git directory: there are no files to look at", _HINT)
        parent = os.path.dirname(at)
        if parent == at:
            raise NotARepository(f"not a git repository: {start}", _HINT)
        at = parent


def _from_environment(at: str) -> Place:
    """Inside a git hook git says where it is."""
    git_dir = os.path.realpath(os.environ["GIT_DIR"])
    root = os.environ.get("GIT_WORK_TREE")
    if not root:
        root = at if os.environ["GIT_DIR"] != ".git" else os.path.dirname(git_dir)
        while root != os.path.dirname(root) and not os.path.exists(os.path.join(root, ".git")):
            root = os.path.dirname(root)
    if not os.path.isdir(git_dir) or not os.path.isdir(root):
        raise NotARepository(f"GIT_DIR points to {git_dir}, which is no repository", "unset GIT_DIR, or correct it")
    return Place(os.path.realpath(root), git_dir, _common(git_dir))


def _pointed(git: str) -> str:
    """What a `.git` file points to: worktrees and submodules keep their git directory elsewhere."""
    try:
        with open(git, encoding="utf-8", errors="surrogateescape") as file:
            first = file.read(4096).strip()
    except OSError:
        return ""
    if not first.startswith("gitdir:"):
        return ""
    target = os.path.join(os.path.dirname(git), first.removeprefix("gitdir:").strip())
    return os.path.realpath(target) if os.path.isdir(target) else ""


def _common(git_dir: str) -> str:
    try:
        with open(os.path.join(git_dir, "commondir"), encoding="utf-8", errors="surrogateescape") as file:
            return os.path.realpath(os.path.join(git_dir, file.read().strip()))
    except OSError:
        return git_dir
