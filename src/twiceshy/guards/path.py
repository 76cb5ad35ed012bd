"""`path`: a file is touched at all.

For places where every change has gone wrong once: a generated file edited by hand, a migration that was already
released.

    path: 'migrations/released/**'
"""

from __future__ import annotations

import functools

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import matches_path
from twiceshy.model.change import Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.change import Change
    from twiceshy.model.guard import Guard


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the pattern is a glob or a list of globs."""
    globs_of(guard.pattern)


def needs(guard: Guard) -> frozenset[str]:  # noqa: ARG001
    """Nothing: a path guard does not look at text."""
    return frozenset()


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """One match for every touched file, at its first changed line."""
    globs = _globs(guard)
    for file in change.files:
        if matches_path(file.path, globs) or (file.old_path and matches_path(file.old_path, globs)):
            line = file.hunks[0].new_start if file.hunks else 1
            yield Match(file.path, max(line, 1), max(line, 1), file.path)


@functools.lru_cache(maxsize=4096)
def _globs(guard: Guard) -> tuple[str, ...]:
    return globs_of(guard.pattern)


def globs_of(value: object) -> tuple[str, ...]:
    """The globs of a pattern: a string or a list of strings. Raises InvalidGuard for anything else."""
    globs = [value] if isinstance(value, str) else value
    if not isinstance(globs, list | tuple) or not globs or not all(isinstance(glob, str) and glob for glob in globs):
        raise InvalidGuard("path takes a glob or a list of globs", "write path: 'migrations/**'")
    matches_path("", tuple(globs))
    return tuple(globs)
