"""Figures from what files say: a number that cannot be true becomes `unknown`, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, TypedDict, Unpack

from twiceshy.model.evidence import KNOWN, NONE, QUOTED, UNKNOWN, Evidence, Provenance, percent

_DIGITS = 15  # no result file counts further, and a longer number is an accident or an attack
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_LONGEST = 300


class More(TypedDict, total=False):
    """What a figure may say beyond its name and value."""

    unit: str
    about: str
    place: str
    whole: str


def count_of(value: object) -> int | None:
    """A whole number that is not negative, from a number or its digits; None for anything else."""
    number = measure_of(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def measure_of(value: object) -> Decimal | None:
    """A finite number that is not negative, from a number or its text; None for anything else."""
    if isinstance(value, str):
        value = value.strip()
        if len(value) > 40 or not _NUMBER.fullmatch(value):
            return None
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    if not number.is_finite() or number < 0 or number.adjusted() > _DIGITS or number.adjusted() < -30:
        return Decimal(0) if number.is_zero() else None
    return number


def counted(name: str, value: int, provenance: Provenance, of: int | None, **more: Unpack[More]) -> Evidence:
    """`value` of `of` things that were looked at: `none` if it is zero, `unknown` if nothing was looked at.

    `of` is None where there is no whole; a zero is then `unknown`, because nobody can say zero of what.
    """
    if value:
        return Evidence(name, value, provenance, KNOWN, denominator=of, **_clean(more))
    if of:
        return Evidence(name, 0, provenance, NONE, denominator=of, **_clean(more))
    why = "zero of zero" if of == 0 else "zero, and it is not said of how many"
    return unknown(name, f"{why}: nothing shows that anything was looked at", provenance, **_clean(more))


def shared(name: str, part: int, of: int, provenance: Provenance, **more: Unpack[More]) -> Evidence:
    """The percentage that `part` is `of` a whole, computed from the two; `unknown` where that says nothing."""
    more = _clean(more)
    more["unit"] = "%"
    if not of:
        return unknown(name, "of nothing: there is nothing to compute a share of", provenance, **more)
    if not 0 <= part <= of:
        return unknown(name, f"{part} of {of} contradict each other", provenance, **more)
    return Evidence(name, percent(part, of), provenance, denominator=of, **more)


def measured(name: str, value: object, provenance: Provenance, **more: Unpack[More]) -> Evidence:
    """A measurement; `unknown` if it is no finite number or below zero."""
    number = measure_of(value)
    if number is None:
        shown = "nothing" if value is None else text_of(value, 40) or "nothing"
        return unknown(name, f"there is {shown} where a number was looked for", provenance, **_clean(more))
    return Evidence(name, number, provenance, **_clean(more))


def quoted(name: str, value: object, provenance: Provenance, **more: Unpack[More]) -> Iterator[Evidence]:
    """A text as the file has it, on one line and capped; nothing if there is none."""
    text = text_of(value)
    if text:
        yield Evidence(name, text, provenance, QUOTED, **_clean(more))


def unknown(name: str, reason: str, provenance: Provenance, **more: Unpack[More]) -> Evidence:
    """What is not known, with what was looked for."""
    return Evidence(name, None, provenance, UNKNOWN, reason=text_of(reason), **_clean(more))


def text_of(value: object, longest: int = _LONGEST) -> str:
    """A value from a file as one line of text without control characters, cut to `longest` characters."""
    if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
        return ""
    text = " ".join(_CONTROL.sub(" ", str(value)[: 4 * longest]).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def listed(names: Iterable[Any], limit: int = 20) -> str:
    """Names in their order without repeats, with commas; those beyond `limit` are counted."""
    kept = list(dict.fromkeys(text for name in names if (text := text_of(name, 120))))
    rest = len(kept) - limit
    return ", ".join(kept[:limit]) + (f" and {rest} more" if rest > 0 else "")


def _clean(more: More) -> More:
    kept = more.copy()
    if "about" in kept:
        kept["about"] = text_of(kept["about"], 200)
    return kept
