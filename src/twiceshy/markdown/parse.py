"""Text to Document: every construct becomes spans over the text it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twiceshy.markdown.fields import Block, fields_of
from twiceshy.markdown.front_matter import read_front_matter
from twiceshy.model.document import Document, Fence, Item, Link, Section, Table
from twiceshy.model.text import Span

_SURROGATES = re.compile("[\ud800-\udfff]")
_WIDE = re.compile("[^\x00-\x7f]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CLOSES_TEXT = frozenset(("Heading", "List", "BlockQuote", "CodeBlock", "Table"))
_ENDS = _CLOSES_TEXT | {"Paragraph", "Item", "HtmlBlock"}
_STARTS = _ENDS | {"TableHead", "TableRow", "TableCell", "Strong", "Link", "Image"}


def parse(text: str, path: str = "") -> Document:
    """Read `text` as CommonMark with tables and task lists; any text at all is a document."""
    from pyromark import Options, events_with_range

    front = read_front_matter(text)
    start = front.span.end if front else (1 if text.startswith("\ufeff") else 0)
    source = _SURROGATES.sub("\ufffd", text[start:])
    reader = _Reader(text, start, None if source.isascii() else _offsets(source))
    reader.read(events_with_range(source, options=Options.ENABLE_TABLES | Options.ENABLE_TASKLISTS))
    sections = _sections(text, reader.headings)
    opaque = [*reader.opaque, *([front.span] if front else [])]
    return Document(
        path=path,
        text=text,
        front_matter=front,
        sections=sections,
        fields=fields_of(text, reader.blocks, sections),
        fences=tuple(reader.fences),
        tables=tuple(reader.tables),
        items=tuple(sorted(reader.items, key=lambda item: item.span.start)),
        links=tuple(reader.links),
        paragraphs=tuple(block.span for block in reader.blocks if block.kind == "paragraph"),
        opaque=tuple(sorted(opaque)),
        comments=tuple(reader.comments),
    )


def _offsets(source: str) -> Callable[[int], int]:
    """A function from UTF-8 offsets of `source` to its `str` offsets: every wide character before one shifts it."""
    ends: list[int] = []
    extra = [0]
    for match in _WIDE.finditer(source):
        more = extra[-1] + len(match.group().encode("utf-8")) - (match.end() - match.start())
        if match.end() - match.start() == 1:
            ends.append(match.end() + more)
            extra.append(more)
            continue
        for at in range(match.start(), match.end()):
            extra.append(extra[-1] + len(source[at].encode("utf-8")) - 1)
            ends.append(at + 1 + extra[-1])
    return lambda byte: byte - extra[bisect_right(ends, byte)]


@dataclass(slots=True)
class _OpenItem:
    """A list item whose end has not come yet."""

    ordered: bool
    depth: int
    text: Span | None = None
    mark: Span | None = None


@dataclass(slots=True)
class _Reader:
    """Collects constructs from the stream of events; knows only what is open at the moment."""

    text: str
    base: int
    shift: Callable[[int], int] | None
    headings: list[tuple[str, int, Span]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    opaque: list[Span] = field(default_factory=list)
    comments: list[Span] = field(default_factory=list)
    _lists: list[bool] = field(default_factory=list)
    _open_items: list[_OpenItem] = field(default_factory=list)
    _leaf: Block | None = None
    _title: list[str] | None = None
    _level: int = 0
    _quotes: int = 0
    _code: list[tuple[str, Span]] | None = None
    _rows: list[list[Span]] = field(default_factory=list)
    _in_table: bool = False
    _tail: Mapping[str, int] = field(default_factory=lambda: {"start": 0, "end": 0})
    _marks: list[tuple[str, Any]] = field(default_factory=list)

    def read(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Read all events; most are plain text inside a block whose borders are known, and cost next to nothing."""
        for event, place in events:
            if event.__class__ is str:
                if event == "Rule" or self._title is not None:
                    self._inline(event, "", place)
                continue
            ((name, value),) = event.items()
            if name == "Text" and self._code is None and self._title is None:
                if self._leaf is None:
                    self._leaf_at(place)
                self._tail = place
            elif name == "Start":
                kind, detail = next(iter(value.items())) if value.__class__ is dict else (value, None)
                if kind in _STARTS:
                    self._start(kind, detail, place)
            elif name == "End":
                kind = next(iter(value)) if value.__class__ is dict else value
                if kind in _ENDS:
                    self._end(kind, self._span(place))
            else:
                self._inline(name, value, place)
                self._tail = place

    def _span(self, place: Mapping[str, int]) -> Span:
        """The tokenizer's UTF-8 offsets as offsets of the document's `str`."""
        first, last = place["start"], place["end"]
        if self.shift:
            first, last = self.shift(first), self.shift(last)
        return Span(first + self.base, last + self.base)

    def _start(self, kind: str, detail: Any, place: Mapping[str, int]) -> None:
        span = self._span(place)
        if kind in _CLOSES_TEXT:
            self._close_leaf()
        if kind == "Heading":
            self._title, self._level = [], int(detail["level"][1])
        elif kind == "BlockQuote":
            self._quotes += 1
        elif kind == "Paragraph":
            self._leaf = Block("item" if self._first_in_item() else "paragraph", span, len(self._open_items))
        elif kind == "List":
            self._lists.append(detail is not None)
        elif kind == "Item":
            self._open_items.append(_OpenItem(self._lists[-1], len(self._lists) - 1))
        elif kind in ("CodeBlock", "HtmlBlock"):
            self._code = [] if kind == "CodeBlock" else None
            self._marks.append((kind, detail))
        elif kind in ("Table", "TableHead", "TableRow", "TableCell"):
            self._start_table(kind, span)
        elif kind == "Strong":
            if leaf := self._leaf_at(place):
                leaf.strongs.append(span)
            self._tail = place
        else:
            self._leaf_at(place)
            self._tail = place
            self.links.append(Link(detail["dest_url"], span))

    def _start_table(self, kind: str, span: Span) -> None:
        if kind == "Table":
            self._rows, self._in_table = [], True
        elif kind == "TableCell":
            self._rows[-1].append(_trimmed(self.text, span))
        else:
            self._rows.append([])

    def _end(self, kind: str, span: Span) -> None:
        if kind in ("Paragraph", "Item"):
            if kind == "Paragraph" and self._leaf and self._leaf.kind == "item" and self._open_items:
                self._open_items[-1].text = _trimmed(self.text, span)
            self._close_leaf()
        if kind == "Heading":
            if not self._quotes and not self._open_items:
                self.headings.append(("".join(self._title or []).strip(), self._level, span))
            self._title = None
        elif kind == "BlockQuote":
            self._quotes -= 1
        elif kind == "List":
            self._lists.pop()
        elif kind == "Item":
            item = self._open_items.pop()
            text = item.text or Span(span.start, span.start)
            self.items.append(Item(span, text, item.depth, item.ordered, item.mark))
        elif kind == "CodeBlock":
            self._end_code(span)
        elif kind == "HtmlBlock":
            self._marks.pop()
            self.opaque.append(span)
            self._comments_in(span)
        elif kind == "Table":
            self._in_table = False
            self.tables.append(Table(span, tuple(self._rows[0]), tuple(tuple(row) for row in self._rows[1:])))

    def _end_code(self, span: Span) -> None:
        _, detail = self._marks.pop()
        self.opaque.append(span)
        pieces, self._code = self._code or [], None
        if isinstance(detail, dict):
            body = Span(pieces[0][1].start, pieces[-1][1].end) if pieces else Span(span.end, span.end)
            self.fences.append(Fence(detail["Fenced"].strip(), span, body, "".join(text for text, _ in pieces)))

    def _inline(self, name: str, value: Any, place: Mapping[str, int]) -> None:
        span = self._span(place)
        if name == "Rule":
            self._close_leaf()
            self.blocks.append(Block("rule", span, 0))
        elif name == "TaskListMarker" and self._open_items:
            self._open_items[-1].mark = Span(span.start + 1, span.end - 1)
        elif name == "Html":
            return
        elif self._code is not None:
            self._code.append((value, span))
        elif self._title is not None:
            self._title.append(value if name in ("Text", "Code") else " " if "Break" in name else "")
            if name == "InlineHtml":
                self._comments_in(span)
        elif name in ("Code", "InlineHtml"):
            self._leaf_at(place)
            self.opaque.append(span)
            if name == "InlineHtml":
                self._comments_in(span)

    def _comments_in(self, span: Span) -> None:
        for match in _COMMENT.finditer(self.text, span.start, span.end):
            self.comments.append(Span(match.start(), match.end()))

    def _first_in_item(self) -> bool:
        return bool(self._open_items) and self._open_items[-1].text is None

    def _leaf_at(self, place: Mapping[str, int]) -> Block | None:
        """The block that inline content belongs to; a tight list item has none of its own until its text comes."""
        if self._leaf is None and self._open_items and self._title is None and not self._in_table:
            kind = "item" if self._first_in_item() else "paragraph"
            self._leaf = Block(kind, self._span(place), len(self._open_items), tight=True)
        return self._leaf

    def _close_leaf(self) -> None:
        leaf, self._leaf = self._leaf, None
        if leaf is None:
            return
        if leaf.tight:
            leaf.span = Span(leaf.span.start, max(leaf.span.end, self._span(self._tail).end))
            if leaf.kind == "item" and self._open_items:
                self._open_items[-1].text = leaf.span
        self.blocks.append(leaf)


def _trimmed(text: str, span: Span) -> Span:
    source = span.of(text)
    start = span.start + len(source) - len(source.lstrip())
    return Span(start, max(start, span.start + len(source.rstrip())))


def _sections(text: str, headings: list[tuple[str, int, Span]]) -> tuple[Section, ...]:
    sections: list[Section] = []
    open_at: list[int] = []
    ends = [len(text)] * len(headings)
    for index, (_, level, span) in enumerate(headings):
        while open_at and headings[open_at[-1]][1] >= level:
            ends[open_at.pop()] = span.start
        open_at.append(index)
    stack: list[int] = []
    for index, (title, level, span) in enumerate(headings):
        while stack and headings[stack[-1]][1] >= level:
            stack.pop()
        body_end = headings[index + 1][2].start if index + 1 < len(headings) else len(text)
        parent = stack[-1] if stack else -1
        sections.append(Section(title, level, span, Span(span.end, body_end), Span(span.start, ends[index]), parent))
        stack.append(index)
    return tuple(sections)
