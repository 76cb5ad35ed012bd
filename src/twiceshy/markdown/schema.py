"""A template as a schema: which slots it opens, which sections it asks for, where a document parts ways with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twiceshy.errors import ConfigurationError
from twiceshy.markdown.parse import parse
from twiceshy.markdown.roles import normalised, role_of
from twiceshy.model.document import Document
from twiceshy.model.template import Slot, Template
from twiceshy.model.text import Span

_SLOT = re.compile(r"\{\{[^{}\n]+\}\}|\[(?![ xX~✅]\])[^\[\]\n]{2,}\](?![(\[])|\bYYYY-MM-DD\b|\bYYYY-MM\b")
_SETTINGS = {"title", "folder", "file", "paths", "optional", "roles", "choices", "describe", "holds"}
_ALSO_MEANS = {"rule": ("retained",), "insight": ("cause", "takeaway"), "takeaway": ("insight",)}
_HOLDS = ("document", "entries", "items")


def read_template(
    kind: str, text: str, settings: Mapping[str, Any] | None = None, origin: str = "built-in"
) -> Template:
    """The template of `kind` from its Markdown and the settings of its TOML.

    Raises ConfigurationError for a setting that is unknown or of the wrong shape.
    """
    given = dict(settings or {})
    unknown = set(given) - _SETTINGS
    if unknown:
        raise ConfigurationError(
            f"{origin}: unknown setting {sorted(unknown)[0]!r} for the kind {kind}",
            f"known: {', '.join(sorted(_SETTINGS))}",
        )
    holds = given.get("holds", "document")
    if holds not in _HOLDS:
        raise ConfigurationError(f"{origin}: holds = {holds!r} for the kind {kind}", f"use one of {', '.join(_HOLDS)}")
    document = parse(text, f"{kind}.md")
    first = next((section.title for section in document.sections if section.level == 1), "")
    return Template(
        kind=kind,
        document=document,
        slots=tuple(_slots(document)),
        optional=frozenset(normalised(str(title)) for title in given.get("optional", ())),
        roles={normalised(str(label)): str(role) for label, role in given.get("roles", {}).items()},
        choices={normalised(str(label)): tuple(map(str, of)) for label, of in given.get("choices", {}).items()},
        paths=tuple(map(str, given.get("paths", ()))),
        folder=str(given.get("folder", "")),
        file=str(given.get("file", "")),
        titles=_titles(given.get("title", _SLOT.sub("", first).strip(" :-–—"))),
        purpose=str(given.get("describe", {}).get("text", "")),
        holds=holds,
        origin=origin,
    )


def _titles(given: object) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else (str(given),) if given else ()


def _slots(document: Document) -> Iterator[Slot]:
    code = [*(fence.span for fence in document.fences), *document.comments]
    front = document.front_matter.span.end if document.front_matter else 0
    for match in _SLOT.finditer(document.text):
        span = Span(match.start(), match.end())
        if (span.start < front or _is_definition(document.text, span)) and not match.group().startswith("{{"):
            continue
        if not any(place.holds(span) for place in code) and not _is_link(document, span):
            yield Slot(slot_name(match.group()), match.group(), span)


def _is_definition(text: str, span: Span) -> bool:
    """`[name]: target` at the start of a line defines a link."""
    return text[span.end : span.end + 1] == ":" and text[text.rfind("\n", 0, span.start) + 1 : span.start].strip() == ""


def _is_link(document: Document, span: Span) -> bool:
    return any(link.span.holds(span) and "{{" not in span.of(document.text) for link in document.links)


def slot_name(text: str) -> str:
    """What a person types to fill a slot: its words in lower case joined by `-`."""
    return "-".join(normalised(text.strip("[]{} ")).split()) or "date"


def sections_of(template: Template) -> Iterator[tuple[str, str]]:
    """Title and role of every section the kind asks for: not the first heading, not one whose title is a slot."""
    for section in template.document.sections:
        title = normalised(section.title)
        if section.level > 1 and title and not _SLOT.search(section.title):
            yield section.title, role_of(section.title, template.roles)


def missing_sections(document: Document, template: Template) -> Iterator[str]:
    """Titles of the sections that `template` requires and `document` has neither by name nor by role."""
    names = {normalised(section.title) for section in document.sections} | {
        normalised(f.label) for f in document.fields
    }
    roles = {role_of(section.title, template.roles) for section in document.sections}
    roles |= {role_of(field.label, template.roles) for field in document.fields}
    roles |= {meant for role in roles for meant in _ALSO_MEANS.get(role, ())}
    for title, role in sections_of(template):
        name = normalised(title)
        if name not in template.optional and name not in names and (not role or role not in roles):
            yield title


def leftover_slots(document: Document, template: Template) -> Iterator[Span]:
    """Where `document` still holds a slot's own text, outside code and comments."""
    opaque = [*(fence.span for fence in document.fences), *document.opaque]
    for text in sorted({slot.text for slot in template.slots}):
        start = document.text.find(text)
        while start >= 0:
            span = Span(start, start + len(text))
            if not any(place.holds(span) for place in opaque) and (text[:4] != "YYYY" or _is_open_date(document, span)):
                yield span
            start = document.text.find(text, span.end)


def _is_open_date(document: Document, span: Span) -> bool:
    """A date pattern is left over where a date belongs: as a field's whole value or in a heading; else it is prose."""
    return any(field.span == span for field in document.fields) or any(
        section.heading.holds(span) for section in document.sections
    )
