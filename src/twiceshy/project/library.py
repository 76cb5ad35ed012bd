"""The documents of one working tree: found, understood, indexed, written; and what their guards may do."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Self

from twiceshy.adapters._damage import FAILURES, explain, forget, is_refused
from twiceshy.adapters.files import Unreadable, read, stats, write
from twiceshy.adapters.index import Index, open_index
from twiceshy.adapters.place import Place, find_place
from twiceshy.errors import CannotWrite, NotARepository
from twiceshy.model.glob import DOCUMENTS
from twiceshy.project.overview import Overview

if TYPE_CHECKING:
    from datetime import date

    from twiceshy.adapters.configuration import Configuration
    from twiceshy.adapters.git import GitRepository
    from twiceshy.jobs.refresh import Reading
    from twiceshy.markdown.page import Page
    from twiceshy.model.card import LessonCard
    from twiceshy.model.guard import Guard
    from twiceshy.model.template import Template
    from twiceshy.project.delivery import Delivery
    from twiceshy.project.proofs import Proofs

OWN_FILES = (
    *("twiceshy.toml", "pyproject.toml"),
    *(".twiceshy/templates", ".twiceshy/proofs", ".twiceshy/buried.toml"),
)


class Library(Overview):
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

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        index = self._index
        self.close()
        explain(index.path if index else "", error)

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
    def delivery(self) -> Delivery:
        """What lessons may say today."""
        from twiceshy.project.delivery import Delivery

        return Delivery(self)

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
        return os.path.exists(self.absolute(path))

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
    def is_indexed(self) -> bool:
        """Whether the index is open already."""
        return self._index is not None

    @property
    def recent_index(self) -> Index:
        """The index, up to date as far as a hook's quick look can tell: for searches that must be fast."""
        if self._index is None and self._is_table_fresh():
            found = open_index(self.place.caches, None)
            if found.stamp():
                self._index = found
            else:  # somebody has deleted it, and only it
                found.close()
        return self.index

    def refresh(self) -> None:
        """Read what changed since the last time, and write the hook's table anew if anything did."""
        for known in ("_guarding", "_by_id", "_made", "delivery"):
            self.__dict__.pop(known, None)
        if "proofs" in self.__dict__:
            self.proofs.forget()
        try:
            self._refresh()
        except FAILURES as error:
            if not self._index or not self._index.path:
                raise
            self._index.close()
            if is_refused(error):
                self.notes.append(f"the index is not kept: {error}")
                self._index = open_index("", self._stamp())
            else:
                forget(self._index.path)
                self._index = None
            self._refresh()

    def _refresh(self) -> None:
        from twiceshy.adapters.guardcompile import watched_folders
        from twiceshy.jobs import refresh as job
        from twiceshy.project.delivery import write_table

        self._index = index = self._index or open_index(self.place.caches, self._stamp())
        files = self.git.files()
        folders = watched_folders(self.root, files)
        found = stats(self.root, self._documents_among(files))
        changed = job.compare(index.stats(), found)
        if changed:
            with index.writing():
                job.refresh(index, found, self._readings, on_page=self.progress)
        if index.path and (changed or not self._is_table_fresh()):
            try:
                write_table(self, folders, found)
            except CannotWrite as error:
                self.notes.append(error.message)

    def _is_table_fresh(self) -> bool:
        from twiceshy.adapters import guardtable

        table = guardtable.open_table(guardtable.table_path(self.place.caches))
        if table is None:
            return False
        with contextlib.closing(table):
            return table.is_fresh(time.time_ns() // 1000)

    def _readings(self, paths: Sequence[str]) -> Iterator[Reading]:
        from twiceshy.adapters.cores import spread
        from twiceshy.jobs.refresh import reading

        def one(path: str) -> Reading:
            try:
                return reading(path, self.page(path))
            except Unreadable as error:
                return reading(path, str(error))

        _ = self.templates  # read them before there are several of us
        return spread(one, paths)

    def _stamp(self) -> str:
        from twiceshy import __version__
        from twiceshy.adapters.configuration import meaning

        return meaning(self.root, self.configuration, __version__)

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

    @cached_property
    def proofs(self) -> Proofs:
        """What lets guards block."""
        from twiceshy.project.proofs import Proofs

        return Proofs(self)

    def level_of(self, guard: Guard) -> str:
        """How loud a guard may speak: `block` only with a proof."""
        return self.proofs.level(guard) if guard.level == "block" else guard.level

    def proof(self, guard: Guard) -> str:
        """Why a blocking guard may not block, "" if it may."""
        return self.proofs.refusal(guard)
