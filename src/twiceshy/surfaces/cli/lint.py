"""Look for what is wrong with documents and their guards: open slots, dead links, examples that do not behave …"""

from __future__ import annotations

import argparse

from twiceshy.surfaces.cli._terminal import open_project, put_report


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="documents or folders; all that hold lessons if none is named"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="how to print findings"
    )


def run(options: argparse.Namespace) -> int:
    """Exit 1 if there is an error, 0 if there are only warnings or nothing."""
    with open_project(options.paths[0] if options.paths else ".") as project:
        report = project.lint(options.paths)
        return put_report(report, "lint", options.format)
