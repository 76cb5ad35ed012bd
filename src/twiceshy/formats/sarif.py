"""`sarif`: SARIF 2.1.0 for code scanning and for every viewer and editor that reads it.

    twiceshy check --diff main..HEAD --format sarif > twiceshy.sarif

A level becomes `note` (advise), `warning` (warn) or `error` (block, error). A file nobody could look into and a run cut
at GitHub's limits (25,000 results, 10 MB compressed) are notifications. The fingerprint is made from the guard and its
line, not from the path or the line's number, so that a finding keeps its identity when code moves. `helpUri` is the
lesson's address where continuous integration tells it, and else relative to the repository.
"""

from __future__ import annotations

from twiceshy.formats._fingerprint import fingerprints
from twiceshy.formats._quote import LINE, clean, one_line
from twiceshy.formats._web import address, uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from twiceshy.model.diagnostic import Diagnostic, Report
    from twiceshy.model.text import Location

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS = 25_000
"""Results in one run; GitHub refuses more, and shows 5,000 (docs.github.com, "SARIF results file limits")."""
BYTES = 10_000_000
"""Bytes of the whole log, compressed by gzip as it is sent; GitHub refuses a larger one (the same page)."""
_LEVELS = {"advise": "note", "warn": "warning", "block": "error", "error": "error"}
_WEIGHT = {"error": 0, "warning": 1, "note": 2}


def render(report: Report, tool: str, *, colour: bool = False) -> str:  # noqa: ARG001 (only people see colour)
    """`report` as one SARIF log with one run; always printed, as an empty run closes alerts that were fixed."""
    most = RESULTS
    while True:
        findings = _most_severe(report.findings, most)
        log = _log(report, tool, findings)
        if _fits(log) or not findings:
            return log
        most = len(findings) // 2


def _fits(log: str) -> bool:
    import gzip

    return len(log) <= BYTES or len(gzip.compress(log.encode("ascii"), 6)) <= BYTES


def _log(report: Report, tool: str, findings: Sequence[Diagnostic]) -> str:
    import json

    rules: dict[str, dict[str, Any]] = {}
    for finding in findings:
        if _id(finding) not in rules:
            rules[_id(finding)] = _rule(finding, report.web)
    index = {rule: i for i, rule in enumerate(rules)}
    prints = fingerprints(findings)
    told = list(_notifications(report, len(findings)))
    run = {
        "tool": {"driver": {"name": "twiceshy", "version": _version(), "rules": list(rules.values())}},
        "automationDetails": {"id": f"twiceshy/{tool}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": told}],
        "results": [_result(finding, index[_id(finding)], next(prints)) for finding in findings],
        "properties": {"suppressed": report.suppressed, "expired": report.expired},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _most_severe(findings: Sequence[Diagnostic], most: int) -> Sequence[Diagnostic]:
    if len(findings) <= most:
        return findings
    return sorted(findings, key=lambda finding: _WEIGHT[_LEVELS[finding.level]])[:most]


def _rule(finding: Diagnostic, web: str) -> dict[str, Any]:
    """What the rule says of itself; a lint rule's message is about one place, so its name has to do for a title."""
    message, why, instead = (_inert(clean(words)) for words in (finding.message, finding.why, finding.instead))
    short = message if finding.is_guard else _id(finding).replace("-", " ").capitalize()
    told = [(label, words) for label, words in (("Why", why), ("Instead", instead)) if words] or [("What", message)]
    rule = {
        "id": _id(finding),
        "shortDescription": {"text": short},
        "fullDescription": {"text": why or message},
        "help": {
            "text": "\n\n".join(f"{label}: {words}" for label, words in told),
            "markdown": "\n\n".join(f"**{label}:** {words.replace('<', '&lt;')}" for label, words in told),
        },
    }
    if finding.see and finding.see.path:
        rule["helpUri"] = address(web, finding.see)
    return rule


def _result(finding: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    words = [_inert(clean(finding.message))]
    if finding.instead and finding.instead != finding.message:
        words.append(f"Instead: {_inert(clean(finding.instead))}")
    result = {
        "ruleId": _id(finding),
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "locations": [_location(finding.location, finding.snippet)] if finding.location.path else [],
        "partialFingerprints": {"twiceshy/v1": fingerprint},
    }
    if finding.see and finding.see.path:
        words.append("Read on in [the lesson](1).")
        result["relatedLocations"] = [{"id": 1, **_location(finding.see), "message": {"text": "The lesson"}}]
    return result | {"message": {"text": "\n\n".join(words)}}


def _id(finding: Diagnostic) -> str:
    return one_line(finding.rule)


def _location(location: Location, snippet: str = "") -> dict[str, Any]:
    physical = _artifact(location.path)
    if location.line > 0:
        physical["region"] = {"startLine": location.line, "endLine": max(location.line, location.end_line)}
        if snippet:
            physical["region"]["snippet"] = {"text": clean(snippet, LINE)}
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, Any]:
    return {"artifactLocation": {"uri": uri(path), "uriBaseId": "%SRCROOT%"}}


def _notifications(report: Report, listed: int) -> Iterator[dict[str, Any]]:
    """Warnings at most: the standard reads an error here as a run that failed."""
    for file in report.unmentioned:
        told = {"level": "warning", "message": {"text": f"Could not be read: {_inert(one_line(file.reason))}"}}
        yield told | {"locations": [{"physicalLocation": _artifact(file.path)}]}
    for note in report.notes:
        yield {"level": "note", "message": {"text": _inert(clean(note))}}
    if len(report.findings) > listed:
        text = f"Only the {listed} most severe of {len(report.findings)} findings are listed."
        yield {"level": "warning", "message": {"text": text}}


def _inert(words: str) -> str:
    """`words` that can make no link: in a SARIF message `[text](1)` points at another place of the log."""
    # The standard would double braces as well, but viewers show both, and code without its braces right misleads.
    return words.replace("](", "] (")


def _version() -> str:
    from importlib.metadata import version

    return version("twiceshy")
