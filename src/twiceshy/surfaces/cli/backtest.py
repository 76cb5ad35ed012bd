"""Tell what guards would have said about the past; with --judge, ask whether they would have been right.

A guard may block only after that: it catches its culprit, spares its fix, speaks about at most 2 of 1,000 commits, and
a person has looked at ten of its fires and found seven right. Without --judge nothing is written.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.model.backtest import Tested
from twiceshy.project import Project
from twiceshy.surfaces.cli._terminal import open_project, put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("guards", nargs="*", metavar="GUARD", help="ids of guards, or of lessons; all if none is named")
    parser.add_argument("--since", default="", metavar="DATE|REV", help="only commits from this day, or after this one")
    parser.add_argument(
        "--paths", action="append", default=[], metavar="GLOB", help="only what happened to these files"
    )
    parser.add_argument("--judge", action="store_true", help="walk through ten fires and keep what you say about them")
    parser.add_argument("--svg", metavar="FILE", help="draw the fires over time into this file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Exit 0, whatever the figures are."""
    from twiceshy.formats import backtest

    _refuse(options)
    with open_project() as project:
        tests = project.backtest(options.guards, options.since, options.paths)
        if options.judge:
            tests = _judged(project, tests)
        if options.svg:
            _draw(options.svg, tests)
        printed = backtest.backtest_json if options.format == "json" else backtest.backtest_text
        shown = printed(tests, project.history.coverage)
    put(shown) if isinstance(shown, str) else put_json(shown)
    return 0


def _refuse(options: argparse.Namespace) -> None:
    if options.judge and (options.since or options.paths):
        raise UsageError("a proof is about all of history", "leave out --since and --paths")
    if options.judge and options.format == "json":
        raise UsageError("--judge asks a person", "leave out --format json")


def _judged(project: Project, tests: list[Tested]) -> list[Tested]:
    from twiceshy.surfaces.cli._judging import judge

    return judge(project, tests)


def _draw(path: str, tests: list[Tested]) -> None:
    """Write the picture. Raises UsageError if the file holds something else, CannotWrite if the disk says no."""
    from twiceshy.adapters.files import Unreadable, read, write
    from twiceshy.formats.picture import svg

    known = None
    try:
        known = read(path)
    except Unreadable as error:
        if "no such file" not in str(error):
            raise UsageError(f"{path} cannot be drawn into: {error}", "name a file that is not there") from error
    if known and not known.text.startswith("<svg"):
        raise UsageError(f"{path} is there and is no picture of ours", "name another file")
    write(path, svg([test.backtest for test in tests]), read_as=known.sha256 if known else None)
