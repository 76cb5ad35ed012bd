"""What moving a lesson needs of the world, and how one edit of its status is tried, checked and written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from twiceshy.errors import UsageError
from twiceshy.jobs.life.reading import reads_as
from twiceshy.jobs.life.standing import Worded, ways
from twiceshy.markdown.edit import apply
from twiceshy.markdown.page import Page
from twiceshy.model.card import LessonCard
from twiceshy.model.lesson import RULES, Lesson
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Edit


class Desk(Surroundings, Protocol):
    """Where documents are read, written and removed; paths are relative to the repository's root."""

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path` and the hash of what was read. Raises UsageError."""

    def text_and_hash(self, path: str) -> tuple[str, str | None]:
        """The text of any file and its hash; "" and None if it is not there. Raises UsageError."""

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write safely; `read_as` is None if the file must be new. Raises ChangedMeanwhile if it is not as read."""

    def remove(self, path: str, read_as: str) -> None:
        """Remove a file if it is still what was read. Raises ChangedMeanwhile."""

    def is_committed(self, path: str) -> bool:
        """Whether git has a file as it stands in the working tree, so that nothing is lost with it."""


def lesson_in(page: Page, card: LessonCard) -> Lesson:
    """The lesson of `card` as its document reads now. Raises UsageError if it is not there any more."""
    found = [lesson for lesson in page.lessons if lesson.id == card.id]
    found = [lesson for lesson in found if lesson.location.line == card.line] or found[:1]
    if not found:
        raise UsageError(f"{card.path} has no lesson {card.id} any more", "twiceshy lessons lists what is there")
    return found[0]


def refuse_rules(lesson: Lesson) -> None:
    """Raise UsageError for a rule in a file for agents: they read the file as it is, whatever a status says."""
    if lesson.kind == RULES:
        where = f"{lesson.location.path}:{lesson.location.line}"
        raise UsageError(f"{where} is a rule that agents read whatever we say of it", "take it out of the file")


def state(word: str, more: str) -> Worded:
    """A status of `word` and `more`, in capitals or not as the one before it."""

    def worded(old: str) -> str:
        first = re.search(r"[^\W\d_]", old)
        return f"{word[:1].upper()}{word[1:]}{more}" if first and first.group().isupper() else f"{word}{more}"

    return worded


def edited(
    desk: Desk, page: Page, lesson: Lesson, status: str, said: Sequence[Worded], *, label: str
) -> tuple[Page, list[Edit]]:
    """The document as it reads once `lesson` says `status` in one of the ways that are `said`, and the edits.

    Raises UsageError if there is no place for it, or none where the rest would read as before.
    """
    for worded in said:
        for edits in ways(page, lesson, worded, label):
            after = desk.page_of(page.document.path, apply(page.document.text, edits))
            if reads_as(page, after, lesson, status):
                return after, edits
    where = f"{lesson.location.path}:{lesson.location.line}"
    in_table = any(table.span.holds(lesson.span) for table in page.document.tables)
    hint = (
        "give its table a column Status" if in_table else "write it by hand; twiceshy show --explain says how it reads"
    )
    raise UsageError(f"{where} has no place to say {status} where all else would read as before", hint)


def changed_lines(page: Page, after: Page, edits: Iterable[Edit]) -> tuple[tuple[str, int, str], ...]:
    """Path, number and text of each line that the edits made or changed; what is gone has none."""
    found, grown = {}, 0
    for edit in sorted(edits, key=lambda one: one.span):
        lead = len(edit.text) - len(edit.text.lstrip("\r\n"))
        number = after.lines.at(edit.span.start + grown + lead)
        grown += len(edit.text) - (edit.span.end - edit.span.start)
        if not edit.text:
            continue
        start = after.lines.starts[number - 1]
        found[number] = re.split(r"[\r\n]", after.document.text[start : start + 400], maxsplit=1)[0].strip()
    return tuple((page.document.path, number, text) for number, text in found.items())


def silenced(lesson: Lesson) -> tuple[str, ...]:
    """A remark on the guards that speak no longer."""
    names = ", ".join(guard.id for guard in lesson.guards)
    if not names:
        return ()
    return (f"its guards {names} no longer speak" if len(lesson.guards) > 1 else f"its guard {names} no longer speaks",)
