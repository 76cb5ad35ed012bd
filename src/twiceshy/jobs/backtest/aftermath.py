"""What became of lines later: did a fix take them out of that file, wherever it went, and not put them back?

"Later" is the order of the store, parents before children; a fix on a branch beside the line may count as later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from twiceshy.guards import fires
from twiceshy.jobs.messages.fixes import is_fix
from twiceshy.model.backtest import Spot
from twiceshy.model.change import Change
from twiceshy.model.guard import Guard
from twiceshy.model.history import PastCommit, PastFile
from twiceshy.model.ports import History

MOST_REMOVED = 40  # lines in all that a targeted fix removes: measured, see docs/why.md
_HOPS = 20
Touched = dict[str, list[PastFile]]


class Question(NamedTuple):
    """What became of `spot` of commit number `after`? `guard` may recognise in a fix that the mistake comes back."""

    spot: Spot
    after: int
    guard: Guard | None = None


def undone(questions: Sequence[Question], history: History, commits: Iterable[PastCommit]) -> list[int]:
    """For each question the number of the first fix that takes out what stands at its spot; 0 if there is none.

    For a spot on the old side it is the fix that puts it in again. All questions are answered in one reading.
    """
    touched = _touched(history, {question.spot.path for question in questions})
    targeted = _targeted(touched, history, commits)
    answers = [0] * len(questions)
    asking: dict[int, tuple[PastFile, list[int]]] = {}
    for place, (spot, after, _) in enumerate(questions):
        for past in _fixes(touched, spot.path, after, targeted) if lines_in(spot.text) else ():
            asking.setdefault(past.key, (past, []))[1].append(place)
    wanted = [lines_in(question.spot.text) for question in questions]
    for key in sorted(asking):  # neighbours in the store are read together
        past, places = asking[key]
        file = history.changed_file(past)
        added = {line.strip() for hunk in file.hunks for line in hunk.added}
        removed = {line.strip() for hunk in file.hunks for line in hunk.removed}
        for place in places:
            spot, _, guard = questions[place]
            out, into = (removed, added) if spot.side == "new" else (added, removed)
            if wanted[place] <= out and wanted[place].isdisjoint(into) and not 0 < answers[place] < past.commit:
                comes_back = guard is not None and any(True for _ in fires(guard, Change([file])))
                answers[place] = answers[place] if comes_back else past.commit
    return answers


def lines_in(text: str) -> frozenset[str]:
    """The lines of `text` without outer blanks, as they are compared."""
    return frozenset(line.strip() for line in text.split("\n")) - {""}


def _targeted(touched: Touched, history: History, commits: Iterable[PastCommit]) -> set[int]:
    """The fixes among the commits that touched these files that remove little."""
    numbers = {past.commit for found in touched.values() for past in found}
    fixes = [commit.number for commit in commits if commit.number in numbers and is_fix(commit.message)]
    removed: Counter[int] = Counter()
    for past in history.files(fixes):
        removed[past.commit] += past.removed
    return {number for number in fixes if removed[number] <= MOST_REMOVED}


def _fixes(touched: Touched, path: str, after: int, targeted: set[int]) -> Iterator[PastFile]:
    """What targeted fixes did to the file that was at `path` in commit `after`, oldest first."""
    for _ in range(_HOPS):
        found = touched.get(path, [])
        for past in found[bisect_right(found, after, key=lambda past: past.commit) :]:
            if past.commit in targeted:
                yield past
            if past.old_path == path and past.status == "renamed":
                path, after = past.path, past.commit
                break
            if past.status == "deleted":
                return
        else:
            return


def _touched(history: History, paths: set[str]) -> Touched:
    """Everything that happened at `paths`, and at those that these files were renamed to, oldest first."""
    found: Touched = {}
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
