"""`pair`: one thing changed and the other, which must follow it, did not.

For knowledge that lives in two places: a schema and its documentation, a constant and its copy in another language.
`when-added` and `when-removed` narrow it to changes that add or take out a certain text in the changed file.

    pair: {changed: 'src/schema.py', unchanged: 'docs/schema.md'}
    when-added: 'Column\\('
"""

from __future__ import annotations

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import hits, matches_path, required
from twiceshy.model.change import Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.guard import Guard

_KEYS = {"changed", "unchanged"}


def validate(guard: Guard) -> None:
    """Raise InvalidGuard unless the pattern names what changed and what should have."""
    sides(guard)


def needs(guard: Guard) -> frozenset[str]:
    """What `when-added` and `when-removed` need, if the guard has them."""
    patterns = [pattern for pattern in (guard.when_added, guard.when_removed) if pattern]
    return frozenset().union(*(required([pattern]) for pattern in patterns))


def find(guard: Guard, change: Change) -> Iterator[Match]:
    """One match for each changed file whose counterpart the change leaves alone."""
    changed, unchanged = sides(guard)
    if any(matches_path(path, unchanged) for file in change.files for path in (file.path, file.old_path or file.path)):
        return
    for file in change.files:
        if matches_path(file.path, changed):
            line = _first_line(guard, file)
            if line:
                yield Match(file.path, line, line, file.path)


def _first_line(guard: Guard, file: ChangedFile) -> int:
    """The line of the new file to show: what was added, the place where something was removed; 0 if neither was."""
    hunk = file.hunks[0] if file.hunks else None
    if guard.when_added:
        index = next(hits(guard.when_added, file.added()), None)
        return 0 if index is None else max(file.added().numbers[index], 1)
    if guard.when_removed:
        index = next(hits(guard.when_removed, file.removed()), None)
        hunk = None if index is None else file.hunk_at(file.removed().numbers[index], "old")
        return 0 if hunk is None else max(hunk.new_start, 1)
    return max(hunk.new_start, 1) if hunk else 1


def sides(guard: Guard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The globs of what changed and of what should have. Raises InvalidGuard for any other shape."""
    value = guard.pattern
    if not isinstance(value, dict) or set(value) != _KEYS:
        raise InvalidGuard("pair takes changed and unchanged", "write pair: {changed: 'a/**', unchanged: 'b/**'}")
    found = []
    for key in ("changed", "unchanged"):
        globs = [value[key]] if isinstance(value[key], str) else value[key]
        if not isinstance(globs, list) or not all(isinstance(glob, str) and glob for glob in globs):
            raise InvalidGuard(f"pair: {key} takes a glob or a list of globs", "write it in quotes")
        matches_path("", tuple(globs))
        found.append(tuple(globs))
    return found[0], found[1]
