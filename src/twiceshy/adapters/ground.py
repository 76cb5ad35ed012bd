"""What a repository holds now: which files of code hold a word, and where files that are gone went."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from twiceshy.adapters._process import Git
from twiceshy.adapters._removals import read_removals
from twiceshy.adapters._words import PROSE
from twiceshy.adapters.git import GitRepository
from twiceshy.errors import GitError

_WORD = re.compile(rb"[A-Za-z_$][\w$]*")
_LARGEST, _BUDGET = 1_000_000, 200_000_000
_BESIDE = (*PROSE, ".po", ".pot", ".json", ".csv", ".tsv", ".xml")
_MOST_MOVES = 10
_RENAMES = (
    *("log", "--no-walk=unsorted", "-M", "-l1000", "--diff-filter=R", "--name-status", "-z", "--format="),
    *("--no-color", "--no-show-signature", "--no-ext-diff"),
)


class Ground:
    """The working tree of a repository, and the moves in its history."""

    def __init__(self, repository: GitRepository) -> None:
        self._repository = repository
        self._root = str(repository.root)
        self._git = Git(self._root, GIT_DIR=str(repository.git_dir), GIT_WORK_TREE=self._root)

    def holding(self, words: Iterable[str]) -> dict[str, frozenset[str]]:
        """The files of code that hold each of `words`; prose, binary and huge files are left out.

        One pass over at most 200 MB: a name is looked for among each file's names, anything else by its longest part
        first.
        """
        found: dict[str, set[str]] = {word: set() for word in words}
        keys: dict[bytes, list[str]] = {}
        for word in found:
            keys.setdefault(max(_WORD.findall(word.encode()), key=len, default=b""), []).append(word)
        left = _BUDGET if keys else 0
        for path in self._repository.files() if keys else ():
            content = self._content(path)
            left -= len(content)
            if left < 0:
                break
            for key in keys.keys() & set(_WORD.findall(content)):
                for word in keys[key]:
                    if word.encode() == key or word.encode() in content:
                        found[word].add(path)
        return {word: frozenset(paths) for word, paths in found.items()}

    def _content(self, path: str) -> bytes:
        if path.lower().endswith(_BESIDE):
            return b""
        full = os.path.join(self._root, path)
        try:
            if os.path.islink(full):
                return b""
            with open(full, "rb") as file:
                content = file.read(_LARGEST + 1)
        except OSError:
            return b""
        return content if len(content) <= _LARGEST and b"\0" not in content[:8000] else b""

    def moved(self, paths: Iterable[str]) -> dict[str, str]:
        """Where files went that are not in the last commit any more, move after move; "" where they are gone."""
        there = {path for path, _ in self._repository.tree("HEAD")}
        now = {path: path for path in paths if path not in there}
        removed = self._removals() if now else {}
        for _ in range(_MOST_MOVES):
            moves = self._moves({place: removed.get(place, "") for place in now.values() if place not in there})
            if not moves:
                break
            now = {path: moves.get(place, place) for path, place in now.items()}
        return {path: place if place in there else "" for path, place in now.items()}

    def _removals(self) -> dict[str, str]:
        """Every path that a commit took away, with the newest such commit; nothing if history cannot be read."""
        found: dict[str, str] = {}
        with suppress(GitError):
            folder = str(self._repository.common_dir)
            for commit, paths in read_removals(self._git.run, folder, self._repository.head()):
                for path in paths:
                    found.setdefault(path, commit.sha)
        return found

    def _moves(self, removed: Mapping[str, str]) -> dict[str, str]:
        """Where the commits that removed these paths moved them, as far as they did."""
        commits = sorted({commit for commit in removed.values() if commit})
        if not commits:
            return {}
        try:
            parts = self._git.run(*_RENAMES, *commits, "--").decode("utf-8", "surrogateescape").split("\0")
        except GitError:
            return {}
        found: dict[str, str] = {}
        for at, part in enumerate(parts[:-2]):
            if re.fullmatch(r"\s*R\d+", part) and parts[at + 1] in removed:
                found.setdefault(parts[at + 1], parts[at + 2])
        return found
