"""A guard that could be written for a mistake that was made once and mended once, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

from twiceshy.model.guard import Guard


@dataclass(frozen=True, slots=True)
class Noise:
    """In how many of `commits`, the culprit aside, a guard would have spoken, and in how many of those a later commit
    that calls itself a fix took out what it spoke about."""

    commits: int
    fires: int
    mended: int

    @property
    def per_1000(self) -> float:
        """Other commits in which it speaks, of a thousand; fewer than three tell nothing."""
        return 1000 * self.fires / self.commits if self.commits and self.fires > 2 else 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A guard that catches the culprit and spares the fix: its `keys` as a block holds them, in order.

    `form` is the idea behind it, `what` says in words what it recognises, `score` how sure it is to be about the
    mistake, `reasons` why; `place` is the file and the line that the fix changed; `noise` is None if history was not
    asked; `block` is the YAML to write, once it is complete.
    """

    form: str
    what: str
    guard: Guard
    keys: dict[str, object]
    score: float
    reasons: tuple[str, ...]
    place: tuple[str, int]
    noise: Noise | None = None
    block: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What can be offered for one fix; `how` says why this culprit, `none` why nothing is offered.

    `held` is how many guards caught the culprit and spared the fix, `unheard` why history was not asked; `lesson` and
    `path` say where a guard would be written, "" if only a commit was named.
    """

    fix: str
    culprit: str
    how: str
    offered: tuple[Suggestion, ...] = ()
    held: int = 0
    none: str = ""
    unheard: str = ""
    lesson: str = ""
    path: str = ""
