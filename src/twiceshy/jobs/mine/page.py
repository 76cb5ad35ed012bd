"""The page of a candidate: quotations with their sources, and `unknown` where nobody said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from twiceshy.jobs.capture import slug_of
from twiceshy.markdown.guard_draft import fenced as guard_block
from twiceshy.markdown.inert import one_line
from twiceshy.model.candidate import Candidate, Quote
from twiceshy.model.history import PastCommit, PastFile

FOLDER = "lessons/candidates"
_MOST_LINES = 60  # of one quotation; the source holds the rest
_MOST_FILES = 5
# Controls, bidirectional marks and tag characters: nobody sees them, and they make text read otherwise than it is.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def path_of(candidate: Candidate) -> str:
    """Where the page of a candidate stands, from the root of the repository."""
    slug = slug_of(candidate.title)
    return f"{FOLDER}/{slug}-{candidate.commits[0].sha[:8]}.md" if slug else f"{FOLDER}/{candidate.id}.md"


def page_of(candidate: Candidate) -> str:
    """A document of the kind `lesson` that holds what was said and nothing else."""
    first = candidate.commits[0]
    lines = ["---", "kind: lesson", f"id: {candidate.id}", "status: candidate", "---", ""]
    lines += [f"# Lesson: {_words(candidate.title)}", "", f"- **Date:** {first.day}"]
    lines += [f"- **Found in:** {'; '.join(map(_named, candidate.commits))}", ""]
    lines += [
        f"A candidate: quotations only, and nothing speaks yet. `twiceshy accept {candidate.id}` makes it a lesson,"
    ]
    lines += [f"`twiceshy reject {candidate.id} --reason …` takes it away for good.", "", "## Problem", ""]
    for quote in candidate.quotes:
        lines += [f"{_source(quote)}:", "", *fenced(quote.lines), ""]
    lines += ["## Root cause", "", *_said(candidate.cause), ""]
    lines += ["## Fix", "", *_fix(candidate), ""]
    lines += ["## How it stays fixed", "", *_said(candidate.rule), ""]
    lines += _guard(candidate.guard)
    lines += ["## Takeaway", "", "unknown: whoever accepts it says it in one sentence."]
    return "\n".join(lines) + "\n"


def fenced(lines: Iterable[str]) -> list[str]:
    """`lines` as a block that is text and nothing else, whatever they hold; what cannot be seen is taken out."""
    shown = [seen(line) for line in lines]
    rest = len(shown) - _MOST_LINES
    runs = [len(run) for line in shown for run in re.findall("`+", line)]
    fence = "`" * max(3, *(length + 1 for length in runs)) if runs else "```"
    block = [f"{fence}text", *shown[:_MOST_LINES], fence]
    return [*block, "", f"({rest} more lines in the source.)"] if rest > 0 else block


def seen(line: str) -> str:
    """A line without what a person cannot see in it."""
    return _UNSEEN.sub("", line).rstrip()


def _words(text: str) -> str:
    """`text` on one line, as words and nothing else."""
    return one_line(seen(" ".join(text.split())))


def _said(lines: Sequence[str]) -> list[str]:
    return ["The text says:", "", *fenced(lines)] if lines else ["unknown"]


def _source(quote: Quote) -> str:
    who = f"{_words(quote.author)}, " if quote.author else ""
    day = f", {quote.day}" if quote.day else ""
    return f"{who}{_words(quote.source)}{day}"


def _named(commit: PastCommit) -> str:
    return f"commit {commit.sha[:12]} of {commit.day} by {_words(commit.author) or 'nobody named'}"


def _fix(candidate: Candidate) -> Iterator[str]:
    """What the commit changed, as figures: which files, and how much of each."""
    largest = sorted(candidate.files, key=lambda file: (-file.added - file.removed, file.path))
    if not largest:
        yield f"What commit {candidate.commits[0].sha[:12]} did."
        return
    yield f"What commit {candidate.commits[0].sha[:12]} did:"
    yield ""
    more = [f"and {len(largest) - _MOST_FILES} more files"] if len(largest) > _MOST_FILES else []
    yield from fenced([*map(_change, largest[:_MOST_FILES]), *more])


def _change(file: PastFile) -> str:
    path = file.path.encode("utf-8", "replace").decode("utf-8")
    return f"{' '.join(path.split())}  {file.skipped or f'+{file.added} -{file.removed}'}"


def _guard(yaml: str) -> list[str]:
    """A proposed guard, which is the tool's own text and never a message's; it speaks once the lesson is accepted."""
    if not yaml:
        return []
    said = "Proposed by twiceshy from the change, in nobody's words: read it before you accept it, or take it out."
    return [said, "", *guard_block(yaml).rstrip("\n").split("\n"), ""]
