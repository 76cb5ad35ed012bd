"""`mochawesome`: test results as mochawesome writes them, which Cypress projects use; merged reports as well.

The tests are counted one by one; `stats` are only compared. mochawesome calls `pending` what somebody left out
(`it.skip`) and `skipped` what did not run because a hook failed: both are skipped here, and the hook's failure is a
failed test of its own only where the runner made one of it. Percentages (`passPercent`) leave out what is pending.

Yields `tests.total`, `tests.run`, `tests.passed`, `tests.failed`, `tests.errors`, `tests.skipped`, `tests.xfailed`,
`tests.flaky`, `tests.pass-rate`, `tests.failing`, `tests.repeated`, `tests.time` (wall clock), `tests.contradiction`.

    {"stats": {"tests": 1, "passes": 1, "duration": 250}, "results": [{"fullFile": "e2e/login.cy.js", "tests": [],
      "suites": [{"title": "login", "tests": [{"fullTitle": "login works", "state": "passed", "pass": true}]}]}]}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, measure_of, text_of, unknown
from twiceshy.evidence._outcomes import FAILED, PASSED, SKIPPED, Outcome, tests
from twiceshy.evidence._texts import object_in, table, tables
from twiceshy.model.evidence import QUOTED, Evidence, Provenance


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with the statistics of Mocha."""
    return name.endswith(".json") and b'"stats"' in head[:200] and b'"passes"' in head and b'"pending"' in head


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one report. Raises MalformedEvidence."""
    report = object_in(raw, "results")
    found = list(_suites(report["results"], "results", 0))
    yield from tests(found, provenance)
    stats = table(report.get("stats") or {}, "stats")
    took = measure_of(stats.get("duration"))
    if took is None or not found:
        why = "stats.duration was looked for" if found else "there is no test"
        yield unknown("tests.time", why, provenance, unit="s")
    else:
        yield Evidence("tests.time", took / 1000, provenance, unit="s")
    words = [one.word for one in found]
    for key, number in (("passes", words.count(PASSED)), ("failures", words.count(FAILED))):
        said = count_of(stats.get(key))
        if said is not None and said != number:
            text = f"stats say {said} {key}, the tests {number}"
            yield Evidence("tests.contradiction", text, provenance, QUOTED, place=f"stats.{key}")


def _suites(value: object, where: str, depth: int) -> Iterator[Outcome]:
    if depth > 100:
        raise MalformedEvidence("suites are nested too deeply", where[:200])
    for index, suite in enumerate(_present(value, where)):
        place = f"{where}[{index}]"
        for at, test in enumerate(tables(suite.get("tests") or [], f"{place}.tests")):
            yield _outcome(test, f"{place}.tests[{at}]")
        yield from _suites(suite.get("suites") or [], f"{place}.suites", depth + 1)


def _present(value: object, where: str) -> list[dict[str, Any]]:
    """The suites of a list in which mochawesome writes `false` for a file without any."""
    return tables([one for one in value if one is not False] if isinstance(value, list) else value, where)


def _outcome(test: dict[str, Any], place: str) -> Outcome:
    name = text_of(test.get("fullTitle") or test.get("title"), 200)
    if test.get("pending") is True or test.get("skipped") is True or test.get("state") in ("pending", "skipped"):
        word = SKIPPED
    elif test.get("state") in (PASSED, FAILED):
        word = PASSED if test["state"] == PASSED else FAILED
    elif test.get("pass") is True or test.get("fail") is True:
        word = PASSED if test.get("pass") is True else FAILED
    else:
        raise MalformedEvidence(f"a test whose state is {text_of(test.get('state'), 30)!r}", place)
    if not name:
        raise MalformedEvidence("a test without a title", place)
    error = test.get("err")
    return Outcome(name, word, place, text_of(error.get("message"), 160) if isinstance(error, dict) else "")
