"""The documents of one working tree: found, understood, indexed, written; and what their guards may do."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Self

from twiceshy.adapters.files import Unreadable, read, stats, write
from twiceshy.adapters.index import Index, open_index
from twiceshy.adapters.place import Place, find_place
from twiceshy.errors import NotARepository
from twiceshy.model.glob import DOCUMENTS

if TYPE_CHECKING:
    from datetime import date

    from twiceshy.adapters import guardtable
    from twiceshy.adapters.configuration import Configuration
    from twiceshy.adapters.git import GitRepository
    from twiceshy.markdown.page import Page
    from twiceshy.model.card import LessonCard
    from twiceshy.model.guard import Guard
    from twiceshy.model.template import Template
    from twiceshy.model.text import Location


OWN_FILES = ("twiceshy.toml", "pyproject.toml", ".twiceshy/templates")


class Library:
    """What one working tree knows; opened from any folder inside it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.root = place.root
        self.progress: Callable[[int, int], None] = lambda _done, _of: None
        self.notes: list[str] = []
        self._index: Index | None = None

    @classmethod
    def around(cls, path: str) -> Self:
        """The working tree around a single file; outside of every repository its folder stands in for one."""
        try:
            return cls.open(path)
        except NotARepository:
            folder = os.path.dirname(os.path.realpath(path))
            return cls(Place(folder, "", ""))

    @classmethod
    def open(cls, start: str | os.PathLike[str] = ".") -> Self:
        """The working tree around the folder or file `start`. Raises NotARepository."""
        return cls(find_place(os.fspath(start)))

    def close(self) -> None:
        """Let go of the index and of git."""
        if self._index:
            self._index.close()
            self._index = None
        if "git" in self.__dict__:
            self.git.close()
            del self.__dict__["git"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def today(self) -> date:
        """The day this was opened, which decides what has expired."""
        from datetime import date

        return date.today()

    @cached_property
    def git(self) -> GitRepository:
        """The repository as git shows it."""
        from pathlib import Path

        from twiceshy.adapters.git import GitRepository

        return GitRepository.open(Path(self.root))

    @cached_property
    def configuration(self) -> Configuration:
        """What the repository says about itself."""
        from twiceshy.adapters.configuration import raw_in, read_configuration

        return read_configuration(raw_in(self.root))

    @cached_property
    def templates(self) -> dict[str, Template]:
        """Every kind of document, the team's own included."""
        from twiceshy.adapters.configuration import read_templates

        return read_templates(self.root, self.configuration.aliases)

    # Documents -------------------------------------------------------------------------------------------------------

    def document_paths(self) -> list[str]:
        """Every Markdown file that git tracks or would add, relative to the root."""
        return self._documents_among(self.git.files())

    def _documents_among(self, files: Iterable[str]) -> list[str]:
        documents = [path for path in files if path.lower().endswith(DOCUMENTS)]
        return [path for path in documents if not self.is_excluded(path)] if self.configuration.exclude else documents

    def is_excluded(self, path: str) -> bool:
        """Whether the configuration says to leave this file alone."""
        from twiceshy.guards import matches_path

        return matches_path(path, self.configuration.exclude)

    def page(self, path: str) -> Page:
        """The document at `path` (relative to the root, or absolute), understood. Raises Unreadable."""
        return self.page_of(path, read(os.path.join(self.root, path)).text)

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""
        from twiceshy.markdown.page import read_page

        return read_page(path, text, self.templates)

    def relative(self, path: str) -> str:
        """`path` as a person gave it (relative to the current folder), relative to the root, with slashes."""
        return self.place.relative(path)

    def exists(self, path: str) -> bool:
        """Whether something stands at `path` in the working tree."""
        return os.path.exists(os.path.join(self.root, path))

    def absolute(self, path: str) -> str:
        """Where `path` (relative to the root) stands on the disk."""
        return os.path.join(self.root, path)

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path` and the SHA-256 of its bytes. Raises UsageError if it cannot be read."""
        from twiceshy.errors import UsageError

        try:
            source = read(self.absolute(path))
        except Unreadable as error:
            raise UsageError(f"{path} cannot be read: {error}", "nothing was written") from error
        return self.page_of(path, source.text), source.sha256

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write a document safely; `read_as` is the hash it was read with, None if it must be new.

        Raises UsageError if a symbolic link leads out of the repository.
        """
        from twiceshy.adapters.turns import in_turn

        self.place.inside(self.absolute(path))
        with in_turn(self.root):
            write(self.absolute(path), text, read_as=read_as)

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
        from twiceshy.adapters.guardcompile import watched_folders
        from twiceshy.jobs import refresh as job

        for known in ("_guarding", "_by_id"):
            self.__dict__.pop(known, None)
        stamp = self._stamp()
        self._index = index = self._index or open_index(self.place.caches, stamp)
        files = self.git.files()
        folders = watched_folders(self.root, files)
        found = stats(self.root, self._documents_among(files))
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
                guard,
                self.level_of(guard),
                lesson=card.id,
                title=card.title,
                takeaway=card.takeaway,
                see=card.path,
                line=card.line,
                instead=card.instead,
            )
            for card in self.cards_with_guards()
            for guard in card.guards
        ]
        path = guardtable.table_path(self.place.caches)
        guardtable.write_table(path, entries, guardtable.Watch(folders, documents))

    def _page_or_reason(self, path: str) -> Page | str:
        try:
            return self.page(path)
        except Unreadable as error:
            return str(error)

    def _stamp(self) -> str:
        """What else decides what documents mean: the configuration, the kinds, this very code."""
        import hashlib

        from twiceshy import __version__, markdown
        from twiceshy.adapters.configuration import files_in, template_folders
        from twiceshy.adapters.guardtable import stamp

        seen: list[object] = [__version__, self.configuration]
        for folder in (os.path.dirname(markdown.__file__), *template_folders(self.root)):
            seen += (stamp(os.path.join(folder, name)) for name in files_in(folder))
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    # Guards ----------------------------------------------------------------------------------------------------------

    def guards(self) -> list[Guard]:
        """Every readable guard of every active lesson."""
        return [guard for card in self.cards_with_guards() for guard in card.guards]

    def cards_with_guards(self) -> list[LessonCard]:
        """Active lessons that hold guards."""
        return self._guarding

    @cached_property
    def _guarding(self) -> list[LessonCard]:
        return self.index.lessons("l.status='active' AND l.id IN (SELECT lesson FROM guards)")

    def places(self, lesson: str) -> list[Location]:
        """Where lessons with this id stand."""
        return self._by_id.get(lesson, [])

    @cached_property
    def _by_id(self) -> dict[str, list[Location]]:
        from twiceshy.model.text import Location

        found: dict[str, list[Location]] = {}
        for card in self.index.lessons():
            found.setdefault(card.id, []).append(Location(card.path, card.line, card.end_line))
        return found

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
