"""A lesson of two lines to an entry of a log, in that log's own style and where its newest entry stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from twiceshy.markdown.edit import line_end
from twiceshy.markdown.inert import clean, in_bold, indented, one_line, paragraphs
from twiceshy.markdown.kinds import entries_of
from twiceshy.markdown.labels import PLAIN, PROBLEM, RULE, Label, joint, labels_in, of_role, said
from twiceshy.markdown.ledger import Entry, Ledger, entry_of, fitting, is_day, read_ledger
from twiceshy.markdown.page import Page
from twiceshy.markdown.parse import parse
from twiceshy.markdown.placing import content_end, goes_first, put_beside
from twiceshy.markdown.roles import normalised
from twiceshy.markdown.rows import add_row, columns_of
from twiceshy.model.document import Document
from twiceshy.model.template import Template
from twiceshy.model.text import Edit, Span

_CLAUSE = re.compile(r"(?<=[.!?])\s|[;:]\s|\n|\s[—–-]\s")
_LONGEST_TITLE = 80
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)")
_LEADING_DATE = re.compile(r"^\W*\d{4}-\d\d(?:-\d\d)?\W+")
_GENERAL = {"general", "misc", "miscellaneous", "other", "various", "technical", "uncategorized"}
_HOME = re.compile(r"(?:all |our |the )?(?:entries|lessons|learnings|lessons learned|log)")
_INLINE_RULE = re.compile(r"(?P<mark>\*\*|__)(?P<word>[^\W_][^*_:\n]{1,30}?)(?P<after>:(?P=mark)|(?P=mark):)")
_EXAMPLE = "## YYYY-MM-DD: [topic]\n"
_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A lesson in two lines: what happened, and the rule that stands from now on; `guard` is a block's YAML."""

    what: str
    rule: str
    guard: str = ""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a new entry is made like: the entries of `ledger` next to it, the nearest first."""

    ledger: Ledger
    near: Sequence[Entry]
    aliases: Mapping[str, str]

    @property
    def model(self) -> Entry:
        """The nearest entry, or the nearest dated one if that has no date."""
        return next((entry for entry in self.near if self.ledger.headline(entry).dated), self.near[0])

    def labels(self) -> list[list[Label]]:
        """The labels of each of the nearest entries, below its first line."""
        spans = [Span(entry.line.end, entry.span.end) for entry in self.near[:_NEAREST]]
        return [labels_in(self.ledger.document, span, self.aliases) for span in spans]


def title_of(what: str) -> str:
    """A heading for a sentence: its first clause, without a full stop, at most 80 characters."""
    text = clean(what)
    first = " ".join(_CLAUSE.split(text, maxsplit=1)[0].split()).rstrip(".!:") or " ".join(text.split())
    return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


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
    tables = [
        (table, columns)
        for table in document.tables
        if (columns := columns_of(document, table, aliases)).tell_lessons
        and document.section_at(table.span.start) in ledger.free
        and not any(entry.span.holds(table.span) for entry in ledger.entries if ledger.told)
    ]
    if note.guard or not tables:
        return None
    table, columns = max(tables, key=lambda found: len(found[0].rows))
    if ledger.told and len(ledger.entries) > len(table.rows):
        return None
    return add_row(document, table, columns, (title_of(note.what), note.what, note.rule), today)


def _next_entry(ledger: Ledger, aliases: Mapping[str, str], note: Note, today: date) -> Edit:
    document = ledger.document
    entries = _group(ledger, note, today)
    first = goes_first(ledger, entries)
    style = _Style(ledger, entries if first else entries[::-1], aliases)
    text = _written(style, document, note, today)
    days = [entry_of(document, document.sections[i]) for i in _groups(ledger) if i >= 0]
    if days and is_day(days[0].line.of(document.text)) and not _is_of(ledger, days, entries, today):
        heading = days[0].mark + ledger.headline(days[0]).again("", today, "").rstrip(": ")
        return put_beside(document, days, f"{heading}\n\n{text}", first=goes_first(ledger, days))
    return put_beside(document, entries, text, first=first)
