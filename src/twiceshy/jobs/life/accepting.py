"""accept: a candidate becomes a lesson that speaks, where it stands, in the folder above, or as an entry of a log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

from twiceshy.errors import UsageError
from twiceshy.jobs.capture import check_others
from twiceshy.jobs.life.desk import Desk, changed_lines, edited, lesson_in, refuse_rules, state
from twiceshy.jobs.life.moving import moved_links
from twiceshy.jobs.life.standing import Worded, ways
from twiceshy.markdown.edit import apply
from twiceshy.markdown.entry import Note, append_entry
from twiceshy.markdown.inert import one_line
from twiceshy.markdown.life import accepted, words_for
from twiceshy.markdown.page import Page
from twiceshy.model.card import LessonCard
from twiceshy.model.glob import DOCUMENTS
from twiceshy.model.lesson import Lesson
from twiceshy.model.moved import Moved
from twiceshy.model.template import Template
from twiceshy.model.text import Edit, Span
from twiceshy.rules import broken_guard, guard_example, leftover_slot

_UNKNOWN = re.compile(r"\W*(?:unknown|unbekannt|inconnue?|desconocid[oa]|desconhecid[oa]|\?|tbd)\b", re.IGNORECASE)
_CALLED = {"retained": "guard or rule"}
_HEADING = re.compile(r"[^\w\s]*[ \t]*")


def accept(desk: Desk, card: LessonCard, *, to: str = "", by: str = "") -> Moved:
    """Let a candidate speak: its status says so if it says anything, and its file leaves the folder `candidates`.

    `to` is another place for the file, `by` who says so. Where files move, the new one is written before the old one
    goes. Raises UsageError if it is no candidate, if something else stands there, or if other lessons are in its file.
    """
    page, read_as = desk.page_and_hash(card.path)
    lesson = lesson_in(page, card)
    if lesson.status != "candidate":
        return _no_candidate(lesson)
    refuse_rules(lesson)
    path = _goal(card.path, to)
    if path == card.path:
        label, *_ = words_for(page.language)
        said = state("active", f" ({desk.today}{', ' * bool(by)}{one_line(by)})")
        after, edits = edited(desk, page, lesson, "active", [_worded(desk, by), said], label=label)
        desk.write(path, after.document.text, read_as)
        now = after.lessons[page.lessons.index(lesson)]
        return Moved(now.id, "active", changed_lines(page, after, edits), to_do(desk, after, now))
    _alone(page, lesson)
    after, edits = _moved(desk, page, lesson, path, by)
    there, there_as = desk.text_and_hash(path)
    if there_as is None:
        desk.write(path, after.document.text, None)
    elif there != after.document.text:
        raise UsageError(f"{path} is there already", "name another place with --to")
    desk.remove(card.path, read_as)
    now = after.lessons[0]
    lines = ((path, number, text) for _, number, text in changed_lines(page, after, edits))
    return Moved(now.id, "active", tuple(lines), to_do(desk, after, now), (f"moved {card.path} to {path}",))


def accept_into(desk: Desk, card: LessonCard, log: str, template: Template) -> Moved:
    """Let a candidate become an entry of the log at `log`, with all it says; then its file goes.

    Raises UsageError if it is no candidate with a file of its own in a folder `candidates`, if the log's entries are
    lines and have no room for it, or if the log would not read it as one lesson.
    """
    page, read_as = desk.page_and_hash(card.path)
    lesson = lesson_in(page, card)
    if lesson.status != "candidate":
        return _no_candidate(lesson)
    if basename(dirname(card.path)) != "candidates":
        raise UsageError(f"{card.path} is not in a folder candidates", "without --into it is accepted where it stands")
    _alone(page, lesson)
    book, book_as = desk.page_and_hash(log)
    for body in _bodies(desk, page, lesson, log):
        note = Note(lesson.title, "", body=body)
        edit = append_entry(book, template, note, desk.today)
        if body not in edit.text.replace("\r\n", "\n"):
            raise UsageError(f"the entries of {log} are lines, with no room for it", "accept it without --into")
        after = desk.page_of(log, apply(book.document.text, [edit]))
        if found := _entry(book, after, lesson):
            check_others(book, after, edit, grows=False)
            desk.write(log, after.document.text, book_as)
            desk.remove(card.path, read_as)
            first = changed_lines(book, after, [edit])
            return Moved(found.id, "active", first, to_do(desk, after, found), (f"removed {card.path}",))
    raise UsageError(f"{log} would not read it as one entry", "accept it without --into, as a document of its own")


def _no_candidate(lesson: Lesson) -> Moved:
    if lesson.status == "active":
        return Moved(lesson.id, "active", notes=("it is active already",))
    raise UsageError(f"{lesson.id} is {lesson.status}, not a candidate", "change its status by hand to revive it")


def _alone(page: Page, lesson: Lesson) -> None:
    if len(page.lessons) > 1:
        others = len(page.lessons) - 1
        what = f"{page.document.path} holds {others} more lesson{'s' * (others > 1)}"
        raise UsageError(f"{what}, which would move with {lesson.id}", "give each a file of its own first")


def _goal(path: str, to: str) -> str:
    """Where the file goes: what was named, the folder above `candidates`, or nowhere. Raises UsageError."""
    folder, name = dirname(path), basename(path)
    if to and not to.lower().endswith(DOCUMENTS):
        to = join(to, name)
    goal = normpath(to) if to else join(dirname(folder), name) if basename(folder) == "candidates" else path
    if basename(dirname(goal)) == "candidates":
        raise UsageError(f"what stands at {goal} is a candidate still", "name a place outside of candidates with --to")
    return goal


def _worded(desk: Desk, by: str) -> Worded:
    def worded(old: str) -> str:
        new = accepted(old)
        return f"{new} ({desk.today}, {one_line(by)})" if new and by else new

    return worded


def _moved(desk: Desk, page: Page, lesson: Lesson, path: str, by: str) -> tuple[Page, list[Edit]]:
    """The document as it reads at its new place, and the edits: its links, and its status if it says one."""
    links = [*moved_links(page.document, path, desk.exists), *_offer(page, lesson)]
    label, *_ = words_for(page.language)
    said = state("active", f" ({desk.today}, {one_line(by)})")
    tries = [edits for worded in (_worded(desk, by), said) for edits in ways(page, lesson, worded, label)]
    silent: list[list[Edit]] = [] if by or "status" in lesson.texts else [[]]
    for edits in [*silent, *tries]:
        try:
            text = apply(page.document.text, [*links, *edits])
        except ValueError:  # a link in the status itself
            continue
        after = desk.page_of(path, text)
        found = after.lessons[0] if len(after.lessons) == 1 else None
        same = found and (found.title, _guards(found)) == (lesson.title, _guards(lesson))
        if found and same and found.status == "active":
            return after, [*links, *edits]
    raise UsageError(f"at {path} it would not be read as the same lesson, active", "look at what it says of its status")


def _guards(lesson: Lesson) -> list[tuple[str, str]]:
    return [(guard.id, guard.digest) for guard in lesson.guards]


def _entry(book: Page, after: Page, lesson: Lesson) -> Lesson | None:
    """The one lesson that a log has more than before, if it is this one with its guards."""
    known = {one.id for one in book.lessons}
    added = [one for one in after.lessons if one.id not in known]
    fits = len(added) == 1 and len(after.problems) == len(book.problems)
    return added[0] if fits and added[0].status == "active" and _guards(added[0]) == _guards(lesson) else None


def _bodies(desk: Desk, page: Page, lesson: Lesson, log: str) -> Iterator[str]:
    """What the candidate says below its title, for an entry: its headings in bold, else as deeper ones."""
    document, text = page.document, page.document.text
    title = document.sections[0] if document.sections else None
    start = title.body.start if title and title.heading.start == lesson.span.start else lesson.span.start
    edits = [*moved_links(document, log, desk.exists), *_offer(page, lesson)]
    status = next(ways(page, lesson, _worded(desk, ""), ""), [])
    edits += [edit for edit in status if "status" in lesson.texts]
    edits = [edit for edit in edits if edit.span.start >= start]
    ident = f"<!-- id: {lesson.id} -->\n\n" if lesson.explicit_id else ""
    for in_bold in (True, False):
        marks = []
        for section in document.sections_in(Span(start, lesson.span.end)):
            said = section.heading.of(text)
            words = re.sub(r"[ \t]+#+[ \t]*$", "", _HEADING.sub("", said.split("\n", 1)[0], count=1).strip())
            new = f"**{words.rstrip(':')}:**\n" if in_bold else f"{'#' * min(6, section.level + 2)} {words}\n"
            marks.append(Edit(section.heading, new))
        try:
            whole = apply(text[: lesson.span.end], [*edits, *marks])
        except ValueError:  # a link in a heading
            continue
        yield ident + whole[start:].replace("\r\n", "\n").strip("\n")


def to_do(desk: Desk, page: Page, lesson: Lesson) -> tuple[str, ...]:
    """What is still to be filled in or mended in a lesson, each with its line."""
    found = [*broken_guard.check(page, desk), *guard_example.check(page, desk), *leftover_slot.check(page, desk)]
    notes = {(one.location.line, one.message) for one in found}
    for role in ("cause", "takeaway", "retained", "rule"):
        line = page.lines.at(lesson.roles[role][0].start) if role in lesson.roles else 0
        if _UNKNOWN.match(lesson.texts.get(role, "")) and line not in dict(notes):
            notes.add((line, f"its {_CALLED.get(role, role)} is still unknown"))
    path, first, last = lesson.location.path, lesson.location.line, lesson.location.end_line
    return tuple(f"{path}:{line}: {said}" for line, said in sorted(notes) if first <= line <= last)


def _offer(page: Page, lesson: Lesson) -> Iterator[Edit]:
    """The paragraph of a mined page that says how to accept it, which is true no more."""
    text = page.document.text
    for span in page.document.paragraphs_in(lesson.span):
        if f"`twiceshy accept {lesson.id}`" in span.of(text):
            end = re.compile(r"\s*").match(text, span.end)
            yield Edit(Span(span.start, end.end() if end else span.end), "")
