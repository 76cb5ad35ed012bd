"""settle: what came of a finding, as the repository shows it: the same guard is asked about what was done since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Protocol

from twiceshy.errors import GitError, InvalidGuard
from twiceshy.guards import fires
from twiceshy.guards._fingerprint import fingerprint
from twiceshy.guards._suppress import MARK, suppressions_in
from twiceshy.model.change import Change, ChangedFile, Match
from twiceshy.model.event import OPEN
from twiceshy.model.guard import Guard
from twiceshy.model.outcome import Delivery

_TOGETHER = 100


class Afterwards(Protocol):
    """The part of a repository that tells what became of a change."""

    def head(self) -> str:
        """The commit that is checked out."""

    def is_ours(self, worktree: str) -> bool:
        """Whether what was judged in this worktree can be looked for here."""

    def commits_since(self, head: str, paths: Sequence[str]) -> list[str]:
        """Commits that `head` does not hold and that touch a path, oldest first."""

    def moved_on(self, head: str) -> bool:
        """Whether work went on from `head`."""

    def commit_changes(self, sha: str) -> Iterator[ChangedFile]:
        """What a commit changed."""

    def changes_since(self, base: str) -> Iterator[ChangedFile]:
        """What lies between `base` and the commit that is checked out."""

    def pending(self, paths: Sequence[str]) -> Iterator[ChangedFile]:
        """What is not committed yet in these files."""


Settled = tuple[Delivery, str, dict[str, str]]


def settle(found: Iterable[Delivery], past: Afterwards, guards: Mapping[str, Guard], today: date) -> Iterator[Settled]:
    """For each open delivery that can be decided: it, its outcome, and what else is known (`reason`, `commit`).

    A finding that is in a commit made since was overridden, or suppressed if a comment there says so; one that is
    neither in a commit nor pending any more when work has gone on was heeded. Everything else stays open: a guard that
    was changed or is gone, a command, a change of unknown origin, work that waits on another branch.
    """
    groups: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in found:
        event = delivery.event
        guard = guards.get(event.guard)
        told = event.head and event.path and delivery.end is None and delivery.outcome == OPEN
        if told and guard and guard.digest == event.digest and past.is_ours(event.worktree):
            groups.setdefault((event.base, event.head), []).append(delivery)
    for (base, head), members in groups.items():
        for at in range(0, len(members), _TOGETHER):
            with suppress(GitError):  # a commit that git has forgotten: they stay open
                yield from _Group(members[at : at + _TOGETHER], past, guards, today).settled(base, head)


class _Group:
    """Deliveries about changes that began at the same place, and what is still to be decided among them."""

    def __init__(self, members: Sequence[Delivery], past: Afterwards, guards: Mapping[str, Guard], today: date) -> None:
        self.waiting = {delivery.event.print: delivery for delivery in members}
        self.paths = sorted({delivery.event.path for delivery in members})
        self.past = past
        self.guards = list({name: guards[name] for name in (one.event.guard for one in members)}.values())
        self.today = today

    def settled(self, base: str, head: str) -> Iterator[Settled]:
        """What came of each, as far as it can be said."""
        if base == head:
            for sha in self.past.commits_since(head, self.paths):
                for delivery, reason in self._seen(self.past.commit_changes(sha)):
                    yield delivery, _kept(reason), {"reason": reason, "commit": sha}
        for delivery, reason in self._seen(self.past.pending(self.paths)) if self.waiting else ():
            if reason:
                yield delivery, _kept(reason), {"reason": reason}
        if not self.waiting or not self.past.moved_on(head):
            return
        if base != head:
            for delivery, reason in self._seen(self.past.changes_since(base)):
                yield delivery, _kept(reason), {"reason": reason, "commit": self.past.head()}
        for delivery in self.waiting.values():
            yield delivery, "heeded", {}

    def _seen(self, files: Iterable[ChangedFile]) -> Iterator[tuple[Delivery, str]]:
        """The deliveries whose guard speaks about the same line here, which then wait no more; and why it is silenced.

        A change is read whole only if a guard wants to see it whole.
        """
        whole = any(guard.engine == "pair" for guard in self.guards)
        kept = [file for file in files if whole or {file.path, file.old_path} & set(self.paths)]
        self._leave({file.path for file in kept if file.skipped}, "path")
        change, by_path = Change(kept), {file.path: file for file in kept}
        for guard in self.guards if kept else ():
            for match in self._matches(guard, change):
                file = by_path[match.path]
                for path in (file.path, file.old_path or ""):
                    delivery = self.waiting.pop(fingerprint(guard.id, path, match.text), None)
                    if delivery:
                        yield delivery, _silence(guard, match, file, self.today)

    def _matches(self, guard: Guard, change: Change) -> list[Match]:
        try:
            return list(fires(guard, change))
        except InvalidGuard:
            self._leave({guard.id}, "guard")
            return []

    def _leave(self, names: set[str], what: str) -> None:
        """Stop waiting for the deliveries of these paths or guards: nobody can look, so they stay open."""
        if names:
            left = {key: one for key, one in self.waiting.items() if getattr(one.event, what) not in names}
            self.waiting = left


def _kept(reason: str) -> str:
    return "suppressed" if reason else "overridden"


def _silence(guard: Guard, match: Match, file: ChangedFile, today: date) -> str:
    """The reason of the comment that silences a guard at a match, "" if there is none."""
    text = (file.new_text if match.side == "new" else file.old_text)() or ""
    if MARK not in text:
        return ""
    for mark in suppressions_in(text):
        silences = guard.id in mark.ids and not mark.problems and mark.until >= today.isoformat()
        if silences and match.line - 1 <= mark.line <= match.end_line:
            return mark.reason
    return ""
