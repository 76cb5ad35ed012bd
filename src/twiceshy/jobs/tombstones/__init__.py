"""Tombstones: what reverts, and the fixes that lessons name, took out of files for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, Protocol

from twiceshy.jobs.messages.reverts import Removal, removal_in
from twiceshy.jobs.tombstones.words import holds_code, is_in, strongest, words_of
from twiceshy.model.history import PastCommit, PastFile
from twiceshy.model.ports import History
from twiceshy.model.tombstone import Tombstone, removal_id

RARE = 3
"""How many other files may hold a word that is still worth remembering. With any number, one in four returns in ten
histories was a name of the whole project."""
_MOST_LINES = 2000  # what takes more out of one file at once takes out everything, and not one mistake


class Ground(Protocol):
    """What a repository holds now."""

    def moved(self, paths: Iterable[str]) -> Mapping[str, str]:
        """Where files went that are not in the last commit any more; "" where they are gone."""

    def holding(self, words: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The files of code that hold each of `words`, which are names, flags and the like."""


class _Grave(NamedTuple):
    """A file that a removal took `words` out of; `alone` if the commit changed no other file."""

    removal: Removal
    path: str
    words: frozenset[str]
    alone: bool


def removals_in(commits: Iterable[PastCommit]) -> list[Removal]:
    """Every revert among `commits`, in their order."""
    return [removal for commit in commits if (removal := removal_in(commit))]


def is_ended(commit: str, ended: frozenset[str]) -> bool:
    """Whether `commit` (a full id) is among the ids `ended`, which may be short."""
    return commit in ended or any(len(target) < len(commit) and commit.startswith(target) for target in ended)


def tombstones_of(history: History, removals: Sequence[Removal], ground: Ground) -> list[Tombstone]:
    """What these removals took out for good, oldest first; it reads their lines, and those of what they took back.

    A word counts if the revert adds no line with it, the file does not hold it afterwards, what was reverted had
    brought it (as far as that is known), and at most `RARE` other files hold it now.
    """
    last = [removal for removal in removals if not (removal.returns or _returns(history, removal))]
    targets = {removal.commit.number: _targets(history, removal) for removal in last}
    history.read({*targets, *(number for numbers in targets.values() for number in numbers)})
    graves = [grave for removal in last for grave in _graves(history, removal, targets[removal.commit.number])]
    held = ground.holding({word for grave in graves for word in grave.words})
    paths = ground.moved({grave.path for grave in graves})
    found = (_tombstone(grave, held, paths.get(grave.path, grave.path)) for grave in graves)
    return [tombstone for tombstone in found if tombstone]


def _returns(history: History, removal: Removal) -> bool:
    """Whether it takes back a revert, whatever its own words are."""
    commits = [history.commit(target) for target in removal.targets if not removal.lesson[0]]
    reverts = [removal_in(commit) for commit in commits if commit]
    return any(revert is not None and not revert.returns for revert in reverts)


def _targets(history: History, removal: Removal) -> list[int]:
    """The numbers of what it takes back; none if one of them is not known or has no lines of its own."""
    commits = [history.commit(target) for target in removal.targets]
    known = [commit.number for commit in commits if commit and not commit.is_merge]
    return known if len(known) == len(commits) else []


def _graves(history: History, removal: Removal, targets: Sequence[int]) -> list[_Grave]:
    files = list(history.files([removal.commit.number]))
    brought = _brought(history, targets) if targets else None
    graves = []
    for file in files:
        words = _words(history, file)
        words = words if brought is None else words & brought
        if words:
            graves.append(_Grave(removal, file.path, frozenset(words), len(files) == 1))
    return graves


def _brought(history: History, targets: Sequence[int]) -> set[str]:
    """The words in the lines that these commits added."""
    found: set[str] = set()
    for file in history.files(targets):
        if not file.skipped and file.added <= _MOST_LINES and _is_ours(history, file.path):
            lines = [line for hunk in history.changed_file(file).hunks for line in hunk.added]
            found |= words_of(lines, file.path)
    return found


def _words(history: History, file: PastFile) -> set[str]:
    """The distinctive words that the commit took out of `file` for good."""
    if file.skipped or file.status in ("added", "deleted") or not 0 < file.removed <= _MOST_LINES:
        return set()
    if not _is_ours(history, file.path):
        return set()
    changed = history.changed_file(file)
    words = words_of((line for hunk in changed.hunks for line in hunk.removed), file.path)
    words -= words_of((line for hunk in changed.hunks for line in hunk.added), file.path)
    text = changed.new_text() if words else None
    return {word for word in words if not is_in(word, text)} if text is not None else set()


def _is_ours(history: History, path: str) -> bool:
    """Whether a file is code that somebody maintains here."""
    return holds_code(path) and not history.is_generated(path)


def _tombstone(grave: _Grave, held: Mapping[str, frozenset[str]], path: str) -> Tombstone | None:
    """None if none of the words is rare."""
    own = {grave.path, path}
    others = {word: len(held.get(word, frozenset()) - own) for word in grave.words}
    words = strongest((word for word, count in others.items() if count <= RARE), others)
    if not words:
        return None
    removal = grave.removal
    commit = removal.commit
    ending = "" if grave.alone else f"-{sha256(grave.path.encode('utf-8', 'surrogateescape')).hexdigest()[:4]}"
    return Tombstone(
        id=removal_id(commit.sha) + ending,
        commit=commit.sha,
        day=commit.day,
        author=commit.author,
        what=removal.what or commit.subject,
        reason=removal.reason,
        issues=removal.issues,
        named=grave.path,
        path=path,
        words=words,
        lesson=removal.lesson[0],
        document=removal.lesson[1],
        line=removal.lesson[2],
    )
