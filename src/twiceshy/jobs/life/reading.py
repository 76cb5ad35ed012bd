"""Whether an edited document reads as it should: one lesson has its new status, everything else is as before."""

from __future__ import annotations

from twiceshy.markdown.page import Page
from twiceshy.model.action import ActionItem
from twiceshy.model.lesson import Lesson

_ENOUGH = 120  # characters of a part that must still be there: what goes before it may push its end out


def reads_as(before: Page, after: Page, lesson: Lesson, status: str) -> Lesson | None:
    """`lesson` as it reads in `after` if its status is `status` and nothing else reads otherwise, else None."""
    same = (
        len(after.lessons) == len(before.lessons)
        and after.kind.name == before.kind.name
        and _front(after) == _front(before)
        and [p.message for p in after.problems] == [p.message for p in before.problems]
        and [_promise(item) for item in after.actions] == [_promise(item) for item in before.actions]
    )
    found = None
    for old, new in zip(before.lessons, after.lessons, strict=True) if same else ():
        if old is lesson:
            found = new if new.status == status and _is_itself(old, new) else None
            if not found:
                return None
        elif old.span.holds(lesson.span):
            if not _is_itself(old, new) or old.status != new.status:
                return None
        elif (*_core(old), old.status, old.texts) != (*_core(new), new.status, new.texts):
            return None
    return found


def _core(lesson: Lesson) -> tuple[object, ...]:
    guards = [(guard.id, guard.digest, guard.level) for guard in lesson.guards]
    return (lesson.id, lesson.title, lesson.kind, lesson.date, lesson.is_document, guards)


def _is_itself(old: Lesson, new: Lesson) -> bool:
    """Whether a lesson that was edited says what it said: a part may have become longer, none shorter."""
    said = {role: words for role, words in old.texts.items() if role not in ("status", "related")}
    return _core(old) == _core(new) and all(words[:_ENOUGH] in new.texts.get(role, "") for role, words in said.items())


def _front(page: Page) -> tuple[object, ...]:
    front = page.document.front_matter
    values = front.values.items() if front else ()
    said = {key: value for key, value in values if key not in ("status", "supersedes")}
    return (front is None, front.error if front else "", said)


def _promise(item: ActionItem) -> tuple[object, ...]:
    return (item.id, item.text, item.done, item.owner, item.due, item.status, item.reference)
