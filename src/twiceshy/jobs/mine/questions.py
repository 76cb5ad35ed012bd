"""Reverts that nobody explained: a revert is a question to its author, and a lesson only once it is answered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from twiceshy.jobs.messages.prose import subject_of
from twiceshy.jobs.messages.reverts import Removal, removal_in
from twiceshy.jobs.mine.accounts import Account
from twiceshy.jobs.mine.likeness import bare_subject
from twiceshy.model.candidate import Question
from twiceshy.model.history import PastCommit

_EXPLAINED = 10  # words of its own; below them 4 % of messages explain anything
_A_DAY = 86_400  # seconds
_RELAND = 14 * _A_DAY  # seconds within which what comes back was meant to


def unexplained(account: Account) -> Removal | None:
    """What a commit takes back by its id without a reason; None if it gives one, or takes back a revert."""
    removal = removal_in(account.commit) if account.prose.words < _EXPLAINED else None
    return removal if removal and removal.targets and removal.what and not removal.returns else None


def questions(
    reverts: Sequence[Removal], commits: Iterable[PastCommit], known: Container[str], most: int
) -> list[Question]:
    """At most `most` questions about reverts without a reason, but none that `known` ids answer.

    What had stood for a day comes first, then the newest; a person is asked once about one day. What came back within
    two weeks was a matter of order, and nobody is asked.
    """
    named = {one.targets[0][:7] for one in reverts}
    by_id, again = _looked_up(commits, named, {_what(one.commit) for one in reverts})
    days: dict[tuple[str, str], list[Question]] = {}
    for removal in reversed(reverts):
        commit = removal.commit
        if commit.sha[:7] not in known and not _came_back(commit, again):
            days.setdefault((commit.email, commit.day), []).append(_question(removal, by_id))
    asked = sorted((of[0] for of in days.values()), key=lambda one: not _had_stood(one, by_id))
    return asked[:most]


def _had_stood(question: Question, by_id: Mapping[str, PastCommit]) -> bool:
    old = by_id.get(question.reverted[:7])
    return old is not None and question.revert.time - old.time >= _A_DAY


def _looked_up(
    commits: Iterable[PastCommit], named: Container[str], subjects: Container[str]
) -> tuple[dict[str, PastCommit], dict[str, list[int]]]:
    """The commits with these ids, and the times at which something with these subjects was done."""
    by_id: dict[str, PastCommit] = {}
    again: dict[str, list[int]] = {}
    for commit in commits:
        if commit.sha[:7] in named:
            by_id[commit.sha[:7]] = commit
        subject = bare_subject(commit)
        if subject in subjects and not subject_of(commit).lower().startswith("revert"):
            again.setdefault(subject, []).append(commit.time)
    return by_id, again


def _what(revert: PastCommit) -> str:
    """The bare subject of what a commit takes back."""
    return bare_subject(revert).strip("\"“”' ")


def _question(removal: Removal, by_id: Mapping[str, PastCommit]) -> Question:
    commit, target = removal.commit, removal.targets[0]
    old = by_id.get(target[:7])
    what = subject_of(old) if old else removal.what
    greeting = f"{commit.author.split()[0]}, on" if commit.author.split() else "On"
    when = f" of {old.day}" if old else ""
    words = (
        f"{greeting} {commit.day} you took back “{what}” ({target[:8]}{when}) in {commit.sha[:8]}, and the reason is"
        " not written down. What went wrong with it, and what must be different before it may come back?"
        " Two sentences are enough; they would go into our lessons with your name beside them."
    )
    return Question(commit, target, words)


def _came_back(revert: PastCommit, again: Mapping[str, list[int]]) -> bool:
    return any(0 < time - revert.time <= _RELAND for time in again.get(_what(revert), ()))
