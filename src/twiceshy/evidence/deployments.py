"""`deployments`: what was deployed where, as GitHub's or GitLab's API lists it (`…/deployments`).

A tag is not a deployment. On GitHub the list holds what was asked for; how it went is in the statuses of each
deployment, which have to be put into it as `statuses` (newest first) or, from GraphQL, as `latestStatus` or `state`:
without them it is unknown. Of one that is `inactive`, because another followed, the status before counts. What runs,
waits or was canceled is neither a success nor a failure. GitLab says `status` itself.

Yields for all and for each environment (in `about`) `deployments.total`, `deployments.succeeded`,
`deployments.failed`; and `deployments.named` with time, commit and outcome.

    [{"sha": "1a2b3c4d", "ref": "v1.2.0", "environment": "production", "created_at": "2026-01-02T03:04:05Z",
      "statuses": [{"state": "success"}]}]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of, unknown
from twiceshy.evidence._texts import dicts, json_in, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_WORDS = {
    "success": "succeeded",
    "active": "succeeded",
    "failure": "failed",
    "failed": "failed",
    "error": "failed",
}
_UNIT = "deployments"


class _Deployment(NamedTuple):
    """Where, what, when, and how it went ("" if it is not said)."""

    environment: str
    text: str
    outcome: str
    place: str


def recognises(head: bytes, name: str) -> bool:
    """Whether deployments to environments are listed."""
    marks = b'"environment"' in head and (b'"sha"' in head or b'"commitOid"' in head)
    return name.endswith(".json") and head.lstrip().startswith(b"[") and marks


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one export. Raises MalformedEvidence."""
    found = [_read(one, f"[{index}]") for index, one in enumerate(tables(json_in(raw), ""))]
    yield from _figures(found, provenance, "")
    for environment in dict.fromkeys(one.environment for one in found):
        yield from _figures([one for one in found if one.environment == environment], provenance, environment)
    for one in found:
        yield Evidence("deployments.named", one.text, provenance, QUOTED, about=one.environment, place=one.place)


def _figures(found: Sequence[_Deployment], provenance: Provenance, about: str) -> Iterator[Evidence]:
    total, silent = len(found), sum(not one.outcome for one in found)
    yield counted("deployments.total", total, provenance, total, unit=_UNIT, about=about)
    for word in ("succeeded", "failed"):
        if silent:
            why = f"how they went was looked for: {silent} of {total} have no status that says it"
            yield unknown(f"deployments.{word}", why, provenance, unit=_UNIT, about=about)
        else:
            number = sum(one.outcome == word for one in found)
            yield counted(f"deployments.{word}", number, provenance, total, unit=_UNIT, about=about)


def _read(one: dict[str, Any], place: str) -> _Deployment:
    environment = one.get("environment")
    name = text_of(environment.get("name") if isinstance(environment, dict) else environment, 120)
    sha = text_of(one.get("sha") or one.get("commitOid"), 64)
    if not name or not sha:
        raise MalformedEvidence("a deployment without an environment or a commit", place)
    said = _said(one)
    ref = one.get("ref")
    what = " ".join(filter(None, (text_of(ref.get("name") if isinstance(ref, dict) else ref, 120), sha[:12])))
    when = text_of(one.get("created_at") or one.get("createdAt"), 40)
    return _Deployment(
        name,
        text_of(f"{when or 'no time'} {what}: {said or 'no status'}"),
        _WORDS.get(said, "other" if said else ""),
        place,
    )


def _said(one: dict[str, Any]) -> str:
    """The newest status there is, in small letters."""
    statuses = [text_of(each.get("state"), 40).lower() for each in dicts(one.get("statuses"))]
    latest = one.get("latestStatus")
    states = statuses or [text_of(latest.get("state") if isinstance(latest, dict) else None, 40).lower()]
    state = states[0] or text_of(one.get("status") or one.get("state"), 40).lower()
    if state == "inactive":  # it was taken over by a later one: what it was before counts
        return next((each for each in states if each in _WORDS), "")
    return state
