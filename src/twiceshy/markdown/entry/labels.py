"""How a log labels the parts of an entry, and a person's words under labels of the same make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from twiceshy.markdown.inert import indented, paragraphs
from twiceshy.markdown.roles import role_of
from twiceshy.model.document import Document
from twiceshy.model.text import Span

PROBLEM = ("problem", "symptom")
RULE = ("rule", "takeaway", "retained", "insight")
_LEAD = r"^(?P<lead>[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+|\d+[.)][ \t]+)?)"
_EMOJI = r"(?:[^\w\s*_`#<>|\[\](){}\"'~:.,;^-]+[ \t]*)?"
_WORD = r"(?P<word>[^\W_][^*_`:：|\n<>\[\]]{0,38}?)"
_FORMS = (
    rf"{_LEAD}{_EMOJI}(?P<open>\*\*|__){_EMOJI}{_WORD}(?P<after>[ \t]*[:：]?(?P=open)(?:[ \t]*[:：])?)",
    rf"{_LEAD}{_EMOJI}(?P<open>){_WORD}(?P<after>[:：])(?=\s)",
    rf"^(?P<lead>)(?P<open>#{{2,6}}[ \t]+){_EMOJI}{_WORD}(?P<after>(?:[ \t]*[:：])?)(?=[ \t]*\r?$)",
)
_LABELS = [re.compile(form, re.MULTILINE) for form in _FORMS]
_GAP = re.compile(r"[ \t]*(?:\n[ \t>]*)+(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?=\S)|[ \t]*(?=[^\n])")
_BLANK = re.compile(r"\n[ \t>]*\n[ \t>]*$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it stands at `start`: `before` and `after` are its marks, `gap` is what parts it from its value."""

    word: str
    role: str
    lead: str
    before: str
    after: str
    gap: str
    start: int

    def saying(self, text: str) -> str:
        """The label with `text`, which is Markdown already, for its value."""
        below = self.gap.rpartition("\n")[2] if "\n" in self.gap else ""
        by = re.sub(r"[^\s>]", " ", below or self.lead)
        value = text.replace("\n", f"\n{by}") if ">" in by else indented(text, by)
        return f"{self.before}{self.word}{self.after}{self.gap}{value}"

    def called(self, word: str) -> Label:
        """A label of the same make with another word."""
        mark = "".join(re.findall(r"\*\*|__|#{2,6}[ \t]+", self.before))
        return replace(self, word=word.upper() if self.word.isupper() else word, before=self.lead + mark, role="")


PLAIN = Label("Rule", "rule", "", "**", ":**", " ", 0)


def labels_in(document: Document, span: Span, aliases: Mapping[str, str]) -> list[Label]:
    """The labels of one entry in their order: in bold or sub-headings, or plain ones where neither has a role."""
    text = document.text
    closed = [*document.opaque, *(table.span for table in document.tables)]
    found: dict[int, Label] = {}
    plain: dict[int, Label] = {}
    for form in _LABELS:
        for match in form.finditer(text, span.start, span.end):
            label = _label(text, span, match, role_of(match["word"], aliases))
            alone = not text[match.end() : span.end].split("\n", 1)[0].strip()
            marked = "#" in match["open"] or alone or match["after"].strip(" \t*_")
            if any(place.holds(Span(match.start("word"), match.end("word"))) for place in closed) or not marked:
                continue
            (found if match["open"] else plain).setdefault(match.start(), label)
    if not any(label.role for label in found.values()):
        found |= {start: label for start, label in plain.items() if label.role and start not in found}
    return [found[start] for start in sorted(found)]


def _label(text: str, span: Span, match: re.Match[str], role: str) -> Label:
    before = match.string[match.start() : match.start("word")]
    return Label(match["word"], role, match["lead"], before, match["after"], _gap(text, span, match), match.start())


def _gap(text: str, span: Span, match: re.Match[str]) -> str:
    """What stands between a label and its value; a space if it has none, or one that another label begins."""
    rest = text[match.end() : span.end].replace("\r\n", "\n")
    gap = _GAP.match(rest)
    if not gap or not gap.group():
        return "" if match["after"].endswith("：") else " "
    if "\n" in gap.group() and any(form.match(rest, rest.rfind("\n", 0, gap.end()) + 1) for form in _LABELS):
        return "\n\n" if "#" in match["open"] else " "
    gap_only = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", gap.group()))
    return re.sub(r"\d+(?=[.)])", "1", gap_only)


def joint(document: Document, labels: list[Label]) -> str:
    """What stands between the parts of an entry: an empty line, a hard break, or only the line's end."""
    pairs = [document.text[a.start : b.start].replace("\r\n", "\n") for a, b in pairwise(labels)]
    if not pairs:
        return "\n" if labels and labels[0].lead.strip(" \t>") else "\n\n"
    if 2 * sum(bool(_BLANK.search(between)) for between in pairs) > len(pairs):
        return "\n\n"
    hard = re.search(r"(?:  +|\\)\n", pairs[0])
    return hard.group() if hard and not labels[0].lead.strip(" \t>") else "\n"


def of_any_role(labels: Iterable[Label]) -> Label:
    """A label to make another one like: the first in bold, else `PLAIN`."""
    return next((label for label in labels if label.before.strip(" \t>-+").startswith(("**", "__"))), PLAIN)


def of_role(labels: Iterable[Label], roles: tuple[str, ...]) -> Label | None:
    """The first label with the best of these roles."""
    known = [label for label in labels if label.role in roles]
    return min(known, key=lambda label: roles.index(label.role), default=None)


def said(parts: list[tuple[Label, str]], between: str) -> str:
    """Labels with a person's words, put together; words of several lines get empty lines around them."""
    texts = [(label, paragraphs(words)) for label, words in parts]
    loose = any("\n" in text for label, text in texts if not label.lead.strip(" \t>"))
    return ("\n\n" if loose else between).join(label.saying(text) for label, text in texts)


def in_one(what: str, rule: str) -> str:
    """Both parts of a lesson as one text, for a log that has one place for them."""
    what = what.strip()
    if not rule.strip():
        return what
    return f"{what}{'' if what[-1:] in tuple('.!?:;…') else '.'} {rule.strip()}"
