"""Sign-offs in a project: whose list of signers counts, which documents are looked at, who signs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Unreadable, decode, read
from twiceshy.adapters.ssh import SshKeygen, signing_key
from twiceshy.errors import UsageError
from twiceshy.jobs.signing import verifying
from twiceshy.jobs.signing.approvals import Approval, read_approvals, sign_offs
from twiceshy.jobs.signing.judging import Subject, Terms
from twiceshy.jobs.signing.sidecar import ENDING, read_sidecar, sidecar_of
from twiceshy.jobs.signing.signers import FILE, REVOKED, Signers, read_signers
from twiceshy.jobs.signing.signing import Author, sign
from twiceshy.jobs.signing.statement import Malformed
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.markdown.signoffs import blanked, places_of
from twiceshy.model.signoff import Signatures, Signed, Verdicts
from twiceshy.project.terms import RevisionTerms

if TYPE_CHECKING:
    from twiceshy.model.document import Document
    from twiceshy.model.signoff import Place
    from twiceshy.project import Project
    from twiceshy.project.library import Library

_SIGN = "<!-- signed:"


class SigningTerms:
    """Who may sign here: what `base` (a revision) says if one is given, else the working tree.

    A key that is revoked in either of them is revoked. Raises GitError, and ConfigurationError if the settings of the
    base are wrong.
    """

    def __init__(self, library: Library, base: str = "") -> None:
        self._library = library
        self._base = library.git.resolve(base) if base else ""
        self._terms = RevisionTerms(library, self._base) if base else None
        self.keys = SshKeygen()

    @cached_property
    def signers(self) -> Signers:
        """Everybody who may sign. Raises UsageError if the list cannot be read."""
        raw = self._library.git.blob(self._base, FILE) if self._base else self._raw(FILE)
        try:
            return read_signers(decode(raw or b""))
        except Unreadable as error:
            raise UsageError(f"{FILE} cannot be read: {error}", "it must be UTF-8 text") from error

    @cached_property
    def terms(self) -> Terms:
        """By what signatures are judged."""
        found = [self._raw(REVOKED), self._library.git.blob(self._base, REVOKED) if self._base else None]
        return Terms(self.signers, tuple(dict.fromkeys(raw for raw in found if raw is not None)))

    def parts_of(self, path: str, text: str) -> tuple[Document, list[Place]]:
        """A document, and the places in it that do not belong to what is signed; the base says what words mean."""
        page = (self._terms or self._library).page_of(path, text)
        return page.document, places_of(page.document, page.aliases)

    def content_at(self, revision: str, path: str) -> str | None:
        """A document's content at a commit, without its sign-offs; None if either is not here."""
        raw = self._library.git.blob(revision, path) if revision.isalnum() else None
        try:
            document, places = self.parts_of(path, decode(raw)) if raw is not None else (None, [])
        except Unreadable:
            return None
        return blanked(document.text, places) if document else None

    def _raw(self, name: str) -> bytes | None:
        place = self._library.absolute(name)
        if not os.path.isfile(place):
            return None
        try:
            with open(place, "rb") as file:
                return file.read()
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {(error.strerror or '').lower()}", "allow reading it") from error


def sign_document(library: Project, role: str, path: str, *, key: str = "", name: str = "") -> Signed:
    """Sign the document at `path` in a role. Raises UsageError, SshError, ChangedMeanwhile."""
    key = key or signing_key(library.root)
    if not key:
        raise UsageError(
            "which key?", "say --key ~/.ssh/id_ed25519, or let git sign by SSH: git config user.signingkey"
        )
    who, _, mail = library.git.author().rpartition(" <")
    author = Author(os.path.expanduser(key), name or who, mail.rstrip(">"), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    terms = SigningTerms(library)
    return sign(library, terms.keys, terms.terms, author, (role, library.place.inside(path)))


def allowed_signers(terms: SigningTerms, role: str) -> str:
    """The allowed_signers file of a role, for ssh-keygen itself. Raises UsageError if nobody has that role."""
    name = signing_role(role.replace("-", " "))
    if not (found := terms.signers.allowed(name)):
        raise UsageError(f"nobody may sign as {role!r}", f"look at {FILE}")
    return found


def verify_documents(
    library: Project, paths: Iterable[str], terms: SigningTerms, asked: tuple[Sequence[str], str] = ((), "")
) -> list[Verdicts]:
    """What is known of the sign-offs of these documents, of all that have any if none is named.

    `asked` are the roles that must have signed off, and the path of an export of pull requests. Raises UsageError.
    """
    roles, approvals = asked
    approved = _approvals(approvals) if approvals else []
    named = [library.relative(path) for path in paths]
    for path in named:
        if not os.path.isfile(library.absolute(path)):
            raise UsageError(f"{path} is not there", "name documents")
    found = [_verified(library, path, terms, approved) for path in named or _signed_documents(library)]
    return [verifying.required(told, roles) for told in found]


def _signed_documents(library: Project) -> Iterator[str]:
    """Every record, every document that has signatures beside it (there or not), and every one that says it has."""
    beside = {path.removesuffix(ENDING) for path in library.git.files() if path.endswith(ENDING)}
    records = {card.path for card in library.index.documents() if card.kind == "record"}
    for path in sorted({*beside, *library.document_paths()}):
        if path in beside or path in records or library.is_file(path, _SIGN):
            yield path


def _verified(library: Library, path: str, terms: SigningTerms, approved: Sequence[Approval]) -> Verdicts:
    try:
        text = read(library.absolute(path)).text
    except Unreadable as error:
        return Verdicts(path, "", problem=f"the document cannot be read: {error}")
    document, places = terms.parts_of(path, text)
    try:
        place = library.absolute(sidecar_of(path))
        made = read_sidecar(read(place).text) if os.path.lexists(place) else Signatures()
        problem = ""
    except (Malformed, Unreadable) as error:
        made, problem = Signatures(), f"{sidecar_of(path)} cannot be read: {error}"
    subject = Subject(path, blanked(text, places), made.contents)
    known = verifying.known_of(made, subject, terms.terms, terms.keys)
    told = verifying.verdicts(document, places, subject, known)
    by_pulls = sign_offs(approved, path, subject.content, terms.signers, terms)
    return replace(told, sign_offs=(*told.sign_offs, *by_pulls), problem=problem)


def _approvals(path: str) -> list[Approval]:
    try:
        return read_approvals(read(path).text)
    except (Malformed, Unreadable) as error:
        hint = "make it with: gh pr view N --json number,url,headRefOid,mergeCommit,reviews"
        raise UsageError(f"{path} holds no approvals: {error}", hint) from error
