"""What `mine` prints: candidates with the reasons for each, questions about reverts, and how much there was to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twiceshy.formats._quote import clean, exact, one_line, shown
from twiceshy.formats.payload import Payload
from twiceshy.model.candidate import EXPORTS, ISSUE, PULL_REQUEST, Candidate, Mined, Question, Quote
from twiceshy.model.history import PastCommit

_REASONS = 4
_ALSO = 3
_LINE = 1000  # characters of a quoted line in JSON; the page holds all of it
_OPTIONS = {PULL_REQUEST: "--prs prs.json", ISSUE: "--issues issues.json"}


def mined_text(mined: Mined) -> str:
    """For people: one candidate after the other, best first."""
    lines = []
    for number, candidate in enumerate(mined.candidates, 1):
        lines += [*_candidate(number, candidate, mined.is_kept), ""]
    if mined.questions:
        lines += ["Nobody wrote down why these were taken back. Questions ready to send:", ""]
        lines += [line for question in mined.questions for line in _question(question)]
    return "\n".join([*lines, *_summary(mined)])


def _candidate(number: int, candidate: Candidate, is_kept: bool) -> Iterator[str]:
    first = candidate.commits[0]
    yield f"{number:>3}. {one_line(candidate.title)}"
    yield f"     {_commit(first)}  score {candidate.score:g}"
    reasons = [f"{sign.name} ({sign.weight:+.1f})" for sign in candidate.signs[:_REASONS]]
    reasons += [f"{sign.name} ({sign.weight:+.1f})" for sign in candidate.signs[_REASONS:] if sign.weight < 0]
    yield f"     {', '.join(reasons)}"
    also = candidate.commits[1:]
    if also:
        more = f" and {len(also) - _ALSO} more" if len(also) > _ALSO else ""
        yield f"     the same mistake: {', '.join(commit.sha[:8] for commit in also[:_ALSO])}{more}"
    yield f"     root cause {'stated' if candidate.cause else 'unknown'}{'; guard proposed' if candidate.guard else ''}"
    if is_kept:
        yield f"     {shown(candidate.path)}"


def _question(question: Question) -> Iterator[str]:
    yield f"  to {one_line(question.revert.author)} <{one_line(question.revert.email)}>:"
    yield f"  {one_line(question.text, 600)}"
    yield ""


def _summary(mined: Mined) -> Iterator[str]:
    """What there was to read, said so that nobody takes silence for a clean past."""
    thanks = f" ({mined.joined:,} of them thanks to pull requests and issues)" if mined.joined else ""
    carry = "carries" if mined.telling == 1 else "carry"
    yield f"{mined.telling:,} of {mined.commits:,} commits {carry} enough text to explain a mistake{thanks}."
    if mined.aside:
        by = sorted(mined.aside.items(), key=lambda one: (-one[1], one[0]))
        yield f"Not read: {', '.join(f'{count:,} as {why}' for why, count in by)}."
    for kind, option in _OPTIONS.items():
        if kind not in mined.exports:
            yield f"What {kind}s say tells more: {option}, made with"
            yield f"  {EXPORTS[kind]}"
    if mined.waiting:
        verb = "waits" if mined.waiting == 1 else "wait"
        yield f"{mined.waiting} candidate{'' if mined.waiting == 1 else 's'} {verb} already and count for --limit."
    yield _next(mined)


def _next(mined: Mined) -> str:
    if not mined.candidates:
        return "No new candidate."
    number = f"{len(mined.candidates)} candidate{'' if len(mined.candidates) == 1 else 's'}"
    if not mined.is_kept:
        return f"{number}; nothing was written."
    return f"{number} written. They speak once a person accepts them: twiceshy accept {mined.candidates[0].id}"


def mined_json(mined: Mined) -> Payload:
    """The object that other programs build on."""
    return {
        "version": 1,
        "commits": mined.commits,
        "telling": mined.telling,
        "joined": mined.joined,
        "waiting": mined.waiting,
        "aside": dict(sorted(mined.aside.items())),
        "written": mined.is_kept,
        "candidates": [_candidate_payload(candidate) for candidate in mined.candidates],
        "questions": [
            {
                "commit": _commit_payload(question.revert),
                "email": one_line(question.revert.email),
                "reverted": question.reverted,
                "text": clean(question.text),
            }
            for question in mined.questions
        ],
    }


def _candidate_payload(candidate: Candidate) -> Payload:
    return {
        "id": candidate.id,
        "title": one_line(candidate.title),
        "score": candidate.score,
        "reasons": [{"text": sign.name, "weight": round(sign.weight, 2)} for sign in candidate.signs],
        "commits": [_commit_payload(commit) for commit in candidate.commits],
        "quotes": [_quote(quote) for quote in candidate.quotes],
        "cause": _cleaned(candidate.cause),
        "rule": _cleaned(candidate.rule),
        "guard": candidate.guard,
        "path": exact(candidate.path),
    }


def _quote(quote: Quote) -> Payload:
    return {
        "source": quote.source,
        "author": one_line(quote.author),
        "date": quote.day,
        "url": exact(quote.url),
        "lines": _cleaned(quote.lines),
    }


def _cleaned(lines: Iterable[str]) -> list[str]:
    return [clean(line, _LINE) for line in lines]


def _commit_payload(commit: PastCommit) -> Payload:
    author, subject = one_line(commit.author), one_line(commit.subject)
    return {"sha": commit.sha, "date": commit.day, "author": author, "subject": subject}


def _commit(commit: PastCommit) -> str:
    return f"{commit.sha[:8]}  {commit.day}  {one_line(commit.author)}"
