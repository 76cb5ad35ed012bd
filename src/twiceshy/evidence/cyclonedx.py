"""`cyclonedx`: a bill of materials as CycloneDX JSON, perhaps with vulnerabilities.

The components are counted with those inside of others, each once by its `bom-ref` or its name and version. Direct are
those that the described component itself depends on. A bill without `vulnerabilities` tells nothing about them, and
neither does one with an empty list: generators write it without having looked. What somebody has judged in `analysis`
as not affected, false positive or resolved is apart.

Yields `components.total`, `components.direct`, `components.licensed`, `vulnerabilities.found`,
`vulnerabilities.critical`, `vulnerabilities.high`, `vulnerabilities.medium`, `vulnerabilities.low`,
`vulnerabilities.unrated`, `vulnerabilities.fixable`, `packages.vulnerable`, `vulnerabilities.named`,
`vulnerabilities.judged`.

    {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"bom-ref": "app", "name": "app"}},
     "components": [{"type": "library", "bom-ref": "a", "name": "left-pad", "version": "1.3.0"}],
     "dependencies": [{"ref": "app", "dependsOn": ["a"]}],
     "vulnerabilities": [{"id": "CVE-2026-1", "ratings": [{"severity": "high"}], "affects": [{"ref": "a"}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._audited import SEVERITIES, UNRATED, Vulnerability, severity_of, vulnerabilities
from twiceshy.evidence._figures import counted, text_of, unknown
from twiceshy.evidence._texts import dicts, object_in, tables
from twiceshy.model.evidence import Evidence, Provenance

_JUDGED = frozenset(("not_affected", "false_positive", "resolved", "resolved_with_pedigree"))


def recognises(head: bytes, name: str) -> bool:
    """Whether the format names itself."""
    return name.endswith(".json") and b'"bomFormat"' in head and b"CycloneDX" in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one bill of materials. Raises MalformedEvidence."""
    bill = object_in(raw, "bomFormat")
    components = {_ref(one): one for one in _components(bill.get("components") or [], "components")}
    total = len(components)
    yield counted("components.total", total, provenance, total, unit="components")
    direct = _direct(bill)
    if direct is None:
        why = "dependencies of the described component were looked for: the bill lists none"
        yield unknown("components.direct", why, provenance, unit="components")
    else:
        yield counted("components.direct", len(direct & set(components)), provenance, total, unit="components")
    licensed = sum(bool(one.get("licenses")) for one in components.values())
    yield counted("components.licensed", licensed, provenance, total, unit="components")
    listed = tables(bill.get("vulnerabilities") or [], "vulnerabilities")
    judged = [one for one in listed if _state(one) in _JUDGED]
    found = [each for one in listed if one not in judged for each in _affected(one, components)]
    why = "" if listed else "vulnerabilities were looked for: the bill lists none, and does not say that anybody looked"
    yield from vulnerabilities(found, total if listed else None, provenance, why, fixes=False)
    if listed:
        yield counted("vulnerabilities.judged", len(judged), provenance, len(listed), unit="vulnerabilities")


def _components(value: object, where: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 50:
        raise MalformedEvidence("components are nested too deeply", where)
    for index, one in enumerate(tables(value, where)):
        yield one
        yield from _components(one.get("components") or [], f"{where}[{index}].components", depth + 1)


def _ref(component: dict[str, Any]) -> str:
    named = " ".join(text_of(component.get(key), 120) for key in ("group", "name", "version"))
    return text_of(component.get("bom-ref")) or text_of(component.get("purl")) or named


def _direct(bill: dict[str, Any]) -> set[str] | None:
    metadata = bill.get("metadata")
    described = metadata.get("component") if isinstance(metadata, dict) else None
    ref = text_of(described.get("bom-ref")) if isinstance(described, dict) else ""
    for one in tables(bill.get("dependencies") or [], "dependencies"):
        if ref and text_of(one.get("ref")) == ref:
            needs = one.get("dependsOn") or []
            return {text_of(each) for each in needs} if isinstance(needs, list) else None
    return None


def _state(one: dict[str, Any]) -> str:
    analysis = one.get("analysis")
    return text_of(analysis.get("state"), 40) if isinstance(analysis, dict) else ""


def _affected(one: dict[str, Any], components: dict[str, dict[str, Any]]) -> Iterator[Vulnerability]:
    """One for each component that is affected, or one as a whole if none is named."""
    name = text_of(one.get("id"), 80)
    if not name:
        raise MalformedEvidence("a vulnerability without an id", "vulnerabilities")
    rated = [severity_of(each.get("severity")) for each in dicts(one.get("ratings"))]
    severity = min(rated, key=SEVERITIES.index, default=UNRATED)
    refs = [text_of(each.get("ref")) for each in dicts(one.get("affects"))]
    for ref in refs or ["a component that is not named"]:
        known = components.get(ref, {})
        package = " ".join(filter(None, (text_of(known.get(key), 120) for key in ("name", "version")))) or ref
        yield Vulnerability(name, package, severity, place=f"vulnerabilities.{name}")
