"""examples: do the guards fire on what is bad, stay silent on what is good, and leave each other's advice alone?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from twiceshy.errors import UsageError
from twiceshy.markdown.page import Page
from twiceshy.model.diagnostic import Report
from twiceshy.model.guard import Guard
from twiceshy.model.ports import Surroundings
from twiceshy.rules import broken_guard, contradictory_guard, guard_example

_RULES = (broken_guard, guard_example, contradictory_guard)


def run_examples(pages: Iterable[Page], around: Surroundings, idents: Sequence[str] = ()) -> Report:
    """Run all examples of the guards called `idents`, of every guard if none is named; what fails is a finding.

    Raises UsageError for a name that no readable guard has.
    """
    kept = list(pages)
    guards = [guard for page in kept for lesson in page.lessons for guard in lesson.guards]
    for ident in idents:
        if ident not in {guard.id for guard in guards}:
            raise UsageError(f"there is no guard called {ident!r}", _close(ident, guards))
    chosen = [guard for guard in guards if not idents or guard.id in idents]
    findings = [finding for page in kept for rule in _RULES for finding in rule.check(page, around)]
    if idents:
        places = {(guard.path, guard.line) for guard in chosen}
        findings = [one for one in findings if (one.location.path, one.location.line) in places]
    findings.sort(key=lambda one: (one.location.path, one.location.line, one.rule))
    bad, good = sum(len(guard.bad) for guard in chosen), sum(len(guard.good) for guard in chosen)
    number = len(chosen)
    said = f"{number} guard{'s' * (number != 1)}: {bad} bad and {good} good examples were run"
    return Report(tuple(findings), notes=(said if findings else f"{said}, and all behave",))


def _close(ident: str, guards: Iterable[Guard]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(ident, [guard.id for guard in guards], 1)
    return f"did you mean {close[0]}?" if close else "without a name, all are run, and what cannot be read is told"
