"""sign: a signature beside a document, and its place in the document filled by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from twiceshy.errors import UsageError
from twiceshy.jobs.signing.judging import Keys, Terms, revocation
from twiceshy.jobs.signing.sidecar import read_sidecar, sidecar_of, written
from twiceshy.jobs.signing.signers import FILE, Signer, Signers
from twiceshy.jobs.signing.statement import Malformed, digest_of, ident_of, read_statement
from twiceshy.jobs.signing.statement import written as statement_text
from twiceshy.markdown.edit import apply
from twiceshy.markdown.page import Page
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.markdown.signoffs import blanked, filled, places_of, shows
from twiceshy.model.signoff import Place, Shown, Signature, Signatures, Signed, Statement


class Desk(Protocol):
    """What signing needs of the world."""

    def page_and_hash(self, path: str) -> tuple[Page, str]:
        """The document at `path` and the hash of what was read."""

    def text_and_hash(self, path: str) -> tuple[str, str | None]:
        """The text of a file and the hash of what was read; "" and None if it is not there."""

    def page_of(self, path: str, text: str) -> Page:
        """`text` understood as the document at `path`."""

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write a document if it is still what was read."""


class Pen(Keys, Protocol):
    """What signing needs of ssh-keygen."""

    def public_key(self, key: str) -> str:
        """The public key (base64) of a key file."""

    def sign(self, key: str, statement: str) -> Signature:
        """A signature of `statement` by a key file."""


class Author(NamedTuple):
    """Who signs: the key file, the name that is shown, the mail address git knows, and the time (UTC)."""

    key: str
    name: str
    mail: str
    time: str


def sign(desk: Desk, pen: Pen, terms: Terms, author: Author, what: tuple[str, str]) -> Signed:
    """Sign a document in a role (`what` are both): first the file of signatures is written, then the document's place.

    Raises UsageError if the document has no place for that role, the signer may not sign there, or its file of
    signatures cannot be read; ChangedMeanwhile if either changes under our hands. Then nothing is lost.
    """
    role, path = signing_role(what[0].replace("-", " ")), what[1]
    page, read_as = desk.page_and_hash(path)
    places = places_of(page.document, page.aliases)
    place = _place(places, role, what)
    sidecar, known_as = desk.text_and_hash(sidecar_of(path))
    known = _known(sidecar, path) if known_as else Signatures()
    principal = _principal(terms.signers, pen.public_key(author.key), role, author)
    content = blanked(page.document.text, places)
    try:
        statement = Statement(role, principal, author.name, author.time, path, digest_of(content))
        text = statement_text(statement)
    except Malformed as error:
        raise UsageError(f"{author.name!r} cannot be signed with", "say another name with --as") from error
    said = pen.sign(author.key, text)
    allowed = terms.signers.allowed(role)
    if refused := pen.refusal(allowed, principal, said) or revocation(said, principal, allowed, terms, pen):
        raise UsageError(f"the signature does not count: {refused}", f"look at {FILE}")
    after = _filled(desk, page, place, (statement, ident_of(text)))
    desk.write(sidecar_of(path), written(_with(known, said, statement, content)), known_as)
    desk.write(path, after, read_as)
    return Signed(statement, place.line, place.label)


def _place(places: Sequence[Place], role: str, what: tuple[str, str]) -> Place:
    found = next((place for place in places if place.role == role), None)
    if found:
        return found
    roles = ", ".join(dict.fromkeys(place.role for place in places))
    hint = f"it has places for {roles}" if roles else "add a heading Sign-offs and below it, for example: - **QA:**"
    raise UsageError(f"{what[1]} has no place where {what[0]!r} signs off", hint)


def _known(text: str, path: str) -> Signatures:
    try:
        return read_sidecar(text)
    except Malformed as error:
        hint = "mend it, or take it from the last commit; nothing was written"
        raise UsageError(f"{sidecar_of(path)} cannot be read: {error}", hint) from error


def _principal(signers: Signers, key: str, role: str, author: Author) -> str:
    """Who the list says has this key, for this role. Raises UsageError."""
    lines = signers.by_key(key) or signers.authorities()
    named = [one for one in lines if role in one.roles]
    for one in named:
        if author.mail and one.is_called(author.mail):
            return author.mail
    plain = [name for one in named for name in one.principals.split(",") if not set("*?!") & set(name)]
    if plain:
        return plain[0]
    hint = f"have this line added to {FILE}: {author.mail or 'you@example.org'} {role} <your public key>"
    others = _others(signers.by_key(key))
    raise UsageError(f"your key may not sign as {role}{others}", hint)


def _others(lines: Sequence[Signer]) -> str:
    roles = sorted(frozenset[str]().union(*(one.roles for one in lines)))
    return f", only as {', '.join(roles)}" if roles else ""


def _filled(desk: Desk, page: Page, place: Place, said: tuple[Statement, str]) -> str:
    """The document that says so, read back: its content is the same, and the place shows the signature."""
    statement, ident = said
    shown = Shown(statement.name, statement.principal, statement.time[:10], ident)
    path, before = page.document.path, page.document.text
    text = apply(before, filled(before, place, shown))
    after = desk.page_of(path, text)
    places = places_of(after.document, after.aliases)
    is_shown = any(one.role == place.role and shows(text, one, shown) for one in places)
    if not is_shown or digest_of(blanked(text, places)) != statement.content:
        raise UsageError(f"{path}:{place.line} is no place where a sign-off can be written", "nothing was written")
    return text


def _with(known: Signatures, said: Signature, statement: Statement, content: str) -> Signatures:
    """The signatures with one more, in the place of an earlier one by the same person in the same role."""
    kept = [one for one in known.made if _signed(one) != (statement.role, statement.principal)]
    contents: Mapping[str, str] = {**known.contents, statement.content: content}
    return Signatures((*kept, said), dict(contents))


def _signed(one: Signature) -> tuple[str, str]:
    try:
        statement = read_statement(one.statement)
    except Malformed:
        return "", ""
    return statement.role, statement.principal
