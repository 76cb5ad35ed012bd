"""Where a document asks for sign-offs, its content without them, and how one is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from twiceshy.markdown.edit import apply
from twiceshy.markdown.roles import normalised, role_of
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.model.document import Document, Field, Item, Table
from twiceshy.model.signoff import Cell, Place, Shown
from twiceshy.model.text import Edit, Lines, Span

_COLON = re.compile(r"[ \t]*[:：]")
_LINE = re.compile(r"[^\r\n]*")
_LABEL = re.compile(r"(?P<label>[^\r\n]{1,80}?)(?P<end>：|:(?=\s|\Z)| — |(?=[\r\n]|\Z))")
_MARK = re.compile(r"<!--\s*signed:[^>\r\n]{0,200}-->")
_BETWEEN = " \t|·,;"
_NAME_COLUMNS = frozenset(
    "approved approved-by approver by name person sign-off signature signed signed-by signed-off who".split()
)
_REST_COLUMNS = frozenset(("status", "decision", "approval", "ok", "done", "tick"))
_EMPTY = re.compile(r"(?:[\W_]|\{\{[^{}\n]*\}\}|\[[^\[\]\n]{2,}\]|YYYY-MM-DD|TBD|TBA|N/A)*", re.IGNORECASE)


def places_of(document: Document, aliases: Mapping[str, str]) -> list[Place]:
    """Every place for a sign-off, in document order: a heading or label with the role `sign-off` says where.

    In such a part, each label and each ticked item is a place (what stands behind it on its line), and each row of a
    table (its columns for names, dates and states). A label of that role with a value of its own is a place too.
    """
    found: dict[int, Place] = {}
    lines = Lines(document.text)
    for part in _parts(document, aliases):
        for place in _in_part(document, part, aliases, lines):
            found.setdefault(place.cells[0].span.start, place)
    for field in document.fields:
        if role_of(field.label, aliases) == "sign-off" and not _is_held(field, found.values()):
            place = _place(document, field, lines)
            found.setdefault(place.cells[0].span.start, place)
    kept: list[Place] = []
    for at in sorted(found):
        if not kept or min(cell.span.start for cell in found[at].cells) >= kept[-1].cells[-1].span.end:
            kept.append(found[at])
    return kept


def blanked(text: str, places: Iterable[Place]) -> str:
    """The content that is signed: `text` with nothing in the places for sign-offs, and a space in their ticks."""
    cells = (cell for place in places for cell in place.cells)
    return apply(text, [Edit(cell.span, " " if cell.holds == "tick" else "") for cell in cells])


def said_in(text: str, place: Place) -> str:
    """What stands in a place, without its tick; "" for an open one."""
    said = " ".join(filter(None, (cell.span.of(text).strip() for cell in place.cells if cell.holds != "tick")))
    return "" if _EMPTY.fullmatch(said) else said


def is_ticked(text: str, place: Place) -> bool:
    """Whether a place claims to be signed by a tick, a sign or a mark of ours."""
    if any(cell.holds == "tick" and cell.span.of(text).strip() for cell in place.cells):
        return True
    said = "".join(cell.span.of(text) for cell in place.cells if cell.holds != "tick")
    return bool(re.search(r"[✅☑✔✓]|\[[xX]\]|<!--\s*signed:", said))


def stray_marks(document: Document, places: Iterable[Place]) -> list[int]:
    """The lines with a mark of a signature that stands in no place for one; one that is shown in code is none."""
    cells = [cell.span for place in places for cell in place.cells]
    lines = Lines(document.text)
    spans = [Span(*found.span()) for found in _MARK.finditer(document.text)]
    code = [span for span in document.opaque if span not in document.comments]
    return [lines.at(span.start) for span in spans if not any(one.holds(span) for one in (*cells, *code))]


def filled(text: str, place: Place, shown: Shown) -> list[Edit]:
    """The edits that let a place say who signed, when, and by which signature."""
    values = _values(place, shown)
    return [
        Edit(cell.span, "x") if cell.holds == "tick" else _put(text, cell.span, values[cell.holds])
        for cell in place.cells
    ]


def shows(text: str, place: Place, shown: Shown) -> bool:
    """Whether a place says exactly that."""
    values = _values(place, shown)
    return all(cell.span.of(text).strip(" \t") == values[cell.holds] for cell in place.cells)


def _values(place: Place, shown: Shown) -> dict[str, str]:
    is_dated = any(cell.holds == "date" for cell in place.cells)
    who = shown.principal if is_dated else f"{shown.principal}, {shown.day}"
    said = f"✅ {shown.name} ({who}) <!-- signed: {shown.ident} -->"
    return {"mark": said, "dash": f"— {said}", "date": shown.day, "tick": "x", "rest": ""}


def _put(text: str, span: Span, said: str) -> Edit:
    """The edit of one piece; the blanks around what stood there stay, and a bare place gets one before it."""
    start, end = span
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if start == end and start > span.start:  # only blanks: those behind the first one stay, they may break the line
        start = end = span.start + 1
    lead = "" if not said or text[start - 1 : start] in (" ", "\t", "\n", "\r") else " "
    is_joined = text[end : end + 1] not in ("", " ", "\t", "\n", "\r")
    return Edit(Span(start, end), f"{lead}{said}{' ' if said and is_joined else ''}")


def _parts(document: Document, aliases: Mapping[str, str]) -> Iterator[Span]:
    for section in document.sections:
        if role_of(section.title, aliases) == "sign-off":
            yield section.body
    for field in document.fields:
        if role_of(field.label, aliases) == "sign-off" and not _behind(document, field).of(document.text).strip():
            yield field.reach


def _is_held(field: Field, places: Iterable[Place]) -> bool:
    """Whether a label of that role is a place already, or the title of a part with places of its own."""
    return any(field.label_span.start <= place.cells[-1].span.start <= field.reach.end for place in places)


def _in_part(document: Document, part: Span, aliases: Mapping[str, str], lines: Lines) -> list[Place]:
    tables = document.tables_in(part)
    fields = [field for field in document.labels_in(part) if not any(t.span.holds(field.label_span) for t in tables)]
    found: list[Place] = []
    for field in fields:
        if _is_title(document, field, fields, aliases):
            continue
        if found and role_of(field.label, aliases) == "date":
            date = Cell("date", _behind(document, field))
            found[-1] = found[-1]._replace(cells=(*found[-1].cells, date))
        else:
            found.append(_place(document, field, lines))
    bare = (item for item in document.items_in(part) if not any(item.text.holds(f.label_span) for f in fields))
    found += [place for item in bare if (place := _item(document, item, lines))]
    return found + [place for table in tables for place in _rows(document, table, aliases, lines)]


def _is_title(document: Document, field: Field, fields: list[Field], aliases: Mapping[str, str]) -> bool:
    """Whether a label only says that sign-offs follow."""
    inside = any(field.label_span.end <= other.label_span.start < field.reach.end for other in fields)
    is_bare = not _behind(document, field).of(document.text).strip()
    return inside and is_bare and role_of(field.label, aliases) == "sign-off"


def _behind(document: Document, field: Field) -> Span:
    """What stands behind a label on its line, up to the next label there."""
    text, at = document.text, field.label_span.end
    colon = _COLON.match(text, at)
    start = colon.end() if colon else at
    line = _LINE.match(text, start)
    end = line.end() if line else start
    following = document.labels_in(Span(start, end))
    if following and following[0].label_span.start >= start:
        end = following[0].label_span.start
        while end > start and text[end - 1] in _BETWEEN:
            end -= 1
    return Span(start, end)


def _place(document: Document, field: Field, lines: Lines) -> Place:
    cells = [Cell("mark", _behind(document, field))]
    for item in document.items_in(Span(max(0, field.label_span.start - 200), field.label_span.start)):
        if item.mark and item.text.start <= field.label_span.start < item.text.end:
            cells.insert(0, Cell("tick", item.mark))
    return Place(signing_role(field.label), field.label, tuple(cells), lines.at(field.label_span.start))


def _item(document: Document, item: Item, lines: Lines) -> Place | None:
    """A plain item: `[ ] QA lead`, `QA lead: name`; one with neither a tick nor a colon asks for nothing."""
    text = document.text
    found = _LABEL.match(text, item.text.start)
    if not found or not (item.mark or found["end"] in (":", "：")):
        return None
    is_labelled = found["end"] in (":", "：")
    start = found.end() if is_labelled else found.end("label")
    line = _LINE.match(text, start)
    ticks = (Cell("tick", item.mark),) if item.mark else ()
    behind = Cell("mark" if is_labelled else "dash", Span(start, line.end() if line else start))
    return Place(signing_role(found["label"]), found["label"].strip(), (*ticks, behind), lines.at(item.text.start))


def _rows(document: Document, table: Table, aliases: Mapping[str, str], lines: Lines) -> Iterator[Place]:
    holds = [_column(cell.of(document.text), aliases) for cell in table.header]
    if "mark" not in holds[1:]:
        return
    holds[0] = ""
    first = holds.index("mark")
    for row in table.rows:
        named = [(what if at == first or what != "mark" else "rest", cell) for at, (what, cell) in
                 enumerate(zip(holds, row, strict=False)) if what]  # fmt: skip
        cells = tuple(
            Cell(what, _widened(document.text, cell)) for what, cell in named if _is_there(document.text, cell)
        )
        label = row[0].of(document.text).strip("*_: \t")
        if label and any(cell.holds == "mark" for cell in cells):
            yield Place(signing_role(label), label, cells, lines.at(row[0].start))


def _column(title: str, aliases: Mapping[str, str]) -> str:
    words, role = normalised(title).replace(" ", "-"), role_of(title, aliases)
    if role == "date":
        return "date"
    if words in _REST_COLUMNS or role == "status":
        return "rest"
    return "mark" if words in _NAME_COLUMNS or role in ("sign-off", "owner") else ""


def _is_there(text: str, cell: Span) -> bool:
    """Whether a cell stands between two bars: a row may end before it."""
    wide = _widened(text, cell)
    return text[wide.start - 1 : wide.start] == "|" and text[wide.end : wide.end + 1] == "|"


def _widened(text: str, cell: Span) -> Span:
    start, end = cell
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return Span(start, end)
