"""Proofs: what lets guards block, read from the working tree or from the revisions that judge a change."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from twiceshy.adapters.files import Source, Unreadable, read
from twiceshy.errors import UsageError
from twiceshy.jobs._proof_file import Malformed, proof_path, read_proof, written
from twiceshy.jobs.proof import UNKNOWN, refusal, rerun

if TYPE_CHECKING:
    from twiceshy.model.guard import Guard
    from twiceshy.model.proof import Proof
    from twiceshy.project.library import Library


class Proofs:
    """The proofs of one working tree; what a file says is looked at anew by each command, so nothing goes stale."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._refusals: dict[tuple[str, ...], str] = {}

    def forget(self) -> None:
        """Look at everything anew."""
        self._refusals.clear()

    def level(self, guard: Guard) -> str:
        """How loud a guard that wants to block may speak."""
        return "warn" if self.refusal(guard) else "block"

    def refusal(self, guard: Guard) -> str:
        """Why `guard` may not block, "" if it may; starts with UNKNOWN where another clone could tell."""
        key = guard.id, guard.digest, guard.culprit, guard.fix
        if key not in self._refusals:
            self._refusals[key] = refusal(guard, self._raw(guard.id)) or self._rerun(guard)
        return self._refusals[key]

    def read(self, guard: Guard) -> Proof | None:
        """The proof of this very guard in the working tree, None if there is none that can be used."""
        try:
            proof = read_proof(self._raw(guard.id) or b"")
        except Malformed:
            return None
        return proof if (proof.guard, proof.digest) == (guard.id, guard.digest) else None

    def keep(self, proof: Proof) -> str:
        """Write a proof into the working tree; gives back its path.

        Raises CannotWrite, ChangedMeanwhile, and UsageError where something stands that is no proof.
        """
        path, text = proof_path(proof.guard), written(proof)
        known = self.writable(proof.guard)
        if known is None or known.text != text:
            self._library.write(path, text, known.sha256 if known else None)
        self._refusals.clear()
        return path

    def writable(self, ident: str) -> Source | None:
        """The proof file of a guard as it is, None if there is none. Raises UsageError if it cannot be read as one.

        People's verdicts may be in a file that a merge left in conflict: it is for them to mend.
        """
        path = proof_path(ident)
        try:
            known = self._source(path)
            if known:
                read_proof(known.text.encode())
        except (Unreadable, Malformed) as error:
            raise UsageError(f"{path} is not a proof: {error}", "mend it, or delete it to judge anew") from error
        return known

    def _raw(self, ident: str) -> bytes | None:
        """The bytes of a proof file, None if there is none; nothing at all where it cannot be read."""
        path = proof_path(ident)
        try:
            source = self._source(path)
        except Unreadable:
            return b""
        return source.text.encode() if source else None

    def _source(self, path: str) -> Source | None:
        place = self._library.absolute(path)
        return read(place) if os.path.lexists(place) else None

    def _rerun(self, guard: Guard) -> str:
        """What its own commits say, which the index remembers, because commits do not change."""
        index = self._library.index
        known = index.proof(guard)
        if known is None:
            known = rerun(guard, self._library.git)
            if not known.startswith(UNKNOWN) and not self._library.git.shallow:
                with contextlib.suppress(sqlite3.OperationalError):
                    index.keep_proof(guard, known)
        return known
