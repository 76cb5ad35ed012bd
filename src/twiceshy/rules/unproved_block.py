"""unproved-block: a guard wants to block and has not shown that it may.

`level: block` holds only for a guard that fires on the commit that made the mistake (`culprit`), stays silent on the
one that corrected it (`fix`), speaks at most twice per 1,000 commits of the past, and of whose fires somebody looked at
ten and found seven right. `twiceshy backtest GUARD --judge` finds that out and writes it to `.twiceshy/proofs/`. It
holds for this very guard: change what it fires on, and it is to be proved anew. Until then it speaks as `warn`.
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Diagnostic
from twiceshy.model.ports import Surroundings
from twiceshy.model.text import Location


def check(page: Page, around: Surroundings) -> Iterator[Diagnostic]:
    """One warning for each blocking guard without proof, with what is wanting."""
    for lesson in page.lessons:
        for guard in lesson.guards:
            if guard.level == "block" and lesson.status == "active" and (reason := around.proof(guard)):
                place = Location(guard.path, guard.line, guard.line)
                said = f"{guard.id} speaks as warn, not block: {reason}"
                hint = f"twiceshy backtest {guard.id} --judge proves it; or set level: warn"
                yield Diagnostic("unproved-block", "warn", said, place, instead=hint, lesson=lesson.id)
