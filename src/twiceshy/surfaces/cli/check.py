"""Ask the guards about a change: what is staged, what lies between two revisions, some files, or a diff on stdin.

Without arguments, what is staged is judged; if nothing is, the changes in the working tree.
"""

from __future__ import annotations

import argparse

from twiceshy.errors import UsageError
from twiceshy.model.diagnostic import Report
from twiceshy.project import Project
from twiceshy.surfaces.cli._change import pre_commit_range, range_of, staged_or_worktree, stdin_diff
from twiceshy.surfaces.cli._terminal import open_project, put_report


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="changed files of the working tree; - reads a diff from stdin"
    )
    parser.add_argument("--staged", action="store_true", help="what the next commit would hold")
    parser.add_argument("--diff", metavar="A..B", help="what lies between two revisions (A...B: since they parted)")
    parser.add_argument("--from-ref", metavar="A", help="with --to-ref: the same, as pre-commit passes it")
    parser.add_argument("--to-ref", metavar="B", help="with --from-ref")
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif", "github", "gitlab", "markdown"),
        default="text",
        help="how to print findings",
    )


def run(options: argparse.Namespace) -> int:
    """Exit 1 if something blocks."""
    from dataclasses import replace

    from twiceshy.jobs.suppression import offers

    with open_project() as project:
        report = _report(project, options)
        if options.format == "text":
            report = replace(report, notes=(*report.notes, *offers(report, project.today)))
        return put_report(report, "check", options.format)


def _report(project: Project, options: argparse.Namespace) -> Report:
    """What the guards say; kept for `twiceshy stats` wherever somebody may still act on it."""
    between = range_of(options)
    if sum((options.staged, between is not None, bool(options.files))) > 1:
        raise UsageError("say one of --staged, --diff, --from-ref/--to-ref, or files", "see: twiceshy check --help")
    between = between or (pre_commit_range() if options.staged else None)
    if between:
        return _judged_range(project, between, is_look=options.diff is not None)
    if options.files == ["-"]:
        return project.record.checked(project.check(stdin_diff()), known=False)
    if options.files:
        return project.record.checked(project.check(project.changed(options.files)))
    return project.record.checked(
        project.check(project.git.diff_staged() if options.staged else staged_or_worktree(project))
    )


def _judged_range(project: Project, between: tuple[str, str, bool], *, is_look: bool) -> Report:
    """A range is judged on its way somewhere, unless somebody only looks at it or it is not what is checked out."""
    base, head, parted = between
    report = project.check_range(base, head, parted=parted)
    git = project.git
    if is_look or git.resolve(head) != git.head():
        return report
    start = git.merge_base(base, head) if parted else git.resolve(base)
    return project.record.checked(report, (start, git.head()))
