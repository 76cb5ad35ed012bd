"""verify: what each place for a sign-off says, and what of it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twiceshy.jobs.signing.judging import Keys, Subject, Terms, judged
from twiceshy.jobs.signing.statement import digest_of, ident_of
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.markdown.signoffs import is_ticked, said_in, shows, stray_marks
from twiceshy.model.document import Document
from twiceshy.model.signoff import GOOD, Place, Shown, Signatures, SignOff, Verdicts

_CLAIM = 120
_STRAY = "a mark of a signature where nobody signs off"


def verdicts(
    document: Document, places: Sequence[Place], subject: Subject, known: Sequence[tuple[str, SignOff]]
) -> Verdicts:
    """What is known of every place in a document, then of every other signature and mark.

    `known` are its judged signatures, each with its id.
    """
    found: list[SignOff] = []
    left = list(known)
    for place in places:
        here = _shown_in(document.text, place, left)
        if here:
            left.remove(here)
        found.append(_at(here[1] if here else _typed(document.text, place), place))
    found = [_unshown(one, left) if one.state in ("open", "claimed") else one for one in found]
    marks = [SignOff("?", "unsigned", line=line, why=_STRAY) for line in stray_marks(document, places)]
    found += [_homeless(told) if told.state in GOOD else told for _, told in left]
    return Verdicts(subject.path, digest_of(subject.content), (*found, *marks))


def known_of(signatures: Signatures, subject: Subject, terms: Terms, keys: Keys) -> list[tuple[str, SignOff]]:
    """Every signature, judged, with the id under which a document shows it."""
    return [(ident_of(said.statement), judged(said, subject, terms, keys)) for said in signatures.made]


def required(told: Verdicts, roles: Iterable[str]) -> Verdicts:
    """The same, with those of these roles that nobody has signed off."""
    there = {one.role for one in told.sign_offs if one.state in GOOD}
    wanted = dict.fromkeys(signing_role(role.replace("-", " ")) for role in roles)
    return replace(told, lacking=tuple(role for role in wanted if role not in there))


def _shown_in(text: str, place: Place, known: Sequence[tuple[str, SignOff]]) -> tuple[str, SignOff] | None:
    """The signature that a place shows, if it shows one."""
    for ident, told in known:
        shown = Shown(told.by, told.principal, told.time[:10], ident)
        if told.role == place.role and shows(text, place, shown):
            return ident, told
    return None


def _unshown(place: SignOff, left: list[tuple[str, SignOff]]) -> SignOff:
    """A place that could show a signature and does not, with what that signature says; it is then taken."""
    one = next((one for one in left if one[1].role == place.role and one[1].state in GOOD), None)
    if not one:
        return place
    left.remove(one)
    return replace(one[1], label=place.label, line=place.line, why="the document does not show it: sign it again")


def _at(told: SignOff, place: Place) -> SignOff:
    return replace(told, label=place.label, line=place.line)


def _typed(text: str, place: Place) -> SignOff:
    """What a person typed into a place: nothing of it is believed."""
    said = " ".join(said_in(text, place).split())[:_CLAIM]
    if is_ticked(text, place):
        return SignOff(place.role, "unsigned", by=said, why="a tick without a signature")
    if said:
        return SignOff(place.role, "claimed", by=said, why="claimed, not verified")
    return SignOff(place.role, "open")


def _homeless(told: SignOff) -> SignOff:
    return replace(told, why=f"the document does not show it where {told.role} signs off")
