"""A promise somebody made in a document."""

from __future__ import annotations

from dataclasses import dataclass

from twiceshy.model.text import Location, Span


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One action: `raw` is everything as written; the other fields hold what could be told apart, else are empty."""

    id: str
    raw: str
    text: str
    span: Span
    location: Location
    done: bool = False
    owner: str = ""
    due: str = ""
    priority: str = ""
    status: str = ""
    reference: str = ""
