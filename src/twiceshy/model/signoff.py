"""Sign-offs: where a document asks for one, what was signed, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from twiceshy.model.text import Span

NAMESPACE = "twiceshy-sign-off"

GOOD = ("verified", "approved")
"""States that fulfil what is required."""

WRONG = (
    "tampered",
    "other-key",
    "not-a-signer",
    "not-this-role",
    "revoked",
    "other-document",
    "unreadable",
    "unsigned",
)
"""States that are wrong whoever asks: somebody claims what is not so."""


class Cell(NamedTuple):
    """A piece of a sign-off's place: `holds` is `mark` (who and when), `dash` (the same, behind a
    dash), `date`, `tick` or `rest`."""

    holds: str
    span: Span


class Place(NamedTuple):
    """Where a role signs off: its `label` as written, the pieces that do not count as content, and its line."""

    role: str
    label: str
    cells: tuple[Cell, ...]
    line: int


class Shown(NamedTuple):
    """What a place says of a signature: `ident` is the first 12 digits of its statement's SHA-256."""

    name: str
    principal: str
    day: str
    ident: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody signed: the role, who, under what name, when (by their own word), where it stood, and the SHA-256.

    `content` is that of the document with nothing in its places for sign-offs, and it alone is bound: `document` is the
    path at that time, for people.
    """

    role: str
    principal: str
    name: str
    time: str
    document: str
    content: str


class Signed(NamedTuple):
    """What was signed just now, and the place where the document says so."""

    statement: Statement
    line: int
    label: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A statement, letter by letter, and the armoured SSH signature of it."""

    statement: str
    armour: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """What stands beside a document: its signatures, and the texts they were made for by their SHA-256."""

    made: tuple[Signature, ...] = ()
    contents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """How a text differs from what was signed: how many lines, and some of them with `-` or `+` before each."""

    count: int
    lines: tuple[str, ...] = ()
    only_line_ends: bool = False


@dataclass(frozen=True, slots=True)
class SignOff:
    """What is known of one role's sign-off; `line` is 0 where the document has no place for it.

    `kind` is `ssh`, `approval` or `typed`; `by` is who, as far as anybody says; `why` tells a person the reason.
    """

    role: str
    state: str
    kind: str = "typed"
    label: str = ""
    line: int = 0
    by: str = ""
    principal: str = ""
    time: str = ""
    key: str = ""
    why: str = ""
    differs: Difference | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Everything about the sign-offs of one document; `lacking` are required roles that nobody has signed off."""

    path: str
    content: str
    sign_offs: tuple[SignOff, ...] = ()
    lacking: tuple[str, ...] = ()
    problem: str = ""

    @property
    def stops(self) -> bool:
        """Whether something required is missing, or something that stands there is not so."""
        return bool(self.lacking or self.problem) or any(
            one.state in WRONG or (one.state in ("earlier", "expired") and one.line) for one in self.sign_offs
        )
