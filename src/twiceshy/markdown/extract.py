"""Document to lessons: what was learned, where it stands, which guards bring it back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from twiceshy.errors import InvalidGuard
from twiceshy.markdown.citations import citations_in
from twiceshy.markdown.guard import is_guard, read_guard
from twiceshy.markdown.kinds import Kind, entries_of
from twiceshy.markdown.roles import NARRATIVE, normalised, role_of
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.document import Document, Section, Table
from twiceshy.model.guard import Guard
from twiceshy.model.lesson import STATUSES, Lesson
from twiceshy.model.template import Template
from twiceshy.model.text import Lines, Location, Span

_ID = re.compile(r"<!--\s*id:\s*([^\s>]+)\s*-->")
_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b")
_LEAD = re.compile(r"^\W*(?:\d{4}-\d\d(?:-\d\d)?)\W+")
_SUPERSEDED = re.compile(r"^\W*superseded\b|\bsuperseded by\b", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"(?m)^\s*(?:[-*+]|\d+[.)]|>)\s+(?:\[[ xX]\]\s+)?|\*\*|__|`|<!--.*?-->|^#+\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_TEXT_LIMIT = 600
_WORDS_FOR_STATUS = {
    "candidate": ("candidate", "draft", "proposed", "proposal"),
    "retired": ("retired", "obsolete", "deprecated", "rejected", "withdrawn", "archived"),
    "superseded": ("superseded", "replaced"),
}


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything a document teaches; `problems` are the guards that could not be read, each with its line."""

    kind: Kind
    lessons: tuple[Lesson, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A lesson before its text is read: where it stands and what is known from the place alone."""

    span: Span
    title: str
    roles: dict[str, list[Span]] = field(default_factory=dict)
    guards: list[Guard] = field(default_factory=list)
    slug: str = ""


def extract(document: Document, kind: Kind, template: Template | None, lines: Lines) -> Extract:
    """The lessons of a document of this kind, in document order; a guard outside of every lesson makes one."""
    guards, problems = _guards(document, lines)
    drafts = list(_drafts(document, template)) if kind.name else []
    drafts += _homes(document, drafts, [place for place, _ in guards])
    drafts.sort(key=lambda draft: (draft.span.start, -draft.span.end))
    _hold(drafts, guards)
    slugs: dict[str, int] = {}
    for draft in drafts:
        draft.slug = _slug(draft.title, slugs)
    lessons = [_lesson(document, kind.name, draft, lines) for draft in drafts]
    return Extract(kind, tuple(lessons), tuple(problems))


def _guards(document: Document, lines: Lines) -> tuple[list[tuple[Span, Guard]], list[Diagnostic]]:
    guards: list[tuple[Span, Guard]] = []
    problems: list[Diagnostic] = []
    for fence in document.fences:
        if not is_guard(fence):
            continue
        try:
            guards.append((fence.span, read_guard(document, fence, lines)))
        except InvalidGuard as error:
            place = Location(document.path, error.line, error.line)
            problems.append(Diagnostic("broken-guard", "error", error.message, place, instead=error.hint))
    return guards, problems


def _drafts(document: Document, template: Template | None) -> Iterator[_Draft]:
    """What in this document is one lesson (`Template.holds`); where nothing stands out, the document as a whole."""
    holds = template.holds if template else "document"
    found = {"entries": _entries, "items": _items}.get(holds)
    yield from (list(found(document, template)) if found else []) or [_whole(document, template)]


def _whole(document: Document, template: Template | None) -> _Draft:
    title = next((section.title for section in document.sections), "") or _file_title(document.path)
    draft = _Draft(Span(_body_start(document), len(document.text)), _without_kind(title, template))
    _collect(document, draft, template, document.sections)
    return draft


def _entries(document: Document, template: Template | None) -> Iterator[_Draft]:
    entries = entries_of(document, template) or _leaves(document)
    for index in entries:
        section = document.sections[index]
        draft = _Draft(section.span, _LEAD.sub("", section.title) or section.title)
        _collect(document, draft, template, document.sections_in(section.span)[1:])
        yield draft
    for table in document.tables:
        section_at = document.section_at(table.span.start)
        if section_at >= 0 and section_at not in entries:
            aliases = template.roles if template else {}
            yield from _rows(document, table, role_of(document.sections[section_at].title, aliases), aliases)


def _leaves(document: Document) -> list[int]:
    """The lowest sections that say something: how a log without dates and labels keeps its lessons apart."""
    parents = {section.parent for section in document.sections}
    return [
        index
        for index, section in enumerate(document.sections)
        if index not in parents and section.parent >= 0 and len(section.body.of(document.text).split()) >= 8
    ]


def _rows(document: Document, table: Table, role: str, aliases: dict[str, str]) -> Iterator[_Draft]:
    """One lesson per row of a table whose section or header speaks of patterns, mistakes or rules."""
    headers = [role_of(cell.of(document.text), aliases) for cell in table.header]
    if role not in ("pattern", "anti-pattern", "takeaway", "rule") and len(set(headers) & NARRATIVE) < 2:
        return
    for row in table.rows:
        cells = [cell for cell in row if cell.of(document.text)]
        if len(cells) < 2:
            continue
        draft = _Draft(Span(row[0].start, row[-1].end), _plain(cells[0].of(document.text)))
        for header, cell in zip(headers, row, strict=False):
            if header in NARRATIVE:
                draft.roles.setdefault(header, []).append(cell)
        yield draft


def _items(document: Document, template: Template | None) -> Iterator[_Draft]:
    """One lesson per thing that went badly: a top list item or a heading below such a section."""
    roles = template.roles if template else {}
    for index, section in enumerate(document.sections):
        role = role_of(section.title, roles)
        if role not in ("badly", "problem", "known-issue", "insight"):
            continue
        children = [s for s in document.sections_in(section.span) if s.parent == index]
        for child in children:
            draft = _Draft(child.span, child.title)
            _collect(document, draft, template, [])
            draft.roles.setdefault("problem", [child.body])
            yield draft
        for item in document.items_in(section.body):
            if item.depth == 0 and section.body.holds(item.text) and item.text.of(document.text).strip():
                draft = _Draft(item.span, _plain(item.text.of(document.text).split("\n")[0])[:120])
                _collect(document, draft, template, [])
                draft.roles.setdefault("insight" if role == "insight" else "problem", [item.text])
                _nested(document, draft, roles)
                yield draft


def _nested(document: Document, draft: _Draft, roles: dict[str, str]) -> None:
    """`Root cause: …` and `Impact: …` as plain bullets below the item they explain."""
    for item in document.items_in(draft.span):
        if item.depth > 0 and draft.span.holds(item.text):
            label, colon, _ = item.text.of(document.text).partition(":")
            role = role_of(label, roles) if colon else ""
            if role in NARRATIVE and role not in draft.roles:
                draft.roles[role] = [Span(item.text.start + len(label) + 1, item.span.end)]


def _collect(document: Document, draft: _Draft, template: Template | None, sections: Iterable[Section]) -> None:
    """Fill the draft's roles from the labels inside it and from the sections it holds."""
    aliases = template.roles if template else {}
    for label in document.labels_in(draft.span):
        if role := role_of(label.label, aliases):
            draft.roles.setdefault(role, []).append(label.reach if role in NARRATIVE else label.span)
    for section in sections:
        role = role_of(section.title, aliases) if section.level > 1 else ""
        if role:
            draft.roles.setdefault(role, []).append(Span(section.body.start, section.span.end))
    for spans in draft.roles.values():
        spans.sort()


def _homes(document: Document, drafts: list[_Draft], places: list[Span]) -> list[_Draft]:
    """A lesson for every guard that stands in none: the section around it, or the whole document."""
    homes: dict[Span, _Draft] = {}
    for place in places:
        if any(draft.span.holds(place) for draft in drafts):
            continue
        index = document.section_at(place.start)
        section = document.sections[index] if index >= 0 else None
        span = section.span if section else Span(_body_start(document), len(document.text))
        if span not in homes:
            homes[span] = _Draft(span, section.title if section else _file_title(document.path))
            _collect(document, homes[span], None, [s for s in document.sections_in(span) if s is not section])
    return list(homes.values())


def _hold(drafts: list[_Draft], guards: list[tuple[Span, Guard]]) -> None:
    """Each guard goes to the innermost lesson around it."""
    for place, guard in guards:
        around = [draft for draft in drafts if draft.span.holds(place)]
        min(around, key=lambda draft: draft.span.end - draft.span.start).guards.append(guard)


def _lesson(document: Document, kind: str, draft: _Draft, lines: Lines) -> Lesson:
    text = draft.span.of(document.text)
    whole = draft.span.start == _body_start(document) and draft.span.end == len(document.text)
    values = document.front_matter.values if document.front_matter and whole else {}
    named = _ID.search(text[: text.find("\n", len(draft.title) + 200) + 1 or 600])
    explicit = str(values.get("id", "")) or (named.group(1) if named else "")
    roles = {role: tuple(spans) for role, spans in draft.roles.items()}
    texts = {role: _told(document, spans) for role, spans in roles.items()}
    ident = explicit or f"{_readable(document.path)}#{draft.slug}"
    for guard in draft.guards:
        guard.lesson = ident
    heading = text.split("\n", 1)[0]
    date = _DATE.search(heading) or _DATE.search(str(values.get("date", "")) or texts.get("date", ""))
    status = _status(document.path, str(values.get("status", "")) or texts.get("status", ""), text)
    return Lesson(
        id=ident,
        title=_plain(draft.title) or draft.slug,
        kind=kind or "lesson",
        status=status,
        location=Location(
            document.path, lines.at(draft.span.start), lines.at(max(draft.span.start, draft.span.end - 1))
        ),
        span=draft.span,
        digest=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        date=date.group() if date else "",
        explicit_id=bool(explicit),
        roles=roles,
        texts={role: told for role, told in texts.items() if told},
        guards=tuple(draft.guards),
        citations=tuple(citations_in(document, draft.span)),
    )


def _told(document: Document, spans: Iterable[Span]) -> str:
    """The words of some spans as one plain line, without guards, comments and markup, capped."""
    parts = []
    for span in spans:
        at = span.start
        for fence in document.fences_in(span):
            parts.append(document.text[at : fence.span.start])
            at = min(fence.span.end, span.end)
        parts.append(document.text[at : span.end])
        if sum(map(len, parts)) > 4 * _TEXT_LIMIT:
            break
    return _plain(" ".join(parts))[:_TEXT_LIMIT]


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", text[: 4 * _TEXT_LIMIT])).split()).strip(" :-–—*")


def _status(path: str, said: str, text: str) -> str:
    words = normalised(said).split()[:3]
    for status, names in _WORDS_FOR_STATUS.items():
        if any(word in names for word in words):
            return status
    if f"/{path}".rpartition("/")[0].endswith("/candidates"):
        return "candidate"
    if _SUPERSEDED.search(text[:400]):
        return "superseded"
    return STATUSES[1]


def _slug(title: str, taken: dict[str, int]) -> str:
    """The anchor GitHub gives a heading, counted up when it repeats."""
    base = re.sub(r"[^\w\- ]", "", title.strip().lower()).strip().replace(" ", "-") or "lesson"
    taken[base] = taken.get(base, 0) + 1
    return base if taken[base] == 1 else f"{base}-{taken[base] - 1}"


def _without_kind(title: str, template: Template | None) -> str:
    for opening in template.titles if template else ():
        if title.lower().startswith(opening.rstrip(":").lower()):
            return title[len(opening.rstrip(":")) :].strip(" :-–—") or title
    return title


def _file_title(path: str) -> str:
    name = _readable(path).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return name.replace("-", " ").replace("_", " ").strip() or "untitled"


def _readable(path: str) -> str:
    """A path as words; bytes of a name that is not UTF-8 become question marks."""
    return path.encode("utf-8", "replace").decode()


def _body_start(document: Document) -> int:
    return document.front_matter.span.end if document.front_matter else 0
