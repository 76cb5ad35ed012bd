"""What became of a line later: did a fix take it out of that file, wherever the file went, and not put it back?

"Later" is the order of the store, parents before children; a fix on a branch beside the line may count as later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from twiceshy.model.backtest import Spot
from twiceshy.model.change import ChangedFile
from twiceshy.model.history import PastFile
from twiceshy.model.ports import History

MOST_REMOVED = 40  # lines in all that a targeted fix removes: measured, see docs/why.md
_HOPS = 20
_KEPT = 4096
# Words by which commits that mend something are told since Mockus and Votta (2000, doi:10.1109/ICSM.2000.883028).
_MENDS = re.compile(
    r"\b(?:(?:hot|bug)?fix(?:e[sd]|ing|up)?|bugs?|regress(?:ion|ions|ed|es)?|revert(?:s|ed|ing)?|broken?|crash(?:es|ed)?"
    r"|repair(?:s|ed)?|faults?|defects?)\b",
    re.IGNORECASE,
)


class Aftermath:
    """The later life of some files."""

    def __init__(self, history: History, paths: Iterable[str]) -> None:
        self._history = history
        self._by_path = _touched(history, set(paths))
        touched = {past.commit for found in self._by_path.values() for past in found}
        candidates = {one.number for one in history.commits() if one.number in touched and is_fix(one.message)}
        removed: Counter[int] = Counter()
        for past in history.files(sorted(candidates)):
            removed[past.commit] += past.removed
        self._targeted = {number for number in candidates if removed[number] <= MOST_REMOVED}
        self._lines = lru_cache(maxsize=_KEPT)(self._read)

    def undone(self, spot: Spot, after: int, puts_back: Callable[[ChangedFile], bool] = lambda _file: False) -> int:
        """The number of the first fix after commit `after` that takes out what stands at `spot`; 0 if there is none.

        For a spot on the old side it is the fix that puts it in again. `puts_back` may see more in the fix than the
        same line coming back.
        """
        wanted = lines_in(spot.text)
        for past in self._fixes(spot.path, after) if wanted else ():
            added, removed = self._lines(past)
            out, into = (removed, added) if spot.side == "new" else (added, removed)
            if wanted <= out and wanted.isdisjoint(into) and not puts_back(self._history.changed_file(past)):
                return past.commit
        return 0

    def _fixes(self, path: str, after: int) -> Iterator[PastFile]:
        """What targeted fixes did to the file that was at `path` in commit `after`, oldest first."""
        for _ in range(_HOPS):
            found = self._by_path.get(path, [])
            for past in found[bisect_right(found, after, key=lambda past: past.commit) :]:
                if past.commit in self._targeted:
                    yield past
                if past.old_path == path and past.status == "renamed":
                    path, after = past.path, past.commit
                    break
                if past.status == "deleted":
                    return
            else:
                return

    def _read(self, past: PastFile) -> tuple[frozenset[str], frozenset[str]]:
        file = self._history.changed_file(past)
        added = frozenset(line.strip() for hunk in file.hunks for line in hunk.added)
        return added, frozenset(line.strip() for hunk in file.hunks for line in hunk.removed)


def is_fix(message: str) -> bool:
    """Whether a commit's message says that it mends something."""
    return bool(_MENDS.search(message))


def lines_in(text: str) -> frozenset[str]:
    """The lines of `text` without outer blanks, as they are compared."""
    return frozenset(line.strip() for line in text.split("\n")) - {""}


def _touched(history: History, paths: set[str]) -> dict[str, list[PastFile]]:
    """Everything that happened at `paths`, and at those that these files were renamed to, oldest first."""
    found: dict[str, list[PastFile]] = {}
    left = paths
    for _ in range(_HOPS):
        if not left:
            break
        found |= {path: [] for path in left}
        renamed = set()
        for past in history.touching(sorted(left)):
            for path in {past.path, past.old_path} & left:
                found[path].append(past)
            if past.status == "renamed" and past.old_path in left:
                renamed.add(past.path)
        left = renamed - found.keys()
    return found
