"""Project: opens a repository and wires everything together; the only place that does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read, stats
from twiceshy.model.glob import DOCUMENTS, glob_of
from twiceshy.project.library import Library

if TYPE_CHECKING:
    from twiceshy.jobs.capture import Entry
    from twiceshy.markdown.entry import Note
    from twiceshy.markdown.page import Page
    from twiceshy.model.card import Hit, LessonCard
    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.diagnostic import Report, Unread
    from twiceshy.model.status import Status
    from twiceshy.model.template import Template


class Project(Library):
    """One repository and every job on it."""

    def check(self, files: Iterable[ChangedFile]) -> Report:
        """Judge changed files by the guards in the working tree."""
        from twiceshy.jobs.check import check

        return check(self.cards_with_guards(), files, self)

    def changed(self, paths: Iterable[str]) -> Iterator[ChangedFile]:
        """What differs in these files and folders from the last commit. Raises UsageError for one that never was."""
        from twiceshy.errors import UsageError

        inside = {self.relative(path): path for path in paths}
        for name, path in inside.items():
            if not os.path.lexists(path) and self.git.blob("HEAD", name) is None:
                raise UsageError(f"{path} is not there", "name files or folders")
        return self.git.diff_worktree(list(inside))

    def check_range(self, base: str, head: str, *, parted: bool) -> Report:
        """Judge what lies between two revisions (`parted`: since they did) by the guards of the base and new ones.

        What is left alone is what the base's configuration says: a change cannot take itself out of sight.
        """
        from twiceshy.adapters.configuration import read_configuration
        from twiceshy.jobs.check import check_range

        base = self.git.merge_base(base, head) if parted else base
        self.configuration = read_configuration(lambda name: self.git.blob(base, name))
        return check_range(self.git, self, base, head)

    def lint(self, paths: Iterable[str] = ()) -> Report:
        """What is wrong in these files and folders; in all that hold lessons if none is named. Raises UsageError."""
        from twiceshy.guards._suppress import MARK
        from twiceshy.jobs.lint import bad_suppressions, lint
        from twiceshy.model.diagnostic import Unread

        named = list(paths)
        unread: list[Unread] = []
        pages = list(self._pages(self._documents_in(named) if named else None, unread))
        if not named:
            unread += [Unread(card.path, card.unread) for card in self.index.documents() if card.unread]
        found = {path for path, _, _ in self.git.grep(MARK, [self.relative(path) for path in named])}
        marked = {path for path in found if not path.lower().endswith(DOCUMENTS) and not self.is_excluded(path)}
        marks = []
        for path in sorted(marked):
            try:
                marks += bad_suppressions(path, read(os.path.join(self.root, path)).text, self.today)
            except Unreadable:
                continue
        return lint(pages, self, unread=unread, marks=marks)

    def _pages(self, chosen: list[str] | None, unread: list[Unread]) -> Iterator[Page]:
        from twiceshy.model.diagnostic import Unread

        known = self.index.documents()
        if chosen is None:
            chosen = [c.path for c in known if (c.kind or c.lessons or c.problems) and not c.unread]
        for path in chosen:
            try:
                yield self.page(path)
            except Unreadable as error:
                unread.append(Unread(path, str(error)))

    def _documents_in(self, paths: Iterable[str]) -> list[str]:
        """The documents a person named: files as they are, folders as all the Markdown in them. Raises UsageError."""
        from twiceshy.errors import UsageError

        chosen: list[str] = []
        for path in paths:
            inside = self.relative(path)
            if os.path.isdir(path):
                known = stats(self.root, self.document_paths())
                chosen += [one for one in known if inside == "." or one.startswith(f"{inside}/")]
            elif os.path.lexists(path):
                chosen.append(inside)
            else:
                raise UsageError(f"{path} is not there", "name documents or folders")
        return list(dict.fromkeys(chosen))

    def lessons(
        self, *, kind: str | None = None, status: str | None = None, paths: Iterable[str] = ()
    ) -> list[LessonCard]:
        """Lessons by kind, status, and the files (paths or globs) they stand in or speak about. Raises UsageError."""
        from twiceshy.guards import matches_path

        if kind:
            self.template(kind)
        where, values = ["1"], []
        for column, value in (("l.kind", kind), ("l.status", status)):
            if value:
                where.append(f"{column}=?")
                values.append(value)
        cards = self.index.lessons(" AND ".join(where), values)
        globs = tuple(glob_of(self.relative(path)) if os.path.exists(path) else path for path in paths)
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

    def template(self, kind: str) -> Template:
        """The template of a kind. Raises UsageError."""
        from difflib import get_close_matches

        from twiceshy.errors import UsageError

        if kind not in self.templates:
            close = get_close_matches(kind, self.templates, 1)
            hint = f"did you mean {close[0]}?" if close else f"kinds: {', '.join(self.templates)}"
            raise UsageError(f"there is no kind {kind!r}", hint)
        return self.templates[kind]

    def new(self, kind: str, title: str, values: Mapping[str, str], *, output: str | None = None) -> str:
        """Write a new document of a kind; gives back its path."""
        from twiceshy.jobs.capture import new

        return new(self, self.template(kind), title, values, self.place.inside(output) if output else "")

    def learn(self, note: Note, *, log: str | None = None) -> Entry:
        """Add a lesson of two lines to the log; gives back where it stands and the id it is read under."""
        from twiceshy.jobs.capture import choose_log, learn

        template = self.template("log")
        default = template.file or "LESSONS.md"
        path = self.place.inside(log) if log else choose_log(self.index.documents(), self.configuration.log, default)
        return learn(self, path, note, template)
