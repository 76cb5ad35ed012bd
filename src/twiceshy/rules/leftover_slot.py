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
    """One warning for each slot that nobody filled."""
    if page.template is None:
        return
    for span in sorted(leftover_slots(page.document, page.template)):
        line = page.lines.at(span.start)
        said = f"the slot {span.of(page.document.text)} is still open"
        hint = "write what you know, or “unknown”"
        yield Diagnostic("leftover-slot", "warn", said, Location(page.document.path, line, line), instead=hint)
