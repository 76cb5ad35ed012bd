"""The text of a new entry, worded and marked like the entries beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from twiceshy.markdown.dates import find_date
from twiceshy.markdown.entry.labels import PLAIN, PROBLEM, RULE, Label, joint, labels_in, of_any_role, of_role, said
from twiceshy.markdown.entry.ledger import Entry, Ledger, entry_of, is_open
from twiceshy.markdown.inert import clean, in_bold, indented, one_line, paragraphs
from twiceshy.markdown.parse import parse
from twiceshy.markdown.roles import NARRATIVE, role_of
from twiceshy.model.document import Document
from twiceshy.model.text import Span

_CLAUSE = re.compile(r"(?<=[.!?])\s|[;:]\s|\n|\s[—–-]\s")
_LONGEST_TITLE = 80
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)")
_OPEN_DATE = re.compile(r"YYYY-MM-DD|[\[{<]+date[\]}>]+", re.IGNORECASE)
_LEADING_DATE = re.compile(r"^\W*\d{4}-\d\d(?:-\d\d)?\W+")
_INLINE = re.compile(r"(?P<before>\*\*|__)(?P<word>[^\W_][^*_:\n]{1,30}?)(?P<after>:(?P=before)|(?P=before):)")
_NEAREST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A lesson in two lines: what happened, and the rule that stands from now on; `guard` is a block's YAML.

    `body` is Markdown that tells all of it: then `what` is only its title.
    """

    what: str
    rule: str
    guard: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What a new entry is made like: entries of `ledger`, the nearest first, with the roles that `aliases` add."""

    ledger: Ledger
    near: Sequence[Entry]
    aliases: Mapping[str, str]

    @property
    def model(self) -> Entry:
        """The nearest entry, or the nearest dated one if that has no date."""
        return next((entry for entry in self.near if self.ledger.headline(entry).dated), self.near[0])

    def labels(self) -> list[list[Label]]:
        """The labels of each of the nearest entries, below its first line."""
        spans = [Span(entry.line.end, entry.span.end) for entry in self.near[:_NEAREST]]
        return [labels_in(self.ledger.document, span, self.aliases) for span in spans]


def title_of(what: str) -> str:
    """A heading for a sentence: its first clause, without a full stop, at most 80 characters."""
    text = clean(what)
    first = " ".join(_CLAUSE.split(text, maxsplit=1)[0].split()).rstrip(".!:") or " ".join(text.split())
    return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


def worded(style: Style, document: Document, note: Note, today: date) -> str:
    """The text of the entry that `note` becomes in `document`, without what parts it from its neighbours."""
    if style.model.mark.startswith("#"):
        below = _gap_below_heading(style)
        return f"{_heading(style, document, note, today)}{below}{_body(style, note, today)}{_guard(note)}"
    return f"{_line(style, document, note, today)}{_guard(note, re.sub(r'[^ ]', ' ', style.model.mark))}"


def _heading(style: Style, document: Document, note: Note, today: date) -> str:
    """The heading, told apart from every other one so that no lesson changes its id."""
    model = style.model
    head = style.ledger.headline(model)
    number = _number(style, document)
    taken = {_anchor(section.title) for section in document.sections}
    for title in _titles(style, note):
        said = in_bold(title) if head.rest else one_line(title)
        line = f"{model.mark}{style.ledger.sign}{head.again(said, today, number)}".rstrip(" \t—–:-")
        if _anchor(parse(line).sections[0].title) not in taken:
            break
    return line


def _titles(style: Style, note: Note) -> Iterator[str]:
    """Titles in the order of their beauty; the first ones may be taken."""
    title = _OPEN_DATE.sub("date", note.what if note.body else title_of(note.what))
    if style.ledger.plain:
        title = _ISO.sub(r"\1/\2", title)
    if is_open(title) or (role_of(title, style.aliases) in NARRATIVE and _roles_beside(style) & NARRATIVE):
        title = f"{title.replace(':', ' ')} and what came of it"
    yield title
    yield from (f"{title} ({number})" for number in count(2))


def _roles_beside(style: Style) -> set[str]:
    """The roles of the headings beside the model: one more, and their topic would be read as a single story."""
    document, group = style.ledger.document, style.model.group
    beside = [section.title for section in document.sections if section.parent == group >= 0]
    return {role_of(title, style.aliases) for title in beside}


def _anchor(title: str) -> str:
    return "".join(char for char in _LEADING_DATE.sub("", title).lower() if char.isalnum())


def _gap_below_heading(style: Style) -> str:
    """Whether the text follows right below a heading or after an empty line."""
    rest = style.ledger.document.text[style.model.line.end : style.model.span.end]
    return "\n" if re.match(r"[^\n]*\n[^\r\n#]", rest) else "\n\n"


def _body(style: Style, note: Note, today: date) -> str:
    if note.body:
        return note.body
    found = style.labels()
    if style.ledger.plain:
        rule = _rule_label(found)
        return "\n\n".join([paragraphs(note.what), *([said([(rule, note.rule)], "")] if note.rule.strip() else [])])
    return _labelled(style, found, note, today)


def _labelled(style: Style, found: list[list[Label]], note: Note, today: date) -> str:
    """What happened and the rule under the log's own words for them, in the order in which it has them."""
    both = (labels for labels in found if of_role(labels, PROBLEM) and of_role(labels, RULE))
    own = next(both, None) or next((labels for labels in found if labels), [])
    some = of_any_role(own)
    every = [*own, *(label for labels in found for label in labels)]
    problem = of_role(own, PROBLEM) or of_role(every, PROBLEM)
    rule = of_role(own, RULE) or of_role(every, RULE)
    parts = [(problem or (rule or some).called("What happened"), note.what)]
    if note.rule.strip():
        parts.append((rule or (problem or some).called("Rule"), note.rule))
    parts += _dates(style, own, today)
    parts.sort(key=lambda part: part[0].start if part[0] in own else len(style.ledger.document.text))
    return said(parts, joint(style.ledger.document, own))


def _rule_label(found: list[list[Label]]) -> Label:
    every = [label for labels in found for label in labels]
    return of_role(every, RULE) or of_any_role(every).called("Rule")


def _dates(style: Style, own: list[Label], today: date) -> list[tuple[Label, str]]:
    """The label that dates an entry, if this log has one below its headings."""
    text = style.ledger.document.text
    for label in own:
        value = text[text.find(label.word, label.start) + len(label.word) :].split("\n", 1)[0]
        written = find_date(value, day_first=style.ledger.day_first) if label.role == "date" else None
        if written:
            return [(label, written.again(today))]
    return []


def _line(style: Style, document: Document, note: Note, today: date) -> str:
    """An entry that is a list item or a paragraph: its parts on lines of their own if its neighbours' are."""
    model, found = style.model, style.labels()
    head = style.ledger.headline(model)
    number = _number(style, document)
    lead = _next_mark(style) + style.ledger.sign
    title = in_bold(title_of(note.what)) if head.rest else one_line(title_of(note.what))
    if any(of_role(labels, PROBLEM) or of_role(labels, RULE) for labels in found):
        return f"{lead}{head.again(title, today, number).rstrip()}\n{_labelled(style, found, note, today)}"
    return lead + head.again(title, today, number, _in_one_line(style, note))


def _in_one_line(style: Style, note: Note) -> str:
    what = one_line(note.what)
    if not note.rule.strip():
        return what
    texts = [entry.span.of(style.ledger.document.text) for entry in style.near[:_NEAREST]]
    inline = [
        Label(match["word"], role_of(match["word"], style.aliases), "", match["before"], match["after"], " ", 0)
        for text in texts
        for match in _INLINE.finditer(text)
    ]
    rule = (of_role(inline, RULE) or PLAIN).saying(one_line(note.rule))
    return f"{what}{' ' if what[-1:] in tuple('.;,') else ' — '}{rule}"


def _next_mark(style: Style) -> str:
    """The mark of a list item; the next number in a list that counts."""
    marks = [entry.mark for entry in style.near[:2]]
    counts = len(set(marks)) > 1 or len(marks) == 1
    return re.sub(r"\d+", lambda m: str(int(m.group()) + 1), marks[0], count=1) if counts else marks[0]


def _number(style: Style, document: Document) -> str:
    """The next free number, as wide as the others: never one that was used, even if its entry is gone."""
    ledger = style.ledger
    head = ledger.headline(style.model)
    if not head.number:
        return ""
    own = _numbers(ledger, ledger.entries, head.prefix)
    if len(set(own)) < len(own) and len(ledger.topics) > 1:
        used = _numbers(ledger, style.near, head.prefix)
    else:
        used = own + _numbers(ledger, [entry_of(document, section) for section in document.sections], head.prefix)
        if head.prefix[:1].isalpha():
            used += [int(n) for n in re.findall(rf"(?<![\w-]){re.escape(head.prefix)}(\d{{1,4}})\b", document.text)]
    old = head.number.of(head.text)
    return f"{max(used) + 1:0{len(old) if old.startswith('0') else 0}d}"


def _numbers(ledger: Ledger, entries: Sequence[Entry], prefix: str) -> list[int]:
    heads = [ledger.headline(entry) for entry in entries]
    return [int(head.number.of(head.text)) for head in heads if head.number and head.prefix == prefix]


def _guard(note: Note, by: str = "") -> str:
    """The guard's block, with a fence that nothing inside can close."""
    if not note.guard:
        return ""
    longest = max((len(run) for run in re.findall(r"`{3,}", note.guard)), default=2)
    fence = "`" * (longest + 1)
    block = f"{fence}yaml guard\n{note.guard.strip(chr(10))}\n{fence}"
    return f"\n\n{by}{indented(block, by)}"
