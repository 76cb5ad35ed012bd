"""Which commits take something back, as their messages say it: git's own words, those of forges and of people.

Revert "Cache the answer"                           git, GitHub, Gerrit, Phabricator; nested: a revert of a revert
This reverts commit 3f2c1ab…, reversing changes …   what git adds, also for a merge and when picked to a branch
revert: feat(cache): keep answers                   conventional commits
Backed out changeset 3f2c1ab (bug 12)               Mercurial, and those who came from it
Reapply "Cache the answer", Reland …                what was taken back comes again: nothing is removed for good
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from twiceshy.jobs.messages.prose import is_noise
from twiceshy.model.change import lines_of
from twiceshy.model.history import PastCommit

_QUOTES = "\"'“”‘’«»"
_BEFORE = r"\W*(?:\[[^\]]*\]\s*)*(?:[\w/.,()*+-]+:\s+)?(?:partial(?:ly)?\s+)?"
_BACK = r"(?:revert(?:s|ed|ing)?|back(?:s|ed|ing)?[ -]?out(?: of)?)"
_SUBJECT = re.compile(rf"{_BEFORE}{_BACK}(\([^)]*\))?(!?:)?\s+(?!to\b|back to\b)(\S.*)", re.I)
_LAYER = re.compile(
    rf"{_BEFORE}(?:({_BACK})|re-?apply|re-?land|reinstate|restore|undo|roll ?back)(?:\s+(?:commit|change|patch|PR))?"
    rf"\s*:?\s*[{_QUOTES}](.*)",
    re.I,
)
_AGAIN = re.compile(rf"{_BEFORE}(?:re-?apply|re-?land|re-?merge|reinstate|un-?revert)\b", re.I)
_STATES = re.compile(
    r"^\s*(?:[-*>]\s*)?(?:(?:this|it|and|also|which)\s+)?(?:commit\s+)?(?:\w+ly\s+)?(?:reverts|backs out)\s+"
    r"(?:back\s+)?(?:(?:the\s+)?(?:git\s+)?(?:commits?|changesets?|change|revisions?)\s*:?\s*)?"
    rf"[{_QUOTES}(<#]*([0-9a-f]{{7,64}})\b|^\s*original commit changeset:\s*([0-9a-f]{{7,64}})\b",
    re.I | re.M,
)
_ID = re.compile(r"\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b")
_TYPED = re.compile(r"\w+(?:\([^)]*\))?!?:\s")
_NUMBER = re.compile(r"\s*\((?:[\w./-]*[#!]\d+)(?:,\s*[#!]\d+)*\)\s*$")
_PAGE = r"https?://[^\s<>()]+/(?:issues|pull|merge_requests)/\d+"
_ISSUE = re.compile(rf"{_PAGE}|(?<![\w&])(?:[\w.-]+/[\w.-]+)?[#!]\d+\b|\b[A-Z][A-Z]+-\d+\b|\b[Bb]ug \d+\b")
_NO_ISSUE = re.compile(r"(?:UTF|SHA|ISO|RFC|MD|TLS|SSL|HTTP|PY|C)-")
_CLAIM = re.compile(
    r"(?:\b(?:this|it|and|also)\s+)?(?:\bcommit\s+)?\b(?:reverts|backs out)\s+(?:[\w./-]*[#!]\d+\b|https?://\S+|"
    rf"(?:(?:the\s+)?(?:merge\s+)?(?:commits?|changesets?|requests?|change|revisions?)\s*:?\s*)?[{_QUOTES}(<#!]*"
    rf"(?:[0-9a-f]{{7,64}}|\d+)\b[{_QUOTES})>]*(?:\s*\([^()]*\))?)"
    r"(?:,?\s*reversing\s+changes\s+made\s+to\s+[0-9a-f]{7,64})?(?:\s+commit\b)?\s*[.,;:]?\s*",
    re.I,
)
# What only stands in reverts, or says something elsewhere.
_BOILERPLATE = re.compile(
    r"(?:bug|issue|cc|tbr|test|fixes|closes|refs|see|tags|no-[\w-]+|original-\w+):?\s*[\w#/:. ,@-]*|\W*", re.I
)
_GIVEN = re.compile(r"^\s*reason for (?:the )?revert(?:ing)?\s*:\s*", re.I)
_LONGEST = 400
_SIGNS = (
    *("evert", "EVERT", "ack out", "acked out", "acking out", "acks out", "ackout", "hangeset", "eapply", "e-apply"),
    *("eland", "e-land", "e-merge", "einstate"),
)


class Removal(NamedTuple):
    """A commit that takes something away on purpose: a revert, or the fix that a lesson names (`lesson`).

    `targets` are the ids it names as it writes them, `what` the subject of what it took back. `returns` says that it
    takes back a revert. `lesson` is (id, document, line).
    """

    commit: PastCommit
    targets: tuple[str, ...]
    what: str
    reason: str
    issues: tuple[str, ...]
    returns: bool = False
    lesson: tuple[str, str, int] = ("", "", 0)


def removal_in(commit: PastCommit) -> Removal | None:
    """What `commit` says it takes back; None if it does not say so, or is a merge, whose lines are its parents'."""
    message = commit.message
    if commit.is_merge or not _may_be(message):
        return None
    subject = commit.subject
    starts = _SUBJECT.match(subject)
    states = [first or second for first, second in _STATES.findall(message)]
    if starts and starts[2] and not states and not _TYPED.match(starts[3]):
        starts = None  # `revert: …` is also how people write about a command or module of that name
    if not (starts or states or _AGAIN.match(subject)):
        return None
    targets = dict.fromkeys([*states, *(_ID.findall(subject) if starts else ())])
    what, behind, layers = _unwrapped(subject)
    returns = bool(_AGAIN.match(subject)) or (layers > 0 and layers % 2 == 0)
    return Removal(commit, tuple(targets), what, _reason(commit, behind), _issues(message), returns)


def fix_of(commit: PastCommit, culprits: tuple[str, ...], lesson: tuple[str, str, int]) -> Removal:
    """The commit that a lesson names as its fix, and `culprits`, what it mended as far as the lesson says."""
    return Removal(commit, culprits, commit.subject, _reason(commit, ""), _issues(commit.message), lesson=lesson)


def _may_be(message: str) -> bool:
    """A quick look, for eighty thousand messages."""
    return any(part in message for part in _SIGNS)


def _unwrapped(subject: str) -> tuple[str, str, int]:
    """What a subject takes back, what stands behind its quotation, and how many reverts are wrapped around it."""
    layers, rest, behind = 0, subject, ""
    while layer := _LAYER.match(rest):
        layers += 1 if layer[1] else 2
        rest = layer[2]
    if layers:
        cut = max(rest.rfind(quote) for quote in _QUOTES)
        rest, behind = (rest[:cut].rstrip('"“”«»'), rest[cut + 1 :]) if cut > 0 else (rest, "")
    elif starts := _SUBJECT.match(subject):
        rest = starts[3].strip(f" {_QUOTES}")
    behind = _NUMBER.sub("", behind).strip(f" ,;:-–—.{_QUOTES}")
    return _NUMBER.sub("", rest).strip(), behind if re.search(r"[^\W\d]{3}", behind) else "", layers


def _reason(commit: PastCommit, behind: str) -> str:
    """The commit's own words on one line, without what git, forges and review tools write by themselves."""
    own = (" ".join(line for line in part if _is_said(line)) for part in _paragraphs(commit.body))
    words = " ".join(_GIVEN.sub("", _CLAIM.sub("", part)).strip() for part in own).strip()
    words = words if re.search(r"[^\W\d]{3}.*\s.*[^\W\d]{2}", words) else ""
    whole = ". ".join(part for part in (behind, words) if part)
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _is_said(line: str) -> bool:
    """Whether a line may hold a reason: behind the claim of a revert there often is one."""
    return _CLAIM.match(line) is not None or not (is_noise(line) or _BOILERPLATE.fullmatch(line))


def _paragraphs(body: str) -> Iterator[list[str]]:
    for part in re.split(r"\n\s*\n", body):
        yield [line.strip() for line in lines_of(part)]


def _issues(message: str) -> tuple[str, ...]:
    found = (match[0] for match in _ISSUE.finditer(message) if not _NO_ISSUE.match(match[0]))
    return tuple(dict.fromkeys(found))[:5]
