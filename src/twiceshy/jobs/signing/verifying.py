"""verify: what each place for a sign-off says, and what of it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from twiceshy.jobs.signing.judging import Keys, Subject, Terms, judged
from twiceshy.jobs.signing.statement import digest_of, ident_of
from twiceshy.markdown.signing_roles import signing_role
from twiceshy.markdown.signoffs import is_ticked, said_in, shows
from twiceshy.model.signoff import GOOD, Place, Shown, Signatures, SignOff, Verdicts

_CLAIM = 120


def verdicts(
    text: str,
    places: Sequence[Place],
    subject: Subject,
    known: Sequence[tuple[str, SignOff]],
    approved: Sequence[SignOff],
) -> Verdicts:
    """What is known of every place in a document's text, then of every other signature and approval.

    `known` are its judged signatures, each with its id; `approved` what pull requests add.
    """
    found: list[SignOff] = []
    left = list(known)
    for place in places:
        shown = next((one for one in left if one[1].role == place.role and _is_shown(text, place, one)), None)
        if shown is None and not is_ticked(text, place):
            shown = next((one for one in left if one[1].role == place.role and one[1].state in GOOD), None)
            if shown:
                told = replace(shown[1], why="the document does not show it: sign it again")
                left.remove(shown)
                found.append(_at(told, place))
                continue
        if shown:
            left.remove(shown)
            found.append(_at(shown[1], place))
        else:
            found.append(_at(_typed(text, place), place))
    found += [told if _has_place(told, places) else _homeless(told) for _, told in left]
    return Verdicts(subject.path, digest_of(subject.content), (*found, *approved))


def known_of(signatures: Signatures, subject: Subject, terms: Terms, keys: Keys) -> list[tuple[str, SignOff]]:
    """Every signature, judged, with the id under which a document shows it."""
    return [(ident_of(said.statement), judged(said, subject, terms, keys)) for said in signatures.made]


def required(told: Verdicts, roles: Iterable[str]) -> Verdicts:
    """The same, with those of these roles that nobody has signed off."""
    there = {one.role for one in told.sign_offs if one.state in GOOD}
    wanted = dict.fromkeys(signing_role(role.replace("-", " ")) for role in roles)
    return replace(told, lacking=tuple(role for role in wanted if role not in there))


def _is_shown(text: str, place: Place, known: tuple[str, SignOff]) -> bool:
    ident, told = known
    return shows(text, place, Shown(told.by, told.principal, told.time[:10], ident))


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


def _has_place(told: SignOff, places: Sequence[Place]) -> bool:
    return told.state != "verified" or any(place.role == told.role for place in places)


def _homeless(told: SignOff) -> SignOff:
    return replace(told, why=f"the document has no place where {told.role} signs off")
