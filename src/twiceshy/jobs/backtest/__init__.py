"""backtest: what would these guards have said about the past, and was it about mistakes?

That a line was changed later by some fix says nothing: it holds for any line. What separates is whether a small fix
took the very line out (docs/why.md has the figures), and even that only beside a control and a person's judgement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from twiceshy.errors import InvalidGuard
from twiceshy.guards import fires, matches_path, validate
from twiceshy.jobs.backtest.aftermath import Aftermath
from twiceshy.jobs.backtest.control import matched
from twiceshy.jobs.backtest.firing import Spots, spots_of
from twiceshy.jobs.backtest.order import spread, to_judge
from twiceshy.jobs.backtest.queries import HOMELESS, has_home
from twiceshy.jobs.proof import Commits, speaks_on
from twiceshy.model.backtest import Backtest, Fire, Spot, Subject
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.history import PastCommit
from twiceshy.model.ports import History
from twiceshy.model.rates import Rate, Targeted

__all__ = ["EVERYTHING", "Narrowing", "backtest", "to_judge"]

ENOUGH = 30  # fires under which a rate says nothing: its interval would be 30 points wide
_FOLLOWED = 200  # fires whose later life is looked at; more make no interval narrower than a person cares for
_LINELESS = ("pair", "path", "error")


class Narrowing(NamedTuple):
    """What part of history is meant: commits from the day `since` on, or not reachable from `after`; files `paths`."""

    since: str = ""
    after: str = ""
    paths: tuple[str, ...] = ()


EVERYTHING = Narrowing()


def backtest(subjects: Sequence[Subject], history: History, commits: Commits, narrowing: Narrowing) -> list[Backtest]:
    """What each guard would have said, in one pass over the lines of history for all of them."""
    chosen = {commit.number: commit for commit in _chosen(history, narrowing)}
    history.read(chosen)
    total = _total(history, chosen, narrowing)
    reasons = [_why_not(subject, history) for subject in subjects]
    able = [subject for subject, reason in zip(subjects, reasons, strict=True) if not reason]
    found = iter(spots_of([subject.guard for subject in able], history, chosen.keys(), narrowing.paths))
    days = sorted(commit.day for commit in chosen.values())
    tests = []
    for subject, reason in zip(subjects, reasons, strict=True):
        blank = Backtest(subject, total, cannot=reason, narrowed=narrowing != EVERYTHING)
        blank = replace(blank, first=days[0] if days else "", last=days[-1] if days else "")
        tests.append(blank if reason else _judged(blank, next(found), chosen, history, commits))
    return tests


def _chosen(history: History, narrowing: Narrowing) -> list[PastCommit]:
    """The commits that are meant, merges left out: what they bring in is in the commits they merge."""
    known = {commit.sha: commit for commit in history.commits()}
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


def _judged(
    blank: Backtest, spots: Spots, chosen: dict[int, PastCommit], history: History, commits: Commits
) -> Backtest:
    subject = blank.subject
    guard = subject.guard
    found = [Fire(chosen[number], tuple(spots[number])) for number in sorted(spots)]
    followed, targeted = _followed(found, subject, history)
    on_fix = speaks_on(guard, guard.fix, commits)
    return replace(
        blank,
        fires=tuple(followed),
        culprit_caught=speaks_on(guard, guard.culprit, commits),
        fix_silent=None if on_fix is None else not on_fix,
        after_lesson=sum(fire.commit.day[: len(subject.day)] > subject.day for fire in found) if subject.day else None,
        targeted=targeted,
        marks=_marks(subject, history),
    )


def _marks(subject: Subject, history: History) -> tuple[tuple[str, str], ...]:
    named = (("culprit", subject.guard.culprit), ("fix", subject.guard.fix))
    marks = [(name, commit.day) for name, sha in named if sha and (commit := history.commit(sha))]
    return (*marks, *((("lesson", subject.day),) if subject.day else ()))


def _followed(found: list[Fire], subject: Subject, history: History) -> tuple[list[Fire], Targeted | None]:
    """The fires with the fixes that took them back, and how often that was the case beside random lines.

    The culprit does not count: that its fix took it back is why there is a guard. Of very many fires some are followed.
    """
    guard = subject.guard
    if guard.engine in _LINELESS or not found:
        return found, None
    some = {fire.commit.number for fire in spread(found)[:_FOLLOWED]}
    fired = {fire.commit.number for fire in found}

    def speaks(file: ChangedFile) -> bool:
        return any(True for _ in fires(guard, Change([file])))

    counted = [f for f in found if f.commit.number in some and not _is(f.commit, guard.culprit)]
    drawn: list[tuple[int, Spot]] = []
    if len(found) >= ENOUGH:
        drawn = list(matched(counted, history, lambda number, _file: number not in fired, guard.digest))
    paths = {fire.spots[0].path for fire in found if fire.commit.number in some} | {spot.path for _, spot in drawn}
    later = Aftermath(history, paths)
    by_number = {commit.number: commit.sha for commit in history.commits()}

    def undone(fire: Fire) -> Fire:
        number = later.undone(fire.spots[0], fire.commit.number, speaks) if fire.commit.number in some else 0
        return fire._replace(undone_by=by_number.get(number, ""))

    followed = [undone(fire) for fire in found]
    if len(found) < ENOUGH:
        return followed, None
    hits = sum(bool(fire.undone_by) for fire in followed if not _is(fire.commit, guard.culprit))
    chance = sum(bool(later.undone(spot, number)) for number, spot in drawn)
    return followed, Targeted(Rate(hits, len(counted)), Rate(chance, len(drawn)))


def _is(commit: PastCommit, revision: str) -> bool:
    return bool(revision) and commit.sha.startswith(revision.lower())
