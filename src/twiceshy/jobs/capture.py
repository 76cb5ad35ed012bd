"""capture: write down what was learned where the team keeps it; the file is written first, the index follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from twiceshy.errors import InvalidGuard, UsageError
from twiceshy.guards import fires_on_example, validate
from twiceshy.markdown.edit import apply
from twiceshy.markdown.entry import Note, append_entry, slug_of, title_of
from twiceshy.markdown.fill import new_document
from twiceshy.markdown.guard import is_guard, read_guard
from twiceshy.markdown.page import Page
from twiceshy.markdown.parse import parse
from twiceshy.model.card import DocumentCard
from twiceshy.model.guard import Guard
from twiceshy.model.template import Template
from twiceshy.model.text import Lines

NEW_LOG = "# Lessons\n\nWhat bit us, and what stands since then. Read this before you start something new.\n"


class Desk(Protocol):
    """Where documents are read and written; paths are relative to the repository's root."""

    @property
    def today(self) -> date:
        """The day to write down."""

    def exists(self, path: str) -> bool:
        """Whether something stands at `path`."""

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path`, and what to give to `write` so that nobody's change is lost. Raises UsageError."""

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write safely; `read_as` is None if the file must be new."""


def new(desk: Desk, template: Template, title: str, values: Mapping[str, str], output: str = "") -> str:
    """Write a new document of a kind and give back its path. Raises UsageError if something stands there already."""
    path = output or (f"{template.folder}/{slug_of(title)}.md".lstrip("/") if not template.file else template.file)
    text = new_document(template, title, values, desk.today)
    if desk.exists(path):
        raise UsageError(f"{path} is there already", "choose another title, or another place with --output")
    desk.write(path, text, None)
    return path


def choose_log(known: Iterable[DocumentCard], configured: str, default: str) -> str:
    """The log to write to: the configured one, else the log that holds most entries, else the default name."""
    logs = [card for card in known if card.kind == "log" and not card.unread]
    if configured or not logs:
        return configured or default
    return max(logs, key=lambda card: (card.lessons, -card.path.count("/"))).path


def learn(desk: Desk, path: str, note: Note, template: Template | None) -> tuple[str, int]:
    """Add a note to the log at `path`, which is made if it is not there; gives back the path and the entry's line."""
    if desk.exists(path):
        page, read_as = desk.page_and_hash(path)
    else:
        page, read_as = desk.page_of(path, NEW_LOG), None
    edit = append_entry(page, template, note, desk.today)
    desk.write(path, apply(page.document.text, [edit]), read_as)
    lead = len(edit.text) - len(edit.text.lstrip("\r\n-"))
    return path, page.lines.at(edit.span.start) + edit.text[:lead].count("\n")


def guard_block(given: str, what: str, *, bad: str = "", good: str = "", paths: Iterable[str] = ()) -> str:
    """The YAML of a guard block from what a person typed, checked: it is understood and its examples behave.

    Raises InvalidGuard otherwise, so that no broken guard is ever written.
    """
    lines = given.strip("\n").split("\n")
    keys = {line.partition(":")[0].strip() for line in lines if line[:1].strip()}
    globs = list(paths)
    if "id" not in keys:
        lines.insert(0, f"id: {slug_of(title_of(what))}")
    if globs and "paths" not in keys:
        lines.append(f"paths: [{', '.join(_quoted(glob) for glob in globs)}]")
    for key, example in (("bad", bad), ("good", good)):
        if example and key not in keys:
            lines += [f"{key}: |", *(f"  {line}" for line in example.split("\n"))]
    text = "\n".join(lines)
    _try(_read(text))
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _read(text: str) -> Guard:
    document = parse(f"```yaml guard\n{text}\n```\n", "the guard")
    fence = next((fence for fence in document.fences if is_guard(fence)), None)
    if fence is None or len(document.fences) != 1:
        raise InvalidGuard("the guard cannot hold a code fence", "give it without ```")
    return read_guard(document, fence, Lines(document.text))


def _try(guard: Guard) -> None:
    validate(guard)
    for name, must in (("bad", True), ("good", False)):
        examples = getattr(guard, name)
        if not examples:
            raise InvalidGuard(f"the guard has no {name} example", f"add --{name} with what it must {_MUST[name]}")
        if any(fires_on_example(guard, example) != must for example in examples):
            said = "does not fire on its bad" if must else "fires on its good"
            raise InvalidGuard(f"the guard {said} example", "correct the pattern or the example; nothing was written")


_MUST = {"bad": "fire on", "good": "stay silent on"}
