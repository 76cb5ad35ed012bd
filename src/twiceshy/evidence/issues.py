"""`issues`: issues as `gh issue list --state all --limit 1000 --json …` or GitLab's API lists them.

Ask gh for `number,title,state,labels,createdAt,closedAt,milestone`. What GitHub's own API calls an issue may be a pull
request (it has the key `pull_request`): those do not count. Labels are counted as they are written; which of them means
a defect is the team's to say.

Yields `issues.total`, `issues.open`, `issues.closed`, `issues.labelled` for each label, `issues.milestone` for each
milestone, `issues.named` (state and labels in `about`), `issues.cut-off`.

    [{"number": 3, "title": "It hangs", "state": "CLOSED", "labels": [{"name": "bug"}],
      "createdAt": "2026-01-01T00:00:00Z", "closedAt": "2026-01-02T03:04:05Z"}]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, counted, text_of
from twiceshy.evidence._texts import json_in, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_STATES = {"open": "open", "opened": "open", "closed": "closed"}
_SHOWN = 200


def recognises(head: bytes, name: str) -> bool:
    """Whether issues are listed, and no pull or merge requests."""
    starts = name.endswith(".json") and head.lstrip().startswith(b"[")
    gitlab = b'"iid"' in head and b'"merged_at"' not in head and b'"target_branch"' not in head and b'"sha"' not in head
    github = b'"number"' in head and not any(mark in head for mark in (b'"mergedAt"', b'"headRef', b'"mergeCommit"'))
    return starts and b'"state"' in head and b'"title"' in head and (gitlab or github)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one export. Raises MalformedEvidence."""
    found = [(f"[{index}]", one) for index, one in enumerate(tables(json_in(raw), "")) if not one.get("pull_request")]
    total = len(found)
    states = [_state(one, place) for place, one in found]
    yield counted("issues.total", total, provenance, total, unit="issues")
    for state in ("open", "closed"):
        yield counted(f"issues.{state}", states.count(state), provenance, total, unit="issues")
    for name, counts in (
        ("labelled", Counter(label for _, one in found for label in _labels(one))),
        ("milestone", Counter(title for _, one in found if (title := _milestone(one)))),
    ):
        for about, number in sorted(counts.items()):
            yield counted(f"issues.{name}", number, provenance, total, unit="issues", about=about)
    for (place, one), state in list(zip(found, states, strict=True))[:_SHOWN]:
        text = text_of(f"#{count_of(one.get('number', one.get('iid')))} {text_of(one.get('title'), 200)}")
        about = ", ".join([state, *_labels(one)])
        yield Evidence("issues.named", text, provenance, QUOTED, about=about, place=place)
    if total in (20, 30):
        said = f"exactly {total} are listed, which is where an export stops if nobody asks for more"
        yield Evidence("issues.cut-off", said, provenance, QUOTED)


def _state(one: dict[str, Any], place: str) -> str:
    state = _STATES.get(text_of(one.get("state"), 20).lower())
    if state is None or count_of(one.get("number", one.get("iid"))) is None:
        raise MalformedEvidence("an issue without a number or a state", place)
    return state


def _labels(one: dict[str, Any]) -> list[str]:
    labels = one.get("labels")
    names = (
        [each.get("name") if isinstance(each, dict) else each for each in labels] if isinstance(labels, list) else []
    )
    return list(dict.fromkeys(text for name in names if (text := text_of(name, 80))))


def _milestone(one: dict[str, Any]) -> str:
    milestone = one.get("milestone")
    return text_of(milestone.get("title"), 120) if isinstance(milestone, dict) else ""
