"""Document to action items: tables, checkboxes, numbered and plain bullets under an action heading or label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from twiceshy.markdown.roles import normalised, role_of
from twiceshy.model.action import ActionItem
from twiceshy.model.document import Document, Item, Table
from twiceshy.model.text import Lines, Location, Span

_TICKED = re.compile(r"\[[xX✅✓✔]\]|✅|☑|~~[^~]+~~|^\W*(?:done|completed?|closed|fixed)\b", re.IGNORECASE)
_TICK = re.compile(r"^(?:\[[ xX~✅✓✔]\]|✅|☐|☑|⬜)\s*")
_OWNER = re.compile(
    r"(?<!\w)@([\w/-]+)|\((?:owner|assignee):\s*([^)]+)\)|\b(?:owner|assignee):\s*([^,;|)\n]+)", re.IGNORECASE
)
_DUE = re.compile(r"\b(?:due|by|until|deadline)[:\s]+(\d{4}-\d\d-\d\d)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"https?://\S+[^\s.,)]|(?<![\w&/])(?:GH-|#)\d+\b|\b[A-Z][A-Z0-9]+-\d+\b")
_CELLS = ("owner", "due", "priority", "status")


def actions_of(document: Document, aliases: Mapping[str, str] | None = None) -> tuple[ActionItem, ...]:
    """Every action item of the document, in order; ids are `path#action-N`, counted from 1."""
    lines = Lines(document.text)
    found = [*_from_tables(document, aliases or {}), *_from_items(document, aliases or {})]
    found.sort(key=lambda pair: pair[0].start)
    items = []
    for number, (span, values) in enumerate(found, 1):
        place = Location(document.path, lines.at(span.start), lines.at(max(span.start, span.end - 1)))
        items.append(
            ActionItem(f"{document.path}#action-{number}", span.of(document.text), span=span, location=place, **values)
        )
    return tuple(items)


def _from_tables(document: Document, aliases: Mapping[str, str]) -> Iterator[tuple[Span, dict[str, Any]]]:
    for table in document.tables:
        roles = [role_of(cell.of(document.text), aliases) for cell in table.header]
        if "action" in roles and set(roles) & set(_CELLS):
            yield from _rows(document, table, roles)


def _rows(document: Document, table: Table, roles: list[str]) -> Iterator[tuple[Span, dict[str, Any]]]:
    for row in table.rows:
        cells = {role: cell.of(document.text) for role, cell in zip(roles, row, strict=False)}
        text = cells.get("action", "")
        if not text:
            continue
        span = Span(row[0].start, row[-1].end)
        values: dict[str, Any] = {key: cells.get(key, "") for key in _CELLS}
        values["text"] = text
        values["done"] = bool(_TICKED.search(cells.get("status", ""))) or text.startswith("~~")
        values["reference"] = _first(_REFERENCE, span.of(document.text))
        yield span, values


def _from_items(document: Document, aliases: Mapping[str, str]) -> Iterator[tuple[Span, dict[str, Any]]]:
    places = [s.body for s in document.sections if role_of(s.title, aliases) == "action"]
    places += [f.reach for f in document.fields if role_of(f.label, aliases) == "action"]
    for item in document.items:
        if any(place.holds(item.text) for place in places) and not _inside_item(document, item, places):
            raw = item.text.of(document.text)
            done = item.mark is not None and item.mark.of(document.text) != " "
            text = _TICK.sub("", raw.strip())
            if normalised(text):
                yield (
                    item.text,
                    {
                        "text": " ".join(text.split()),
                        "done": done or bool(re.match(r"\[[xX✅✓✔]\]|✅|☑|~~", raw.strip())),
                        "owner": _first(_OWNER, raw),
                        "due": _first(_DUE, raw),
                        "reference": _first(_REFERENCE, raw),
                    },
                )


def _inside_item(document: Document, item: Item, places: list[Span]) -> bool:
    """Details below an action are part of it, unless they carry a tick of their own."""
    if item.depth == 0 or item.mark:
        return False
    return any(
        other is not item
        and other.depth < item.depth
        and other.span.holds(item.span)
        and any(p.holds(other.text) for p in places)
        for other in document.items
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in (*match.groups(), match.group()) if group), "").strip() if match else ""
