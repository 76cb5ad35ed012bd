"""capture: write down what was learned where the team keeps it; the file is written first, the index follows."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Protocol

from twiceshy.errors import ChangedMeanwhile, InvalidGuard, UsageError
from twiceshy.guards import fires_on_example, validate
from twiceshy.markdown.edit import apply
from twiceshy.markdown.entry import Note, append_entry, title_of
from twiceshy.markdown.entry.labels import PROBLEM, RULE
from twiceshy.markdown.fill import asks_for_title, new_document, with_kind
from twiceshy.markdown.guard_draft import guard_in, guard_yaml
from twiceshy.markdown.page import Page
from twiceshy.model.card import DocumentCard
from twiceshy.model.glob import DOCUMENTS
from twiceshy.model.guard import Guard
from twiceshy.model.lesson import Lesson
from twiceshy.model.template import Template
from twiceshy.model.text import Edit

_ATTEMPTS = 20
_LONGEST_NAME = 80  # bytes; file systems take 255, people less
_NOT_ON_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_MUST = {"bad": "fire on", "good": "stay silent on"}


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a note was written; `lesson` is the id it is read under, "" if the log's other lessons take it in."""

    path: str
    line: int
    lesson: str


class Desk(Protocol):
    """Where documents are read and written; paths are relative to the repository's root."""

    @property
    def today(self) -> date:
        """The day to date things with."""

    def exists(self, path: str) -> bool:
        """Whether something stands at `path`."""

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path`, and what to give to `write` so that nobody's change is lost. Raises UsageError."""

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write safely; `read_as` is None if the file must be new. Raises ChangedMeanwhile if it is not as read."""


def new(desk: Desk, template: Template, title: str, values: Mapping[str, str], output: str = "") -> str:
    """Write a new document of a kind and give back its path.

    Raises UsageError if it has no title, or if something stands there already.
    """
    if not title.strip() and asks_for_title(template):
        example = f'for example: twiceshy new {template.kind} "Backups that cannot be read"'
        raise UsageError("a document needs a title", example)
    folder = f"{template.folder}/" if template.folder else ""
    path = output or template.file or f"{folder}{slug_of(title) or f'{template.kind}-{desk.today}'}.md"
    _must_be_a_document(path)
    if desk.exists(path):
        hint = "choose another title, or another place with --output"
        raise UsageError(f"{path} is there already", "twiceshy learn adds to it" if template.file == path else hint)
    text = new_document(template, title, values, desk.today)
    if desk.page_of(path, text).kind.name != template.kind:
        text = with_kind(text, template.kind)
    desk.write(path, text, None)
    return path


def slug_of(title: str) -> str:
    """A file name or an id for a title: lower-case words in any script joined by `-`, "" if there is none."""
    text = unicodedata.normalize("NFC", title).lower().replace("'", "").replace("’", "")
    words = re.findall(r"[^\W_]+", text.encode("utf-8", "ignore").decode())[:8]
    while len("-".join(words).encode()) > _LONGEST_NAME and len(words) > 1:
        words.pop()
    slug = "-".join(words).encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    return "" if _NOT_ON_WINDOWS.fullmatch(slug) else slug


def choose_log(known: Iterable[DocumentCard], configured: str, default: str) -> str:
    """The log to write to: the configured one, the one with the default name, else that which holds most lessons."""
    logs = {card.path: card for card in known if card.kind == "log" and not card.unread}
    if configured or not logs or default in logs:
        return configured or default
    return max(logs, key=lambda path: (logs[path].lessons, -path.count("/"), path))


def learn(desk: Desk, path: str, note: Note, template: Template) -> Entry:
    """Add a note to the log at `path`, which is made if it is not there.

    If somebody else writes at the same time, the log is read again and the note goes behind theirs. Raises UsageError
    if there is nothing to say, or if an entry would change how the document's other lessons are read.
    """
    _must_be_a_document(path)
    if not note.what.strip():
        raise UsageError("say what happened", 'for example: twiceshy learn "the cache grew" --rule "set a size"')
    for attempt in range(_ATTEMPTS):
        try:
            return _append(desk, path, note, template)
        except ChangedMeanwhile:
            if attempt == _ATTEMPTS - 1:
                raise
            time.sleep(random.uniform(0, 0.02 * (attempt + 1)))
    raise AssertionError("unreachable")


def _append(desk: Desk, path: str, note: Note, template: Template) -> Entry:
    if desk.exists(path):
        page, read_as = desk.page_and_hash(path)
    else:
        title = "Lessons" if asks_for_title(template) else ""
        page, read_as = desk.page_of(path, new_document(template, title, {}, desk.today)), None
    edit = append_entry(page, template, note, desk.today)
    text = apply(page.document.text, [edit])
    after = desk.page_of(path, text)
    if after.kind.name != template.kind:
        hint = "name another file with --log, or write kind: log into its front matter"
        raise UsageError(f"{path} would not be read as a log: {after.kind.reason}", hint)
    start = edit.span.start + len(edit.text) - len(edit.text.lstrip("\r\n-"))
    known = {lesson.id for lesson in page.lessons}
    added = [lesson for lesson in after.lessons if lesson.span.start <= start and lesson.id not in known]
    check_others(page, after, edit, grows=not added)
    desk.write(path, text, read_as)
    return Entry(path, after.lines.at(start), added[-1].id if added else "")


def check_others(page: Page, after: Page, edit: Edit, *, grows: bool) -> None:
    """Raise UsageError unless every other lesson is read as before; one that takes the note in (`grows`) may grow."""
    now = {lesson.id: facts_of(lesson) for lesson in after.lessons}
    for lesson in page.lessons:
        around = lesson.span.start < edit.span.start <= lesson.span.end
        stays = lesson.id in now if around and grows else now.get(lesson.id) == facts_of(lesson)
        if not stays and not _is_only_the_log(page, lesson):
            what = f"an entry in {page.document.path} would change how “{lesson.title}” is read"
            raise UsageError(what, "add it by hand, or name another log with --log")


def facts_of(lesson: Lesson) -> tuple[object, ...]:
    """What a lesson says, to tell whether an edit elsewhere changed how it is read."""
    return (lesson.title, lesson.status, lesson.date, lesson.texts, [guard.digest for guard in lesson.guards])


def _is_only_the_log(page: Page, lesson: Lesson) -> bool:
    """Whether a lesson is but the empty log itself: it covers all and says nothing that a lesson says."""
    whole = lesson.span.end - lesson.span.start >= len(page.document.text.strip()) - 1
    return whole and not lesson.guards and not {*PROBLEM, *RULE} & set(lesson.texts)


def guard_block(
    given: str, what: str, *, bad: str = "", good: str = "", paths: Iterable[str] = (), taken: Collection[str] = ()
) -> str:
    """The YAML of a guard block from what a person typed, checked: it is understood and its examples behave.

    `taken` are the ids that other guards have. Raises InvalidGuard, so that no broken guard is ever written.
    """
    ident = slug_of(title_of(what)) or "guard"
    free = next(n for n in count(1) if (ident if n == 1 else f"{ident}-{n}") not in taken)
    text = guard_yaml(given, ident if free == 1 else f"{ident}-{free}", bad=bad, good=good, paths=paths)
    guard = guard_in(text)
    if guard.id in taken:
        raise InvalidGuard(f"the guard id {guard.id} is taken", "give it another id")
    _try(guard)
    return text


def _try(guard: Guard) -> None:
    validate(guard)
    for name, must in (("bad", True), ("good", False)):
        examples = getattr(guard, name)
        if not examples:
            raise InvalidGuard(f"the guard has no {name} example", f"add --{name} with what it must {_MUST[name]}")
        if any(fires_on_example(guard, example) != must for example in examples):
            said = "does not fire on its bad" if must else "fires on its good"
            raise InvalidGuard(f"the guard {said} example", "correct the pattern or the example; nothing was written")


def _must_be_a_document(path: str) -> None:
    if not path.lower().endswith(DOCUMENTS):
        raise UsageError(f"{path} is no Markdown file", f"its name must end in {DOCUMENTS[0]}")
