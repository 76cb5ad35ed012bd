"""`jmeter`: the samples of a run (`.jtl`), as CSV with its header or as XML.

Samples are counted one by one and everything is computed from them. What a transaction controller adds up is no request
of its own (its message begins with "Number of samples in transaction"), and in XML a sample within another is a part of
it. Times are in ms and the time stamp is the start of a sample, as `sampleresult.timestamp.start=true` in JMeter's
own properties has it; with another format of time stamps nothing is known of the duration.

Yields `load.requests`, `load.failed`, `load.error-rate`, `load.response.mean`, `load.response.median`,
`load.response.p90`, `load.response.p95`, `load.response.p99`, `load.response.max`, `load.duration`,
`load.throughput`, `load.users`.

    timeStamp,elapsed,label,responseCode,responseMessage,success,allThreads
    1767323045000,120,login,200,OK,true,5
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, counted, measure_of, unknown
from twiceshy.evidence._load import rate, requests, response, spread
from twiceshy.evidence._texts import rows_in
from twiceshy.evidence._xml import xml_in
from twiceshy.model.evidence import Evidence, Provenance

_TRANSACTION = "Number of samples in transaction"
_WORDS = {"true": True, "false": False}


class _Sample(NamedTuple):
    """One request: when it began (ms since 1970, None if not said), how long it took, whether it was fine, users."""

    start: Decimal | None
    elapsed: Decimal
    success: bool
    users: int | None


def recognises(head: bytes, name: str) -> bool:
    """Whether the header or the root is JMeter's."""
    if name.endswith((".jtl", ".csv")) and b"timeStamp" in head[:2000] and b"elapsed" in head[:2000]:
        return True
    return name.endswith((".jtl", ".xml")) and b"<testResults" in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    samples = list(_from_xml(raw) if raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _from_csv(raw))
    total = len(samples)
    yield from requests(total, sum(not one.success for one in samples), provenance)
    yield from response(spread([one.elapsed for one in samples]), total, provenance)
    starts = [one.start for one in samples]
    seconds: Decimal | None = None
    if samples and None not in starts:
        ends = [one.start + one.elapsed for one in samples if one.start is not None]
        seconds = (max(ends) - min(start for start in starts if start is not None)) / 1000
    yield from rate(total, seconds, provenance)
    users = [one.users for one in samples if one.users is not None]
    if users:
        yield counted("load.users", max(users), provenance, max(users), unit="users")
    else:
        yield unknown("load.users", "the number of threads was looked for", provenance, unit="users")


def _from_csv(raw: bytes) -> Iterator[_Sample]:
    for line, row in rows_in(raw, "timeStamp", "elapsed", "success"):
        if not row.get("responseMessage", "").startswith(_TRANSACTION):
            texts = row["timeStamp"], row["elapsed"], row["success"], row.get("allThreads", "")
            yield _sample(texts, line)


def _from_xml(raw: bytes) -> Iterator[_Sample]:
    for one in xml_in(raw, "testResults").children:
        if one.tag in ("sample", "httpSample") and not one.get("rm").startswith(_TRANSACTION):
            yield _sample((one.get("ts"), one.get("t"), one.get("s"), one.get("na")), one.line)


def _sample(texts: tuple[str, str, str, str], line: int) -> _Sample:
    start, elapsed, success, users = texts
    took, fine = measure_of(elapsed), _WORDS.get(success.strip().lower())
    if took is None or fine is None:
        raise MalformedEvidence(f"elapsed {elapsed[:20]!r}, success {success[:20]!r} is no sample", f"line {line}")
    return _Sample(measure_of(start), took, fine, count_of(users))
