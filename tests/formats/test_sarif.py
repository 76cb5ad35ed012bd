"""SARIF against the standard: our own strict schema always, the official one where it is at hand.

The official schema is no part of this project, because its repository names policies instead of a licence. Lay it at
`../shared/schemas/sarif-schema-2.1.0.json` or name it in `TWICESHY_SARIF_SCHEMA` to have it asked as well.
"""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, validators
from reports import REPORTS, TOOLS

from twiceshy.formats import sarif
from twiceshy.model.diagnostic import Diagnostic, Report, Unread
from twiceshy.model.text import Location

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "schemas" / "sarif-schema-2.1.0.json"
OFFICIAL = Path(os.environ.get("TWICESHY_SARIF_SCHEMA", SHARED))
OURS = Draft202012Validator(json.loads((HERE / "sarif.schema.json").read_text(encoding="utf-8")))

FINDING = Diagnostic("no-tabs", "warn", "Tabs break it.", Location("a.py", 3, 3), snippet="x =\t1", is_guard=True)


def run_of(*findings: Diagnostic, **rest) -> dict:
    return json.loads(sarif.render(Report(findings, **rest), "check"))["runs"][0]


def prints_of(*findings: Diagnostic) -> list[str]:
    return [result["partialFingerprints"]["twiceshy/v1"] for result in run_of(*findings)["results"]]


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_every_log_has_only_what_our_schema_lists(report, tool):
    log = json.loads(sarif.render(report, tool))
    OURS.validate(log)
    for result in log["runs"][0]["results"]:
        assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].count("](") == ("relatedLocations" in result)


@pytest.fixture(scope="module")
def official():
    if not OFFICIAL.is_file():
        pytest.skip("the official SARIF schema is not at hand; see the first lines of this file")
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    return validators.validator_for(schema)(schema)


@settings(deadline=None, max_examples=25)
@given(report=REPORTS)
def test_every_log_is_valid_against_the_official_schema(official, report):
    official.validate(json.loads(sarif.render(report, "check")))


def test_our_schema_is_a_schema_and_refuses_what_it_does_not_know():
    OURS.check_schema(OURS.schema)
    log = json.loads(sarif.render(Report((FINDING,)), "check"))
    log["runs"][0]["results"][0]["colour"] = "red"
    assert not OURS.is_valid(log)


def test_a_finding_that_moved_to_another_line_or_file_keeps_its_fingerprint():
    moved = replace(FINDING, location=Location("lib/b.py", 70, 70), snippet="    x =  1")
    assert prints_of(FINDING) == prints_of(moved)


def test_the_same_line_twice_has_two_fingerprints_and_another_guard_a_third():
    first, second, third = prints_of(FINDING, FINDING, replace(FINDING, rule="other"))
    assert len({first, second, third}) == 3
    assert prints_of(FINDING, FINDING) == [first, second]


def test_a_finding_without_a_line_is_told_apart_by_its_message():
    one, two = replace(FINDING, snippet=""), replace(FINDING, snippet="", message="Spaces too.")
    assert prints_of(one, two) == prints_of(one) + prints_of(two)


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b#c.py", "a%20b%23c.py"), ("größe.py", "gr%C3%B6%C3%9Fe.py"), ("c:d.py", "c%3Ad.py"), ("\udce9.md", "%E9.md")],
)
def test_a_path_becomes_a_uri_that_leads_back_to_its_bytes(path, uri):
    result = run_of(replace(FINDING, location=Location(path, 1, 1)))["results"][0]
    written = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert written == uri
    assert unquote_to_bytes(written) == path.encode("utf-8", "surrogateescape")


def test_help_leads_to_the_lesson_s_line():
    rule = run_of(replace(FINDING, see=Location("lessons/my tabs.md", 12, 14)))["tool"]["driver"]["rules"][0]
    assert rule["helpUri"] == "lessons/my%20tabs.md#L12"


def test_help_is_a_whole_address_where_it_is_known():
    web = "https://example.org/o/r/blob/3cb35e86/"
    rule = run_of(replace(FINDING, see=Location("my tabs.md", 12, 14)), web=web)["tool"]["driver"]["rules"][0]
    assert rule["helpUri"] == f"{web}my%20tabs.md?plain=1#L12"


def test_a_file_that_could_not_be_read_is_a_warning_of_the_run_which_still_succeeded():
    invocation = run_of(unreadable=(Unread("a b.md", "not UTF-8"),))["invocations"][0]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is True
    assert notification["level"] == "warning"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.md"


def test_beyond_what_github_takes_the_most_severe_findings_stay_and_the_log_says_so(monkeypatch):
    monkeypatch.setattr(sarif, "RESULTS", 3)
    mild = [replace(FINDING, level="advise", snippet=str(i)) for i in range(5)]
    run = run_of(*mild, replace(FINDING, level="block"), replace(FINDING, level="warn"))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert "3 most severe of 7" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def test_as_many_findings_as_github_takes_are_all_listed():
    many = [replace(FINDING, snippet=str(i)) for i in range(sarif.RESULTS)]
    run = run_of(*many)
    assert len(run["results"]) == sarif.RESULTS
    assert run["invocations"][0]["toolExecutionNotifications"] == []


def test_a_log_that_is_too_large_to_send_is_cut_by_importance_and_says_so(monkeypatch):
    monkeypatch.setattr(sarif, "BYTES", 3_000)
    mild = [replace(FINDING, level="advise", rule=f"rule-{i}", snippet=os.urandom(40).hex()) for i in range(40)]
    text = sarif.render(Report((*mild, replace(FINDING, level="block"))), "check")
    (run,) = json.loads(text)["runs"]
    assert len(gzip.compress(text.encode())) <= 3_000
    assert 0 < len(run["results"]) < 41
    assert run["results"][0]["level"] == "error"
    said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert said == f"Only the {len(run['results'])} most severe of 41 findings are listed."
