"""between: is what lies between two revisions about to repeat a mistake? The base decides who judges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

from twiceshy.jobs.check import Past, Terms, check
from twiceshy.markdown.page import Page, lesson_card
from twiceshy.model.card import LessonCard
from twiceshy.model.change import ChangedFile
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.glob import DOCUMENTS
from twiceshy.model.guard import LEVELS, Guard
from twiceshy.model.text import Location


class Revisions(Protocol):
    """The part of a repository that judging a range needs."""

    def tree(self, revision: str) -> list[tuple[str, str]]:
        """Path and blob id of every file in a revision, without symbolic links and submodules."""

    def links(self, revision: str) -> list[str]:
        """The paths of symbolic links and submodules in a revision."""

    def blobs(self, oids: list[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of blobs; one that is missing or too large is left out."""

    def diff_range(self, a: str, b: str) -> Iterator[ChangedFile]:
        """What lies between two revisions."""


class TermsThen(Terms, Protocol):
    """What one revision says about how it is to be judged."""

    def text_of(self, raw: bytes) -> str | None:
        """A document's bytes as text; None if it cannot be read as one."""

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""


@dataclass(slots=True)
class Standing:
    """The lessons with guards as they stand in one revision.

    `unread` are documents that cannot be read as a whole, `texts` those that speak of guards.
    """

    cards: list[LessonCard] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)

    def guards(self, *, active: bool = True) -> Iterator[tuple[LessonCard, Guard]]:
        """Every guard with its lesson; only those that speak, if not told otherwise."""
        for card in self.cards:
            if card.status == "active" or not active:
                yield from ((card, guard) for guard in card.guards)


def check_range(
    revisions: Revisions,
    terms: TermsThen,
    now: TermsThen,
    base: str,
    head: str,
    *,
    parted: str = "",
    past: Past | None = None,
) -> Report:
    """Judge what `head` changed since `parted` (the base if that is not given) by the guards of `base` and new ones.

    `terms` are those of the base and decide; `now`, those of the head, tell whether the change loosens a guard. Guards
    that the base got after they parted judge as well: nobody gets around them by starting from an old commit. `past`
    is what history has to say about a file.
    """
    parted = parted or base
    judging, after = standing_at(revisions, base, terms), standing_at(revisions, head, now)
    before = judging if parted == base else standing_at(revisions, parted, terms)
    known = {guard.id for standing in (judging, before) for _, guard in standing.guards(active=False)}
    fresh = [replace(c, guards=tuple(g for g in c.guards if g.id not in known)) for c in after.cards]
    judges = [card for card in (*judging.cards, *fresh) if card.status == "active"]
    report = check(judges, revisions.diff_range(parted, head), terms, past)
    speaking = {found.rule: found.level for found in report.findings if found.is_guard}
    lost = list(_lost(before, after, cache(lambda: frozenset(revisions.links(head)))))
    named = {(found.location, found.lesson) for found in lost}
    loose = [d for d in _loosened(before, after, speaking, now) if (d.location, d.lesson) not in named]
    return replace(report, findings=(*report.findings, *lost, *loose))


def standing_at(revisions: Revisions, revision: str, terms: TermsThen) -> Standing:
    """Lessons with guards as they stand in `revision`, and the documents there that cannot be read as a whole."""
    paths: dict[str, list[str]] = {}
    for path, oid in revisions.tree(revision):
        if path.lower().endswith(DOCUMENTS) and not terms.is_excluded(path):
            paths.setdefault(oid, []).append(path)
    found = Standing()
    found.unread.update(path for some in paths.values() for path in some)
    for oid, raw in revisions.blobs(list(paths)):
        text = terms.text_of(raw)
        for path in paths[oid] if text is not None else ():
            found.unread.discard(path)
            if text is not None and "guard" in text:
                _read(found, terms.page_of(path, text))
    return found


def _read(found: Standing, page: Page) -> None:
    found.texts[page.document.path] = page.document.text
    if page.problems:
        found.unread.add(page.document.path)
    found.cards += [lesson_card(lesson, page.lines) for lesson in page.lessons if lesson.guards]


def _lost(before: Standing, after: Standing, links: Callable[[], frozenset[str]]) -> Iterator[Diagnostic]:
    """Guards that nobody took out and that are gone all the same: their document is there and does not yield them.

    `links` are the paths of what is no file now.
    """
    read: dict[str, list[Guard]] = {}
    for _, guard in after.guards(active=False):
        read.setdefault(guard.id, []).append(guard)
    for card, guard in before.guards():
        if any(_is_same(other, guard) or other.path == guard.path for other in read.get(guard.id, ())):
            continue
        if reason := _reason(guard, after, links):
            said = f"{guard.path} held the guard {guard.id} and {reason}"
            place = Location(guard.path, guard.line, guard.line)
            yield Diagnostic("lost-guard", "block", said, place, instead="repair the document", lesson=card.id)


def _reason(guard: Guard, after: Standing, links: Callable[[], frozenset[str]]) -> str:
    path = guard.path
    if path in after.unread:
        return "can no longer be read"
    if any(above in links() for above in _on_the_way(path)):
        return "is behind a symbolic link or a submodule now"
    if re.search(rf"""(?m)^\W*id\s*:\s*["']?{re.escape(guard.id)}["']?\s*(?:#.*)?$""", after.texts.get(path, "")):
        return "still does, where nobody reads it as one"
    return ""


def _on_the_way(path: str) -> Iterator[str]:
    """`path` and the folders that lead to it."""
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _loosened(before: Standing, after: Standing, speaking: dict[str, str], now: Terms) -> Iterator[Diagnostic]:
    """Guards that a change weakens or takes away although they speak about that same change (FORMAT.md, Guards).

    `speaking` are the levels of the findings by guard.
    """
    kept: dict[str, list[Guard]] = {}
    for _, guard in after.guards():
        kept.setdefault(guard.id, []).append(guard)
    for card, guard in before.guards():
        level = speaking.get(guard.id)
        left = kept.get(guard.id, [])
        if level is None or any(_is_same(other, guard) and _speaks(other, now, level) for other in left):
            continue
        what = "loosens" if left else "takes away"
        said = f"this change {what} the guard {guard.id}, which speaks about this same change"
        place = Location(guard.path, guard.line, guard.line)
        hint = "change the guard in a change of its own, where it can be reviewed"
        yield Diagnostic("loosened-guard", level, said, place, instead=hint, lesson=card.id)


def _is_same(now: Guard, before: Guard) -> bool:
    return now.digest == before.digest and LEVELS.index(now.level) >= LEVELS.index(before.level)


def _speaks(guard: Guard, now: Terms, level: str) -> bool:
    """Whether `guard` would still be as loud as `level`: its proof may be what the change takes away."""
    return LEVELS.index(now.level_of(guard)) >= LEVELS.index(level)
