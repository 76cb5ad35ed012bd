"""`gitlab`: a code quality report, which GitLab shows in the merge request and beside the changed lines.

    twiceshy check --from-ref origin/main --to-ref HEAD --format gitlab > gl-code-quality-report.json

One JSON array. A level becomes `info` (advise), `major` (warn), `critical` (error) or `blocker` (block). Every entry
needs a place in a file: a file that could not be read is an entry of its own, and a finding that is in no file stands
at its lesson. Notes have no place there. The fingerprint is that of SARIF, so a finding that moves stays the same one.
"""

from __future__ import annotations

from twiceshy.formats._fingerprint import fingerprints
from twiceshy.formats._quote import LINE, TAKEAWAY, exact, one_line, place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from twiceshy.model.diagnostic import Diagnostic, Report, Unread
    from twiceshy.model.text import Location

_SEVERITIES = {"advise": "info", "warn": "major", "error": "critical", "block": "blocker"}


def render(report: Report, tool: str, *, colour: bool = False) -> str:  # noqa: ARG001 (only people see colour)
    """Everything in `report` that has a place, always printed: an empty array says that nothing is wrong any more."""
    import json

    prints = fingerprints(report.findings)
    entries = [_finding(finding, told) for finding, told in zip(report.findings, prints, strict=True)]
    entries += [_unreadable(file) for file in report.unmentioned]
    return json.dumps([entry for entry in entries if entry], indent=2) + "\n"


def _finding(finding: Diagnostic, fingerprint: str) -> dict[str, Any] | None:
    where = finding.location if finding.location.path else finding.see
    if where is None or not where.path:
        return None
    words = [one_line(finding.message, TAKEAWAY)]
    if finding.instead and finding.instead != finding.message:
        words.append(f"Instead: {one_line(finding.instead, TAKEAWAY)}")
    if finding.see:
        words.append(f"See {place(finding.see.path, finding.see.line)}")
    return _entry(finding.rule, " · ".join(words), _SEVERITIES[finding.level], fingerprint) | _location(where)


def _unreadable(file: Unread) -> dict[str, Any] | None:
    from hashlib import sha256

    from twiceshy.model.text import Location

    if not file.path:
        return None
    told = sha256(f"unreadable\0{file.path}".encode("utf-8", "replace")).hexdigest()
    words = f"Could not be read: {one_line(file.reason)}"
    return _entry("unreadable", words, "info", told) | _location(Location(file.path, 1, 1))


def _entry(rule: str, words: str, severity: str, fingerprint: str) -> dict[str, Any]:
    return {"description": words, "check_name": one_line(rule, LINE), "fingerprint": fingerprint, "severity": severity}


def _location(where: Location) -> dict[str, Any]:
    begin = max(where.line, 1)
    return {"location": {"path": exact(where.path), "lines": {"begin": begin, "end": max(begin, where.end_line)}}}
