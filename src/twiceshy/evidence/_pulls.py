"""Changes that people proposed, whichever forge tells of them: the same figures from all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twiceshy.evidence._figures import counted, shared, text_of, unknown
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

MERGED, CLOSED, OPEN = "merged", "closed", "open"
_UNIT = "pull requests"
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Pull:
    """One proposed change; `reviewers` and `approvers` are people other than its author, None if nobody says.

    `at_head` are those who approved what was merged, None where an approval names no commit. `reviews` and `objections`
    count what they gave, None where that is not told.
    """

    number: str
    title: str
    state: str
    author: str
    is_bot: bool
    place: str
    reviewers: frozenset[str] | None = None
    approvers: frozenset[str] | None = None
    at_head: frozenset[str] | None = None
    reviews: int | None = None
    objections: int | None = None
    merged_at: str = ""


def pulls(found: Sequence[Pull], provenance: Provenance) -> Iterator[Evidence]:
    """The figures of an export; what it does not hold is unknown."""
    total = len(found)
    merged = [one for one in found if one.state == MERGED]
    yield counted("pulls.total", total, provenance, total, unit=_UNIT)
    for state in (MERGED, CLOSED, OPEN):
        number = sum(one.state == state for one in found)
        yield counted(f"pulls.{state}", number, provenance, total, unit=_UNIT)
    yield counted("pulls.by-bots", sum(one.is_bot for one in merged), provenance, len(merged), unit=_UNIT)
    yield from _reviewed(merged, provenance)
    for name, numbers in (
        ("total", [one.reviews for one in merged]),
        ("objections", [one.objections for one in merged]),
    ):
        told = [number for number in numbers if number is not None]
        if len(told) < len(numbers):
            why = f"reviews were looked for: {len(numbers) - len(told)} of {len(numbers)} merged ones do not tell them"
            yield unknown(f"reviews.{name}", why, provenance, unit="reviews")
        else:
            yield counted(f"reviews.{name}", sum(told), provenance, len(merged), unit="reviews", whole=_UNIT)
    for one in [one for one in merged if not one.is_bot][:_SHOWN]:
        text = text_of(f"#{one.number} {one.title} ({one.author or 'nobody named'})")
        yield Evidence("pulls.named", text, provenance, QUOTED, about=one.merged_at, place=one.place)


def _reviewed(merged: Sequence[Pull], provenance: Provenance) -> Iterator[Evidence]:
    whole = len(merged)
    for name, values, what in (
        ("reviewed", [one.reviewers for one in merged], "reviews"),
        ("approved", [one.approvers for one in merged], "approvals"),
        ("approved-at-head", [one.at_head for one in merged], "approvals with the commit they are of"),
    ):
        missing = sum(value is None for value in values)
        if missing:
            why = f"{what} were looked for: {missing} of {whole} merged ones in the export have none to tell of"
            yield unknown(f"pulls.{name}", why, provenance, unit=_UNIT)
            if name == "reviewed":
                yield unknown("pulls.review-coverage", why, provenance, unit="%")
            continue
        number = sum(bool(value) for value in values)
        yield counted(f"pulls.{name}", number, provenance, whole, unit=_UNIT)
        if name == "reviewed":
            yield shared("pulls.review-coverage", number, whole, provenance)
