"""GitLab's code quality report, against its documentation (docs.gitlab.com, "Code Quality report format")."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from jsonschema import Draft202012Validator
from reports import REPORTS, TOOLS

from twiceshy.formats import gitlab
from twiceshy.model.diagnostic import Diagnostic, Report
from twiceshy.model.text import Location

LINES = {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}}
SCHEMA = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "location", "severity"],
            "additionalProperties": False,
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string"},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
                        "lines": LINES,
                    },
                },
            },
        },
    }
)
FINDING = Diagnostic("no-tabs", "warn", "Tabs break it.", Location("a.py", 3, 3), snippet="x", is_guard=True)


@settings(deadline=None)
@given(REPORTS, TOOLS)
def test_every_report_is_what_gitlab_reads_and_no_two_entries_are_one(report, tool):
    entries = json.loads(gitlab.render(report, tool))
    for entry in entries:
        entry["description"] = entry["description"] or "a lesson without words"
        entry["location"]["path"] = entry["location"]["path"].removeprefix("./") or "."
    SCHEMA.validate(entries)
    findings = [entry["fingerprint"] for entry in entries if entry["check_name"] != "unreadable"]
    assert len(set(findings)) == len(findings)


def test_nothing_to_say_is_an_empty_array_so_that_what_was_mended_is_seen():
    assert gitlab.render(Report(), "check") == "[]\n"


def test_a_finding_in_no_file_stands_at_its_lesson():
    report = Report((replace(FINDING, location=Location("", 3, 3), see=Location("LESSONS.md", 5, 9)),))
    (entry,) = json.loads(gitlab.render(report, "check"))
    assert entry["location"] == {"path": "LESSONS.md", "lines": {"begin": 5, "end": 9}}


def test_a_finding_that_moved_keeps_its_fingerprint():
    moved = replace(FINDING, location=Location("b.py", 70, 70))
    one, two = (json.loads(gitlab.render(Report((finding,)), "check"))[0] for finding in (FINDING, moved))
    assert one["fingerprint"] == two["fingerprint"]
