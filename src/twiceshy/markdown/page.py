"""A document understood as a whole: its text, its kind, its lessons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twiceshy.markdown.actions import actions_of
from twiceshy.markdown.extract import Extract, extract
from twiceshy.markdown.kinds import Kind, detect
from twiceshy.markdown.parse import parse
from twiceshy.model.action import ActionItem
from twiceshy.model.card import DocumentCard, Entry, LessonCard
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.document import Document
from twiceshy.model.lesson import Lesson
from twiceshy.model.template import Template
from twiceshy.model.text import Lines, Span

_SEARCHED = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A document, the kind it was taken for (`template` is None for not a lesson) and what it teaches."""

    document: Document
    lines: Lines
    template: Template | None
    content: Extract

    @property
    def kind(self) -> Kind:
        """The kind with its score and reason."""
        return self.content.kind

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The lessons in document order."""
        return self.content.lessons

    @property
    def actions(self) -> tuple[ActionItem, ...]:
        """The promises made in it."""
        return actions_of(self.document, self.template.roles if self.template else None)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Guards that could not be read."""
        return self.content.problems


def read_page(path: str, text: str, templates: Mapping[str, Template]) -> Page:
    """Understand `text`; `path` is relative to the repository's root, with slashes."""
    document = parse(text, path)
    kind = detect(document, templates.values())
    template = templates.get(kind.name)
    lines = Lines(text)
    return Page(document, lines, template, extract(document, kind, template, lines))


def document_card(page: Page) -> DocumentCard:
    """What an index keeps of a page."""
    problems = tuple((problem.location.line, problem.message, problem.instead) for problem in page.problems)
    return DocumentCard(page.document.path, page.kind.name, page.kind.reason, "", problems, len(page.lessons))


def entries(page: Page) -> list[Entry]:
    """What an index keeps of a page's lessons."""
    return [_entry(page, lesson) for lesson in page.lessons]


def _entry(page: Page, lesson: Lesson) -> Entry:
    paths = {citation.text.split(":")[0] for citation in lesson.citations if citation.kind in ("path", "line")}
    paths |= {glob for guard in lesson.guards for glob in guard.paths}
    return Entry(
        lesson_card(lesson, page.lines),
        lesson.digest,
        lesson.span.of(page.document.text)[:_SEARCHED],
        tuple(sorted(paths)),
    )


def lesson_card(lesson: Lesson, lines: Lines) -> LessonCard:
    """The card of one lesson; `lines` are those of its document."""
    takeaway = lesson.takeaway
    instead = next((lesson.texts[role] for role in ("fix", "rule") if lesson.texts.get(role, takeaway) != takeaway), "")
    place = lesson.location
    return LessonCard(
        lesson.id,
        lesson.title,
        lesson.kind,
        lesson.status,
        place.path,
        place.line,
        place.end_line,
        lesson.date,
        takeaway,
        instead,
        {role: line_range(spans, lines) for role, spans in lesson.roles.items()},
        lesson.guards,
    )


def line_range(spans: tuple[Span, ...], lines: Lines) -> list[int]:
    """First and last line (1-based, inclusive) of some spans in document order."""
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    return [lines.at(first), lines.at(max(first, last - 1))]
