"""The comment that lets a blocked line through for a while, as it would be written there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from twiceshy.guards._languages import LANGUAGES, language_of
from twiceshy.guards._suppress import MARK
from twiceshy.model.diagnostic import Report

_HOLDS = timedelta(days=91)  # three months
_CLOSERS = {"<!--": " -->", "/*": " */"}


def offers(report: Report, today: date) -> Iterator[str]:
    """For each guard that blocks, the comment to write where it fired first; the reason is left to the person."""
    told = set()
    for finding in report.findings:
        if not finding.is_guard or finding.level != "block" or finding.rule in told:
            continue
        told.add(finding.rule)
        path = finding.location.path
        said = f"{MARK}{finding.rule}] until={today + _HOLDS} …"
        yield f"right all the same? {path}:{finding.location.line} may have the comment: {_comment(path, said)}"


def _comment(path: str, said: str) -> str:
    """`said` as a comment in the language of a file; bare if nobody knows how that looks."""
    language = language_of(path)
    starts = LANGUAGES[language][1] if language else ()
    start = "/*" if language == "css" else starts[0] if starts else ""
    return f"{start} {said}{_CLOSERS.get(start, '')}".strip()
