"""`k6`: what `k6 run` writes: `--summary-export`, the data of `handleSummary()`, or `--out json`.

The shapes contradict each other, and each is read as it means it. In `--summary-export` a threshold that is `false`
has passed (grafana/k6#1498); in `handleSummary()` it is `{"ok": true}`. In both, `http_req_failed.passes` counts the
requests that failed (grafana/k6#2386), for the metric asks whether one has failed. `--out json` is one object on each
line; figures are computed from its points, and whether thresholds held is not in it. The opt-in summary of k6 1.5 and
later (`--new-machine-readable-summary`) is refused, by name.

Yields `load.requests`, `load.failed`, `load.error-rate`, `load.response.mean`, `load.response.median`,
`load.response.p90`, `load.response.p95`, `load.response.p99`, `load.response.max`, `load.duration`,
`load.throughput`, `load.users`, `load.checks`, `load.checks.failed`, `load.thresholds`, `load.thresholds.failed`,
`load.thresholds.named`.

    {"metrics": {"http_reqs": {"count": 180, "rate": 4.5}, "http_req_failed": {"passes": 2, "fails": 178},
                 "http_req_duration": {"avg": 144.5, "p(95)": 215.9, "thresholds": {"p(95)<500": false}}}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, counted, measure_of, measured, text_of, unknown
from twiceshy.evidence._k6_points import from_points
from twiceshy.evidence._load import rate, requests, response
from twiceshy.evidence._texts import object_in, table, text_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_TREND = {"mean": "avg", "median": "med", "p90": "p(90)", "p95": "p(95)", "p99": "p(99)", "max": "max"}


def recognises(head: bytes, name: str) -> bool:
    """Whether metrics or points of k6 are in it."""
    points = b'"type":"Metric"' in head or b'"type":"Point"' in head
    summary = any(mark in head for mark in (b'"root_group"', b'"http_req', b'"iteration_duration"', b'"k6_version"'))
    return name.endswith((".json", ".jsonl", ".ndjson")) and (points or (summary and b'"metrics"' in head))


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    first = text_in(raw).lstrip().split("\n", 1)[0]
    if '"type":"Metric"' in first.replace(" ", "") or '"type":"Point"' in first.replace(" ", ""):
        yield from from_points(raw, provenance)
        return
    report = object_in(raw)
    if "metrics" not in report and "results" in report:
        said = "this is k6's new machine-readable summary, which is not read"
        raise MalformedEvidence(said, "line 1", "run k6 with --new-machine-readable-summary=false")
    metrics = {name: table(one, f"metrics.{name}") for name, one in table(report.get("metrics"), "metrics").items()}
    state = report.get("state")
    yield from _http(metrics, state if isinstance(state, dict) else {}, provenance)
    users = _values(metrics, "vus_max")
    yield from _users(count_of(users.get("max", users.get("value"))), provenance)
    yield from _checks(_values(metrics, "checks"), provenance)
    yield from _thresholds(metrics, provenance)


def _values(metrics: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """The numbers of a metric, wherever the shape has them."""
    metric = metrics.get(name, {})
    values = metric.get("values", metric)
    return table(values, f"metrics.{name}.values")


def _http(metrics: dict[str, dict[str, Any]], state: dict[str, Any], provenance: Provenance) -> Iterator[Evidence]:
    made, asked = _values(metrics, "http_reqs"), _values(metrics, "http_req_failed")
    failed, fine = count_of(asked.get("passes")), count_of(asked.get("fails"))
    total = count_of(made.get("count"))
    if failed is not None and fine is not None and total is not None and failed + fine != total:
        why = f"{total} requests of which {failed} failed and {fine} did not contradict each other"
        yield unknown("load.requests", why, provenance, unit="requests")
        yield unknown("load.failed", why, provenance, unit="requests")
        return
    yield from requests(total, failed, provenance)
    trend = _values(metrics, "http_req_duration")
    yield from response({word: trend[key] for word, key in _TREND.items() if key in trend}, total, provenance)
    ran = measure_of(state.get("testRunDurationMs"))
    if ran:
        yield from rate(total, ran / 1000, provenance)
    elif total:
        yield unknown("load.duration", "testRunDurationMs was looked for", provenance, unit="s")
        yield measured("load.throughput", made.get("rate"), provenance, unit="1/s")


def _users(users: int | None, provenance: Provenance) -> Iterator[Evidence]:
    if users:
        yield counted("load.users", users, provenance, users, unit="users")
    else:
        yield unknown("load.users", "vus_max was looked for", provenance, unit="users")


def _checks(values: dict[str, Any], provenance: Provenance) -> Iterator[Evidence]:
    passed, failed = count_of(values.get("passes")), count_of(values.get("fails"))
    if passed is not None and failed is not None:
        yield counted("load.checks", passed + failed, provenance, passed + failed, unit="checks")
        yield counted("load.checks.failed", failed, provenance, passed + failed, unit="checks")


def _thresholds(metrics: dict[str, dict[str, Any]], provenance: Provenance) -> Iterator[Evidence]:
    """Which thresholds held: `true` is a failure in the one shape, `{"ok": false}` in the other."""
    held: dict[str, bool] = {}
    for metric, one in metrics.items():
        for text, said in table(one.get("thresholds") or {}, f"metrics.{metric}.thresholds").items():
            name = f"{metric}: {text}"
            if isinstance(said, dict) and isinstance(said.get("ok"), bool):
                held[name] = said["ok"]
            elif isinstance(said, bool) and "values" not in one:
                held[name] = not said
            else:
                why = f"whether {text_of(name, 100)!r} held was looked for: it is in no shape that is known"
                yield unknown("load.thresholds.failed", why, provenance, unit="thresholds")
                return
    if not held:
        yield unknown("load.thresholds", "thresholds were looked for: there is none", provenance, unit="thresholds")
        return
    failed = [name for name, fine in held.items() if not fine]
    yield counted("load.thresholds", len(held), provenance, len(held), unit="thresholds")
    yield counted("load.thresholds.failed", len(failed), provenance, len(held), unit="thresholds")
    for name in held:
        word = "missed" if name in failed else "held"
        yield Evidence("load.thresholds.named", text_of(f"{name} {word}"), provenance, QUOTED)
