"""One thing worth saying, whoever found it; formats turn it into text, JSON, SARIF or annotations."""

from __future__ import annotations

from dataclasses import dataclass, field

from twiceshy.model.text import Edit, Location

UNREADABLE = "unreadable-document"
SEVERITIES = ("advise", "warn", "block", "error")


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding of `rule` (a lint rule's or a guard's id) at `location`.

    `level` is `advise`, `warn`, `block` (a guard's word) or `error` (lint); `message` says what, `why` the reason
    it matters, `instead` what to do, `see` where to read on in the lesson; `snippet` is the matched line. `fix` are the
    edits of the document at `location` that certainly mend it; `key` stands for the message where a baseline has to
    know the finding again and the message tells numbers or names that change. `digest` is the guard's.
    """

    rule: str
    level: str
    message: str
    location: Location
    why: str = ""
    instead: str = ""
    see: Location | None = None
    lesson: str = ""
    snippet: str = ""
    is_guard: bool = False
    fix: tuple[Edit, ...] = ()
    key: str = ""
    digest: str = ""

    @property
    def stops(self) -> bool:
        """Whether this finding makes the exit code 1."""
        return self.level in ("block", "error")


@dataclass(frozen=True, slots=True)
class Unread:
    """A file nobody could look into, by name and with the reason: counted in every summary, never fatal."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of `lint` or `check` has to say; `suppressed` and `expired` count suppression comments.

    `web` is the address below which the files can be read with a browser, with a final slash, "" if nobody knows.
    """

    findings: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    expired: int = 0
    unreadable: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)
    web: str = ""

    @property
    def unmentioned(self) -> tuple[Unread, ...]:
        """Those of the unreadable files that no finding tells of."""
        told = {finding.location.path for finding in self.findings if finding.rule == UNREADABLE}
        return tuple(file for file in self.unreadable if file.path not in told)

    @property
    def stops(self) -> bool:
        """Whether the exit code is 1."""
        return any(finding.stops for finding in self.findings)
