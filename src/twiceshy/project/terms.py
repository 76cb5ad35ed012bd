"""What one revision says about how a change is to be judged: nothing that lies in the working tree counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twiceshy.adapters.configuration import TEMPLATES, Configuration, read_configuration, read_templates
from twiceshy.adapters.files import READ_LIMIT, Unreadable, decode
from twiceshy.model.guard import Guard

if TYPE_CHECKING:
    from datetime import date

    from twiceshy.markdown.page import Page
    from twiceshy.model.card import LessonCard
    from twiceshy.model.template import Template
    from twiceshy.project.library import Library


class RevisionTerms:
    """The settings, kinds and proofs of `revision` (a commit's id). Raises ConfigurationError if they are wrong."""

    def __init__(self, library: Library, revision: str, known: RevisionTerms | None = None) -> None:
        """`known` lends its kinds where those of this revision are the same."""
        self._library = library
        self._revision = revision
        self._levels: dict[Guard, str] = {}
        self.configuration: Configuration = read_configuration(lambda name: library.git.blob(revision, name))
        self._made_of = self.configuration.aliases, dict(self._own_kinds())
        self.templates: dict[str, Template] = (
            known.templates if known and known._made_of == self._made_of else read_templates("", *self._made_of)
        )

    def _own_kinds(self) -> Iterator[tuple[str, bytes]]:
        folder = TEMPLATES.replace(os.sep, "/")
        for path, _ in self._library.git.tree(self._revision, folder):
            name = path.removeprefix(f"{folder}/")
            if "/" not in name:
                yield name, self._library.git.blob(self._revision, path) or b""

    @property
    def today(self) -> date:
        """The day that decides what has expired."""
        return self._library.today

    def level_of(self, guard: Guard) -> str:
        """How loud a guard may speak: `block` only where it is proved.

        Asked of git each time and not of the index: that is made from the working tree, and may come out of a cache.
        """
        from twiceshy.jobs._proof_file import proof_path
        from twiceshy.jobs.proof import refusal, rerun

        if guard not in self._levels:
            git = self._library.git
            loud = guard.level != "block" or not (
                refusal(guard, git.blob(self._revision, proof_path(guard.id))) or rerun(guard, git)
            )
            self._levels[guard] = guard.level if loud else "warn"
        return self._levels[guard]

    def is_excluded(self, path: str) -> bool:
        """Whether the configuration says to leave this file alone."""
        from twiceshy.guards import matches_path

        return matches_path(path, self.configuration.exclude)

    def speaking(self, card: LessonCard) -> LessonCard:
        """The lesson as it may be delivered: one that claims code that is gone says so in place of its own words."""
        return self._library.delivery.one(card)

    def text_of(self, raw: bytes) -> str | None:
        """A document's bytes as text; None if it cannot be read as one."""
        try:
            return decode(raw) if len(raw) <= READ_LIMIT else None
        except Unreadable:
            return None

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""
        from twiceshy.markdown.page import read_page

        return read_page(path, text, self.templates)
