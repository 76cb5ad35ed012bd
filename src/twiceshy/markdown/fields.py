"""Labels and their values: `**Label:** value` in every shape people write it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from twiceshy.model.document import Field, Section
from twiceshy.model.text import Span

_PLAIN = re.compile(r"^([^\W\d_][\w /&'-]{1,30})(?::[ \t]+|：[ \t]*)(?=\S)", re.MULTILINE)
_UNCLOSED = re.compile(r"\*\*[^*\n]{1,60}：\*\*(?=\w)")  # bold to its writer, not to CommonMark: no space follows
_COLONS = ":："
_COLON = re.compile(r"[ \t]*[:：]")
_BEHIND = 8  # how far behind bold text its colon may stand
_LETTER = re.compile(r"[^\W\d_]")
_TICK = re.compile(r"\[[ xX~]\]")
_LONGEST = 500  # bold text longer than this is no label; bold text inside bold text could be looked at without end
_SHORT = 200  # what stands before a label on its line; to look farther back for each label takes quadratic time


@dataclass(slots=True)
class Block:
    """A run of inline text: `kind` is `paragraph`, `item` (the first text of a list item) or `rule` (a thematic break).

    `depth` counts the list items around it; `strongs` are the spans of bold text in it.
    """

    kind: str
    span: Span
    depth: int
    strongs: list[Span] = field(default_factory=list)
    tight: bool = False


class _Label(NamedTuple):
    """A label and where its value begins; `end` is where the run of text around it, or the value in it, ends."""

    text: str
    span: Span
    value: int
    block: int
    end: int


def fields_of(text: str, blocks: list[Block], sections: tuple[Section, ...]) -> tuple[Field, ...]:
    """Every field of a document whose runs of text are `blocks`, in document order."""
    labels = _labels(text, blocks, next((s.heading.start for s in sections if s.level > 1), len(text)))
    if not labels:
        return ()
    starts = [section.heading.start for section in sections]
    borders = sorted([*starts, *(block.span.start for block in blocks if block.kind == "rule"), len(text)])
    fields: list[Field] = []
    next_at: dict[int, int] = {}
    for name, span, value, block, end in reversed(labels):
        depth = blocks[block].depth
        following = min([start for at, start in next_at.items() if at <= depth], default=len(text))
        next_at = {at: start for at, start in next_at.items() if at < depth}
        next_at[depth] = span.start
        border = borders[bisect_right(borders, span.start)] if span.start < len(text) else len(text)
        reach = trimmed(text, value, max(value, min(border, _line_start(text, following, value))))
        inline = trimmed(text, value, max(value, end))
        section = bisect_right(starts, span.start) - 1
        fields.append(Field(name, span, inline if inline.end > inline.start else reach, reach, section))
    fields.reverse()
    return tuple(fields)


def trimmed(text: str, start: int, end: int) -> Span:
    """`text[start:end]` without the blanks around it; if it is all blank, the empty span at its end."""
    while start < end and text[start].isspace():
        piece = text[start : min(end, start + _SHORT)]
        start += len(piece) - len(piece.lstrip())
    while start < end and text[end - 1].isspace():
        piece = text[max(start, end - _SHORT) : end]
        end -= len(piece) - len(piece.rstrip())
    return Span(start, end)


def _labels(text: str, blocks: list[Block], first_heading: int) -> list[_Label]:
    labels: list[_Label] = []
    for index, block in enumerate(blocks):
        if block.kind == "rule":
            continue
        found = [label for strong in _strongs(text, block) if (label := _bold(text, index, block, strong))]
        listed = block.kind == "item" and block.depth == 1 and first_heading < len(text)  # as MADR 2 has them
        is_top = listed or (block.kind == "paragraph" and block.depth == 0)
        if not found and is_top and block.span.start < first_heading:
            found = _plain(text, index, block)
        if found:
            labels += _with_ends(text, found)
    return labels


def _strongs(text: str, block: Block) -> list[Span]:
    """The bold text of a block, with labels that end in a full-width colon inside and have their value right behind."""
    if "：**" not in text[block.span.start : block.span.end]:
        return block.strongs
    found = [Span(*match.span()) for match in _UNCLOSED.finditer(text, block.span.start, block.span.end)]
    held = [
        strong
        for strong in block.strongs
        if not any(strong.start < span.end > span.start < strong.end for span in found)
    ]
    return sorted([*held, *found])


def _bold(text: str, index: int, block: Block, strong: Span) -> _Label | None:
    start, end = strong
    if end - start > _LONGEST:
        return None
    inner = text[start + 2 : end - 2]
    after = _COLON.match(text, end, end + _BEHIND)
    if not (after or inner.rstrip()[-1:] in _COLONS) and not (
        block.kind == "paragraph" and "\n" not in inner and _is_all(text, block.span, strong)
    ):
        return None
    if not _may_begin(text, block.span.start, start):
        return None
    name = inner.rstrip(" \t" + _COLONS).strip()
    return _Label(name, strong, after.end() if after else end, index, block.span.end) if name else None


def _is_all(text: str, block: Span, strong: Span) -> bool:
    """Whether a block is nothing but its bold text."""
    around = Span(block.start, strong.start), Span(strong.end, block.end)
    return all(span.end - span.start < _SHORT and not span.of(text).strip() for span in around)


def _may_begin(text: str, start: int, label: int) -> bool:
    """Whether a label may stand at `label` in the block at `start`: on a new line, behind a mark or a sentence."""
    seen = max(start, label - _SHORT)
    line = max(seen, text.rfind("\n", seen, label) + 1)
    before = text[line:label].strip(" >\t").rstrip()
    return not before or before[-1] in "|.;,·•—" or (label - line < _SHORT and _is_mark(before))


def _is_mark(before: str) -> bool:
    """Whether what stands before a label on its line is only a tick, a bullet, a number or an emoji."""
    return not _LETTER.search(_TICK.sub("", before))


def _plain(text: str, index: int, block: Block) -> list[_Label]:
    matches = _PLAIN.finditer(text[block.span.start : block.span.end])
    base = block.span.start
    return [
        _Label(m.group(1), Span(base + m.start(1), base + m.end(1)), base + m.end(), index, block.span.end)
        for m in matches
        if not m.group(1)[0].islower()
    ]


def _with_ends(text: str, found: list[_Label]) -> list[_Label]:
    """Each label's inline value ends where the next label of the same run of text begins."""
    for at, (label, following) in enumerate(pairwise(found)):
        found[at] = label._replace(end=_end_before(text, label.value, following.span.start))
    return found


def _end_before(text: str, start: int, end: int) -> int:
    """Where a value ends that reaches to `end` at most, without the blanks, marks and the separator behind it."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ">*-"):
        end -= 1
    if end > start and text[end - 1] in "|·•":
        end -= 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return end


def _line_start(text: str, offset: int, after: int) -> int:
    """The start of the line that holds `offset` if it is behind `after` and only list or quote marks stand before
    `offset`, else `offset`."""
    start = text.rfind("\n", max(after, offset - _SHORT), offset) + 1 if offset < len(text) else 0
    return start if start and _is_mark(text[start:offset]) else offset
