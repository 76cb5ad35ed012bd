"""What became of a lesson that was moved through its life."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moved:
    """The lesson's id and status now, each changed line (path, 1-based number, text), remarks for people.

    Without `lines` and `files` nothing was written; `files` says which were moved or removed.
    """

    lesson: str
    status: str
    lines: tuple[tuple[str, int, str], ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
