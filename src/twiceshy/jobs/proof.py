"""proof: may this guard block? Only with a proof of this very guard, ticked by a named person, that still holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from twiceshy.errors import TwiceshyError
from twiceshy.guards import fires, validate
from twiceshy.jobs._proof_file import Malformed, read_proof
from twiceshy.model.change import Change, ChangedFile
from twiceshy.model.guard import Guard
from twiceshy.model.proof import Proof

UNKNOWN = "unknown: "
TO_JUDGE, MOST_PER_1000, RIGHT = 10, 2, 0.7


class Commits(Protocol):
    """The part of a repository that this job reads."""

    @property
    def shallow(self) -> bool:
        """Whether a part of the history is known to be missing."""

    def has(self, revision: str) -> bool:
        """Whether the commit is in this history."""

    def diff_commit(self, revision: str) -> Iterable[ChangedFile]:
        """What the commit changed against its first parent."""


def refusal(guard: Guard, raw: bytes | None) -> str:
    """Why `guard` may not block with the proof file `raw` (None: there is none), "" if that says it may.

    The limits are FORMAT.md's: at most 2 fires per 1,000 commits, where a history with fewer commits counts as 1,000,
    and at least 7 of 10 ticked true.
    """
    if not guard.culprit or not guard.fix:
        return f"it names no {'culprit' if not guard.culprit else 'fix'} commit"
    if raw is None:
        return "it has no proof"
    try:
        proof = read_proof(raw)
    except Malformed as error:
        return f"its proof cannot be read: {error}"
    if proof.guard != guard.id:
        return f"its proof is of another guard, {proof.guard}"
    if not guard.digest or proof.digest != guard.digest:
        return "its proof is of another version of it"
    return _too_noisy(proof) or _too_wrong(proof)


def _too_noisy(proof: Proof) -> str:
    if not proof.culprit_caught:
        return "its proof says that it is silent on its culprit"
    if not proof.fix_silent:
        return "its proof says that it fires on its fix"
    if proof.fires * 1000 > MOST_PER_1000 * max(proof.commits, 1000):
        told = f"{proof.fires:,} of {proof.commits:,} commits"
        return f"it fires on {told}, which is more than {MOST_PER_1000} per 1,000"
    return ""


def _too_wrong(proof: Proof) -> str:
    needed = min(TO_JUDGE, proof.fires)
    judged, right = len(proof.judged), proof.right
    if judged < needed or not judged:
        return f"only {judged} of {max(needed, 1)} fires are judged"
    if right < RIGHT * judged:
        return f"only {right} of {judged} fires were found right, of 10 it takes 7"
    return ""


def rerun(guard: Guard, commits: Commits) -> str:
    """Why what `guard` says about its own culprit and fix refuses it, "" if nothing does.

    Starts with UNKNOWN where another clone could tell; what a shallow one lacks, the proof has to answer for.
    """
    try:
        validate(guard)
        for name, commit, must in (("culprit", guard.culprit, True), ("fix", guard.fix, False)):
            if not commits.has(commit):
                if commits.shallow:
                    continue
                return f"{UNKNOWN}its {name} {commit} is not in this history"
            if any(True for _ in fires(guard, Change(commits.diff_commit(commit)))) != must:
                return f"it {'is silent on its culprit' if must else 'fires on its fix'} {commit}"
    except TwiceshyError as error:
        return f"{UNKNOWN}{error.message}"
    return ""


def speaks_on(guard: Guard, revision: str, commits: Commits) -> bool | None:
    """Whether `guard` has something to say about a commit; None if none is named, or it cannot be looked at."""
    if not revision or not commits.has(revision):
        return None
    try:
        return any(True for _ in fires(guard, Change(commits.diff_commit(revision))))
    except TwiceshyError:
        return None
