"""contradictory-guard: one guard forbids what another recommends.

Two lessons that deny each other's fix leave no way to write the code, so people switch both off. Every guard is run
against the `good` examples of all others that look at the same files; if it fires there, the two have to be reconciled.
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import InvalidGuard
from twiceshy.guards import example_name, fires, validate
from twiceshy.guards._example import change_of
from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.guard import Guard
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location

_TEXT = ("added", "ast", "dependency")


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:
    """One error for each pair of guards where one of this page fires on the other's good example."""
    others = [guard for guard in around.guards() if guard.good]
    for lesson in page.lessons:
        if lesson.status != "active":
            continue
        for guard in lesson.guards:
            for other in others:
                if other.id != guard.id and _same_thing(guard, other) and _denies(guard, other):
                    place = Location(guard.path, guard.line, guard.line)
                    there = Location(other.path, other.line, other.line)
                    said = f"{guard.id} fires on what {other.id} recommends ({other.path}:{other.line})"
                    hint = "reconcile the two lessons, or narrow one guard"
                    yield Diagnostic(
                        "contradictory-guard", "error", said, place, instead=hint, see=there, lesson=lesson.id
                    )


def _same_thing(guard: Guard, other: Guard) -> bool:
    return guard.engine == other.engine or (guard.engine in _TEXT and other.engine in _TEXT)


def _denies(guard: Guard, other: Guard) -> bool:
    try:
        validate(guard)
        validate(other)
    except InvalidGuard:
        return False
    name = example_name(other)
    return any(next(fires(guard, change_of(other, example, name)), None) for example in other.good)
