"""`gitlab-merges`: merge requests as GitLab's API lists them (`/projects/:id/merge_requests`).

The list itself has no approvals. Where somebody put those of `/merge_requests/:iid/approvals` into each entry, as
`approvals` or `approved_by`, they are counted; they name no commit, so whether it was the merged head that was approved
stays unknown, and so does whether somebody reviewed without approving. Access tokens of projects and groups are bots,
by their names (`project_1_bot…`). The API gives pages of 20 if nobody asks for more: an export of exactly 20 is told.

Yields `pulls.total`, `pulls.merged`, `pulls.closed`, `pulls.open`, `pulls.by-bots` (of those merged),
`pulls.reviewed`, `pulls.review-coverage`, `pulls.approved`, `pulls.approved-at-head`, `reviews.total`,
`reviews.objections`, `pulls.named` (with the time of the merge in `about`), `pulls.cut-off`.

    [{"iid": 7, "title": "Retry", "state": "merged", "author": {"username": "ada"}, "merged_at": "2026-01-02T03:04:05Z",
      "sha": "1a2b…", "approved_by": [{"user": {"username": "ben"}}]}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, text_of
from twiceshy.evidence._pulls import CLOSED, MERGED, OPEN, Pull, pulls
from twiceshy.evidence._texts import dicts, json_in, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_STATES = {"merged": MERGED, "closed": CLOSED, "opened": OPEN, "locked": OPEN}
_BOT = re.compile(r"(?:project|group)_\d+_bot.*|.*-bot|renovate.*|dependabot.*|service_account_.*")
_PAGE = 20


def recognises(head: bytes, name: str) -> bool:
    """Whether merge requests in GitLab's words are listed."""
    marks = b'"iid"' in head and (b'"merged_at"' in head or b'"target_branch"' in head)
    return name.endswith(".json") and head.lstrip().startswith(b"[") and marks


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one export. Raises MalformedEvidence."""
    found = [_pull(one, f"[{index}]") for index, one in enumerate(tables(json_in(raw), ""))]
    if len({one.number for one in found}) != len(found):
        raise MalformedEvidence("a merge request is listed twice", "line 1")
    yield from pulls(found, provenance)
    if len(found) == _PAGE:
        said = f"exactly {_PAGE} are listed, which is a page of GitLab's API if nobody asks for more"
        yield Evidence("pulls.cut-off", said, provenance, QUOTED)


def _pull(one: dict[str, Any], place: str) -> Pull:
    number, state = count_of(one.get("iid")), one.get("state")
    if number is None or not isinstance(state, str) or state not in _STATES:
        raise MalformedEvidence("a merge request without an iid or a state", place)
    login, is_bot = person(one.get("author"))
    approvals = one.get("approvals")
    listed = approvals.get("approved_by") if isinstance(approvals, dict) else one.get("approved_by")
    approvers: frozenset[str] | None = None
    if isinstance(listed, list):
        people = [person(each.get("user", each)) for each in dicts(listed)]
        approvers = frozenset(name for name, bot in people if name and not bot and name != login)
    return Pull(
        str(number),
        text_of(one.get("title"), 200),
        _STATES[state],
        login,
        is_bot,
        place,
        reviewers=approvers or None,  # who did not approve may have reviewed
        approvers=approvers,
        at_head=approvers if not approvers else None,
        merged_at=text_of(one.get("merged_at"), 40),
    )


def person(value: object) -> tuple[str, bool]:
    """The name of somebody, and whether that is a bot: GitLab says so, or the name is made as those of bots are."""
    if not isinstance(value, dict):
        return "", False
    name = text_of(value.get("username"), 80)
    return name, value.get("bot") is True or bool(_BOT.fullmatch(name))
