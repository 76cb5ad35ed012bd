"""leftover-slot: a document still holds an open place of its template.

Only the slots of the document's own kind count, word for word and outside code: `[TBD]` or `N/A` is an answer, a file
name pattern in brackets is not a slot. What stays open on purpose is said with one of those words.
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.markdown.page import Page
from twiceshy.markdown.schema import leftover_slots
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:  # noqa: ARG001  (every rule has the same shape)
    """One warning for all the slots that nobody filled, at the first of them."""
    if page.template is None:
        return
    spans = sorted(leftover_slots(page.document, page.template))
    if not spans:
        return
    line = page.lines.at(spans[0].start)
    first = spans[0].of(page.document.text)
    said = f"{len(spans)} slots are still open, first {first}" if len(spans) > 1 else f"the slot {first} is still open"
    hint = "write what you know, or “unknown”"
    yield Diagnostic("leftover-slot", "warn", said, Location(page.document.path, line, line), instead=hint)
