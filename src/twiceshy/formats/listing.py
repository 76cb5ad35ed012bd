"""What `lessons`, `show`, `status` and `recall` print, for people and as JSON objects."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from twiceshy.formats._quote import clean, exact, one_line, place, shown
from twiceshy.formats.payload import Payload, citation_payload, hit_payload, recall_payload, show_payload
from twiceshy.model.lesson import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from twiceshy.markdown.page import Page
    from twiceshy.model.action import ActionItem
    from twiceshy.model.card import Hit, LessonCard
    from twiceshy.model.freshness import Verdict
    from twiceshy.model.lesson import Citation, Lesson
    from twiceshy.model.status import Status
    from twiceshy.model.text import Lines

Cited = tuple["Citation", "Verdict"]

_SHAPES = {
    "item": "a list item where promises stand",
    "row": "a row of a table of promises",
    "heading": "a heading with the labels of a promise",
    "line": "a line where promises stand",
}
_ROLES = ("problem", "symptom", "cause", "fix", "rule", "takeaway")


def lessons_text(cards: Sequence[LessonCard], *, some: bool = False) -> str:
    """One lesson per line: place, title, and in brackets what is special about it; then how many.

    `some` says that not all were asked for.
    """
    if not cards:
        return "no such lessons here" if some else "no lessons here yet; write one: twiceshy learn"
    lines = []
    for card in cards:
        special = [card.status] if card.status != "active" else []
        special += ["claims code that is gone"] if card.stale else []
        special += [f"guard {one_line(guard.id)}" for guard in card.guards]
        marks = f"  [{', '.join(special)}]" if special else ""
        lines.append(f"{place(card.path, card.line)}: {one_line(card.title)}{marks}")
    return "\n".join([*lines, _count(len(cards), "lesson")])


def lessons_json(cards: Iterable[LessonCard]) -> Payload:
    """The object that other programs build on."""
    return {"version": 1, "lessons": [_card(card) for card in cards]}


def _card(card: LessonCard) -> Payload:
    return {
        "id": exact(card.id),
        "title": one_line(card.title),
        "kind": card.kind,
        "status": card.status,
        "path": exact(card.path),
        "line": card.line,
        "end_line": card.end_line,
        "date": card.date,
        "stale": one_line(card.stale, 400) if card.stale else None,
        "roles": card.roles,
        "guards": [exact(guard.id) for guard in card.guards],
    }


def page_json(page: Page, cited: Sequence[Cited] = (), *, only: str = "") -> Payload:
    """A document with its lessons (or one of them), fields, actions and citations; `cited` with their verdicts."""
    lessons = _chosen(page, only)
    return {
        "version": 1,
        **show_payload(
            page.document,
            page.lines,
            lessons,
            page.actions,
            kind=page.kind.name,
            kind_reason=page.kind.reason,
            language=page.language,
            date=page.date,
            severity=page.severity,
            citations=[citation_payload(citation, page.lines, verdict) for citation, verdict in cited],
        ),
    }


def page_text(page: Page, cited: Sequence[Cited] = (), *, only: str = "", explain: bool = False) -> str:
    """A document for people: the kind and why, then each lesson and what it cites that is not fresh.

    `explain` tells which lines were read as what, and why.
    """
    lessons = _chosen(page, only)
    kind = page.kind.name or "not a lesson"
    lines = [f"{shown(page.document.path)}: {kind} ({one_line(page.kind.reason)})"]
    if page.document.front_matter and page.document.front_matter.error:
        at = page.document.front_matter.error_line
        error = one_line(page.document.front_matter.error)
        lines.append(f"  its front matter is not read{f' (line {at})' if at else ''}: {error}")
    lines += [f"  line {problem.location.line}: broken guard: {one_line(problem.message)}" for problem in page.problems]
    for lesson in lessons:
        lines += ["", *_lesson(lesson)]
        lines += [*_reasons(lesson, page.lines), *_cited(page, lesson, cited)] if explain else []
        lines += _not_fresh(page, lesson, cited)
    if page.actions and not only:
        lines += ["", *(_action(action, explain=explain) for action in page.actions)]
    return "\n".join(lines)


def _action(action: ActionItem, *, explain: bool) -> str:
    """One promise; `explain` says in what form it was found."""
    owner = f" — {one_line(action.owner)}" if action.owner else ""
    line = f"  {'[x]' if action.done else '[ ]'} {one_line(action.text)}{owner}"
    shape = _SHAPES.get(action.spots.shape, "") if explain and action.spots else ""
    return f"{line}\n      line {action.location.line} is an action: {shape}" if shape else line


def _lesson(lesson: Lesson) -> list[str]:
    where = place(lesson.location.path, lesson.location.line)
    lines = [
        one_line(lesson.title),
        f"  {shown(lesson.id)} · {lesson.status}{f' · {lesson.date}' if lesson.date else ''} · {where}",
    ]
    lines += [f"  {role:<9}{clean(lesson.texts[role], 200)}" for role in _ROLES if role in lesson.texts]
    lines += [f"  guard    {one_line(guard.id)} ({guard.engine}, {guard.level})" for guard in lesson.guards]
    return lines


def _reasons(lesson: Lesson, text_lines: Lines) -> list[str]:
    """Why this is a lesson, and which lines are which part of it, by what sign."""
    place = lesson.location
    parts = sorted((text_lines.covered(spans), role) for role, spans in lesson.roles.items())
    told = [f"  {_lines(place.line, place.end_line)} a lesson: {one_line(lesson.why)}"]
    return told + [f"  {_lines(*at)} the {role}: {one_line(lesson.reasons[role])}" for at, role in parts]


def _lines(first: int, last: int) -> str:
    return f"line {first} is" if first == last else f"lines {first}–{last} are"


def _cited(page: Page, lesson: Lesson, cited: Sequence[Cited]) -> list[str]:
    """What the lesson points at, as what, and whether it says something about it."""
    lines = []
    for citation, verdict in cited:
        if lesson.span.holds(citation.span):
            at = page.lines.at(citation.span.start)
            stance = "a claim" if citation.claim else "only mentioned"
            became = f"; {one_line(verdict.told())}" if verdict.word else ""
            lines.append(f"  line {at} cites {one_line(citation.text)}: {citation.kind}, {stance}{became}")
    return lines


def _not_fresh(page: Page, lesson: Lesson, cited: Sequence[Cited]) -> list[str]:
    """What the lesson cites that is not where it says, a line each; mentions only if it once was there."""
    lines: dict[str, None] = {}
    for citation, verdict in cited:
        quiet = ("", "fresh") if citation.claim else ("", "fresh", "never existed", "ambiguous", "other repository")
        if lesson.span.holds(citation.span) and verdict.word not in quiet:
            mark = "" if citation.claim else " (only mentioned)"
            at = page.lines.at(citation.span.start)
            lines[f"  line {at}: {one_line(citation.text)}: {one_line(verdict.told())}{mark}"] = None
    return list(lines)


def _chosen(page: Page, only: str) -> list[Lesson]:
    return [lesson for lesson in page.lessons if not only or lesson.id == only]


def status_text(status: Status, *, every: bool = False) -> str:
    """What is here, in a few lines; `every` names the documents taken for no lesson too."""
    unread = [card for card in status.documents if card.unread]
    known = [card for card in status.documents if card.kind or card.lessons]
    other = [card for card in status.documents if not (card.kind or card.lessons or card.unread)]
    agents = sum(card.kind == RULES for card in known)
    beside = f", {_count(agents, 'file')} for agents" * bool(agents)
    others = _count(len(other), "other Markdown file")
    lines = [f"{_count(len(known) - agents, 'document')} with lessons{beside}, {others}"]
    for card in [*known, *(other if every else ())]:
        kind, held = card.kind or "not a lesson", _count(card.lessons - card.rules, "lesson")
        if card.kind == RULES:
            held = _count(card.rules, "rule") + f", {held}" * (card.lessons > card.rules)
        lines.append(f"  {kind:<14}{shown(card.path)}  ({held}; {one_line(card.reason)})")
    lines += [_sum("lesson", status.lessons), _sum("guard", status.guards)]
    if status.unproved:
        lines.append(f"  {status.unproved} want to block and may not yet (twiceshy lint says why)")
    lines += [f"could not be read: {shown(card.path)}: {one_line(card.unread)}" for card in unread]
    for card in status.documents:
        lines += [f"broken guard: {place(card.path, line)}: {one_line(message)}" for line, message, _ in card.problems]
    if status.shallow:
        lines.append("this is a shallow clone: guards cannot be proved on history that is not here")
    lines.append(f"index: {_age(status)}")
    if status.events:
        lines.append(f"events: {status.events} since {status.since}")
    return "\n".join(lines)


def status_json(status: Status) -> Payload:
    """The same as an object."""
    return {
        "version": 1,
        "documents": [
            {"path": exact(c.path), "kind": c.kind, "reason": one_line(c.reason), "lessons": c.lessons}
            for c in status.documents
            if not c.unread
        ],
        "lessons": status.lessons,
        "guards": status.guards,
        "unproved": status.unproved,
        "unreadable": [{"path": exact(c.path), "reason": one_line(c.unread)} for c in status.documents if c.unread],
        "index_age": round(time.time() - status.indexed, 1) if status.indexed else None,
        "events": status.events,
    }


def _age(status: Status) -> str:
    if not status.indexed:
        return "kept in memory only (the git directory cannot be written)"
    seconds = max(0, int(time.time() - status.indexed))
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"up to date, last changed {_count(seconds // size, name)} ago"
    return "up to date, last changed just now"


def recall_text(hits: Sequence[Hit]) -> str:
    """Each lesson that matters: where, what it says, what to do, and why it came up."""
    if not hits:
        return "nothing relevant"
    lines: list[str] = []
    for hit in hits:
        card = hit.card
        lines += [f"{place(card.path, card.line)}: {one_line(card.title)}"]
        if card.stale:
            lines[-1] = f"{place(card.path, card.line)}: {one_line(card.stale, 400)}"
        elif card.takeaway and card.takeaway != card.title:
            lines.append(f"  {clean(card.takeaway, 300)}")
        if card.instead:
            lines.append(f"  instead: {clean(card.instead, 300)}")
        lines += [f"  because {'; '.join(one_line(reason) for reason in hit.reasons)}", ""]
    return "\n".join(lines[:-1])


def recall_json(hits: Iterable[Hit], silent_below: float) -> Payload:
    """The same as an object."""
    from twiceshy.model.text import Location

    found = [
        hit_payload(
            Location(hit.card.path, hit.card.line, hit.card.end_line),
            source="lesson",
            id=hit.card.id,
            title=hit.card.title,
            score=hit.score,
            reasons=hit.reasons,
            stale=hit.card.stale,
        )
        for hit in hits
    ]
    return {"version": 1, **recall_payload(found, silent_below)}


def _sum(noun: str, by: dict[str, int]) -> str:
    total = _count(sum(by.values()), noun)
    return f"{total}: {', '.join(f'{number} {name}' for name, number in by.items())}" if by else total


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
