"""The lint side of a project: which documents are asked, what is mended, what a baseline leaves out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, read, stats
from twiceshy.model.glob import DOCUMENTS
from twiceshy.project.past import Past

if TYPE_CHECKING:
    from twiceshy.markdown.page import Page
    from twiceshy.model.diagnostic import Report, Unread
    from twiceshy.model.freshness import Verdict
    from twiceshy.model.lesson import Citation


class Linting(Past):
    """Everything `lint` does in one working tree."""

    def lint(self, paths: Iterable[str] = (), *, fix: bool = False, baseline: str = "") -> Report:
        """What is wrong in these files and folders; in all that hold lessons if none is named. Raises UsageError.

        `fix` mends first what can be mended for certain. `baseline` is a file (absolute) whose findings do not count:
        it is written if it is not there, and what is fixed is taken out of it.
        """
        from twiceshy.jobs.lint import mend

        named = list(paths)
        report, mended = self._lint(named), 0
        while fix and (now := mend(self, report.findings)):
            mended += now
            self.refresh()
            report = self._lint(named)
        if fix:
            report = replace(report, notes=(*report.notes, f"{mended} fixed"))
        return self._past_baseline(report, baseline, named) if baseline else report

    def _lint(self, named: list[str]) -> Report:
        from twiceshy.guards import QUOTES, matches_path
        from twiceshy.guards._suppress import MARK
        from twiceshy.jobs.lint import bad_suppressions, lint
        from twiceshy.model.diagnostic import Unread

        unread: list[Unread] = []
        if not named:
            unread += [Unread(card.path, card.unread) for card in self.index.documents() if card.unread]
        found = {path for path, _, _ in self.git.grep(MARK, [self.relative(path) for path in named])}
        code = {path for path in found if not (path.lower().endswith(DOCUMENTS) or matches_path(path, QUOTES))}
        marked = {path for path in code if not self.is_excluded(path)}
        marks = []
        for path in sorted(marked):
            try:
                marks += bad_suppressions(path, read(os.path.join(self.root, path)).text, self.today)
            except Unreadable:
                continue
        pages = list(self._pages(self._documents_in(named) if named else None, unread))
        self.delivery.look_up(pages)
        return lint(pages, self, unread=unread, marks=marks, levels=self.configuration.levels)

    def _past_baseline(self, report: Report, baseline: str, named: list[str]) -> Report:
        """The report without what the baseline lists; writes the baseline if it is new, or smaller than it was."""
        from twiceshy.errors import UsageError
        from twiceshy.jobs.baseline import all_of, known_in, without_known, written

        name = self.place.inside(baseline)
        if not os.path.lexists(baseline):
            self.write(name, written(all_of(report.findings)), None)
            said = f"{len(report.findings)} in the new baseline {name}: commit it, and from now on only new ones count"
            return replace(report, findings=(), notes=(said,))
        try:
            source = read(baseline)
        except Unreadable as error:
            raise UsageError(
                f"{name} cannot be read: {error}", "name a baseline, or a file that is not there"
            ) from error
        known = known_in(source.text, name)
        looked_at = set(self._documents_in(named))
        report, left = without_known(
            report, known, lambda path: not named or path in looked_at or not self.exists(path)
        )
        if left != known:
            self.write(name, written(left), source.sha256)
        return report

    def verdict(self, document: str, citation: Citation) -> Verdict:
        """What became of something that a document cites."""
        return self.delivery.freshness.verdict(document, citation)

    def anchors(self, path: str) -> frozenset[str] | None:
        """The places in a document that a link can name; None if it cannot be read."""
        return self.delivery.anchors(path)

    def pages_with_guards(self) -> Iterator[Page]:
        """Every readable document that holds a guard, or a block that was to be one."""
        guarded = {guard.path for card in self.index.lessons() for guard in card.guards}
        guarded |= {card.path for card in self.index.documents() if card.problems}
        yield from self._pages(sorted(guarded), [])

    def _pages(self, chosen: list[str] | None, unread: list[Unread]) -> Iterator[Page]:
        from twiceshy.model.diagnostic import Unread

        known = self.index.documents()
        if chosen is None:
            chosen = [c.path for c in known if c.teaches and not c.unread]
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
