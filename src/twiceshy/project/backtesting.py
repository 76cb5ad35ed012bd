"""What guards would have said about the past of this repository, and what a person says about that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from twiceshy.errors import UsageError
from twiceshy.jobs.backtest import EVERYTHING, Narrowing, backtest
from twiceshy.jobs.backtest.verdicts import ticked, updated
from twiceshy.model.backtest import Backtest, Fire, Subject, Tested

if TYPE_CHECKING:
    from twiceshy.project import Project

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def backtests(project: Project, names: Sequence[str], narrowing: Narrowing = EVERYTHING) -> list[Tested]:
    """Try the guards with these ids, or of these lessons; all of active lessons if none is named. Raises UsageError."""
    subjects = subjects_of(project, names)
    found = backtest(subjects, project.history, project.git, narrowing) if subjects else []
    return [tested(project, one) for one in found]


def tested(project: Project, found: Backtest) -> Tested:
    """A backtest with what is known of its proof."""
    guard = found.subject.guard
    return Tested(found, project.proofs.read(guard), project.proof(guard))


def subjects_of(project: Project, names: Sequence[str]) -> list[Subject]:
    """The guards with these ids, or of these lessons, with the days of their lessons. Raises UsageError."""
    wanted = {project.find_lesson(name)[0]: name for name in names}
    cards = project.index.lessons() if names else project.cards_with_guards()
    subjects = [
        Subject(guard, card.id, card.date)
        for card in cards
        for guard in card.guards
        if not names or wanted.get(card.id) in (card.id, guard.id) or guard.id in names
    ]
    if names and not subjects:
        raise UsageError(f"no guard stands in {', '.join(names)}", "twiceshy lessons lists the guards there are")
    return subjects


def narrowing_of(project: Project, since: str, paths: Iterable[str]) -> Narrowing:
    """The part of history that `since` (a day or a revision) and `paths` (globs) mean. Raises UsageError, GitError."""
    from datetime import date

    from twiceshy.guards import matches_path

    globs = tuple(paths)
    matches_path("", globs)
    if not _DAY.fullmatch(since):
        return Narrowing(after=project.git.merge_base(since, "HEAD") if since else "", paths=globs)
    try:
        date.fromisoformat(since)
    except ValueError as error:
        raise UsageError(f"--since: there is no day {since}", "write it as YYYY-MM-DD, or name a revision") from error
    return Narrowing(since=since, paths=globs)


def tick(project: Project, test: Tested, fire: Fire | None = None, verdict: bool = False) -> Tested:
    """Keep a person's verdict on one fire in the proof file; without one, bring the figures of what is kept up to date.

    Raises CannotWrite, ChangedMeanwhile, UsageError where something else stands in its place, and GitError if git does
    not know who is judging.
    """
    project.proofs.writable(test.backtest.subject.guard.id)
    if not fire and not test.proof:
        return test
    head, today = project.git.head(), project.today.isoformat()
    proof = updated(test.backtest, test.proof, head, today)
    if fire:
        proof = ticked(proof, fire, verdict, project.git.author(), today)
    if proof != test.proof:
        project.proofs.keep(proof)
    return tested(project, test.backtest)
