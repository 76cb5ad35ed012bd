"""Random lines to compare fires with: from commits of like size, near in history, in files of the same kind."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from twiceshy.guards._languages import language_of
from twiceshy.model.backtest import Fire, Spot
from twiceshy.model.history import PastCommit, PastFile
from twiceshy.model.ports import History

_NEAR = 50  # commits before and after: a young repository's weeks, an old one's days
_LIKE = 2.0  # how many times larger or smaller a commit of like size may be
_EACH = 5  # random lines for each fire
_WORD = re.compile(r"[^\W\d_]{3}")


class Draw(NamedTuple):
    """A file to draw a line from for a fire of `guard` (its place in a list), with the seed that decides which."""

    past: PastFile
    side: str
    seed: str
    guard: int


class _Around(NamedTuple):
    """What a commit changed: lines in all, and its files."""

    size: int
    files: list[PastFile]


class Surroundings:
    """The commits near some fires, with their sizes."""

    def __init__(self, fires: Iterable[Fire], history: History, commits: Iterable[PastCommit]) -> None:
        near = {number for fire in fires for number in _near(fire)}
        numbers = [commit.number for commit in commits if commit.number in near and not commit.is_merge]
        self._history = history
        self._around: dict[int, _Around] = {}
        for past in history.files(numbers):
            size, files = self._around.get(past.commit, (0, []))
            files.append(past)
            self._around[past.commit] = _Around(size + past.added + past.removed, files)

    def draws(self, fire: Fire, guard: int, seed: str, fired: Container[int]) -> list[Draw]:
        """Up to five files that are like the one the fire is in, none from commits that `fired`; decided by `seed`."""
        spot, size = fire.spots[0], self._around[fire.commit.number].size
        kind, draw = kind_of(spot.path), random.Random(f"{seed} {fire.commit.sha}")
        made = self._history.is_generated(spot.path)
        like = [
            past
            for number in _near(fire)
            if number in self._around and number not in fired
            if size / _LIKE <= self._around[number].size <= size * _LIKE
            for past in self._around[number].files
            if _fits(past, kind, spot.side) and self._history.is_generated(past.path) == made
        ]
        return [Draw(past, spot.side, f"{seed} {past.key}", guard) for past in draw.sample(like, min(_EACH, len(like)))]


def lines_of_draws(draws: Sequence[Draw], history: History) -> list[tuple[Draw, Spot]]:
    """A random line of each file, where there is one that holds a word."""
    found = []
    for draw in sorted(draws, key=lambda draw: draw.past.key):  # neighbours in the store are read together
        file = history.changed_file(draw.past)
        lines = file.added() if draw.side == "new" else file.removed()
        told = [index for index in range(len(lines.starts)) if _WORD.search(lines.line(index))]
        if told:
            index = random.Random(draw.seed).choice(told)
            number = lines.numbers[index]
            found.append((draw, Spot(draw.past.path, number, number, draw.side, lines.line(index))))
    return found


def kind_of(path: str) -> str:
    """What sort of file this is: its language, or how its name ends."""
    name = path.rpartition("/")[2]
    return language_of(path) or os.path.splitext(name)[1].lower() or name


def _near(fire: Fire) -> range:
    return range(fire.commit.number - _NEAR, fire.commit.number + _NEAR + 1)


def _fits(past: PastFile, kind: str, side: str) -> bool:
    return bool(past.added if side == "new" else past.removed) and not past.skipped and kind_of(past.path) == kind
