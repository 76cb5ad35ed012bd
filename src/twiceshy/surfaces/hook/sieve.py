"""Many patterns against one text in few passes, for the guards that a prefilter cannot keep out of a large file.

One search asks for any of a group of patterns. The first match tells which one it was; the search goes on from there
for the others. A guard that comes through still has to fire: this only says which ones cannot.
"""

from __future__ import annotations

from twiceshy.errors import InvalidGuard
from twiceshy.guards._regex import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from twiceshy.adapters.guardtable import Entry
    from twiceshy.surfaces.hook.drafts import Draft

_WORTH_IT = 8
_LENGTH = 3000
# What says something about a whole text, or about what follows, and would say something else inside a larger pattern.
_ALONE = ("\\A", "\\z", "\\C", "\\Q", "(?")


def sieve(candidates: Sequence[Entry], drafts: Sequence[Draft]) -> list[Entry]:
    """The candidates that may fire, in their order."""
    out: set[int] = set()
    for engine in ("added", "removed"):
        waiting: dict[str, list[int]] = {}
        for number, entry in enumerate(candidates):
            if entry.guard.engine == engine and entry.guard.scope == "added" and (pattern := _pattern(entry)):
                waiting.setdefault(pattern, []).append(number)
        if len(waiting) < _WORTH_IT:
            continue
        text = "\n".join(draft.added() if engine == "added" else draft.removed() for draft in drafts)
        data = text.encode("utf-8", "replace")
        found = {pattern for group in _groups(waiting) for pattern in _present(group, data)}
        out.update(number for pattern in waiting if pattern not in found for number in waiting[pattern])
    return [entry for number, entry in enumerate(candidates) if number not in out]


def _pattern(entry: Entry) -> str:
    """The guard's alternatives as one pattern; empty if it cannot be part of a larger one."""
    value = entry.guard.pattern
    alternatives = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    pattern = "|".join(f"(?:{alternative})" for alternative in alternatives)
    plain = "".join(str(alternative).replace("(?:", "") for alternative in alternatives)
    return "" if len(pattern) > _LENGTH or any(mark in plain for mark in _ALONE) else pattern


def _groups(patterns: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for pattern in patterns:
        if group and sum(map(len, group)) + len(group) + len(pattern) > _LENGTH:
            yield group
            group = []
        group.append(pattern)
    yield group


def _present(group: list[str], data: bytes) -> set[str]:
    """The patterns of `group` that match somewhere in `data`."""
    left = dict(enumerate(group))
    at = 0
    while left:
        try:
            search = compiled("|".join(f"(?P<g{number}>{pattern})" for number, pattern in left.items())).search
        except InvalidGuard:  # too large together
            break
        match = search(data, at)
        if match is None:
            return set(group).difference(left.values())
        at = data.rfind(b"\n", 0, match.start()) + 1
        for name, text in match.groupdict().items():
            if text is not None:
                del left[int(name[1:])]
    return set(group)
