"""How tests ended, whichever runner tells it: the same figures from all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from twiceshy.evidence._figures import counted, shared, text_of, unknown
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

PASSED, FAILED, ERROR, SKIPPED, XFAILED, FLAKY = "passed", "failed", "errors", "skipped", "xfailed", "flaky"
_SHOWN = 50  # failing tests that are named; all are counted


class Outcome(NamedTuple):
    """One test: its full name, how it ended, where that stands, what it said."""

    name: str
    word: str
    place: str
    message: str = ""


def tests(outcomes: Iterable[Outcome], provenance: Provenance, about: str = "") -> Iterator[Evidence]:
    """The figures of some tests; those of no test at all are unknown."""
    found = list(outcomes)
    words = Counter(one.word for one in found)
    total = len(found)
    run = total - words[SKIPPED]
    passed = words[PASSED] + words[FLAKY]
    if not total:
        yield unknown("tests.total", "not one test stands in it", provenance, unit="tests", about=about)
    else:
        yield counted("tests.total", total, provenance, total, unit="tests", about=about)
    yield counted("tests.run", run, provenance, total, unit="tests", about=about)
    for word, value in ((PASSED, passed), *((word, words[word]) for word in (FAILED, ERROR, XFAILED, FLAKY))):
        yield counted(f"tests.{word}", value, provenance, run, unit="tests", about=about)
    yield counted("tests.skipped", words[SKIPPED], provenance, total, unit="tests", about=about)
    yield shared("tests.pass-rate", passed, run - words[XFAILED], provenance, about=about)
    names = Counter(one.name for one in found)
    repeated = sum(times > 1 for times in names.values())
    if repeated:
        yield counted("tests.repeated", repeated, provenance, len(names), unit="names", about=about)
    for one in [one for one in found if one.word in (FAILED, ERROR)][:_SHOWN]:
        text = text_of(f"{one.name}: {one.message}" if one.message else one.name)
        yield Evidence("tests.failing", text, provenance, QUOTED, about=about, place=one.place)
