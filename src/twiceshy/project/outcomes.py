"""Outcomes: keeps what was said and finds out what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters.events import append, events_path, head_of, line_of, new_event, read_events
from twiceshy.adapters.files import Unreadable, read, write
from twiceshy.errors import CannotWrite, GitError, UsageError
from twiceshy.guards._fingerprint import fingerprint
from twiceshy.jobs import outcomes as job
from twiceshy.jobs.settle import settle
from twiceshy.model.event import OPEN, PERSON, SPOKE, Event, sha256
from twiceshy.model.outcome import Delivery, Outcomes, began, machine
from twiceshy.project.graveyard import guards_kept

if TYPE_CHECKING:
    from twiceshy.adapters.afterwards import Afterwards
    from twiceshy.model.card import Hit
    from twiceshy.model.diagnostic import Diagnostic, Report
    from twiceshy.project.library import Library

_LATELY_BYTES = 262_144
_LATELY_S = 14 * 24 * 3600


class Record:
    """The events of one repository, seen from one of its working trees."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._path = events_path(library.place.common_dir)
        self._strange = 0
        self._notes: list[str] = []

    @cached_property
    def _after(self) -> Afterwards:
        from twiceshy.adapters.afterwards import Afterwards

        return Afterwards(self._library.git, self._library.place)

    @cached_property
    def _head(self) -> str:
        return head_of(self._library.place) or self._after.head()

    def checked(self, report: Report, between: tuple[str, str] | None = None, *, known: bool = True) -> Report:
        """Keep what `check` said; gives back the report, with a note if that was not possible.

        `between` are the revisions that were judged, None for what is not committed; `known` is whether it is known
        that the change belongs here at all. What was kept lately and can be decided by now is decided first.
        """
        try:
            kept = job.deliveries(self._read(_LATELY_BYTES))
            due = [one for one in kept if self._is_due(one)]
            near = {head for head in {one.event.head for one in due} if self._after.is_near(head)}
            self._settle(one for one in due if one.event.head in near)
            spoken = [finding for finding in report.findings if finding.is_guard]
            base, head = (between or (self._head, self._head)) if known and spoken else ("", "")
            self._keep(list(self._fresh(spoken, kept, base, head)))
        except GitError as error:
            self._notes.append(f"what was said is not kept: {error.message}")
        return replace(report, notes=(*report.notes, *dict.fromkeys(self._notes)))

    def recalled(self, hits: Iterable[Hit]) -> None:
        """Keep which lessons `recall` brought back; a lesson counts once a day, and where this fails nobody minds."""
        today = date.today().isoformat()
        lessons = [hit.card.id for hit in hits]
        prints = [sha256(f"{lesson}\0{today}")[:32] for lesson in lessons]
        told = zip(lessons, prints, strict=True)
        if lessons:
            append(self._path, [new_event(SPOKE, lesson=one, surface="recall", print=key) for one, key in told])

    def outcomes(self, names: Sequence[str] = (), since: str = "", exports: Iterable[str] = ()) -> Outcomes:
        """What was said since a day and what came of it, about the guards and lessons named. Raises UsageError.

        The events in `exports` (files of others) are looked at together with one's own, and kept nowhere.
        """
        start = int(time.mktime(job.since_day(since).timetuple())) if since else 0
        own, everything = self._decided(), []
        for path in exports:
            everything += self._exported(path)
        everything = [*own, *everything]
        start = start or began(everything)
        day = date.fromtimestamp(start).isoformat() if start else ""
        cards = self._library.cards_with_guards()
        here = [name for card in cards for name in (card.id, *(guard.id for guard in card.guards))]
        job.check_names(names, [*here, *(name for event in everything for name in (event.guard, event.lesson) if name)])
        found = [one for one in job.about(job.deliveries(everything), names) if one.last >= start]
        alone = len(everything) == len(own)
        return Outcomes(
            day,
            self._after.count(start, own=alone) if start else 0,
            own=alone,
            guards=tuple(job.by_guard(found)),
            lessons=tuple(job.by_lesson(found)),
            silent=tuple(job.silent(cards, found, day, names)) if day else (),
            listed=tuple(found) if names else (),
            machines=max(1, len({event.machine or machine(own) for event in everything})),
            strange=self._strange,
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def say(self, ident: str, outcome: str, reason: str) -> Delivery:
        """Keep what a person says came of a delivery; gives it back. Raises UsageError or CannotWrite."""
        delivery = job.named(job.deliveries(self._read()), ident)
        said = new_event(outcome, of=delivery.event.id, by=PERSON, reason=reason)
        trouble = append(self._path, [said])
        if trouble:
            raise CannotWrite(f"{self._path} cannot be written: {trouble}", "nothing was changed")
        delivery.end = said
        return delivery

    def export(self) -> str:
        """One's own events as lines for others: no session, no worktree, no path from outside of the repository."""
        events = self._decided()
        name = machine(events)
        hidden = {"session": "", "worktree": "", "machine": name}
        return "".join(line_of(event.with_(**hidden, path=_inside(event.path))) + "\n" for event in events)

    def export_to(self, path: str) -> None:
        """Write the export to a file, in the place of an older one. Raises CannotWrite, also if it holds more."""
        text = self.export()
        read_as = None
        if os.path.lexists(path):
            try:
                read_as = read(path).sha256
                strange = read_events(path)[1]
            except (OSError, Unreadable) as error:
                raise CannotWrite(f"{path} cannot be read: {error}", "name a new file") from error
            if strange:
                raise CannotWrite(f"{path} holds something else than events", "name a new file")
        write(os.path.abspath(path), text, read_as=read_as)

    def count(self) -> tuple[int, str]:
        """How many events there are, and the day of the first."""
        events = self._read()
        return len(events), date.fromtimestamp(began(events)).isoformat() if events else ""

    def _decided(self) -> list[Event]:
        """Every event of one's own, after all has been decided that can be."""
        events = self._read()
        return [*events, *self._settle(one for one in job.deliveries(events) if one.outcome == OPEN)]

    def _read(self, last: int = 0) -> list[Event]:
        try:
            events, self._strange = read_events(self._path, last)
        except OSError as error:
            self._notes.append(f"the events cannot be read: {error.strerror}")
            return []
        return events

    def _exported(self, path: str) -> list[Event]:
        try:
            if not os.path.exists(path):
                raise FileNotFoundError(2, "there is no such file")
            events, strange = read_events(path)
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}", "name what --export wrote") from error
        self._strange += strange
        return events

    def _is_due(self, delivery: Delivery) -> bool:
        event = delivery.event
        return delivery.outcome == OPEN and event.head not in ("", self._head) and event.at > time.time() - _LATELY_S

    def _settle(self, found: Iterable[Delivery]) -> list[Event]:
        """Decide what can be decided and keep that."""
        waiting = [one for one in found if _is_sound(one.event)]
        if not waiting:
            return []
        guards = {guard.id: guard for guard in (*guards_kept(self._library), *self._library.guards())}
        ends = []
        for delivery, outcome, more in settle(waiting, self._after, guards, self._library.today):
            delivery.end = new_event(outcome, of=delivery.event.id, by="git", **more)
            ends.append(delivery.end)
        self._keep(ends)
        return ends

    def _keep(self, events: list[Event]) -> None:
        if events or not os.path.exists(self._path):
            trouble = append(self._path, events)
            if trouble and events:
                self._notes.append(f"what was said is not kept: {trouble}")

    def _fresh(self, spoken: Iterable[Diagnostic], kept: Iterable[Delivery], base: str, head: str) -> Iterator[Event]:
        """Events for the findings that nobody has been told of before, each line of a file once."""
        latest = {delivery.event.print: delivery for delivery in kept}
        seen = {key for key, delivery in latest.items() if job.is_again(delivery, base, head)}
        for finding in spoken:
            place = finding.location
            key = fingerprint(finding.rule, place.path, finding.snippet)
            if key not in seen:
                seen.add(key)
                yield new_event(
                    SPOKE,
                    guard=finding.rule,
                    digest=finding.digest,
                    lesson=finding.lesson,
                    surface="check",
                    level=finding.level,
                    path=_inside(place.path),
                    line=max(place.line, 0),
                    print=key,
                    worktree=self._library.place.worktree,
                    base=base,
                    head=head,
                )


def _is_sound(event: Event) -> bool:
    """Whether git can be asked about it."""
    return (event.base + event.head).isalnum() and _inside(event.path) != ""


def _inside(path: str) -> str:
    """The path if it leads nowhere out of a repository, else ""."""
    outside = path.startswith(("/", "\\")) or path[1:2] == ":" or ".." in path.split("/")
    return "" if outside else path
