"""`pip-audit`: what `pip-audit --format json` writes.

pip-audit says "no known vulnerabilities" and exits with 0 when it has skipped every dependency: what it could not look
up (a local package, a version nobody knows) has a `skip_reason` and was not audited. Zero found is `none` only of those
that were. It knows no severity, so all are unrated. Before 2.0 the file was the bare list of dependencies. `--strict`
stops at what would be skipped.

Yields `dependencies.audited`, `dependencies.skipped`, `dependencies.skipped-because`, `vulnerabilities.found`,
`vulnerabilities.critical`, `vulnerabilities.high`, `vulnerabilities.medium`, `vulnerabilities.low`,
`vulnerabilities.unrated`, `vulnerabilities.fixable`, `packages.vulnerable`, `vulnerabilities.named`.

    {"dependencies": [{"name": "flask", "version": "0.5", "vulns": [{"id": "PYSEC-2019-179", "fix_versions": ["1.0"]}]},
                      {"name": "ours", "skip_reason": "could not be found on PyPI"}], "fixes": []}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._audited import Vulnerability, audited_and_skipped, vulnerabilities
from twiceshy.evidence._figures import text_of
from twiceshy.evidence._texts import array, json_in, tables
from twiceshy.model.evidence import Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether dependencies with `vulns` or `skip_reason` are listed."""
    return name.endswith(".json") and b'"name"' in head and (b'"vulns"' in head or b'"skip_reason"' in head)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one audit. Raises MalformedEvidence."""
    report = json_in(raw)
    listed = report.get("dependencies") if isinstance(report, dict) else report
    dependencies = tables(listed, "dependencies")
    audited, skipped, found = set(), {}, []
    for index, one in enumerate(dependencies):
        place = f"dependencies[{index}]"
        name = text_of(one.get("name"), 120)
        if "skip_reason" in one:
            skipped[name] = f"{name}: {text_of(one['skip_reason'], 160)}"
            continue
        if not name or "vulns" not in one:
            raise MalformedEvidence("a dependency that was neither audited nor skipped", place)
        package = f"{name} {text_of(one.get('version'), 60)}"
        audited.add(package)
        found += [_vulnerability(vuln, package, place) for vuln in tables(one["vulns"], f"{place}.vulns")]
    yield from audited_and_skipped(len(audited), skipped.values(), provenance)
    why = "" if audited else f"vulnerabilities were looked for: 0 dependencies were audited, {len(skipped)} skipped"
    yield from vulnerabilities(found, len(audited), provenance, why)


def _vulnerability(one: dict[str, Any], package: str, place: str) -> Vulnerability:
    name = text_of(one.get("id"), 80)
    if not name:
        raise MalformedEvidence("a vulnerability without an id", place)
    versions = array(one.get("fix_versions") or [], f"{place}.fix_versions")
    return Vulnerability(name, package, fix=", ".join(text_of(version, 40) for version in versions), place=place)
