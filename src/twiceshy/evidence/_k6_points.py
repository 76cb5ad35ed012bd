"""The points of `k6 run --out json`: every single measurement, from which all figures are computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import counted, measure_of, unknown
from twiceshy.evidence._load import rate, requests, response, spread
from twiceshy.evidence._texts import objects_in, table
from twiceshy.model.evidence import Evidence, Provenance

_USED = ("http_reqs", "http_req_failed", "http_req_duration", "vus_max", "checks")


def from_points(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    values: dict[str, list[Decimal]] = {name: [] for name in _USED}
    times: list[str] = []
    for line, one in objects_in(raw):
        if one.get("type") == "Point" and one.get("metric") in values:
            data = table(one.get("data"), f"line {line}")
            value = measure_of(data.get("value"))
            if value is None:
                raise MalformedEvidence("a point whose value is no number", f"line {line}")
            values[one["metric"]].append(value)
            if one["metric"] == "http_reqs":
                times.append(str(data.get("time")))
    total, failed = sum(values["http_reqs"]), values["http_req_failed"]
    number = int(total)
    yield from requests(number, sum(map(bool, failed)) if len(failed) == number else None, provenance)
    yield from response(spread(values["http_req_duration"]), number, provenance)
    yield from rate(number, _seconds(times), provenance)
    users = int(max(values["vus_max"], default=Decimal(0)))
    if users:
        yield counted("load.users", users, provenance, users, unit="users")
    else:
        yield unknown("load.users", "vus_max was looked for", provenance, unit="users")
    checks = values["checks"]
    if checks:
        yield counted("load.checks", len(checks), provenance, len(checks), unit="checks")
        yield counted("load.checks.failed", sum(not one for one in checks), provenance, len(checks), unit="checks")
    why = "whether thresholds held was looked for: --out json does not say it"
    yield unknown("load.thresholds.failed", why, provenance, unit="thresholds")


def _seconds(times: list[Any]) -> Decimal | None:
    """From the first to the last request; None if one of the times cannot be read."""
    try:
        read = [datetime.fromisoformat(time) for time in times]
        took = (max(read) - min(read)).total_seconds()
    except (ValueError, TypeError):
        return None
    return Decimal(str(took))
