"""`coverage-json`: what `coverage json` of coverage.py writes.

The counts of the files are added up; the file's own totals and percentages are only compared. coverage.py shows one
percentage that mixes lines and branches if branches were measured (`percent_covered`), so one run gives 80 % and 86 %
depending on a flag: here lines and branches are two figures. Without `branch = true` there are no branches to tell of,
which is unknown and not zero. A run that several contexts or processes were combined into is not told apart.

Yields `coverage.lines` (%), `coverage.lines.covered`, `coverage.lines.total`, `coverage.branches` (%),
`coverage.branches.covered`, `coverage.branches.total`, `coverage.files`, and `coverage.contradiction` where the totals
are not the sum of the files.

    {"meta": {"version": "7.6.1", "branch_coverage": true},
     "files": {"a.py": {"summary": {"covered_lines": 4, "num_statements": 5,
                                    "covered_branches": 1, "num_branches": 2}}},
     "totals": {"covered_lines": 4, "num_statements": 5, "covered_branches": 1, "num_branches": 2}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._covered import Covered, coverage
from twiceshy.evidence._figures import count_of, text_of
from twiceshy.evidence._texts import object_in, table
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_LINES = ("covered_lines", "num_statements")
_BRANCHES = ("covered_branches", "num_branches")


def recognises(head: bytes, name: str) -> bool:
    """Whether this begins as coverage.py begins: what it is, then its version or format."""
    return name.endswith(".json") and b'"meta"' in head[:200] and b'"branch_coverage"' in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one report. Raises MalformedEvidence."""
    report = object_in(raw, "files", "totals")
    meta = table(report.get("meta", {}), "meta")
    provenance = replace(
        provenance,
        tool=provenance.tool or "coverage.py",
        tool_version=provenance.tool_version or text_of(meta.get("version"), 40),
        time=provenance.time or text_of(meta.get("timestamp"), 40),
    )
    files = table(report["files"], "files")
    sums = {path: table(table(one, path).get("summary"), f"files.{path}.summary") for path, one in files.items()}
    totals = table(report["totals"], "totals")
    lines = _sum(sums, _LINES)
    has_branches = meta.get("branch_coverage") is True or "num_branches" in totals
    branches = _sum(sums, _BRANCHES) if has_branches else None
    yield from coverage(lines, branches, len(files), provenance)
    for found, keys in ((lines, _LINES), (branches, _BRANCHES)):
        said = tuple(count_of(totals.get(key)) for key in keys)
        if found and said != found:
            shown = " of ".join("?" if one is None else str(one) for one in said)
            text = f"the totals say {shown} {keys[1]}, the files {found.hit} of {found.total}"
            yield Evidence("coverage.contradiction", text, provenance, QUOTED, place="totals")


def _sum(files: dict[str, dict[str, Any]], keys: tuple[str, str]) -> Covered:
    """Two counts added up over files. Raises MalformedEvidence for one that is none, or a part over its whole."""
    hit = total = 0
    for path, summary in files.items():
        part, whole = (count_of(summary.get(key)) for key in keys)
        if part is None or whole is None or part > whole:
            said = f"{keys[0]} is {text_of(str(summary.get(keys[0])), 30)} of {text_of(str(summary.get(keys[1])), 30)}"
            raise MalformedEvidence(f"{said}, which is no count", f"files.{text_of(path, 120)}")
        hit, total = hit + part, total + whole
    return Covered(hit, total)
