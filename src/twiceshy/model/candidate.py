"""What may become a lesson: words of the past about a mistake, quoted until a person accepts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from twiceshy.model.history import PastCommit, PastFile

PULL_REQUEST, ISSUE = "pull request", "issue"
# How GitHub's command line makes an export of each kind; without --limit it gives thirty.
EXPORTS = {
    PULL_REQUEST: "gh pr list --state all --limit 100000 --json "
    "number,title,body,mergeCommit,author,mergedAt,url > prs.json",
    ISSUE: "gh issue list --state all --limit 100000 --json number,title,body,author,closedAt,url > issues.json",
}


class Sign(NamedTuple):
    """One reason to think that a text explains a mistake, and how much it counts."""

    name: str
    weight: float


class Quote(NamedTuple):
    """Lines as somebody wrote them; `source` is "commit 1a2b3c4d", "pull request #12" or "issue #3"."""

    source: str
    author: str
    day: str
    url: str
    lines: tuple[str, ...]


class Entry(NamedTuple):
    """A pull request or an issue from an export; `sha` is the commit that merged it, `closes` the issues it names."""

    kind: str
    number: int
    title: str
    body: str
    author: str
    day: str
    url: str
    sha: str = ""
    closes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mistake as the past tells of it: `commits` speak of the same one, the one that says most comes first.

    `cause` and `rule` are those of the quoted lines that state a root cause and what must hold from now on; empty where
    none does. `files` are what the first commit changed. `guard` is the YAML of a proposed guard, "" for none.
    """

    commits: tuple[PastCommit, ...]
    score: float
    signs: tuple[Sign, ...]
    quotes: tuple[Quote, ...]
    cause: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    files: tuple[PastFile, ...] = ()
    guard: str = ""
    path: str = ""

    @property
    def id(self) -> str:
        """What `twiceshy accept` and `twiceshy reject` call it."""
        return f"mined-{self.commits[0].sha[:8]}"

    @property
    def title(self) -> str:
        """What the commit, or the pull request it merged, says in its first line."""
        commit = self.commits[0]
        return next((quote.lines[0] for quote in self.quotes if quote.lines), commit.subject) or commit.sha[:8]


class Question(NamedTuple):
    """A revert that nobody explained: whom to ask, and the words to send."""

    revert: PastCommit
    reverted: str
    text: str


@dataclass(frozen=True, slots=True)
class Mined:
    """What a look at history brought: of `commits`, `telling` carry enough text, `joined` of them thanks to an export.

    `waiting` candidates were there already; `aside` says how many commits were not read, by reason. `is_kept` says
    whether the candidates were written.
    """

    candidates: tuple[Candidate, ...]
    questions: tuple[Question, ...]
    commits: int
    telling: int
    joined: int
    waiting: int
    aside: dict[str, int]
    exports: tuple[str, ...] = ()
    is_kept: bool = False
