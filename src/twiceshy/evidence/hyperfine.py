"""`hyperfine`: what `hyperfine --export-json` writes.

Times are in seconds, for whole commands with the start of a process. With `--ignore-failure` a command may fail and is
measured all the same: `benchmark.failed` counts the runs that did not exit with 0 (`exit_codes`, since hyperfine 1.13).

Yields `benchmark.total`, and for each command `benchmark.mean`, `benchmark.median`, `benchmark.stddev`,
`benchmark.min`, `benchmark.max`, `benchmark.rounds`, `benchmark.failed`.

    {"results": [{"command": "make check", "mean": 1.5, "stddev": 0.1, "median": 1.5, "min": 1.4, "max": 1.6,
                  "times": [1.4, 1.5, 1.6], "exit_codes": [0, 0, 0]}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, text_of
from twiceshy.evidence._texts import object_in, tables
from twiceshy.evidence._timed import timed
from twiceshy.model.evidence import Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether results with commands are listed."""
    return name.endswith(".json") and b'"results"' in head[:40] and b'"command"' in head and b'"mean"' in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one comparison. Raises MalformedEvidence."""
    results = tables(object_in(raw, "results")["results"], "results")
    yield counted("benchmark.total", len(results), provenance, len(results), unit="commands")
    for index, one in enumerate(results):
        place = f"results[{index}]"
        command = text_of(one.get("command"), 160)
        if not command:
            raise MalformedEvidence("a result without a command", place)
        times = one.get("times")
        rounds = len(times) if isinstance(times, list) else None
        yield from timed(command, one, rounds, provenance, place)
        codes = one.get("exit_codes")
        if isinstance(codes, list):
            failed = sum(code != 0 for code in codes)
            yield counted("benchmark.failed", failed, provenance, len(codes), unit="runs", about=command, place=place)
