"""What a proposed guard would have said to every other commit of a history, counted quickly."""

from __future__ import annotations

from collections.abc import Sequence

from twiceshy.guards import fires, matches_path, needs
from twiceshy.guards._regex import patterns_of
from twiceshy.guards.pair import sides
from twiceshy.jobs.messages.fixes import is_fix
from twiceshy.jobs.suggest._tokens import escaped
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.guard import Guard
from twiceshy.model.history import PastFile, Query
from twiceshy.model.ports import History
from twiceshy.model.suggestion import Noise

SMALL = 4000
"""Commits of a history that is read at once because it takes seconds only."""


def can_listen(history: History) -> bool:
    """Whether all lines of the history are read, or soon will be."""
    coverage = history.coverage
    missing = coverage.unread.get("not read yet", 0)
    return bool(coverage.commits) and (not missing or coverage.commits <= SMALL)


def listen(guards: Sequence[Guard], history: History, culprit: str) -> list[Noise]:
    """The noise of each guard over the whole history; its lines are read as far as they are not."""
    history.read()
    queries = [_query(guard) for guard in guards]
    queries += [Query("removed", patterns_of(g.pattern, "added"), g.paths) for g in guards if g.engine == "added"]
    removed_at = {
        place: len(guards) + n for n, place in enumerate(i for i, g in enumerate(guards) if g.engine == "added")
    }
    spoke: dict[int, set[tuple[int, str]]] = {place: set() for place in range(len(queries))}

    def judge(place: int, _file: PastFile, changed: ChangedFile) -> list[int]:
        if place >= len(guards):
            return [1]
        return [1] if next(fires(guards[place], Change([changed])), None) else []

    for place, file, _ in history.each(queries, judge):
        spoke[place].add((file.commit, file.path))
    for place, guard in enumerate(guards):
        if guard.engine == "pair":
            spoke[place] = {(n, path) for n, path in spoke[place] if not _followed(guard, n, history)}
    return [_counted(place, spoke, removed_at.get(place, -1), history, culprit) for place in range(len(guards))]


def _followed(guard: Guard, number: int, history: History) -> bool:
    """Whether a commit also touched what a pair wants to follow."""
    unchanged = sides(guard)[1]
    return any(matches_path(path, unchanged) for file in history.files([number]) for path in (file.path, file.old_path))


def _counted(place: int, spoke: dict[int, set[tuple[int, str]]], gone: int, history: History, culprit: str) -> Noise:
    own = history.commit(culprit)
    others = {(number, path) for number, path in spoke[place] if not own or number != own.number}
    messages = {commit.number: commit.message for commit in history.commits()} if others else {}
    removals = [(number, path) for number, path in spoke.get(gone, ()) if (number, path) not in spoke[place]]
    mends = [(n, path) for n, path in removals if is_fix(messages.get(n, ""))]
    mended = {number for number, path in others if any(other == path and n > number for n, other in mends)}
    return Noise(history.coverage.read, len({number for number, _ in others}), len(mended))


def _query(guard: Guard) -> Query:
    """The files of the past in which `guard` could speak."""
    if guard.engine in ("added", "removed"):
        return Query(guard.engine, patterns_of(guard.pattern, guard.engine), guard.paths)
    if guard.engine == "pair":
        return Query("added", (guard.when_added,) if guard.when_added else (), sides(guard)[0])
    needle = max(needs(guard), key=len, default="")
    return Query("added", (escaped(needle),) if needle and guard.engine == "ast" else (), guard.paths)
