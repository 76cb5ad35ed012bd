"""A git repository as the house sees it: its files, its revisions, and what a change does to them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from twiceshy.adapters._commits import Commits
from twiceshy.adapters._process import OFF, OLDEST, Git, unusable
from twiceshy.adapters._texts import Loader, decoded, is_hidden, on_disk, shown, untracked
from twiceshy.adapters.diff import read_diff
from twiceshy.errors import GitError, NotARepository
from twiceshy.model.change import ChangedFile

_CUT = "--//"  # rev-parse repeats what it does not know, and no absolute path holds two slashes at such a place
_BATCH = 100  # paths on one command line: Windows allows 32,767 characters
# Everything a configuration could change in the output, and everything it could have run.
_DIFF = (
    "-U0",
    "--inter-hunk-context=0",
    "-M",
    "-l400",
    "-O/dev/null",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--submodule=short",
    "--ignore-submodules=dirty",
)
_HIT = re.compile(rb"([^\0]+)\0(\d+)\0([^\n]*)\n")


class GitRepository(Commits):
    """A repository with a working tree, read through the `git` binary.

    `root` is the top of the working tree, `git_dir` its own git directory, `common_dir` the one all worktrees share;
    `worktree` is `main` or the linked worktree's name. Paths are relative to `root`, with slashes; bytes that are not
    UTF-8 are kept by surrogateescape. Every method raises GitError if git refuses. For one thread at a time.
    """

    def __init__(self, root: Path, git_dir: Path, common_dir: Path, shallow: bool) -> None:
        self.root = root
        self.git_dir = git_dir
        self.common_dir = common_dir
        self.worktree = git_dir.name if git_dir.parent == common_dir / "worktrees" else "main"
        given = {"GIT_DIR": str(git_dir), "GIT_WORK_TREE": str(root)} if os.environ.get("GIT_DIR") else {}
        super().__init__(Git(str(root), **given), shallow)

    @classmethod
    def open(cls, start: Path) -> GitRepository:
        """The repository around the file or folder `start`, or the one GIT_DIR names (as inside a git hook).

        Raises NotARepository if there is none, it is bare, or `start` lies in the git directory; GitError if git is
        missing, older than 2.31, or does not trust the folder.
        """
        folder = start if start.is_dir() else start.parent
        if not folder.is_dir():
            raise NotARepository(f"no such folder: {folder}")
        code, output, error = Git(str(folder)).ask(
            "rev-parse",
            "--path-format=absolute",
            "--is-bare-repository",
            "--is-shallow-repository",
            *("--git-dir", _CUT, "--git-common-dir", _CUT, "--show-toplevel"),
        )
        if output.startswith(b"--path-format"):
            raise GitError(f"this git is older than {OLDEST}", "install a newer one: https://git-scm.com")
        if code:
            raise unusable(str(folder), output, error)
        _, shallow, paths = output.removesuffix(b"\n").split(b"\n", 2)
        git_dir, common_dir, root = (Path(os.fsdecode(path)) for path in paths.split(f"\n{_CUT}\n".encode()))
        return cls(root, git_dir, common_dir, shallow == b"true")

    def close(self) -> None:
        """End the process that reads objects; it also ends with the repository, and starts again when needed."""
        self._objects.close()

    def files(self) -> list[str]:
        """Every tracked path (also one deleted in the working tree) and every untracked one that is not ignored.

        A submodule is one path.
        """
        names = self._names("ls-files", "-z", "-c", "-o", "--exclude-standard", "--deduplicate")
        return [name for name in names if not name.endswith("/")]  # another repository inside this one

    def unmerged(self) -> list[str]:
        """The paths that a merge, rebase or cherry-pick left in conflict."""
        return list(dict.fromkeys(entry.partition("\t")[2] for entry in self._names("ls-files", "-z", "-u")))

    def hooks_dir(self) -> Path:
        """The folder git takes hooks from, `core.hooksPath` included; it need not exist."""
        output = self._git.run("rev-parse", "--path-format=absolute", "--git-path", "hooks")
        return Path(os.fsdecode(output.removesuffix(b"\n")))

    def tree(self, revision: str, folder: str = "") -> list[tuple[str, str]]:
        """Path and object id of every file of a commit (or below `folder`), without symbolic links and submodules."""
        return [(path, oid) for mode, oid, path in self._entries(revision, folder) if mode.startswith("100")]

    def links(self, revision: str) -> list[str]:
        """The paths of symbolic links and submodules in a commit."""
        return [path for mode, _, path in self._entries(revision) if not mode.startswith("100")]

    def blob(self, revision: str, path: str) -> bytes | None:
        """The bytes of a file at a revision (empty: the index); None if there is no such file or it is over 20 MiB."""
        return self._objects.read(f"{revision}:{path}")

    def blobs(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of many files by object id; one that is missing or over 20 MiB is left out."""
        for oid in oids:
            content = self._objects.read(oid)
            if content is not None:
                yield oid, content

    def grep(self, fixed: str, paths: Sequence[str] = ()) -> list[tuple[str, int, str]]:
        """Path, line number and line of the working tree wherever the text `fixed` (part of one line) stands.

        Looks at tracked and at untracked, not ignored files that are not binary; `paths` (files or folders) narrows it.
        """
        if not fixed or "\n" in fixed or "\0" in fixed:
            return []
        options = ("-nzIF", "--untracked", "--no-color", "--no-column", "--no-textconv", "-e", fixed, "--")
        output = self._git.run("grep", *options, *paths, fine=(0, 1))
        return [(_text(path), int(line), text.decode("utf-8", "replace")) for path, line, text in _HIT.findall(output)]

    def diff_staged(self) -> Iterator[ChangedFile]:
        """What the next commit would change."""
        self._objects.close()  # a running one goes on answering from the index as it was at its first question
        return self._changes(("diff", "--cached"), self._at("HEAD"), self._at(":0"))

    def diff_worktree(self, paths: Sequence[str] = ()) -> Iterator[ChangedFile]:
        """What differs from the last commit, staged or not; with `paths` only there, and their untracked files as well.

        Filters (`filter.*.clean`, such as Git LFS) are not run: a file that has one is compared as it lies on the disk.
        """
        names = self._names("config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$")
        filters_off = (f"--config-env={name}={OFF}" for name in dict.fromkeys(names))
        base = self.head() or self._empty_tree()
        load = partial(on_disk, self.root)
        new = self._names("ls-files", "-z", "-o", "--exclude-standard", "--", *paths) if paths else []
        tracked = self._changes((*filters_off, "diff", base), self._at(base), load, paths)
        return chain(tracked, (untracked(path, load) for path in new))

    def diff_range(self, a: str, b: str) -> Iterator[ChangedFile]:
        """What `b` has changed against `a`."""
        old, new = self.resolve(a), self.resolve(b)
        return self._changes(("diff", old, new), self._at(old), self._at(new))

    def diff_commit(self, sha: str) -> Iterator[ChangedFile]:
        """What a commit changed against its first parent; the first commit of all against nothing."""
        new = self.resolve(sha)
        # The object itself, because git hides the parents that a shallow clone lacks.
        header = (self._objects.read(new, "commit") or b"").split(b"\n", 2)
        old = header[1].removeprefix(b"parent ").decode() if header[1:2] and header[1].startswith(b"parent ") else ""
        if old and not self.has(old):
            raise GitError(f"the parent of {sha} is not here", self._where_history_is())
        old = old or self._empty_tree()
        return self._changes(("diff", old, new), self._at(old), self._at(new))

    def _changes(
        self, command: Sequence[str], old: Loader, new: Loader, paths: Sequence[str] = ()
    ) -> Iterator[ChangedFile]:
        """The files of one `git diff`, binary ones last.

        `.gitattributes` may call a file binary that is text, and a byte 0 makes one of what was text. They are read all
        the same: lock files are often marked like that, and a change must not be able to hide itself.
        """
        binary: list[ChangedFile] = []
        for file in self._diff((*command, *_DIFF, "--", *paths), old, new):
            if file.skipped == "binary":
                binary.append(file)
            else:
                yield file
        for at in range(0, len(binary), _BATCH):
            some = binary[at : at + _BATCH]
            marks = self._names("check-attr", "-z", "diff", "--", *(file.path for file in some))[2::3]
            hidden = [file for file, mark in zip(some, marks, strict=True) if is_hidden(file, mark)]
            yield from (file for file in some if file not in hidden)
            names = [name for file in hidden for name in (file.old_path, file.path) if name]
            if names:
                yield from self._diff((*command, *_DIFF, "--text", "--", *names), old, new)

    def _diff(self, command: Sequence[str], old: Loader, new: Loader) -> Iterator[ChangedFile]:
        with self._git.stream(*command) as output:
            for file in read_diff(shown(output) if "--text" in command else output):
                yield ChangedFile(
                    file.path,
                    file.hunks,
                    old_path=file.old_path,
                    status=file.status,
                    skipped=file.skipped,
                    new=None if file.status == "deleted" else partial(new, file.path),
                    old=None if file.status == "added" else partial(old, file.old_path or file.path),
                )

    def _at(self, revision: str) -> Loader:
        def load(path: str) -> str | None:
            return decoded(self._objects.read(f"{revision}:{path}"))

        return load

    def _entries(self, revision: str, folder: str = "") -> Iterator[tuple[str, str, str]]:
        for entry in self._names("ls-tree", "-rz", self.resolve(revision), *(["--", f"{folder}/"] if folder else [])):
            about, _, path = entry.partition("\t")
            yield about[:6], about.rpartition(" ")[2], path

    def _empty_tree(self) -> str:
        return self._git.run("hash-object", "-t", "tree", "--stdin").decode().strip()

    def _names(self, *command: str) -> list[str]:
        return [_text(name) for name in self._git.run(*command, fine=(0, 1)).split(b"\0") if name]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
