"""What a guard would have said about the past, and what became of the places it would have spoken about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from twiceshy.model.guard import Guard
from twiceshy.model.history import PastCommit
from twiceshy.model.proof import Proof
from twiceshy.model.rates import Targeted


class Spot(NamedTuple):
    """Where a guard spoke: lines `line` to `end_line` (1-based) of `path`, in the new file or (`old`) the old one."""

    path: str
    line: int
    end_line: int
    side: str
    text: str


class Fire(NamedTuple):
    """A commit that a guard would have spoken about, with the first places in it.

    `undone_by` is the id of a later fix that took the first of them out again, "" if there is none.
    """

    commit: PastCommit
    spots: tuple[Spot, ...]
    undone_by: str = ""


class Subject(NamedTuple):
    """A guard to try, with its lesson: the id, and the day it tells of ("" if it tells none)."""

    guard: Guard
    lesson: str
    day: str


@dataclass(frozen=True, slots=True)
class Backtest:
    """What one guard would have said about `commits` commits, merges and unread ones left out; `fires` oldest first.

    `cannot` says why history cannot judge it. `first` and `last` are the days between which history was looked at,
    `marks` (name, day) what there is to see between them. `targeted` is None under 30 fires, or where there is no line
    to follow; `narrowed` says that only a part of history was looked at, which proves nothing.
    """

    subject: Subject
    commits: int
    fires: tuple[Fire, ...] = ()
    culprit_caught: bool | None = None
    fix_silent: bool | None = None
    after_lesson: int | None = None
    targeted: Targeted | None = None
    cannot: str = ""
    narrowed: bool = False
    first: str = ""
    last: str = ""
    marks: tuple[tuple[str, str], ...] = ()


class Tested(NamedTuple):
    """A backtest with the proof that was made of it so far, if any, and why the guard may not block ("": it may)."""

    backtest: Backtest
    proof: Proof | None
    refusal: str
