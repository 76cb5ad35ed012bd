"""colliding-ids: two guards or two lessons claim the same id.

Suppressions, proofs and other people's tools name guards and lessons by id. Authors' own numbers collide all the time,
so an id that is given twice is an error at both places; ids made from path and heading cannot collide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:
    """One error for each id of this page that stands somewhere else too."""
    everywhere = Counter(guard.id for guard in around.guards())
    for lesson in page.lessons:
        others = [place for place in around.places(lesson.id) if place != lesson.location]
        if lesson.explicit_id and others:
            yield _collision(f"the lesson id {lesson.id}", lesson.location, others[0], lesson.id)
        if lesson.status != "active":
            continue
        for guard in lesson.guards:
            here = Location(guard.path, guard.line, guard.line)
            if everywhere[guard.id] > 1:
                others = [at for g in around.guards() if g.id == guard.id and (at := _place(g.path, g.line)) != here]
                yield _collision(f"the guard id {guard.id}", here, next(iter(others), here), lesson.id)


def _place(path: str, line: int) -> Location:
    return Location(path, line, line)


def _collision(what: str, here: Location, there: Location, lesson: str) -> Diagnostic:
    said = f"{what} is taken: it stands at {there.path}:{there.line} too"
    return Diagnostic(
        "colliding-ids", "error", said, here, instead="give one of them another id", see=there, lesson=lesson
    )
