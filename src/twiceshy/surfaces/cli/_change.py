"""Which change the person means."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import chain

from twiceshy.errors import UsageError
from twiceshy.model.change import ChangedFile
from twiceshy.project import Project

_PIECE = 256 * 1024


def range_of(options: argparse.Namespace) -> tuple[str, str, bool] | None:
    """Base, head and whether the base is where they parted; None if no range was named. Raises UsageError."""
    from_ref, to_ref = getattr(options, "from_ref", None), getattr(options, "to_ref", None)
    if from_ref is not None or to_ref is not None:
        if not (from_ref and to_ref):
            raise UsageError("--from-ref and --to-ref go together", "or say --diff A..B")
        return from_ref, to_ref, True
    if options.diff is None:
        return None
    dots = "..." if "..." in options.diff else ".."
    base, found, head = options.diff.partition(dots)
    if not found or not (base or head):
        raise UsageError(
            f"--diff takes two revisions, not {options.diff!r}", f"for example: --diff {base or 'main'}..HEAD"
        )
    return base or "HEAD", head or "HEAD", dots == "..."


def pre_commit_range() -> tuple[str, str, bool] | None:
    """The revisions that pre-commit wants judged in place of what is staged: before a push, and in CI."""
    base, head = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    return (base, head, True) if base and head else None


def staged_or_worktree(project: Project) -> Iterator[ChangedFile]:
    """What is staged; if nothing is, what differs in the working tree, with files that git does not know yet."""
    staged = project.git.diff_staged()
    first = next(staged, None)
    if first is None:
        yield from project.git.diff_worktree(["."])
        return
    yield first
    yield from staged


def stdin_diff() -> Iterator[ChangedFile]:
    """The diff on stdin. Raises UsageError if a person would have to type it."""
    from twiceshy.adapters.diff import read_diff

    if sys.stdin.isatty():
        raise UsageError("a diff is expected on stdin", "for example: git diff | twiceshy check -")
    beginning = sys.stdin.buffer.read(1)
    files = read_diff(chain([beginning], iter(partial(sys.stdin.buffer.read, _PIECE), b"")))
    first = next(files, None)
    if first is None and beginning:
        raise UsageError("what stands on stdin is no diff", "for example: git diff | twiceshy check -")
    return chain([first] if first else [], files)
