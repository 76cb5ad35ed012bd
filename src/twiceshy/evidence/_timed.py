"""How long something takes, whichever tool measured it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.evidence._figures import count_of, counted, measure_of, measured, unknown
from twiceshy.model.evidence import Evidence, Provenance

_WORDS = ("mean", "median", "stddev", "min", "max")


def timed(name: str, stats: dict[str, Any], rounds: object, provenance: Provenance, place: str) -> Iterator[Evidence]:
    """The figures of one benchmark, in seconds; unknown if they contradict each other."""
    values = {word: measure_of(stats.get(word)) for word in _WORDS}
    low, high = values["min"], values["max"]
    for word in _WORDS:
        value = values[word]
        if word in ("mean", "median") and None not in (low, high, value) and not low <= value <= high:  # type: ignore[operator]
            why = f"{value} s is not between the least, {low} s, and the most, {high} s"
            yield unknown(f"benchmark.{word}", why, provenance, unit="s", about=name, place=place)
        elif word != "stddev" or stats.get(word) is not None:
            yield measured(f"benchmark.{word}", stats.get(word), provenance, unit="s", about=name, place=place)
    number = count_of(rounds)
    if number is None:
        yield unknown("benchmark.rounds", "the number of runs was looked for", provenance, unit="runs", about=name)
    else:
        yield counted("benchmark.rounds", number, provenance, number, unit="runs", about=name, place=place)
