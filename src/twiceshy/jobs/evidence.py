"""evidence: which commit, suite and environment a result file speaks for, and what all bound files say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from twiceshy.errors import MalformedEvidence, TwiceshyError, UsageError
from twiceshy.evidence import LIMIT, SOURCES, figures, recognised
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.evidence import BOUND, CHANGED, GONE, Binding, Evidence, Standing
from twiceshy.model.text import Location

RUN = "run"
_WRONG = "bind it as what it is: twiceshy evidence add FILE --as FORMAT"


class Archive(Protocol):
    """What binding needs of the world; paths are relative to the repository's root."""

    def head(self) -> str:
        """The full id of the commit that is checked out, "" before the first."""

    def resolve(self, revision: str) -> str:
        """The full id of the commit that is meant. Raises GitError."""

    def is_dirty(self) -> bool:
        """Whether a tracked file differs from that commit."""

    def commit_time(self, sha: str) -> int:
        """The second since 1970 in which a commit was made."""

    def digest(self, path: str) -> tuple[str, int]:
        """SHA-256 and time (ns) of a file. Raises UsageError, or FileNotFoundError if it is not there."""

    def raw(self, path: str, limit: int) -> bytes:
        """The bytes of a file. Raises UsageError, also for one over `limit`."""

    def keep(self, binding: Binding) -> Binding:
        """Write the statement of a binding; gives it back with its place."""

    def bindings(self) -> tuple[list[Binding], list[Diagnostic]]:
        """What all statements state, and a finding for each that cannot be read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all bound files say: figures of those that hold, a finding for each other one."""

    figures: tuple[Evidence, ...]
    findings: tuple[Diagnostic, ...]


def bind(archive: Archive, path: str, stated: Binding) -> Binding:
    """Write down what was stated about the file at `path`; gives back the binding. Raises UsageError.

    Without a commit it is the one that is checked out, unless the file is older than that: then it cannot speak for it.
    The file has to be readable in its format, so that nobody finds out later.
    """
    sha, written = _digest(archive, path)
    raw = archive.raw(path, LIMIT)
    form = form_of(stated.form, raw, path)
    commit, dirty = _commit(archive, stated.commit, path, written)
    made = replace(stated, path=path, sha256=sha, form=form, commit=commit, dirty=dirty)
    made = replace(made, time=stated.time or iso(written))
    found = _read(made, raw)
    if found and not made.tool:
        made = replace(made, tool=found[0].provenance.tool, tool_version=found[0].provenance.tool_version)
    return archive.keep(made)


def _read(binding: Binding, raw: bytes) -> list[Evidence]:
    """The figures of a file that is to be bound. Raises UsageError if it cannot be read in its format."""
    try:
        return figures(binding.form, raw, binding.provenance)
    except MalformedEvidence as error:
        said = f"{binding.path} cannot be read as {binding.form}: {error.message}"
        raise UsageError(said, error.hint or "it was not bound") from error


def form_of(form: str, raw: bytes, path: str) -> str:
    """The format that was named, or that the file shows. Raises UsageError."""
    if form in SOURCES:
        return form
    if form:
        close = difflib.get_close_matches(form, SOURCES, 1)
        raise UsageError(f"there is no format {form!r}", f"did you mean {close[0]}?" if close else ", ".join(SOURCES))
    found = recognised(raw, path)
    if len(found) == 1:
        return found[0]
    said = f"it may be {' or '.join(found)}" if found else f"say it with --as: {', '.join(SOURCES)}"
    raise UsageError(f"the format of {path} is not clear", said)


def standings(archive: Archive) -> tuple[list[Standing], list[Diagnostic]]:
    """Every binding with what became of its file, and a finding for each statement that cannot be read."""
    bindings, unreadable = archive.bindings()
    return [standing(archive, one) for one in bindings], unreadable


def standing(archive: Archive, binding: Binding) -> Standing:
    """What became of the file of one binding."""
    if not binding.path:
        try:
            archive.resolve(binding.commit)
        except TwiceshyError:
            return Standing(binding, GONE, f"there is no commit {binding.commit[:12]} here")
        return Standing(binding, BOUND)
    try:
        sha, _ = archive.digest(binding.path)
    except FileNotFoundError:
        return Standing(binding, GONE)
    except TwiceshyError as error:
        return Standing(binding, GONE, error.message)
    return Standing(binding, BOUND if sha == binding.sha256 else CHANGED)


def gather(archive: Archive) -> Gathered:
    """Every figure of every bound file that is as it was bound, with its scope, and what is wrong with the others."""
    known, findings = standings(archive)
    found: list[Evidence] = []
    for one in known:
        try:
            found += _figures(archive, one)
        except TwiceshyError as error:
            place = one.binding.path or one.binding.statement
            findings.append(Diagnostic("malformed-evidence", "warn", error.message, _at(place), instead=_WRONG))
    return Gathered(tuple(found), tuple(findings))


def _figures(archive: Archive, one: Standing) -> Iterator[Evidence]:
    binding = one.binding
    if not one.holds:
        raise UsageError(one.reason or f"it is {one.word}: what was bound is not what is there")
    if binding.exit_code is not None:
        yield from run_figures(binding)
    if binding.form != RUN:
        if binding.form not in SOURCES:
            raise MalformedEvidence(f"there is no format {binding.form[:40]!r}")
        for each in figures(binding.form, archive.raw(binding.path, LIMIT), binding.provenance):
            yield replace(each, scope=binding.scope)


def run_figures(binding: Binding) -> Iterator[Evidence]:
    """How a captured run ended and how long it took: `run.exit-code`, `run.time`."""
    for name, value, unit in (("run.exit-code", binding.exit_code, ""), ("run.time", binding.seconds, "s")):
        if value is not None:
            about = binding.command
            yield Evidence(name, value, binding.provenance, unit=unit, about=about, scope=binding.scope)


def _digest(archive: Archive, path: str) -> tuple[str, int]:
    try:
        return archive.digest(path)
    except FileNotFoundError as error:
        raise UsageError(f"{path} is not there", "nothing was bound") from error


def _commit(archive: Archive, stated: str, path: str, written: int) -> tuple[str, bool | None]:
    """The commit a file speaks for, and whether the working tree held more; None if that cannot be known now."""
    head = archive.head()
    if stated:
        commit = archive.resolve(stated)
        return commit, archive.is_dirty() if commit == head else None
    if not head:
        raise UsageError("there is no commit yet that a result could speak for", "commit first")
    if written // 10**9 < archive.commit_time(head):
        said = f"{path} is older than the commit that is checked out, so it does not speak for it"
        raise UsageError(said, "say which commit was tested: --commit SHA")
    return head, archive.is_dirty()


def outputs(archive: Archive, paths: Sequence[str]) -> dict[str, tuple[str, int] | None]:
    """SHA-256 and time of some files as they are now, None for one that is not there."""
    found: dict[str, tuple[str, int] | None] = {}
    for path in paths:
        try:
            found[path] = archive.digest(path)
        except FileNotFoundError:
            found[path] = None
    return found


def bind_run(
    archive: Archive, stated: Binding, named: dict[str, str], before: dict[str, tuple[str, int] | None]
) -> tuple[list[Binding], list[Diagnostic]]:
    """Bind what a captured run wrote: `named` are its files with their formats, `before` what they were.

    A file that the run did not write anew is left out with a finding, and so is one that cannot be read. A run of which
    nothing is bound is bound by itself, to its commit. `stated` holds the commit, "" if it was another afterwards.
    """
    bound, findings = [], []
    for path, form in named.items():
        try:
            now = _digest(archive, path)
            if now == before[path]:
                raise UsageError(f"{path} was not written by this run", "it may be left from an earlier one")
            raw = archive.raw(path, LIMIT)
            one = replace(stated, path=path, sha256=now[0], form=form_of(form, raw, path))
            _read(one, raw)
            bound.append(archive.keep(one))
        except TwiceshyError as error:
            hint = error.hint or "it was not bound"
            findings.append(Diagnostic("malformed-evidence", "warn", error.message, _at(path), instead=hint))
    if not bound and stated.commit:
        bound.append(archive.keep(replace(stated, form=RUN)))
    return bound, findings


def _at(path: str) -> Location:
    return Location(path, 1, 1)


def iso(nanoseconds: int) -> str:
    """A time in ns since 1970 as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).isoformat().replace("+00:00", "Z")
