"""`pytest-benchmark`: what `pytest --benchmark-json` writes.

The one format that names its commit (`commit_info`). It is taken where nobody has stated one; where somebody stated
another, that is said, because one of the two is wrong. Times are in seconds. With `--benchmark-save-data` a file holds
every single time, and one benchmark can take megabytes.

Yields `benchmark.total`, and for each benchmark `benchmark.mean`, `benchmark.median`, `benchmark.stddev`,
`benchmark.min`, `benchmark.max`, `benchmark.rounds`; `benchmark.contradiction`.

    {"commit_info": {"id": "1a2b3c4d5e6f", "dirty": false}, "version": "5.1.0", "datetime": "2026-01-02T03:04:05",
     "benchmarks": [{"fullname": "test_sort.py::test_sort", "stats": {"min": 0.01, "max": 0.03, "mean": 0.02,
                     "median": 0.02, "stddev": 0.001, "rounds": 50}}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of
from twiceshy.evidence._texts import object_in, table, tables
from twiceshy.evidence._timed import timed
from twiceshy.model.evidence import QUOTED, Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with the machine, as this plugin's files do, or names the commit and benchmarks."""
    return name.endswith(".json") and (
        b'"machine_info"' in head or (b'"commit_info"' in head and b'"benchmarks"' in head)
    )


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    report = object_in(raw, "benchmarks")
    benchmarks = tables(report["benchmarks"], "benchmarks")
    stated, named = provenance.commit, _commit(report)
    provenance = _named(report, provenance)
    yield counted("benchmark.total", len(benchmarks), provenance, len(benchmarks), unit="benchmarks")
    for index, one in enumerate(benchmarks):
        place = f"benchmarks[{index}]"
        name = text_of(one.get("fullname") or one.get("name"), 160)
        if not name:
            raise MalformedEvidence("a benchmark without a name", place)
        stats = table(one.get("stats"), f"{place}.stats")
        yield from timed(name, stats, stats.get("rounds"), provenance, place)
    if stated and named and not (stated.startswith(named) or named.startswith(stated)):
        said = f"the file names the commit {named[:12]}, and {stated[:12]} was stated"
        yield Evidence("benchmark.contradiction", said, provenance, QUOTED, place="commit_info.id")


def _commit(report: dict[str, Any]) -> str:
    found = report.get("commit_info")
    commit = text_of(found.get("id"), 64) if isinstance(found, dict) else ""
    return commit if len(commit) >= 7 and set(commit) <= set("0123456789abcdef") else ""


def _named(report: dict[str, Any], provenance: Provenance) -> Provenance:
    """The provenance with what the file knows itself."""
    made = replace(
        provenance,
        tool=provenance.tool or "pytest-benchmark",
        tool_version=provenance.tool_version or text_of(report.get("version"), 40),
        time=provenance.time or text_of(report.get("datetime"), 40),
    )
    commit = _commit(report)
    if made.commit or not commit:
        return made
    dirty = report["commit_info"].get("dirty")
    return replace(made, commit=commit, dirty=dirty if isinstance(dirty, bool) else None)
