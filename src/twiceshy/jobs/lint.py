"""lint: what is wrong with these documents?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from twiceshy.guards._suppress import suppressions_in
from twiceshy.jobs.check import SUPPRESSION_SHAPE
from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic, Report, Unread
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location
from twiceshy.rules import RULES


def lint(
    pages: Iterable[Page], around: Surroundings, *, unread: Iterable[Unread] = (), marks: Iterable[Diagnostic] = ()
) -> Report:
    """Run every rule on every page; `marks` are findings about suppressions in code (`bad_suppressions`)."""
    findings = [*marks]
    count = 0
    for page in pages:
        count += 1
        for rule in RULES.values():
            findings += rule.check(page, around)
    findings.sort(key=lambda d: (d.location.path, d.location.line, d.rule))
    note = f"no problems in {count} document{'s' * (count != 1)}" if not findings else ""
    return Report(tuple(findings), unreadable=tuple(unread), notes=(note,) if note else ())


def bad_suppressions(path: str, text: str, today: date) -> list[Diagnostic]:
    """An error for each suppression comment in `text` without id, reason or valid date, a warning if it has expired."""
    findings = []
    for mark in suppressions_in(text):
        place = Location(path, mark.line, mark.line)
        if mark.problems:
            said = "; ".join(mark.problems)
            findings.append(Diagnostic("bad-suppression", "error", said, place, instead=SUPPRESSION_SHAPE))
        elif mark.until < today.isoformat():
            said = f"the suppression of {', '.join(mark.ids)} expired on {mark.until}"
            hint = "take it out, or decide again with a new date"
            findings.append(Diagnostic("expired-suppression", "warn", said, place, instead=hint))
    return findings
