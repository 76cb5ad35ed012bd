"""A person looks at fires, one after the other, and says whether the guard was right; each answer is kept at once."""

from __future__ import annotations

import sys

from twiceshy.formats._quote import one_line
from twiceshy.formats.backtest import fire_text
from twiceshy.jobs.backtest.hunks import hunk_of
from twiceshy.jobs.backtest.verdicts import still_to_judge, unjudged
from twiceshy.model.backtest import Tested
from twiceshy.project import Project
from twiceshy.surfaces.cli._terminal import put, wants_colour

_MEANING = """Here is what {guard} would have said about the past. Of each: was it right to speak there?
  y  right: somebody should have looked twice
  n  wrong: a false alarm
  s  skip this one
  q  stop; what you answered is kept"""


class _Stopped(Exception):
    """The person has had enough for today."""


def judge(project: Project, tests: list[Tested]) -> list[Tested]:
    """Every guard's fires, until enough are judged or the person stops; gives back the tests with their proofs."""
    done: list[Tested] = []
    try:
        for test in tests:
            done.append(project.tick(test))
            _walk(project, done)
    except _Stopped:
        put("\nkept; the same command goes on where you stopped")
    return [*done, *tests[len(done) :]]


def _walk(project: Project, done: list[Tested]) -> None:
    """Ask about the fires of the last test in `done`, and put in its place what is known then."""
    guard = done[-1].backtest.subject.guard
    waiting, needed = unjudged(done[-1]), still_to_judge(done[-1])
    if not needed:
        return
    lesson = project.index.lessons("l.name=?", (done[-1].backtest.subject.lesson,))
    put(_MEANING.format(guard=one_line(guard.id)))
    put(f"  The lesson: {one_line(lesson[0].takeaway or lesson[0].title)}" if lesson else "")
    for fire in waiting:
        left = still_to_judge(done[-1])
        if not left:
            break
        put(f"\n{'─' * 20} {needed - left + 1} of {needed}")
        put(fire_text(fire, hunk_of(project.history, fire), colour=wants_colour()))
        answer = _answer()
        if answer != "s":
            done[-1] = project.tick(done[-1], fire, answer == "y")
    put("\n")


def _answer() -> str:
    """One of y, n, s. Raises _Stopped for q and at the end of the input."""
    while True:
        try:
            said = input("Right to speak? (y/n/s/q) ").strip().lower()[:1]
        except EOFError:
            raise _Stopped from None
        if not sys.stdin.isatty():  # nobody sees what was typed
            put(said)
        if said == "q":
            raise _Stopped
        if said in ("y", "n", "s"):
            return said
        put("y, n, s or q, please")
