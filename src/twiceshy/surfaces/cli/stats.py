"""Tell what guards and lessons said here and what came of it: heeded, overridden, suppressed, a false alarm.

What can be found out is found out: the same guard is asked about what was committed since. What cannot, say yourself:

    twiceshy stats http-timeout
    twiceshy stats say 3f2c1ab9 false-alarm --reason "the client sets it"
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.formats import outcomes
from twiceshy.model.event import OUTCOMES
from twiceshy.project import Project
from twiceshy.surfaces.cli._terminal import open_project, put, put_json

_SAYABLE = tuple(outcome for outcome in OUTCOMES if outcome != "suppressed")
_SAY = f"write: twiceshy stats say ID {'|'.join(_SAYABLE)} --reason WHY"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.usage = (
        "twiceshy stats [GUARD|LESSON ...] [--since DAY] [--merge FILE ...] [--format text|json]\n"
        f"       twiceshy stats say ID {'|'.join(_SAYABLE)} [--reason WHY]\n"
        "       twiceshy stats --export FILE|-"
    )
    parser.add_argument(
        "what", nargs="*", metavar="NAME", help="guards or lessons; or the word say, an id, and what came of it"
    )
    parser.add_argument("--since", default="", metavar="DAY", help="only from this day on (2026-11-01)")
    parser.add_argument("--reason", default="", metavar="WHY", help="with say: why")
    parser.add_argument("--export", metavar="FILE|-", help="write your events as JSON lines, for others to merge")
    parser.add_argument("--merge", nargs="+", default=[], metavar="FILE", help="look at these exports of others too")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Exit 0; 2 if what was said cannot be kept."""
    with open_project() as project:
        if options.export:
            _export(project, options)
        elif options.what[:1] == ["say"] or options.reason:
            said = project.record.say(*_said(options), options.reason)
            _show(options, outcomes.said_text(said), outcomes.said_json(said))
        else:
            told = project.record.outcomes(options.what, options.since, options.merge)
            _show(options, outcomes.text(told), outcomes.json(told))
    return 0


def _show(options: argparse.Namespace, text: str, value: object) -> None:
    put_json(value) if options.format == "json" else put(text)


def _said(options: argparse.Namespace) -> tuple[str, str]:
    """The id and the outcome. Raises UsageError."""
    what = options.what
    if what[:1] != ["say"] or len(what) != 3 or what[2] not in _SAYABLE or options.merge or options.since:
        raise UsageError("say takes one id and what came of it", _SAY)
    return what[1], what[2]


def _export(project: Project, options: argparse.Namespace) -> None:
    if options.what or options.merge or options.reason or options.since or options.format == "json":
        raise UsageError("--export takes everything, and goes with nothing else", "write: twiceshy stats --export FILE")
    if options.export == "-":
        put(project.record.export())
    else:
        project.record.export_to(options.export)
