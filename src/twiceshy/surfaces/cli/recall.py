"""Ask what we know that matters now: by text, by a change, by files, or by the log of a failure.

An honest "nothing relevant" is an answer.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator

from twiceshy.errors import UsageError
from twiceshy.model.change import Change, ChangedFile
from twiceshy.project import Project
from twiceshy.surfaces.cli._terminal import open_project, put, put_json

_LOG_LIMIT = 2_000_000
_CHANGE_LIMIT = 16_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what you are about to do, or what you see")
    parser.add_argument("--diff", metavar="A..B", help="what lies between two revisions")
    parser.add_argument("--staged", action="store_true", help="what the next commit would hold")
    parser.add_argument("--path", action="append", default=[], metavar="P", help="files you are about to touch")
    parser.add_argument("--error", metavar="FILE|-", help="a log or test output; - reads stdin")
    parser.add_argument("--limit", type=int, default=5, metavar="N", help="at most this many (default 5)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print them")


def run(options: argparse.Namespace) -> int:
    """Exit 0, also when nothing is relevant."""
    from twiceshy.formats import listing

    text = _asked(options)
    output = _log(options.error) if options.error else text or None
    with open_project() as project:
        change = Change(_files(project, options), text or None, output)
        hits, threshold = project.recall(change, text, [project.relative(p) for p in options.path], options.limit)
        project.record.recalled(hits)
    if options.format == "json":
        put_json(listing.recall_json(hits, threshold))
    else:
        put(listing.recall_text(hits))
    return 0


def _asked(options: argparse.Namespace) -> str:
    """The text of the question. Raises UsageError if nothing at all was asked."""
    if not (options.text or options.diff or options.staged or options.path or options.error):
        raise UsageError("say what you are about to do", 'for example: twiceshy recall "npm install from git"')
    return " ".join(options.text)


def _files(project: Project, options: argparse.Namespace) -> list[ChangedFile]:
    from twiceshy.surfaces.cli._change import range_of

    between = range_of(options)
    if between and options.staged:
        raise UsageError("say one of --staged and --diff", "see: twiceshy recall --help")
    if between:
        base, head, parted = between
        changes = project.git.diff_range(project.git.merge_base(base, head) if parted else base, head)
    else:
        changes = project.git.diff_staged() if options.staged else iter(())
    return list(_bounded(changes))


def _bounded(files: Iterator[ChangedFile]) -> Iterator[ChangedFile]:
    """The files of a change; past 16 MB of changed lines only by name, because all are held at once."""
    left = _CHANGE_LIMIT
    for file in files:
        left -= sum(len(line) for hunk in file.hunks for line in (*hunk.added, *hunk.removed))
        yield file if left > 0 else ChangedFile(file.path, [], old_path=file.old_path, status=file.status)


def _log(path: str) -> str:
    """The end of a log, as much as can matter; bytes that are no text are replaced."""
    tail = b""
    try:
        with contextlib.nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as file:
            while piece := file.read(_LOG_LIMIT):
                tail = (tail + piece)[-_LOG_LIMIT:]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "name a log file, or - for stdin") from error
    return tail.decode("utf-8", "replace")
