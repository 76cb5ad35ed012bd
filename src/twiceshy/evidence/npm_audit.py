"""`npm-audit`: what `npm audit --json` writes, of npm 6 and of npm 7 and later.

npm 6 lists advisories. npm 7 (`auditReportVersion` 2) lists vulnerable packages, and a package stands there as well if
only something it needs is vulnerable: its `via` is then a name. What is counted are advisories, each once for its
package; the totals under `metadata` are counts of packages in npm 7 and are not taken. An audit that could not ask the
registry writes an `error` and has found nothing out.

Yields `dependencies.audited`, `vulnerabilities.found`, `vulnerabilities.critical`, `vulnerabilities.high`,
`vulnerabilities.medium`, `vulnerabilities.low`, `vulnerabilities.unrated`, `vulnerabilities.fixable`,
`packages.vulnerable`, `vulnerabilities.named`.

    {"auditReportVersion": 2, "vulnerabilities": {"minimist": {"name": "minimist", "severity": "critical",
       "via": [{"source": 1097677, "name": "minimist", "title": "Prototype Pollution", "severity": "critical",
                "url": "https://github.com/advisories/GHSA-xvch-5gv4-984h"}], "fixAvailable": true}},
     "metadata": {"dependencies": {"prod": 3, "dev": 40, "total": 42}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.evidence._audited import Vulnerability, severity_of, vulnerabilities
from twiceshy.evidence._figures import count_of, counted, text_of, unknown
from twiceshy.evidence._texts import array, object_in, table
from twiceshy.model.evidence import Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether this is the report of either generation, or the error of an audit that failed."""
    marks = (b'"auditReportVersion"', b'"advisories"', b"ENOAUDIT", b"audit endpoint", b"ENOLOCK")
    return name.endswith(".json") and any(mark in head for mark in marks) and b'"runs"' not in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one audit. Raises MalformedEvidence."""
    report = object_in(raw)
    failure = report.get("error")
    if failure or not ("vulnerabilities" in report or "advisories" in report):
        said = failure.get("summary") or failure.get("code") if isinstance(failure, dict) else failure
        said = said or report.get("message")
        why = f"an audit was looked for: npm could not make one ({text_of(said, 120) or 'it lists nothing'})"
        yield unknown("dependencies.audited", why, provenance, unit="packages")
        yield from vulnerabilities((), None, provenance, why)
        return
    audited = _audited(table(report.get("metadata") or {}, "metadata"))
    if audited is None:
        yield unknown("dependencies.audited", "metadata was looked for: it does not say how many", provenance)
    else:
        yield counted("dependencies.audited", audited, provenance, audited, unit="packages")
    found = _advisories(report) if "advisories" in report else _packages(report)
    yield from vulnerabilities(found, audited, provenance)


def _audited(metadata: dict[str, Any]) -> int | None:
    total = metadata.get("dependencies")
    return count_of(total.get("total")) if isinstance(total, dict) else count_of(metadata.get("totalDependencies"))


def _advisories(report: dict[str, Any]) -> Iterator[Vulnerability]:
    """npm 6: by id."""
    for key, value in table(report["advisories"], "advisories").items():
        one = table(value, f"advisories.{key}")
        mended = text_of(one.get("patched_versions"), 60)
        package = text_of(one.get("module_name"), 120)
        fix = "" if mended in ("", "<0.0.0") else mended
        yield Vulnerability(_name(one, key), package, severity_of(one.get("severity")), fix, f"advisories.{key}")


def _packages(report: dict[str, Any]) -> Iterator[Vulnerability]:
    """npm 7: by package."""
    for package, value in table(report["vulnerabilities"], "vulnerabilities").items():
        place = f"vulnerabilities.{package}"
        entry = table(value, place)
        available = entry.get("fixAvailable")
        fix = text_of(available.get("version"), 60) if isinstance(available, dict) else "an update" if available else ""
        for one in array(entry.get("via") or [], f"{place}.via"):
            if isinstance(one, dict):
                severity = severity_of(one.get("severity"))
                yield Vulnerability(_name(one, one.get("source")), text_of(package, 120), severity, fix, place)


def _name(one: dict[str, Any], otherwise: object) -> str:
    """The id that the advisory's address ends with, for npm's own numbers change."""
    last = text_of(one.get("url"), 200).rstrip("/").rpartition("/")[2]
    return last or text_of(otherwise, 60) or "an advisory without an id"
