"""List what reverts, and the fixes that lessons name, took out of files for good; or silence one of these for good.

`check` and `hook` speak when such a word comes back to its file. To silence one, say why; it is kept in
.twiceshy/buried.toml, where it is reviewed like code:

    twiceshy tombstones --all
    twiceshy tombstones bury tombstone-3cb35e86 --reason "npm does it right since version 7"
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.surfaces.cli._terminal import open_project, put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.usage = 'twiceshy tombstones [--all] [--format text|json]\n       twiceshy tombstones bury ID --reason "why"'
    parser.add_argument("what", nargs="*", metavar="bury ID", help="the word bury and the id of a tombstone")
    parser.add_argument("--all", action="store_true", help="also those that say nothing now, and why")
    parser.add_argument("--reason", default="", metavar="WHY", help="with bury: why it need not warn any more")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them")


def run(options: argparse.Namespace) -> int:
    """Exit 0, also when there are none; 2 if a tombstone cannot be buried."""
    from twiceshy.formats import tombstones

    with open_project() as project:
        if options.what or options.reason:
            put(tombstones.buried_text(project.graveyard.bury(_to_bury(options), options.reason)))
            return 0
        listed, notes = project.graveyard.listed(), project.graveyard.notes
    if options.format == "json":
        put_json(tombstones.json(listed, notes, everything=options.all))
    else:
        put(tombstones.text(listed, notes, everything=options.all))
    return 0


def _to_bury(options: argparse.Namespace) -> str:
    """The id of the tombstone. Raises UsageError."""
    if options.what[:1] != ["bury"] or len(options.what) != 2 or options.all:
        raise UsageError("bury takes one id", 'write: twiceshy tombstones bury ID --reason "why"')
    if not any(char.isalnum() for char in options.reason):
        raise UsageError("a burial needs its reason", 'write: twiceshy tombstones bury ID --reason "why"')
    return str(options.what[1])
