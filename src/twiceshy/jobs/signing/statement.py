"""What is signed, letter by letter: a role, a person, a time and the hash of a document's content."""

from __future__ import annotations

import hashlib
import re

from twiceshy.model.signoff import NAMESPACE, Statement

_LINES = re.compile(
    rf"{NAMESPACE} 1\n"
    r"role (?P<role>[^\s,\"=]{1,64})\n"
    r"principal (?P<principal>[^\s,\"]{1,128})\n"
    r"name (?P<name>[^\n]{1,100})\n"
    r"time (?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    r"document (?P<document>[^\n]{1,512})\n"
    r"content sha256:(?P<content>[0-9a-f]{64})\n"
)
_UNFIT = re.compile(r"[<>|`\[\]*\\]|--")  # in a document it would be no plain text


class Malformed(Exception):
    """Why something is not what it should be, in words for people."""


def digest_of(text: str) -> str:
    """The SHA-256 (hex) of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def ident_of(statement: str) -> str:
    """What a document calls a statement: the first 12 hex digits of its SHA-256."""
    return digest_of(statement)[:12]


def written(statement: Statement) -> str:
    """The text that is signed. Raises Malformed if a part of it cannot stand there."""
    text = (
        f"{NAMESPACE} 1\nrole {statement.role}\nprincipal {statement.principal}\nname {statement.name}\n"
        f"time {statement.time}\ndocument {statement.document}\ncontent sha256:{statement.content}\n"
    )
    if read_statement(text) != statement:
        raise Malformed("it would not be read as it was written")
    return text


def read_statement(text: str) -> Statement:
    """A statement out of its text. Raises Malformed."""
    found = _LINES.fullmatch(text)
    if not found:
        raise Malformed("it is no statement of a sign-off")
    name = found["name"]
    if (
        not all(said.isprintable() for said in found.groups())
        or name != name.strip()
        or _UNFIT.search(name + found["principal"])
    ):
        raise Malformed("a name in it cannot be shown")
    return Statement(**found.groupdict())
