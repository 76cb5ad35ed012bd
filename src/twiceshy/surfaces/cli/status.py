"""Tell what was found here: documents by kind and why, lessons by status, guards, unreadable files, the index's age."""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put, put_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--all", action="store_true", help="name every document, also those taken for no lesson")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Exit 0."""
    from twiceshy.formats import listing

    with open_project() as project:
        status = project.status()
    if options.format == "json":
        put_json(listing.status_json(status))
    else:
        put(listing.status_text(status, every=options.all))
    return 0
