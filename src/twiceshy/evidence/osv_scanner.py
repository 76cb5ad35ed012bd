"""`osv-scanner`: what `osv-scanner --format json` writes, versions 1 and 2.

Ids that are aliases of each other stand in one group, and a group is one vulnerability. Without `--all-packages` only
packages with vulnerabilities are listed, so the report of a clean project is the same as that of a project in which no
package was found: zero is then unknown. As soon as a package without any is listed, all are, and they are counted.
The severity is that of the highest CVSS score of a group.

Yields `dependencies.audited`, `vulnerabilities.found`, `vulnerabilities.critical`, `vulnerabilities.high`,
`vulnerabilities.medium`, `vulnerabilities.low`, `vulnerabilities.unrated`, `vulnerabilities.fixable`,
`packages.vulnerable`, `vulnerabilities.named`.

    {"results": [{"source": {"path": "go.mod", "type": "lockfile"}, "packages": [
      {"package": {"name": "github.com/gogo/protobuf", "version": "1.3.1", "ecosystem": "Go"},
       "vulnerabilities": [{"id": "GHSA-c3h9-896r-86jm"}],
       "groups": [{"ids": ["GHSA-c3h9-896r-86jm", "GO-2021-0053"], "max_severity": "8.6"}]}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._audited import UNRATED, Vulnerability, severity_of_score, vulnerabilities
from twiceshy.evidence._figures import counted, text_of, unknown
from twiceshy.evidence._texts import array, dicts, object_in, table, tables
from twiceshy.model.evidence import Evidence, Provenance

_NOT_LISTED = "packages without vulnerabilities were looked for: none is listed; run osv-scanner with --all-packages"


def recognises(head: bytes, name: str) -> bool:
    """Whether results with packages are listed, or none and nothing else."""
    plain = b"".join(head.split())
    return (
        name.endswith(".json") and plain.startswith(b'{"results":') and (b'"packages"' in head or b"[]" in plain[:13])
    )


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one scan. Raises MalformedEvidence."""
    report = object_in(raw, "results")
    found: list[Vulnerability] = []
    packages, clean = set(), False
    for index, result in enumerate(tables(report["results"] or [], "results")):
        for at, one in enumerate(tables(result.get("packages") or [], f"results[{index}].packages")):
            place = f"results[{index}].packages[{at}]"
            known = table(one.get("package"), f"{place}.package")
            package = " ".join(filter(None, (text_of(known.get(key), 120) for key in ("name", "version"))))
            if not package:
                raise MalformedEvidence("a package without a name", place)
            packages.add((text_of(known.get("ecosystem"), 40), package))
            listed = list(_vulnerabilities(one, package, place))
            clean = clean or not listed
            found += listed
    audited = len(packages) if clean else None
    if audited is None:
        yield unknown("dependencies.audited", _NOT_LISTED, provenance, unit="packages")
    else:
        yield counted("dependencies.audited", audited, provenance, audited, unit="packages")
    yield from vulnerabilities(found, audited, provenance, "" if clean else _NOT_LISTED)


def _vulnerabilities(one: dict[str, Any], package: str, place: str) -> Iterator[Vulnerability]:
    entries = {
        text_of(entry.get("id"), 80): entry
        for entry in tables(one.get("vulnerabilities") or [], f"{place}.vulnerabilities")
    }
    groups = tables(one.get("groups") or [], f"{place}.groups")
    told = set()
    for group in groups:
        ids = [text_of(name, 80) for name in array(group.get("ids") or [], f"{place}.groups.ids")]
        if ids:
            told |= set(ids)
            fix = next((text for name in ids if (text := _fix(entries.get(name, {}), package))), "")
            yield Vulnerability(ids[0], package, severity_of_score(group.get("max_severity")), fix, place)
    for name, entry in entries.items():
        if name not in told:
            yield Vulnerability(name, package, UNRATED, _fix(entry, package), place)


def _fix(entry: dict[str, Any], package: str) -> str:
    """The first release that an entry names as mended for this package."""
    for affected in dicts(entry.get("affected")):
        named = affected.get("package")
        if isinstance(named, dict) and text_of(named.get("name"), 120) != package.rpartition(" ")[0]:
            continue
        for reach in dicts(affected.get("ranges")):
            for event in dicts(reach.get("events")):
                if event.get("fixed"):
                    return text_of(event["fixed"], 60)
    return ""
