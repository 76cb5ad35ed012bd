"""What became of one signature: whose it is, whether that person may sign, and whether the document is the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from twiceshy.jobs.signing.armour import Opened, fingerprint, opened
from twiceshy.jobs.signing.difference import counted, difference
from twiceshy.jobs.signing.signers import FILE, REVOKED, Signer, Signers
from twiceshy.jobs.signing.statement import Malformed, digest_of, read_statement
from twiceshy.model.signoff import NAMESPACE, Signature, SignOff, Statement


class Keys(Protocol):
    """What judging needs of ssh-keygen."""

    def refusal(self, allowed: str, principal: str, said: Signature, revoked: bytes | None = None) -> str:
        """Why a signature is not one that `allowed` (an allowed_signers file) lets `principal` make, "" if it is."""

    def matches(self, said: Signature) -> bool:
        """Whether a signature is one of its statement, whoever made it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """By what signatures are judged: who may sign, and the lists of keys that must not be believed any more."""

    signers: Signers
    revoked: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: where a document stands, its content without sign-offs, and texts signed earlier by hash."""

    path: str
    content: str
    kept: dict[str, str]


def judged(said: Signature, subject: Subject, terms: Terms, keys: Keys) -> SignOff:
    """What a signature is worth for a document."""
    try:
        statement = read_statement(said.statement)
    except Malformed as error:
        return SignOff("?", "unreadable", "ssh", why=f"a signature says nothing: {error}")
    told = SignOff(
        statement.role, "verified", "ssh", by=statement.name, principal=statement.principal, time=statement.time
    )
    try:
        made = opened(said.armour)
        told = replace(told, key=fingerprint(made.key))
        if made.namespace != NAMESPACE:
            raise Malformed(f"it was made for {made.namespace!r}")
    except Malformed as error:
        return replace(told, state="unreadable", why=f"the signature cannot be used: {error}")
    state, why = _standing(said, statement, made, terms, keys)
    if state == "verified" and statement.content != digest_of(subject.content):
        return _compared(told, statement, subject)
    return replace(told, state=state, why=why)


def revocation(said: Signature, who: str, allowed: str, terms: Terms, keys: Keys) -> str:
    """Why the lists of revoked keys speak against a signature that would count, "" if they do not."""
    told = (keys.refusal(allowed, who, said, revoked) for revoked in terms.revoked)
    return next((f"refused by {REVOKED}: {why}" for why in told if why), "")


def _standing(said: Signature, statement: Statement, made: Opened, terms: Terms, keys: Keys) -> tuple[str, str]:
    """Whether the person it names has signed that, and may."""
    who, role = statement.principal, statement.role
    allowed = terms.signers.allowed(role)
    refused = keys.refusal(allowed, who, said) if allowed else "nobody may"
    if not refused:
        if why := revocation(said, who, allowed, terms, keys):
            return "revoked", why
        return "verified", ""
    if not keys.matches(said):
        return "tampered", "the signature is not one of what it is said to sign"
    lines = terms.signers.authorities() if made.is_certificate else terms.signers.by_key(made.key)
    own = [one for one in lines if one.is_called(who)]
    if any(role in one.roles for one in own):
        if not keys.refusal(terms.signers.allowed(role, timeless=True), who, said):
            return "expired", f"{FILE} does not let this key count today"
        return "not-a-signer", f"ssh-keygen refuses it: {refused}"
    if own:
        return "not-this-role", f"{who} may sign as {_roles(own)}, not as {role}"
    if lines:
        return "other-key", f"this is not the key of {who}, but of {lines[0].principals}"
    if any(one.key and one.is_called(who) for one in terms.signers.listed):
        return "other-key", f"{FILE} has another key for {who}"
    return "not-a-signer", f"{who} is not in {FILE}"


def _roles(lines: list[Signer]) -> str:
    return ", ".join(sorted(frozenset().union(*(one.roles for one in lines))))


def _compared(told: SignOff, statement: Statement, subject: Subject) -> SignOff:
    """A good signature of another text: of an earlier version, or of another document."""
    signed = subject.kept.get(statement.content)
    differs = difference(signed, subject.content) if signed is not None else None
    lines = f"({counted(differs)})" if differs else "(its text is not kept, so nobody knows what differs)"
    if statement.document != subject.path:
        why = f"signed {statement.document}, which reads otherwise {lines}"
        return replace(told, state="other-document", why=why, differs=differs)
    return replace(told, state="earlier", why=f"signed an earlier version {lines}", differs=differs)
