"""mine: candidates for lessons from history; quotations only, never delivered before a person accepts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from twiceshy.jobs.messages.reverts import Removal
from twiceshy.jobs.mine.accounts import Account, Entries, account_of, accounts
from twiceshy.jobs.mine.likeness import bare_subject, clusters, is_retold
from twiceshy.jobs.mine.page import FOLDER, page_of, path_of
from twiceshy.jobs.mine.passages import cause_in, rule_in
from twiceshy.jobs.mine.questions import questions, unexplained
from twiceshy.jobs.mine.signs import ENOUGH, signs_of, signs_of_files
from twiceshy.markdown.edit import apply
from twiceshy.markdown.parse import parse
from twiceshy.model.candidate import Candidate, Entry, Mined, Sign
from twiceshy.model.history import PastCommit, PastFile
from twiceshy.model.ports import History
from twiceshy.model.text import Edit

__all__ = ["FOLDER", "keep", "known_ids", "mine"]

_LEAST = 10  # words; below that 4 % of messages were worth a lesson
_FLOOR = 4.0  # a lower score stands for less than a message of 80 words that mends something
_READ = 4  # times the limit: so many are looked at closely, with their files
_QUESTIONS = 5
_STEP = 500  # commits between two words about how far it is
_ID = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{7,64}(?![0-9a-zA-Z])")

Suggest = Callable[[PastCommit], str]


class Shelf(Protocol):
    """Where candidates are put; paths are relative to the repository's root."""

    def exists(self, path: str) -> bool:
        """Whether something stands at `path`."""

    def write(self, path: str, text: str, read_as: str | None) -> None:
        """Write safely; `read_as` is None if the file must be new. Raises ChangedMeanwhile."""


class _Ranked(NamedTuple):
    score: float
    commit: PastCommit
    is_joined: bool


def known_ids(texts: Iterable[str]) -> set[str]:
    """The first seven digits of every commit id in these documents: what lessons speak of, or somebody rejected.

    Blocks of plain text are left out: a quoted message names others, and these may be worth a lesson of their own.
    """
    return {match[0][:7] for text in texts for match in _ID.finditer(_unquoted(text))}


def _unquoted(text: str) -> str:
    blocks = [fence.span for fence in parse(text).fences if fence.info.strip() == "text"]
    return apply(text, [Edit(span, "") for span in blocks])


def mine(
    history: History,
    *,
    entries: Sequence[Entry] = (),
    known: Collection[str] = frozenset(),
    waiting: int = 0,
    limit: int = 20,
    since: str = "",
    suggest: Suggest | None = None,
    on_read: Callable[[int, int], None] = lambda _done, _of: None,
) -> Mined:
    """The commits whose texts explain a mistake best, each as a candidate, and reverts to ask about.

    `known` are the first seven digits of commits that are a lesson, a candidate or rejected already, `waiting` how many
    candidates there are: at most `limit` with these. `since` is a day (or the beginning of one), `suggest` gives the
    YAML of a guard for a commit, or ""; `on_read` is told how many of all commits are read.
    """
    every = history.commits()
    commits = [commit for commit in every if commit.day >= since]
    skipped: dict[str, int] = {}
    found, told = Entries(entries), _Told()
    for start in range(0, len(commits), _STEP):
        on_read(start, len(commits))
        for account in accounts(commits[start : start + _STEP], found, skipped):
            told.hear(account)
    on_read(len(commits), len(commits))
    asked = questions(told.reverts, every, known, _QUESTIONS)
    groups = _groups(told.ranked, history, max(limit - waiting, 0), known)
    candidates = [_candidate(group, files, found, suggest) for group, files in groups]
    candidates.sort(key=lambda one: -one.score)
    return Mined(
        tuple(candidates), tuple(asked), len(commits), told.telling, told.joined, waiting, skipped,
        tuple(sorted({entry.kind for entry in entries})),
    )  # fmt: skip


def keep(shelf: Shelf, mined: Mined) -> Mined:
    """Write each candidate as a page of its own; one whose file is there already is left as it is."""
    for candidate in mined.candidates:
        if not shelf.exists(candidate.path):
            shelf.write(candidate.path, page_of(candidate), None)
    return replace(mined, is_kept=True)


class _Told:
    """What was heard so far: rank and number of what tells enough, without its texts, and reverts."""

    def __init__(self) -> None:
        self.ranked: list[_Ranked] = []
        self.reverts: list[Removal] = []
        self.telling = self.joined = 0

    def hear(self, account: Account) -> None:
        """Take in one account."""
        self.telling += account.prose.words >= ENOUGH
        self.joined += account.is_joined and account.prose.words >= ENOUGH
        if removal := unexplained(account):
            self.reverts.append(removal)
        if account.prose.words >= _LEAST:
            score = sum(sign.weight for sign in signs_of(account.prose))
            if score >= _FLOOR:
                self.ranked.append(_Ranked(score, account.commit, account.is_joined))


def _groups(
    ranked: list[_Ranked], history: History, most: int, known: Collection[str]
) -> list[tuple[list[PastCommit], list[PastFile]]]:
    """Groups of commits about one mistake that nobody knows of, best first, with the files of their first."""
    ranked.sort(key=lambda one: (-one.score, -one.commit.number))
    short = _shortlist(ranked, most * _READ, known)
    files = _files(history, [one.commit.number for one in short])
    paths = {number: frozenset(file.path for file in of) for number, of in files.items()}
    scores = {one.commit.number: one.score + _weight(signs_of_files(files[one.commit.number])) for one in short}
    best = sorted((one.commit for one in short), key=lambda commit: (-scores[commit.number], -commit.number))
    groups = _with_twins(clusters(best, paths), history)
    fresh = [group for group in groups if not any(commit.sha[:7] in known for commit in group)]
    return [(group, files[group[0].number]) for group in fresh if scores[group[0].number] >= _FLOOR][:most]


def _files(history: History, numbers: list[int]) -> dict[int, list[PastFile]]:
    history.read(numbers)
    files: dict[int, list[PastFile]] = {number: [] for number in numbers}
    for file in history.files(sorted(numbers)):
        files[file.commit].append(file)
    return files


def _shortlist(ranked: Iterable[_Ranked], most: int, known: Collection[str]) -> list[_Ranked]:
    """The first of `ranked`, with `most` among them that nobody knows; the others tell what is about the same."""
    short: list[_Ranked] = []
    for one in ranked:
        if most <= 0:
            break
        most -= one.commit.sha[:7] not in known
        short.append(one)
    return short


def _with_twins(groups: list[list[PastCommit]], history: History) -> list[list[PastCommit]]:
    """Each group with the commits that did the same on another branch, however they rank."""
    twins: dict[str, list[PastCommit]] = {bare_subject(group[0]): [] for group in groups}
    for commit in history.commits():
        if not commit.is_merge and (subject := bare_subject(commit)) in twins:
            twins[subject].append(commit)
    whole = []
    for group in groups:
        inside = {commit.number for commit in group}
        same = (commit for commit in twins[bare_subject(group[0])] if commit.number not in inside)
        whole.append([*group, *(commit for commit in same if is_retold(group[0].message, commit.message))])
    return whole


def _weight(signs: Iterable[Sign]) -> float:
    return sum(sign.weight for sign in signs)


def _candidate(group: list[PastCommit], files: list[PastFile], entries: Entries, suggest: Suggest | None) -> Candidate:
    account = account_of(group[0], list(entries.about(group[0])))
    signs = sorted([*signs_of(account.prose), *signs_of_files(files)], key=lambda sign: -sign.weight)
    made = Candidate(
        tuple(group), round(_weight(signs), 1), tuple(signs), account.quotes, cause_in(account.quotes),
        rule_in(account.quotes), tuple(files), suggest(group[0]) if suggest else "",
    )  # fmt: skip
    return replace(made, path=path_of(made))
