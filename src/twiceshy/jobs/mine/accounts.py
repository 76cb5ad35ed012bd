"""All that was written about a commit: its message, the pull request that brought it, the issues it closes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from twiceshy.jobs.messages.prose import Prose, count_words, prose_of, subject_of
from twiceshy.jobs.mine.aside import aside
from twiceshy.jobs.mine.likeness import closed_in, is_retold
from twiceshy.model.candidate import ISSUE, PULL_REQUEST, Entry, Quote
from twiceshy.model.history import PastCommit

_NUMBER = re.compile(r"\(#(\d{1,9})\)\s*$|^Merge pull request #(\d{1,9})\b|^Merge PR #(\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Account:
    """What is told about one commit, in its own words and its sources' words."""

    commit: PastCommit
    prose: Prose
    quotes: tuple[Quote, ...]
    is_joined: bool


class Entries:
    """Pull requests and issues, found by the commits that speak of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._numbered: dict[tuple[str, int], Entry] = {}
        self._merged: dict[str, Entry] = {}
        for entry in entries:
            self._numbered[entry.kind, entry.number] = entry
            if entry.sha:
                self._merged[entry.sha] = entry

    def about(self, commit: PastCommit) -> Iterator[Entry]:
        """The pull request that brought a commit, and the issues that one of them closes."""
        request = self._merged.get(commit.sha)
        if request is None and (match := _NUMBER.search(subject_of(commit))):
            request = self._numbered.get((PULL_REQUEST, int(next(filter(None, match.groups())))))
        closed = closed_in(commit.message)
        if request:
            yield request
            closed |= set(request.closes)
        for number in sorted(closed):
            if issue := self._numbered.get((ISSUE, number)):
                yield issue


def accounts(commits: Sequence[PastCommit], entries: Entries, skipped: dict[str, int]) -> Iterator[Account]:
    """What is told about each commit that is worth reading; `skipped` counts the others, by reason.

    A merge is read only for the pull request it merged.
    """
    for commit in commits:
        found = list(entries.about(commit))
        why = aside(commit)
        if why and not (commit.is_merge and found):
            skipped[why] = skipped.get(why, 0) + 1
        else:
            yield account_of(commit, found)


def account_of(commit: PastCommit, found: Sequence[Entry]) -> Account:
    """The message of a commit with what `found` adds to it; what says the same again is left out."""
    prose = prose_of("" if commit.is_merge else commit.message)
    subjects, texts, listed = [prose.subject], [prose.text], prose.listed
    quotes = [_quote(f"commit {commit.sha[:8]}", commit.author, commit.day, "", prose)] if prose.subject else []
    for entry in found:
        more = prose_of(f"{entry.title}\n{entry.body}")
        if not more.text or is_retold(more.text, " ".join(texts)):
            continue
        subjects.append(more.subject)
        texts.append(more.text)
        listed += more.listed
        quotes.append(_quote(f"{entry.kind} #{entry.number}", entry.author, entry.day, entry.url, more))
    text = " ".join(filter(None, texts))
    whole = Prose("; ".join(filter(None, subjects)), (), text, count_words(text), listed)
    return Account(commit, whole, tuple(quotes), len(texts) > 1)


def _quote(source: str, author: str, day: str, url: str, prose: Prose) -> Quote:
    lines = (prose.subject, "", *prose.lines) if prose.lines else (prose.subject,)
    return Quote(source, author, day, url, lines)
