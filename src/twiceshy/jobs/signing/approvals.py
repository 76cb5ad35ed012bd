"""Who approved a pull request, and which version of it: from what `gh pr view --json` exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

from twiceshy.jobs.signing.difference import counted, difference
from twiceshy.jobs.signing.signers import Signers
from twiceshy.jobs.signing.statement import Malformed
from twiceshy.model.signoff import SignOff

_FORMAL = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")


class Approval(NamedTuple):
    """A person's last word on a pull request: on which commit, and which commits the merge took and made."""

    login: str
    time: str
    commit: str
    head: str
    merge: str
    where: str


class Past(Protocol):
    """What approvals need of a repository."""

    def content_at(self, revision: str, path: str) -> str | None:
        """A document's content at a commit, without its sign-offs; None if either is not here."""


def read_approvals(text: str) -> list[Approval]:
    """The approvals in an export, one object or a list of them. Raises Malformed.

    Asked for are `number,url,headRefOid,mergeCommit,reviews`. Of each person the last approval, refusal or dismissal
    counts; a comment takes nothing back.
    """
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Malformed("it is not JSON") from error
    pulls = found if isinstance(found, list) else [found]
    if not all(isinstance(pull, dict) and isinstance(pull.get("reviews"), list) for pull in pulls):
        raise Malformed("it holds no reviews: export number,url,headRefOid,mergeCommit,reviews")
    return [approval for pull in pulls for approval in _approved(pull)]


def sign_offs(
    approvals: Iterable[Approval], path: str, content: str, signers: Signers, past: Past
) -> Iterator[SignOff]:
    """What approvals are worth as sign-offs of the document at `path`, for each role that the person has."""
    for approval in approvals:
        for role in sorted(signers.approver_roles(approval.login)):
            told = SignOff(role, "approved", "approval", by=approval.login, time=approval.time, why=approval.where)
            yield _judged(told, approval, content, past, path)


def _judged(told: SignOff, approval: Approval, content: str, past: Past, path: str) -> SignOff:
    from dataclasses import replace

    if not approval.merge:
        return replace(told, state="not-merged", why=f"{approval.where} is not merged")
    if not approval.commit or approval.commit != approval.head:
        then = past.content_at(approval.commit, path) if approval.commit else None
        differs = difference(then, content) if then is not None and then != content else None
        lines = f" ({counted(differs)})" if differs else ""
        why = f"approved an earlier version of {approval.where}{lines}"
        return replace(told, state="approved-earlier", why=why, differs=differs)
    merged = [past.content_at(revision, path) for revision in (approval.head, approval.merge)]
    then = next((one for one in merged if one is not None), None)
    if then is None:
        return replace(told, state="unknown", why=f"the document as {approval.where} merged it is not here")
    if then != content:
        differs = difference(then, content)
        why = f"approved an earlier version ({counted(differs)} since {approval.where})"
        return replace(told, state="approved-earlier", why=why, differs=differs)
    return told


def _approved(pull: dict[str, Any]) -> Iterator[Approval]:
    last: dict[str, dict[str, Any]] = {}
    for review in sorted(filter(_is_formal, pull["reviews"]), key=lambda review: str(review.get("submittedAt", ""))):
        last[_text(review["author"], "login")] = review
    head, merge = _text(pull, "headRefOid"), _text(pull.get("mergeCommit"), "oid")
    where = _text(pull, "url") or f"#{pull.get('number', '?')}"
    for login, review in last.items():
        if review["state"] == "APPROVED":
            yield Approval(login, _text(review, "submittedAt"), _text(review.get("commit"), "oid"), head, merge, where)


def _is_formal(review: object) -> bool:
    return isinstance(review, dict) and review.get("state") in _FORMAL and bool(_text(review.get("author"), "login"))


def _text(values: object, key: str) -> str:
    """A short text of an object that came from outside, "" for anything else."""
    value = values.get(key) if isinstance(values, dict) else None
    return value[:300] if isinstance(value, str) and value.isprintable() else ""
