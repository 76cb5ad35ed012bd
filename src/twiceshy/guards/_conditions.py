"""Whether a match counts: what its guard says about the line, the text around it and the rest of the change.

What was found out about a text is kept for the next match, so that thousands of matches in one file stay cheap.
"""

from __future__ import annotations

import functools

from twiceshy.guards._languages import is_comment
from twiceshy.guards._regex import found, hits
from twiceshy.guards._scope import enclosing_function
from twiceshy.model.change import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from twiceshy.model.change import Change, ChangedFile, Hunk, LineSet, Match
    from twiceshy.model.guard import Condition, Guard


def conditions_hold(guard: Guard, match: Match, file: ChangedFile | None, change: Change) -> bool:
    """Whether `guard` speaks about `match`; `file` is the one it lies in, None for a command or a log."""
    if guard.unless and found(guard.unless, match.text):
        return False
    if file:
        if not guard.comments and guard.engine in ("added", "removed") and is_comment(match.path, match.text):
            return False
        if guard.when_added and not _is_among(guard.when_added, file.added()):
            return False
        if guard.when_removed and not _is_among(guard.when_removed, file.removed()):
            return False
    if guard.without and _is_around(guard.without, match, file, change):
        return False
    return not guard.with_ or _is_around(guard.with_, match, file, change)


def _is_around(condition: Condition, match: Match, file: ChangedFile | None, change: Change) -> bool:
    """Whether the pattern occurs in the place; where a whole file cannot be read, in the hunk."""
    if condition.place == "line" or (condition.place == "hunk" and not file):
        return found(condition.pattern, match.text)
    if not file:
        return found(condition.pattern, change.output or change.command or match.text)
    whole = file.new_text() if match.side == "new" else file.old_text()
    if condition.place == "hunk" or whole is None:
        hunk = file.hunk_at(match.line, match.side)
        return _is_in_hunk(condition.pattern, hunk, match.side) if hunk else found(condition.pattern, match.text)
    first, last = (1, 0) if condition.place == "file" else enclosing_function(file.path, whole, match.line)
    return _is_between(condition.pattern, whole, first, last)


@functools.lru_cache(maxsize=16)
def _is_among(pattern: str, lines: LineSet) -> bool:
    return next(hits(pattern, lines), None) is not None


@functools.lru_cache(maxsize=16)
def _is_in_hunk(pattern: str, hunk: Hunk, side: str) -> bool:
    return found(
        pattern, "\n".join(line.removesuffix("\r") for line in (hunk.added if side == "new" else hunk.removed))
    )


@functools.lru_cache(maxsize=16)
def _is_between(pattern: str, text: str, first: int, last: int) -> bool:
    """Whether it occurs in lines `first` to `last`, 0 for the end."""
    return found(pattern, "\n".join(_lines(text)[first - 1 : last or None]))


@functools.lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return lines_of(text)
