"""Look through history for mistakes that somebody explained, and write each down as a candidate for a lesson.

A candidate is a page in lessons/candidates/: quotations only, with commit, author and date, `unknown` where nobody
said why, and perhaps a proposed guard. It speaks once a person accepts it. Commits that say little gain by what their
pull requests and issues say:

    gh pr list --state all --limit 100000 --json number,title,body,mergeCommit,author,mergedAt,url > prs.json
    twiceshy mine --prs prs.json

A revert without a reason is a question to its author; the words to send are printed at the end.
"""

from __future__ import annotations

import argparse
import re

from twiceshy.errors import UsageError
from twiceshy.surfaces.cli._terminal import open_project, put, put_json

_LIMIT = 512 * 1024 * 1024
_SINCE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most this many candidates (default 20)")
    parser.add_argument("--since", default="", metavar="DATE", help="only commits from this day (or month, or year) on")
    parser.add_argument("--prs", metavar="FILE", help="pull requests, as gh pr list --json exports them")
    parser.add_argument("--issues", metavar="FILE", help="issues, as gh issue list --json exports them")
    parser.add_argument("--dry-run", action="store_true", help="show them with the reasons for each; write nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")


def run(options: argparse.Namespace) -> int:
    """Exit 0, also when there is nothing to find."""
    from twiceshy.formats.mined import mined_json, mined_text

    if options.since and not _is_day(options.since):
        raise UsageError(f"{options.since} is no day", "write it as 2024-03-01, 2024-03 or 2024")
    exports = {kind: _read(path) for kind, path in (("prs", options.prs), ("issues", options.issues)) if path}
    with open_project() as project:
        mined = project.mine(exports, limit=options.limit, since=options.since, write=not options.dry_run)
    if options.format == "json":
        put_json(mined_json(mined))
    else:
        put(mined_text(mined))
    return 0


def _is_day(text: str) -> bool:
    """Whether it is a day, a month or a year that there is."""
    from datetime import date

    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return bool(_SINCE.fullmatch(text))


def _read(path: str) -> tuple[str, bytes]:
    """The name and the bytes of an export. Raises UsageError."""
    try:
        with open(path, "rb") as file:
            raw = file.read(_LIMIT + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "name the file that gh wrote") from error
    if len(raw) > _LIMIT:
        raise UsageError(f"{path} is larger than {_LIMIT // 1024 // 1024} MiB", "export fewer with --limit or --search")
    return path, raw
