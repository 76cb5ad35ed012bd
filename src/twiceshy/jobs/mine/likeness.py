"""Which commits tell of one mistake: cherry-picks, backports, the same words again, a series that blames one commit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from twiceshy.jobs.messages.prose import COMMIT_ID, subject_of, words_in
from twiceshy.model.history import PastCommit

_PICKED = re.compile(
    r"\(?(?:cherry[- ]picked from|backport(?:ed)? (?:of|from)|picked from)(?: commit)?:? +([0-9a-f]{7,40})\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\b(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?):? (?:[\w./-]+)?#(\d+)", re.IGNORECASE)
_TAIL = re.compile(
    r"\s*\((?:#|GH-)\d+\)|\[[^\]]*\]\s*|^(?:backport|cherry-?pick)\b[^:]*:\s*|^(?:re-?apply|revert)\b\s*", re.IGNORECASE
)
_SAME = 0.6  # share of three-word runs that two texts of one mistake have in common
_NEAR = 0.5  # share of words that two subjects of one series have in common
_SERIES = 3 * 86_400  # seconds
_TELLING = 4  # words; shorter subjects are the same by chance
_DIGITS = 10  # no forge has numbered as many
_STOP = frozenset("a an and at by fix fixed fixes for from if in is it of on or the to when with".split())


def bare_subject(commit: PastCommit) -> str:
    """The subject without what a second branch or a pull request adds to it."""
    return " ".join(_TAIL.sub(" ", subject_of(commit)).lower().split())


def picked_from(message: str) -> list[str]:
    """The ids of the commits that a message says it was picked from."""
    return [match[1] for match in _PICKED.finditer(message)]


def closed_in(text: str) -> set[int]:
    """The numbers of the issues that a text says it closes, as forges read them."""
    return {int(match[1]) for match in _CLOSED.finditer(text) if len(match[1]) < _DIGITS}


def is_same(one: PastCommit, other: PastCommit, files: Mapping[int, frozenset[str]]) -> bool:
    """Whether two commits tell of one mistake; `files` are the paths that each of them changed."""
    if is_twin(one, other):
        return True
    if _names(one, other) or _names(other, one):
        return True
    if _share(_runs(one.message), _runs(other.message)) >= _SAME:
        return True
    return bool(closed_in(one.message) & closed_in(other.message)) or _is_series(one, other, files)


def is_twin(one: PastCommit, other: PastCommit) -> bool:
    """Whether one commit did on another branch, or a second time, what the other did, by its subject."""
    subject = bare_subject(one)
    return subject == bare_subject(other) and len(subject.split()) >= _TELLING


def _names(one: PastCommit, other: PastCommit) -> bool:
    """Whether `one` was picked from `other`, or speaks of it and of nothing else by id."""
    return any(other.sha.startswith(sha) for sha in picked_from(one.message))


def _is_series(one: PastCommit, other: PastCommit, files: Mapping[int, frozenset[str]]) -> bool:
    blamed = _ids(one.message) & _ids(other.message)
    shared = files.get(one.number, frozenset()) & files.get(other.number, frozenset())
    if not shared and (one.number in files or other.number in files):
        return False
    near = _share(_heads(one), _heads(other))
    close = one.author == other.author and abs(one.time - other.time) <= _SERIES
    return bool(blamed) or (close and near >= _NEAR)


def _ids(message: str) -> set[str]:
    return {match[0][:7] for match in COMMIT_ID.finditer(message) if not match[0].isdigit()}


def _heads(commit: PastCommit) -> frozenset[str]:
    return frozenset(words_in(subject_of(commit))) - _STOP


def _runs(message: str) -> frozenset[str]:
    words = words_in(message)
    return frozenset(" ".join(words[at : at + 3]) for at in range(len(words) - 2))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def clusters(ranked: Sequence[PastCommit], files: Mapping[int, frozenset[str]]) -> list[list[PastCommit]]:
    """Groups of commits that tell of one mistake, each led by its best, in the order of `ranked`."""
    groups: list[list[PastCommit]] = []
    for commit in ranked:
        group = next((group for group in groups if any(is_same(commit, known, files) for known in group)), None)
        if group is None:
            groups.append([commit])
        else:
            group.append(commit)
    return groups


def is_retold(text: str, told: str) -> bool:
    """Whether most of what a text says stands in what was told already, as squashed commits repeat a pull request."""
    runs = _runs(text)
    return bool(runs) and len(runs & _runs(told)) >= _SAME * len(runs)
