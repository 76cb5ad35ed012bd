"""A lesson of two lines to an entry of a log, in that log's own style and where its newest entry stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from twiceshy.markdown.edit import line_end
from twiceshy.markdown.entry.ledger import Entry, Ledger, entry_of, fitting, ledger_of, read_ledger
from twiceshy.markdown.entry.placing import content_end, goes_first, put_beside
from twiceshy.markdown.entry.rows import add_row, columns_of
from twiceshy.markdown.entry.wording import Note, Style, title_of, worded
from twiceshy.markdown.page import Page
from twiceshy.markdown.parse import parse
from twiceshy.markdown.roles import normalised
from twiceshy.markdown.shapes import entries_of
from twiceshy.model.document import Document
from twiceshy.model.template import Template
from twiceshy.model.text import Edit, Span

__all__ = ["Note", "append_entry", "title_of"]

_GENERAL = {"general", "misc", "miscellaneous", "other", "various", "technical", "uncategorized"}
_HOME = re.compile(r"(?:all |our |the )?(?:entries|lessons|learnings|lessons learned|log)")
_EXAMPLE = "## YYYY-MM-DD: [topic]\n"


def append_entry(page: Page, template: Template | None, note: Note, today: date) -> Edit:
    """The edit, always an insertion, that adds `note` to a log in that log's own style.

    A note with a guard gets a heading of its own even where a lesson is a row of a table, which cannot hold a block.
    """
    ledger = read_ledger(page, template)
    aliases = template.roles if template else {}
    edit = _new_row(ledger, aliases, note, today)
    if edit is None and ledger.entries:
        edit = _next_entry(ledger, aliases, note, today)
    elif edit is None:
        edit = _first_entry(ledger.document, template, note, today)
    return Edit(edit.span, edit.text.replace("\r\n", "\n").replace("\n", line_end(ledger.document.text)))


def _new_row(ledger: Ledger, aliases: Mapping[str, str], note: Note, today: date) -> Edit | None:
    """The edit for a log whose lessons are rows; None if it is none, or if the note needs more room than a row."""
    document = ledger.document
    known = () if note.guard or note.body else document.tables
    tables = [(table, columns_of(document, table, aliases)) for table in known]
    tables = [
        (table, columns)
        for table, columns in tables
        if columns.tell_lessons
        and document.section_at(table.span.start) in (-1, *ledger.free)
        and (ledger.plain or not any(entry.span.holds(table.span) for entry in ledger.entries))
    ]
    if not tables:
        return None
    table, columns = max(tables, key=lambda found: len(found[0].rows))
    if not ledger.plain and len(ledger.entries) > len(table.rows):
        return None
    return add_row(document, table, columns, (title_of(note.what), note.what, note.rule), today)


def _next_entry(ledger: Ledger, aliases: Mapping[str, str], note: Note, today: date) -> Edit:
    document = ledger.document
    days = ledger.days
    entries = _of_today(ledger, today) if days else _of_topic(ledger, note)
    if entries:
        first = goes_first(ledger, entries)
        style = Style(ledger, entries if first else entries[::-1], aliases)
        return put_beside(document, entries, worded(style, document, note, today), first=first)
    first = goes_first(ledger, days)
    style = Style(ledger, ledger.entries if first else ledger.entries[::-1], aliases)
    heading = days[0].mark + ledger.headline(days[0]).again("", today, "").rstrip(": ")
    return put_beside(document, days, f"{heading}\n\n{worded(style, document, note, today)}", first=first)


def _of_today(ledger: Ledger, today: date) -> list[Entry]:
    day = (today.year, today.month, today.day)
    return [entry for entry in ledger.entries if ledger.headline(_around(ledger, entry)).ymd == day]


def _around(ledger: Ledger, entry: Entry) -> Entry:
    return entry_of(ledger.document, ledger.document.sections[entry.group])


def _of_topic(ledger: Ledger, note: Note) -> list[Entry]:
    """The entries beside which the note belongs: those of the topic that shares most words with it, else of a general
    one, else of the last."""
    document = ledger.document
    topics = {i: [entry for entry in ledger.entries if entry.group == i] for i in ledger.topics}
    names = {i: document.sections[i].title if i >= 0 else "" for i in topics}
    told = {str(i): " ".join([names[i], *(e.line.of(document.text) for e in topics[i])]) for i in topics}
    best = fitting(told, f"{note.what} {note.rule}")
    general = [i for i in topics if _GENERAL & set(normalised(names[i]).split())]
    return topics[int(best) if best else [*topics, *general][-1]]


def _first_entry(document: Document, template: Template | None, note: Note, today: date) -> Edit:
    """The first entry of a log, made like the example that the log shows, else like one of the template."""
    home = next((s for s in document.sections if s.level > 1 and _HOME.fullmatch(normalised(s.title))), None)
    pattern = _shown_in(document) or _shown_by(template)
    entry = replace(pattern.entries[0], mark="#" * min(home.level + 1 if home else 2, 6) + " ")
    style = Style(pattern, [entry], template.roles if template else {})
    start = document.front_matter.span.end if document.front_matter else int(document.text.startswith("\ufeff"))
    at = content_end(document, home.span if home else Span(start, len(document.text)))
    text = worded(style, document, note, today)
    return Edit(Span(at, at), f"\n\n{text}" if at > start else f"{text}\n")


def _shown_in(document: Document) -> Ledger | None:
    """The entry that a log shows in a fence, as an example for its writers."""
    for fence in document.fences:
        if fence.info.split()[:1] in ([], ["markdown"], ["md"]):
            inner = parse(fence.code)
            if inner.sections and "---" not in inner.sections[0].title:
                return ledger_of(inner, [entry_of(inner, inner.sections[0])])
    return None


def _shown_by(template: Template | None) -> Ledger:
    document = template.document if template else parse(_EXAMPLE)
    found = entries_of(document, template)[:1] or [0]
    return ledger_of(document, [entry_of(document, document.sections[found[0]])])
