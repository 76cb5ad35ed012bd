"""Propose guards for a mistake that was mended, or run the examples of all guards.

    twiceshy guard suggest LESSON                       for the fix that a lesson names
    twiceshy guard suggest COMMIT --into LESSON         for a fix; its culprit is found, or named with --culprit
    twiceshy guard suggest LESSON --accept 1            writes the first block under the lesson
    twiceshy guard test                                 every bad example must be recognised, no good one may be

A suggestion fires on the commit that made the mistake and is silent on the one that mended it. Whether it is about the
mistake, a person has to say: nothing is written without --accept, and what is written warns and never blocks.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.surfaces.cli._terminal import open_project, put, put_json, put_report


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.usage = (
        "twiceshy guard suggest LESSON|COMMIT [--culprit COMMIT] [--into LESSON] [--accept N] [--limit N]"
        " [--format text|json]\n       twiceshy guard test [GUARD ...] [--format text|json]"
    )
    parser.add_argument("what", choices=("suggest", "test"), metavar="suggest|test", help="what to do")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a lesson or a commit; with test: guards")
    parser.add_argument("--culprit", default="", metavar="COMMIT", help="the commit that made the mistake")
    parser.add_argument("--into", default="", metavar="LESSON", help="the lesson that a fix belongs to")
    parser.add_argument("--accept", type=int, default=0, metavar="N", help="write suggestion N under the lesson")
    parser.add_argument("--limit", type=int, default=3, metavar="N", help="suggest at most so many (3)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them")


def run(options: argparse.Namespace) -> int:
    """Exit 0 if something was suggested or nothing fits; with test 1 if an example does not behave."""
    with open_project() as project:
        if options.what == "test":
            _refuse(options)
            return put_report(project.test_guards(options.names), "guard test", options.format)
        if len(options.names) != 1:
            raise UsageError("suggest takes one lesson or commit", "write: twiceshy guard suggest LESSON|COMMIT")
        found = project.suggest(options.names[0], culprit=options.culprit, limit=options.limit, into=options.into)
        wrote = project.accept_guard(found, options.accept) if options.accept else None
    from twiceshy.formats import suggestions

    said = suggestions.accepted(*wrote) if wrote else suggestions.text(found)
    (put_json(suggestions.json(found, wrote)) if options.format == "json" else put(said))
    return 0


def _refuse(options: argparse.Namespace) -> None:
    """Raise UsageError for what only goes with suggest."""
    if options.culprit or options.into or options.accept:
        raise UsageError("test takes only the names of guards", "write: twiceshy guard test [GUARD ...]")
