"""Known vulnerabilities, whoever looked for them: the same figures from every scanner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from twiceshy.evidence._figures import counted, measure_of, text_of, unknown
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

CRITICAL, HIGH, MEDIUM, LOW, UNRATED = SEVERITIES = ("critical", "high", "medium", "low", "unrated")
_WORDS = {word: word for word in (CRITICAL, HIGH, MEDIUM, LOW)} | {"moderate": MEDIUM, "info": LOW, "none": LOW}
_UNIT = "vulnerabilities"
_SHOWN = 50  # vulnerabilities that are named; all are counted


class Vulnerability(NamedTuple):
    """A known weakness of one package: its id, the package with its version, how bad, whether a release mends it."""

    name: str
    package: str
    severity: str = UNRATED
    fix: str = ""
    place: str = ""


def severity_of(word: object) -> str:
    """One of our five words for what a scanner calls a severity."""
    return _WORDS.get(word.lower(), UNRATED) if isinstance(word, str) else UNRATED


def severity_of_score(score: object) -> str:
    """The rating of a CVSS score, by the bands of CVSS v3.1 (section 5): 9, 7, 4."""
    number = measure_of(score)
    if number is None or number > 10:
        return UNRATED
    return CRITICAL if number >= 9 else HIGH if number >= 7 else MEDIUM if number >= 4 else LOW


def vulnerabilities(
    found: Iterable[Vulnerability], audited: int | None, provenance: Provenance, why: str = "", *, fixes: bool = True
) -> Iterator[Evidence]:
    """The figures of a scan of `audited` packages; None if it is not said how many, or `why` if it said nothing.

    `fixes` says whether the scanner tells what mends them. One weakness of one package counts once, however often it is
    listed.
    """
    distinct = list({(one.name, one.package): one for one in found}.values())
    if why and not distinct:
        for name in ("found", *SEVERITIES):
            yield unknown(f"vulnerabilities.{name}", why, provenance, unit=_UNIT)
        yield unknown("packages.vulnerable", why, provenance, unit="packages")
        return
    total = len(distinct)
    yield counted("vulnerabilities.found", total, provenance, audited, unit=_UNIT, whole="packages")
    unrated = sum(one.severity == UNRATED for one in distinct)
    for severity in SEVERITIES:
        number = sum(one.severity == severity for one in distinct)
        if not number and unrated:
            why = f"severities were looked for: {unrated} of {total} have none"
            yield unknown(f"vulnerabilities.{severity}", why, provenance, unit=_UNIT)
        else:
            whole = "" if total else "packages"
            yield counted(f"vulnerabilities.{severity}", number, provenance, total or audited, unit=_UNIT, whole=whole)
    if total and fixes:
        fixable = sum(bool(one.fix) for one in distinct)
        yield counted("vulnerabilities.fixable", fixable, provenance, total, unit=_UNIT)
    packages = len({one.package for one in distinct})
    yield counted("packages.vulnerable", packages, provenance, audited, unit="packages")
    for one in distinct[:_SHOWN]:
        fix = f", mended in {one.fix}" if one.fix else ""
        text = text_of(f"{one.name} in {one.package} ({one.severity}{fix})")
        yield Evidence("vulnerabilities.named", text, provenance, QUOTED, place=one.place)


def audited_and_skipped(audited: int, skipped: Iterable[str], provenance: Provenance) -> Iterator[Evidence]:
    """How many packages a scan looked at, and which it left out."""
    left_out = list(skipped)
    total = audited + len(left_out)
    yield counted("dependencies.audited", audited, provenance, total, unit="packages")
    yield counted("dependencies.skipped", len(left_out), provenance, total, unit="packages")
    for one in left_out[:_SHOWN]:
        yield Evidence("dependencies.skipped-because", text_of(one), provenance, QUOTED)
