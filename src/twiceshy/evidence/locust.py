"""`locust`: the `…_stats.csv` that `locust --csv` writes.

The requests are added up row by row; the row `Aggregated` is compared, and gives the response times of the whole, which
cannot be had from those of its parts. Times are in ms. How long it ran is in another file (`…_stats_history.csv`), so
what locust says of requests in a second is taken as it says it.

Yields `load.requests`, `load.failed`, `load.error-rate`, `load.response.mean`, `load.response.median`,
`load.response.p90`, `load.response.p95`, `load.response.p99`, `load.response.max`, `load.throughput`,
`load.contradiction`.

    Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,…,Requests/s,…,90%,95%,99%,100%
    GET,/,100,1,12,14.5,…,9.9,…,30,40,50,60
    ,Aggregated,100,1,12,14.5,…,9.9,…,30,40,50,60
"""

from __future__ import annotations

from collections.abc import Iterator

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, measured, unknown
from twiceshy.evidence._load import requests, response
from twiceshy.evidence._texts import rows_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_COLUMNS = {
    "mean": "Average Response Time",
    "median": "Median Response Time",
    "p90": "90%",
    "p95": "95%",
    "p99": "99%",
    "max": "Max Response Time",
}


def recognises(head: bytes, name: str) -> bool:
    """Whether the header is that of a file of statistics."""
    return name.endswith(".csv") and head.replace(b'"', b"").lstrip(b"\xef\xbb\xbf").startswith(b"Type,Name,Request")


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    total = failed = 0
    whole: dict[str, str] | None = None
    said: tuple[int, int] | None = None
    for line, row in rows_in(raw, "Type", "Name", "Request Count", "Failure Count", "Requests/s"):
        counts = count_of(row["Request Count"]), count_of(row["Failure Count"])
        if counts[0] is None or counts[1] is None or counts[1] > counts[0]:
            what = f"{row['Failure Count']} failures of {row['Request Count']} requests is no count"[:120]
            raise MalformedEvidence(what, f"line {line}")
        if row["Name"] == "Aggregated" and not row["Type"]:
            whole, said = row, (counts[0], counts[1])
        else:
            total, failed = total + counts[0], failed + counts[1]
    yield from requests(total, failed, provenance)
    values = {word: whole[column] for word, column in _COLUMNS.items() if column in whole} if whole else {}
    yield from response(values, total, provenance)
    if whole is None or not total:
        why = "requests were looked for in the row Aggregated"
        yield unknown("load.throughput", why, provenance, unit="1/s")
    else:
        yield measured("load.throughput", whole["Requests/s"], provenance, unit="1/s")
    if said and said != (total, failed):
        text = f"Aggregated says {said[1]} failures of {said[0]} requests, the rows {failed} of {total}"
        yield Evidence("load.contradiction", text, provenance, QUOTED)
