"""Put a candidate away for good, so that it is not proposed again.

A file in a folder `candidates` is removed, if git has it, and .twiceshy/rejected.txt keeps the commit it came from (or
its id), the day and the reason. A candidate anywhere else stays where it is and says that it was rejected.
"""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("lesson", metavar="ID", help="its id, one of its guards, its file, or path:line")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why it is no lesson")


def run(options: argparse.Namespace) -> int:
    """Exit 0 once it is put away, also if it was before; 2 if it is no candidate or cannot be put away."""
    from twiceshy.formats import life

    with open_project() as project:
        moved = project.reject(options.lesson, options.reason)
    put(life.text(moved))
    return 0
