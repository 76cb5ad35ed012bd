"""`junit`: test results as JUnit XML, which almost every test runner can write.

The tests are counted one by one, and what the file says about its own totals is only compared. An expected failure
(pytest writes `<skipped type="pytest.xfail">`) is apart from a skipped test. A suite that stands in the file twice, as
after merging reports, is counted once; a test that failed and then broke in its teardown is two elements of pytest and
one test here. Tests that ran several times under one name, as reruns and parameters do, are counted each time, and
`tests.repeated` says how many names that concerns. `tests.time` adds up what the tests say: it is not the wall clock.

Yields `tests.total`, `tests.run` (not skipped), `tests.passed`, `tests.failed`, `tests.errors`, `tests.skipped`,
`tests.xfailed`, `tests.flaky` (failed, passed when run again), `tests.pass-rate` (of those run), `tests.time`,
`tests.repeated`, `tests.contradiction`, and `tests.failing` with the place of each test that did not pass.

    <testsuite name="api" tests="2" failures="1">
      <testcase classname="api.test_login" name="test_ok" time="0.01"/>
      <testcase classname="api.test_login" name="test_late"><failure message="assert 504 == 200"/></testcase>
    </testsuite>
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from twiceshy.errors import MalformedEvidence
from twiceshy.evidence._figures import count_of, measure_of, text_of, unknown
from twiceshy.evidence._outcomes import ERROR, FAILED, FLAKY, PASSED, SKIPPED, XFAILED, Outcome, tests
from twiceshy.evidence._xml import Element, xml_in
from twiceshy.model.evidence import QUOTED, Evidence, Provenance

_RERUN = ("flakyFailure", "flakyError")
_NOT_RUN = frozenset(("notrun", "disabled", "skipped", "suppressed", "ignored"))


def recognises(head: bytes, name: str) -> bool:
    """Whether this is XML whose root is a test suite."""
    return name.endswith(".xml") and (b"<testsuite" in head)


def collect(raw: bytes, provenance: Provenance) -> Iterator[Evidence]:
    """The figures of one report. Raises MalformedEvidence."""
    root = xml_in(raw, "testsuites", "testsuite")
    suites, twice = _distinct(root)
    yield from tests(_outcomes(suites), provenance)
    yield _time([case for suite in suites for case in _cases(suite)], provenance)
    if twice:
        said = f"suites that stand in the file twice and were counted once: {twice}"
        yield Evidence("tests.contradiction", said, provenance, QUOTED)
    for suite in suites:
        said = _contradiction(suite)
        if said:
            yield Evidence("tests.contradiction", said, provenance, QUOTED, place=f"line {suite.line}")


def _cases(suite: Element) -> list[Element]:
    return [child for child in suite.children if child.tag == "testcase"]


def _distinct(root: Element) -> tuple[list[Element], int]:
    """The suites that hold tests, and how many were left out because they stand there already, word for word."""
    found: dict[tuple[object, ...], Element] = {}
    suites = [suite for suite in root.all("testsuite", "testsuites") if _cases(suite)]
    for suite in suites:
        named = tuple(suite.get(name) for name in ("name", "package", "timestamp", "hostname"))
        found.setdefault((*named, *map(_told, _cases(suite))), suite)
    return list(found.values()), len(suites) - len(found)


def _outcomes(suites: list[Element]) -> list[Outcome]:
    """Every test; a failure that is followed by an error of the same test is a teardown that broke as well."""
    found: list[Outcome] = []
    for suite in suites:
        for one in (_outcome(case, suite) for case in _cases(suite)):
            before = found[-1] if found else None
            if not (before and one.word == ERROR and before.word == FAILED and before.name == one.name):
                found.append(one)
    return found


def _told(case: Element) -> object:
    tags = tuple((child.tag, child.get("message")) for child in case.children)
    return case.get("classname"), case.get("name"), case.get("file"), case.get("time"), tags


def _outcome(case: Element, suite: Element) -> Outcome:
    name = "::".join(filter(None, (case.get("classname") or suite.get("name"), case.get("name"))))
    if not name:
        raise MalformedEvidence("a test without a name", f"line {case.line}")
    within = {child.tag: child for child in case.children}
    state = {case.get("status").lower(), case.get("result").lower()}
    if "error" in within:
        word = ERROR
    elif "failure" in within:
        word = FAILED
    elif "skipped" in within:
        word = XFAILED if within["skipped"].get("type") == "pytest.xfail" else SKIPPED
    elif state & _NOT_RUN:
        word = SKIPPED
    else:
        word = FLAKY if within.keys() & set(_RERUN) else PASSED
    said = within.get("failure") or within.get("error")
    message = text_of(said.get("message") or said.text, 160) if said else ""
    return Outcome(name, word, f"line {case.line}", message)


def _time(cases: list[Element], provenance: Provenance) -> Evidence:
    """The seconds that all tests took together; unknown if one of them does not say."""
    total = Decimal(0)
    for case in cases:
        took = measure_of(case.get("time").replace(",", ""))  # surefire groups thousands
        if took is None:
            said = f"it says {text_of(case.get('time'), 20)!r}" if case.get("time") else "it does not say"
            why = f"the time of {text_of(case.get('name'), 80)!r} was looked for: {said}"
            return unknown("tests.time", why, provenance, unit="s", place=f"line {case.line}")
        total += took
    if not cases:
        return unknown("tests.time", "there is no test", provenance, unit="s")
    return Evidence("tests.time", total, provenance, unit="s")


def _contradiction(suite: Element) -> str:
    """What a suite says about the tests in it that is not so, "" if nothing."""
    cases = list(suite.all("testcase"))
    bad = [(case, [child for child in case.children if child.tag in ("failure", "error")]) for case in cases]
    said = count_of(suite.get("tests"))
    least = len({(case.get("classname"), case.get("name")) for case in cases})
    if said is not None and not least <= said <= len(cases):
        return f"{_name(suite)} says {said} tests and holds {len(cases)}"
    said = sum(count_of(suite.get(label)) or 0 for label in ("failures", "errors"))
    least, most = sum(bool(found) for _, found in bad), sum(len(found) for _, found in bad)
    declares = suite.get("failures") or suite.get("errors")
    if declares and not min(least, 1) <= said <= most:
        return f"{_name(suite)} says {said} failures and errors and holds {most}"
    return ""


def _name(suite: Element) -> str:
    return f"the suite {text_of(suite.get('name'), 80)!r}" if suite.get("name") else "a suite without a name"
