"""Where a lesson says its status, and the small edits that make it say another one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from twiceshy.jobs.life.adding import added_to, joint, like
from twiceshy.markdown.actions.words import is_blank
from twiceshy.markdown.edit import line_end
from twiceshy.markdown.front_matter import read_front_matter
from twiceshy.markdown.outline import Outline, columns
from twiceshy.markdown.page import Page
from twiceshy.markdown.roles import normalised
from twiceshy.model.document import FrontMatter
from twiceshy.model.lesson import Lesson
from twiceshy.model.text import Edit, Span

Worded = Callable[[str], str]
"""What a place says from now on, made of what it says (its first line, "" if nothing); "" leaves it as it is."""

_YAML = re.compile(
    r"""^status:[ \t]*(?P<value>'[^'\n]*'|"[^"\\\n]*"|[^\s'"|>&*!\[{#][^\n]*?|)(?=[ \t]*(?:[ \t]\#[^\n]*)?\r?$)""",
    re.MULTILINE,
)
_LINE = re.compile(r"(?:[ \t]*(?:>[ \t]*|[-*+][ \t]+)*\r?\n)*[ \t]*(?:>[ \t]*|[-*+][ \t]+)*")
_COLON = re.compile(r"[ \t]*[:：]?[ \t]*")
_LONGEST = 60  # a state; what is longer tells something, and is kept


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a status stands: `old` is its first line, `form` one of yaml, cell, label, heading."""

    form: str
    span: Span
    old: str
    goes_on: bool = False


def ways(page: Page, lesson: Lesson, worded: Worded, word: str) -> Iterator[list[Edit]]:
    """Ways to let `lesson` say its status as `worded` has it, under a label called `word` if it says none yet.

    The first is the most like its document; none if there is no place for it.
    """
    text = page.document.text
    front = page.document.front_matter if lesson.is_document else None
    places = list(_body_places(page, lesson))
    if front and "status" in front.values:
        match = _YAML.search(text, front.span.start, front.span.end)
        if not match or _continues(text, match.end(), front.span.end):
            return
        places.insert(0, _Place("yaml", Span(*match.span("value")), _unquoted(match["value"])))
    if places:
        yield [edit for place in places for edit in _edits(text, place, worded)]
        return
    said = worded("")
    if front and not front.error:
        yield [_in_front_matter(text, front, said)]
    yield from added_to(page, lesson, word, said)


def _continues(text: str, at: int, end: int) -> bool:
    """Whether the value goes on in the next line of the front matter."""
    below = text.find("\n", at, end) + 1
    return bool(below) and text[below : below + 1] in (" ", "\t", "-") and not text.startswith("---", below)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in ("'", '"') else value


def _body_places(page: Page, lesson: Lesson) -> Iterator[_Place]:
    document = page.document
    starts = {span.start for span in lesson.roles.get("status", ())}
    row = _status_cell(page, lesson)
    if row is not None:
        yield _Place("cell", row, row.of(document.text).strip())
        return
    for part in Outline(document, page.aliases).parts_in(lesson.span):
        name = normalised(part.how.partition("“")[2].rstrip("”"))
        if part.role != "status" or part.span.start not in starts or name == "superseded by":
            continue
        form = "heading" if part.is_heading else "cell" if part.how.startswith("row") else "label"
        yield _first_line(document.text, form, part.said, part.span)


def _first_line(text: str, form: str, said: Span, whole: Span) -> _Place:
    """The place of the first line of what is `said`; where nothing is, that right behind the label or heading."""
    if form == "heading" and (fence := re.search(r"^(?:#|```|~~~|\||<!--)", said.of(text), re.MULTILINE)):
        said = Span(said.start, said.start + fence.start())
    lead = _LINE.match(text, said.start, said.end)
    start = lead.end() if lead else said.start
    stop = text.find("\n", start, said.end)
    old = text[start : said.end if stop < 0 else stop].rstrip()
    if not old:
        return _Place(form, Span(whole.start, whole.start), "")
    below = text[stop + 1 : said.end].split("\n", 1)[0] if stop >= 0 else ""
    return _Place(form, Span(start, start + len(old)), old, bool(below.strip()) and not _opens(below))


def _opens(line: str) -> bool:
    """Whether a line below a status is something else: an item, a label, a link to what came before."""
    return bool(re.match(r"\s*(?:[-*+>]\s|\*\*|super[sc]|amend|\[)", line, re.IGNORECASE))


def _status_cell(page: Page, lesson: Lesson) -> Span | None:
    """The cell of the status column, where a lesson is a row of a table that has one."""
    document = page.document
    for table in document.tables:
        rows = [row for row in table.rows if row and Span(row[0].start, row[-1].end) == lesson.span]
        roles = columns(document, table, page.aliases)
        if rows and "status" in roles and roles.index("status") < len(rows[0]):
            return rows[0][roles.index("status")]
    return None


def _edits(text: str, place: _Place, worded: Worded) -> Iterator[Edit]:
    new = worded(place.old)
    if not new or new == place.old:
        return
    if place.form == "yaml":
        blank = " " if text[place.span.start - 1] == ":" else ""
        yield Edit(place.span, blank + _in_yaml(new, place.span.of(text)[:1]))
    elif place.form == "cell":
        yield _cell(text, place.span, new.replace("\\|", "|").replace("|", "\\|"))
    elif not place.old:
        yield _into_nothing(text, place, new)
    elif place.goes_on or (len(place.old) > _LONGEST and place.old not in new):
        end = "" if new.endswith((".", "!", "?")) else "."
        yield Edit(Span(place.span.start, place.span.start), f"{new}{end} ")
    else:
        yield Edit(place.span, new)


def _into_nothing(text: str, place: _Place, new: str) -> Edit:
    """A status where a label or a heading stands with nothing behind it."""
    at = place.span.start
    if place.form == "heading":
        end = re.compile(r"[^\n]*(?:\r?\n[=-]{2,}[ \t]*(?=\r?$))?", re.MULTILINE).match(text, at)
        at = len(text[: end.end() if end else at].rstrip())
        return Edit(Span(at, at), 2 * line_end(text) + new)
    mark = re.compile(r"(\*\*|__).+?\1|[^:：\n]+").match(text, at)
    colon = _COLON.match(text, mark.end() if mark else at)
    at = colon.end() if colon else at
    return Edit(Span(at, at), new if text[at - 1 : at] in (" ", "\t") else f" {new}")


def _cell(text: str, span: Span, new: str) -> Edit:
    """A cell that says something else; an empty one keeps a blank on both sides."""
    if span.of(text).strip():
        return Edit(span, new)
    start, end = span.start, span.end
    while text[start - 1 : start] in (" ", "\t"):
        start -= 1
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return Edit(Span(start, end), f" {new} ")


def _in_front_matter(text: str, front: FrontMatter, said: str) -> Edit:
    at = text.rfind("\n", front.span.start, front.span.end - 2) + 1
    return Edit(Span(at, at), f"status: {_in_yaml(said, '')}{line_end(text)}")


def _in_yaml(value: str, quote: str) -> str:
    """A value for one line of YAML, quoted as it was, or if it has to be."""
    if quote == '"' and not set('"\\') & set(value):
        return f'"{value}"'
    is_plain = read_front_matter(f"---\nstatus: {value}\n---\n")
    if quote not in ("'", '"') and is_plain and is_plain.values == {"status": value}:
        return value
    return "'" + value.replace("'", "''") + "'"


def beside_status(page: Page, lesson: Lesson, word: str, said: str) -> Iterator[list[Edit]]:
    """Ways to let `lesson` say `said` under a label called `word` that it has, else beside its status; if any."""
    document, text = page.document, page.document.text
    own = [one for one in document.labels_in(lesson.span) if normalised(one.label) == word.lower()]
    if own:
        value = own[0].span.of(text)
        yield [Edit(own[0].span, said if is_blank(value.strip()) else f"{value}, {said}")] if value else []
        return
    for place in [one for one in _body_places(page, lesson) if one.old]:
        at = place.span.end
        if place.form == "heading":
            end = text.find("\n\n", at)
            at = len(text[: end if 0 <= end < lesson.span.end else lesson.span.end].rstrip())
            yield [Edit(Span(at, at), f"{2 * line_end(text)}{word} {said}")]
        elif place.form == "label":
            labels = document.labels_in(lesson.span)
            while labels[1:] and labels[1].label_span.start < place.span.start:
                labels = labels[1:]
            at = text.find("\n", place.span.end)
            at = len(text[: at if at >= 0 else len(text)].rstrip("\r"))
            line = like(text, labels[0], word, said)
            yield [Edit(Span(at, at), f"{joint(text, labels)}{line}")] if line else []
