"""Let a lesson fall silent: it says that it is retired, since when and why, in the form its document has for that.

It stays where it is. Its guards speak no longer, and it is not delivered any more.
"""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("lesson", metavar="ID", help="its id, one of its guards, its file, or path:line")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it does not hold any more")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once it is retired, also if it was before; 2 if it has no place to say so."""
    from twiceshy.formats import life

    with open_project() as project:
        moved = project.retire(options.lesson, options.reason)
    put(life.text(moved))
    return 0
