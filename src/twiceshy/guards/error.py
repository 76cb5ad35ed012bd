"""`error`: the signature of a failure in a log or in test output.

It brings the lesson back when the symptom shows: `twiceshy recall --error build.log`. The pattern is RE2, matched on
each line; several lines of one failure are given as a list under `all:`, in any order.

    error: 'ENOENT: .*node_modules/\\.bin'
"""

from __future__ import annotations

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import hits, patterns_of, required
from twiceshy.model.change import LineSet, Match, lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.change import Change
    from twiceshy.model.guard import Guard


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless every pattern can be compiled."""
    _signature(guard.pattern)


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in every log this guard can fire on."""
    together, patterns = _signature(guard.pattern)
    if together:
        return frozenset().union(*(required([pattern]) for pattern in patterns))
    return required(patterns)


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every line of the log that matches, in order; with `all:`, only if every pattern matches somewhere."""
    if change.output is None:
        return
    together, patterns = _signature(guard.pattern)
    lines = LineSet(enumerate(lines_of(change.output), 1))
    found = [set(hits(pattern, lines)) for pattern in patterns]
    if together and not all(found):
        return
    for index in sorted(set().union(*found)):
        yield Match("", lines.numbers[index], lines.numbers[index], lines.line(index))


def _signature(value: object) -> tuple[bool, tuple[str, ...]]:
    if isinstance(value, dict):
        if set(value) != {"all"}:
            raise InvalidGuard("error takes a pattern, a list, or all: with a list", "write error: 'pattern'")
        return True, patterns_of(value["all"], "error")
    return False, patterns_of(value, "error")
