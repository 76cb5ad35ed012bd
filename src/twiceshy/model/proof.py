"""A proof: what a guard would have said about the past, and what a named person thinks of ten of its fires."""

from __future__ import annotations

from dataclasses import dataclass

from twiceshy.model.rates import Targeted


@dataclass(frozen=True, slots=True)
class Judged:
    """One fire with a person's verdict on it: true if the guard was right to speak.

    `commit` is a full id, `by` is "Name <email>" as git has it, `on` a day (YYYY-MM-DD).
    """

    commit: str
    path: str
    line: int
    text: str
    verdict: bool
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The proof of the guard with this `digest`, made on `made` (YYYY-MM-DD) for the history up to the commit `head`.

    `fires` counts commits in which it speaks, of `commits` that were looked at; `after_lesson` those after the day of
    its lesson, None where the lesson has none. `culprit_caught` and `fix_silent` are None where nobody could tell.
    """

    guard: str
    digest: str
    made: str
    head: str
    commits: int
    fires: int
    culprit_caught: bool | None
    fix_silent: bool | None
    after_lesson: int | None
    targeted: Targeted | None
    judged: tuple[Judged, ...] = ()

    @property
    def right(self) -> int:
        """How many fires somebody found right."""
        return sum(judged.verdict for judged in self.judged)
