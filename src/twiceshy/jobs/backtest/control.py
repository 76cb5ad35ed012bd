"""Random lines to compare fires with: from commits of like size, near in history, in files of the same kind."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from twiceshy.guards._languages import language_of
from twiceshy.model.backtest import Fire, Spot
from twiceshy.model.change import ChangedFile
from twiceshy.model.history import PastFile
from twiceshy.model.ports import History

_NEAR = 100  # commits before and after: as many in a young repository's weeks as in an old one's days
_LIKE = 2.0  # how many times larger or smaller a commit of like size may be
_EACH = 5  # random lines for each fire
_WORD = re.compile(r"[^\W\d_]{3}")


class _Around(NamedTuple):
    """What a commit changed: lines in all, and its files."""

    size: int
    files: list[PastFile]


def matched(
    fires: Sequence[Fire], history: History, silent: Callable[[int, ChangedFile], bool], seed: str
) -> Iterator[tuple[int, Spot]]:
    """Up to five random lines for each fire, each with its commit's number; the same ones for the same `seed`.

    Only lines that hold a word are drawn, and only from files on which the guard is `silent`.
    """
    around = _around(fires, history)
    for fire in fires:
        number, spot = fire.commit.number, fire.spots[0]
        draw = random.Random(f"{seed} {fire.commit.sha}")
        size, kind = around[number].size, kind_of(spot.path)
        near = [one for one in range(number - _NEAR, number + _NEAR + 1) if one != number and one in around]
        like = [one for one in near if size / _LIKE <= around[one].size <= size * _LIKE]
        files = [past for one in like for past in around[one].files if _fits(past, kind, spot.side)]
        draw.shuffle(files)
        drawn = 0
        for past in files:
            line = _line(history.changed_file(past), past, silent, draw, spot.side)
            if line:
                yield past.commit, line
                drawn += 1
            if drawn == _EACH:
                break


def kind_of(path: str) -> str:
    """What sort of file this is: its language, or how its name ends."""
    name = path.rpartition("/")[2]
    return language_of(path) or os.path.splitext(name)[1].lower() or name


def _fits(past: PastFile, kind: str, side: str) -> bool:
    return bool(past.added if side == "new" else past.removed) and not past.skipped and kind_of(past.path) == kind


def _line(
    file: ChangedFile, past: PastFile, silent: Callable[[int, ChangedFile], bool], draw: random.Random, side: str
) -> Spot | None:
    lines = file.added() if side == "new" else file.removed()
    told = [index for index in range(len(lines.starts)) if _WORD.search(lines.line(index))]
    if not told or not silent(past.commit, file):
        return None
    index = draw.choice(told)
    return Spot(past.path, lines.numbers[index], lines.numbers[index], side, lines.line(index))


def _around(fires: Sequence[Fire], history: History) -> dict[int, _Around]:
    """The commits near the fires that have lines."""
    near = {number for fire in fires for number in range(fire.commit.number - _NEAR, fire.commit.number + _NEAR + 1)}
    numbers = [commit.number for commit in history.commits() if commit.number in near and not commit.is_merge]
    found: dict[int, _Around] = {}
    for past in history.files(numbers):
        size, files = found.get(past.commit, (0, []))
        files.append(past)
        found[past.commit] = _Around(size + past.added + past.removed, files)
    return found
