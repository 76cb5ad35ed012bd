"""Look for what is wrong with documents and their guards: open slots, dead links, examples that do not behave …"""

from __future__ import annotations

import argparse
import os

from twiceshy.errors import UsageError
from twiceshy.surfaces.cli._terminal import open_project, put_report

BASELINE = ".twiceshy/lint-baseline.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="documents or folders; all that hold lessons if none is named"
    )
    parser.add_argument("--fix", action="store_true", help="mend what can be mended for certain, then say what is left")
    parser.add_argument(
        "--baseline",
        nargs="?",
        const=BASELINE,
        metavar="FILE",
        help=f"leave out what this file lists ({BASELINE} if no name is given); it is written if it is not there, and"
        " what is fixed is taken out of it",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github", "gitlab", "markdown"),
        default="text",
        help="how to print findings",
    )


def run(options: argparse.Namespace) -> int:
    """Exit 1 if there is an error, 0 if there are only warnings or nothing."""
    with open_project(options.paths[0] if options.paths else ".") as project:
        report = project.lint(options.paths, fix=options.fix, baseline=_baseline(options.baseline, project.root))
        return put_report(report, "lint", options.format)


def _baseline(given: str | None, root: str) -> str:
    """Where the baseline stands. Raises UsageError for a name that is more likely a document to look at."""
    if given is not None and not given.endswith(".json"):
        raise UsageError(f"{given} is no name for a baseline", "it ends with .json; put PATHs before --baseline")
    return os.path.join(root, given) if given == BASELINE else os.path.abspath(given) if given else ""
