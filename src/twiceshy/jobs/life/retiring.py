"""retire and reject: a lesson that stops speaking, and a candidate that never will."""

from __future__ import annotations

import re
from posixpath import basename, dirname

from twiceshy.errors import UsageError
from twiceshy.jobs.life.desk import Desk, changed_lines, edited, lesson_in, refuse_rules, silenced, state
from twiceshy.jobs.life.rejected import PATH, with_rejected
from twiceshy.markdown.inert import one_line
from twiceshy.markdown.life import words_for
from twiceshy.markdown.page import Page
from twiceshy.markdown.roles import normalised
from twiceshy.model.card import LessonCard
from twiceshy.model.change import lines_of
from twiceshy.model.lesson import Lesson
from twiceshy.model.moved import Moved

_COMMIT = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b")
_KEYS, _LABEL = ("commits", "commit"), "found in"
_MINED = re.compile(r"mined-[0-9a-f]{7,40}")


def retire(desk: Desk, card: LessonCard, reason: str) -> Moved:
    """Let an active lesson say that it is retired, since today and why; it stays where it is, and is silent.

    Raises UsageError if it is a candidate, or if its document has no place to say so.
    """
    page, read_as = desk.page_and_hash(card.path)
    lesson = lesson_in(page, card)
    if lesson.status in ("retired", "superseded"):
        return Moved(lesson.id, lesson.status, notes=(f"it is {lesson.status} already",))
    if lesson.status == "candidate":
        raise UsageError(f"{lesson.id} is a candidate, and does not speak yet", "twiceshy reject puts it away for good")
    refuse_rules(lesson)
    return _ended(desk, page, read_as, lesson, reason)


def reject(desk: Desk, card: LessonCard, reason: str) -> Moved:
    """Put a candidate away for good: its file goes, and `.twiceshy/rejected.txt` says so, so that nobody proposes it.

    A candidate that is not alone in its file, or not in a folder `candidates`, stays and says that it is rejected.
    Raises UsageError if it is no candidate, or if its file would be lost because git does not have it.
    """
    page, read_as = desk.page_and_hash(card.path)
    lesson = lesson_in(page, card)
    if lesson.status == "retired":
        return Moved(lesson.id, "retired", notes=("it is put away already",))
    if lesson.status != "candidate":
        raise UsageError(f"{lesson.id} is {lesson.status}, not a candidate", 'twiceshy retire ID --reason "…" ends it')
    refuse_rules(lesson)
    if basename(dirname(card.path)) != "candidates" or len(page.lessons) > 1:
        return _ended(desk, page, read_as, lesson, reason)
    said = _reason(reason)
    if not _MINED.fullmatch(lesson.id) and not desk.is_committed(card.path):
        hint = "commit it first, so that it can be found again, or delete it yourself"
        raise UsageError(f"git does not have {card.path} as it stands there", hint)
    known, known_as = desk.text_and_hash(PATH)
    text = known
    for what in _origins(page, lesson):
        text = with_rejected(text, what, desk.today, said)
    if text != known:
        desk.write(PATH, text, known_as)
    desk.remove(card.path, read_as)
    old = set(lines_of(known))
    lines = ((PATH, n, line) for n, line in enumerate(lines_of(text), 1) if line not in old)
    return Moved(lesson.id, "rejected", tuple(lines), files=(f"removed {card.path}",))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise UsageError("say why", 'for example: --reason "the module is gone"')
    return one_line(reason)


def _origins(page: Page, lesson: Lesson) -> list[str]:
    """The commits that a candidate was made from, as its front matter or its label says; else its id."""
    front = page.document.front_matter
    said = [str(front.values.get(key, "")) for key in _KEYS] if front else []
    labels = page.document.labels_in(lesson.span)
    said += [one.span.of(page.document.text) for one in labels if normalised(one.label) == _LABEL]
    return sorted({commit for text in said for commit in _COMMIT.findall(text)}) or [lesson.id]


def _ended(desk: Desk, page: Page, read_as: str, lesson: Lesson, reason: str) -> Moved:
    """Write that a lesson is retired, or that a candidate is rejected, for this reason."""
    label, retired, rejected, _ = words_for(page.language)
    word, said = rejected if lesson.status == "candidate" else retired, _reason(reason)
    # In brackets, "replaced by …" is a reason and not the lesson that came after this one.
    forms = [state(word, f" ({desk.today}): {said}"), state(word, f" ({desk.today}: {said})")]
    after, edits = edited(desk, page, lesson, "retired", forms, label=label)
    desk.write(page.document.path, after.document.text, read_as)
    status = "rejected" if lesson.status == "candidate" else "retired"
    return Moved(lesson.id, status, changed_lines(page, after, edits), silenced(lesson) if status == "retired" else ())
