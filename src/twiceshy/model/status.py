"""What a repository holds, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from twiceshy.model.card import DocumentCard


@dataclass(frozen=True, slots=True)
class Status:
    """Documents as the index knows them, lessons by status, guards by engine.

    `indexed` is when the index last changed (seconds since the epoch, 0 if it is not kept); `unproved` counts guards
    that want to block and may not yet; `events` counts what is kept about what was said, from the day `since` on.
    """

    documents: tuple[DocumentCard, ...]
    lessons: dict[str, int]
    guards: dict[str, int]
    indexed: float
    shallow: bool
    unproved: int
    events: int = 0
    since: str = ""
