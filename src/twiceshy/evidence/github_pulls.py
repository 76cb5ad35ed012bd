"""`github-pulls`: pull requests as `gh pr list --state all --limit 1000 --json …` exports them.

Ask for `number,title,state,author,mergedAt,headRefOid,reviews`. A review counts if somebody other than the author gave
it and no bot; of several by one person the last that approves or objects decides. An approval is one of the merged head
only if its commit is `headRefOid`: commits may follow an approval. Without `--limit` gh lists 30 and says nothing: an
export of exactly 30 is told. What was asked for is up to the export, so it may be of another period than the record.

Yields `pulls.total`, `pulls.merged`, `pulls.closed`, `pulls.open`, `pulls.by-bots` (of those merged),
`pulls.reviewed`, `pulls.review-coverage`, `pulls.approved`, `pulls.approved-at-head`, `reviews.total`,
`reviews.objections`, `pulls.named` (with the time of the merge in `about`), `pulls.cut-off`.

    [{"number": 12, "title": "Retry", "state": "MERGED", "author": {"login": "ada", "is_bot": false},
      "mergedAt": "2026-01-02T03:04:05Z", "headRefOid": "1a2b…", "reviews": [{"author": {"login": "ben"},
      "state": "APPROVED", "submittedAt": "2026-01-02T02:00:00Z", "commit": {"oid": "1a2b…"}}]}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, text_of
from twiceshy.evidence._pulls import CLOSED, MERGED, OPEN, Pull, pulls
from twiceshy.evidence._texts import json_in, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_STATES = {"MERGED": MERGED, "CLOSED": CLOSED, "OPEN": OPEN}
_SILENT_LIMIT = 30


def recognises(head: bytes, name: str) -> bool:
    """Whether pull requests in gh's words are listed."""
    marks = (b'"mergedAt"', b'"headRefOid"', b'"headRefName"', b'"mergeCommit"')
    return name.endswith(".json") and head.lstrip().startswith(b"[") and any(mark in head for mark in marks)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one export. Raises MalformedEvidence."""
    found = [_pull(one, f"[{index}]") for index, one in enumerate(tables(json_in(raw), ""))]
    if len({one.number for one in found}) != len(found):
        raise MalformedEvidence("a pull request is listed twice", "line 1")
    yield from pulls(found, provenance)
    if len(found) == _SILENT_LIMIT:
        said = f"exactly {_SILENT_LIMIT} are listed, which is where gh stops if no --limit is given"
        yield Evidence("pulls.cut-off", said, provenance, QUOTED)


def _pull(one: dict[str, Any], place: str) -> Pull:
    number, state = count_of(one.get("number")), one.get("state")
    if number is None or not isinstance(state, str) or state not in _STATES:
        raise MalformedEvidence("a pull request without a number or a state", place)
    login, is_bot = person(one.get("author"))
    said = "reviews" in one
    last: dict[str, tuple[str, str]] = {}
    reviews = (
        [each for each in tables(one["reviews"] or [], f"{place}.reviews") if _counts(each, login)] if said else []
    )
    for each in sorted(reviews, key=lambda each: text_of(each.get("submittedAt"))):
        word = text_of(each.get("state"), 40)
        if word in ("APPROVED", "CHANGES_REQUESTED", "DISMISSED"):
            commit = each.get("commit")
            last[person(each.get("author"))[0]] = word, text_of(commit.get("oid")) if isinstance(commit, dict) else ""
    approvers = frozenset(name for name, (word, _) in last.items() if word == "APPROVED")
    head = text_of(one.get("headRefOid"), 80)
    at_head = frozenset(name for name in approvers if last[name][1] == head)
    clear = said and head and all(last[name][1] for name in approvers)
    return Pull(
        str(number),
        text_of(one.get("title"), 200),
        _STATES[state],
        login,
        is_bot,
        place,
        reviewers=frozenset(person(each.get("author"))[0] for each in reviews) if said else None,
        approvers=approvers if said else None,
        at_head=at_head if clear else None,
        reviews=len(reviews) if said else None,
        objections=sum(each.get("state") == "CHANGES_REQUESTED" for each in reviews) if said else None,
        merged_at=text_of(one.get("mergedAt"), 40),
    )


def _counts(review: dict[str, Any], author: str) -> bool:
    login, is_bot = person(review.get("author"))
    return bool(login) and not is_bot and login != author and review.get("state") != "PENDING"


def person(value: object) -> tuple[str, bool]:
    """The login of somebody, and whether that is a bot: GitHub says so, or the name ends as those of apps do."""
    if not isinstance(value, dict):
        return "", False
    login = text_of(value.get("login"), 80)
    said = value.get("is_bot") is True or value.get("type") == "Bot" or value.get("__typename") == "Bot"
    return login, said or login.endswith("[bot]") or login.startswith("app/")
