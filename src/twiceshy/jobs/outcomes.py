"""outcomes: which deliveries there were, what came of each, and what that says about guards and lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from twiceshy.errors import UsageError
from twiceshy.model.card import LessonCard
from twiceshy.model.event import OPEN, OUTCOMES, PERSON, SPOKE, Event
from twiceshy.model.outcome import Delivery, Figures, Silent

_SHORTEST = 4


def deliveries(events: Iterable[Event]) -> list[Delivery]:
    """What was delivered, oldest first, with what came of it; an event that comes twice, as from exports, counts once.

    The events of each machine are in the order in which they were kept, which holds where its clock does not.
    The same finding said again is the same delivery until something came of it, and after that until the next commit.
    What came of it is what the person says, else what was found out first.
    """
    found: dict[str, Delivery] = {}
    seen: set[str] = set()
    latest: dict[tuple[str, str], Delivery] = {}
    for event in events:
        if event.id in seen:
            continue
        seen.add(event.id)
        if event.what == SPOKE:
            key = event.machine, event.print
            known = latest.get(key)
            if known and is_again(known, event.base, event.head):
                known.last = event.at
            else:
                known = latest[key] = Delivery(event, event.at)
            found[event.id] = known
        elif event.of in found and _counts(event, found[event.of]):
            found[event.of].end = event
    once = {id(delivery): delivery for delivery in found.values()}
    return sorted(once.values(), key=lambda delivery: delivery.event.at)


def is_again(known: Delivery, base: str, head: str) -> bool:
    """Whether a finding is one that was delivered before; it is judged now between `base` and `head`."""
    if known.outcome == OPEN or (head and known.event.head == head):
        return True
    return base != head and known.outcome != OUTCOMES[0]  # a range holds again what was committed all the same


def _counts(event: Event, delivery: Delivery) -> bool:
    return event.what in OUTCOMES and (delivery.end is None or event.by == PERSON)


def by_guard(found: Iterable[Delivery]) -> list[Figures]:
    """Figures of every guard that spoke, the busiest first."""
    figures: dict[str, Figures] = {}
    for delivery in found:
        event = delivery.event
        if event.guard:
            known = figures.get(event.guard) or Figures(event.guard, event.lesson)
            figures[event.guard] = known.plus(delivery)
    return sorted(figures.values(), key=lambda row: (-row.spoke, row.name))


def by_lesson(found: Iterable[Delivery]) -> list[Figures]:
    """Figures of every lesson that was delivered, by its guards or because somebody looked for it."""
    figures: dict[str, Figures] = {}
    for delivery in found:
        lesson = delivery.event.lesson
        figures[lesson] = (figures.get(lesson) or Figures(lesson, lesson)).plus(delivery)
    return sorted(figures.values(), key=lambda row: (-row.spoke, -row.recalled, row.name))


def silent(
    cards: Iterable[LessonCard], found: Iterable[Delivery], since: str, names: Collection[str] = ()
) -> list[Silent]:
    """The guards of these lessons that nothing was `found` of, and since when they could have spoken."""
    spoke = {delivery.event.guard for delivery in found}
    return [
        Silent(guard.id, card.id, max(since, card.date[:10] if _is_day(card.date[:10]) else ""))
        for card in cards
        for guard in card.guards
        if guard.id not in spoke and (not names or card.id in names or guard.id in names)
    ]


def about(found: Iterable[Delivery], names: Collection[str]) -> list[Delivery]:
    """The deliveries of these guards and lessons; of all if none is named."""
    return [one for one in found if not names or one.event.guard in names or one.event.lesson in names]


def check_names(names: Iterable[str], known: Iterable[str]) -> None:
    """Raise UsageError for a name that is no guard and no lesson, neither here nor in the events."""
    every = set(known)
    for name in names:
        if name not in every:
            close = get_close_matches(name, every, 1, 0.5)
            hint = f"did you mean {close[0]}?" if close else "twiceshy lessons lists them"
            raise UsageError(f"there is no guard or lesson called {name!r}", hint)


def named(found: Sequence[Delivery], ident: str) -> Delivery:
    """The delivery whose id begins with `ident`, or the latest one of the guard called so. Raises UsageError."""
    of_guard = [delivery for delivery in found if delivery.event.guard == ident]
    if of_guard:
        return of_guard[-1]
    fits = [delivery for delivery in found if len(ident) >= _SHORTEST and delivery.event.id.startswith(ident)]
    if len(fits) != 1:
        why = f"{len(fits)} deliveries begin with {ident}" if fits else f"nothing was delivered as {ident!r}"
        raise UsageError(why, "twiceshy stats GUARD lists the deliveries of a guard with their ids")
    return fits[0]


def since_day(text: str) -> date:
    """The day that a person wrote. Raises UsageError."""
    if not _is_day(text):
        raise UsageError(f"{text!r} is no day", "write it like 2026-11-01")
    return date.fromisoformat(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
