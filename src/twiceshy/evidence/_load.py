"""How a service held under load, and how long something takes: the same figures from every tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from twiceshy.evidence._figures import counted, measure_of, measured, shared, unknown
from twiceshy.model.evidence import Evidence, Provenance

RESPONSE = ("mean", "median", "p90", "p95", "p99", "max")
_THOUSANDTH = Decimal("0.001")


def requests(total: int | None, failed: int | None, provenance: Provenance, about: str = "") -> Iterator[Evidence]:
    """How many requests there were, how many failed, and the share of these; None for what is not said."""
    if total is None:
        yield unknown("load.requests", "a count of requests was looked for", provenance, unit="requests", about=about)
    else:
        yield counted("load.requests", total, provenance, total, unit="requests", about=about)
    if total is None or failed is None:
        why = "a count of failed requests was looked for"
        yield unknown("load.failed", why, provenance, unit="requests", about=about)
        yield unknown("load.error-rate", why, provenance, unit="%", about=about)
    elif failed > total:
        why = f"{failed} failed of {total} requests contradict each other"
        yield unknown("load.failed", why, provenance, unit="requests", about=about)
        yield unknown("load.error-rate", why, provenance, unit="%", about=about)
    else:
        yield counted("load.failed", failed, provenance, total, unit="requests", about=about)
        yield shared("load.error-rate", failed, total, provenance, about=about)


def response(values: dict[str, Any], total: int | None, provenance: Provenance, about: str = "") -> Iterator[Evidence]:
    """Response times in ms by the words of RESPONSE; nothing is known of those of no request."""
    for word in RESPONSE:
        name = f"load.response.{word}"
        if not total:
            yield unknown(
                name, "response times were looked for: there is no request", provenance, unit="ms", about=about
            )
        elif word in values:
            yield measured(name, _tidy(values[word]), provenance, unit="ms", about=about)
        else:
            why = f"the {word} of the response times was looked for: the file does not have it"
            yield unknown(name, why, provenance, unit="ms", about=about)


def rate(total: int | None, seconds: object, provenance: Provenance) -> Iterator[Evidence]:
    """How long it took, and requests in a second, computed from the two."""
    duration = measure_of(seconds)
    if not duration:
        why = "the time from the first request to the last was looked for"
        yield unknown("load.duration", why, provenance, unit="s")
        yield unknown("load.throughput", why, provenance, unit="1/s")
        return
    yield measured("load.duration", _tidy(duration), provenance, unit="s")
    if total:
        yield measured("load.throughput", _tidy(total / duration), provenance, unit="1/s")
    else:
        yield unknown("load.throughput", "there is no request", provenance, unit="1/s")


def percentile(ordered: Sequence[Decimal], share: int) -> Decimal:
    """The value below which `share` percent of `ordered` (not empty) lie, interpolated as k6 and NumPy do it."""
    at = Decimal(share) / 100 * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def spread(values: Sequence[Decimal]) -> dict[str, Decimal]:
    """The words of RESPONSE for some response times."""
    if not values:
        return {}
    ordered = sorted(values)
    made = {f"p{share}": percentile(ordered, share) for share in (90, 95, 99)}
    mean = sum(ordered, Decimal(0)) / len(ordered)
    return made | {"mean": mean, "median": percentile(ordered, 50), "max": ordered[-1]}


def _tidy(value: object) -> object:
    """A number with three decimals at most, which is finer than any clock here; anything else as it is."""
    number = measure_of(value)
    if number is None:
        return value
    return number.quantize(_THOUSANDTH, ROUND_HALF_UP).normalize() + 0
