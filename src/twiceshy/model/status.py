"""What a repository holds, in figures."""

from __future__ import annotations

from dataclasses import dataclass

from twiceshy.model.card import DocumentCard, LessonCard


@dataclass(frozen=True, slots=True)
class Status:
    """Documents and lessons as the index knows them; `indexed` is its time (seconds since the epoch, 0 if not kept).

    `unproved` counts guards that want to block and may not yet.
    """

    documents: tuple[DocumentCard, ...]
    lessons: tuple[LessonCard, ...]
    indexed: float
    shallow: bool
    unproved: int
