"""Project: opens a repository and wires everything together; the only place that does."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read, stats, write
from twiceshy.adapters.index import Index, open_index
from twiceshy.adapters.place import Place, find_place
from twiceshy.errors import NotARepository
from twiceshy.model.document import DOCUMENTS

if TYPE_CHECKING:
    from twiceshy.adapters import guardtable
    from twiceshy.adapters.configuration import Configuration
    from twiceshy.adapters.git import GitRepository
    from twiceshy.markdown.entry import Note
    from twiceshy.markdown.page import Page
    from twiceshy.model.card import Hit, LessonCard
    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.diagnostic import Report, Unread
    from twiceshy.model.guard import Guard
    from twiceshy.model.status import Status
    from twiceshy.model.template import Template
    from twiceshy.model.text import Location


OWN_FILES = ("twiceshy.toml", "pyproject.toml", ".twiceshy/templates")


def _no_progress(_done: int, _of: int) -> None:
    """Nobody watches."""


class Project:
    """One repository: what it holds, and every job on it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.root = place.root
        self.today = date.today()
        self.progress: Callable[[int, int], None] = _no_progress
        self.notes: list[str] = []
        self._index: Index | None = None

    @classmethod
    def around(cls, path: str) -> Project:
        """The project around a single file; outside of every repository its folder takes the repository's place."""
        try:
            return cls.open(path)
        except NotARepository:
            folder = os.path.dirname(os.path.realpath(path))
            return cls(Place(folder, "", ""))

    @classmethod
    def open(cls, start: str | os.PathLike[str] = ".") -> Project:
        """The project around the folder or file `start`. Raises NotARepository."""
        return cls(find_place(os.fspath(start)))

    def close(self) -> None:
        """Let go of the index and of git."""
        if self._index:
            self._index.close()
            self._index = None
        if "git" in self.__dict__:
            self.git.close()
            del self.__dict__["git"]

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def git(self) -> GitRepository:
        """The repository as git shows it."""
        from pathlib import Path

        from twiceshy.adapters.git import GitRepository

        return GitRepository.open(Path(self.root))

    @cached_property
    def configuration(self) -> Configuration:
        """What the repository says about itself."""
        from twiceshy.adapters.configuration import read_configuration

        return read_configuration(self.root)

    @cached_property
    def templates(self) -> dict[str, Template]:
        """Every kind of document, the team's own included."""
        from twiceshy.adapters.configuration import read_templates

        return read_templates(self.root, self.configuration.aliases)

    # Documents -------------------------------------------------------------------------------------------------------

    def document_paths(self) -> list[str]:
        """Every Markdown file that git tracks or would add, relative to the root."""
        from twiceshy.guards import matches_path

        exclude = self.configuration.exclude
        return [
            path
            for path in self.git.files()
            if path.lower().endswith(DOCUMENTS) and not (exclude and matches_path(path, exclude))
        ]

    def page(self, path: str) -> Page:
        """The document at `path` (relative to the root, or absolute), understood. Raises Unreadable."""
        return self.page_of(path, read(os.path.join(self.root, path)).text)

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""
        from twiceshy.markdown.page import read_page

        return read_page(path, text, self.templates)

    def relative(self, path: str) -> str:
        """`path` as a person gave it (relative to the current folder), relative to the root, with slashes."""
        try:
            inside = os.path.relpath(os.path.realpath(path), self.root)
        except ValueError:
            return path
        return path if inside.startswith(os.pardir) else inside.replace(os.sep, "/")

    def exists(self, path: str) -> bool:
        """Whether something stands at `path` in the working tree."""
        return os.path.exists(os.path.join(self.root, path))

    # Index -----------------------------------------------------------------------------------------------------------

    @property
    def index(self) -> Index:
        """The index, up to date with every document."""
        if self._index is None:
            self.refresh()
        assert self._index is not None
        return self._index

    @property
    def recent_index(self) -> Index:
        """The index, up to date as far as a hook's quick look can tell: for searches that must be fast."""
        if self._index is None and self._is_table_fresh():
            self._index = open_index(self.place.caches, None)
        return self.index

    def refresh(self) -> None:
        """Read what changed since the last time, and write the hook's table anew if anything did."""
        from twiceshy.jobs import refresh as job

        stamp = self._stamp()
        self._index = index = self._index or open_index(self.place.caches, stamp)
        folders = self._watched_folders()
        found = stats(self.root, self.document_paths())
        changed = job.compare(index.stats(), found)
        if changed:
            try:
                with index.writing():
                    job.refresh(index, found, self._page_or_reason, on_page=self.progress)
            except sqlite3.OperationalError as error:
                if not index.path:
                    raise
                self.notes.append(f"the index is not kept: {error}")
                index.close()
                self._index = open_index("", stamp)
                return self.refresh()
        if index.path and (changed or not self._is_table_fresh()):
            self._write_table(folders, found)
        return None

    def _is_table_fresh(self) -> bool:
        from twiceshy.adapters import guardtable

        table = guardtable.open_table(guardtable.table_path(self.place.caches))
        if table is None:
            return False
        with contextlib.closing(table):
            return table.is_fresh(time.time_ns() // 1000)

    def _write_table(self, folders: list[guardtable.Stamp], found: dict[str, tuple[int, int]]) -> None:
        from twiceshy.adapters import guardtable

        documents = [(self.absolute(path), *stat) for path, stat in found.items()]
        documents += [guardtable.stamp(self.absolute(name)) for name in OWN_FILES]
        entries = [
            guardtable.Entry(
                guard, self.level_of(guard), card.id, card.title, card.takeaway, card.path, card.line, card.instead
            )
            for card in self.cards_with_guards()
            for guard in card.guards
        ]
        path = guardtable.table_path(self.place.caches)
        guardtable.write_table(path, entries, guardtable.Watch(folders, documents))

    def _watched_folders(self) -> list[guardtable.Stamp]:
        """Every folder that git knows files in, with the folders above: where a new document can appear."""
        from twiceshy.adapters.guardtable import stamp

        folders = {""}
        for path in self.git.files():
            folder = path.rpartition("/")[0]
            while folder not in folders:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
        return [stamp(self.absolute(folder) if folder else self.root) for folder in sorted(folders)]

    def _page_or_reason(self, path: str) -> Page | str:
        try:
            return self.page(path)
        except Unreadable as error:
            return str(error)

    def _stamp(self) -> str:
        """What else decides what documents mean: the configuration, the kinds, this very code."""
        from twiceshy import __version__

        digest = hashlib.sha256(repr((__version__, self.configuration)).encode())
        for kind, template in sorted(self.templates.items()):
            digest.update(repr((kind, template.document.text, template.roles, template.paths, template.holds)).encode())
        return digest.hexdigest()

    # Guards ----------------------------------------------------------------------------------------------------------

    def guards(self) -> list[Guard]:
        """Every readable guard of every active lesson."""
        return [guard for card in self.cards_with_guards() for guard in card.guards]

    def cards_with_guards(self) -> list[LessonCard]:
        """Active lessons that hold guards."""
        return self.index.lessons("l.status='active' AND l.id IN (SELECT lesson FROM guards)")

    def places(self, lesson: str) -> list[Location]:
        """Where lessons with this id stand."""
        from twiceshy.model.text import Location

        return [Location(card.path, card.line, card.end_line) for card in self.index.lessons("l.name=?", (lesson,))]

    def level_of(self, guard: Guard) -> str:
        """How loud a guard may speak: `block` only with a proof."""
        return guard.level if guard.level != "block" or not self.proof(guard) else "warn"

    def proof(self, guard: Guard) -> str:
        """Why a blocking guard may not block, "" if it may: it fires on its culprit and is silent on its fix."""
        from twiceshy.jobs.prove import prove

        index = self._index or self.index
        known = index.proof(guard)
        if known is None:
            known = prove(guard, self.git)
            if not known.startswith("unknown"):
                index.keep_proof(guard, known)
        return known

    # Jobs ------------------------------------------------------------------------------------------------------------

    def check(self, files: Iterable[ChangedFile]) -> Report:
        """Judge changed files by the guards in the working tree."""
        from twiceshy.jobs.check import check

        return check(self.cards_with_guards(), files, level_of=self.level_of, today=self.today)

    def check_range(self, base: str, head: str, *, parted: bool) -> Report:
        """Judge what lies between two revisions (`parted`: since they did) by the guards of the base and new ones."""
        from twiceshy.jobs.check import check_range

        return check_range(self.git, self.page_of, (base, head, parted), level_of=self.level_of, today=self.today)

    def lint(self, paths: Iterable[str] = ()) -> Report:
        """What is wrong with these documents; all that hold lessons if none are named."""
        from twiceshy.jobs.check import MARK
        from twiceshy.jobs.lint import bad_suppressions, lint
        from twiceshy.model.diagnostic import Unread

        chosen = list(paths)
        unread: list[Unread] = []
        pages = list(self._pages(chosen, unread))
        if not chosen:
            unread += [Unread(card.path, card.unread) for card in self.index.documents() if card.unread]
        marked = {path for path, _, _ in self.git.grep(MARK, chosen) if not path.lower().endswith(DOCUMENTS)}
        marks = []
        for path in sorted(marked):
            try:
                marks += bad_suppressions(path, read(os.path.join(self.root, path)).text, self.today)
            except Unreadable:
                continue
        return lint(pages, self, unread=unread, marks=marks)

    def _pages(self, chosen: list[str], unread: list[Unread]) -> Iterator[Page]:
        from twiceshy.model.diagnostic import Unread

        known = self.index.documents()
        paths = chosen or [
            card.path for card in known if (card.kind or card.lessons or card.problems) and not card.unread
        ]
        for path in paths:
            try:
                yield self.page(path)
            except Unreadable as error:
                unread.append(Unread(path, str(error)))

    def chosen(self, paths: Iterable[str]) -> list[str]:
        """The documents a person named: files as they are, folders as all the Markdown in them. Raises UsageError."""
        from twiceshy.errors import UsageError

        chosen: list[str] = []
        for path in paths:
            inside = self.relative(path)
            if os.path.isdir(path):
                chosen += [
                    known for known in self.document_paths() if inside in (".", "") or known.startswith(f"{inside}/")
                ]
            elif os.path.exists(path):
                chosen.append(inside)
            else:
                raise UsageError(f"{path} is not there", "name documents or folders")
        return chosen

    def lessons(
        self, *, kind: str | None = None, status: str | None = None, paths: Iterable[str] = ()
    ) -> list[LessonCard]:
        """Lessons by kind, status, and the files they stand in or speak about."""
        from twiceshy.guards import matches_path

        where, values = ["1"], []
        for column, value in (("l.kind", kind), ("l.status", status)):
            if value:
                where.append(f"{column}=?")
                values.append(value)
        cards = self.index.lessons(" AND ".join(where), values)
        globs = tuple(self.relative(path) if os.path.exists(path) else path for path in paths)
        if not globs:
            return cards
        named = self.index.cited_by()
        return [
            card for card in cards if any(matches_path(path, globs) for path in (card.path, *named.get(card.key, ())))
        ]

    def find_lesson(self, ident: str) -> tuple[str, str]:
        """Id and document of the lesson called `ident`, or of that with a guard of this name. Raises UsageError."""
        from difflib import get_close_matches

        from twiceshy.errors import UsageError

        cards = self.index.lessons()
        for card in cards:
            if card.id == ident or ident in (guard.id for guard in card.guards):
                return card.id, card.path
        close = get_close_matches(ident, [*(c.id for c in cards), *(g.id for c in cards for g in c.guards)], 1, 0.5)
        hint = f"did you mean {close[0]}?" if close else "twiceshy lessons lists them"
        raise UsageError(f"there is no file, lesson or guard called {ident!r}", hint)

    def recall(self, change: Change, text: str, paths: list[str], limit: int) -> tuple[list[Hit], float]:
        """What we know that matters for a change, a text, some files; and the score below which nothing is said."""
        from twiceshy.jobs.recall import SILENT_BELOW, recall

        index = self.index if change.files else self.recent_index
        return recall(index, change, text, paths, max(limit, 1)), SILENT_BELOW

    def status(self) -> Status:
        """What is here."""
        from twiceshy.model.status import Status

        index = self.index
        made = os.path.getmtime(index.path) if index.path else 0.0
        lessons, guards = index.summary()
        unproved = sum(bool(self.proof(guard)) for guard in index.blocking())
        return Status(tuple(index.documents()), lessons, guards, made, self.git.shallow, unproved)

    # Writing ---------------------------------------------------------------------------------------------------------

    def absolute(self, path: str) -> str:
        """Where `path` (relative to the root) stands on the disk."""
        return os.path.join(self.root, path)

    def template(self, kind: str) -> Template:
        """The template of a kind. Raises UsageError."""
        from difflib import get_close_matches

        from twiceshy.errors import UsageError

        if kind not in self.templates:
            close = get_close_matches(kind, self.templates, 1)
            hint = f"did you mean {close[0]}?" if close else f"kinds: {', '.join(self.templates)}"
            raise UsageError(f"there is no kind {kind!r}", hint)
        return self.templates[kind]

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path` and the SHA-256 of its bytes. Raises UsageError if it cannot be read."""
        from twiceshy.errors import UsageError

        try:
            source = read(self.absolute(path))
        except Unreadable as error:
            raise UsageError(f"{path} cannot be read: {error}", "nothing was written") from error
        return self.page_of(path, source.text), source.sha256

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write a document safely; `read_as` is the hash it was read with, None if it must be new."""
        write(self.absolute(path), text, read_as=read_as)

    def new(self, kind: str, title: str, values: Mapping[str, str], *, output: str | None = None) -> str:
        """Write a new document of a kind; gives back its path."""
        from twiceshy.jobs.capture import new

        return new(self, self.template(kind), title, values, self.relative(output) if output else "")

    def learn(self, note: Note, *, log: str | None = None) -> tuple[str, int]:
        """Add a lesson of two lines to the log; gives back the path and line of the entry."""
        from twiceshy.jobs.capture import choose_log, learn

        template = self.template("log")
        path = self.relative(log) if log else choose_log(self.index.documents(), self.configuration.log, template.file)
        return learn(self, path, note, template)
