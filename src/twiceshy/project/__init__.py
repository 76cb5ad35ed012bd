"""Project: opens a repository and wires everything together; the only place that does."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read
from twiceshy.model.glob import glob_of
from twiceshy.project.living import Living

if TYPE_CHECKING:
    from twiceshy.jobs.capture import Entry
    from twiceshy.jobs.derive import Proposal
    from twiceshy.markdown.entry import Note
    from twiceshy.markdown.page import Page
    from twiceshy.model.action import ActionItem
    from twiceshy.model.audit import Audit
    from twiceshy.model.backtest import Fire, Tested
    from twiceshy.model.candidate import Mined
    from twiceshy.model.card import Hit, LessonCard
    from twiceshy.model.change import Change, ChangedFile
    from twiceshy.model.diagnostic import Report
    from twiceshy.model.freshness import Verdict
    from twiceshy.model.lesson import Citation
    from twiceshy.model.status import Status
    from twiceshy.model.suggestion import Suggestions
    from twiceshy.model.template import Template
    from twiceshy.project.evidence import Archive
    from twiceshy.project.outcomes import Record


class Project(Living):
    """One repository and every job on it."""

    def check(self, files: Iterable[ChangedFile]) -> Report:
        """Judge changed files by the guards in the working tree, and by what its history took back."""
        from twiceshy.jobs.check import check

        past = self.graveyard.watch("", self.today, self.configuration)
        return self._noted(check(self.cards_with_guards(), files, self, past))

    def _noted(self, report: Report) -> Report:
        """The report with what there was to say about history."""
        return replace(report, notes=(*report.notes, *self.graveyard.notes))

    @cached_property
    def record(self) -> Record:
        """What was said here, and what came of it."""
        from twiceshy.project.outcomes import Record

        return Record(self)

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

        What is left alone, what words mean and what is proved, the base says: a change cannot take itself out of sight.
        """
        from twiceshy.adapters.hosting import web_address
        from twiceshy.errors import ConfigurationError
        from twiceshy.jobs.between import check_range
        from twiceshy.project.terms import RevisionTerms

        base, head = self.git.resolve(base), self.git.resolve(head)
        terms, notes = RevisionTerms(self, base), list[str]()
        try:
            now = RevisionTerms(self, head, terms)
        except ConfigurationError as error:
            now, notes = terms, [f"the settings of the base are used, because now {error.message}"]
        since = self.git.merge_base(base, head) if parted else base
        past = self.graveyard.watch(base, date.fromisoformat(self.git.commit_date(head)), terms.configuration)
        report = self._noted(check_range(self.git, terms, now, base, head, parted=since, past=past))
        return replace(report, notes=(*report.notes, *notes), web=web_address(os.environ, head))

    def cited(self, page: Page) -> list[tuple[Citation, Verdict]]:
        """Everything that the lessons of a document cite, with what became of it."""
        return self.delivery.cited(page)

    def speaking(self, card: LessonCard) -> LessonCard:
        """The lesson as it may be delivered: one that claims code that is gone says so in place of its own words."""
        return self.delivery.one(card)

    def lessons(
        self, *, kind: str | None = None, status: str | None = None, paths: Iterable[str] = ()
    ) -> list[LessonCard]:
        """Lessons by kind, status, and the files (paths or globs) they stand in or speak about. Raises UsageError.

        Rules for agents are listed only if their kind or their file is named.
        """
        from twiceshy.adapters.index import TOLD
        from twiceshy.guards import matches_path
        from twiceshy.model.lesson import RULES

        named_paths = tuple(paths)
        if kind and kind != RULES:
            self.template(kind)
        where, values = ["1" if kind or named_paths else TOLD], []
        for column, value in (("l.kind", kind), ("l.status", status)):
            if value:
                where.append(f"{column}=?")
                values.append(value)
        cards = self.index.lessons(" AND ".join(where), values)
        globs = tuple(glob_of(self.relative(path)) if os.path.exists(path) else path for path in named_paths)
        if globs:
            named = self.index.cited_by()
            cards = [c for c in cards if any(matches_path(path, globs) for path in (c.path, *named.get(c.key, ())))]
        return self.delivery.speaking(cards)

    def find_lesson(self, ident: str) -> tuple[str, str]:
        """Id and document of the lesson called `ident`, or of that with a guard of this name. Raises UsageError."""
        card = self.lesson(ident)
        return card.id, card.path

    def recall(self, change: Change, text: str, paths: list[str], limit: int) -> tuple[list[Hit], float]:
        """What we know that matters for a change, a text, some files; and the score below which nothing is said."""
        from twiceshy.jobs.recall import SILENT_BELOW, recall

        index = self.index if change.files else self.recent_index
        hits = recall(index, change, text, paths, max(limit, 1))
        cards = self.delivery.speaking([hit.card for hit in hits])
        return [replace(hit, card=card) for hit, card in zip(hits, cards, strict=True)], SILENT_BELOW

    def status(self) -> Status:
        """What is here."""
        from twiceshy.model.status import Status

        index = self.index
        made = os.path.getmtime(index.path) if index.path else 0.0
        lessons, guards = index.summary()
        unproved = sum(bool(self.proof(guard)) for guard in index.blocking())
        events = self.record.count()
        return Status(tuple(index.documents()), lessons, guards, made, self.git.shallow, unproved, *events)

    def audit(self) -> Audit:
        """What this repository tells its people and agents, and what is wrong with it."""
        from twiceshy.project.auditing import audit_of

        return audit_of(self)

    def backtest(self, names: Sequence[str] = (), since: str = "", paths: Sequence[str] = ()) -> list[Tested]:
        """What guards (by id, or by lesson; all if none is named) would have said about the past. Raises UsageError.

        `since` is a day (YYYY-MM-DD) or a revision, `paths` are globs.
        """
        from twiceshy.project.backtesting import backtests, narrowing_of

        return backtests(self, names, narrowing_of(self, since, paths))

    def tick(self, test: Tested, fire: Fire | None = None, verdict: bool = False) -> Tested:
        """Keep a person's verdict on a fire in the guard's proof; without one, bring its figures up to date."""
        from twiceshy.project.backtesting import tick

        return tick(self, test, fire, verdict)

    def mine(
        self, exports: Mapping[str, tuple[str, bytes]], *, limit: int = 20, since: str = "", write: bool = True
    ) -> Mined:
        """Candidates for lessons from history, helped by exports of pull requests and issues. Raises UsageError."""
        from twiceshy.project.mining import mined_in

        return mined_in(self, exports, limit=limit, since=since, write=write)

    def evidence(self) -> Archive:
        """The result files that are bound here, and the way to bind more."""
        from twiceshy.project.evidence import Archive

        return Archive(self)

    def template(self, kind: str) -> Template:
        """The template of a kind. Raises UsageError."""
        from difflib import get_close_matches

        from twiceshy.errors import UsageError

        if kind not in self.templates:
            close = get_close_matches(kind, self.templates, 1)
            hint = f"did you mean {close[0]}?" if close else f"kinds: {', '.join(self.templates)}"
            raise UsageError(f"there is no kind {kind!r}", hint)
        return self.templates[kind]

    def derive(self, paths: Iterable[str]) -> Proposal:
        """A template from what these documents, or the documents in these folders, share. Raises UsageError."""
        from dataclasses import replace

        from twiceshy.jobs.derive import derive
        from twiceshy.markdown.parse import parse

        documents, notes = [], []
        for path in self._documents_in(paths):
            try:
                documents.append(parse(read(self.absolute(path)).text, path))
            except Unreadable as error:
                notes.append(f"left out {path}: {error}")
        proposal = derive(documents)
        return replace(proposal, notes=(*notes, *proposal.notes))

    def keep_template(self, proposal: Proposal, kind: str) -> list[str]:
        """Write a derived template among the repository's own; gives back the paths. Raises UsageError."""
        from twiceshy.jobs.derive import keep

        return keep(self, proposal, kind)

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

    def suggest(self, what: str, *, culprit: str = "", limit: int = 3, into: str = "") -> Suggestions:
        """Guards that could be written for a lesson, or for a fix under the lesson `into`. Raises UsageError."""
        from twiceshy.project.suggesting import suggestions_for

        return suggestions_for(self, what, culprit=culprit, limit=limit, into=into)

    def accept_guard(self, found: Suggestions, number: int) -> tuple[str, int]:
        """Write the suggestion with this number under its lesson; gives back path and line. Raises UsageError."""
        from twiceshy.project.suggesting import take

        return take(self, found, number)

    def test_guards(self, idents: Iterable[str] = ()) -> Report:
        """Run the examples of these guards, of all if none is named. Raises UsageError."""
        from twiceshy.jobs.examples import run_examples

        return run_examples(self.pages_with_guards(), self, list(idents))

    def actions(self, paths: Iterable[str] = ()) -> list[ActionItem]:
        """The promises in these files and folders; in all documents that hold lessons if none is named. UsageError."""
        named = list(paths)
        if named:
            wanted = set(self._documents_in(named))
        else:
            wanted = {card.path for card in self.index.documents() if card.teaches}
        known = [item for item in self.index.actions() if item.location.path in wanted]
        return sorted(known, key=lambda item: (item.location.path, item.span))

    def close_action(self, ident: str, by: str) -> ActionItem:
        """Close the action `ident` by the commit, issue, test or guard that did it. Raises UsageError."""
        from twiceshy.jobs.actions import close, named

        return close(self, named(self.index.actions(), ident), by)

    def is_file(self, path: str, word: str) -> bool:
        """Whether a file stands at `path` in the working tree and holds `word`."""
        try:
            return os.path.isfile(self.absolute(path)) and (not word or word in read(self.absolute(path)).text)
        except (Unreadable, ValueError):
            return False

    def commit(self, revision: str) -> str:
        """The short id of the commit that `revision` names, "" if there is none."""
        return self.git.short(revision)
