"""guard-example: a guard's own examples are missing or do not behave.

A pattern that matches nothing looks exactly like one that has nothing to say. Therefore every guard carries at least
one `bad` example, on which it must fire, and one `good` example, on which it must stay silent; both are run here.

    added: 'verify=False'
    bad: requests.get(url, verify=False)
    good: requests.get(url)
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import InvalidGuard
from twiceshy.guards import fires_on_example, validate
from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.guard import Guard
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:  # noqa: ARG001  (every rule has the same shape)
    """One error for each example that is missing, does not fire although bad, or fires although good."""
    for lesson in page.lessons:
        for guard in lesson.guards:
            place = Location(guard.path, guard.line, guard.line)
            for said, hint in _wrong(guard):
                yield Diagnostic("guard-example", "error", f"{guard.id}: {said}", place, instead=hint, lesson=lesson.id)


def _wrong(guard: Guard) -> Iterator[tuple[str, str]]:
    try:
        validate(guard)
    except InvalidGuard:
        return
    for name in ("bad", "good"):
        if not getattr(guard, name):
            yield f"it has no {name} example", f"add {name}: with what the guard must {_MUST[name]}"
    for number, example in enumerate(guard.bad, 1):
        if not fires_on_example(guard, example):
            yield f"it does not fire on its bad example {number}", "correct the pattern, its conditions or the example"
    for number, example in enumerate(guard.good, 1):
        if fires_on_example(guard, example):
            yield f"it fires on its good example {number}", "narrow it with unless, without, with or paths"


_MUST = {"bad": "fire on", "good": "stay silent on"}
