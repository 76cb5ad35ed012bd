"""A template to a new document: the title, the date and what is known filled in, open slots left visible."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date

from twiceshy.errors import UsageError
from twiceshy.markdown.edit import apply
from twiceshy.markdown.roles import normalised
from twiceshy.model.document import Document
from twiceshy.model.template import Template
from twiceshy.model.text import Edit, Span


def new_document(template: Template, title: str, values: Mapping[str, str], today: date) -> str:
    """The text of a new document of this kind: title and date filled, `values` put into their slots by name.

    Raises UsageError for a slot the template does not have. Slots without a value stay as they are.
    """
    names = {slot.name for slot in template.slots}
    for name in values:
        if name not in names:
            close = difflib.get_close_matches(name, names, 1)
            hint = f"did you mean {close[0]}?" if close else f"slots of {template.kind}: {', '.join(sorted(names))}"
            raise UsageError(f"{template.kind} has no slot {name!r}", hint)
    document = template.document
    heading = next((section for section in document.sections if section.level == 1), None)
    edits = []
    for slot in template.slots:
        in_title = heading is not None and heading.heading.holds(slot.span)
        if slot.name in values:
            edits.append(Edit(slot.span, values[slot.name]))
        elif in_title:
            edits.append(Edit(slot.span, title))
        elif slot.text == "YYYY-MM-DD" and _is_first_date(document, slot.span):
            edits.append(Edit(slot.span, today.isoformat()))
    return apply(document.text, edits)


def _is_first_date(document: Document, span: Span) -> bool:
    """The date of the document itself is known; dates further down belong to things that have not happened."""
    second = next((section.heading.start for section in document.sections if section.level > 1), len(document.text))
    return span.start < second


def slots_to_ask(template: Template) -> list[tuple[str, str]]:
    """Name and prompt of the slots worth asking for: one for each required section, and the fields at the top."""
    asked: list[tuple[str, str]] = []
    seen: set[int] = set()
    for slot in template.slots:
        index = template.document.section_at(slot.span.start)
        section = template.document.sections[index] if index >= 0 else None
        in_heading = section is not None and section.heading.holds(slot.span)
        optional = section is not None and section.level > 1 and normalised(section.title) in template.optional
        if in_heading or optional or slot.text.startswith("YYYY") or (index in seen and section and section.level > 1):
            continue
        seen.add(index)
        asked.append((slot.name, slot.text.strip("[]{} ")))
    return asked[:8]
