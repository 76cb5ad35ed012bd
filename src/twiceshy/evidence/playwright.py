"""`playwright`: what the JSON reporter of Playwright Test writes.

The `stats` may be missing (they came with 1.41) and are only compared: every test of every project is counted. A test
that a project runs is `expected`, `unexpected`, `flaky` or `skipped`; `expected` holds what was expected to fail and
did, which is apart here. Tests that did not run because the run was cut short have no results, and are skipped.
`errors` at the top are failures outside of any test, such as a file that does not load: they are said, for the counts
then lack the tests in it.

Yields `tests.total`, `tests.run`, `tests.passed`, `tests.failed`, `tests.errors`, `tests.skipped`, `tests.xfailed`,
`tests.flaky`, `tests.pass-rate`, `tests.failing`, `tests.repeated`, all of them also for each project if there are
several; `tests.projects`, `tests.time` (wall clock), `tests.contradiction`, `tests.broken`.

    {"config": {"version": "1.50.0"}, "suites": [{"title": "login.spec.ts", "file": "login.spec.ts", "specs": [
       {"title": "logs in", "tests": [{"projectName": "chromium", "expectedStatus": "passed", "status": "expected",
        "results": [{"status": "passed", "duration": 1200}]}]}]}], "stats": {"expected": 1, "duration": 1500}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, listed, measure_of, text_of, unknown
from twiceshy.evidence._outcomes import FAILED, FLAKY, PASSED, SKIPPED, XFAILED, Outcome, tests
from twiceshy.evidence._texts import dicts, object_in, tables
from twiceshy.model.evidence import KNOWN, QUOTED, Evidence, Provenance

_WORDS = {"unexpected": FAILED, "flaky": FLAKY, "skipped": SKIPPED}


def recognises(head: bytes, name: str) -> bool:
    """Whether it begins with a configuration of Playwright, or holds suites with specs."""
    marks = b'"configFile"' in head or b'"projectName"' in head or b'"forbidOnly"' in head
    return name.endswith(".json") and marks


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one run. Raises MalformedEvidence."""
    report = object_in(raw, "suites")
    config = report.get("config")
    version = text_of(config.get("version"), 40) if isinstance(config, dict) else ""
    if not provenance.tool:
        provenance = replace(provenance, tool="Playwright", tool_version=version)
    found = list(_suites(report["suites"], "suites", ()))
    yield from tests([one for _, one in found], provenance)
    projects = list(dict.fromkeys(project for project, _ in found))
    if any(projects):
        yield Evidence("tests.projects", listed(projects), provenance, QUOTED)
    for project in projects if len(projects) > 1 else ():
        yield from tests([one for name, one in found if name == project], provenance, project)
    stats = report.get("stats")
    yield from _stats(stats if isinstance(stats, dict) else {}, [one.word for _, one in found], provenance)
    for index, one in enumerate(dicts(report.get("errors"))):
        text = text_of(one.get("message")) or "an error without a message"
        yield Evidence("tests.broken", text, provenance, QUOTED, place=f"errors[{index}]")


def _suites(value: object, where: str, titles: tuple[str, ...]) -> Iterator[tuple[str, Outcome]]:
    if len(titles) > 100:
        raise MalformedEvidence("suites are nested too deeply", where[:200])
    for index, suite in enumerate(tables(value, where)):
        place = f"{where}[{index}]"
        path = (*titles, text_of(suite.get("title"), 120))
        for at, spec in enumerate(tables(suite.get("specs") or [], f"{place}.specs")):
            name = " › ".join(filter(None, (*path, text_of(spec.get("title"), 160))))
            for number, test in enumerate(tables(spec.get("tests") or [], f"{place}.specs[{at}].tests")):
                project = text_of(test.get("projectName"), 60)
                here = f"{place}.specs[{at}].tests[{number}]"
                full = f"[{project}] {name}" if project else name
                yield project, Outcome(full, _word(test, here), here)
        yield from _suites(suite.get("suites") or [], f"{place}.suites", path)


def _word(test: dict[str, Any], place: str) -> str:
    status, results = test.get("status"), dicts(test.get("results"))
    if status == "expected":
        if not results:
            return SKIPPED
        return XFAILED if test.get("expectedStatus") == "failed" else PASSED
    if not isinstance(status, str) or status not in _WORDS:
        raise MalformedEvidence(f"a test whose status is {text_of(status, 30)!r}", place)
    return _WORDS[status]


def _stats(stats: dict[str, Any], words: list[str], provenance: Provenance) -> Iterator[Evidence]:
    took = measure_of(stats.get("duration"))
    if took is None or not words:
        why = "stats.duration was looked for" if took is None else "there is no test"
        yield unknown("tests.time", why, provenance, unit="s")
    else:
        yield Evidence("tests.time", took / 1000, provenance, KNOWN, unit="s")
    held = {
        "expected": words.count(PASSED) + words.count(XFAILED),
        "unexpected": words.count(FAILED),
        "flaky": words.count(FLAKY),
    }
    for key, number in held.items():
        said = count_of(stats.get(key))
        if said is not None and said != number:
            text = f"stats say {said} {key}, the tests {number}"
            yield Evidence("tests.contradiction", text, provenance, QUOTED, place=f"stats.{key}")
