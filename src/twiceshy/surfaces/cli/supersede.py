"""Let a lesson give way to a better one: it says what came after it, with a link, and is silent from then on.

The better one must be active. It says what it supersedes, too, where it says its status or has a label for it.
"""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("lesson", metavar="OLD", help="its id, one of its guards, its file, or path:line")
    parser.add_argument("--by", required=True, metavar="NEW", help="the lesson that came after it")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once both are as they should be, also if they were before; 2 if that cannot be."""
    from twiceshy.formats import life

    with open_project() as project:
        moved = project.supersede(options.lesson, options.by, options.reason)
    put(life.text(moved))
    return 0
