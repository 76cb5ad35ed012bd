"""supersede: a lesson gives way to a better one, and both say so."""

from __future__ import annotations

import re
from posixpath import dirname

from twiceshy.errors import UsageError
from twiceshy.jobs.life.desk import Desk, changed_lines, edited, lesson_in, refuse_rules, silenced, state
from twiceshy.jobs.life.moving import link_to
from twiceshy.jobs.life.reading import reads_as
from twiceshy.jobs.life.standing import beside_status
from twiceshy.markdown.anchors import anchor_at
from twiceshy.markdown.edit import apply
from twiceshy.markdown.inert import one_line
from twiceshy.markdown.life import words_for
from twiceshy.markdown.page import Page
from twiceshy.model.card import LessonCard
from twiceshy.model.lesson import Lesson
from twiceshy.model.moved import Moved


def supersede(desk: Desk, old: LessonCard, new: LessonCard, reason: str = "") -> Moved:
    """Let the lesson `old` say that `new` came after it, with a link; `new` says so too if it has a place for it.

    Raises UsageError if `new` is not active, is `old` itself, or if something else came after `old` already.
    """
    if (old.path, old.id, old.line) == (new.path, new.id, new.line):
        raise UsageError(f"{old.id} cannot supersede itself", "name the lesson that came after it with --by")
    page, read_as = desk.page_and_hash(old.path)
    later = page if new.path == old.path else desk.page_and_hash(new.path)[0]
    lesson, better = lesson_in(page, old), lesson_in(later, new)
    if better.status != "active":
        hint = f"twiceshy accept {better.id}" if better.status == "candidate" else "name one that is active with --by"
        raise UsageError(f"{better.id} is {better.status} itself", hint)
    refuse_rules(lesson)
    target = _target(later, better, old.path)
    if lesson.status == "candidate":
        raise UsageError(f"{lesson.id} is a candidate, and does not speak yet", "twiceshy reject puts it away for good")
    if lesson.status == "superseded":
        if not _links(page, lesson, target):
            hint = f"change it by hand at {old.path}:{lesson.location.line} if {better.id} should be named"
            raise UsageError(f"{lesson.id} is superseded already", hint)
        lines: tuple[tuple[str, int, str], ...] = ()
    else:
        lines = _give_way(desk, page, read_as, lesson, (better.title, target, reason))
    more, note = _say_so(desk, old, new)
    if not (lines or more):
        return Moved(lesson.id, "superseded", notes=(f"it is superseded by {better.id} already",))
    return Moved(lesson.id, "superseded", (*lines, *more), (*silenced(lesson), *note))


def _give_way(
    desk: Desk, page: Page, read_as: str, lesson: Lesson, by: tuple[str, str, str]
) -> tuple[tuple[str, int, str], ...]:
    """Write into `lesson` what came after it: title, link and reason."""
    title, target, reason = by
    label, _, _, word = words_for(page.language)
    why = f": {one_line(reason)}" if reason.strip() else ""
    link = f"{'' if word.endswith('：') else ' '}{_link(title, target)} ({desk.today})"
    after, edits = edited(desk, page, lesson, "superseded", [state(word, link + why), state(word, link)], label=label)
    now = next(one for one, was in zip(after.lessons, page.lessons, strict=True) if was is lesson)
    if not _links(after, now, target):
        raise UsageError(f"the link to {target} would not be read as one", "write it by hand")
    desk.write(page.document.path, after.document.text, read_as)
    return changed_lines(page, after, edits)


def _target(page: Page, lesson: Lesson, start: str) -> str:
    """Where a link in the document `start` leads to that means `lesson`."""
    anchor = "" if lesson.is_document else anchor_at(page.document, lesson.span.start)
    same = page.document.path == start
    return link_to("" if same and anchor else page.document.path, dirname(start), anchor)


def _link(title: str, target: str) -> str:
    words = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", one_line(title))
    return f"[{words}]({target})"


def _links(page: Page, lesson: Lesson, target: str) -> bool:
    """Whether a lesson links to `target`, in its words or in the status of its front matter."""
    front = page.document.front_matter.values if page.document.front_matter and lesson.is_document else {}
    linked = any(one.target == target for one in page.document.links if lesson.span.holds(one.span))
    return linked or any(f"({target})" in str(front.get(key, "")) for key in ("status", "supersedes"))


def _say_so(desk: Desk, old: LessonCard, new: LessonCard) -> tuple[tuple[tuple[str, int, str], ...], tuple[str, ...]]:
    """Let `new` name `old` where it says its status or what it supersedes; else only a remark."""
    page, read_as = desk.page_and_hash(new.path)
    earlier = page if old.path == new.path else desk.page_and_hash(old.path)[0]
    lesson, gone = lesson_in(page, new), lesson_in(earlier, old)
    target = _target(earlier, gone, new.path)
    if _links(page, lesson, target):
        return (), ()
    for edits in beside_status(page, lesson, "Supersedes", _link(gone.title, target)):
        after = desk.page_of(new.path, apply(page.document.text, edits))
        if reads_as(page, after, lesson, "active"):
            desk.write(new.path, after.document.text, read_as)
            return changed_lines(page, after, edits), ()
    return (), (f"{new.path}:{lesson.location.line} has no place that says what it supersedes, and stays as it is",)
