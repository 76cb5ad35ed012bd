"""The evidence of a repository: its statements and the files they are about."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from twiceshy.adapters import checkout, statements
from twiceshy.adapters.files import Unreadable
from twiceshy.errors import UsageError
from twiceshy.jobs import evidence as job
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.evidence import Binding
from twiceshy.model.text import Location

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from twiceshy.jobs.evidence import Gathered
    from twiceshy.model.evidence import Standing
    from twiceshy.project.library import Library

_AGAIN = "bind the file again: twiceshy evidence add FILE"


class Archive:
    """What is bound in one working tree."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.resolve = library.git.resolve
        self.head = library.git.head

    # What a person asks for ------------------------------------------------------------------------------------------

    def add(self, path: str, stated: Binding) -> Binding:
        """Bind the file at `path`, as a person gave it. Raises UsageError, MalformedEvidence."""
        return job.bind(self, self._library.place.inside(path), stated)

    def standings(self) -> tuple[list[Standing], list[Diagnostic]]:
        """What is bound and what became of it; a finding for each statement that cannot be read."""
        return job.standings(self)

    def gather(self) -> Gathered:
        """Every figure of every bound file."""
        return job.gather(self)

    def run(
        self, command: Sequence[str], named: Mapping[str, str], stated: Binding
    ) -> tuple[list[Binding], list[Diagnostic]]:
        """Run a command and bind what it wrote (`named`: files as a person gave them, and their formats).

        The commit is that before the run; it is not stated if there is another afterwards. Raises UsageError.
        """
        from twiceshy.adapters.commands import run

        inside = {self._library.place.inside(path): form for path, form in named.items()}
        head, dirty = self.head(), self.is_dirty()
        if not head:
            raise UsageError("there is no commit yet that a run could speak for", "commit first")
        before = job.outputs(self, list(inside))
        ran = run(command)
        stayed = self.head() == head
        made = replace(
            stated,
            commit=head if stayed else "",
            dirty=dirty if stayed else None,
            command=shlex.join(command),
            exit_code=ran.exit_code,
            seconds=ran.seconds,
            time=job.iso(ran.began),
        )
        bound, findings = job.bind_run(self, made, inside, before)
        if not stayed:
            said = f"{command[0]} moved to another commit, so none is stated"
            findings.append(Diagnostic("moved-commit", "warn", said, Location("", 0, 0)))
        return bound or [made], findings

    # What the job asks for -------------------------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Whether a tracked file differs from the commit that is checked out."""
        return checkout.is_dirty(self._library.root)

    def commit_time(self, sha: str) -> int:
        """The second since 1970 in which a commit was made."""
        return checkout.commit_time(self._library.root, sha)

    def digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and time (ns) of a file. Raises UsageError, or FileNotFoundError if it is not there."""
        try:
            return statements.digest_of(self._inside(path))
        except Unreadable as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise FileNotFoundError(path) from error
            raise UsageError(f"{path} cannot be read: {error}", "nothing was bound") from error

    def raw(self, path: str, limit: int) -> bytes:
        """The bytes of a file. Raises UsageError, also for one over `limit`."""
        try:
            return statements.raw_of(self._inside(path), limit)
        except Unreadable as error:
            raise UsageError(f"{path} cannot be read: {error}", "nothing was bound") from error

    def keep(self, binding: Binding) -> Binding:
        """Write the statement of a binding; gives it back with its place."""
        path = statements.name_of(binding)
        known = statements.digest_of(self._library.absolute(path))[0] if self._library.exists(path) else None
        self._library.write(path, statements.statement(binding), known)
        return replace(binding, statement=path)

    def bindings(self) -> tuple[list[Binding], list[Diagnostic]]:
        """What all statements state, and a finding for each that cannot be read."""
        found: list[Binding] = []
        unreadable = []
        for path in statements.statements_in(self._library.root):
            try:
                found += statements.bindings(path, statements.raw_of(self._library.absolute(path)))
            except Unreadable as error:
                place = Location(path, 1, 1)
                unreadable.append(Diagnostic("unreadable-statement", "warn", str(error), place, instead=_AGAIN))
        return found, unreadable

    def _inside(self, path: str) -> str:
        """Where a path that a statement names stands. Raises UsageError for one that leads out of the repository."""
        return self._library.absolute(self._library.place.inside(self._library.absolute(path)))
