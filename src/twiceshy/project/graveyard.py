"""Tombstones of one working tree: brought up to date with its history, watched, buried."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters._texts import decoded
from twiceshy.adapters.files import Unreadable, read
from twiceshy.adapters.ground import Ground
from twiceshy.adapters.guardtable import Entry, stamp
from twiceshy.adapters.tombstones import Kept, digest_of, read_kept, write_kept
from twiceshy.errors import ConfigurationError, GitError, TwiceshyError, UsageError
from twiceshy.jobs.tombstones.burials import FILE, burials_in, with_burial
from twiceshy.jobs.tombstones.cards import Watchman, card_of, guard_of, is_awake
from twiceshy.jobs.tombstones.words import is_in
from twiceshy.model.tombstone import Burial
from twiceshy.project.fixes import Fix, fixes_named

if TYPE_CHECKING:
    from twiceshy.adapters.configuration import Configuration
    from twiceshy.jobs.messages.reverts import Removal
    from twiceshy.model.card import LessonCard
    from twiceshy.model.change import ChangedFile
    from twiceshy.model.guard import Guard
    from twiceshy.model.tombstone import Tombstone
    from twiceshy.project.library import Library
    from twiceshy.project.past import Past

_MOST_NEW = 5000


def level_in(configuration: Configuration) -> str:
    """How loud tombstones are: `advise` unless the configuration says otherwise."""
    return configuration.levels.get("tombstone", "advise")


def entries(library: Library) -> Iterator[Entry]:
    """What the hook's table holds of tombstones: those already known whose words are not in their file now.

    The hook must not wait for a first look at history, so nothing is looked for here.
    """
    level = level_in(library.configuration)
    kept = read_kept(library.place.caches) if library.place.common_dir and level != "off" else None
    if kept is None:
        return
    try:
        buried = burials_in(_raw(library, FILE))
        lost = _between(library, kept.head, library.git.head()) if kept.tombstones else set()
    except TwiceshyError:
        return
    for tombstone in _standing(kept):
        if _burial(tombstone, buried) or tombstone.commit in lost or not is_awake(tombstone, library.today):
            continue
        words = _absent(library, tombstone)
        if words:
            card = card_of(tombstone, words, tombstone.path, level)
            told = {"lesson": card.id, "title": card.title, "takeaway": card.takeaway, "instead": card.instead}
            yield Entry(card.guards[0], level, **told, see=card.path, line=card.line)


def guards_kept(library: Library) -> Iterator[Guard]:
    """What recognises the tombstones that are known already, one guard each."""
    kept = read_kept(library.place.caches) if library.place.common_dir else None
    for one in _standing(kept) if kept else ():
        yield guard_of(one, one.words, [path for path in {one.path, one.named} if path])


def _standing(kept: Kept) -> Iterator[Tombstone]:
    """All but those of reverts that were themselves reverted."""
    from twiceshy.jobs.tombstones import is_ended

    ended = frozenset(target for _, targets in kept.reverts for target in targets)
    return (one for one in kept.tombstones if not is_ended(one.commit, ended))


def _absent(library: Library, tombstone: Tombstone) -> list[str]:
    if not tombstone.path:
        return []
    try:
        text = read(library.absolute(tombstone.path)).text
    except Unreadable:
        return []
    return [word for word in tombstone.words if not is_in(word, text)]


def _raw(library: Library, path: str) -> bytes | None:
    from twiceshy.adapters.configuration import raw_in

    return raw_in(library.root)(path)


def _may_lack_objects(common_dir: str) -> bool:
    """Whether a clone was made with a filter: its packs say that more can be fetched from where they come from."""
    try:
        return any(name.endswith(".promisor") for name in os.listdir(os.path.join(common_dir, "objects", "pack")))
    except OSError:
        return False


def _between(library: Library, old: str, new: str) -> set[str]:
    """The commits that `old` sees and `new` does not. Raises GitError if git has forgotten one of them."""
    return set(library.git.between(new, old)) if old != new else set()


class Graveyard:
    """All tombstones as the checked out commit sees them."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self.notes: list[str] = []

    @cached_property
    def tombstones(self) -> tuple[Tombstone, ...]:
        """Up to date, oldest first; those of reverts that were themselves reverted are left out.

        What keeps them from being known is a note: a change can be judged without them.
        """
        past = self._past
        try:
            head = past.git.head()
            if not head:
                return ()
            if past.git.shallow:
                self.notes.append("this clone is shallow: what reverts beyond its edge took out is not known")
            kept = self._kept(head)
            if _may_lack_objects(past.place.common_dir) and past.history.coverage.unread.get("missing objects"):
                self.notes.append(
                    "this clone is partial: what reverts took out of files that are not here is not known"
                )
        except TwiceshyError as error:
            self.notes.append(f"what reverts took out is not known: {error.message}")
            return ()
        return tuple(_standing(kept))

    def _kept(self, head: str) -> Kept:
        """What was found last, with what has come since; found anew if that cannot be said."""
        caches = self._past.place.caches
        key = self._key()
        kept = read_kept(caches, key)
        documents = digest_of(sorted(self._past.index.stats().items()))
        fixes = kept.fixes if kept and kept.documents == documents else fixes_named(self._past)
        if kept and (kept.head, kept.documents) == (head, documents):
            return kept
        carried, new = self._carried(kept, head) if kept else (None, None)
        base = carried or Kept(head, key, documents, (), (), ())
        fresh = self._with_new(replace(base, head=head, documents=documents), new, fixes)
        write_kept(caches, fresh)
        return fresh

    def _key(self) -> str:
        """What decides what is found, beside commits and lessons: the edge of a clone, what it has, this very code."""
        from twiceshy.jobs import tombstones

        folder = os.path.dirname(tombstones.__file__)
        sources = [stamp(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".py")]
        folder = self._past.place.common_dir
        packs = stamp(os.path.join(folder, "objects", "pack")) if _may_lack_objects(folder) else ""
        return digest_of([stamp(os.path.join(folder, "shallow")), sources, packs])

    def _carried(self, kept: Kept, head: str) -> tuple[Kept | None, list[str] | None]:
        """What is kept without what `head` does not see, and the commits only it sees; nothing if they are many."""
        try:
            lost = _between(self._past, kept.head, head)
            new = self._past.git.between(kept.head, head) if kept.head != head else []
        except GitError:  # history was rewritten, and git has forgotten it
            return None, None
        if len(new) > _MOST_NEW:
            return None, None
        staying = tuple(one for one in kept.tombstones if one.commit not in lost)
        reverts = tuple(revert for revert in kept.reverts if revert[0] not in lost)
        return replace(kept, tombstones=staying, reverts=reverts), new

    def _with_new(self, kept: Kept, new: list[str] | None, fixes: tuple[Fix, ...]) -> Kept:
        """`kept` with what the commits `new` (None: all there are) and these fixes took out."""
        from twiceshy.jobs.tombstones import removals_in, tombstones_of

        removals: list[Removal] = []
        asked = fixes
        if kept.fixes == fixes and new is not None:
            asked = tuple(fix for fix in fixes if any(sha.startswith(fix[0]) for sha in new))
        if new is None or new:
            history = self._past.history
            found = history.commits() if new is None else [history.commit(sha) for sha in reversed(new)]
            removals = removals_in(commit for commit in found if commit)
        if kept.fixes != fixes:
            kept = replace(kept, fixes=fixes, tombstones=tuple(one for one in kept.tombstones if not one.lesson))
        mended = list(self._mended(asked))
        if not removals and not mended:
            return kept
        added = tombstones_of(self._past.history, [*removals, *mended], Ground(self._past.git))
        known = {one.id: one for one in (*added, *kept.tombstones)}
        reverts = dict([*kept.reverts, *((one.commit.sha, one.targets) for one in removals)])
        ordered = sorted(known.values(), key=lambda one: (one.day, one.id))
        return replace(kept, tombstones=tuple(ordered), reverts=tuple(reverts.items()))

    def _mended(self, fixes: Iterable[Fix]) -> Iterator[Removal]:
        from twiceshy.jobs.messages.reverts import fix_of

        for revision, culprit, lesson, document, line in fixes:
            commit = self._past.history.commit(revision)
            if commit and not commit.is_merge:
                yield fix_of(commit, (culprit,) if culprit else (), (lesson, document, line))

    # Watching --------------------------------------------------------------------------------------------------------

    def watch(self, base: str, day: date, configuration: Configuration) -> Callable[[ChangedFile], list[LessonCard]]:
        """What comes back with a changed file, as far as the commit `base` knew on `day` that it was gone.

        Burials are those of `base`, or of the working tree if that is what is judged (`base` is ""); the
        `configuration` belongs to the same.
        """
        past = self._past
        level = level_in(configuration)
        if level == "off" or not past.place.common_dir:
            return lambda _file: []
        buried = self._buried_at(base)
        awake = [one for one in self.tombstones if not _burial(one, buried) and is_awake(one, day)]
        revision = base or "HEAD"
        watchman = Watchman(awake, cache(lambda commit: not base or past.git.sees(base, commit)), level)
        return lambda file: watchman.cards(file, lambda path: decoded(past.git.blob(revision, path)))

    def _buried_at(self, base: str) -> dict[str, Burial]:
        """Those that count. A base whose file is broken buries nobody: the change at hand may be its repair."""
        try:
            return self.burials(base)
        except ConfigurationError as error:
            if not base:
                raise
            self.notes.append(f"nothing is buried in the base: {error.message}")
            return {}

    # Burying ---------------------------------------------------------------------------------------------------------

    def burials(self, base: str = "") -> dict[str, Burial]:
        """Who was buried, by id, in the working tree or in the commit `base`. Raises ConfigurationError."""
        return burials_in(self._past.git.blob(base, FILE) if base else _raw(self._past, FILE))

    def bury(self, ident: str, reason: str) -> Burial:
        """Silence a tombstone, or all of one commit, for good. Raises UsageError for an unknown or a buried one."""
        from difflib import get_close_matches

        known = dict.fromkeys(ident for one in self.tombstones for ident in (one.id, one.removal))
        if ident not in known:
            close = get_close_matches(ident, known, 1, 0.5)
            hint = f"did you mean {close[0]}?" if close else "twiceshy tombstones --all lists them"
            raise UsageError(f"there is no tombstone {ident!r}", hint)
        path = self._past.absolute(FILE)
        self.burials()
        try:
            source = read(path) if os.path.lexists(path) else None
        except Unreadable as error:
            raise UsageError(f"{FILE} cannot be read: {error}", "nothing was written") from error
        burial = Burial(ident, reason.strip(), self._past.git.author(), self._past.today.isoformat())
        self._past.write(FILE, with_burial(source.text if source else None, burial), source.sha256 if source else None)
        return burial

    def listed(self) -> list[tuple[Tombstone, str]]:
        """Every tombstone, oldest first, with the reason why it says nothing now, "" if it may speak."""
        buried = self.burials()
        return [(one, _burial(one, buried) or self._asleep(one)) for one in self.tombstones]

    def _asleep(self, tombstone: Tombstone) -> str:
        if level_in(self._past.configuration) == "off":
            return "switched off in the configuration"
        if not tombstone.path:
            return "its file is gone"
        if not is_awake(tombstone, self._past.today):
            return "the commit is only days old"
        return "" if _absent(self._past, tombstone) else "its words are in the file again"


def _burial(tombstone: Tombstone, buried: dict[str, Burial]) -> str:
    """Who buried it, by itself or with all that its commit took out, and why; "" if nobody did."""
    burial = buried.get(tombstone.id) or buried.get(tombstone.removal)
    return f"buried on {burial.on} by {burial.by}: {burial.reason}" if burial else ""
