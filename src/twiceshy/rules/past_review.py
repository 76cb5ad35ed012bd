"""past-review: a guard's `review-by` date has passed.

Knowledge about code grows stale. The guard still speaks, but somebody who knows the code should read the lesson again
and either move the date or retire it.
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:
    """One warning for each guard of an active lesson whose review is due."""
    today = around.today.isoformat()
    for lesson in page.lessons:
        for guard in lesson.guards:
            if lesson.status == "active" and guard.review_by and guard.review_by < today:
                place = Location(guard.path, guard.line, guard.line)
                said = f"{guard.id} was to be reviewed by {guard.review_by}"
                hint = "read the lesson again, then move review-by or retire the lesson"
                yield Diagnostic("past-review", "warn", said, place, instead=hint, lesson=lesson.id)
