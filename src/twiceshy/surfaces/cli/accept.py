"""Let a candidate speak: its status says so, and its file leaves the folder `candidates`.

The file goes to the folder above, or to --to; its links go on leading where they lead. With --into its words become an
entry of a log. Open places, and guards that do not work yet, are named; they do not stop you.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.surfaces.cli._terminal import open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("lesson", metavar="ID", help="its id, one of its guards, its file, or path:line")
    parser.add_argument("--into", default="", metavar="LOG", help="make it an entry of this log")
    parser.add_argument("--to", default="", metavar="PATH", help="the folder or file it moves to")
    parser.add_argument("--by", default="", metavar="NAME", help="write down who accepted it, and when")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once it speaks, also if it did before; 2 if it cannot be accepted."""
    from twiceshy.formats import life

    if options.into and (options.to or options.by):
        raise UsageError("--into goes with neither --to nor --by", "an entry of a log says what its log says")
    with open_project() as project:
        moved = project.accept(options.lesson, into=options.into, to=options.to, by=options.by)
    put(life.text(moved))
    return 0
