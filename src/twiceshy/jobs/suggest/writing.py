"""A guard that a person confirmed is written below its lesson, and nothing else changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from itertools import count

from twiceshy.errors import UsageError
from twiceshy.jobs.capture import Desk, facts_of, slug_of
from twiceshy.markdown.edit import apply, line_end
from twiceshy.markdown.entry.placing import content_end
from twiceshy.markdown.guard_draft import block_of, fenced, guard_in
from twiceshy.markdown.page import Page
from twiceshy.model.guard import Guard
from twiceshy.model.lesson import Lesson
from twiceshy.model.text import Edit, Span

_INDENTS = ("", "  ", "    ")


def complete(
    keys: Mapping[str, object], title: str, why: str, commits: tuple[str, str], known: tuple[date, Collection[str]]
) -> str:
    """The YAML of a block for a suggested guard, with an id of its own, why, level, commits and when to look again.

    `commits` are the culprit and the fix, `known` today and the ids that other guards have. Raises InvalidGuard.
    """
    today, taken = known
    slug = slug_of(title) or "guard"
    free = next(n for n in count(1) if (slug if n == 1 else f"{slug}-{n}") not in taken)
    rest = {key: value for key, value in keys.items() if key != "id"}
    review = date(today.year + 1, today.month, min(today.day, 28))
    text = block_of(
        {
            "id": slug if free == 1 else f"{slug}-{free}",
            "why": " ".join(why.split()),
            **rest,
            "level": "warn",
            "culprit": commits[0],
            "fix": commits[1],
            "review-by": review.isoformat(),
        }
    )
    guard_in(text)
    return text


def write(desk: Desk, path: str, lesson: str, block: str) -> int:
    """Write a guard as a block under the lesson with this id in the document at `path`; gives back its line.

    Raises UsageError if the lesson cannot hold a block or another lesson would be read differently, ChangedMeanwhile
    if the document was written by somebody else.
    """
    page, read_as = desk.page_and_hash(path)
    mine = next((one for one in page.lessons if one.id == lesson), None)
    if mine is None:
        raise UsageError(f"{path} holds no lesson {lesson!r}", "twiceshy lessons lists them")
    guard = guard_in(block)
    for indent in _INDENTS:
        edit = _edit(page, mine, block, indent)
        after = desk.page_of(path, apply(page.document.text, [edit]))
        line = _line_of(page, after, mine, guard)
        if line:
            desk.write(path, after.document.text, read_as)
            return line
    hint = "give it a heading of its own, or write the block by hand where it belongs"
    raise UsageError(f"a block under “{mine.title}” would not be read as its guard", hint)


def _edit(page: Page, lesson: Lesson, block: str, indent: str) -> Edit:
    text = page.document.text
    at = content_end(page.document, lesson.span)
    lines = [f"{indent}{line}" if line else "" for line in fenced(block).rstrip("\n").split("\n")]
    tail = "" if text[at : at + 1] in ("\n", "\r") else "\n"
    end = line_end(text)
    return Edit(Span(at, at), f"{end}{end}{end.join(lines)}{tail and end}")


def _line_of(before: Page, after: Page, lesson: Lesson, guard: Guard) -> int:
    """The line of the new guard if it is read as this lesson's and everything else as it was; else 0."""
    was = {one.id: facts_of(one) for one in before.lessons if one.id != lesson.id}
    now = {one.id: facts_of(one) for one in after.lessons if one.id != lesson.id}
    own = next((one for one in after.lessons if one.id == lesson.id), None)
    if own is None or was != now or own.title != lesson.title or own.status != lesson.status:
        return 0
    added = [one for one in own.guards if one.digest == guard.digest and one.id == guard.id]
    return added[0].line if added and len(own.guards) == len(lesson.guards) + 1 else 0
