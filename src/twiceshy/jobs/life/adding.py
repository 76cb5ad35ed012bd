"""A status for a lesson that says none: a line in the style of the labels it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from twiceshy.markdown.edit import line_end
from twiceshy.markdown.outline import line_start
from twiceshy.markdown.page import Page
from twiceshy.markdown.roles import normalised, role_of
from twiceshy.model.document import Field, Section
from twiceshy.model.lesson import Lesson
from twiceshy.model.text import Edit, Span

_BULLET = re.compile(r"[ \t>]*(?P<mark>[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_NO_STYLE = re.compile(r"[^ \t>*+-]")


def added_to(page: Page, lesson: Lesson, word: str, said: str) -> Iterator[list[Edit]]:
    """Ways to put `word: said` into a lesson; none for the row of a table, which has no column for it."""
    document = page.document
    if any(table.span.holds(lesson.span) for table in document.tables):
        return
    word = next((one.label for one in document.fields if _is_status(page, one)), word)
    heading = next((one for one in document.sections if one.heading.start == lesson.span.start), None)
    item = next((one for one in document.items if one.span.start == lesson.span.start), None)
    if heading:
        yield from _below_heading(page, lesson, heading, word, said)
    elif lesson.is_document:
        yield [_at(lesson.span.start, f"**{word}:** {said}{2 * line_end(document.text)}")]
    elif item:
        yield from _in_item(page, lesson, word, said)
    else:
        yield from _behind(page, lesson, word, said)


def _is_status(page: Page, field: Field) -> bool:
    return role_of(field.label, page.aliases) == "status" and normalised(field.label) != "superseded by"


def _at(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


def _below_heading(page: Page, lesson: Lesson, section: Section, word: str, said: str) -> Iterator[list[Edit]]:
    """Before the first label if nothing stands above it; else right below the heading, else where the lesson ends."""
    text, end = page.document.text, line_end(page.document.text)
    labels = page.document.labels_in(section.body)
    styled = like(text, labels[0], word, said) if labels else ""
    if styled and not text[section.body.start : line_start(text, labels[0].label_span.start)].strip():
        begin = line_start(text, labels[0].label_span.start)
        yield [_at(begin, f"{styled}{joint(text, labels)}")]
    line = styled if styled and not _BULLET.match(styled) else f"**{word}:** {said}"
    at = len(section.heading.of(text).rstrip()) + section.heading.start
    is_tight = bool(text[section.body.start : section.body.end].split("\n", 1)[0].strip())
    yield [_at(at, f"{end}{line}{end}" if is_tight else f"{2 * end}{line}")]
    yield [_at(lesson.span.end, f"{2 * end}{line}")]


def joint(text: str, labels: tuple[Field, ...]) -> str:
    """What parts the first of these labels from the next one."""
    end = line_end(text)
    first = line_start(text, labels[0].label_span.start)
    below = text.find("\n", first) + 1
    listed = bool(_BULLET.match(text, first))
    tight = any(line_start(text, one.label_span.start) == below for one in labels[1:2])
    return end if listed or tight else 2 * end


def like(text: str, label: Field, word: str, said: str) -> str:
    """`word: said` as a line with a label of the make of `label`; "" if what stands before that belongs to it alone."""
    begin, span = line_start(text, label.label_span.start), label.label_span
    lead = text[begin : span.start]
    if _NO_STYLE.search(lead) or label.label not in span.of(text):
        return ""
    called = word.upper() if label.label.isupper() else word.lower() if label.label.islower() else word
    after = text[span.end : label.span.start]
    if "\n" in after or len(after) > len(" : ") or label.span.start == label.span.end:
        after = " " if span.of(text).rstrip("*_ ")[-1:] in (":", "：") else ": "
    line = text[begin:].split("\n", 1)[0].rstrip("\r")
    hard = line[len(line.rstrip()) :] if line.endswith("  ") else "\\" if line.endswith("\\") else ""
    return f"{lead}{span.of(text).replace(label.label, called, 1)}{after}{said}{hard}"


def _in_item(page: Page, lesson: Lesson, word: str, said: str) -> Iterator[list[Edit]]:
    """An item of its own below the item, else one more line of it."""
    text, end = page.document.text, line_end(page.document.text)
    begin = line_start(text, lesson.span.start)
    bullet = _BULLET.match(text, begin)
    if not bullet:
        return
    lead = text[begin : bullet.end("mark")] + re.match(r"[ \t]*", text[bullet.end("mark") :]).group()  # type: ignore[union-attr]
    by = re.sub(r"[^\s>]", " ", lead)
    mark = bullet["mark"] if bullet["mark"] in "-*+" else "-"
    yield [_at(lesson.span.end, f"{end}{by}{mark} **{word}:** {said}")]
    yield [_at(lesson.span.end, f"{end}{by}**{word}:** {said}")]
    yield [_at(lesson.span.end, f"{end}{by.rstrip(' ') if '>' in by else ''}{end}{by}**{word}:** {said}")]


def _behind(page: Page, lesson: Lesson, word: str, said: str) -> Iterator[list[Edit]]:
    """Behind a paragraph, or behind the labels that tell the lesson, in their style."""
    text, end = page.document.text, line_end(page.document.text)
    labels = page.document.labels_in(lesson.span)
    styled = like(text, labels[0], word, said) if labels else ""
    if styled:
        yield [_at(lesson.span.end, f"{joint(text, labels)}{styled}")]
    line = f"**{word}:** {said}"
    yield [_at(lesson.span.end, f"{2 * end}{line}")]
    yield [_at(lesson.span.end, f"{end}{line}")]
