"""check: is this change about to repeat a mistake?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Protocol

from twiceshy.errors import InvalidGuard
from twiceshy.guards import QUOTES, fires, in_scope, matches_path, needs, validate
from twiceshy.guards._suppress import MARK, suppression_at, suppressions_in
from twiceshy.guards.pair import sides
from twiceshy.guards.path import globs_of
from twiceshy.model.card import LessonCard
from twiceshy.model.change import Change, ChangedFile, Match, lines_of
from twiceshy.model.diagnostic import Diagnostic, Report, Unread
from twiceshy.model.guard import Guard
from twiceshy.model.text import Location

_MOST = 25_000  # findings that anybody could read, and as many as GitHub takes
Past = Callable[[ChangedFile], list[LessonCard]]
SUPPRESSION_SHAPE = f"write {MARK}guard-id] until=YYYY-MM-DD and the reason"


class Terms(Protocol):
    """What a repository says about how it is to be judged."""

    @property
    def today(self) -> date:
        """The day that decides what has expired."""

    def level_of(self, guard: Guard) -> str:
        """How loud a guard may speak: `block` only where it is proved."""

    def is_excluded(self, path: str) -> bool:
        """Whether the configuration says to leave this file alone."""

    def speaking(self, card: LessonCard) -> LessonCard:
        """The lesson as it may be delivered: one that claims code that is gone says so in place of its own words."""


@dataclass(slots=True)
class _Tally:
    """What one run has seen so far."""

    terms: Terms
    findings: list[Diagnostic] = field(default_factory=list)
    suppressed: int = 0
    expired: int = 0
    unread: list[Unread] = field(default_factory=list)
    used: set[tuple[str, int]] = field(default_factory=set)
    left_out: int = 0
    stops: bool = False

    def keep(self, found: Diagnostic) -> None:
        """Add a finding while there is room; one that stops is never the one left out."""
        if len(self.findings) < _MOST or (found.stops and not self.stops):
            self.findings.append(found)
            self.stops = self.stops or found.stops
        else:
            self.left_out += 1

    def report(self, notes: Iterable[str]) -> Report:
        """All of it, by file and line."""
        more = [f"{self.left_out} more findings are not listed"] if self.left_out else []
        listed = sorted(self.findings, key=lambda d: (d.location.path, d.location.line, d.rule))
        return Report(tuple(listed), self.suppressed, self.expired, tuple(self.unread), (*notes, *more))


def check(cards: Iterable[LessonCard], files: Iterable[ChangedFile], terms: Terms, past: Past | None = None) -> Report:
    """Judge changed files by the guards of `cards`; `files` may be a stream, and is held no longer than needed.

    `past` makes lessons of what history says about one file, each of which speaks once. A guard that cannot be compiled
    is left out and counted, because lint names it.
    """
    held = [(card, guard) for card in cards for guard in card.guards]
    judges = [_Judge(card, guard) for card, guard in held if _is_usable(guard)]
    pairs = [judge for judge in judges if judge.guard.engine == "pair"]
    single = [judge for judge in judges if judge.guard.engine not in ("pair", "error")]
    tally = _Tally(terms)
    any_path = tuple(glob for judge in single for glob in judge.globs)
    kept: list[ChangedFile] = []
    marked: list[ChangedFile] = []
    for file in files:
        if file.skipped:
            tally.unread.append(Unread(file.path, file.skipped))
        change, by_path = Change([file]), {file.path: file}
        for judge in _concerned(single, any_path, file):
            _judge(judge, change, by_path, tally)
        for card in past(file) if past else ():
            _judge(_Judge(card, card.guards[0]), change, by_path, tally, once=True)
        is_marked = MARK.encode() in file.added().data
        if pairs:
            matters = is_marked or any(matches_path(file.path, sides(judge.guard)[0]) for judge in pairs)
            kept.append(file if matters else ChangedFile(file.path, []))
        marked += [file] if is_marked else []
    for judge in pairs:
        _judge(judge, Change(kept), {file.path: file for file in kept}, tally)
    for file in marked:
        for mark in _marks(file, tally):
            tally.keep(mark)
    lost = len(held) - len(judges)
    return tally.report([f"{lost} guard{'s' * (lost > 1)} cannot be used; twiceshy lint says why"] if lost else [])


class _Judge:
    """A guard with its lesson, and what decides cheaply whether it is asked about a file at all."""

    __slots__ = ("card", "globs", "guard", "needles", "scope")

    def __init__(self, card: LessonCard, guard: Guard) -> None:
        self.card = card
        self.guard = guard
        self.scope = (guard.paths, guard.exclude, guard.engine)
        self.globs = globs_of(guard.pattern) if guard.engine == "path" else ()
        by_lines = guard.engine in ("added", "removed") and guard.scope == "added"
        self.needles = tuple(run.encode() for run in needs(guard)) if by_lines else ()


def _concerned(judges: list[_Judge], any_path: tuple[str, ...], file: ChangedFile) -> Iterator[_Judge]:
    """The guards that can have something to say about `file`: most are told apart without asking their engine.

    `any_path` are the globs of all `path` guards together: one look tells whether any of them has to be asked.
    """
    means: dict[object, bool] = {}
    lines = {"added": file.added().data, "removed": file.removed().data}
    by_path = any(matches_path(path, any_path) for path in (file.path, file.old_path) if path)
    for judge in judges:
        if judge.globs and not by_path:
            continue
        if judge.scope not in means:
            means[judge.scope] = in_scope(judge.guard, file)
        if means[judge.scope] and all(needle in lines[judge.guard.engine] for needle in judge.needles):
            yield judge


def _is_usable(guard: Guard) -> bool:
    try:
        validate(guard)
    except InvalidGuard:
        return False
    return True


def _judge(judge: _Judge, change: Change, files: dict[str, ChangedFile], tally: _Tally, once: bool = False) -> None:
    card, guard = judge.card, judge.guard
    for match in islice(fires(guard, change), 1 if once else None):
        state = _suppression(guard, match, files[match.path], tally)
        if state == "active":
            tally.suppressed += 1
            continue
        tally.expired += state == "expired"
        note = "its suppression has expired; " if state == "expired" else ""
        tally.keep(finding(tally.terms.speaking(card), guard, match, tally.terms.level_of(guard), note))


def finding(card: LessonCard, guard: Guard, match: Match, level: str, note: str = "") -> Diagnostic:
    """What to say when `guard` of the lesson `card` recognised its mistake at `match`.

    A guard goes on firing, and as loudly, when its lesson claims code that is gone: only the words give way.
    """
    return Diagnostic(
        rule=guard.id,
        level=level,
        message=note + (card.takeaway or card.title),
        location=Location(match.path, match.line, match.end_line),
        why="" if card.stale else guard.why or card.title,
        instead=card.instead,
        see=Location(card.path, card.line, card.end_line) if card.path else None,
        lesson=card.id,
        snippet=match.text,
        is_guard=True,
        digest=guard.digest,
    )


_lines = lru_cache(maxsize=2)(lines_of)  # many findings in a file ask for the same lines


def _suppression(guard: Guard, match: Match, file: ChangedFile, tally: _Tally) -> str:
    text = file.new_text() if match.side == "new" else file.old_text()
    if text is None or MARK not in text:
        return ""
    lines = _lines(text)
    for line in range(match.line, match.end_line + 1):
        state = suppression_at(lines, line - 1, guard.id, tally.terms.today)
        if state:
            tally.used |= {(file.path, line), (file.path, line - 1)} if match.side == "new" else set()
            return state
    return ""


def _marks(file: ChangedFile, tally: _Tally) -> Iterator[Diagnostic]:
    """Suppressions this change adds: reported as such, and a finding if they suppress nothing or cannot work.

    In prose and proofs, and where the configuration says to look away, one that does nothing is an example of one.
    """
    numbers = set(file.added().numbers)
    is_example = matches_path(file.path, QUOTES) or tally.terms.is_excluded(file.path)
    text = file.new_text() or ""
    for mark in suppressions_in(text):
        if mark.line not in numbers:
            continue
        place = Location(file.path, mark.line, mark.line)
        ids = ", ".join(mark.ids) or "nothing"
        works = not mark.problems and (file.path, mark.line) in tally.used
        if is_example and not works:
            continue
        if mark.problems:
            yield Diagnostic("bad-suppression", "error", "; ".join(mark.problems), place, instead=SUPPRESSION_SHAPE)
        elif works:
            yield Diagnostic("added-suppression", "advise", f"this change silences {ids}: {mark.reason}", place)
        else:
            yield Diagnostic(
                "unused-suppression",
                "warn",
                f"this comment suppresses {ids}, which says nothing here",
                place,
                instead="take the comment out, or correct its id or place",
            )
