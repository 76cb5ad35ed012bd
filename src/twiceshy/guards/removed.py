"""`removed`: a line the change takes out matches a pattern.

For what must stay: a licence header, a retry, a check somebody once deleted as dead code.

    removed: 'ensure_backup\\('
    paths: [deploy/**]
"""

from __future__ import annotations

from twiceshy.guards._regex import hits, patterns_of, required
from twiceshy.model.change import Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.change import Change
    from twiceshy.model.guard import Guard


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the pattern can be compiled."""
    patterns_of(guard.pattern, guard.engine)


def needs(guard: Guard) -> frozenset[str]:
    """Text that occurs in every removed line this guard can fire on."""
    return required(patterns_of(guard.pattern, guard.engine))


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """Every removed line that matches, unless the same line is added again in that file: moved is not removed."""
    for file in change.files:
        lines = file.removed()
        again: set[str] | None = None
        for pattern in patterns_of(guard.pattern, guard.engine):
            for index in hits(pattern, lines):
                text = lines.line(index)
                if again is None:
                    again = {line.strip() for hunk in file.hunks for line in hunk.added}
                if text.strip() not in again:
                    yield Match(file.path, lines.numbers[index], lines.numbers[index], text, side="old")
