"""backtest: what would these guards have said about the past, and was it about mistakes?

That a line was changed later by some fix says nothing: it holds for any line. What separates is whether a small fix
took the very line out (docs/why.md has the figures), and even that only beside a control and a person's judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from twiceshy.errors import InvalidGuard
from twiceshy.guards import matches_path, validate
from twiceshy.jobs.backtest.firing import spots_of
from twiceshy.jobs.backtest.following import Followed, follow
from twiceshy.jobs.backtest.order import to_judge
from twiceshy.jobs.backtest.queries import HOMELESS, has_home
from twiceshy.jobs.proof import Commits, speaks_on
from twiceshy.model.backtest import Backtest, Fire, Subject
from twiceshy.model.history import PastCommit
from twiceshy.model.ports import History

__all__ = ["EVERYTHING", "Narrowing", "backtest", "to_judge"]


class Narrowing(NamedTuple):
    """What part of history is meant: commits from the day `since` on, or not reachable from `after`; files `paths`."""

    since: str = ""
    after: str = ""
    paths: tuple[str, ...] = ()


EVERYTHING = Narrowing()


def backtest(subjects: Sequence[Subject], history: History, diffs: Commits, narrowing: Narrowing) -> list[Backtest]:
    """What each guard would have said, in one pass over the lines of history for all of them."""
    commits = history.commits()
    chosen = {commit.number: commit for commit in _chosen(commits, narrowing)}
    history.read(chosen)
    reasons = [_why_not(subject, history) for subject in subjects]
    able = [subject for subject, reason in zip(subjects, reasons, strict=True) if not reason]
    spots = spots_of([subject.guard for subject in able], history, chosen.keys(), narrowing.paths)
    fires = [[Fire(chosen[number], tuple(own[number])) for number in own] for own in spots]
    found = iter(follow(able, fires, history, commits))
    days = sorted(commit.day for commit in chosen.values()) or [""]
    total = _total(history, chosen, narrowing)
    narrowed = narrowing != EVERYTHING
    tests = []
    for subject, reason in zip(subjects, reasons, strict=True):
        test = Backtest(subject, total, cannot=reason, narrowed=narrowed, first=days[0], last=days[-1])
        tests.append(test if reason else _told(test, next(found), history, diffs))
    return tests


def _chosen(commits: Sequence[PastCommit], narrowing: Narrowing) -> list[PastCommit]:
    """The commits that are meant, merges left out: what they bring in is in the commits they merge."""
    known = {commit.sha: commit for commit in commits}
    before: set[str] = set()
    waiting = [narrowing.after] if narrowing.after else []
    while waiting:
        sha = waiting.pop()
        if sha not in before and sha in known:
            before.add(sha)
            waiting += known[sha].parents
    return [
        commit
        for commit in known.values()
        if not commit.is_merge and commit.day >= narrowing.since and commit.sha not in before
    ]


def _total(history: History, chosen: dict[int, PastCommit], narrowing: Narrowing) -> int:
    """How many commits could have been spoken about."""
    if narrowing.paths:
        return len({p.commit for p in history.files(sorted(chosen)) if matches_path(p.path, narrowing.paths)})
    unread = 0 if narrowing != EVERYTHING else sum(history.coverage.unread.values())
    return max(len(chosen) - unread, 0)


def _why_not(subject: Subject, history: History) -> str:
    try:
        validate(subject.guard)
    except InvalidGuard as error:
        return f"it cannot be used: {error.message}"
    return "" if has_home(subject.guard, history) else HOMELESS[subject.guard.engine]


def _told(test: Backtest, found: Followed, history: History, diffs: Commits) -> Backtest:
    """The test with its figures; what the guard says about its own commits is asked of them as they are, merges too."""
    guard, day = test.subject.guard, test.subject.day
    on_fix = speaks_on(guard, guard.fix, diffs)
    return replace(
        test,
        fires=tuple(found.fires),
        culprit_caught=speaks_on(guard, guard.culprit, diffs),
        fix_silent=None if on_fix is None else not on_fix,
        after_lesson=sum(fire.commit.day[: len(day)] > day for fire in found.fires) if day else None,
        targeted=found.targeted,
        marks=_marks(test.subject, history),
    )


def _marks(subject: Subject, history: History) -> tuple[tuple[str, str], ...]:
    named = (("culprit", subject.guard.culprit), ("fix", subject.guard.fix))
    marks = [(name, commit.day) for name, sha in named if sha and (commit := history.commit(sha))]
    return (*marks, *((("lesson", subject.day),) if subject.day else ()))
