"""How a tombstone speaks: as a lesson with one guard, so that every surface says it the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256

from twiceshy.jobs.tombstones.words import is_in, pattern_of
from twiceshy.model.card import LessonCard
from twiceshy.model.change import ChangedFile
from twiceshy.model.glob import glob_of
from twiceshy.model.guard import Guard
from twiceshy.model.tombstone import SHIELD, Tombstone

KIND = "tombstone"
_NAMED = 3


def is_awake(tombstone: Tombstone, today: date) -> bool:
    """Whether enough days have passed: before, what was taken out is put back on purpose."""
    try:
        return date.fromisoformat(tombstone.day) + timedelta(days=SHIELD) <= today
    except (ValueError, OverflowError):
        return True


class Watchman:
    """Knows which tombstones stand at which path; `sees` says whether a commit is part of what a change is based on.

    What one commit took out is told once, at the first file it comes back to.
    """

    def __init__(self, tombstones: Iterable[Tombstone], sees: Callable[[str], bool], level: str) -> None:
        self._sees = sees
        self._level = level
        self._told: set[str] = set()
        self._by_path: dict[str, list[Tombstone]] = {}
        for tombstone in tombstones:
            for path in {tombstone.path, tombstone.named} - {""}:
                self._by_path.setdefault(path, []).append(tombstone)

    def cards(self, file: ChangedFile, old_text: Callable[[str], str | None]) -> list[LessonCard]:
        """What comes back with this change of a file; `old_text` reads a path's text before it, where `file` cannot.

        A word speaks for the newest removal only.
        """
        standing = [*self._by_path.get(file.path, ()), *self._by_path.get(file.old_path or "", ())]
        if not standing or not file.hunks:
            return []
        added = file.added().data.decode("utf-8", "replace")
        back = {word for tombstone in standing for word in tombstone.words if is_in(word, added)}
        if not back:
            return []
        old = file.old_text()
        before = (old_text(file.old_path or file.path) if old is None and file.status != "added" else old) or ""
        back = {word for word in back if not is_in(word, before)}
        found = []
        for tombstone in sorted(standing, key=lambda one: one.day, reverse=True):
            words = [word for word in tombstone.words if word in back]
            if words and self._sees(tombstone.commit):
                back.difference_update(words)
                if tombstone.commit not in self._told:
                    found.append(card_of(tombstone, words, file.path, self._level))
                self._told.add(tombstone.commit)
        return found


def card_of(tombstone: Tombstone, words: Sequence[str], path: str, level: str = "advise") -> LessonCard:
    """A lesson that says that `words` come back to `path`, with the guard that recognises it."""
    named = ", ".join(f"`{word}`" for word in words[:_NAMED])
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    verb = "comes" if len(words) == 1 else "come"
    pronoun = "it" if len(words) == 1 else "them"
    guard = guard_of(tombstone, words, (path,), level)
    return LessonCard(
        id=tombstone.removal,
        title=f"{named}{more} {verb} back: commit {tombstone.commit[:8]} took {pronoun} out of this file",
        kind=KIND,
        status="active",
        path=tombstone.document,
        line=tombstone.line,
        end_line=tombstone.line,
        date=tombstone.day,
        takeaway=f"{named}{more} {verb} back to this file; commit {tombstone.commit[:8]} took {pronoun} out on "
        f"{tombstone.day} ({what_of(tombstone)}, {tombstone.author}).",
        instead=f"Read `git show {tombstone.commit[:8]}` first; if that no longer holds, `twiceshy tombstones bury "
        f"{tombstone.id}` with the reason.",
        guards=(guard,),
    )


def guard_of(tombstone: Tombstone, words: Sequence[str], paths: Sequence[str], level: str = "advise") -> Guard:
    """What recognises that `words` come back to one of `paths`; the same guard for any of the tombstone's words."""
    return Guard(
        tombstone.id,
        "added",
        [pattern_of(word) for word in words],
        why=why_of(tombstone),
        paths=tuple(glob_of(path) for path in paths),
        level=level,
        lesson=tombstone.removal,
        path=tombstone.document,
        line=tombstone.line,
        digest=sha256(repr((tombstone.id, tombstone.words)).encode("utf-8", "surrogatepass")).hexdigest(),
    )


def what_of(tombstone: Tombstone) -> str:
    """The removal in a few words."""
    if tombstone.lesson:
        return f"the fix of {tombstone.lesson}: {tombstone.what}"
    return f"revert of “{tombstone.what}”"


def why_of(tombstone: Tombstone) -> str:
    """The reason as it was written, and what it names."""
    reason = f"The reason given: {tombstone.reason}" if tombstone.reason else "No reason was written."
    named = f" It names {', '.join(tombstone.issues)}." if tombstone.issues else ""
    return reason + named
