"""A two-line lesson to an entry of a log, in that log's own style: heading, labels, order, separators, line ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from twiceshy.markdown.edit import line_end
from twiceshy.markdown.kinds import entries_of
from twiceshy.markdown.page import Page
from twiceshy.markdown.roles import normalised, role_of
from twiceshy.model.document import Document, Field, Section
from twiceshy.model.template import Template
from twiceshy.model.text import Edit, Span

_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_STANDS_FOR = {
    "problem": ("problem", "symptom", "summary", "cause"),
    "rule": ("rule", "takeaway", "retained", "fix"),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A lesson in two lines: what happened, and the rule that stands from now on; `guard` is a block's YAML."""

    what: str
    rule: str
    guard: str = ""


def title_of(what: str) -> str:
    """A heading for a sentence: its first clause, without a full stop, at most 80 characters."""
    first = re.split(r"(?<=[.!?])\s|[;\n]| — | - ", what.strip(), maxsplit=1)[0].strip().rstrip(".!")
    return first if len(first) <= 80 else first[:80].rsplit(" ", 1)[0] + " …"


def slug_of(title: str) -> str:
    """A file name or id for a title: lower-case words joined by `-`, at most eight of them."""
    return "-".join(normalised(title).split()[:8]) or "lesson"


def append_entry(page: Page, template: Template | None, note: Note, today: date) -> Edit:
    """The edit that adds `note` to a log in that log's own style: heading, labels, order, line ends, separators."""
    document = page.document
    table = next(
        (t for t in document.tables if t.rows and _tells(document, [c.of(document.text) for c in t.header])), None
    )
    entries = [document.sections[index] for index in entries_of(document, template)]
    if not entries and table is not None:
        row = _row(document, table.header, note, today)
        return Edit(Span(table.span.end, table.span.end), _on_new_line(document.text, table.span.end, row))
    newest_first = _newest_first(entries)
    model = (entries[0] if newest_first else entries[-1]) if entries else None
    body = _entry(document, model, template, note, today)
    if model and newest_first:
        return Edit(Span(model.span.start, model.span.start), _crlf(document.text, f"{body}\n{_gap(document, model)}"))
    at = _end_of(document, model)
    before = (
        "" if document.text[:at].endswith("\n\n") or not at else "\n" if document.text[:at].endswith("\n") else "\n\n"
    )
    rule = "---\n\n" if model and _gap(document, model) and not document.text[:at].rstrip().endswith("---") else ""
    after = "" if at == len(document.text) else "\n"
    return Edit(Span(at, at), _crlf(document.text, f"{before}{rule}{body}{after}"))


def _newest_first(entries: list[Section]) -> bool:
    dates = [match.group() for entry in entries if (match := _DATE.search(entry.title))]
    return len(dates) > 1 and dates[0] > dates[-1]


def _end_of(document: Document, model: Section | None) -> int:
    """Where the next entry goes: behind the last one, before a closing rule or another section."""
    if model is None:
        return len(document.text)
    end = model.span.end
    tail = document.text[model.span.start : end]
    stripped = re.sub(r"\s*\n-{3,}\s*$", "\n", tail) if end < len(document.text) else tail
    return model.span.start + len(stripped) if stripped != tail else end


def _gap(document: Document, model: Section) -> str:
    """The thematic break this log puts between its entries, if it does."""
    return "---\n\n" if re.search(r"\n-{3,}\s*$", model.span.of(document.text)) else ""


def _entry(document: Document, model: Section | None, template: Template | None, note: Note, today: date) -> str:
    heading = _heading(document, model, note, today)
    fields = [f for f in document.fields if model and model.span.holds(f.label_span)] if model else []
    roles = template.roles if template else {}
    lines = _labelled(document, fields, roles, note) if fields else _plain(note)
    if note.guard:
        lines += ["", "```yaml guard", *note.guard.strip("\n").split("\n"), "```"]
    return "\n".join([heading, "", *lines]) + "\n"


def _heading(document: Document, model: Section | None, note: Note, today: date) -> str:
    title = title_of(note.what)
    if model is None:
        level = 2
        return f"{'#' * level} {today.isoformat()}: {title}"
    source = model.heading.of(document.text).split("\n")[0].rstrip()
    marks = re.match(r"#{1,6}\s+", source)
    prefix = marks.group() if marks else "#" * model.level + " "
    rest = source[len(prefix) :] if marks else source
    found = _DATE.search(rest)
    if found is None:
        number = re.match(r"(\D{0,8}?)(\d+)([.):]\s+)", rest)
        return (
            f"{prefix}{number.group(1)}{int(number.group(2)) + 1}{number.group(3)}{title}" if number else prefix + title
        )
    between = re.match(r"\W*", rest[found.end() :])
    if found.start() > 12:
        opening = re.search(r"\W*$", rest[: found.start()])
        return (
            f"{prefix}{title}{opening.group() if opening else ' '}{today.isoformat()}{rest[found.end() :][:1].strip()}"
        )
    return f"{prefix}{rest[: found.start()]}{today.isoformat()}{between.group() if between and between.group() else ': '}{title}"


def _labelled(document: Document, fields: list[Field], roles: Mapping[str, str], note: Note) -> list[str]:
    """The note under the labels of the entry beside it: same words, same marks, same place for the value."""
    given = [(role_of(field.label, roles), field) for field in fields]
    chosen: list[tuple[int, Field, str]] = []
    for role, value in (("problem", note.what), ("rule", note.rule)):
        for candidate in _STANDS_FOR[role]:
            place = next(
                (i for i, (name, f) in enumerate(given) if name == candidate and f not in [c[1] for c in chosen]), None
            )
            if place is not None:
                chosen.append((place, given[place][1], value))
                break
        else:
            chosen.append((len(given), fields[-1], value))
    lines: list[str] = []
    for place, field, value in sorted(chosen, key=lambda choice: choice[0]):
        if not value:
            continue
        label = field.label if place < len(given) else "Rule" if value == note.rule else "Happened"
        text = _under_label(document, field, label, value)
        lines += (
            ["", *text]
            if (lines and not text[0].lstrip().startswith(("-", "*", "+"))) or (lines and _starts_bold(text))
            else text
        )
    return lines


def _starts_bold(text: list[str]) -> bool:
    return text[0].startswith("**")


def _under_label(document: Document, field: Field, label: str, value: str) -> list[str]:
    source = document.text
    start = source.rfind("\n", 0, field.label_span.start) + 1
    mark = source[start : field.label_span.start]
    behind = source[field.label_span.end : field.span.start]
    word = field.label_span.of(source).replace(field.label, label)
    colon = re.match(r"[ \t]*[:：]?", behind)
    joined = f"{mark if not mark.strip('-*+ >') else ''}{word}{colon.group() if colon else ''}"
    return [joined, "", value] if "\n\n" in behind else [joined, value] if "\n" in behind else [f"{joined} {value}"]


def _plain(note: Note) -> list[str]:
    return [f"- **Happened:** {note.what}", *([f"- **Rule:** {note.rule}"] if note.rule else [])]


def _tells(document: Document, headers: list[str]) -> bool:
    roles = {role_of(header) for header in headers}
    return bool(roles & {"takeaway", "rule", "fix"}) and bool(roles & {"problem", "symptom", "takeaway", "cause"})


def _row(document: Document, header: tuple[Span, ...], note: Note, today: date) -> str:
    roles = [role_of(cell.of(document.text)) for cell in header]
    cells = []
    for role in roles:
        value = note.what if role in ("problem", "symptom") else note.rule if role in ("rule", "takeaway") else ""
        cells.append((today.isoformat() if role == "date" else value).replace("|", "\\|").replace("\n", " "))
    if not any(cells[i] == note.what for i in range(len(cells))):
        cells[0] = note.what
    return "| " + " | ".join(cells) + " |"


def _on_new_line(text: str, at: int, line: str) -> str:
    end = line_end(text)
    return (line + end) if text[:at].endswith("\n") else end + line


def _crlf(text: str, body: str) -> str:
    return body if line_end(text) == "\n" else body.replace("\n", "\r\n")
