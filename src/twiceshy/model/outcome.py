"""What came of what was said: one delivery, and the figures of a guard, a lesson and a whole repository."""

from __future__ import annotations

from dataclasses import dataclass, replace

from twiceshy.model.event import BEGAN, OPEN, OUTCOMES, PERSON, Event

ENOUGH = 5
"""Decided deliveries from which on a guard can be proposed for retirement."""
FEW_COMMITS = 20
"""Below so many commits there is no rate: one more or less would change it by too much."""


@dataclass(slots=True)
class Delivery:
    """A finding as somebody was told of it, and what came of it; `end` is None while nobody knows.

    `last` is when it was said again last (seconds), for as long as it was still the same.
    """

    event: Event
    last: int
    end: Event | None = None

    @property
    def outcome(self) -> str:
        """`open` or one of `OUTCOMES`. What the hook stopped was not run, so it counts as heeded."""
        if self.end:
            return self.end.what
        stopped = not self.event.path and self.event.surface == "hook" and self.event.level == "block"
        return OUTCOMES[0] if stopped else OPEN

    @property
    def is_sure(self) -> bool:
        """Whether a person has said what came of it."""
        return self.end is not None and self.end.by == PERSON


@dataclass(frozen=True, slots=True)
class Figures:
    """How often something spoke and what came of that; `name` is a guard's or a lesson's id, `last` in seconds."""

    name: str
    lesson: str
    spoke: int = 0
    heeded: int = 0
    overridden: int = 0
    suppressed: int = 0
    false_alarms: int = 0
    open: int = 0
    recalled: int = 0
    last: int = 0

    @property
    def decided(self) -> int:
        """How often it is known what came of it."""
        return self.spoke - self.open

    @property
    def is_mostly_overridden(self) -> bool:
        """Whether more than half of what is decided, and enough is, was overridden or a false alarm."""
        return self.decided >= ENOUGH and (self.overridden + self.false_alarms) * 2 > self.decided

    def rate(self, commits: int) -> float | None:
        """How often it spoke per 1,000 commits; None if there are too few to say."""
        return round(1000 * self.spoke / commits, 1) if commits >= FEW_COMMITS else None

    def plus(self, delivery: Delivery) -> Figures:
        """These figures and one delivery more."""
        last = max(self.last, delivery.last)
        if not delivery.event.guard:
            return replace(self, recalled=self.recalled + 1, last=last)
        key = {"false-alarm": "false_alarms"}.get(delivery.outcome, delivery.outcome)
        return replace(self, spoke=self.spoke + 1, last=last, **{key: getattr(self, key) + 1})


@dataclass(frozen=True, slots=True)
class Silent:
    """A guard that never spoke since a day, although it could."""

    guard: str
    lesson: str
    since: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What `stats` tells, from the day `since` on: figures by guard and by lesson, the busiest first.

    `commits` were made in that time (`own`: by whoever asks), `listed` are deliveries to be shown one by one, `silent`
    the guards that said nothing. `machines` is how many files of events were put together, `strange` how many lines in
    them are no events, `notes` what could not be done.
    """

    since: str
    commits: int
    own: bool
    guards: tuple[Figures, ...] = ()
    lessons: tuple[Figures, ...] = ()
    silent: tuple[Silent, ...] = ()
    listed: tuple[Delivery, ...] = ()
    machines: int = 1
    strange: int = 0
    notes: tuple[str, ...] = ()


def began(events: list[Event]) -> int:
    """When the oldest of the events happened (seconds), 0 without any."""
    return min((event.at for event in events), default=0)


def machine(events: list[Event]) -> str:
    """A name for whoever has this file: the random id of its first event, which says nothing about the person."""
    return next((event.id for event in events if event.what == BEGAN), "")
